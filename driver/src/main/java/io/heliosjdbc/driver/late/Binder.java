package io.heliosjdbc.driver.late;

import io.heliosjdbc.classifier.StatementProfile;
import io.heliosjdbc.classifier.statement.Dialect;
import io.heliosjdbc.classifier.statement.LastResult;
import io.heliosjdbc.classifier.statement.SessionUse;
import io.heliosjdbc.classifier.statement.TransactionEffect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Binds one logical connection to a physical one and gives it back. Thread-safe.
 *
 * <p>Whoever works on the physical connection enters before and leaves after; who leaves last gives it back, unless something holds it:
 * an open transaction, a result set that is not read to its end, a pin. Two locks, {@code turn} before {@code state}: {@code turn} is held
 * while a physical connection is taken or given back, which may take its time; {@code state} guards the fields and is held for
 * moments, but for a cancel, which must not reach the connection's next owner.
 */
final class Binder {
    private static final int VALIDATION_SECONDS = 5;

    private static final Logger LOG = LoggerFactory.getLogger(Binder.class);

    private final Lender pool;
    private final SessionState session;
    private final ReentrantLock turn = new ReentrantLock();
    private final ReentrantLock state = new ReentrantLock();
    private final PoolWait wait = new PoolWait(state, this::checkOpen);
    private @Nullable Binding binding;
    /** A physical connection that was taken, while its session is made this one's. */
    private @Nullable Physical told;

    private Pins.@Nullable Pin pinned;
    /** Written under {@code state}; whoever asks whether it was closed a moment ago needs no lock. */
    private volatile boolean closed;
    /** Whether the session is gone that the connection was pinned to; likewise. */
    private volatile boolean dead;
    /** Whether a transaction is gone that the application does not know to be. */
    private boolean lost;

    private final EarlierResults earlierResults;
    private final ConnectionWarnings warnings;

    /** What the next physical connection is for; a guess at what serves well, and no more. */
    private volatile String purpose = "";

    Binder(Lender pool, SessionState session) {
        this.pool = pool;
        this.session = session;
        this.earlierResults = new EarlierResults(pool);
        this.warnings = new ConnectionWarnings(pool.dialect());
    }

    boolean isClosed() {
        return closed || dead;
    }

    /** Whether the application has closed it; unlike {@link #isClosed} not where its session broke. */
    boolean isClosedByApplication() {
        return closed;
    }

    /** The next physical connection is best one that was used for the same lately. */
    void prefers(String purpose) {
        this.purpose = purpose;
    }

    boolean isBound() {
        state.lock();
        try {
            return binding != null;
        } finally {
            state.unlock();
        }
    }

    boolean isPinned() {
        state.lock();
        try {
            return pinned != null;
        } finally {
            state.unlock();
        }
    }

    void checkOpen() throws SQLException {
        if (closed) {
            throw PoolFailures.closed();
        }
        if (dead) {
            throw PoolFailures.dead();
        }
    }

    /** Has a physical connection whose session is this one's; exactly one {@link #leave} follows. */
    private Binding enter(@Nullable Asking asking) throws SQLException {
        Binding current = join(true);
        if (current != null) {
            return current;
        }
        if (asking == null) {
            turn.lock();
        } else {
            wait.takeTurn(turn, asking);
        }
        try {
            current = join(true);
            return current != null ? current : bind(asking);
        } finally {
            turn.unlock();
        }
    }

    /** While the server is asked whether anything is left of what pins, nobody knows whether the binding stays: that is waited for. */
    private @Nullable Binding enterIfBound() throws SQLException {
        Binding current = join(false);
        if (current != null || !isBound()) {
            return current;
        }
        turn.lock();
        try {
            return join(false);
        } finally {
            turn.unlock();
        }
    }

    /** Something to do with a physical connection. */
    @FunctionalInterface
    interface Work<T> {
        @Nullable
        T on(Binding binding) throws SQLException;
    }

    /** Does what gives something, bound for as long as it takes. */
    <T> T work(Work<T> work) throws SQLException {
        return Objects.requireNonNull(on(enter(null), work));
    }

    /** Does what may give nothing, bound for as long as it takes. */
    <T> @Nullable T ask(Work<T> work) throws SQLException {
        return on(enter(null), work);
    }

    /** Likewise for a statement, which may be cancelled while it asks. */
    <T> @Nullable T ask(Asking asking, Work<T> work) throws SQLException {
        return on(enter(asking), work);
    }

