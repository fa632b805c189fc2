package io.heliosjdbc.driver.late;

import io.heliosjdbc.classifier.StatementProfile;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A statement of a logical connection. It has one of the vendor's from an execution until the physical connection is given back: an
 * {@link Attachment}. It keeps what it was told and, in an {@link Outcome}, what came of the execution. What it executes is its
 * subclasses' to say. As thread-safe as its connection.
 */
abstract class LateStatement extends AttributedStatement implements StandIn<Statement> {
    private final LateConnection connection;
    private final Preparation preparation;
    /** How it is made, whatever its text. */
    private final Preparation.Manner made;

    private final Outcome outcome = new Outcome(this);
    private volatile @Nullable Attachment attached;

    private Class<?> vendorsClass = Statement.class;
    /** One of the vendor's that is closed like this one; made when it is asked for first. */
    private volatile @Nullable Statement closedOne;

    /** Whether the attached statement executes; another thread may ask what it warns of meanwhile. */
    private volatile boolean executing;

    private volatile boolean closed;
    private final Asking asking = new Asking();

    /** One of the vendor's execute methods. */
    @FunctionalInterface
    interface Execution<T> {
        @Nullable
        T on(Attachment attached) throws SQLException;
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
            Attachment on = own(bound);
            handOut(on);
            return on.vendors();
        });
    }

    private void handOut(Attachment on) {
        on.handedOut();
        binder().pin("unwrap");
    }

    final Outcome outcome() {
        return outcome;
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
        asking.beginWithin(queryTimeout());
        try {
            if (closed) {
                // Another thread has closed it before there was anything to cancel.
                throw PoolFailures.cancelled();
            }
            return binder().ask(asking, bound -> {
                // It asks until there is something of the vendor's to cancel: what is asked of the database before is
                // nothing of the statement's.
                binder().before(bound, profile);
                if (preparation.isUpdatable()) {
                    binder().mayInsert(bound);
                }
                forgetOutcome(bound);
                Attachment on = attachment(bound);
                tellWhatIsLeft(on);
                if (asking.end() || closed) {
                    binder().failed(bound, profile.lastResult());
                    throw PoolFailures.cancelled();
                }
                outcome.begins();
                executing = true;
                boolean succeeded = false;
                try {
                    T done = execution.on(on);
                    succeeded = true;
                    outcome.succeeds();
                    binder().executed(bound, profile.lastResult());
                    return done;
                } catch (SQLException failure) {
                    if (isDatabases(failure)) {
                        binder().executed(bound, profile.lastResult());
                    }
                    throw failure;
                } finally {
                    executing = false;
                    if (!succeeded) {
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

    /** Whether the database has said so. What drivers find themselves has no number on the engines whose sessions keep warnings. */
    private static boolean isDatabases(SQLException failure) {
        return failure.getErrorCode() > 0;
    }

    /** The next execution has waited for its slot; in nanoseconds. */
    final void hasWaited(long nanos) {
        asking.hasWaited(nanos);
    }

    /** What the waits have left of the query timeout is the vendor's, for this execution. */
    final void tellWhatIsLeft(Attachment on) throws SQLException {
        if (queryTimeout() <= 0) {
            return;
        }
        int seconds = asking.secondsLeft();
        if (seconds < queryTimeout()) {
            tellQueryTimeout(on.vendors(), on.binding().physical(), seconds);
        }
    }

    /** Whether a result set is one that it gave, and that nothing has followed. */
    final boolean gave(ResultSet rows) {
        return outcome.gave(rows);
    }

    /** Some drivers close a statement that has failed; one whose connection broke gets another. */
    private void afterFailure(Binding bound) {
        Attachment on = attachedTo(bound);
        if (on == null) {
            // Somebody has closed it meanwhile.
            return;
        }
        closed |= on.isClosedAlone();
        on.hasFailed();
        outcome.failed(on);
    }

    private void forgetOutcome(Binding bound) {
        outcome.forget(bound);
        Attachment known = attached;
        if (known != null) {
            known.forget();
        }
    }

    /**
     * The vendor's statement on a physical connection, told everything; the caller has entered. It may have been another's: what came of
     * an execution it is asked only where {@link #executedOn} gives it.
     */
    final Attachment attachment(Binding bound) throws SQLException {
        Attachment known = attachedTo(bound);
        if (known == null) {
            Statement another = kept(bound);
            known = another != null ? attach(bound, another, true) : attach(bound, open(bound), false);
        }
        tell(known.vendors(), bound.physical());
        return known;
    }

    /** Likewise, for a question about it. */
    final Statement statement(Binding bound) throws SQLException {
        return attachment(bound).vendors();
    }

    /** Likewise, but what came of another's execution it does not tell. */
    final Attachment own(Binding bound) throws SQLException {
        Attachment known = attachedTo(bound);
        if (known == null || known.isForeign()) {
            if (known != null) {
                binder().detached(bound, this);
                attached = null;
                known.vendors().close();
            }
            known = attach(bound, open(bound), false);
        }
        tell(known.vendors(), bound.physical());
        return known;
    }

    private Attachment attach(Binding bound, Statement vendors, boolean foreign) {
        Attachment fresh = new Attachment(bound, vendors, foreign);
        attached = fresh;
        bound.physical().prepares();
        tellAnew();
        binder().attach(bound, this);
        return fresh;
    }

    private @Nullable Attachment attachedTo(Binding bound) {
        Attachment known = attached;
        return known != null && known.binding() == bound ? known : null;
    }

    /** Likewise, unless it is another one than the last execution's. */
    private @Nullable Attachment executedOn(Binding bound) {
        Attachment known = attachedTo(bound);
        return known != null && known.tellsOutcome() ? known : null;
    }

    /** A statement of the vendor's that was another's and does as well as a new one; null where there is none. */
    @Nullable
    Statement kept(Binding bound) {
        return null;
    }

    /** Makes a statement of the vendor's. */
    Statement open(Binding bound) throws SQLException {
        return preparation.plainOn(bound.physical().raw());
    }

    /** The physical connection is given back: keeps what came of the last execution, and lets go of the vendor's statement. */
    final void detach() throws SQLException {
        Attachment had = attached;
        attached = null;
        if (had != null) {
            if (closesOnCompletion() && had.vendors().isClosed()) {
                closed = true;
                return;
            }
            if (!had.binding().broken) {
                if (!closed && had.tellsOutcome()) {
                    // MariaDB's driver asks the server, and knows of none of the connection's afterwards.
                    outcome.keepWarnings(had.vendors().getWarnings());
                }
                untell(had.vendors());
            }
            putAway(had);
        }
    }

    /** What becomes of a vendor's statement that is not needed here any more. */
    void putAway(Attachment had) throws SQLException {
        had.vendors().close();
    }

    /**
     * Whether the vendor's statement does for somebody else: it was told nothing that is not taken back, and has nothing to tell yet. MariaDB's
     * driver leaves result sets open when their statement is executed again, and while it is open they can be updated.
     */
    final boolean isAsNew(Attachment had) {
        return !had.wasHandedOut() && isTakenBack() && !preparation.isUpdatable() && outcome.isComplete();
    }

    /** Its result set was closed, and with it the vendor's statement, where that does so. */
    final void resultClosed() throws SQLException {
        Attachment had = attached;
        if (closesOnCompletion() && had != null && had.vendors().isClosed()) {
            close();
        }
    }

    /** Whether nobody waits for anything of it; then nothing of it is held from now on. */
    final boolean isOver() {
        return closed;
    }

    /** Whether a result set of its, once it was read to its end, has nothing more to give. */
    final boolean givesNothingAfterLastRow() {
        return preparation.isForward();
    }

    /** Has the vendor say what is wrong, where something is, and leaves no trace where nothing is. */
    final void refused(Setter<Statement> what) throws SQLException {
        Boolean unused = onOther(other -> {
            what.on(other);
            return true;
        });
    }

    /** Whether there is something to execute as a batch; once the vendor has been given of it, there is not. */
    abstract boolean hasBatch();

    /** A batch that fails has done a part of its work, whose keys are to be read too. */
    final <T> @Nullable T ofBatch(Execution<T> execution, Attachment on, boolean wantsKeys) throws SQLException {
        if (wantsKeys) {
            outcome.awaitKeys(on.binding());
        }
        T done = execution.on(on);
        outcome.batched(on);
        return done;
    }

    @Override
    public @Nullable ResultSet getResultSet() throws SQLException {
        checkOpen();
        ResultSet known = outcome.result();
        return known != null
                ? known
                : ofAttached(null, on -> {
                    ResultSet rows = on.vendors().getResultSet();
                    return rows == null ? null : outcome.queried(rows, on);
                });
    }

    @Override
    public int getUpdateCount() throws SQLException {
        checkOpen();
        Integer count = ofAttached(outcome.count(), on -> on.vendors().getUpdateCount());
        return Objects.requireNonNull(count != null ? count : fresh("UpdateCount", Statement::getUpdateCount));
    }

    @Override
    public long getLargeUpdateCount() throws SQLException {
        checkOpen();
        Long count = ofAttached(outcome.largeCount(), on -> on.vendors().getLargeUpdateCount());
        return Objects.requireNonNull(
                count != null ? count : fresh("LargeUpdateCount", Statement::getLargeUpdateCount));
    }

    /** The vendor's own word while there is a statement of his, and what is remembered afterwards. */
    private <T> @Nullable T ofAttached(@Nullable T otherwise, Execution<T> question) throws SQLException {
        return binder().askIfBound(otherwise, bound -> {
            Attachment on = executedOn(bound);
            return on == null ? otherwise : question.on(on);
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
        List<ResultSet> past = outcome.next(current);
        return binder().workIfBound(false, bound -> {
            binder().drop(bound, past.toArray());
            Attachment on = executedOn(bound);
            if (on == null) {
                return false;
            }
            boolean more = Boolean.TRUE.equals(next.of(on.vendors()));
            outcome.dropClosed(bound);
            if (closesOnCompletion() && on.vendors().isClosed()) {
                close();
                return more;
            }
            return outcome.executed(more, on, false);
        });
    }

    @Override
    public @Nullable ResultSet getGeneratedKeys() throws SQLException {
        checkOpen();
        return binder().ask(bound -> {
            // Where the physical connection was given back, no keys were asked for: the vendor says it its way.
            return outcome.keys(own(bound).vendors().getGeneratedKeys(), bound);
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
        Attachment had = attached;
        if (had != null) {
            binder().cancel(had.binding(), () -> had.vendors().cancel());
        }
    }

    @Override
    public @Nullable SQLWarning getWarnings() throws SQLException {
        checkOpen();
        SQLWarning shared = connection.warningsOfStatements();
        if (shared != null) {
            return shared;
        }
        SQLWarning known = outcome.warnings();
        return binder().askIfBound(known, bound -> {
            // Warnings alone are nobody else's, who has had it before: they were cleared when it was put away.
            Attachment on = executing ? attachedTo(bound) : executedOn(bound);
            return on == null ? known : on.vendors().getWarnings();
        });
    }

    @Override
    public void clearWarnings() throws SQLException {
        checkOpen();
        connection.clearWarningsOfStatements();
        outcome.keepWarnings(null);
        tellAttached(Statement::clearWarnings);
    }

    @Override
    final void tellAttached(Setter<Statement> setter) throws SQLException {
        Attachment had = attached;
        if (had != null) {
            binder().whileBound(had.binding(), () -> setter.on(had.vendors()));
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
            Attachment on = own(bound);
            Statement vendors = on.vendors();
            T found = type.isInstance(vendors) ? type.cast(vendors) : vendors.unwrap(type);
            handOut(on);
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
