package io.heliosjdbc.tpcc.delivery;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.heliosjdbc.tpcc.Input;
import io.heliosjdbc.tpcc.measure.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The Deliveries that terminals have handed over, oldest first. It has room for so many; whoever comes when it is full waits, so that
 * terminals without a pause do not hand over more than is ever delivered. Thread-safe.
 *
 * @param <W> on whose behalf they are executed
 */
public final class DeliveryQueue<W> {
    /**
     * A Delivery that was handed over. Instants are nanoseconds since the measurement interval began.
     *
     * @param due when its terminal should have handed it over
     * @param queued when it had done so
     * @param heldUp whether it had to wait for room
     */
    public record Entry<W>(W who, Input.Delivery input, long due, long queued, boolean heldUp) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Condition work = lock.newCondition();
    private final int capacity;
    private final Clock clock;

    @GuardedBy("lock")
    private final Deque<Entry<W>> waiting = new ArrayDeque<>();

    @GuardedBy("lock")
    private boolean closed;

    /** @param capacity for how many there is room, 1 or more */
    public DeliveryQueue(int capacity, Clock clock) {
        this.capacity = capacity;
        this.clock = clock;
    }

    /** Hands one over, as soon as there is room; empty where the interval ends before, and when it is closed. */
    public Optional<Entry<W>> add(W who, Input.Delivery input, long due) throws InterruptedException {
        lock.lock();
        try {
            boolean full = waiting.size() >= capacity;
            while (waiting.size() >= capacity && !closed) {
                long left = clock.length() - clock.now();
                if (left <= 0) {
                    return Optional.empty();
                }
                long unused = room.awaitNanos(left);
            }
            if (closed) {
                return Optional.empty();
            }
            Entry<W> entry = new Entry<>(who, input, due, clock.now(), full);
            waiting.add(entry);
            work.signal();
            return Optional.of(entry);
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the oldest one; empty when it is closed and there is none any more. */
    public Optional<Entry<W>> take() throws InterruptedException {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                work.await();
            }
            room.signal();
            return Optional.ofNullable(waiting.poll());
        } finally {
            lock.unlock();
        }
    }

    /** Nobody hands anything over any more. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            work.signalAll();
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes what nobody came to. */
    public List<Entry<W>> rest() {
        lock.lock();
        try {
            List<Entry<W>> rest = new ArrayList<>(waiting);
            waiting.clear();
            return rest;
        } finally {
            lock.unlock();
        }
    }
}
