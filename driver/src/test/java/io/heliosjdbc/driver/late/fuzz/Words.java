package io.heliosjdbc.driver.late.fuzz;

import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.sql.BatchUpdateException;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Struct;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts answers into words that are the same for the same answer. Stateless. */
final class Words {
    /** What differs from connection to connection, and says nothing. */
    private static final Pattern NUMBERED = Pattern.compile(
            "\\(conn=\\d+\\)|@[0-9a-f]{4,}|(?i:savepoint)_\\d+|_jid_\\d+|table: \\d+ id: \\d+|schema with OID \\d+");

    /** The number of a large object of PostgreSQL, which the server gives out: nothing else in an answer is of that size. */
    private static final Pattern LARGE_OBJECT = Pattern.compile("[1-9]\\d{4,5}");

    private static final Pattern ERROR = Pattern.compile("[\\w.$]+(Exception|Warning|Error|Nothing)[: ]");

    private Words() {}

    static String of(@Nullable Object value) throws SQLException {
        if (value == null) {
            return "null";
        }
        if (value instanceof SQLWarning warning) {
            return ofError(warning);
        }
        if (value instanceof byte[] bytes) {
            return LARGE_OBJECT
                            .matcher(new String(bytes, StandardCharsets.ISO_8859_1))
                            .matches()
                    ? "bytes #"
                    : "bytes " + HexFormat.of().formatHex(bytes);
        }
        if (value instanceof java.sql.Array array) {
            return "array of " + array.getBaseTypeName() + " " + of(array.getArray());
        }
        if (value instanceof Blob blob) {
            return "blob " + HexFormat.of().formatHex(blob.getBytes(1, (int) blob.length()));
        }
        if (value instanceof Clob clob) {
            return "clob " + clob.getSubString(1, (int) clob.length());
        }
        if (value instanceof SQLXML document) {
            return "document " + lasting(document.getString());
        }
        if (value instanceof Struct struct) {
            return "struct " + struct.getSQLTypeName() + " " + of(struct.getAttributes());
        }
        if (value instanceof Map<?, ?> map) {
            return "map " + map;
        }
        if (value.getClass().isArray()) {
            StringJoiner elements = new StringJoiner(", ", "[", "]");
            for (int i = 0; i < Array.getLength(value); i++) {
                elements.add(of(Array.get(value, i)));
            }
            return elements.toString();
        }
        return value.getClass().getSimpleName() + " " + lasting(value.toString());
    }

    /** The row that a result set is at. */
    static String ofRow(ResultSet rows) throws SQLException {
        StringJoiner values = new StringJoiner(" | ");
        int columns = rows.getMetaData().getColumnCount();
        for (int i = 1; i <= columns; i++) {
            values.add(of(rows.getObject(i)));
        }
        return values.toString();
    }

    static String ofColumns(@Nullable ResultSetMetaData columns) throws SQLException {
        if (columns == null) {
            return "no columns";
        }
        StringJoiner labels = new StringJoiner(" | ");
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            labels.add(columns.getColumnLabel(i) + " " + columns.getColumnTypeName(i));
        }
        return labels.toString();
    }

    static boolean isError(String answer) {
        return ERROR.matcher(answer).lookingAt();
    }

    static String ofError(Throwable error) {
        StringBuilder text = new StringBuilder(error.getClass().getName());
        if (error instanceof SQLException sql) {
            text.append(' ').append(sql.getSQLState()).append('/').append(sql.getErrorCode());
        }
        if (error instanceof BatchUpdateException batch) {
            text.append(' ').append(Arrays.toString(batch.getUpdateCounts()));
        }
        text.append(": ").append(lasting(String.valueOf(error.getMessage())));
        if (error instanceof SQLException sql && sql.getNextException() != null) {
            text.append(" then ").append(ofError(sql.getNextException()));
        }
        return text.toString();
    }

    private static String lasting(String text) {
        return LARGE_OBJECT.matcher(text).matches()
                ? "#"
                : NUMBERED.matcher(text).replaceAll("#");
    }
}
