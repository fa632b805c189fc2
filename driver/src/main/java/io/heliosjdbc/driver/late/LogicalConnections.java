package io.heliosjdbc.driver.late;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** How many logical connections a pool has, and since when it has had none. Thread-safe, without locks. */
final class LogicalConnections {
    /** In place of how many there are, where there will be none any more. */
    private static final int RETIRED = Integer.MIN_VALUE;

    private final LongSupplier clock;
    private final AtomicInteger open = new AtomicInteger();
    /** When the last of them was closed, or the pool opened. */
    private volatile long leftAt;

    /**
     * None yet.
     *
     * @param clock in nanoseconds
     */
    LogicalConnections(LongSupplier clock) {
        this.clock = clock;
        this.leftAt = clock.getAsLong();
    }

    /** One more is opened, each of which {@link #left leaves} once; false where the pool has retired. */
    boolean join() {
        return open.getAndUpdate(count -> count == RETIRED ? count : count + 1) != RETIRED;
    }

    void left() {
        leftAt = clock.getAsLong();
        int unused = open.decrementAndGet();
    }

    /** Takes no more, where there have been none for so long; whether it was this call that the pool retired by. */
    boolean retire(long unusedNanos) {
        return clock.getAsLong() - leftAt >= unusedNanos && open.compareAndSet(0, RETIRED);
    }
}
