package io.heliosjdbc.tpcc.run;

import io.heliosjdbc.tpcc.measure.Times;
import java.time.Duration;

/**
 * Response times, what had no answer among them, and how they keep TPC-C's limit: 90 percent of them within it. To that what its user
 * rolled back is held like the others (clause 5.2.5.3), though its time is kept elsewhere. What was unfinished at
 * the end and had not waited that long is undecided, and counts neither way. Not thread-safe.
 */
final class Responses {
    /** What share of the response times TPC-C wants within the limit. */
    private static final int PERCENT = 90;

    private final Duration limit;
    private final Times times = new Times();
    private long within;
    private long decided;

    Responses(Duration limit) {
        this.limit = limit;
    }

    /** The answer was there after so long. */
    void answered(long nanos) {
        times.answered(nanos);
        decide(nanos);
    }

    /** The answer was there after so long, and its user rolled it back. */
    void rolledBack(long nanos) {
        decide(nanos);
    }

    private void decide(long nanos) {
        within += nanos <= limit.toNanos() ? 1 : 0;
        decided++;
    }

    /** It ended with an error, so that it had no answer, and by the end it had been due for so long. */
    void failed(long nanosUntilEnd) {
        times.unanswered(nanosUntilEnd);
        decided++;
    }

    /** By the end it had waited for so long. */
    void unfinished(long nanosUntilEnd) {
        times.unanswered(nanosUntilEnd);
        decided += nanosUntilEnd > limit.toNanos() ? 1 : 0;
    }

    Times times() {
        return times;
    }

    Duration limit() {
        return limit;
    }

    /** What percentage was within the limit; NaN where nothing is decided. */
    double withinPercent() {
        return decided == 0 ? Double.NaN : 100.0 * within / decided;
    }

    /** Whether enough were within the limit; so are none of none. */
    boolean isKept() {
        return 100 * within >= PERCENT * decided;
    }
}
