package io.heliosjdbc.tpcc.compare;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * How many were answered in each second, and the 95th percentile of the response times of those that were committed. A histogram takes some 10
 * kB, so a second that is over for a while keeps nothing but its two numbers. Not thread-safe.
 */
final class BySecond {
    private static final double PERCENT = 95;
    /** For how many seconds somebody may be late to tell of his answer. */
    private static final int OPEN = 10;

    private final double[] counts;
    private final double[] percentiles;
    private final TreeMap<Integer, Histogram> open = new TreeMap<>();
    private int latest;

    /** @param seconds how many there are, at least one */
    BySecond(int seconds) {
        this.counts = new double[seconds];
        this.percentiles = new double[seconds];
        Arrays.fill(percentiles, Double.NaN);
    }

    /** Something was answered in a second, counted from 0, after so long. */
    void answered(int second, long nanos, boolean committed) {
        counts[second]++;
        if (!committed || second <= latest - OPEN) {
            return;
        }
        latest = Math.max(latest, second);
        open.computeIfAbsent(second, each -> new Histogram(2)).recordValue(Math.max(1, nanos / 1000));
        while (open.firstKey() <= latest - OPEN) {
            Map.Entry<Integer, Histogram> over = open.pollFirstEntry();
            percentiles[over.getKey()] = percentile(over.getValue());
        }
    }

    private static double percentile(Histogram micros) {
        return micros.getValueAtPercentile(PERCENT) / 1000.0;
    }

    /** Of how many seconds there is more than two numbers. */
    int open() {
        return open.size();
    }

    /** How many were answered in each second. */
    double[] counts() {
        return counts.clone();
    }

    /** The 95th percentile of what was answered in each second and committed, in milliseconds; NaN where nothing was. */
    double[] percentiles() {
        double[] all = percentiles.clone();
        open.forEach((second, micros) -> all[second] = percentile(micros));
        return all;
    }
}
