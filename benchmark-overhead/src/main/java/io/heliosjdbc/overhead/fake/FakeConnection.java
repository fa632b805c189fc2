package io.heliosjdbc.overhead.fake;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A connection to nothing. Not thread-safe. */
public abstract class FakeConnection implements Connection {
    private static final MethodHandle OPEN = Completion.constructor(MethodHandles.lookup(), FakeConnection.class);

    private boolean autoCommit = true;
    private boolean closed;

    /** Called by the generated class. */
    protected FakeConnection() {}

    static Connection open() {
        try {
            return (FakeConnection) OPEN.invokeExact();
        } catch (Throwable e) {
            throw Completion.failed(e);
        }
    }

    @Override
    public final Statement createStatement() {
        return FakePreparedStatement.open(this);
    }

    @Override
    public final PreparedStatement prepareStatement(String sql) {
        return FakePreparedStatement.open(this);
    }

    @Override
    public final void setAutoCommit(boolean on) {
        autoCommit = on;
    }

    @Override
    public final boolean getAutoCommit() {
        return autoCommit;
    }

    @Override
    public final void commit() {}

    @Override
    public final void rollback() {}

    @Override
    public final boolean isValid(int timeoutSeconds) {
        return !closed;
    }

    @Override
    public final boolean isClosed() {
        return closed;
    }

    @Override
    public final void close() {
        closed = true;
    }

    // What pools and wrappers ask for beside.

    @Override
    public final DatabaseMetaData getMetaData() {
        return FakeMetaData.open();
    }

    @Override
    public final <T> T unwrap(Class<T> type) {
        return type.cast(this);
    }

    @Override
    public final boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }

    @Override
    public final boolean isReadOnly() {
        return false;
    }

    @Override
    public final int getTransactionIsolation() {
        return TRANSACTION_READ_COMMITTED;
    }

    @Override
    public final int getNetworkTimeout() {
        return 0;
    }

    @Override
    public final void setNetworkTimeout(Executor executor, int milliseconds) {}

    @Override
    public final @Nullable String getCatalog() {
        return null;
    }

    @Override
    public final @Nullable String getSchema() {
        return null;
    }

    @Override
    public final @Nullable SQLWarning getWarnings() {
        return null;
    }

    @Override
    public final void clearWarnings() {}
}
