package io.heliosjdbc.slo;

import org.jspecify.annotations.Nullable;

/**
 * What is known of the execution time of one statement template within a user load: a running linear regression on the
 * number of requests in the database at start, with forgetting (thesis 3.4.1). Not thread-safe: guarded by the
 * scheduler's lock.
 *
 * <p>An observation weighs 0.99 of the next one, a memory of about 100 requests. Where concurrency hardly varied, the mean
 * execution time is the estimate. The slope is held between none and proportional to concurrency.
 *
 * <p>What was observed is shared by all that are of one template; until there is something, each goes by what it was told at first.
 */
public final class RequestType {
    private final Observed observed;
    private final long defaultNanos;

    /** What those of one template have in common. */
    private static final class Observed {
        private final ConcurrencyRegression regression = new ConcurrencyRegression();
        private boolean changed;
    }

    /**
     * A type of which nothing was observed yet.
     *
     * @param defaultNanos the estimate before the first observation, positive; what is longer than 366 days is taken for as long
     * @throws IllegalArgumentException if it is not positive
     */
    public RequestType(long defaultNanos) {
        this(defaultNanos, new Observed());
    }

    private RequestType(long defaultNanos, Observed observed) {
        if (defaultNanos <= 0) {
            throw new IllegalArgumentException("default estimate is " + defaultNanos + " ns; make it positive");
        }
        this.defaultNanos = ConcurrencyRegression.bounded(defaultNanos);
        this.observed = observed;
    }

    /** The same template, of which something else is thought before the first observation; itself where it is not. Thread-safe. */
    RequestType beginningWith(long nanos) {
        return ConcurrencyRegression.bounded(nanos) == defaultNanos ? this : new RequestType(nanos, observed);
    }

    /**
     * The estimated execution time.
     *
     * @param concurrency requests in the database at start, this one included, at least 1
     * @return nanoseconds, at least 1000, at most 366 days
     * @throws IllegalArgumentException if the concurrency is below 1
     */
    public long estimateNanos(int concurrency) {
        ConcurrencyRegression.checkConcurrency(concurrency);
        return observed.regression.isEmpty() ? defaultNanos : observed.regression.estimateNanos(concurrency);
    }

    /**
     * How well the estimated execution time is known: the 95 percent confidence interval of the mean.
     *
     * @param concurrency requests in the database at start, this one included, at least 1
     * @return null while too few were observed to tell
     * @throws IllegalArgumentException if the concurrency is below 1
     */
    public @Nullable EstimateInterval estimateInterval(int concurrency) {
        ConcurrencyRegression.checkConcurrency(concurrency);
        return observed.regression.isEmpty() ? null : observed.regression.interval(concurrency);
    }

    /**
     * Takes an observation in.
     *
     * @param concurrency requests in the database at start, this one included, at least 1
     * @param nanos the execution time without waits for a slot, at least 0
     * @throws IllegalArgumentException if either is out of range
     */
    public void observe(int concurrency, long nanos) {
        observed.regression.observe(concurrency, nanos);
        observed.changed = true;
    }

    /** Whether its estimate rests on what was observed. */
    public boolean isObserved() {
        return !observed.regression.isEmpty();
    }

    /** What it has learned; null where that is nothing new since the last time. */
    @Nullable
    RequestTypeState takeChanged(String template) {
        if (!observed.changed || observed.regression.isEmpty()) {
            return null;
        }
        observed.changed = false;
        return new RequestTypeState(template, observed.regression.state());
    }

    void restore(RegressionState state, double part) {
        observed.regression.restore(state, part);
        observed.changed = true;
    }
}
