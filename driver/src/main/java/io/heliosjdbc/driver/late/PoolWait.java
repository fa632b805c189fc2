package io.heliosjdbc.driver.late;

import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A logical connection's wait for a physical one, which a close, an abort or a cancel ends, or a query timeout. There is one at a time, under
 * the turn of its {@link Binder}, whose {@code state} guards the fields. Thread-safe.
 */
final class PoolWait {
    private final ReentrantLock state;
    private final Check open;
    /** Nobody interrupts it for our sake but under {@code state} while it stands here. */
    private @Nullable Thread waiting;
    /** The statement's that it waits for; null where it is for something else. */
    private @Nullable Asking asking;
    /** Whether the wait was ended because nobody wants the connection any more. */
    private boolean brokenOff;

    /** Throws where the logical connection is closed. */
    @FunctionalInterface
    interface Check {
        void pass() throws SQLException;
    }

    PoolWait(ReentrantLock state, Check open) {
        this.state = state;
        this.open = open;
    }

    /** Takes a physical connection, unless a close, an abort, a cancel or the statement's query timeout comes first. */
    Physical take(Lender pool, String purpose, @Nullable Asking asking) throws SQLException {
        begin(asking);
        try {
            return pool.take(purpose, asking == null ? Asking.FOR_EVER : asking.giveUpAt());
        } catch (SQLException failure) {
            if (end()) {
                open.pass();
                throw PoolFailures.cancelled();
            }
            throw failure;
        } finally {
            // If the connection came first after all, whoever wanted it gone finds that out.
            boolean unused = end();
        }
    }

    private void begin(@Nullable Asking by) throws SQLException {
        state.lock();
        try {
            open.pass();
            if (by != null && by.isCancelled()) {
                throw PoolFailures.cancelled();
            }
            waiting = Thread.currentThread();
            asking = by;
        } finally {
            state.unlock();
        }
    }

    /** Whether it was broken off; the interrupt was ours then. */
    private boolean end() {
        state.lock();
        try {
            waiting = null;
            asking = null;
            if (!brokenOff) {
                return false;
            }
            brokenOff = false;
            boolean unused = Thread.interrupted();
            return true;
        } finally {
            state.unlock();
        }
    }

    /** Ends the wait, if there is one. */
    void breakOff() {
        state.lock();
        try {
            if (waiting != null && !brokenOff) {
                brokenOff = true;
                waiting.interrupt();
            }
        } finally {
            state.unlock();
        }
    }

    /** Likewise, if it is for that statement, and it is cancelled still: what comes after it may wait by now. */
    @SuppressWarnings("ReferenceEquality")
    void breakOff(Asking cancelled) {
        state.lock();
        try {
            if (asking == cancelled && cancelled.isCancelled()) {
                breakOff();
            }
        } finally {
            state.unlock();
        }
    }
}