    /** Does it where there is a physical connection already; else it is not done. */
    <T> T workIfBound(T otherwise, Work<T> work) throws SQLException {
        Binding current = enterIfBound();
        return current == null ? otherwise : Objects.requireNonNull(on(current, work));
    }

    /** Asks where there is a physical connection already; else it is not done. */
    <T> @Nullable T askIfBound(@Nullable T otherwise, Work<T> work) throws SQLException {
        Binding current = enterIfBound();
        return current == null ? otherwise : on(current, work);
    }

    private <T> @Nullable T on(Binding current, Work<T> work) throws SQLException {
        Throwable failure = null;
        try {
            return work.on(current);
        } catch (Throwable e) {
            failure = e;
            throw e;
        } finally {
            leave(current, failure);
        }
    }

    private @Nullable Binding join(boolean toWork) throws SQLException {
        state.lock();
        try {
            checkOpen();
            if (toWork && lost) {
                throw PoolFailures.lost();
            }
            Binding current = binding;
            if (current == null || current.releasing) {
                return null;
            }
            if (current.broken) {
                throw PoolFailures.broken();
            }
            current.busy++;
            return current;
        } finally {
            state.unlock();
        }
    }

    private Binding bind(@Nullable Asking asking) throws SQLException {
        Physical physical = wait.take(pool, purpose, asking);
        while (earlierResults.areOthersIn(physical) && !earlierResults.canBeForgotten()) {
            pool.discard(physical);
            physical = wait.take(pool, purpose, asking);
        }
        boolean bound = false;
        try {
            beginTelling(physical);
            if (earlierResults.areOthersIn(physical)) {
                session.limit(physical);
                earlierResults.forgetOthersIn(physical);
            }
            session.applyTo(physical);
            Binding fresh = new Binding(physical);
            fresh.busy = 1;
            state.lock();
            try {
                checkOpen();
                binding = fresh;
                told = null;
                bound = true;
                if (session.createsTemporaries()) {
                    pinLocked("a temporary schema in the search path", false);
                }
            } finally {
                state.unlock();
            }
            return fresh;
        } finally {
            if (!bound) {
                endTelling();
                pool.discard(physical);
            }
        }
    }

    /** From now on an abort and a close reach it: the database may not answer. */
    private void beginTelling(Physical physical) throws SQLException {
        state.lock();
        try {
            checkOpen();
            told = physical;
        } finally {
            state.unlock();
        }
    }

    /** Nothing of ours reaches it any more. */
    private void endTelling() {
        state.lock();
        try {
            told = null;
        } finally {
            state.unlock();
        }
    }

    /** Ends the wait for a physical connection, or for who waits for it, if that is what a cancelled statement is at. */
    void breakOff(Asking cancelled) {
        wait.breakOff(cancelled);
    }

    /**
     * The work is done.
     *
     * @param failure what it threw, or null
     */
    private void leave(Binding current, @Nullable Throwable failure) {
        boolean broke = failure instanceof SQLException thrown && isBroken(current, thrown);
        state.lock();
        try {
            current.busy--;
            current.broken |= broke;
            current.mayBeIdle |= failure != null;
            if (failure != null && !(failure instanceof SQLException)) {
                pinLocked("a failure within the driver", false);
            }
            if (!mayGo(current) && !mayUnpin(current)) {
                return;
            }
        } finally {
            state.unlock();
        }
        releaseIfItMayGo(current);
    }

    /** Somebody else may have come meanwhile, or given it back. */
    private void releaseIfItMayGo(Binding current) {
        turn.lock();
        try {
            unpinIfNothingIsLeft(current);
            state.lock();
            try {
                if (!mayGo(current)) {
                    return;
                }
                current.releasing = true;
            } finally {
                state.unlock();
            }
            release(current);
        } finally {
            turn.unlock();
        }
    }

    /** Whether the server is to be asked if anything is left of what pins: nobody works, and no transaction is open. */
    private boolean mayUnpin(Binding current) {
        return pinned != null
                && !current.pinnedForGood
                && current.pinMayHaveEnded
                && current == binding
                && current.busy == 0
                && !current.releasing
                && !current.broken
                && !closed
                && current.holds.isEmpty()
                && !isOpen(current);
    }

