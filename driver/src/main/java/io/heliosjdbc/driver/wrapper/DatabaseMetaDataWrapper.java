package io.heliosjdbc.driver.wrapper;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A vendor's metadata that knows the connection's wrapper. As thread-safe as the vendor's metadata. */
public abstract class DatabaseMetaDataWrapper extends JdbcWrapper implements DatabaseMetaData {
    private final ConnectionWrapper connection;

    /** Wraps metadata; called by generated classes. */
    protected DatabaseMetaDataWrapper(DatabaseMetaData delegate, ConnectionWrapper connection) {
        super(delegate);
        this.connection = connection;
    }

    @Override
    public final Connection getConnection() throws SQLException {
        ((DatabaseMetaData) delegate()).getConnection(); // throws where the connection is closed
        return connection;
    }

    @Override
    protected final @Nullable Object adopt(@Nullable Object result) {
        return connection.adopt(result);
    }
}
