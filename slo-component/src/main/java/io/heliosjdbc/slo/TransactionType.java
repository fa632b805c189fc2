package io.heliosjdbc.slo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the transactions of one type: how many requests they have and how long these take together. Not
 * thread-safe: guarded by the scheduler's lock.
 *
 * <p>The sum of the execution times is learned as one (thesis 3.4.1 needs only the sum), by the same regression on
 * concurrency as a request's: it holds where the requests of a transaction differ from one another, or from run to run.
 */
public final class TransactionType {
    /** Of a new observation: three make up two thirds. */
    private static final double ALONE_WEIGHT = 0.3;

    private final ConcurrencyRegression regression = new ConcurrencyRegression();
    private final QuantileTracker mostly = new QuantileTracker(0.85, 1.5);
    private final QuantileTracker usually = new QuantileTracker(0.5, 1);
    private final QuantileTracker nearlyAlways = new QuantileTracker(0.99, 2.5);
    private double weight;
    private double meanRequests = 1;

    private double aloneNanos;

    private final String name;
    private final @Nullable List<TransactionType> changedOnes;
    private boolean changed;

    /** A type of which nothing was observed yet. */
    public TransactionType() {
        this("", null);
    }

    /**
     * Likewise, by name.
     *
     * @param changedOnes where it is put down that something new was observed, until it is taken; null where nobody asks
     */
    TransactionType(String name, @Nullable List<TransactionType> changedOnes) {
        this.name = name;
        this.changedOnes = changedOnes;
    }

    private void changed() {
        if (!changed && !regression.isEmpty()) {
            changed = true;
            if (changedOnes != null) {
                changedOnes.add(this);
            }
        }
    }

    /**
     * The estimated execution time of the requests still to come in a transaction that is about to send its first request,
     * that one included; before the first observation that request's own estimate.
     *
     * @param first the first request's type
     * @param concurrency requests in the database at start, this one included, at least 1
     * @return nanoseconds, at least 1000, at most 366 days
     * @throws IllegalArgumentException if the concurrency is below 1
     */
    public long remainingNanos(RequestType first, int concurrency) {
        ConcurrencyRegression.checkConcurrency(concurrency);
        return regression.isEmpty() ? first.estimateNanos(concurrency) : regression.estimateNanos(concurrency);
    }

    /**
     * How well {@link #remainingNanos} is known: the 95 percent confidence interval of the mean.
     *
     * @param concurrency requests in the database at start, this one included, at least 1
     * @return null while too few were observed to tell
     * @throws IllegalArgumentException if the concurrency is below 1
     */
    public @Nullable EstimateInterval remainingInterval(int concurrency) {
        ConcurrencyRegression.checkConcurrency(concurrency);
        return regression.isEmpty() ? null : regression.interval(concurrency);
    }

    /** How many requests such a transaction has, on average, with forgetting; 1 before the first observation. */
    public double requests() {
        return meanRequests;
    }

    /**
     * Takes a finished transaction in.
     *
     * @param requests how many requests it had, at least 1
     * @param executionNanos how long they took together in the database, without waits and think time, at least 0
     * @param concurrency requests in the database when its first one started, that one included, at least 1
     * @throws IllegalArgumentException if one is out of range; then nothing is taken in
     */
    public void observe(int requests, long executionNanos, int concurrency) {
        if (requests < 1) {
            throw new IllegalArgumentException(
                    "a transaction of " + requests + " requests; observe it after its first");
        }
        regression.observe(concurrency, executionNanos);
        changed();
        weight = ConcurrencyRegression.RETENTION * weight + 1;
        meanRequests += (requests - meanRequests) / weight;
    }

    /**
     * Takes in how long a finished transaction held its slot. What is learned is its relation to the estimate, so that it holds
     * at other concurrencies, and a single long one does not count for more than being longer. To be told before {@link
     * #observe}; nothing is taken in before there is an estimate.
     *
     * @param nanos from the grant to the end, its own think time included, at least 0
     * @param concurrency requests in the database when it started, itself included, at least 1
     */
    public void observeSlot(long nanos, int concurrency) {
        if (!regression.isEmpty()) {
            double ratio = (double) nanos / regression.estimateNanos(concurrency);
            changed();
            mostly.observe(ratio);
            usually.observe(ratio);
            nearlyAlways.observe(ratio);
        }
    }

    /**
     * The time for which 85 of 100 such transactions do not hold a slot longer.
     *
     * @param estimateNanos the estimate of the execution time; 1.5 of it is the answer before the first observation
     * @return nanoseconds, at most 366 days
     */
    public long slotMostly(long estimateNanos) {
        return held(mostly, estimateNanos);
    }

    /** Likewise for half of them; the estimate itself before the first observation. */
    public long slotUsually(long estimateNanos) {
        return held(usually, estimateNanos);
    }

    /** Likewise for 99 of 100; 2.5 times the estimate before the first observation. */
    public long slotNearlyAlways(long estimateNanos) {
        return held(nearlyAlways, estimateNanos);
    }

    private static long held(QuantileTracker quantile, long estimateNanos) {
        return Math.min(ConcurrencyRegression.LONGEST_NANOS, Math.round(quantile.quantile() * estimateNanos));
    }

    /**
     * Takes in how long it ran while nothing else of its kind of work did.
     *
     * @param nanos execution time, at least 0
     */
    public void observeAlone(long nanos) {
        changed();
        aloneNanos = aloneNanos == 0 ? nanos : aloneNanos + ALONE_WEIGHT * (nanos - aloneNanos);
    }

    /** How long it runs while nothing else of its kind of work does, nanoseconds; 0 as long as that was never seen. */
    public double aloneNanos() {
        return aloneNanos;
    }

    /** What was learned; from here on it has not changed. */
    TransactionTypeState take() {
        changed = false;
        return new TransactionTypeState(
                name,
                regression.state(),
                meanRequests,
                mostly.quantile(),
                usually.quantile(),
                nearlyAlways.quantile(),
                aloneNanos);
    }

    void restore(TransactionTypeState state, double part) {
        regression.restore(state.regression(), part);
        weight = regression.weight();
        meanRequests = state.meanRequests();
        mostly.restore(state.slotMostly());
        usually.restore(state.slotUsually());
        nearlyAlways.restore(state.slotNearlyAlways());
        aloneNanos = state.aloneNanos();
        changed();
    }
}