    /** Under {@code turn} only; whoever comes meanwhile waits for that. */
    private void unpinIfNothingIsLeft(Binding current) {
        state.lock();
        try {
            if (!mayUnpin(current)) {
                return;
            }
            current.releasing = true;
            current.pinMayHaveEnded = false;
        } finally {
            state.unlock();
        }
        Physical physical = current.physical();
        boolean nothingLeft = false;
        boolean asked = false;
        boolean failed = false;
        boolean broke = false;
        try {
            nothingLeft = isNothingLeft(physical);
            asked = true;
        } catch (SQLException failure) {
            failed = true;
            broke = isBroken(current, failure);
        } catch (RuntimeException driversOwn) {
            LOG.debug("A physical connection stays pinned", driversOwn);
        } finally {
            state.lock();
            try {
                current.releasing = false;
                // A cancel that came late may have hit the question, say: it is asked again.
                current.pinMayHaveEnded |= failed;
                current.pinnedForGood |= !asked && !failed;
                current.broken |= broke || physical.autoCommit() != session.autoCommit();
                if (nothingLeft && pinned != null) {
                    pinned.end();
                    pinned = null;
                }
            } finally {
                state.unlock();
            }
        }
    }

    /** Asked under autocommit, for else the question would open a transaction. */
    private boolean isNothingLeft(Physical physical) throws SQLException {
        physical.autoCommit(true);
        try {
            return Leftovers.areNone(physical.raw());
        } finally {
            physical.autoCommit(session.autoCommit());
        }
    }

    /**
     * Of some drivers a closed statement is told in a state of the connection's: it is asked whether it is meant. If it throws anything then, it
     * is.
     */
    private static boolean isBroken(Binding current, SQLException failure) {
        try {
            Connection raw = current.physical().raw();
            return raw.isClosed() || (PoolFailures.isBroken(failure) && !raw.isValid(VALIDATION_SECONDS));
        } catch (Throwable noAnswer) {
            LOG.debug("A physical connection does not say whether it works", noAnswer);
            return true;
        }
    }

    private boolean mayGo(Binding current) {
        if (current.busy > 0 || current != binding || current.releasing) {
            return false;
        }
        if (closed || current.broken) {
            return true;
        }
        return pinned == null && current.holds.isEmpty() && !inTransaction(current);
    }

    /** What only a question of ours has opened, to metadata or the like, is nobody's transaction. The driver is asked where it is not clear. */
    private boolean inTransaction(Binding current) {
        return current.worked && ((!session.autoCommit() && !current.mayBeIdle) || isOpen(current));
    }

    private boolean isOpen(Binding current) {
        Boolean told = current.physical().inTransaction();
        return told != null ? told : current.worked && !session.autoCommit();
    }

    /** Gives the physical connection back, or throws it away where anything is in doubt; under {@code turn} only. */
    private void release(Binding current) {
        Physical physical = current.physical();
        boolean transaction = isOpen(current);
        if (current.mayHaveKeys()) {
            physical.hasKeys(true);
        }
        boolean sound = false;
        try {
            sound = cleanUp(current, transaction);
        } catch (SQLException | RuntimeException doubt) {
            LOG.debug("A physical connection is in doubt", doubt);
        } finally {
            sound &= unbind(current, transaction);
            if (sound && !earlierResults.stayIn(current)) {
                pool.give(physical);
            } else {
                pool.discard(physical);
            }
        }
    }

    /** Ends what is open in the session; whether it is as good as before for anybody. */
    private boolean cleanUp(Binding current, boolean transaction) throws SQLException {
        Physical physical = current.physical();
        boolean sound = !current.broken && pinned == null;
        List<LateStatement> statements;
        List<Holds.Hold> held;
        state.lock();
        try {
            statements = new ArrayList<>(current.attached);
            held = current.holds.takeAll();
        } finally {
            state.unlock();
        }
        // The first thing that is asked: some drivers forget them when they ask for anything else.
        if (sound && warnings.on(current) != null) {
            physical.raw().clearWarnings();
        }
        for (Holds.Hold each : held) {
            if (each.what() instanceof ResultSet rows) {
                rows.close();
            }
        }
        for (LateStatement statement : statements) {
            statement.detach();
        }
        if (transaction && !current.broken) {
            rollback(physical);
        }
        if (!sound) {
            return false;
        }
        physical.autoCommit(true);
        boolean alike = current.settings.isEmpty() || session.readBack(physical, current.settings, pool.dialect());
        current.settingsKnown = true;
        if (!alike || !physical.isAsReported(current.settings) || session.createsTemporaries()) {
            return false;
        }
        if (!current.settings.isEmpty()) {
            physical.report();
        }
        session.leave(physical);
        return true;
    }

