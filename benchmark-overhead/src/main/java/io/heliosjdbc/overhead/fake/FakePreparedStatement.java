package io.heliosjdbc.overhead.fake;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLWarning;
import org.jspecify.annotations.Nullable;

/**
 * A statement that answers every text and every parameter with the same row; as a plain statement it ignores the text. Executing
 * it allocates nothing. Not thread-safe.
 */
public abstract class FakePreparedStatement implements PreparedStatement {
    private static final MethodHandle OPEN =
            Completion.constructor(MethodHandles.lookup(), FakePreparedStatement.class, FakeConnection.class);

    private final FakeConnection connection;
    private final FakeResultSet even = FakeResultSet.open(this);
    private final FakeResultSet odd = FakeResultSet.open(this);
    private boolean oddIsNext;
    private boolean closed;

    /** Called by the generated class. */
    protected FakePreparedStatement(FakeConnection connection) {
        this.connection = connection;
    }

    static FakePreparedStatement open(FakeConnection connection) {
        try {
            return (FakePreparedStatement) OPEN.invokeExact(connection);
        } catch (Throwable e) {
            throw Completion.failed(e);
        }
    }

    /** Never the same result set twice running: a wrapper that remembers the last one gains nothing here that it would not gain elsewhere. */
    @Override
    public final ResultSet executeQuery() {
        oddIsNext = !oddIsNext;
        return (oddIsNext ? even : odd).rewound();
    }

    @Override
    public final ResultSet executeQuery(String sql) {
        return executeQuery();
    }

    @Override
    public final int executeUpdate() {
        return 1;
    }

    @Override
    public final void setLong(int parameter, long value) {}

    @Override
    public final void clearParameters() {}

    @Override
    public final void clearWarnings() {}

    @Override
    public final Connection getConnection() {
        return connection;
    }

    @Override
    public final @Nullable SQLWarning getWarnings() {
        return null;
    }

    @Override
    public final boolean isClosed() {
        return closed;
    }

    @Override
    public final void close() {
        closed = true;
    }
}
