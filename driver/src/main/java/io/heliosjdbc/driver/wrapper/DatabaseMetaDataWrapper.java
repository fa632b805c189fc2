package io.heliosjdbc.driver.wrapper;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A vendor's metadata that knows the connection's wrapper. As thread-safe as the vendor's metadata. */
public abstract class DatabaseMetaDataWrapper extends JdbcWrapper implements DatabaseMetaData {
    private final DatabaseMetaData delegate;
    private final ConnectionWrapper owner;

    /** Wraps metadata; called by generated classes. */
    protected DatabaseMetaDataWrapper(DatabaseMetaData delegate, ConnectionWrapper owner) {
        this.delegate = delegate;
        this.owner = owner;
    }

    @Override
    protected final DatabaseMetaData delegate() {
        return delegate;
    }

    @Override
    final ConnectionWrapper owner() {
        return owner;
    }

    @Override
    public final @Nullable Connection getConnection() throws SQLException {
        // Where the connection is closed, the vendor throws or knows none any more.
        return delegate().getConnection() == null ? null : owner;
    }
}
