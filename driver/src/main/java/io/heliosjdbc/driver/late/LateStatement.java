package io.heliosjdbc.driver.late;

import io.heliosjdbc.classifier.StatementProfile;
import io.heliosjdbc.classifier.statement.LastResult;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A statement of a logical connection. It has one of the vendor's from an execution until the physical connection is given back, and
 * keeps what it was told and what came of the execution. As thread-safe as its connection.
 */
class LateStatement extends AttributedStatement implements StandIn<Statement> {
    private static final int UNKNOWN = Integer.MIN_VALUE;
    private final LateConnection connection;
    private final Preparation preparation;
    /** How it is made, whatever its text. */
    private final Preparation.Manner made;

    private final List<String> batch = new ArrayList<>();
    private volatile @Nullable Attached attached;
    /** Whether the attached statement was another's, and may tell what came of his execution: nothing was executed on it since. */
    private boolean foreign;

    private Class<?> vendorsClass = Statement.class;
    /** One of the vendor's that is closed like this one; made when it is asked for first. */
    private volatile @Nullable Statement closedOne;

    private @Nullable ResultSet result;
    /** What the application may read yet, for all that it knows. */
    private final List<ResultSet> given = new ArrayList<>();

    private long updateCount = UNKNOWN;
    /** Whether the last execution's keys may be waited for. */
    private boolean awaitsKeys;

    private @Nullable SQLWarning warnings;
    /** Whether the last execution failed. */
    private boolean failed;

    /** Whether the attached statement is that of the last execution: any other knows nothing of it. */
    private boolean executed;

    /** Whether the attached statement executes; another thread may ask what it warns of meanwhile. */
    private volatile boolean executing;

    /** Whether the application has had the vendor's statement itself in its hands. */
    private boolean unwrapped;

    private volatile boolean closed;
    private final Asking asking = new Asking();
    /** How much of it the next execution has spent already. */
    private long waitedNanos;

    /** The vendor's statement, and for how long it is this one's. */
    private record Attached(Binding binding, Statement statement) {}

    /** One of the vendor's execute methods. */
    @FunctionalInterface
    interface Execution<T> {
        @Nullable
        T on(Statement statement, Binding binding) throws SQLException;
    }

    LateStatement(LateConnection connection, Preparation preparation) {
        this.connection = connection;
        this.preparation = preparation;
        this.made = preparation.manner(isPrepared());
    }

    /** Has the vendor refuse what it does not make, the first time that such a statement is made. */
    final void meet() throws SQLException {
        vendorsClass = Objects.requireNonNull(habit("class", Statement::getClass));
    }

    @Override
    public final Class<?> vendorsClass() {
        return vendorsClass;
    }

    @Override
    public final Statement face() {
        return closed || binder().isClosedByApplication() ? closedOne() : this;
    }

    private Statement closedOne() {
        Statement known = closedOne;
        if (known == null) {
            try {
                known = binder().isClosedByApplication()
                        ? connection.closed().statement(preparation, isPrepared())
                        : binder().work(bound -> {
                            Statement fresh = open(bound);
                            fresh.close();
                            return fresh;
                        });
                closedOne = known;
            } catch (SQLException nobodyToAsk) {
                known = this;
            }
        }
        return known;
    }

    @Override
    public final Statement vendors() throws SQLException {
        checkOpen();
        return binder().work(bound -> {
            Statement vendors = own(bound);
            handedOut();
            return vendors;
        });
    }

    private void handedOut() {
        unwrapped = true;
        binder().pin("unwrap");
    }

    final LateConnection connection() {
        return connection;
    }

    final Binder binder() {
        return connection.binder();
    }

    final Preparation preparation() {
        return preparation;
    }

    @Override
    final void checkOpen() throws SQLException {
        if (closed) {
            Statement other = closedOne();
            if (other != this) {
                int unused = other.getMaxRows();
            }
            throw PoolFailures.statementClosed();
        }
        connection.binder().checkOpen();
    }

    /** Does what gives something. */
    final <T> T run(StatementProfile profile, Execution<T> execution) throws SQLException {
        return Objects.requireNonNull(ask(profile, execution));
    }

