package io.heliosjdbc.driver.late;

import io.heliosjdbc.classifier.StatementProfile;
import io.heliosjdbc.classifier.statement.LastResult;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
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
 * moments. Where a method says nothing else, its caller holds neither. A cancel, which must not reach the connection's next owner, nor
 * its next statement, holds no lock on its way, nor does an abort: the binding counts it, is not given back before, and nobody begins to
 * work on it.
 *
 * <p>Which physical connection it is, and who is at work on it, is decided here alone. {@link Taking} finds one and tells it of the
 * session, {@link Effects} notes what statements do to that, {@link Release} says whether it may go and cleans up before, {@link Life}
 * knows whether the logical connection is there yet: all of them under the same two locks.
 */
final class Binder {
    private static final Logger LOG = LoggerFactory.getLogger(Binder.class);

    private final Lender pool;
    private final SessionState session;
    private final ReentrantLock turn = new ReentrantLock();
    private final ReentrantLock state = new ReentrantLock();
    /** Of {@code state}: a cancel has arrived, or nobody is to wait for that any more. */
    private final Condition cancelled = state.newCondition();

    private final Life life = new Life();
    private final EarlierResults earlierResults;
    private final ConnectionWarnings warnings;
    private final Taking taking;
    private final Effects effects;
    private final Release release;
    /** Guarded by {@code state}. */
    private @Nullable Binding binding;

    Binder(Lender pool, SessionState session) {
        this.pool = pool;
        this.session = session;
        this.earlierResults = new EarlierResults(pool);
        this.warnings = new ConnectionWarnings(pool.dialect());
        this.taking = new Taking(pool, session, earlierResults, state, life);
        this.effects = new Effects(pool, session, earlierResults, state);
        this.release = new Release(pool, session, warnings, state, life);
    }

    boolean isClosed() {
        return life.isClosed();
    }

    /** Whether the application has closed it; unlike {@link #isClosed} not where its session broke. */
    boolean isClosedByApplication() {
        return life.isClosedByApplication();
    }

    /** The next physical connection is best one that was used for the same lately. */
    void prefers(String purpose) {
        taking.prefers(purpose);
    }

