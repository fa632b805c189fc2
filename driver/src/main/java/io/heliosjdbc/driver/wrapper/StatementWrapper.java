package io.heliosjdbc.driver.wrapper;

import io.heliosjdbc.classifier.StatementProfile;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A vendor's statement whose executions are scheduled. As thread-safe as the vendor's statement; {@link #cancel} returns at once
 * from any thread.
 */
public abstract class StatementWrapper extends JdbcWrapper implements Statement {
    private final ConnectionWrapper connection;
    private int queryTimeoutSeconds;
    private @Nullable StatementProfile batch;
    private @Nullable ResultSet lastDelegate;
    private @Nullable ResultSet lastWrapper;
    /** The answer to an admin statement, in the place of the vendor's result. */
    private @Nullable ResultSet answer;

    /** Wraps a statement; called by generated classes. */
    protected StatementWrapper(Statement delegate, ConnectionWrapper connection) {
        super(delegate);
        this.connection = connection;
    }

    /** One of the vendor's execute methods. */
    @FunctionalInterface
    interface Call<T> {
        T run() throws SQLException;
    }

    private Statement statement() {
        return (Statement) delegate();
    }

    final ConnectionWrapper connection() {
        return connection;
    }

    /**
     * Waits for a slot, lets the vendor execute, and gives the slot back or keeps it for the transaction: the one way to the
     * database.
     */
    final <T> T execute(StatementProfile profile, Call<T> call) throws SQLException {
        answer = null;
        int timeout = queryTimeoutSeconds;
        long waited = connection.session().before(this, profile, timeout);
        Throwable failure = null;
        try {
            boolean lowered = timeout > 0 && waited > 0;
            if (lowered) {
                statement().setQueryTimeout(remaining(timeout, waited));
            }
            try {
                return call.run();
            } finally {
                if (lowered && !statement().isClosed()) {
                    statement().setQueryTimeout(timeout);
                }
            }
        } catch (SQLException | RuntimeException | Error e) {
            failure = e;
            throw e;
        } finally {
            connection.session().after(this, profile, failure);
        }
    }

    /** What the wait has left of the timeout, in whole seconds, at least one: 0 would mean for ever. */
    private static int remaining(int timeout, long waited) {
        long left = TimeUnit.SECONDS.toNanos(timeout) - waited;
        return (int) Math.max(1, TimeUnit.NANOSECONDS.toSeconds(left + TimeUnit.SECONDS.toNanos(1) - 1));
    }

    /** The answer to an admin statement; null for every other one, which is the database's. */
    final @Nullable ResultSet answer(StatementProfile profile) throws SQLException {
        if (!ConnectionWrapper.isAdmin(profile)) {
            return null;
        }
        ResultSet raw = connection.session().answer(profile);
        answer = raw == null ? null : connection.resultSet(raw, this);
        return answer;
    }

    final @Nullable ResultSet wrap(@Nullable ResultSet result) {
        if (result == null) {
            return null;
        }
        ResultSet known = lastWrapper;
        if (known != null && result == lastDelegate) {
            return known;
        }
        ResultSet wrapper = connection.resultSet(result, this);
        lastDelegate = result;
        lastWrapper = wrapper;
        return wrapper;
    }

    @Override
    protected final @Nullable Object adopt(@Nullable Object result) {
        if (result instanceof ResultSet resultSet) {
            return wrap(resultSet);
        }
        return result == delegate() ? this : result;
    }

    @Override
    public final Connection getConnection() throws SQLException {
        statement().getConnection();
        return connection;
    }

    @Override
    public final @Nullable ResultSet getResultSet() throws SQLException {
        ResultSet own = answer;
        return own != null ? own : wrap(statement().getResultSet());
    }

    @Override
    public final int getUpdateCount() throws SQLException {
        return answer != null ? -1 : statement().getUpdateCount();
    }

    @Override
    public final long getLargeUpdateCount() throws SQLException {
        return answer != null ? -1 : statement().getLargeUpdateCount();
    }

    @Override
    public final boolean getMoreResults() throws SQLException {
        if (answer != null) {
            answer = null;
            return false;
        }
        return statement().getMoreResults();
    }

    @Override
    public final void setQueryTimeout(int seconds) throws SQLException {
        statement().setQueryTimeout(seconds);
        queryTimeoutSeconds = seconds;
    }

    /** Ends the statement's wait; where it does not wait, the vendor cancels it in the database. */
    @Override
    public final void cancel() throws SQLException {
        if (!connection.session().cancel(this)) {
            statement().cancel();
        }
    }

    @Override
    public final void close() throws SQLException {
        connection.session().cancel(this);
        lastDelegate = null;
        lastWrapper = null;
        answer = null;
        statement().close();
    }

    private StatementProfile profile(String sql) {
        return connection.session().profile(sql);
    }

    @Override
    public final @Nullable ResultSet executeQuery(String sql) throws SQLException {
        StatementProfile profile = profile(sql);
        ResultSet own = answer(profile);
        return own != null ? own : wrap(execute(profile, () -> statement().executeQuery(sql)));
    }

    @Override
    public final boolean execute(String sql) throws SQLException {
        StatementProfile profile = profile(sql);
        return answer(profile) != null || execute(profile, () -> statement().execute(sql));
    }

    @Override
    public final boolean execute(String sql, int autoGeneratedKeys) throws SQLException {
        StatementProfile profile = profile(sql);
        return answer(profile) != null || execute(profile, () -> statement().execute(sql, autoGeneratedKeys));
    }

    @Override
    public final boolean execute(String sql, int[] columnIndexes) throws SQLException {
        StatementProfile profile = profile(sql);
        return answer(profile) != null || execute(profile, () -> statement().execute(sql, columnIndexes));
    }

    @Override
    public final boolean execute(String sql, String[] columnNames) throws SQLException {
        StatementProfile profile = profile(sql);
        return answer(profile) != null || execute(profile, () -> statement().execute(sql, columnNames));
    }

    @Override
    public final int executeUpdate(String sql) throws SQLException {
        return execute(profile(sql), () -> statement().executeUpdate(sql));
    }

    @Override
    public final int executeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
        return execute(profile(sql), () -> statement().executeUpdate(sql, autoGeneratedKeys));
    }

    @Override
    public final int executeUpdate(String sql, int[] columnIndexes) throws SQLException {
        return execute(profile(sql), () -> statement().executeUpdate(sql, columnIndexes));
    }

    @Override
    public final int executeUpdate(String sql, String[] columnNames) throws SQLException {
        return execute(profile(sql), () -> statement().executeUpdate(sql, columnNames));
    }

    @Override
    public final long executeLargeUpdate(String sql) throws SQLException {
        return execute(profile(sql), () -> statement().executeLargeUpdate(sql));
    }

    @Override
    public final long executeLargeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
        return execute(profile(sql), () -> statement().executeLargeUpdate(sql, autoGeneratedKeys));
    }

    @Override
    public final long executeLargeUpdate(String sql, int[] columnIndexes) throws SQLException {
        return execute(profile(sql), () -> statement().executeLargeUpdate(sql, columnIndexes));
    }

    @Override
    public final long executeLargeUpdate(String sql, String[] columnNames) throws SQLException {
        return execute(profile(sql), () -> statement().executeLargeUpdate(sql, columnNames));
    }

    @Override
    public final void addBatch(String sql) throws SQLException {
        statement().addBatch(sql);
        if (batch == null) {
            batch = profile(sql);
        }
    }

    @Override
    public final void clearBatch() throws SQLException {
        batch = null;
        statement().clearBatch();
    }

    /** What a batch is scheduled as: a plain statement's goes by its first text; null where nothing was added. */
    @Nullable
    StatementProfile batchProfile() {
        return batch;
    }

    /** A batch that is refused stays as it was; one that the vendor has seen is gone, whatever came of it. */
    private <T> T executeBatch(Call<T> call) throws SQLException {
        StatementProfile profile = batchProfile();
        return profile == null
                ? call.run()
                : execute(profile, () -> {
                    batch = null;
                    return call.run();
                });
    }

    @Override
    public final int[] executeBatch() throws SQLException {
        return executeBatch(() -> statement().executeBatch());
    }

    @Override
    public final long[] executeLargeBatch() throws SQLException {
        return executeBatch(() -> statement().executeLargeBatch());
    }
}
