package io.heliosjdbc.driver.late.fuzz;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Struct;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values that a connection makes, that are written and read, and that may need it for longer than their row is there. Stateless. */
final class ValueCalls {
    /** Large objects, documents and arrays, whatever the engine makes of them. */
    private static final List<String> COLUMNS = List.of("data", "doc", "tags");

    private ValueCalls() {}

    static void addTo(Grammar grammar) {
        made(grammar);
        written(grammar);
        read(grammar);
        asked(grammar);
    }

    /** Makes a value of a text. */
    @FunctionalInterface
    private interface Making {
        @Nullable
        Object of(Connection connection, String text) throws SQLException;
    }

    private record Factory(String words, Making making) {}

    private static final List<Factory> FACTORIES = List.of(
            new Factory("createBlob()", (connection, text) -> {
                Blob blob = connection.createBlob();
                blob.setBytes(1, text.getBytes(StandardCharsets.UTF_8));
                return blob;
            }),
            new Factory("createClob()", (connection, text) -> {
                Clob clob = connection.createClob();
                clob.setString(1, text);
                return clob;
            }),
            new Factory("createNClob()", (connection, text) -> {
                Clob clob = connection.createNClob();
                clob.setString(1, text);
                return clob;
            }),
            new Factory("createSQLXML()", (connection, text) -> {
                SQLXML document = connection.createSQLXML();
                document.setString("<a>" + text + "</a>");
                return document;
            }),
            new Factory(
                    "createArrayOf(varchar)",
                    (connection, text) -> connection.createArrayOf("varchar", new String[] {text, null})),
            new Factory(
                    "createArrayOf(nothing)",
                    (connection, text) -> connection.createArrayOf("nothing", new String[] {text})),
            new Factory(
                    "createArrayOf(integer)",
                    (connection, text) -> connection.createArrayOf("integer", new Integer[] {1, 2})),
            new Factory(
                    "createStruct(mine)", (connection, text) -> connection.createStruct("mine", new Object[] {text})));

    private static void made(Grammar grammar) {
        grammar.rule(4, draw -> {
            String name = draw.one("o0", "o1");
            Factory factory = draw.one(FACTORIES);
            String text = draw.text();
            return new Act(
                    name + " = " + factory.words() + " of \"" + text + "\"",
                    client -> client.ask(() -> {
                        Object made = factory.making().of(client.connection(), text);
                        client.keepValue(name, made);
                        return made;
                    }));
        });
    }

    /** Gives a prepared statement its first value. */
    @FunctionalInterface
    private interface Setting {
        void on(PreparedStatement statement, Client client, String text) throws Exception;
    }

    /** Needs a value of that type that was made before, or none. */
    private record Setter(String words, @Nullable Class<?> needs, Setting setting) {}