    /** Binds, executes, and lets go of the physical connection where nothing holds it. */
    final <T> @Nullable T ask(StatementProfile profile, Execution<T> execution) throws SQLException {
        checkOpen();
        asking.begin(giveUpAt());
        try {
            if (closed) {
                // Another thread has closed it before there was anything to cancel.
                throw PoolFailures.cancelled();
            }
            return binder().ask(asking, bound -> {
                if (asking.end()) {
                    throw PoolFailures.cancelled();
                }
                binder().before(bound, profile);
                if (preparation.concurrency() == ResultSet.CONCUR_UPDATABLE) {
                    binder().mayInsert(bound);
                }
                forgetOutcome(bound);
                Statement vendors = statement(bound);
                tellWhatIsLeft(vendors, bound);
                if (closed) {
                    // Likewise, before there was one of the vendor's to close.
                    throw PoolFailures.cancelled();
                }
                failed = true;
                executing = true;
                try {
                    T done = execution.on(vendors, bound);
                    failed = false;
                    return done;
                } finally {
                    executing = false;
                    if (failed) {
                        binder().failed(bound, profile.lastResult());
                        afterFailure(bound);
                    }
                }
            });
        } finally {
            if (!asking.isOver()) {
                boolean unused = asking.end();
            }
        }
    }

    /** The next execution has waited for its slot; in nanoseconds. */
    final void hasWaited(long nanos) {
        waitedNanos = nanos;
    }

    private long giveUpAt() {
        long waited = waitedNanos;
        waitedNanos = 0;
        return queryTimeout() > 0
                ? System.nanoTime() + TimeUnit.SECONDS.toNanos(queryTimeout()) - waited
                : Asking.FOR_EVER;
    }

    /** What the waits have left of the query timeout is the vendor's, for this execution; in whole seconds, at least one: 0 is for ever. */
    final void tellWhatIsLeft(Statement vendors, Binding bound) throws SQLException {
        if (queryTimeout() <= 0) {
            return;
        }
        long left = asking.giveUpAt() - System.nanoTime() + TimeUnit.SECONDS.toNanos(1) - 1;
        int seconds = (int) Math.max(1, TimeUnit.NANOSECONDS.toSeconds(left));
        if (seconds < queryTimeout()) {
            tellQueryTimeout(vendors, bound.physical(), seconds);
        }
    }

    /** After a failure or a batch, of which drivers differ in what they say. */
    static long countOf(Statement vendors) {
        try {
            return vendors.getUpdateCount();
        } catch (SQLException | RuntimeException none) {
            return UNKNOWN;
        }
    }

    /** Whether a result set is one that it gave, and that nothing has followed. */
    final boolean gave(ResultSet rows) {
        return given.contains(rows);
    }

    /**
     * Some drivers close a statement that has failed; of others it has a count. One whose connection broke gets another. Whether another's
     * was reached by the execution nobody knows: MariaDB's driver looks first if values are missing.
     */
    private void afterFailure(Binding bound) {
        Statement vendors = attachedTo(bound);
        if (vendors == null) {
            // Somebody has closed it meanwhile.
            return;
        }
        closed |= isClosedAlone(vendors, bound);
        executed = !foreign;
        updateCount = closed ? UNKNOWN : foreign ? -1 : countOf(vendors);
        if (!closed && !foreign) {
            takeRows(vendors, bound);
        }
    }

    /** Rows that nobody has expected are there all the same: of an update that failed for them, or of a query in a batch. */
    private void takeRows(Statement vendors, Binding bound) {
        try {
            ResultSet rows = vendors.getResultSet();
            if (rows != null && !rows.isClosed()) {
                ResultSet unused = queried(rows, bound);
            }
        } catch (SQLException | RuntimeException none) {
            // Some drivers are not asked after a failure.
        }
    }

    private static boolean isClosedAlone(Statement vendors, Binding bound) {
        try {
            return vendors.isClosed() && !bound.physical().raw().isClosed();
        } catch (SQLException | RuntimeException unknown) {
            return false;
        }
    }

