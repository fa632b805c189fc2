package io.heliosjdbc.slo;

/**
 * What is known of the execution time of one statement template within a user load: a running linear regression on the
 * number of requests in the database at start, with forgetting (thesis 3.4.1). Not thread-safe: guarded by the
 * scheduler's lock.
 */
public final class RequestType {

    /**
     * The estimated execution time.
     *
     * @param concurrency requests in the database at start, this one included
     * @return nanoseconds, positive
     */
    public long estimateNanos(int concurrency) {
        throw new UnsupportedOperationException();
    }

    /** Takes an observation in. */
    public void observe(int concurrency, long nanos) {
        throw new UnsupportedOperationException();
    }
}
