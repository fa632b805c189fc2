package io.heliosjdbc.slo;

/**
 * A running quantile of positive values: it goes up a little with every value above it and down a little with every value below it,
 * so that in the long run the quantile's share of the values lies below. Not thread-safe. Constant memory and time, no
 * allocation.
 *
 * <p>The step is a part of the quantile itself, and what was seen long ago is forgotten.
 */
final class QuantileTracker {
    private static final double STEP = 0.03;
    private static final double LEAST = 0.01;

    private final double share;
    private double quantile;

    /**
     * A tracker that has seen nothing.
     *
     * @param share which part of the values is to lie below, in (0, 1)
     * @param start the quantile before the first value, positive
     */
    QuantileTracker(double share, double start) {
        this.share = share;
        this.quantile = start;
    }

    void observe(double value) {
        quantile = Math.max(LEAST, quantile + STEP * quantile * (value > quantile ? share : share - 1));
    }

    void restore(double learned) {
        quantile = learned;
    }

    double quantile() {
        return quantile;
    }
}
