package io.heliosjdbc.slo;

/**
 * What is known of the execution time of one statement template within a user load (thesis 3.4.1). Not thread-safe: guarded by
 * the scheduler's lock.
 */
public final class RequestType {
    private final long defaultNanos;
    private final Regression regression = new Regression();

    /**
     * A type of which nothing was observed yet.
     *
     * @param defaultNanos the estimate until then, positive
     */
    public RequestType(long defaultNanos) {
        this.defaultNanos = Math.max(Regression.FLOOR_NANOS, defaultNanos);
    }

    /**
     * The estimated execution time: a running linear regression on the concurrency, with forgetting.
     *
     * @param concurrency requests in the database at start, this one included
     * @return nanoseconds, positive
     */
    public long estimateNanos(int concurrency) {
        return regression.isEmpty() ? defaultNanos : regression.estimate(concurrency);
    }

    /**
     * Takes an observation in.
     *
     * @param concurrency requests in the database at start, this one included
     * @param nanos how long it took there
     */
    public void observe(int concurrency, long nanos) {
        regression.observe(concurrency, nanos);
    }
}
