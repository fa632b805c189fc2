package io.heliosjdbc.tpcc.measure;

import org.HdrHistogram.Histogram;

/**
 * Response times of what was answered, and how long it took at least where no answer had come by the end. Not thread-safe.
 */
public final class Times {
    /** Of those beyond a percentile. */
    private static final double TOLERATED_BEYOND = 0.1;
    /** Of all. */
    private static final double TOLERATED = 0.005;

    private final Histogram answered = new Histogram(3);
    private final Histogram unanswered = new Histogram(3);

    /** Its answer was there after so long. */
    public void answered(long nanos) {
        answered.recordValue(micros(nanos));
    }

    /** It had no answer after so long. */
    public void unanswered(long nanos) {
        unanswered.recordValue(micros(nanos));
    }

    private static long micros(long nanos) {
        return Math.max(1, nanos / 1000);
    }

    /** Those of another one, too. */
    public void add(Times others) {
        answered.add(others.answered);
        unanswered.add(others.unanswered);
    }

    /**
     * In milliseconds, of all together. As unanswered work may have taken any longer, that is a lower bound. It is told as one where of
     * those that were not answered within it there are more than a tenth of those beyond it, or than half a percent of all: with fewer,
     * the 95th percentile is the 94.5th to 95th, the median the 49.5th to 50th, and one that became due a moment before the end makes no
     * bound of everything.
     *
     * @param percent from above 0 to 100
     */
    public Reading percentile(double percent) {
        Histogram all = answered.copy();
        all.add(unanswered);
        long count = all.getTotalCount();
        if (count == 0) {
            return Reading.NONE;
        }
        long value = all.getValueAtPercentile(percent);
        // The histogram's own rank, which takes care that 95 percent of 100 are 95 in floating point, too.
        long rank = Math.max(1, (long) Math.ceil(Math.nextDown(percent) * count / 100));
        long missing = rank - answered.getCountBetweenValues(0, value);
        double tolerated = Math.min(TOLERATED_BEYOND * (count - rank), TOLERATED * count);
        return missing > tolerated && missing > 0 ? Reading.atLeast(value / 1000.0) : Reading.exact(value / 1000.0);
    }
}
