package io.heliosjdbc.slo;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A running linear regression of execution time on the number of requests in the database at start (thesis 3.4.1), with
 * exponential forgetting. Not thread-safe. Constant memory and time, no allocation.
 *
 * <p>Weighted means and the centred sums of squares and products are updated in place (Welford's scheme with weights), which
 * does not lose its digits when the times are long and their spread is small, as the textbook sums would.
 *
 * <p>Two observations at different concurrencies determine a line, and a wrong one where the times scatter: it may promise
 * a negative time at a concurrency not seen lately. The slope is therefore held between the two ends of what the thesis
 * assumes of the database (requests share it round robin, no overload): the time does not fall with concurrency, and it does
 * not grow faster than in proportion to it. Away from the observed concurrencies the estimate so stays between the mean and
 * the mean scaled with concurrency, and it is always positive.
 */
final class ConcurrencyRegression {
    /**
     * What an observation's weight shrinks to with each later one: a memory of 1 / (1 - 0.99) = 100 observations. Long
     * enough that a coefficient of variation of 0.5 leaves an error of the mean of 0.5 / sqrt(1.99 / 0.01) = 3.5 percent;
     * short enough that a grown table or a new plan is known after a few hundred requests.
     */
    static final double RETENTION = 0.99;

    /**
     * The least variance of concurrency from which a slope is taken. It is what one observation among the hundred that are
     * remembered makes of a concurrency that is otherwise constant by being one higher; less is a slope drawn from a single
     * execution time.
     */
    static final double LEAST_VARIANCE = 0.01;

    /** No estimate is shorter: less than a round trip to a database, and what is divided by it stays finite. */
    static final long SHORTEST_NANOS = 1_000;

    /** No estimate is longer: what is planned with it, a few times as long, stays within the range of a clock in nanoseconds. */
    static final long LONGEST_NANOS = TimeUnit.DAYS.toNanos(366);

    /** An interval takes more observations' worth than that. */
    static final int FEWEST = 4;

    private double weight;
    /** What the next observation counts for in the means: one over the weight. */
    private double share;

    private double meanConcurrency;
    private double meanNanos;
    private double squares;
    private double products;
    /** Of the times about their mean; only the interval of an estimate asks for it. */
    private double timeSquares;

    /** What it has learned, after an observation. */
    RegressionState state() {
        return new RegressionState(weight, meanConcurrency, meanNanos, squares, products);
    }

    /** Takes over what another one has learned, at a part of its weight: the estimates are the same, and give way sooner. */
    void restore(RegressionState state, double part) {
        weight = part * state.weight();
        share = 1 / weight;
        meanConcurrency = state.meanConcurrency();
        meanNanos = state.meanNanos();
        squares = part * state.squares();
        products = part * state.products();
        // How far the times scattered is not kept: until it has been seen anew, as far as they are long.
        timeSquares = weight * meanNanos * meanNanos;
    }

    double weight() {
        return weight;
    }

    boolean isEmpty() {
        return weight == 0;
    }

    /**
     * Takes an observation in.
     *
     * @param concurrency requests in the database at start, at least 1
     * @param nanos the execution time, at least 0
     */
    void observe(int concurrency, long nanos) {
        if (concurrency < 1 || nanos < 0) {
            throw new IllegalArgumentException("observed " + nanos + " ns at concurrency " + concurrency
                    + "; give a time of at least 0 at a concurrency of at least 1");
        }
        double next = RETENTION * weight + 1;
        if (next != weight) {
            // After some thousand observations the weight stays what it is, and so does its reciprocal.
            weight = next;
            share = 1 / next;
        }
        double fromMean = concurrency - meanConcurrency;
        meanConcurrency += fromMean * share;
        double timeFromMean = nanos - meanNanos;
        meanNanos += timeFromMean * share;
        squares = RETENTION * squares + fromMean * (concurrency - meanConcurrency);
        products = RETENTION * products + fromMean * (nanos - meanNanos);
        timeSquares = RETENTION * timeSquares + timeFromMean * (nanos - meanNanos);
    }

    /** The execution time at a concurrency, nanoseconds, at least {@value #SHORTEST_NANOS}, at most a year; asked after an observation. */
    long estimateNanos(int concurrency) {
        double nanos = meanNanos + slope() * (concurrency - meanConcurrency);
        return bounded(Math.round(nanos));
    }

    static long bounded(long nanos) {
        return Math.max(SHORTEST_NANOS, Math.min(nanos, LONGEST_NANOS));
    }

    /**
     * The 95 percent confidence interval of the mean execution time at a concurrency; null while no more than {@value #FEWEST}
     * observations' worth has been seen, which tell nothing of how far times scatter.
     *
     * <p>With weights w, what is left of the scatter about the line is the sum of w (t - line)^2, and the effective number of
     * observations n = (sum of w)^2 / (sum of w^2), of which the line takes two, or one where it has no slope. The variance of the
     * estimate at concurrency c is the residual variance times (1 + (c - mean)^2 / variance of c) / n. Student's quantile is
     * approximated by its expansion in the normal one (Abramowitz and Stegun 26.7.5), to less than one percent from three degrees
     * of freedom on.
     */
    @Nullable
    EstimateInterval interval(int concurrency) {
        // The weight of n observations is (1 - r^n) / (1 - r), and of their squares likewise with r^2.
        double faded = 1 - weight * (1 - RETENTION);
        double squaredWeights = (1 - faded * faded) / (1 - RETENTION * RETENTION);
        double effective = weight * weight / squaredWeights;
        if (effective < FEWEST + 0.5) {
            return null;
        }
        boolean isSloped = isSloped();
        double slope = slope();
        double scatter = Math.max(0, timeSquares - 2 * slope * products + slope * slope * squares);
        double freedom = effective - (isSloped ? 2 : 1);
        double variance = scatter / weight * effective / freedom;
        double fromMean = concurrency - meanConcurrency;
        double leverage = isSloped ? fromMean * fromMean / (squares / weight) : 0;
        double half = student(freedom) * Math.sqrt(variance * (1 + leverage) / effective);
        double estimate = Math.max(SHORTEST_NANOS, meanNanos + slope * fromMean);
        return new EstimateInterval(
                Math.max(SHORTEST_NANOS, Math.round(estimate - half)),
                Math.max(SHORTEST_NANOS, Math.round(estimate + half)));
    }

    /** The 97.5 percent quantile of Student's distribution. */
    static double student(double freedom) {
        double z = 1.959963984540054;
        double z2 = z * z;
        double first = z * (z2 + 1) / 4;
        double second = z * ((5 * z2 + 16) * z2 + 3) / 96;
        double third = z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384;
        return z + (first + (second + third / freedom) / freedom) / freedom;
    }

    private boolean isSloped() {
        return squares >= LEAST_VARIANCE * weight;
    }

    private double slope() {
        if (!isSloped()) {
            return 0;
        }
        return Math.max(0, Math.min(products / squares, meanNanos / meanConcurrency));
    }

    static void checkConcurrency(int concurrency) {
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency is " + concurrency + "; count the request itself");
        }
    }
}