    private void forgetOutcome(Binding bound) {
        for (ResultSet each : given) {
            binder().drop(bound, each);
        }
        given.clear();
        if (awaitsKeys) {
            binder().drop(bound, this);
        }
        awaitsKeys = false;
        result = null;
        updateCount = UNKNOWN;
        warnings = null;
        executed = false;
    }

    /**
     * The vendor's statement on a physical connection, told everything; the caller has entered. It may have been another's: what came of
     * an execution it is asked only where {@link #executedOn} gives it.
     */
    final Statement statement(Binding bound) throws SQLException {
        Statement known = attachedTo(bound);
        if (known == null) {
            Statement another = kept(bound);
            foreign = another != null;
            known = attach(bound, another != null ? another : open(bound));
        }
        tell(known, bound.physical());
        return known;
    }

    /** Likewise, but what came of another's execution it does not tell. */
    final Statement own(Binding bound) throws SQLException {
        Statement known = attachedTo(bound);
        if (known == null || foreign) {
            if (known != null) {
                binder().detached(bound, this);
                attached = null;
                known.close();
            }
            foreign = false;
            known = attach(bound, open(bound));
        }
        tell(known, bound.physical());
        return known;
    }

    private Statement attach(Binding bound, Statement vendors) {
        attached = new Attached(bound, vendors);
        tellAnew();
        binder().attach(bound, this);
        return vendors;
    }

    private @Nullable Statement attachedTo(Binding bound) {
        Attached known = attached;
        return known != null && known.binding() == bound ? known.statement() : null;
    }

    /** Likewise, unless it is another one than the last execution's. */
    private @Nullable Statement executedOn(Binding bound) {
        return executed ? attachedTo(bound) : null;
    }

    /** A statement of the vendor's that was another's and does as well as a new one; null where there is none. */
    @Nullable
    Statement kept(Binding bound) {
        return null;
    }

    /** Makes a statement of the vendor's. */
    Statement open(Binding bound) throws SQLException {
        Connection vendors = bound.physical().raw();
        if (preparation.holdability() != Preparation.UNSAID) {
            return vendors.createStatement(preparation.type(), preparation.concurrency(), preparation.holdability());
        }
        return preparation.type() == Preparation.UNSAID
                ? vendors.createStatement()
                : vendors.createStatement(preparation.type(), preparation.concurrency());
    }

    /** The physical connection is given back: keeps what came of the last execution, and lets go of the vendor's statement. */
    final void detach() throws SQLException {
        Attached had = attached;
        boolean knows = executed;
        attached = null;
        executed = false;
        if (had != null) {
            if (closesOnCompletion() && had.statement().isClosed()) {
                closed = true;
                return;
            }
            if (!had.binding().broken) {
                if (!closed && knows) {
                    // MariaDB's driver asks the server, and knows of none of the connection's afterwards.
                    warnings = had.statement().getWarnings();
                }
                untell(had.statement());
            }
            putAway(had.binding(), had.statement());
        }
    }

    /** What was read from a statement that is not closed, which some drivers would leave open, and its next owner's connection in reach. */
    final void closeGiven() throws SQLException {
        if (given.isEmpty()) {
            return;
        }
        // Another thread may be executing it, and be given more.
        for (ResultSet each : new ArrayList<>(given)) {
            each.close();
        }
    }

    /** What becomes of a vendor's statement that is not needed here any more. */
    void putAway(Binding from, Statement had) throws SQLException {
        had.close();
    }

    /**
     * Whether the vendor's statement does for somebody else: it was told nothing that is not taken back, and has nothing to tell yet. MariaDB's
     * driver leaves result sets open when their statement is executed again, and while it is open they can be updated.
     */
    final boolean isAsNew() {
        return !failed
                && !unwrapped
                && !awaitsKeys
                && isTakenBack()
                && preparation.concurrency() != ResultSet.CONCUR_UPDATABLE;
    }

    /** Its result set was closed, and with it the vendor's statement, where that does so. */
    final void resultClosed() throws SQLException {
        Attached had = attached;
        if (closesOnCompletion() && had != null && had.statement().isClosed()) {
            close();
        }
    }

