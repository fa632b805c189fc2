package io.heliosjdbc.driver.late;

import io.heliosjdbc.driver.admin.PoolStatus;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What a pool has done since it was opened, or one before it whose place it has taken. Thread-safe. */
final class PoolCounts {
    private final LongAdder binds = new LongAdder();
    private final LongAdder inVain = new LongAdder();
    private final LongAdder waitNanos = new LongAdder();
    private final LongAdder discarded = new LongAdder();

    /** A connection was taken that was waited for by nobody. */
    void bound() {
        binds.increment();
    }

    /** A connection was asked for, and taken or not, and that took so long. */
    void asked(boolean taken, long nanos) {
        (taken ? binds : inVain).increment();
        waitNanos.add(nanos);
    }

    /** A connection was thrown away. */
    void discarded() {
        discarded.increment();
    }

    /** Goes on counting where another pool has ended. */
    void succeed(PoolStatus ended) {
        binds.add(ended.binds());
        inVain.add(ended.waits() - ended.binds());
        waitNanos.add(ended.waitNanos());
        discarded.add(ended.discarded());
    }

    /** Together with how the pool stands now. */
    PoolStatus status(String name, int maximum, int active, int idle, Map<String, Integer> pinned) {
        long taken = binds.sum();
        return new PoolStatus(
                name, maximum, active, idle, taken, taken + inVain.sum(), waitNanos.sum(), discarded.sum(), pinned);
    }
}
