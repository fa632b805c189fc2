package io.heliosjdbc.driver.manager;

import io.heliosjdbc.scheduler.Admission;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Statements of one connection that wait until another statement of that connection has got, or not got, the slot that
 * they will share. Guarded by the session's lock.
 */
final class Turns {
    private final Condition changed;
    private final LongSupplier clock;
    private final List<Turn> waiting = new ArrayList<>(0);

    private static final class Turn {
        private final Object statement;
        private boolean cancelled;

        Turn(Object statement) {
            this.statement = statement;
        }
    }

    Turns(Condition changed, LongSupplier clock) {
        this.changed = changed;
        this.clock = clock;
    }

    /** Waits while the other one asks; {@link Admission#GRANTED} when it has stopped to, or why the wait ended. */
    Admission await(Object statement, long giveUpAt, BooleanSupplier asking) {
        Turn turn = new Turn(statement);
        waiting.add(turn);
        try {
            while (asking.getAsBoolean()) {
                if (turn.cancelled) {
                    return Admission.CANCELLED;
                }
                long left = giveUpAt == Long.MAX_VALUE ? TimeUnit.DAYS.toNanos(1) : giveUpAt - clock.getAsLong();
                if (left <= 0) {
                    return Admission.QUERY_TIMEOUT;
                }
                long unused = changed.awaitNanos(left);
            }
            return turn.cancelled ? Admission.CANCELLED : Admission.GRANTED;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Admission.INTERRUPTED;
        } finally {
            waiting.remove(turn);
        }
    }

    /** Ends the waits of a statement; whether there was one. */
    boolean cancel(Object statement) {
        boolean found = false;
        for (Turn turn : waiting) {
            if (turn.statement == statement) {
                turn.cancelled = true;
                found = true;
            }
        }
        changed.signalAll();
        return found;
    }

    /** Ends every wait. */
    void cancelAll() {
        waiting.forEach(turn -> turn.cancelled = true);
        changed.signalAll();
    }

    /** Wakes everybody who waits, for the other one has stopped asking. */
    void wake() {
        if (!waiting.isEmpty()) {
            changed.signalAll();
        }
    }
}
