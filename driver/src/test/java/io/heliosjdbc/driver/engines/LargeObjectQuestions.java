package io.heliosjdbc.driver.engines;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLXML;
import java.sql.Statement;

/** Large objects, arrays and other values that are more than themselves. */
final class LargeObjectQuestions {
    private static final byte[] BYTES = "large object".getBytes(StandardCharsets.US_ASCII);
    private static final String TEXT = "gro\u00dfer Text";

    private LargeObjectQuestions() {}

    static void created(Connection connection, Transcript transcript) throws Exception {
        connection.setAutoCommit(false);
        Blob blob = transcript.ask("blob", connection::createBlob);
        if (blob != null) {
            transcript.ask("set bytes", () -> blob.setBytes(1, BYTES));
            transcript.ask("length", blob::length);
            transcript.ask("part", () -> blob.getBytes(3, 4));
            transcript.ask("position", () -> blob.position("obj".getBytes(StandardCharsets.US_ASCII), 1));
            transcript.tell("stream", () -> {
                try (OutputStream out = blob.setBinaryStream(1)) {
                    out.write(BYTES, 0, 3);
                }
            });
            transcript.tell("truncate", () -> blob.truncate(5));
            transcript.ask("truncated", blob::getBinaryStream);
            transcript.ask("part as stream", () -> blob.getBinaryStream(2, 2));
            transcript.tell("free", blob::free);
            transcript.ask("freed", blob::length);
        }
        Clob clob = transcript.ask("clob", connection::createClob);
        if (clob != null) {
            transcript.ask("set text", () -> clob.setString(1, TEXT));
            transcript.ask("text", () -> clob.getSubString(2, 4));
            transcript.ask("text position", () -> clob.position("Text", 1));
            transcript.tell("writer", () -> {
                try (Writer out = clob.setCharacterStream(1)) {
                    out.write("GRO");
                }
            });
            transcript.ask("reader", clob::getCharacterStream);
            transcript.tell("free text", clob::free);
        }
        NClob nclob = transcript.ask("national", connection::createNClob);
        if (nclob != null) {
            transcript.ask("set national", () -> nclob.setString(1, TEXT));
            transcript.ask("national text", () -> nclob.getSubString(1, 3));
        }
        SQLXML xml = transcript.ask("xml", connection::createSQLXML);
        if (xml != null) {
            transcript.tell("set xml", () -> xml.setString("<a>1</a>"));
            transcript.ask("xml text", xml::getString);
        }
        for (String type : new String[] {"INTEGER", "int4", "VARCHAR", "nothing"}) {
            Array array = transcript.ask("array " + type, () -> connection.createArrayOf(type, new Object[] {1, 2}));
            if (array != null) {
                transcript.ask("type", array::getBaseType);
                transcript.foreignRows("rows", array::getResultSet);
                transcript.foreignRows("part", () -> array.getResultSet(2, 1));
            }
        }
        transcript.ask("struct", () -> connection.createStruct("nothing", new Object[] {1}));
    }

    static void stored(Connection connection, Transcript transcript) throws Exception {
        connection.setAutoCommit(false);
        String insert = "INSERT INTO large VALUES (?, ?, ?)";
        transcript.tell("as text and bytes", () -> {
            try (PreparedStatement row = connection.prepareStatement(insert)) {
                row.setInt(1, 1);
                row.setString(2, TEXT);
                row.setBytes(3, BYTES);
                row.executeUpdate();
            }
        });
        transcript.tell("commit", connection::commit);
        transcript.tell("as streams", () -> {
            try (PreparedStatement row = connection.prepareStatement(insert)) {
                row.setInt(1, 2);
                row.setCharacterStream(2, new StringReader(TEXT));
                row.setBinaryStream(3, new ByteArrayInputStream(BYTES));
                row.executeUpdate();
            }
        });
        transcript.tell("commit streams", connection::commit);
        transcript.tell("as objects", () -> {
            try (PreparedStatement row = connection.prepareStatement(insert)) {
                row.setInt(1, 3);
                Clob clob = connection.createClob();
                clob.setString(1, TEXT);
                row.setClob(2, clob);
                Blob blob = connection.createBlob();
                blob.setBytes(1, BYTES);
                row.setBlob(3, blob);
                row.executeUpdate();
            }
        });
        transcript.tell("commit objects", connection::commit);
        transcript.tell("as readers and streams of large objects", () -> {
            try (PreparedStatement row = connection.prepareStatement(insert)) {
                row.setInt(1, 4);
                row.setClob(2, new StringReader(TEXT));
                row.setBlob(3, new ByteArrayInputStream(BYTES));
                row.executeUpdate();
            }
        });
        transcript.tell("commit readers", connection::commit);
        for (String getter : new String[] {"object", "large", "stream", "plain"}) {
            transcript.tell("read as " + getter, () -> {
                try (Statement statement = connection.createStatement();
                        ResultSet rows = statement.executeQuery("SELECT c, b FROM large ORDER BY id")) {
                    while (rows.next()) {
                        transcript.ask("text", () -> value(rows, 1, getter));
                        transcript.ask("bytes", () -> value(rows, 2, getter));
                    }
                }
            });
            transcript.tell("roll back", connection::rollback);
        }
        transcript.tell("copy a large object from row to row", () -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT c, b FROM large WHERE id = 1");
                    PreparedStatement row = connection.prepareStatement(insert)) {
                rows.next();
                row.setInt(1, 9);
                row.setClob(2, rows.getClob(1));
                row.setBlob(3, rows.getBlob(2));
                transcript.ask("copied", row::executeUpdate);
            }
        });
    }

    private static Object value(ResultSet rows, int column, String getter) throws Exception {
        return switch (getter) {
            case "large" -> column == 1 ? rows.getClob(1) : rows.getBlob(2);
            case "stream" -> column == 1 ? rows.getCharacterStream(1) : rows.getBinaryStream(2);
            case "plain" -> column == 1 ? rows.getString(1) : rows.getBytes(2);
            default -> rows.getObject(column);
        };
    }
}
