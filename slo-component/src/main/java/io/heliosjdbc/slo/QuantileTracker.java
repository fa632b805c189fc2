package io.heliosjdbc.slo;

/**
 * A running quantile: it goes up a little with every value above it and down a little with every value below it, so that in
 * the long run the quantile's share of the values lies below. Not thread-safe. Constant memory and time, no allocation.
 *
 * <p>The step is a part of the quantile itself, so that microseconds and hours are followed alike, and what was seen
 * long ago is forgotten.
 */
final class QuantileTracker {
    private static final double STEP = 0.03;
    private static final double LEAST_NANOS = 1_000;

    private final double share;
    private final double startFactor;
    private double nanos;

    /**
     * A tracker that has seen nothing.
     *
     * @param share which part of the values is to lie below, in (0, 1)
     * @param startFactor where it starts, in estimates of the mean
     */
    QuantileTracker(double share, double startFactor) {
        this.share = share;
        this.startFactor = startFactor;
    }

    /**
     * Takes a value in.
     *
     * @param value nanoseconds, at least 0
     * @param meanNanos the estimate of the mean as of now, the start where this is the first value
     */
    void observe(long value, long meanNanos) {
        if (nanos == 0) {
            nanos = startFactor * meanNanos;
        }
        nanos = Math.max(LEAST_NANOS, nanos + STEP * nanos * (value > nanos ? share : share - 1));
    }

    /** The quantile, nanoseconds; before the first value what it would start at. */
    long nanos(long meanNanos) {
        return Math.round(nanos == 0 ? startFactor * meanNanos : nanos);
    }
}
