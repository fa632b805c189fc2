package io.heliosjdbc.driver.late;

import java.sql.SQLException;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Takes a physical connection for a logical one, and makes its session that one's. Who takes has the turn of the {@link Binder}, and
 * {@code state} for moments only; meanwhile anybody may end it: the wait for the pool by a close, an abort or a cancel, the telling of the
 * session, which the database may not answer, by a close or an abort.
 */
final class Taking {
    private final Lender pool;
    private final SessionState session;
    private final EarlierResults earlierResults;
    private final ReentrantLock state;
    private final Life life;
    private final PoolWait wait;
    /** Of {@code state}: an abort has arrived. */
    private final Condition arrived;
    /** The one that was taken, while its session is made this one's; guarded by {@code state}. */
    private @Nullable Physical told;
    /** Whether the database would not have the session the last time that it was told. */
    private volatile boolean refused;
    /** How many aborts are on their way to it: it is thrown away when they have arrived. Guarded by {@code state}. */
    private int aborts;
    /** What the next one is for; a guess at what serves well, and no more. */
    private volatile String purpose = "";

    Taking(Lender pool, SessionState session, EarlierResults earlierResults, ReentrantLock state, Life life) {
        this.pool = pool;
        this.session = session;
        this.earlierResults = earlierResults;
        this.state = state;
        this.life = life;
        this.arrived = state.newCondition();
        this.wait = new PoolWait(state, life::checkOpen);
    }

    /** The next one is best one that was used for the same lately; without a lock. */
    void prefers(String use) {
        purpose = use;
    }

    /** How long physical connections were waited for so far, in nanoseconds; without a lock. */
    long waitedNanos() {
        return wait.waitedNanos();
    }

    /** Takes the turn, unless a close, an abort, a cancel or the statement's query timeout comes first; without a lock. */
    void takeTurn(ReentrantLock turn, Asking asking) throws SQLException {
        wait.takeTurn(turn, asking);
    }

    /**
     * One whose session is this one's; under {@code turn}. Aborts and closes reach it until it is {@link #taken} or {@link #discard
     * thrown away}.
     */
    Physical take(@Nullable Asking asking) throws SQLException {
        Physical ready;
        int more = pool.most();
        do {
            ready = tell(find(asking), more-- > 0);
        } while (ready == null);
        return ready;
    }

    private Physical find(@Nullable Asking asking) throws SQLException {
        Physical physical = wait.take(pool, purpose, asking);
        while (earlierResults.areOthersIn(physical) && !earlierResults.canBeForgotten()) {
            pool.discard(physical);
            physical = wait.take(pool, purpose, asking);
        }
        return physical;
    }

    /**
     * Makes its session this one's; null where it was thrown away and another may do: the one before had set a limit that was too short for
     * that, or it was found dead, which has cost the application nothing yet.
     *
     * @param another whether another is taken in the place of a dead one
     */
    private @Nullable Physical tell(Physical physical, boolean another) throws SQLException {
        boolean limited = StatementLimit.isAnyIn(physical.settings());
        boolean ready = false;
        try {
            beginTelling(physical);
            if (earlierResults.areOthersIn(physical)) {
                session.limit(physical);
                earlierResults.forgetOthersIn(physical);
            }
            session.applyTo(physical, pool.dialect());
            ready = true;
            refused = false;
            return physical;
        } catch (SQLException failure) {
            boolean passed = limited && StatementLimit.mayHavePassed(failure);
            if (passed || (another && isDead(physical, failure))) {
                return null;
            }
            refused = !physical.isBroken(failure);
            throw failure;
        } finally {
            if (!ready) {
                discard(physical);
            }
        }
    }

    /** Whether the database has refused the session when it was told last: what was set once is there no more. */
    boolean couldNotBeTold() {
        return refused;
    }

    /** And not because the application has closed its own; where the database does not answer, another would have it wait as long again. */
    private boolean isDead(Physical physical, SQLException failure) {
        return physical.isBroken(failure) && !PoolFailures.isTimeout(failure) && !life.isClosed();
    }

    /** From now on an abort and a close reach it: the database may not answer. Takes {@code state}. */
    private void beginTelling(Physical physical) throws SQLException {
        state.lock();
        try {
            life.checkOpen();
            told = physical;
        } finally {
            state.unlock();
        }
    }

    /** It is bound; under {@code turn} and {@code state}. */
    void taken() {
        assert state.isHeldByCurrentThread();
        told = null;
    }

    /** Nothing of ours reaches it any more; under {@code turn}, takes {@code state}. */
    void discard(Physical physical) {
        state.lock();
        try {
            while (aborts > 0) {
                arrived.awaitUninterruptibly();
            }
            told = null;
        } finally {
            state.unlock();
        }
        pool.discard(physical);
    }

    /** Ends the wait for a physical connection, or for who waits for it, if that is what a cancelled statement is at; takes {@code state}. */
    void breakOff(Asking cancelled) {
        wait.breakOff(cancelled);
    }

    /** Ends all waits; under {@code state}. */
    void breakOff() {
        assert state.isHeldByCurrentThread();
        wait.breakOff();
    }

    /** Likewise; the one whose session is just told, which is to be {@link #abort aborted} then, or null. Under {@code state}. */
    @Nullable
    Physical breakOffTelling() {
        breakOff();
        if (told != null) {
            aborts++;
        }
        return told;
    }

    /** Without a lock, for a driver may open a connection for it; it is nobody else's before that has arrived. Takes {@code state} afterwards. */
    void abort(Physical broken, Executor executor) {
        try {
            broken.abort(executor);
        } finally {
            state.lock();
            try {
                aborts--;
                arrived.signalAll();
            } finally {
                state.unlock();
            }
        }
    }
}
