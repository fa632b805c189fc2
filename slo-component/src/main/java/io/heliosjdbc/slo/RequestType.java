package io.heliosjdbc.slo;

import java.util.List;
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
    static final class Observed {
        private final ConcurrencyRegression regression = new ConcurrencyRegression();
        private final String template;
        private final @Nullable List<Observed> changedOnes;
        private boolean changed;

        /** @param changedOnes where it is put down once it has changed; null where nobody asks */
        private Observed(String template, @Nullable List<Observed> changedOnes) {
            this.template = template;
            this.changedOnes = changedOnes;
        }

        private void changed() {
            if (!changed) {
                changed = true;
                if (changedOnes != null) {
                    changedOnes.add(this);
                }
            }
        }

        /** What was learned; from here on it has not changed. */
        RequestTypeState take() {
            changed = false;
            return new RequestTypeState(template, regression.state());
        }
    }

    /**
     * A type of which nothing was observed yet.
     *
     * @param defaultNanos the estimate before the first observation, positive; what is longer than 366 days is taken for as long
     * @throws IllegalArgumentException if it is not positive
     */
    public RequestType(long defaultNanos) {
        this(defaultNanos, new Observed("", null));
    }

    /**
     * Likewise of a template by name.
     *
     * @param changedOnes where it is put down that something new was observed, until it is taken
     */
    RequestType(long defaultNanos, String template, List<Observed> changedOnes) {
        this(defaultNanos, new Observed(template, changedOnes));
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
        observed.changed();
    }

    /** Whether its estimate rests on what was observed. */
    public boolean isObserved() {
        return !observed.regression.isEmpty();
    }

    void restore(RegressionState state, double part) {
        observed.regression.restore(state, part);
        observed.changed();
    }
}