    /**
     * The connection has none any more; what went with it, it is to say.
     *
     * @return whether nobody has aborted it meanwhile
     */
    private boolean unbind(Binding current, boolean transaction) {
        state.lock();
        try {
            if (!closed && !current.settings.isEmpty() && !current.settingsKnown) {
                // What was set is lost: to go on without would be to read another one's rows.
                dead = true;
            } else if (current.broken && !closed) {
                dead = pinned != null;
                lost = !dead && current.worked && (!session.autoCommit() || transaction);
            }
            if (pinned != null && (closed || dead)) {
                pinned.end();
                pinned = null;
            }
            binding = null;
            return !current.broken;
        } finally {
            state.unlock();
        }
    }

    private static void rollback(Physical physical) throws SQLException {
        if (physical.autoCommit()) {
            try (java.sql.Statement statement = physical.raw().createStatement()) {
                statement.execute("ROLLBACK");
            }
        } else {
            physical.raw().rollback();
        }
    }

    /** A statement is about to be executed: takes in what it will do to the session, or refuses it. */
    void before(Binding current, StatementProfile profile) throws SQLException {
        SessionUse read = profile.sessionUse(pool.dialect());
        SessionUse known = read.known();
        SessionUse use = known != null && pool.areHarmless(read.unknown()) ? known : read;
        LastResult remembered = profile.lastResult();
        if (use.readsEarlierResult()) {
            pool.lastKeys().asked(use);
        }
        if (use.pins() != null && pool.dialect() == Dialect.OTHER) {
            pool.temporaryTables().mayBeMadeBy(profile);
        }
        if (remembered.makesKeys() && isToForgetOthersKeys(current, use)) {
            earlierResults.forgetOthersIn(current.physical());
        }
        state.lock();
        try {
            if (use.readsEarlierResult()) {
                earlierResults.read(current, use, remembered);
            }
            String reason = use.pins();
            if (reason == null && profile.transactionEffect() != TransactionEffect.NONE && !pool.tellsTransaction()) {
                reason = "a transaction begun by a text";
            }
            if (reason == null && pool.temporaryTables().areIn(profile)) {
                reason = "a temporary table";
            }
            if (reason == null && pool.hasOwn(use.functions())) {
                reason = "a function that is called like one of the database's own";
            }
            if (reason != null) {
                pinLocked(reason, use.visible() && !pool.hasOwn(use.functions()));
            }
            current.pinMayHaveEnded |= use.mayEnd();
            set(current, use.settings());
            current.worked = true;
            current.mayBeIdle |= session.autoCommit()
                    || profile.transactionEffect() != TransactionEffect.NONE
                    || profile.template().isEmpty();
            current.ran = true;
            earlierResults.leftBy(profile, remembered, current);
        } finally {
            state.unlock();
        }
    }

    /** Whether there are any: who was lent a physical connection before anybody had asked for keys may have another's in it. */
    private boolean isToForgetOthersKeys(Binding current, SessionUse use) {
        if (!earlierResults.areOthersIn(current.physical())) {
            return false;
        }
        state.lock();
        try {
            return EarlierResults.mayBeForgottenBefore(use, current);
        } finally {
            state.unlock();
        }
    }

    /** Through the rows of what is about to be executed others may be inserted: what keys they have is nobody else's to know. */
    void mayInsert(Binding current) {
        state.lock();
        try {
            current.mayHaveInserted = true;
        } finally {
            state.unlock();
        }
    }

    /** A statement has failed: what it would have left is not there. */
    void failed(Binding current, LastResult remembered) {
        state.lock();
        try {
            earlierResults.failed(remembered, current);
        } finally {
            state.unlock();
        }
    }

    /** Something runs that may open a transaction. */
    void worked(Binding current) {
        state.lock();
        try {
            current.worked = true;
            current.mayBeIdle = true;
        } finally {
            state.unlock();
        }
    }

    /** A setting is about to be changed, and is to be read when the physical connection is given back. */
    void willSet(Binding current, String setting) {
        state.lock();
        try {
            current.settings.add(setting);
            current.worked = true;
            current.mayBeIdle = true;
        } finally {
            state.unlock();
        }
    }

    private void set(Binding current, Set<String> settings) {
        if (settings.isEmpty()) {
            return;
        }
        current.moved |= settings.contains(SessionUse.SCHEMA)
                || settings.contains(SessionUse.CATALOG)
                || settings.contains(SessionUse.ALL);
        if (!settings.contains(SessionUse.ALL)) {
            current.settings.addAll(settings);
            return;
        }
        Set<String> all = session.allSettings();
        if (all == null) {
            pinLocked("a reset of what JDBC has set", false);
        } else {
            current.settings.addAll(all);
        }
    }

