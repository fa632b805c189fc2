package io.heliosjdbc.tpcc.run;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.heliosjdbc.tpcc.Input;
import io.heliosjdbc.tpcc.TransactionType;
import io.heliosjdbc.tpcc.delivery.DeliveryQueue;
import io.heliosjdbc.tpcc.measure.RawData;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Where terminals and workers say what happens, until it is closed: whatever somebody says then who was given up comes too late, and
 * what it hands out changes no more. Thread-safe.
 */
final class Measurements {
    enum Outcome {
        COMMITTED,
        USER_ABORTED,
        FAILED
    }

    /**
     * A transaction that ended. Instants are nanoseconds since the measurement interval began.
     *
     * @param due when it should have begun
     * @param start when its terminal began it
     * @param end when its answer or error was there
     */
    record Ended(RawData.Outcome outcome, long due, long start, long end) {
        Outcome counted() {
            return switch (outcome) {
                case DONE -> Outcome.COMMITTED;
                case ABORTED -> Outcome.USER_ABORTED;
                case REFUSED, FAILED -> Outcome.FAILED;
                case DROPPED -> throw new IllegalArgumentException("what was dropped has no end");
            };
        }
    }

    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final Figures figures;

    @GuardedBy("lock")
    private boolean closed;

    /** @param figures of nothing yet, which nobody else has */
    Measurements(Figures figures) {
        this.figures = figures;
    }

    private void tell(Consumer<Figures> what) {
        lock.lock();
        try {
            if (!closed) {
                what.accept(figures);
            }
        } finally {
            lock.unlock();
        }
    }

    private <T> T ask(Function<Figures, T> what) {
        lock.lock();
        try {
            return what.apply(figures);
        } finally {
            lock.unlock();
        }
    }

    /** What there is in the end. */
    Figures close() {
        lock.lock();
        try {
            closed = true;
            return figures;
        } finally {
            lock.unlock();
        }
    }

    /** Opens the accounts of a terminal. */
    void terminal(Terminal.Profile who) {
        tell(each -> each.terminal(who));
    }

    void completed(Terminal.Profile who, Input input, Ended ended) {
        tell(each -> each.completed(who, input, ended));
    }

    /** It was due within the interval but its end did not come within it. */
    void unfinished(Terminal.Profile who, TransactionType type, long due, long start) {
        tell(each -> each.unfinished(who, type, due, start));
    }

    /** A terminal was told that its Delivery is queued. */
    void queued(DeliveryQueue.Entry<Terminal.Profile> entry) {
        tell(each -> each.queued(entry));
    }

    /** The interval ended before there was room for a terminal's Delivery. */
    void unqueued(Terminal.Profile who, long due) {
        tell(each -> each.unqueued(who, due));
    }

    /** The interval and what was waited for after it ended before anybody came to a Delivery. */
    void undelivered(DeliveryQueue.Entry<Terminal.Profile> entry) {
        tell(each -> each.undelivered(entry));
    }

    /** A Delivery was executed, which {@link #completed} has counted. */
    void delivered(DeliveryQueue.Entry<Terminal.Profile> entry, Session.Done done, List<Integer> orders) {
        tell(each -> each.deliveries().executed(entry, done, orders));
    }

    /** One collided with others at the given instant, and is tried again. */
    void retried(TransactionType type, long at) {
        tell(each -> each.retried(type, at));
    }

    void failure(String message) {
        tell(each -> each.failure(message));
    }

    /** How many were so far. */
    long committed() {
        return ask(Figures::committed);
    }

    /** How many have so far. */
    long failed() {
        return ask(Figures::failed);
    }

    /** So far, which is so long. */
    double tpmC(long afterNanos) {
        return ask(each -> each.tpmC(afterNanos));
    }
}
