package io.heliosjdbc.driver.late;

import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLXML;
import java.sql.Struct;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An array without a connection: the application made it, or has read it; where it is sent, the vendor's is made of it. Immutable as far
 * as its elements are.
 */
public final class LateArray implements Array {
    private final String type;
    private final Object[] elements;
    private final @Nullable Integer code;
    private final String text;

    LateArray(String type, Object[] elements) {
        this(type, elements, null, type + Arrays.deepToString(elements));
    }

    private LateArray(String type, Object[] elements, @Nullable Integer code, String text) {
        this.type = type;
        this.elements = elements.clone();
        this.code = code;
        this.text = text;
    }

    /** A copy of an array that was read; null where its elements need the connection themselves, or are primitive. */
    public static @Nullable Array copy(Array read) throws SQLException {
        if (!(read.getArray() instanceof Object[] elements)) {
            return null;
        }
        for (Object element : elements) {
            if (element instanceof Array
                    || element instanceof Blob
                    || element instanceof Clob
                    || element instanceof SQLXML
                    || element instanceof Ref
                    || element instanceof Struct) {
                return null;
            }
        }
        return new LateArray(read.getBaseTypeName(), elements, read.getBaseType(), read.toString());
    }

    /** The array for a statement of the vendor's. */
    static @Nullable Array on(@Nullable Array array, PreparedStatement vendors) throws SQLException {
        return array instanceof LateArray late
                ? vendors.getConnection().createArrayOf(late.type, late.elements)
                : array;
    }

    /** Any value for a statement of the vendor's. */
    static @Nullable Object valueOn(@Nullable Object value, PreparedStatement vendors) throws SQLException {
        return value instanceof LateArray late ? on(late, vendors) : value;
    }

    @Override
    public String getBaseTypeName() {
        return type;
    }

    @Override
    public int getBaseType() throws SQLException {
        if (code == null) {
            throw unsupported();
        }
        return code;
    }

    @Override
    public Object getArray() {
        return elements.clone();
    }

    @Override
    public Object getArray(@Nullable Map<String, Class<?>> map) {
        return elements.clone();
    }

    @Override
    public Object getArray(long index, int count) throws SQLException {
        throw unsupported();
    }

    @Override
    public Object getArray(long index, int count, @Nullable Map<String, Class<?>> map) throws SQLException {
        throw unsupported();
    }

    @Override
    public ResultSet getResultSet() throws SQLException {
        throw unsupported();
    }

    @Override
    public ResultSet getResultSet(@Nullable Map<String, Class<?>> map) throws SQLException {
        throw unsupported();
    }

    @Override
    public ResultSet getResultSet(long index, int count) throws SQLException {
        throw unsupported();
    }

    @Override
    public ResultSet getResultSet(long index, int count, @Nullable Map<String, Class<?>> map) throws SQLException {
        throw unsupported();
    }

    private static SQLException unsupported() {
        return new SQLFeatureNotSupportedException(
                "An array without a connection is known by its elements only", "0A000");
    }

    @Override
    public void free() {
        // The elements are the application's.
    }

    @Override
    public String toString() {
        return text;
    }
}
