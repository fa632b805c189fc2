package io.heliosjdbc.slo;

/**
 * What a regression of execution time on concurrency has learned, to be written down and restored. Immutable.
 *
 * @param weight of all observations, positive
 * @param meanConcurrency at least 1
 * @param meanNanos at least 0
 * @param squares of the concurrencies about their mean, weighted, at least 0
 * @param products of concurrencies and times about their means, weighted
 */
public record RegressionState(
        double weight, double meanConcurrency, double meanNanos, double squares, double products) {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if they cannot be
     */
    public RegressionState {
        boolean can = weight > 0 && meanConcurrency > 0 && meanNanos >= 0 && squares >= 0;
        if (!can || !Double.isFinite(weight + meanConcurrency + meanNanos + squares + products)) {
            throw new IllegalArgumentException("a regression of weight " + weight + " over " + meanConcurrency + ", "
                    + meanNanos + ", " + squares + ", " + products + " cannot be");
        }
    }
}
