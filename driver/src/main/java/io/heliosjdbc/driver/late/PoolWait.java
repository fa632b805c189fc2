package io.heliosjdbc.driver.late;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The waits of a logical connection: of one thread for a physical connection, under the turn of its {@link Binder}, and of others for that
 * turn. A close, an abort or a cancel ends them, or a query timeout. The {@code state} of the binder guards the fields. Thread-safe.
 */
final class PoolWait {
    private final ReentrantLock state;
    private final Check open;
    private final List<Waiting> all = new ArrayList<>(1);
    /** Of all waits for a physical connection that have ended, together. Written by who has the turn, read by anybody. */
    private volatile long waitedNanos;

    /** Throws where the logical connection is closed. */
    @FunctionalInterface
    interface Check {
        void pass() throws SQLException;
    }

    /** Nobody interrupts a thread for our sake but under {@code state} while it stands here. */
    private static final class Waiting {
        private final Thread thread = Thread.currentThread();
        /** The statement's that it waits for; null where it is for something else. */
        private final @Nullable Asking asking;
        /** Whether the wait was ended because nobody wants the connection any more. */
        private boolean brokenOff;

        Waiting(@Nullable Asking asking) {
            this.asking = asking;
        }
    }

    PoolWait(ReentrantLock state, Check open) {
        this.state = state;
        this.open = open;
    }

    /** Takes a physical connection, unless a close, an abort, a cancel or the statement's query timeout comes first. */
    Physical take(Lender pool, String purpose, @Nullable Asking asking) throws SQLException {
        Physical own = pool.tryTake(purpose);
        if (own != null) {
            // Whoever does not want it any more finds that out.
            return own;
        }
        Waiting here = begin(asking);
        long since = System.nanoTime();
        try {
            return pool.take(purpose, asking == null ? Asking.FOR_EVER : asking.giveUpAt());
        } catch (SQLException failure) {
            if (end(here)) {
                open.pass();
                throw PoolFailures.cancelled();
            }
            throw failure;
        } finally {
            // If the connection came first after all, whoever wanted it gone finds that out.
            boolean unused = end(here);
            long before = waitedNanos;
            waitedNanos = before + (System.nanoTime() - since);
        }
    }

    /** How long physical connections were waited for so far, in nanoseconds; the opening of one is such a wait. Without a lock. */
    long waitedNanos() {
        return waitedNanos;
    }

    /** Takes the turn, which another thread may have while it waits for a physical connection; likewise. */
    void takeTurn(ReentrantLock turn, Asking asking) throws SQLException {
        if (turn.tryLock()) {
            return;
        }
        Waiting here = begin(asking);
        boolean isOurs = false;
        try {
            isOurs = lock(turn, asking.giveUpAt());
        } catch (InterruptedException interrupted) {
            if (!end(here)) {
                Thread.currentThread().interrupt();
            }
            open.pass();
            throw PoolFailures.cancelled();
        } finally {
            // If the turn came first after all, the next wait under it finds out.
            boolean unused = end(here);
        }
        if (!isOurs) {
            throw PoolFailures.timedOut();
        }
    }

    private static boolean lock(ReentrantLock turn, long giveUpAt) throws InterruptedException {
        if (giveUpAt != Asking.FOR_EVER) {
            return turn.tryLock(giveUpAt - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
        turn.lockInterruptibly();
        return true;
    }

    private Waiting begin(@Nullable Asking by) throws SQLException {
        state.lock();
        try {
            open.pass();
            if (by != null && by.isCancelled()) {
                throw PoolFailures.cancelled();
            }
            Waiting here = new Waiting(by);
            all.add(here);
            return here;
        } finally {
            state.unlock();
        }
    }

    /** Whether it was broken off; the interrupt was ours then. */
    private boolean end(Waiting here) {
        state.lock();
        try {
            all.remove(here);
            if (!here.brokenOff) {
                return false;
            }
            here.brokenOff = false;
            boolean unused = Thread.interrupted();
            return true;
        } finally {
            state.unlock();
        }
    }

    /** Ends all waits, if there are any. */
    void breakOff() {
        state.lock();
        try {
            all.forEach(PoolWait::breakOff);
        } finally {
            state.unlock();
        }
    }

    private static void breakOff(Waiting one) {
        if (!one.brokenOff) {
            one.brokenOff = true;
            one.thread.interrupt();
        }
    }

    /** Likewise, if it is for that statement, and it is cancelled still: what comes after it may wait by now. */
    @SuppressWarnings("ReferenceEquality")
    void breakOff(Asking cancelled) {
        state.lock();
        try {
            for (Waiting each : all) {
                if (each.asking == cancelled && cancelled.isCancelled()) {
                    breakOff(each);
                }
            }
        } finally {
            state.unlock();
        }
    }
}
