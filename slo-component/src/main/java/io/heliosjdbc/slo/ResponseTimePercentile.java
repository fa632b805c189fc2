package io.heliosjdbc.slo;

import java.util.ArrayList;
import java.util.List;

/**
 * A percentile of all response times seen so far, for dynamic deadlines (thesis 3.2.2). Not thread-safe.
 *
 * <p>The thesis sorts all response times and takes the one at position k = floor(p / 100 * n), at least 1. Sorting needs
 * memory and time that grow with n, so response times are counted in buckets instead: {@value #SUB_BUCKETS} of equal width
 * to every power of two from 32 microseconds up, and of one microsecond below. The answer is the lower end of the bucket
 * that holds position k, so it is never above the exact one (a deadline is a promise) and below it by less than 1/32 of it,
 * or by less than 1.1 microseconds where that is more. Memory is that of the buckets between the shortest and the longest response time:
 * a quarter of a kilobyte for each power of two, 12.5 KB at most, and nothing before the first one, for an account may be opened for whoever
 * an application names.
 *
 * <p>One observation moves position k by at most one, so the bucket of position k is followed, not searched: adding is
 * constant time but for empty buckets that are stepped over, and asking is free.
 */
final class ResponseTimePercentile {
    /**
     * With fewer response times there is no answer. By then two lie above the 90th percentile; earlier it would be the
     * largest or second largest of a handful, which says little about the load and much about its first transactions.
     */
    static final int FEWEST_OBSERVATIONS = 20;

    private static final int SUB_BUCKETS = 32;
    private static final int SUB_BUCKET_BITS = 5;
    /** Bits of a nanosecond count that the finest buckets do not tell apart. */
    private static final int UNIT_BITS = 10;

    private static final int BUCKETS = bucket(Long.MAX_VALUE) + 1;

    private final double percentile;
    /** Of the buckets from the first one on that is kept. */
    private long[] counts = {};

    private int firstKept;
    private long total;
    /** The bucket of position k, and how many response times lie in lower ones. */
    private int current;
    /** No response time lies in a bucket outside of these. */
    private int lowest = BUCKETS;

    private int highest = -1;

    private long belowCurrent;

    /** A percentile of nothing yet, greater than 0 and at most 100. */
    ResponseTimePercentile(double percentile) {
        if (!(percentile > 0 && percentile <= 100)) {
            throw new IllegalArgumentException("percentile is " + percentile + "; make it greater than 0, at most 100");
        }
        this.percentile = percentile;
    }

    /** Takes a response time in, nanoseconds, at least 0. */
    void add(long nanos) {
        add(nanos, 1);
    }

    /** Takes as many response times in, nanoseconds, at least 0. */
    void add(long nanos, long times) {
        int bucket = bucket(nanos);
        keep(bucket);
        counts[bucket - firstKept] += times;
        total += times;
        lowest = Math.min(lowest, bucket);
        highest = Math.max(highest, bucket);
        if (bucket < current) {
            belowCurrent += times;
        }
        long position = Math.max(1, (long) (percentile * total / 100));
        while (belowCurrent >= position) {
            current--;
            belowCurrent -= count(current);
        }
        while (belowCurrent + count(current) < position) {
            belowCurrent += count(current);
            current++;
        }
    }

    private long count(int bucket) {
        int at = bucket - firstKept;
        return at >= 0 && at < counts.length ? counts[at] : 0;
    }

    /** Makes room for a bucket; by powers of two of response times, and half as many buckets more each time. */
    private void keep(int bucket) {
        int end = firstKept + counts.length;
        if (bucket >= firstKept && bucket < end) {
            return;
        }
        int more = counts.length / 2;
        int octave = bucket / SUB_BUCKETS * SUB_BUCKETS;
        boolean none = counts.length == 0;
        int from = none ? octave : bucket < firstKept ? Math.max(0, Math.min(octave, firstKept - more)) : firstKept;
        int until =
                none || bucket >= end ? Math.min(BUCKETS, Math.max(octave + SUB_BUCKETS, none ? 0 : end + more)) : end;
        long[] kept = new long[until - from];
        System.arraycopy(counts, 0, kept, none ? 0 : firstKept - from, counts.length);
        counts = kept;
        firstKept = from;
    }

    /** The percentile, nanoseconds; {@link Long#MAX_VALUE} before {@value #FEWEST_OBSERVATIONS} response times. */
    long nanos() {
        return total < FEWEST_OBSERVATIONS ? Long.MAX_VALUE : lowerEnd(current);
    }

    /** What was seen, from the shortest to the longest. */
    List<ResponseTimeCount> seen() {
        List<ResponseTimeCount> seen = new ArrayList<>();
        for (int bucket = lowest; bucket <= highest; bucket++) {
            if (count(bucket) > 0) {
                seen.add(new ResponseTimeCount(lowerEnd(bucket), count(bucket)));
            }
        }
        return seen;
    }

    private static int bucket(long nanos) {
        long units = nanos >> UNIT_BITS;
        if (units < SUB_BUCKETS) {
            return (int) units;
        }
        int octave = Long.SIZE - 1 - Long.numberOfLeadingZeros(units) - SUB_BUCKET_BITS;
        return octave * SUB_BUCKETS + (int) (units >> octave);
    }

    private static long lowerEnd(int bucket) {
        if (bucket < SUB_BUCKETS) {
            return (long) bucket << UNIT_BITS;
        }
        int octave = bucket / SUB_BUCKETS - 1;
        return (long) (bucket - octave * SUB_BUCKETS) << octave << UNIT_BITS;
    }
}
