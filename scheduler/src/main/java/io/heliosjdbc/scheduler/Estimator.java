package io.heliosjdbc.scheduler;

/** Says how long a transaction will take: as the books have learned, but where an experiment asks what errors cost. */
@FunctionalInterface
public interface Estimator {
    /** What the books have learned. */
    Estimator LEARNED =
            (request, concurrency) -> request.transactionType().remainingNanos(request.requestType(), concurrency);

    /**
     * The estimated execution time of a transaction that is about to send its first request.
     *
     * @param concurrency requests in the database at its start, itself included, at least 1
     * @return nanoseconds, positive
     */
    long remainingNanos(Request request, int concurrency);
}
