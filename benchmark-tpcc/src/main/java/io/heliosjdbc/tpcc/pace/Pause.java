package io.heliosjdbc.tpcc.pace;

import java.util.concurrent.TimeUnit;

/**
 * How long somebody waits who would otherwise try again at once what has just failed: 100 ms, and each further time twice as long, up to a
 * second. Not thread-safe.
 */
public final class Pause {
    private static final long SHORTEST = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(1);

    private long next = SHORTEST;

    /** After a failure, in nanoseconds. */
    public long afterFailure() {
        long pause = next;
        next = Math.min(2 * pause, LONGEST);
        return pause;
    }

    /** Something has succeeded. */
    public void reset() {
        next = SHORTEST;
    }
}