    /** Keeps the physical connection until a result set is read. */
    final @Nullable ResultSet held(@Nullable ResultSet rows, Binding bound) throws SQLException {
        if (rows != null) {
            given.add(rows);
            binder().hold(bound, rows, this, isForward() && !closesOnCompletion());
            if (closed) {
                // By another thread, maybe before there were any to close.
                rows.close();
            }
        }
        return rows;
    }

    /** Whether nobody waits for anything of it; then nothing of it is held from now on. */
    final boolean isOver() {
        return closed;
    }

    private boolean isForward() {
        return (preparation.type() == Preparation.UNSAID || preparation.type() == ResultSet.TYPE_FORWARD_ONLY)
                && (preparation.concurrency() == Preparation.UNSAID
                        || preparation.concurrency() == ResultSet.CONCUR_READ_ONLY);
    }

    final @Nullable ResultSet queried(@Nullable ResultSet rows, Binding bound) throws SQLException {
        came(-1);
        result = held(rows, bound);
        return rows;
    }

    final boolean executed(boolean hasRows, Statement vendors, Binding bound, boolean wantsKeys) throws SQLException {
        if (hasRows) {
            ResultSet unused = queried(vendors.getResultSet(), bound);
        } else {
            updated(vendors.getUpdateCount(), bound, wantsKeys);
        }
        return hasRows;
    }

    /** Where keys are asked for, they are to be read yet. */
    final void updated(long count, Binding bound, boolean wantsKeys) {
        came(count);
        if (wantsKeys) {
            awaitKeys(bound);
        }
    }

    private void awaitKeys(Binding bound) {
        awaitsKeys = true;
        binder().hold(bound, this, this, false);
    }

    /** Something came of an execution: the attached statement tells that, and nothing else. */
    private void came(long count) {
        updateCount = count;
        executed = true;
        foreign = false;
    }

    /** What an update that succeeds has done: it may have rows all the same, as SHOW on PostgreSQL where keys are asked for. */
    final long changed(long count, Statement vendors, Binding bound, boolean wantsKeys) {
        updated(count, bound, wantsKeys);
        if (count == -1) {
            takeRows(vendors, bound);
        }
        return count;
    }

    private int count(int count, Statement vendors, Binding bound, boolean wantsKeys) {
        return (int) changed(count, vendors, bound, wantsKeys);
    }

    private StatementProfile profile(@Nullable String sql) {
        return connection.profile(sql == null ? "" : sql);
    }

    @Override
    public @Nullable ResultSet executeQuery(String sql) throws SQLException {
        return ask(profile(sql), (vendors, bound) -> queried(vendors.executeQuery(sql), bound));
    }

    @Override
    public int executeUpdate(String sql) throws SQLException {
        return run(profile(sql), (vendors, bound) -> count(vendors.executeUpdate(sql), vendors, bound, false));
    }

    @Override
    public boolean execute(String sql) throws SQLException {
        return run(profile(sql), (vendors, bound) -> executed(vendors.execute(sql), vendors, bound, false));
    }

