package io.heliosjdbc.driver.forecast;

import io.heliosjdbc.scheduler.Ending;
import org.jspecify.annotations.Nullable;

/**
 * A statement as it came and went without any limit, or the end of a transaction. Immutable.
 *
 * @param connection the connection's number within its workload manager
 * @param thread the number of the thread that sent it, 0 where none is known
 * @param kind what it is; null for the end of a transaction alone, such as a commit
 * @param start when it came, in nanoseconds of the history
 * @param nanos how long it was in the database, at least 0
 * @param queryTimeoutSeconds how long it may take, its wait included; 0 for any time
 * @param ending how its transaction ended with it; null where that went on
 */
public record Arrival(
        long connection,
        long thread,
        @Nullable RequestKind kind,
        long start,
        long nanos,
        int queryTimeoutSeconds,
        @Nullable Ending ending) {
    /** The same, with another beginning of the history. */
    Arrival since(long zero) {
        return new Arrival(connection, thread, kind, start - zero, nanos, queryTimeoutSeconds, ending);
    }

    /** When it was over. */
    long end() {
        return start + nanos;
    }
}