    /** How long physical connections were waited for so far, in nanoseconds. Without a lock. */
    long waitedNanos() {
        return taking.waitedNanos();
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
            return binding != null && binding.isPinned();
        } finally {
            state.unlock();
        }
    }

    void checkOpen() throws SQLException {
        life.checkOpen();
    }

    /** Has a physical connection whose session is this one's; exactly one {@link #leave} follows. Takes {@code turn} where there is none. */
    private Binding enter(@Nullable Asking asking) throws SQLException {
        Binding current = join(true, asking);
        if (current != null) {
            return current;
        }
        if (asking == null) {
            turn.lock();
        } else {
            taking.takeTurn(turn, asking);
        }
        try {
            current = join(true, asking);
            return current != null ? current : bind(asking);
        } finally {
            turn.unlock();
        }
    }

    /** While the server is asked whether anything is left of what pins, nobody knows whether the binding stays: that is waited for. */
    private @Nullable Binding enterIfBound() throws SQLException {
        Binding current = join(false, null);
        if (current != null || !isBound()) {
            return current;
        }
        turn.lock();
        try {
            return join(false, null);
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

    /**
     * Asks something that reaches for a certain binding's physical connection.
     *
     * @param home the binding; null for one that is over
     * @throws SQLException 0F001 where it is over
     */
    <T> @Nullable T askIn(@Nullable Binding home, Work<T> work) throws SQLException {
        Binding current = enterIfBound();
        if (current == null) {
            throw PoolFailures.valueIsOver();
        }
        return on(current, bound -> {
            if (bound != home) {
                throw PoolFailures.valueIsOver();
            }
            return work.on(bound);
        });
    }

    /** Whether a binding is there still, for the moment. */
    boolean isIn(Binding home) {
        state.lock();
        try {
            return binding == home;
        } finally {
            state.unlock();
        }
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

    /**
     * One thread more is at work, if there is a physical connection that nobody is giving back; takes {@code state}. A cancel that is on its way
     * to it was for who worked before: that is waited for, with {@code state} let go.
     *
     * @param asking ends the wait, too: cancelled in its turn, or by its query timeout; null where nothing does but a close
     */
    private @Nullable Binding join(boolean toWork, @Nullable Asking asking) throws SQLException {
        state.lock();
        try {
            while (binding != null && binding.cancels > 0 && !life.isClosed()) {
                awaitCancel(asking);
            }
            life.checkOpen();
            if (toWork) {
                life.checkNothingIsLost();
            }
            Binding current = binding;
            if (current == null || current.releasing) {
                return null;
            }
            if (current.broken) {
                throw PoolFailures.broken();
            }
            current.enter();
            return current;
        } finally {
            state.unlock();
        }
    }

    /** Under {@code state}, which it lets go meanwhile; its caller looks again. */
    @SuppressWarnings("WaitNotInLoop")
    private void awaitCancel(@Nullable Asking asking) throws SQLException {
        if (asking == null) {
            cancelled.awaitUninterruptibly();
            return;
        }
        if (asking.isCancelled()) {
            throw PoolFailures.cancelled();
        }
        long left = asking.giveUpAt() == Asking.FOR_EVER ? Long.MAX_VALUE : asking.giveUpAt() - System.nanoTime();
        if (left <= 0) {
            throw PoolFailures.timedOut();
        }
        try {
            long unused = cancelled.awaitNanos(left);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw PoolFailures.cancelled();
        }
    }

    /** Under {@code turn}; takes {@code state} for moments. */
    private Binding bind(@Nullable Asking asking) throws SQLException {
        Physical physical = taking.take(asking);
        boolean bound = false;
        try {
            Binding fresh = new Binding(physical);
            fresh.enter();
            state.lock();
            try {
                life.checkOpen();
                binding = fresh;
                taking.taken();
                bound = true;
                if (session.createsTemporaries()) {
                    fresh.pin(pool.pins(), "a temporary schema in the search path", false);
                }
            } finally {
                state.unlock();
            }
            return fresh;
        } finally {
            if (!bound) {
                taking.discard(physical);
            }
        }
    }

    /** Ends the wait for a physical connection, or for who waits for it, if that is what a cancelled statement is at. */
    void breakOff(Asking asking) {
        taking.breakOff(asking);
        state.lock();
        try {
            cancelled.signalAll();
        } finally {
            state.unlock();
        }
    }

    /**
     * The work is done; takes {@code state}, and {@code turn} where the physical connection may go.
     *
     * @param failure what it threw, or null
     */
    private void leave(Binding current, @Nullable Throwable failure) {
        boolean broke =
                failure instanceof SQLException thrown && current.physical().isBroken(thrown);
        state.lock();
        try {
            current.leave();
            current.broken |= broke;
            current.mayBeIdle |= failure != null;
            if (failure != null && !(failure instanceof SQLException)) {
                current.pin(pool.pins(), "a failure within the driver", false);
            }
            if (!release.mayGo(current) && !release.mayUnpin(current)) {
                return;
            }
        } finally {
            state.unlock();
        }
        releaseIfItMayGo(current);
    }

    /** Somebody else may have come meanwhile, or given it back; takes {@code turn}, and {@code state} for moments. */
    private void releaseIfItMayGo(Binding current) {
        turn.lock();
        try {
            release.unpinIfNothingIsLeft(current);
            state.lock();
            try {
                if (!release.mayGo(current)) {
                    return;
                }
                current.releasing = true;
            } finally {
                state.unlock();
            }
            giveBack(current);
        } finally {
            turn.unlock();
        }
    }

    /** Gives the physical connection back, throws it away where anything is in doubt, or keeps it where nobody else is to have it; under {@code turn}, takes {@code state} for moments. */
    private void giveBack(Binding current) {
        Physical physical = current.physical();
        boolean transaction = release.isOpen(current);
        if (current.mayHaveKeys()) {
            physical.hasKeys(true);
        }
        boolean sound = false;
        boolean stays = false;
        try {
            sound = release.cleanUp(current, transaction);
            stays = release.stays(current);
        } catch (SQLException | RuntimeException doubt) {
            LOG.debug("A physical connection is in doubt", doubt);
        } finally {
            if (!stays) {
                sound &= unbind(current, transaction);
                if (sound && !earlierResults.stayIn(current)) {
                    pool.give(physical);
                } else {
                    pool.discard(physical);
                }
            }
        }
    }

    /**
     * The connection has none any more; what went with it, it is to say. Under {@code turn}, takes {@code state}.
     *
     * @return whether nobody has aborted it meanwhile
     */
    private boolean unbind(Binding current, boolean transaction) {
        state.lock();
        try {
            while (current.cancels > 0) {
                // An abort has met the giving back, and may be on its way still.
                cancelled.awaitUninterruptibly();
            }
            life.goesOnWithout(current, !session.autoCommit() || transaction);
            part(current);
            return !current.broken;
        } finally {
            state.unlock();
        }
    }

    /** Whatever it was kept for is over; under {@code state}. */
    private void part(Binding current) {
        current.unpin();
        current.over = true;
        binding = null;
    }

    /** A statement is about to be executed: takes in what it will do to the session, or refuses it. */
    void before(Binding current, StatementProfile profile) throws SQLException {
        effects.before(current, profile);
    }

    /** Through the rows of what is about to be executed others may be inserted. */
    void mayInsert(Binding current) {
        effects.mayInsert(current);
    }

    /** The database has executed a statement, or refused it. */
    void executed(Binding current, LastResult remembered) {
        effects.executed(current, remembered);
    }

    /** A statement has failed: what it would have left is not there. */
    void failed(Binding current, LastResult remembered) {
        effects.failed(current, remembered);
    }

    /** Something runs that may open a transaction. */
    void worked(Binding current) {
        effects.worked(current);
    }

    /** A result set is about to be worked through, if something is held for it still; else the vendor refuses. */
    void worksThrough(ResultSet result) {
        state.lock();
        try {
            Binding current = binding;
            if (current != null && current.holds.get(result) != null) {
                current.worked = true;
                current.ended = false;
                current.mayBeIdle = true;
            }
        } finally {
            state.unlock();
        }
    }

    /** A setting is about to be changed, and is to be read when the physical connection is given back. */
    void willSet(Binding current, String setting) throws SQLException {
        effects.willSet(current, setting);
    }

    /** Whether the physical connection that a result set was read in is still this connection's. */
    boolean isReadIn(ResultSet result) {
        state.lock();
        try {
            return binding != null && (binding.pinnedForGood || binding.holds.get(result) != null);
        } finally {
            state.unlock();
        }
    }

    /** Whether the last physical connection could not be given this one's session, though it was there and answered. */
    boolean couldNotBeTold() {
        return taking.couldNotBeTold();
    }

    /** From now on the physical connection stays until the logical one is closed, and is then thrown away. */
    void pin(String reason) {
        state.lock();
        try {
            if (binding != null) {
                binding.pin(pool.pins(), reason, false);
            }
        } finally {
            state.unlock();
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
     * Something was read from a result set that reaches for the physical connection: that stays to the end of the transaction, and where none is
     * open until the result set is closed.
     *
     * @return what it was read in; null where that is over
     */
    @Nullable
    Binding keepFor(ResultSet result) {
        state.lock();
        try {
            Binding current = binding;
            Holds.Hold hold = current == null ? null : current.holds.get(result);
            if (current == null || hold == null) {
                // Result sets that nothing is held for are a callable statement's, say, which pins.
                return current != null && current.pinnedForGood ? current : null;
            }
            if (hold.forward() && !release.inTransaction(current)) {
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
            if (current == null || hold == null || current.releasing || (!byClose && !hold.endsWithLastRow())) {
                return false;
            }
            current.holds.remove(result);
            statement = hold.statement();
            goes = statement == null || release.mayGo(current) || release.mayUnpin(current);
            if (goes) {
                current.enter();
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

    /**
     * Cancels what is at work on that binding, where it is still there. However long that takes, it is not given back and nothing new begins on
     * it; but it can be asked how it stands, closed and aborted.
     */
    void cancel(Binding expected, Act cancel) throws SQLException {
        state.lock();
        try {
            if (binding != expected || expected.releasing) {
                return;
            }
            expected.cancels++;
        } finally {
            state.unlock();
        }
        try {
            cancel.run();
        } finally {
            arrived(expected);
        }
    }

    /** A cancel has arrived: who has left meanwhile has left the giving back to it. */
    private void arrived(Binding current) {
        state.lock();
        try {
            current.cancels--;
            cancelled.signalAll();
            if (!release.mayGo(current) && !release.mayUnpin(current)) {
                return;
            }
        } finally {
            state.unlock();
        }
        releaseIfItMayGo(current);
    }

    /** Does it where that binding is still there; under {@code state}, so it is to be short. */
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
            life.checkOpen();
            if (life.endsWhatIsLost(commits)) {
                return true;
            }
        } finally {
            state.unlock();
        }
        return workIfBound(false, current -> {
            boolean worked = effects.mayBeOver(current);
            boolean leavesNothing = current.physical().endsForCertain(pool.dialect());
            boolean ended = false;
            try {
                end.on(current.physical());
                ended = true;
                ended(current, leavesNothing);
            } finally {
                if (!ended && worked) {
                    effects.worked(current);
                }
            }
            return true;
        });
    }

    /** Whatever was made and never set for a statement ends with its transaction. What others are at may be in the next one. */
    private void ended(Binding current, boolean leavesNothing) {
        state.lock();
        try {
            current.holds.removeMade();
            current.ended = leavesNothing && current.busy() == 1;
        } finally {
            state.unlock();
        }
    }

    /**
     * The session takes a new mode. Switching it on ends an open transaction; to say again what it is ends none, nor does switching it
     * off where a text has begun one.
     */
    void autoCommit(boolean on) throws SQLException {
        life.checkOpen();
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
        Physical told;
        boolean works = false;
        state.lock();
        try {
            if (!life.close()) {
                return false;
            }
            cancelled.signalAll();
            told = taking.breakOffTelling();
            current = binding == null || binding.releasing ? null : binding;
            if (current != null) {
                works = current.busy() > 0;
                if (works) {
                    willAbort(current);
                } else {
                    current.enter();
                }
            }
        } finally {
            state.unlock();
        }
        if (told != null) {
            taking.abort(told, Runnable::run);
        } else if (current != null && works) {
            abort(current, Runnable::run);
        } else if (current != null) {
            leave(current, null);
        }
        return true;
    }

    /** An abort sets out; under {@code state}. It counts as a cancel does: a driver may open a connection for either. */
    private static void willAbort(Binding current) {
        current.broken = true;
        current.cancels++;
    }

    /** Takes {@code state} afterwards, and {@code turn} where the physical connection may go. */
    private void abort(Binding current, Executor executor) {
        try {
            current.physical().abort(executor);
        } finally {
            arrived(current);
        }
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
            boolean wasOpen = life.close();
            cancelled.signalAll();
            taking.breakOff();
            if (!wasOpen || current == null || current.releasing) {
                return wasOpen;
            }
            part(current);
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
        Physical told;
        boolean wasOpen;
        state.lock();
        try {
            wasOpen = life.close();
            cancelled.signalAll();
            told = taking.breakOffTelling();
            current = binding;
            if (current != null) {
                willAbort(current);
            }
        } finally {
            state.unlock();
        }
        if (told != null) {
            taking.abort(told, executor);
        } else if (current != null) {
            abort(current, executor);
        }
        return wasOpen;
    }

    /** What it has to do with physical connections. */
    BindingStatus status() {
        state.lock();
        try {
            Binding current = binding;
            if (current == null) {
                return new BindingStatus(life.isClosed() ? "closed" : "unbound", null, 0);
            }
            long nanos = System.nanoTime() - current.since();
            String pinnedBy = current.pinnedBy();
            if (pinnedBy != null) {
                return new BindingStatus("pinned", pinnedBy, nanos);
            }
            String reason = current.busy() > 0 || current.cancels > 0
                    ? "a statement"
                    : release.inTransaction(current) ? "an open transaction" : current.holds.inWords();
            return new BindingStatus("bound", reason, nanos);
        } finally {
            state.unlock();
        }
    }
}
