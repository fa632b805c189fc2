package io.heliosjdbc.driver.wrapper;

import io.heliosjdbc.driver.late.StandIn;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.sql.Statement;
import java.sql.Wrapper;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/**
 * What every wrapper is: it stands for a vendor's object, which it reaches through {@link #delegate()} and nowhere else. As
 * thread-safe as the vendor's object. Two wrappers are equal where they are the same.
 *
 * <p>Subclasses hand-write the methods that mean something to Helios; the others are generated, see {@link WrapperClass}. They
 * are public because the generated classes live in class loaders of their own; the package is not exported.
 *
 * <p>Values are the vendor's own: an array, a large object or a row identifier goes back to the vendor by setters that expect
 * its own classes. So {@link java.sql.Array#getResultSet} is the vendor's result set, and what it calls its statement too.
 */
public abstract class JdbcWrapper implements Wrapper {

    /** Called by subclasses. */
    protected JdbcWrapper() {}

    /** The vendor's object: the only way to it. Subclasses return what it is, so that no call needs a cast. */
    protected abstract Wrapper delegate();

    /**
     * The vendor's object itself, for what a stand-in does not know: a method of the vendor's own interface. From then on the logical
     * connection keeps its physical one.
     */
    protected final Wrapper vendors() throws SQLException {
        Wrapper delegate = delegate();
        return delegate instanceof StandIn<?> standIn ? standIn.vendors() : delegate;
    }

    /** The wrapper of the connection that this belongs to. */
    abstract ConnectionWrapper owner();

    /** Replaces a JDBC object that a vendor's method returned by its wrapper; anything else comes back as it is. */
    protected final @Nullable Object adopt(@Nullable Object result) throws SQLException {
        if (isPlain(result) || !(result instanceof Wrapper) || result instanceof JdbcWrapper) {
            return result;
        }
        if (result == delegate()) {
            return this;
        }
        if (result instanceof ResultSet resultSet) {
            return resultSet(resultSet);
        }
        if (result instanceof Statement statement) {
            return owner().statement(statement);
        }
        if (result instanceof DatabaseMetaData metaData) {
            return owner().metaData(metaData);
        }
        return result instanceof Connection connection ? owner().connection(connection) : result;
    }

    /**
     * Whether a value is of a kind of which nearly all are, and none is a JDBC object. For the virtual machine these are a comparison each;
     * that a class does not implement an interface takes it a search through all that it implements.
     */
    static boolean isPlain(@Nullable Object value) {
        return value == null
                || value instanceof String
                || value instanceof Number
                || value instanceof Date
                || value instanceof Boolean
                || value instanceof byte[];
    }

    /** Replaces a statement that a vendor's method prepared by its wrapper, scheduled by the text where the method has one. */
    protected final @Nullable Object adoptPrepared(@Nullable Object result, @Nullable String sql) {
        return adoptPrepared(Role.PREPARED_STATEMENT, result, sql);
    }

    /** Likewise for a callable statement. */
    protected final @Nullable Object adoptCallable(@Nullable Object result, @Nullable String sql) {
        return adoptPrepared(Role.CALLABLE_STATEMENT, result, sql);
    }

    private @Nullable Object adoptPrepared(Role role, @Nullable Object result, @Nullable String sql) {
        if (result == null || result instanceof JdbcWrapper) {
            return result;
        }
        return result == delegate() ? this : owner().prepared(role, result, sql);
    }

    /** The wrapper of a result set that this object's vendor returned. */
    ResultSet resultSet(ResultSet result) {
        return owner().resultSet(result, null);
    }

    @Override
    public final <T> T unwrap(Class<T> type) throws SQLException {
        if (type == null) {
            throw new SQLNonTransientException("No type is given to unwrap to", "HY024");
        }
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        T found =
                type.isInstance(delegate()) ? type.cast(delegate()) : delegate().unwrap(type);
        if (found == null) {
            throw new SQLNonTransientException(
                    "Neither Helios nor " + delegate().getClass().getName() + " wraps a " + type.getName(), "HY024");
        }
        owner().unwrapped();
        return found;
    }

    /** Tries it where the vendor has to say: some drivers answer the question otherwise than they unwrap. */
    @Override
    public final boolean isWrapperFor(Class<?> type) throws SQLException {
        if (type == null) {
            return false;
        }
        if (type.isInstance(this) || type.isInstance(delegate())) {
            return true;
        }
        if (owner().isLate()) {
            // Unwrapping would pin.
            return delegate().isWrapperFor(type);
        }
        try {
            return delegate().unwrap(type) != null;
        } catch (SQLException | RuntimeException no) {
            // Where it is closed, the vendor says so here too.
            delegate().isWrapperFor(type);
            return false;
        }
    }

    @Override
    public String toString() {
        return delegate().toString();
    }
}