    /** From now on the physical connection stays until the logical one is closed, and is then thrown away. */
    void pin(String reason) {
        state.lock();
        try {
            pinLocked(reason, false);
        } finally {
            state.unlock();
        }
    }

    /**
     * The physical connection stays.
     *
     * @param visible whether the server tells when nothing is left of the reason
     */
    private void pinLocked(String reason, boolean visible) {
        Binding current = binding;
        if (current == null) {
            return;
        }
        current.pinnedForGood |= !visible;
        if (pinned == null) {
            pinned = pool.pins().begin(reason);
            // It may have failed, or last to the end of its transaction.
            current.pinMayHaveEnded = true;
        }
    }

    /** Something is to be read from the physical connection yet, unless another thread has closed the statement while it executed. */
    void hold(Binding current, Object what, @Nullable LateStatement statement, boolean forward) {
        state.lock();
        try {
            if (statement == null || !statement.isOver()) {
                current.holds.put(new Holds.Hold(what, statement, forward));
            }
        } finally {
            state.unlock();
        }
    }

    /** They are not to be read any more, where they were; the caller has entered, and leaves. */
    void drop(Binding current, Object... what) {
        if (current.holds.isEmpty()) {
            // Whoever drops something has put it there, and sees it.
            return;
        }
        state.lock();
        try {
            for (Object each : what) {
                current.holds.remove(each);
            }
        } finally {
            state.unlock();
        }
    }

    /** A result set may be needed to its close, whatever is read from it; what it was read in, if it is not given back. */
    @Nullable
    Binding holdToClose(ResultSet result) {
        state.lock();
        try {
            Binding current = binding;
            Holds.Hold hold = current == null ? null : current.holds.get(result);
            if (current != null && hold != null) {
                current.holds.put(new Holds.Hold(result, hold.statement(), false));
            }
            return current;
        } finally {
            state.unlock();
        }
    }

    /**
     * A result set was read to its end, or closed.
     *
     * @param byClose whether it was closed
     * @return whether nothing more comes from it
     */
    boolean ended(ResultSet result, boolean byClose) throws SQLException {
        Binding current;
        final LateStatement statement;
        boolean goes;
        state.lock();
        try {
            current = binding;
            Holds.Hold hold = current == null ? null : current.holds.get(result);
            if (current == null || hold == null || current.releasing || (!byClose && !hold.forward())) {
                return false;
            }
            current.holds.remove(result);
            statement = hold.statement();
            goes = statement == null || mayGo(current) || mayUnpin(current);
            if (goes) {
                current.busy++;
            }
        } finally {
            state.unlock();
        }
        if (goes) {
            Boolean unused = on(current, bound -> {
                if (statement == null) {
                    result.close();
                }
                return true;
            });
        }
        if (byClose && statement != null) {
            statement.resultClosed();
        }
        return true;
    }

    void attach(Binding current, LateStatement statement) {
        state.lock();
        try {
            current.attached.add(statement);
        } finally {
            state.unlock();
        }
    }

    void detached(Binding current, LateStatement statement) {
        state.lock();
        try {
            current.attached.remove(statement);
            current.holds.removeThoseOf(statement);
        } finally {
            state.unlock();
        }
    }

    /** Something to do to a physical connection's object while it is certainly still this connection's. */
    @FunctionalInterface
    interface Act {
        void run() throws SQLException;
    }

    /** Does it where that binding is still there. */
    void whileBound(@Nullable Binding expected, Act act) throws SQLException {
        state.lock();
        try {
            if (expected != null && binding == expected && !expected.releasing) {
                act.run();
            }
        } finally {
            state.unlock();
        }
    }

    /** One of the vendor's methods that end a transaction. */
    @FunctionalInterface
    interface End {
        void on(Physical physical) throws SQLException;
    }

    /** Ends the transaction on the physical connection, if there is one; whether there was one. */
    boolean end(boolean commits, End end) throws SQLException {
        state.lock();
        try {
            checkOpen();
            if (lost) {
                lost = false;
                if (commits) {
                    throw PoolFailures.lost();
                }
                return true;
            }
        } finally {
            state.unlock();
        }
        return workIfBound(false, current -> {
            boolean worked = mayBeOver(current);
            boolean ended = false;
            try {
                end.on(current.physical());
                ended = true;
            } finally {
                if (!ended && worked) {
                    worked(current);
                }
            }
            return true;
        });
    }