    @Override
    public int executeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
        boolean keys = autoGeneratedKeys == RETURN_GENERATED_KEYS;
        return run(
                profile(sql),
                (vendors, bound) -> count(vendors.executeUpdate(sql, autoGeneratedKeys), vendors, bound, keys));
    }

    @Override
    public int executeUpdate(String sql, int[] columnIndexes) throws SQLException {
        return run(
                profile(sql),
                (vendors, bound) -> count(vendors.executeUpdate(sql, columnIndexes), vendors, bound, true));
    }

    @Override
    public int executeUpdate(String sql, String[] columnNames) throws SQLException {
        return run(
                profile(sql), (vendors, bound) -> count(vendors.executeUpdate(sql, columnNames), vendors, bound, true));
    }

    @Override
    public boolean execute(String sql, int autoGeneratedKeys) throws SQLException {
        boolean keys = autoGeneratedKeys == RETURN_GENERATED_KEYS;
        return run(
                profile(sql),
                (vendors, bound) -> executed(vendors.execute(sql, autoGeneratedKeys), vendors, bound, keys));
    }

    @Override
    public boolean execute(String sql, int[] columnIndexes) throws SQLException {
        return run(
                profile(sql), (vendors, bound) -> executed(vendors.execute(sql, columnIndexes), vendors, bound, true));
    }

    @Override
    public boolean execute(String sql, String[] columnNames) throws SQLException {
        return run(profile(sql), (vendors, bound) -> executed(vendors.execute(sql, columnNames), vendors, bound, true));
    }

    @Override
    public long executeLargeUpdate(String sql) throws SQLException {
        return run(profile(sql), (vendors, bound) -> changed(vendors.executeLargeUpdate(sql), vendors, bound, false));
    }

    @Override
    public long executeLargeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
        boolean keys = autoGeneratedKeys == RETURN_GENERATED_KEYS;
        return run(
                profile(sql),
                (vendors, bound) -> changed(vendors.executeLargeUpdate(sql, autoGeneratedKeys), vendors, bound, keys));
    }

    @Override
    public long executeLargeUpdate(String sql, int[] columnIndexes) throws SQLException {
        return run(
                profile(sql),
                (vendors, bound) -> changed(vendors.executeLargeUpdate(sql, columnIndexes), vendors, bound, true));
    }

    @Override
    public long executeLargeUpdate(String sql, String[] columnNames) throws SQLException {
        return run(
                profile(sql),
                (vendors, bound) -> changed(vendors.executeLargeUpdate(sql, columnNames), vendors, bound, true));
    }

    /** Has the vendor say what is wrong, where something is, and leaves no trace where nothing is. */
    final void refused(Setter<Statement> what) throws SQLException {
        Boolean unused = onOther(other -> {
            what.on(other);
            return true;
        });
    }

    @Override
    public void addBatch(String sql) throws SQLException {
        checkOpen();
        if (sql == null || isPrepared()) {
            refused(vendors -> vendors.addBatch(sql));
        }
        batch.add(sql);
    }

    @Override
    public void clearBatch() throws SQLException {
        checkOpen();
        batch.clear();
    }

    /** Whether there is something to execute as a batch; once the vendor has been given of it, there is not. */
    boolean hasBatch() {
        return !batch.isEmpty();
    }

    /** The texts of a batch are several: each may do something to the session, and of one that fails any may have failed. */
    private <T> T runBatch(Execution<T> execution) throws SQLException {
        if (batch.isEmpty()) {
            return run(profile(""), (vendors, bound) -> {
                T done = execution.on(vendors, bound);
                nothingCame();
                return done;
            });
        }
        return run(profile(batch.get(0)), (vendors, bound) -> {
            LastResult any = LastResult.NONE;
            for (String text : batch) {
                StatementProfile each = profile(text);
                binder().before(bound, each);
                any = any.or(each.lastResult());
            }
            List<String> texts = new ArrayList<>(batch);
            batch.clear();
            vendors.clearBatch();
            for (String text : texts) {
                vendors.addBatch(text);
            }
            boolean succeeded = false;
            try {
                T done = ofBatch(execution, vendors, bound, false);
                succeeded = true;
                return done;
            } finally {
                if (!succeeded) {
                    binder().failed(bound, any);
                }
            }
        });
    }

    /** Of an empty batch; the vendor's statement may tell what came of another execution, of another connection's even. */
    final void nothingCame() {
        updateCount = -1;
    }

    /** A batch that fails has done a part of its work, whose keys are to be read too. */
    final <T> @Nullable T ofBatch(Execution<T> execution, Statement vendors, Binding bound, boolean wantsKeys)
            throws SQLException {
        if (wantsKeys) {
            awaitKeys(bound);
        }
        T done = execution.on(vendors, bound);
        takeRows(vendors, bound);
        updated(countOf(vendors), bound, false);
        return done;
    }

    @Override
    public int[] executeBatch() throws SQLException {
        return runBatch((vendors, bound) -> vendors.executeBatch());
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        return runBatch((vendors, bound) -> vendors.executeLargeBatch());
    }

    @Override
    public @Nullable ResultSet getResultSet() throws SQLException {
        checkOpen();
        return result != null
                ? result
                : ofAttached(null, (vendors, bound) -> {
                    ResultSet rows = vendors.getResultSet();
                    return rows == null ? null : queried(rows, bound);
                });
    }

    @Override
    public int getUpdateCount() throws SQLException {
        checkOpen();
        Integer known = updateCount == UNKNOWN ? null : (Integer) (int) updateCount;
        Integer count = ofAttached(known, (vendors, bound) -> vendors.getUpdateCount());
        return Objects.requireNonNull(count != null ? count : fresh("UpdateCount", Statement::getUpdateCount));
    }

    @Override
    public long getLargeUpdateCount() throws SQLException {
        checkOpen();
        Long known = updateCount == UNKNOWN ? null : (Long) updateCount;
        Long count = ofAttached(known, (vendors, bound) -> vendors.getLargeUpdateCount());
        return Objects.requireNonNull(
                count != null ? count : fresh("LargeUpdateCount", Statement::getLargeUpdateCount));
    }

    /** The vendor's own word while there is a statement of his, and what is remembered afterwards. */
    private <T> @Nullable T ofAttached(@Nullable T otherwise, Execution<T> question) throws SQLException {
        return binder().askIfBound(otherwise, bound -> {
            Statement vendors = executedOn(bound);
            return vendors == null ? otherwise : question.on(vendors, bound);
        });
    }

    /** What a statement answers that has executed nothing. */
    private <T> @Nullable T fresh(String name, Getter<T> getter) throws SQLException {
        return connection.habits().answer(List.of(made, name), () -> onOther(getter));
    }

    /** Asks another statement made like this one, for what may not or cannot be done to this one's. */
    private <T> @Nullable T onOther(Getter<T> question) throws SQLException {
        return binder().ask(bound -> {
            try (Statement other = open(bound)) {
                return question.of(other);
            }
        });
    }

    /** Of the result sets that are open, drivers close one then, or all of them. */
    @Override
    public boolean getMoreResults() throws SQLException {
        return more(CLOSE_CURRENT_RESULT, Statement::getMoreResults);
    }

    @Override
    public boolean getMoreResults(int current) throws SQLException {
        if (current < CLOSE_CURRENT_RESULT || current > CLOSE_ALL_RESULTS) {
            checkOpen();
            refused(vendors -> vendors.getMoreResults(current));
        }
        return more(current, vendors -> vendors.getMoreResults(current));
    }

    /** Of texts that may have several results the physical connection stays; any other has no more. */
    private boolean more(int current, Getter<Boolean> next) throws SQLException {
        checkOpen();
        if (current == KEEP_CURRENT_RESULT && connection.hasOneResult()) {
            return false;
        }
        ResultSet last = result;
        result = null;
        updateCount = -1;
        List<ResultSet> past = current == CLOSE_ALL_RESULTS
                ? List.copyOf(given)
                : current == CLOSE_CURRENT_RESULT && last != null ? List.of(last) : List.of();
        given.removeAll(past);
        return binder().workIfBound(false, bound -> {
            binder().drop(bound, past.toArray());
            Statement vendors = executedOn(bound);
            if (vendors == null) {
                return false;
            }
            boolean more = Boolean.TRUE.equals(next.of(vendors));
            for (ResultSet each : List.copyOf(given)) {
                if (each.isClosed()) {
                    given.remove(each);
                    binder().drop(bound, each);
                }
            }
            if (closesOnCompletion() && vendors.isClosed()) {
                close();
                return more;
            }
            return executed(more, vendors, bound, false);
        });
    }

    @Override
    public @Nullable ResultSet getGeneratedKeys() throws SQLException {
        checkOpen();
        return binder().ask(bound -> {
            // Where the physical connection was given back, no keys were asked for: the vendor says it its way.
            ResultSet keys = held(own(bound).getGeneratedKeys(), bound);
            awaitsKeys = false;
            binder().drop(bound, this);
            return keys;
        });
    }

    @Override
    public void close() throws SQLException {
        if (closed) {
            return;
        }
        closed = true;
        if (asking.cancel()) {
            binder().breakOff(asking);
        }
        if (binder().isClosed()) {
            return;
        }
        boolean unused = binder().workIfBound(false, bound -> {
            if (attachedTo(bound) != null) {
                detach();
                binder().detached(bound, this);
            }
            return true;
        });
    }

    @Override
    public boolean isClosed() throws SQLException {
        return closed || binder().isClosed();
    }

    /** The vendor's text while there is a physical connection, and else its own: nobody waits for one to be told in a log. */
    @Override
    public final String toString() {
        String own = isPrepared() ? preparation.sql() : "a statement of " + connection.pool();
        try {
            return closed ? own : binder().workIfBound(own, bound -> textOf(statement(bound)));
        } catch (SQLException nobodyToAsk) {
            return own;
        }
    }

    String textOf(Statement vendors) throws SQLException {
        return vendors.toString();
    }

    /** Reaches the physical connection only while it is this one's; where it waits for one, the wait ends. */
    @Override
    public void cancel() throws SQLException {
        if (asking.cancel()) {
            binder().breakOff(asking);
            return;
        }
        Attached had = attached;
        if (had != null) {
            binder().whileBound(had.binding(), () -> had.statement().cancel());
        }
    }

    @Override
    public @Nullable SQLWarning getWarnings() throws SQLException {
        checkOpen();
        SQLWarning known = warnings;
        return binder().askIfBound(known, bound -> {
            // Warnings alone are nobody else's, who has had it before: they were cleared when it was put away.
            Statement vendors = executing ? attachedTo(bound) : executedOn(bound);
            return vendors == null ? known : vendors.getWarnings();
        });
    }

    @Override
    public void clearWarnings() throws SQLException {
        checkOpen();
        warnings = null;
        tellAttached(Statement::clearWarnings);
    }

    /** Tells the vendor's statement something, where there is one. */
    final void tellAttached(Setter<Statement> setter) throws SQLException {
        Attached had = attached;
        if (had != null) {
            binder().whileBound(had.binding(), () -> setter.on(had.statement()));
        }
    }

    boolean isPrepared() {
        return false;
    }

    @Override
    final boolean sharesQueryTimeout() {
        return connection.sharesQueryTimeout();
    }

    /** What statements made like this one answer. */
    @Override
    final <T> @Nullable T habit(Object what, Getter<T> getter) throws SQLException {
        return connection
                .habits()
                .answer(List.of(made, what), () -> binder().ask(bound -> getter.of(statement(bound))));
    }

    /** The connection's, unless it was said. */
    @Override
    public int getResultSetHoldability() throws SQLException {
        checkOpen();
        Integer holdability = habit(
                List.of("ResultSetHoldability", connection.saidOfHoldability()), Statement::getResultSetHoldability);
        return Objects.requireNonNull(holdability);
    }

    @Override
    public String enquoteLiteral(String text) throws SQLException {
        return asked(vendors -> vendors.enquoteLiteral(text));
    }

    @Override
    public String enquoteIdentifier(String identifier, boolean always) throws SQLException {
        return asked(vendors -> vendors.enquoteIdentifier(identifier, always));
    }

    @Override
    public boolean isSimpleIdentifier(String identifier) throws SQLException {
        return asked(vendors -> vendors.isSimpleIdentifier(identifier));
    }

    @Override
    public String enquoteNCharLiteral(String text) throws SQLException {
        return asked(vendors -> vendors.enquoteNCharLiteral(text));
    }

    private <T> T asked(Getter<T> question) throws SQLException {
        checkOpen();
        return binder().work(bound -> question.of(statement(bound)));
    }

    @Override
    public Connection getConnection() throws SQLException {
        checkOpen();
        return connection;
    }

    @Override
    public <T> @Nullable T unwrap(Class<T> type) throws SQLException {
        checkOpen();
        return binder().ask(bound -> {
            Statement vendors = own(bound);
            T found = type.isInstance(vendors) ? type.cast(vendors) : vendors.unwrap(type);
            handedOut();
            return found;
        });
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        checkOpen();
        return binder().work(bound -> {
            Statement vendors = statement(bound);
            return type.isInstance(vendors) || vendors.isWrapperFor(type);
        });
    }
}
