package io.heliosjdbc.slo;

/**
 * A running linear regression of a time on the number of concurrent requests, with forgetting (thesis 3.4.1). Not
 * thread-safe.
 *
 * <p>Weighted means and central moments are kept instead of raw sums, so that large times lose no digits. An observation's
 * weight falls by {@value #FORGETTING} with each that follows: about the last fifty decide, enough to average out noise, few
 * enough that a changed plan or a grown table is learned within seconds of an ordinary load.
 */
final class Regression {
    static final double FORGETTING = 0.98;
    /** Shorter than any statement's round trip; keeps ratios by estimate finite. */
    static final long FLOOR_NANOS = 1_000;

    private static final double NO_VARIANCE = 1e-9;

    private double weight;
    private double meanConcurrency;
    private double meanNanos;
    private double variance;
    private double covariance;

    boolean isEmpty() {
        return weight == 0;
    }

    void observe(int concurrency, long nanos) {
        weight = FORGETTING * weight + 1;
        double fromConcurrency = concurrency - meanConcurrency;
        double fromNanos = nanos - meanNanos;
        meanConcurrency += fromConcurrency / weight;
        meanNanos += fromNanos / weight;
        variance = FORGETTING * variance + fromConcurrency * (concurrency - meanConcurrency);
        covariance = FORGETTING * covariance + fromConcurrency * (nanos - meanNanos);
    }

    /** The estimate, at least {@link #FLOOR_NANOS}; the mean while every observation had the same concurrency. */
    long estimate(int concurrency) {
        double slope = variance > NO_VARIANCE ? covariance / variance : 0;
        double estimate = meanNanos + slope * (concurrency - meanConcurrency);
        return Math.max(FLOOR_NANOS, (long) estimate);
    }
}
