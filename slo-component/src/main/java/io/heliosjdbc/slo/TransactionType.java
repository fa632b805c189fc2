package io.heliosjdbc.slo;

/**
 * What is known of the transactions of one type: how many requests they have and how long these take together. Not
 * thread-safe: guarded by the scheduler's lock.
 */
public final class TransactionType {

    /**
     * The estimated execution time of the requests still to come in a transaction that is about to send its first request,
     * that one included.
     *
     * @param first the first request's type
     * @param concurrency requests in the database at start, this one included
     * @return nanoseconds, positive
     */
    public long remainingNanos(RequestType first, int concurrency) {
        throw new UnsupportedOperationException();
    }

    /**
     * Takes a finished transaction in.
     *
     * @param requests how many requests it had, at least 1
     * @param executionNanos how long they took together in the database, without waits and think time
     */
    public void observe(int requests, long executionNanos) {
        throw new UnsupportedOperationException();
    }
}
