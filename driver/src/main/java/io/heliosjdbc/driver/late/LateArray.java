package io.heliosjdbc.driver.late;

import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Struct;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An array without a physical connection: the application made it, or has read it. Where it is sent, the vendor's is made of it; so it is
 * for the time of a question that it cannot answer itself. As thread-safe as its connection.
 */
final class LateArray implements Array {
    private final LateConnection connection;
    private final String type;
    private final Object[] elements;
    /** What was read of it; null where the application made it. */
    private final @Nullable Read read;

    private volatile boolean freed;

    private record Read(int type, String text) {}

    /** An array that the application makes. */
    LateArray(LateConnection connection, String type, Object[] elements) {
        this(connection, type, elements, null);
    }

    private LateArray(LateConnection connection, String type, Object[] elements, @Nullable Read read) {
        this.connection = connection;
        this.type = type;
        this.elements = Copy.of(elements);
        this.read = read;
    }

    /** A copy of an array that was read; null where its elements need the connection themselves, or are primitive. */
    static @Nullable Array copy(LateConnection connection, Array read) throws SQLException {
        if (!(elementsOf(read) instanceof Object[] elements)) {
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
        return new LateArray(
                connection, read.getBaseTypeName(), elements, new Read(read.getBaseType(), read.toString()));
    }

    /** Null where the driver cannot read them, {@code NaN} of numeric ones say: what else can be asked of it may work all the same. */
    private static @Nullable Object elementsOf(Array read) {
        try {
            return read.getArray();
        } catch (SQLException onlyTheDriversOwn) {
            return null;
        }
    }

    /**
     * The array for a statement of the vendor's. PostgreSQL's driver takes anybody's, and sends its text: of one that was read, what the server
     * has written. Made of elements, times would lose their offset, and be others in another time zone.
     */
    static @Nullable Array on(@Nullable Array array, PreparedStatement vendors) throws SQLException {
        if (!(array instanceof LateArray late) || (late.readable() != null && late.connection.takesTextOfArrays())) {
            return array;
        }
        return vendors.getConnection().createArrayOf(late.type, late.elements);
    }

    /** Any value for a statement of the vendor's. */
    static @Nullable Object valueOn(@Nullable Object value, PreparedStatement vendors) throws SQLException {
        return value instanceof LateArray late ? on(late, vendors) : value;
    }

    /** Something that the vendor's array is asked. */
    @FunctionalInterface
    private interface Question<T> {
        @Nullable
        T ask(Array vendors) throws SQLException;
    }

    private <T> T ask(Question<T> question) throws SQLException {
        T answer = connection.binder().ask(bound -> {
            Array vendors = bound.physical().raw().createArrayOf(type, elements);
            if (freed) {
                vendors.free();
            }
            return question.ask(vendors);
        });
        return Objects.requireNonNull(answer);
    }

    private @Nullable Read readable() {
        return freed ? null : read;
    }

    @Override
    public String getBaseTypeName() throws SQLException {
        return readable() != null ? type : ask(Array::getBaseTypeName);
    }

    @Override
    public int getBaseType() throws SQLException {
        Read known = readable();
        return known != null ? known.type() : ask(Array::getBaseType);
    }

    @Override
    public Object getArray() throws SQLException {
        return readable() != null ? elements.clone() : ask(Array::getArray);
    }

    @Override
    public Object getArray(@Nullable Map<String, Class<?>> map) throws SQLException {
        return ask(vendors -> vendors.getArray(map));
    }

    @Override
    public Object getArray(long index, int count) throws SQLException {
        return ask(vendors -> vendors.getArray(index, count));
    }

    @Override
    public Object getArray(long index, int count, @Nullable Map<String, Class<?>> map) throws SQLException {
        return ask(vendors -> vendors.getArray(index, count, map));
    }

    /** They are the vendor's own. */
    private ResultSet rows(Question<ResultSet> question) throws SQLException {
        return ask(vendors -> {
            ResultSet rows = question.ask(vendors);
            connection.pin("the rows of an array");
            return rows;
        });
    }

    @Override
    public ResultSet getResultSet() throws SQLException {
        return rows(Array::getResultSet);
    }

    @Override
    public ResultSet getResultSet(@Nullable Map<String, Class<?>> map) throws SQLException {
        return rows(vendors -> vendors.getResultSet(map));
    }

    @Override
    public ResultSet getResultSet(long index, int count) throws SQLException {
        return rows(vendors -> vendors.getResultSet(index, count));
    }

    @Override
    public ResultSet getResultSet(long index, int count, @Nullable Map<String, Class<?>> map) throws SQLException {
        return rows(vendors -> vendors.getResultSet(index, count, map));
    }

    @Override
    public void free() {
        freed = true;
    }

    @Override
    public String toString() {
        Read known = readable();
        if (known != null) {
            return known.text();
        }
        try {
            return ask(Object::toString);
        } catch (SQLException nobodyToAsk) {
            return type + Arrays.deepToString(elements);
        }
    }
}
