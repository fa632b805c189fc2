package io.heliosjdbc.slo;

/**
 * One percentile of a stream of times, in constant memory and constant amortised time. Not thread-safe.
 *
 * <p>Times fall into buckets that are at most 1/16 wide relative to their value; the answer is the upper end of the bucket that
 * holds the asked rank, so it is never below the exact percentile and at most 6.25 percent above it.
 */
final class ResponseTimes {
    private static final int SUB_BITS = 4;
    private static final int SUB = 1 << SUB_BITS;

    private final double percentile;
    private final int[] counts = new int[(64 - SUB_BITS + 1) * SUB];
    private long total;
    /** The bucket that holds the asked rank, and how many times lie in buckets before it. */
    private int bucket;

    private long before;

    /**
     * A percentile of nothing yet.
     *
     * @param percentile greater than 0, at most 100
     */
    ResponseTimes(double percentile) {
        this.percentile = percentile;
    }

    long count() {
        return total;
    }

    void add(long nanos) {
        int at = bucketOf(Math.max(0, nanos));
        counts[at]++;
        total++;
        if (at < bucket) {
            before++;
        }
        long rank = Math.max(1, (long) Math.floor(percentile / 100 * total));
        while (before >= rank) {
            bucket--;
            before -= counts[bucket];
        }
        while (before + counts[bucket] < rank) {
            before += counts[bucket];
            bucket++;
        }
    }

    /** The percentile at rank floor(p/100 * n), at least the first (thesis 3.2.2); 0 before the first time. */
    long percentileNanos() {
        return total == 0 ? 0 : upperEnd(bucket);
    }

    private static int bucketOf(long nanos) {
        if (nanos < SUB) {
            return (int) nanos;
        }
        int exponent = 63 - Long.numberOfLeadingZeros(nanos);
        int sub = (int) (nanos >>> (exponent - SUB_BITS)) & (SUB - 1);
        return (exponent - SUB_BITS + 1) * SUB + sub;
    }

    private static long upperEnd(int bucket) {
        if (bucket < SUB) {
            return bucket;
        }
        int shift = bucket / SUB - 1;
        long base = (long) (SUB + bucket % SUB) << shift;
        return base + (1L << shift) - 1;
    }
}
