package io.heliosjdbc.slo;

/**
 * What is known of the transactions of one type: how many requests they have and how long these take together. Not
 * thread-safe: guarded by the scheduler's lock.
 */
public final class TransactionType {
    private final Regression total = new Regression();
    private double weight;
    private double meanRequests;

    /** A type of which no transaction was observed yet. */
    public TransactionType() {}

    /**
     * The estimated execution time of the requests still to come in a transaction that is about to send its first request,
     * that one included. Learned as the sum over whole transactions, so that think time and waits are no part of it.
     *
     * @param first the first request's type, all there is before the first transaction has ended
     * @param concurrency requests in the database at start, this one included
     * @return nanoseconds, positive
     */
    public long remainingNanos(RequestType first, int concurrency) {
        return total.isEmpty() ? first.estimateNanos(concurrency) : total.estimate(concurrency);
    }

    /** The mean number of requests, with forgetting; 1 before the first observation. */
    public double requests() {
        return weight == 0 ? 1 : meanRequests;
    }

    /**
     * Takes a finished transaction in.
     *
     * @param requests how many requests it had, at least 1
     * @param executionNanos how long they took together in the database, without waits and think time
     * @param concurrency requests in the database at the start of its first, that one included
     */
    public void observe(int requests, long executionNanos, int concurrency) {
        weight = Regression.FORGETTING * weight + 1;
        meanRequests += (requests - meanRequests) / weight;
        total.observe(concurrency, executionNanos);
    }
}
