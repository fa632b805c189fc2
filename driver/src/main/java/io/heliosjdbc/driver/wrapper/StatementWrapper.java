package io.heliosjdbc.driver.wrapper;

import io.heliosjdbc.classifier.StatementProfile;
import io.heliosjdbc.classifier.statement.AutoCommit;
import io.heliosjdbc.classifier.statement.StatementKind;
import io.heliosjdbc.classifier.statement.TransactionEffect;
import io.heliosjdbc.driver.admin.AdminStatements;
import io.heliosjdbc.driver.late.LateConnection;
import io.heliosjdbc.driver.late.StandIn;
import io.heliosjdbc.driver.manager.Session;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A vendor's statement whose executions are scheduled. As thread-safe as the vendor's statement; {@link #cancel} returns at once
 * from any thread.
 */
public abstract class StatementWrapper extends JdbcWrapper implements Statement {
    private static final Logger LOG = LoggerFactory.getLogger(StatementWrapper.class);

    private final Statement delegate;
    /** The same, where connections are bound late; else null. */
    private final @Nullable StandIn<Statement> late;

    private final ConnectionWrapper owner;
    private int queryTimeoutSeconds;
    /** What the vendor was told last: less than the application said while part of it was spent waiting. */
    private int vendorTimeoutSeconds;

    /** How many rows of an answer the application wants, 0 for all; the vendor, who might have to be asked, is not needed for it. */
    private int mostRows;

    private @Nullable StatementProfile batch;
    /** How many texts or rows the batch has. */
    private int batched;
    /** The last result set, keys and cursor of a call, so that each has one wrapper however often it is asked for. */
    private @Nullable ResultSetWrapper lastResult;

    private @Nullable ResultSetWrapper lastKeys;
    private @Nullable ResultSetWrapper lastCursor;
    /** Whether the last execution was an admin statement's: the vendor's results are those of an earlier one then. */
    private boolean answered;

    private @Nullable ResultSet answer;
    /** Whether the statement is to be closed with its last result: an answer is none of the vendor's, who closes by its own. */
    private boolean closesOnCompletion;

    /** Wraps a statement; called by generated classes. */
    protected StatementWrapper(Statement delegate, ConnectionWrapper owner) {
        this.delegate = delegate;
        this.late = LateConnection.standIn(delegate);
        this.owner = owner;
    }

    @Override
    protected final Statement delegate() {
        return late == null ? delegate : late.face();
    }

    @Override
    final ConnectionWrapper owner() {
        return owner;
    }

    /** One of the vendor's execute methods. */
    @FunctionalInterface
    interface Call<T> {
        T run() throws SQLException;
    }

    /**
     * Waits for a slot, lets the vendor execute, and gives the slot back or keeps it for the transaction: the one way to the
     * database.
     */
    final <T> T execute(StatementProfile profile, Call<T> call) throws SQLException {
        if (answered) {
            dropAnswer();
        }
        Session session = owner.session();
        int timeout = queryTimeoutSeconds;
        long waited = session.before(this, profile, timeout);
        Throwable failure = null;
        try {
            if (late != null && timeout > 0) {
                // It may wait for a connection yet, and tells the vendor then.
                LateConnection.hasWaited(delegate, waited);
            } else {
                tellWhatIsLeft(timeout, waited);
            }
            return call.run();
        } catch (Throwable e) {
            failure = e;
            throw e;
        } finally {
            try {
                if (failure == null && profile.autoCommit() != AutoCommit.KEPT) {
                    owner.switchedByText(profile.autoCommit());
                }
                if (vendorTimeoutSeconds != timeout) {
                    restoreTimeout(timeout);
                }
            } finally {
                session.after(this, profile, failure);
                if (failure != null && profile.transactionEffect() != TransactionEffect.NONE) {
                    owner.endByTextFailed();
                }
            }
        }
    }

    private void tellWhatIsLeft(int timeout, long waited) throws SQLException {
        int left = timeout > 0 && waited > 0 ? remaining(timeout, waited) : timeout;
        if (left != vendorTimeoutSeconds) {
            delegate().setQueryTimeout(left);
            vendorTimeoutSeconds = left;
        }
    }

    /** What the wait has left of the timeout, in whole seconds, at least one: 0 would mean for ever. */
    private static int remaining(int timeout, long waited) {
        long left = TimeUnit.SECONDS.toNanos(timeout) - waited;
        return (int) Math.max(1, TimeUnit.NANOSECONDS.toSeconds(left + TimeUnit.SECONDS.toNanos(1) - 1));
    }

    /** What came of the execution stands, whether this succeeds or not; the next execution tells the vendor again. */
    private void restoreTimeout(int timeout) {
        try {
            delegate().setQueryTimeout(timeout);
            vendorTimeoutSeconds = timeout;
        } catch (SQLException | RuntimeException refused) {
            LOG.debug("The query timeout could not be restored", refused);
        }
    }

    /** The answer to an admin statement; null for every other one, which is the database's. */
    final @Nullable ResultSet answer(StatementProfile profile) throws SQLException {
        return isAdmin(profile) ? answerOf(profile) : null;
    }

    /** The answer to an admin statement, from now on this statement's result. */
    final ResultSet answerOf(StatementProfile profile) throws SQLException {
        ResultSet raw = rawAnswer(profile);
        dropAnswer();
        ResultSet given = owner.answer(mostRows == 0 ? raw : AdminStatements.first(mostRows, raw), this);
        answer = given;
        answered = true;
        return given;
    }

    /** The answer alone: what the statement executed last stays its result. */
    final ResultSet rawAnswer(StatementProfile profile) throws SQLException {
        if (delegate().isClosed()) {
            throw new SQLNonTransientException("The statement is closed", "HY010");
        }
        ResultSet raw = owner.session().answer(profile);
        if (raw == null) {
            throw new SQLNonTransientException("Helios has no answer to " + profile.sql(), "42000");
        }
        return raw;
    }

    /** The application has closed an answer; one that gives way to the next result is not the statement's any more by then. */
    @SuppressWarnings("ReferenceEquality")
    final void answerClosed(ResultSet closed) throws SQLException {
        if (closesOnCompletion && closed == answer) {
            close();
        }
    }

    @Override
    public final void closeOnCompletion() throws SQLException {
        delegate().closeOnCompletion();
        closesOnCompletion = true;
    }

    private void dropAnswer() throws SQLException {
        ResultSet last = answer;
        answered = false;
        answer = null;
        if (last != null) {
            last.close();
        }
    }

    static boolean isAdmin(StatementProfile profile) {
        return profile.kind() == StatementKind.SHOW_HELIOS || profile.kind() == StatementKind.EXPLAIN_HELIOS;
    }

    static SQLException givesRows() {
        return new SQLNonTransientException(
                "SHOW HELIOS and EXPLAIN HELIOS give rows: use executeQuery or execute", "42000");
    }

    final @Nullable ResultSet wrap(@Nullable ResultSet result) {
        if (result == null) {
            return null;
        }
        lastResult = known(result, lastResult, this);
        return lastResult;
    }

    /** A cursor that a call has given; its statement is the vendor's affair. */
    @Override
    final ResultSet resultSet(ResultSet result) {
        lastCursor = known(result, lastCursor, isOfThis(result) ? this : null);
        return lastCursor;
    }

    private boolean isOfThis(ResultSet cursor) {
        try {
            return late != null || cursor.getStatement() == delegate;
        } catch (SQLException | RuntimeException unknown) {
            return true;
        }
    }

    private ResultSetWrapper known(
            ResultSet result, @Nullable ResultSetWrapper last, @Nullable StatementWrapper statement) {
        return last != null && last.delegate() == result ? last : owner.resultSet(result, statement);
    }

    @Override
    public final @Nullable Connection getConnection() throws SQLException {
        // Where the statement is closed, the vendor throws or knows none any more.
        return delegate().getConnection() == null ? null : owner;
    }

    @Override
    public final @Nullable ResultSet getResultSet() throws SQLException {
        return answered ? answer : wrap(delegate().getResultSet());
    }

    @Override
    public final @Nullable ResultSet getGeneratedKeys() throws SQLException {
        ResultSet keys = delegate().getGeneratedKeys();
        if (keys == null) {
            return null;
        }
        lastKeys = known(keys, lastKeys, this);
        return lastKeys;
    }

    @Override
    public final int getUpdateCount() throws SQLException {
        return answered ? -1 : delegate().getUpdateCount();
    }

    @Override
    public final long getLargeUpdateCount() throws SQLException {
        return answered ? -1 : delegate().getLargeUpdateCount();
    }

    @Override
    public final boolean getMoreResults() throws SQLException {
        return answered ? noMoreResults(CLOSE_CURRENT_RESULT) : delegate().getMoreResults();
    }

    @Override
    public final boolean getMoreResults(int current) throws SQLException {
        return answered ? noMoreResults(current) : delegate().getMoreResults(current);
    }

    /** An answer is a single result: nothing comes after it. */
    private boolean noMoreResults(int current) throws SQLException {
        ResultSet last = answer;
        answer = null;
        if (last != null && current != KEEP_CURRENT_RESULT) {
            last.close();
        }
        return false;
    }

    @Override
    public final void setMaxRows(int rows) throws SQLException {
        delegate().setMaxRows(rows);
        mostRows = rows;
    }

    @Override
    public final void setLargeMaxRows(long rows) throws SQLException {
        delegate().setLargeMaxRows(rows);
        mostRows = (int) Math.min(rows, Integer.MAX_VALUE);
    }

    @Override
    public final void setQueryTimeout(int seconds) throws SQLException {
        delegate().setQueryTimeout(seconds);
        queryTimeoutSeconds = seconds;
        vendorTimeoutSeconds = seconds;
    }

    @Override
    public final int getQueryTimeout() throws SQLException {
        int vendors = delegate().getQueryTimeout();
        return vendorTimeoutSeconds == queryTimeoutSeconds ? vendors : queryTimeoutSeconds;
    }

    /**
     * Ends the statement's wait; where it does not wait, the vendor is asked to cancel what it executes or fetches. Nothing here
     * delays that call: a cancel that comes too late finds what it would find without Helios.
     */
    @Override
    public final void cancel() throws SQLException {
        if (!owner.session().cancel(this)) {
            delegate.cancel();
        }
    }

    @Override
    public final boolean isClosed() throws SQLException {
        return delegate.isClosed();
    }

    /** By the field: a closed one's stand-in would need a connection to be made. */
    @Override
    public final String toString() {
        return delegate.toString();
    }

    @Override
    public final void close() throws SQLException {
        owner.session().cancel(this);
        lastResult = null;
        lastKeys = null;
        lastCursor = null;
        try {
            dropAnswer();
        } finally {
            delegate.close();
        }
    }

    /** A missing text is for the vendor to refuse. */
    private StatementProfile profile(@Nullable String sql) {
        return owner.session().profile(sql == null ? "" : sql);
    }

    /** The profile of a text that gives no rows: ours all do, and the vendor would not know them. */
    private StatementProfile updateProfile(@Nullable String sql) throws SQLException {
        StatementProfile profile = profile(sql);
        if (isAdmin(profile)) {
            throw givesRows();
        }
        return profile;
    }

    @Override
    public final @Nullable ResultSet executeQuery(String sql) throws SQLException {
        StatementProfile profile = profile(sql);
        ResultSet own = answer(profile);
        return own != null ? own : wrap(execute(profile, () -> delegate().executeQuery(sql)));
    }

    @Override
    public final boolean execute(String sql) throws SQLException {
        StatementProfile profile = profile(sql);
        return answer(profile) != null || execute(profile, () -> delegate().execute(sql));
    }

    @Override
    public final boolean execute(String sql, int autoGeneratedKeys) throws SQLException {
        StatementProfile profile = profile(sql);
        return answer(profile) != null || execute(profile, () -> delegate().execute(sql, autoGeneratedKeys));
    }

    @Override
    public final boolean execute(String sql, int[] columnIndexes) throws SQLException {
        StatementProfile profile = profile(sql);
        return answer(profile) != null || execute(profile, () -> delegate().execute(sql, columnIndexes));
    }

    @Override
    public final boolean execute(String sql, String[] columnNames) throws SQLException {
        StatementProfile profile = profile(sql);
        return answer(profile) != null || execute(profile, () -> delegate().execute(sql, columnNames));
    }

    @Override
    public final int executeUpdate(String sql) throws SQLException {
        return execute(updateProfile(sql), () -> delegate().executeUpdate(sql));
    }

    @Override
    public final int executeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
        return execute(updateProfile(sql), () -> delegate().executeUpdate(sql, autoGeneratedKeys));
    }

    @Override
    public final int executeUpdate(String sql, int[] columnIndexes) throws SQLException {
        return execute(updateProfile(sql), () -> delegate().executeUpdate(sql, columnIndexes));
    }

    @Override
    public final int executeUpdate(String sql, String[] columnNames) throws SQLException {
        return execute(updateProfile(sql), () -> delegate().executeUpdate(sql, columnNames));
    }

    @Override
    public final long executeLargeUpdate(String sql) throws SQLException {
        return execute(updateProfile(sql), () -> delegate().executeLargeUpdate(sql));
    }

    @Override
    public final long executeLargeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
        return execute(updateProfile(sql), () -> delegate().executeLargeUpdate(sql, autoGeneratedKeys));
    }

    @Override
    public final long executeLargeUpdate(String sql, int[] columnIndexes) throws SQLException {
        return execute(updateProfile(sql), () -> delegate().executeLargeUpdate(sql, columnIndexes));
    }

    @Override
    public final long executeLargeUpdate(String sql, String[] columnNames) throws SQLException {
        return execute(updateProfile(sql), () -> delegate().executeLargeUpdate(sql, columnNames));
    }

    @Override
    public final void addBatch(String sql) throws SQLException {
        StatementProfile profile = updateProfile(sql);
        delegate().addBatch(sql);
        batch = batch == null ? profile : batch.then(profile);
        batched++;
    }

    /** A row was added to a prepared statement's batch. */
    final void rowAdded() {
        batched++;
    }

    @Override
    public final void clearBatch() throws SQLException {
        batch = null;
        batched = 0;
        delegate().clearBatch();
    }

    /** What a batch is scheduled as: a plain statement's goes by its first text that is work; null where nothing was added. */
    @Nullable
    StatementProfile batchProfile() {
        return batch;
    }

    /** A batch that is refused stays as it was; one that the vendor has seen is gone, whatever came of it. */
    private <T> T executeBatch(Call<T> call) throws SQLException {
        StatementProfile profile = batchProfile();
        if (profile == null) {
            return call.run();
        }
        int executions = batched;
        return execute(executions > 1 ? profile.asBatch() : profile, () -> {
            batch = null;
            batched = 0;
            try {
                return call.run();
            } finally {
                if (LateConnection.keepsBatch(delegate)) {
                    batch = profile;
                    batched = executions;
                }
            }
        });
    }

    @Override
    public final int[] executeBatch() throws SQLException {
        return executeBatch(() -> delegate().executeBatch());
    }

    @Override
    public final long[] executeLargeBatch() throws SQLException {
        return executeBatch(() -> delegate().executeLargeBatch());
    }
}
