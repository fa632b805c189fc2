package io.heliosjdbc.driver.engines;

import io.heliosjdbc.driver.wrapper.JdbcWrapper;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.lang.reflect.Array;
import java.sql.BatchUpdateException;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ParameterMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.RowIdLifetime;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Struct;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts values and errors into words that are the same for the same answer. Where a JDBC object is expected to be ours and is the
 * vendor's, that is part of the answer.
 */
final class Description {
    private static final int MOST_ROWS = 60;

    /** What is of a class of ours where connections are bound late. */
    private static final List<Class<?>> STOOD_IN_FOR = List.of(
            java.sql.Array.class,
            Blob.class,
            Clob.class,
            SQLXML.class,
            Struct.class,
            InputStream.class,
            Reader.class,
            Savepoint.class,
            ResultSetMetaData.class,
            ParameterMetaData.class,
            Map.class);

    private final boolean wrapped;
    private final boolean late;

    /**
     * Describes what comes straight from a vendor, or what comes wrapped.
     *
     * @param late whether it is compared with what comes of connections that are bound late
     */
    Description(boolean wrapped, boolean late) {
        this.wrapped = wrapped;
        this.late = late;
    }

    String of(@Nullable Object value) throws Exception {
        if (value == null) {
            return "null";
        }
        if (value instanceof Connection) {
            return object("Connection", value);
        }
        if (value instanceof Statement) {
            return object("Statement", value);
        }
        if (value instanceof ResultSet) {
            return object("ResultSet", value);
        }
        if (value instanceof DatabaseMetaData) {
            return object("DatabaseMetaData", value);
        }
        if (value.getClass().isArray()) {
            return array(value);
        }
        return kind(value) + " " + content(value);
    }

    private String object(String type, Object value) {
        return wrapped && !(value instanceof JdbcWrapper) ? "raw " + value.getClass() : type;
    }

    /** The class, and for the vendor's own classes the vendor's own name. */
    private String kind(Object value) {
        for (Class<?> type : STOOD_IN_FOR) {
            if (late && type.isInstance(value)) {
                return type.getSimpleName();
            }
        }
        return value.getClass().getSimpleName();
    }

    private String array(Object value) throws Exception {
        if (value instanceof byte[] bytes) {
            return "bytes " + HexFormat.of().formatHex(bytes);
        }
        StringJoiner elements = new StringJoiner(", ", kind(value) + " [", "]");
        for (int i = 0; i < Array.getLength(value); i++) {
            elements.add(of(Array.get(value, i)));
        }
        return elements.toString();
    }

    private String content(Object value) throws Exception {
        if (value instanceof InputStream stream) {
            return HexFormat.of().formatHex(stream.readAllBytes());
        }
        if (value instanceof Reader reader) {
            StringWriter text = new StringWriter();
            long unused = reader.transferTo(text);
            return text.toString();
        }
        if (value instanceof Blob blob) {
            return HexFormat.of().formatHex(blob.getBytes(1, (int) blob.length()));
        }
        if (value instanceof Clob clob) {
            return clob.getSubString(1, (int) clob.length());
        }
        if (value instanceof SQLXML xml) {
            return xml.getString();
        }
        if (value instanceof java.sql.Array array) {
            return array.getBaseTypeName() + of(array.getArray());
        }
        if (value instanceof Struct struct) {
            return struct.getSQLTypeName() + of(struct.getAttributes());
        }
        if (value instanceof Savepoint || value instanceof RowIdLifetime) {
            return "";
        }
        if (value instanceof ResultSetMetaData columns) {
            return labels(columns).toString();
        }
        if (late && value instanceof ParameterMetaData) {
            return "";
        }
        if (value instanceof SQLException error) {
            return ofError(error);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, String> sorted = new TreeMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                sorted.put(String.valueOf(entry.getKey()), String.valueOf(entry.getValue()));
            }
            return sorted.toString();
        }
        return value.toString();
    }

    private static List<String> labels(ResultSetMetaData columns) throws SQLException {
        List<String> labels = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            labels.add(columns.getColumnLabel(i) + " " + columns.getColumnTypeName(i));
        }
        return labels;
    }

    /** The columns, and the first rows that are still to come. */
    List<String> rows(ResultSet rows) throws Exception {
        List<String> lines = new ArrayList<>();
        ResultSetMetaData columns = rows.getMetaData();
        lines.add(labels(columns).toString());
        while (lines.size() < MOST_ROWS && rows.next()) {
            StringJoiner values = new StringJoiner(" | ");
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                values.add(of(rows.getObject(i)));
            }
            lines.add(values.toString());
        }
        return lines;
    }

    static String ofError(Throwable e) {
        StringBuilder text = new StringBuilder(e.getClass().getName());
        if (e instanceof SQLException error) {
            text.append(' ').append(error.getSQLState()).append('/').append(error.getErrorCode());
            if (e instanceof BatchUpdateException batch) {
                text.append(' ').append(Arrays.toString(batch.getUpdateCounts()));
            }
            if (e instanceof SQLClientInfoException info && info.getFailedProperties() != null) {
                text.append(' ').append(new TreeMap<>(info.getFailedProperties()));
            }
        }
        text.append(": ").append(e.getMessage());
        if (e.getCause() != null) {
            text.append(" because ").append(e.getCause().getClass().getName());
        }
        if (e instanceof SQLException error && error.getNextException() != null) {
            text.append(" then ").append(ofError(error.getNextException()));
        }
        return text.toString();
    }
}
