package io.heliosjdbc.driver.wrapper;

import java.sql.SQLException;
import java.sql.Wrapper;
import org.jspecify.annotations.Nullable;

/**
 * What every wrapper is: it stands for a vendor's object, which it reaches through {@link #delegate()} and nowhere else. As
 * thread-safe as the vendor's object.
 *
 * <p>Subclasses hand-write the methods that mean something to Helios; the others are generated, see {@link WrapperClass}. They
 * are public because the generated classes live in class loaders of their own; the package is not exported.
 */
public abstract class JdbcWrapper implements Wrapper {
    private final Wrapper delegate;

    /** Wraps a vendor's object. */
    protected JdbcWrapper(Wrapper delegate) {
        this.delegate = delegate;
    }

    /** The vendor's object: the only way to it. */
    protected final Wrapper delegate() {
        return delegate;
    }

    /** Replaces a JDBC object that a vendor's method returned by its wrapper; anything else comes back as it is. */
    protected abstract @Nullable Object adopt(@Nullable Object result) throws SQLException;

    @Override
    public final <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        return type.isInstance(delegate()) ? type.cast(delegate()) : delegate().unwrap(type);
    }

    @Override
    public final boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(this)
                || type.isInstance(delegate())
                || delegate().isWrapperFor(type);
    }

    @Override
    public final String toString() {
        return delegate().toString();
    }
}