    /**
     * A transaction is about to be ended: whatever begins to work from now on may be in the next one. So may what is at work already, if the
     * vendor has it wait for the end; then it is not known to be over.
     *
     * @return whether something has worked in it
     */
    private boolean mayBeOver(Binding current) {
        state.lock();
        try {
            boolean worked = current.worked;
            current.worked &= current.busy > 1;
            current.mayBeIdle = true;
            return worked;
        } finally {
            state.unlock();
        }
    }

    /**
     * The session takes a new mode. Switching it on ends an open transaction; to say again what it is ends none, nor does switching it
     * off where a text has begun one.
     */
    void autoCommit(boolean on) throws SQLException {
        checkOpen();
        boolean changes = on != session.autoCommit();
        if (on && changes) {
            boolean unused = end(true, physical -> switchAutoCommit(physical, true));
        } else if (changes || isPinned()) {
            boolean unused = workIfBound(false, current -> {
                switchAutoCommit(current.physical(), on);
                return true;
            });
        }
        if (changes) {
            warnings.vendorExecutesItself();
        }
        session.autoCommit(on);
    }

    /** Both at once: whoever leaves the physical connection after this may look if a pin has ended, and leaves it as the session is. */
    private void switchAutoCommit(Physical physical, boolean on) throws SQLException {
        physical.switchAutoCommit(on);
        session.autoCommit(on);
    }

    ConnectionWarnings warnings() {
        return warnings;
    }

    /**
     * Whether it was open. What still runs in another thread is stopped, and so is the making of its session, which nobody needs any more. A
     * physical connection that is being given back is left alone: it is sound, and another one's in a moment. Where the database does not
     * answer, an abort ends that.
     */
    boolean close() {
        Binding current;
        state.lock();
        try {
            if (closed) {
                return false;
            }
            closed = true;
            wait.breakOff();
            if (told != null) {
                abortNow(told, Runnable::run);
            }
            current = binding;
            if (current == null || current.releasing) {
                return true;
            }
            if (current.busy > 0) {
                current.broken = true;
                abortNow(current.physical(), Runnable::run);
                return true;
            }
            current.busy++;
        } finally {
            state.unlock();
        }
        leave(current, null);
        return true;
    }

    /**
     * Nobody can reach the logical connection any more, and nobody has closed it: what its physical one is in the middle of is not
     * known to be worth keeping. Waits for nothing.
     *
     * @return whether it was open
     */
    boolean drop() {
        Binding current;
        state.lock();
        try {
            current = binding;
            boolean wasClosed = closed;
            closed = true;
            wait.breakOff();
            if (wasClosed || current == null || current.releasing) {
                return !wasClosed;
            }
            binding = null;
            if (pinned != null) {
                pinned.end();
                pinned = null;
            }
        } finally {
            state.unlock();
        }
        pool.discard(current.physical());
        return true;
    }

    /**
     * Whether it was open. Whatever a thread is at on the physical connection ends, even the giving back of one that was closed before, which
     * may wait for the database.
     */
    boolean abort(Executor executor) {
        Binding current;
        boolean wasOpen;
        state.lock();
        try {
            wasOpen = !closed;
            closed = true;
            wait.breakOff();
            if (told != null) {
                abortNow(told, executor);
            }
            current = binding;
            if (current == null) {
                return wasOpen;
            }
            current.broken = true;
            abortNow(current.physical(), executor);
            if (current.releasing || current.busy > 0) {
                return wasOpen;
            }
            current.busy++;
        } finally {
            state.unlock();
        }
        leave(current, null);
        return wasOpen;
    }

    /** It is thrown away in any case. */
    private static void abortNow(Physical physical, Executor executor) {
        try {
            physical.raw().abort(executor);
        } catch (SQLException | RuntimeException refused) {
            LOG.debug("A physical connection could not be aborted", refused);
        }
    }

    /** What it has to do with physical connections. */
    BindingStatus status() {
        state.lock();
        try {
            Binding current = binding;
            if (current == null) {
                return new BindingStatus(closed || dead ? "closed" : "unbound", null, 0);
            }
            long nanos = System.nanoTime() - current.since();
            if (pinned != null) {
                return new BindingStatus("pinned", pinned.reason(), nanos);
            }
            String reason = current.busy > 0
                    ? "a statement"
                    : inTransaction(current)
                            ? "an open transaction"
                            : current.holds.get(Holds.LAST_KEY) != null ? "its last key" : "an open result set";
            return new BindingStatus("bound", reason, nanos);
        } finally {
            state.unlock();
        }
    }
}