    private static final List<Setter> SETTERS = List.of(
            new Setter(
                    "setObject(o0)",
                    Object.class,
                    (statement, client, text) -> statement.setObject(1, client.value("o0"))),
            new Setter(
                    "setBlob(o0)",
                    Blob.class,
                    (statement, client, text) -> statement.setBlob(1, client.value("o0", Blob.class))),
            new Setter(
                    "setClob(o0)",
                    Clob.class,
                    (statement, client, text) -> statement.setClob(1, client.value("o0", Clob.class))),
            new Setter(
                    "setSQLXML(o0)",
                    SQLXML.class,
                    (statement, client, text) -> statement.setSQLXML(1, client.value("o0", SQLXML.class))),
            new Setter(
                    "setArray(o0)",
                    Array.class,
                    (statement, client, text) -> statement.setArray(1, client.value("o0", Array.class))),
            new Setter(
                    "setBlob(stream)",
                    null,
                    (statement, client, text) ->
                            statement.setBlob(1, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))),
            new Setter(
                    "setClob(reader)", null, (statement, client, text) -> statement.setClob(1, new StringReader(text))),
            new Setter(
                    "setClob(reader, length)",
                    null,
                    (statement, client, text) -> statement.setClob(1, new StringReader(text), text.length())),
            new Setter(
                    "setBinaryStream(stream, length)",
                    null,
                    (statement, client, text) -> statement.setBinaryStream(
                            1, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), text.length())),
            new Setter(
                    "setCharacterStream(reader)",
                    null,
                    (statement, client, text) -> statement.setCharacterStream(1, new StringReader(text))),
            new Setter(
                    "setObject(stream)",
                    null,
                    (statement, client, text) ->
                            statement.setObject(1, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))),
            new Setter(
                    "setObject(reader)",
                    null,
                    (statement, client, text) -> statement.setObject(1, new StringReader(text))),
            new Setter(
                    "setBytes(...)",
                    null,
                    (statement, client, text) -> statement.setBytes(1, text.getBytes(StandardCharsets.UTF_8))));

    private static void written(Grammar grammar) {
        grammar.rule(8, draw -> {
            String name = draw.one("p0", "p1");
            String sql = "INSERT INTO " + grammar.named(draw.table()) + " (" + draw.one(COLUMNS) + ") VALUES (?)";
            Setter setter = draw.one(SETTERS);
            String text = draw.text();
            return new Act(
                    name + " = prepareStatement(\"" + sql + "\"), " + setter.words() + " of \"" + text
                            + "\", executeUpdate()",
                    client -> client.tell(() -> {
                        if (setter.needs() != null) {
                            Object unused = client.value("o0", setter.needs());
                        }
                        PreparedStatement made = client.connection().prepareStatement(sql);
                        setter.setting().on(made, client, text);
                        client.answer(Words.of(made.executeUpdate()));
                        // What was refused is gone: some drivers refuse it before, when it is prepared.
                        client.keep(name, made);
                    }));
        });
    }

    /** Reads a value from a row. */
    @FunctionalInterface
    private interface Getting {
        @Nullable
        Object of(ResultSet rows, String column) throws SQLException;
    }

    private record Getter(String words, Getting getting) {}

    private static final List<Getter> GETTERS = List.of(
            new Getter("getBlob", ResultSet::getBlob),
            new Getter("getClob", ResultSet::getClob),
            new Getter("getNClob", ResultSet::getNClob),
            new Getter("getSQLXML", ResultSet::getSQLXML),
            new Getter("getArray", ResultSet::getArray),
            new Getter("getBinaryStream", (rows, column) -> {
                try (InputStream stream = rows.getBinaryStream(column)) {
                    return stream == null ? null : stream.readAllBytes();
                } catch (IOException unread) {
                    throw new SQLException(unread);
                }
            }),
            new Getter("getObject, Clob", (rows, column) -> rows.getObject(column, Clob.class)),
            new Getter("getObject, Blob", (rows, column) -> rows.getObject(column, Blob.class)));

    private static void read(Grammar grammar) {
        grammar.rule(8, draw -> {
            String name = draw.one("o0", "o1");
            String statement = draw.one("s0", "s1");
            String rows = draw.one("r0", "r1");
            String column = draw.one(COLUMNS);
            String sql = "SELECT " + column + " FROM " + grammar.named(draw.table()) + " WHERE " + column
                    + " IS NOT NULL ORDER BY id";
            Getter getter = draw.one(GETTERS);
            Client.Reading reading = draw.reading();
            return new Act(
                    rows + " = " + statement + ".executeQuery(\"" + sql + "\"), " + name + " = " + getter.words()
                            + ", then read " + reading,
                    client -> client.tell(() -> {
                        ResultSet found = client.statement(statement).executeQuery(sql);
                        client.keep(rows, found);
                        if (!found.next()) {
                            return;
                        }
                        client.ask(() -> {
                            Object value = getter.getting().of(found, column);
                            client.keepValue(name, value);
                            return value;
                        });
                        if (reading == Client.Reading.TO_ITS_END) {
                            while (found.next()) {
                                client.ask(() -> getter.getting().of(found, column));
                            }
                        } else if (reading == Client.Reading.AND_CLOSED) {
                            found.close();
                        }
                    }));
        });
    }

    private static void asked(Grammar grammar) {
        grammar.rule(6, draw -> {
            String name = draw.one("o0", "o1");
            return new Act(name + " again", client -> client.ask(() -> client.value(name)));
        });
        grammar.rule(2, draw -> {
            String name = draw.one("o0", "o1");
            String text = draw.text();
            return new Act(
                    name + " changed to \"" + text + "\"",
                    client -> client.ask(() -> {
                        Object value = client.value(name);
                        if (value instanceof Blob blob) {
                            return blob.setBytes(1, text.getBytes(StandardCharsets.UTF_8));
                        }
                        if (value instanceof Clob clob) {
                            return clob.setString(1, text);
                        }
                        if (value instanceof Array array) {
                            ResultSet elements = array.getResultSet();
                            return elements.next() ? elements.getString(2) : "empty";
                        }
                        if (value instanceof Struct struct) {
                            return struct.getAttributes();
                        }
                        return "nothing to change";
                    }));
        });
        grammar.rule(2, draw -> {
            String name = draw.one("o0", "o1");
            return new Act(
                    name + ".free()",
                    client -> client.tell(() -> {
                        Object value = client.value(name);
                        if (value instanceof Blob blob) {
                            blob.free();
                        } else if (value instanceof Clob clob) {
                            clob.free();
                        } else if (value instanceof SQLXML document) {
                            document.free();
                        } else if (value instanceof Array array) {
                            array.free();
                        }
                    }));
        });
    }
}
