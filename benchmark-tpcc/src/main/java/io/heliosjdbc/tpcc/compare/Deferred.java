package io.heliosjdbc.tpcc.compare;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.heliosjdbc.agreements.PercentileObjective;
import io.heliosjdbc.tpcc.Input;
import io.heliosjdbc.tpcc.TransactionType;
import io.heliosjdbc.tpcc.compare.Execution.Ending;
import io.heliosjdbc.tpcc.compare.Recorder.Piece;
import io.heliosjdbc.tpcc.delivery.DeliveryQueue;
import io.heliosjdbc.tpcc.delivery.DeliveryQueue.Entry;
import io.heliosjdbc.tpcc.delivery.Skipped;
import io.heliosjdbc.tpcc.measure.Clock;
import io.heliosjdbc.tpcc.promises.Terms;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;

/**
 * The Deliveries of one stream, which TPC-C wants deferred (clause 2.7.2): whoever wants one has the answer when it is queued, and workers
 * execute it. Those that were queued within the measurement are in a book of their own, whose times run from then on: they are
 * completed within it, failed, or unfinished at its end. Thread-safe.
 */
final class Deferred {
    /** As raw data have it. */
    static final String KIND = "DeferredDelivery";

    /** TPC-C's limit, for which nobody pays. */
    private static final Terms LIMIT =
            new Terms(Duration.ZERO, new PercentileObjective(90, TransactionType.DELIVERY.limit()), null);

    private final ReentrantLock lock = new ReentrantLock();
    private final Stream stream;
    private final DeliveryQueue<Stream> queue;
    private final Recorder book;

    @GuardedBy("lock")
    private final Skipped skipped = new Skipped();

    @GuardedBy("lock")
    private long heldUp;

    /**
     * Of nothing yet. There is room for one of each terminal, or of whatever can be under way at once.
     *
     * @param stream one of transactions
     * @param raw whether each is kept as a row
     */
    Deferred(Stream stream, Clock clock, boolean raw) {
        this.stream = stream;
        this.queue = new DeliveryQueue<>(stream.parallel(), clock);
        // Nobody waits for what was queued in the warm-up.
        this.book = new Recorder(stream, List.of(LIMIT), false, clock.length(), raw);
    }

    /** Queues one that was due then, as soon as there is room; empty where the end comes before. */
    Optional<Entry<Stream>> queue(Input.Delivery delivery, long due) throws InterruptedException {
        Optional<Entry<Stream>> entry = queue.add(stream, delivery, due);
        if (entry.isPresent() && entry.get().heldUp() && entry.get().queued() >= 0) {
            lock.lock();
            try {
                heldUp++;
            } finally {
                lock.unlock();
            }
        }
        return entry;
    }

    /** Executes what is queued, one after the other, until this is closed. */
    void work(Execution execution) {
        try {
            for (Optional<Entry<Stream>> next = queue.take(); next.isPresent(); next = queue.take()) {
                Piece piece = book.taken(KIND, next.get().queued());
                if (execution.run(next.get().input(), piece) == Ending.COMPLETED) {
                    executed(execution.delivered());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void executed(List<Integer> orders) {
        lock.lock();
        try {
            skipped.executed(orders);
        } finally {
            lock.unlock();
        }
    }

    /** The end has come: nothing is queued any more, and what nobody came to is unfinished. */
    void close() {
        queue.close();
        queue.rest().forEach(each -> book.unfinished(book.taken(KIND, each.queued())));
    }

    /** What became of them; what is offered there are those that were queued. */
    Recorder book() {
        return book;
    }

    /** How many had to wait because the queue was full. */
    long heldUp() {
        lock.lock();
        try {
            return heldUp;
        } finally {
            lock.unlock();
        }
    }

    /** How many of the completed ones found a district without an order to deliver. */
    long incomplete() {
        return of(Skipped::incomplete);
    }

    /** How many such districts they found. */
    long skippedDistricts() {
        return of(Skipped::districts);
    }

    private long of(ToLongFunction<Skipped> count) {
        lock.lock();
        try {
            return count.applyAsLong(skipped);
        } finally {
            lock.unlock();
        }
    }
}
