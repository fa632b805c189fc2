package io.heliosjdbc.slo;

/**
 * What was learned of one transaction type, to be written down and restored. Immutable.
 *
 * @param name the type's name
 * @param regression of the execution times of its requests together
 * @param meanRequests how many requests it has
 * @param slotMostly its slot time's 85th percentile, in estimates
 * @param slotUsually likewise the median
 * @param slotNearlyAlways likewise the 99th percentile
 * @param aloneNanos how long it runs while nothing else does; 0 as long as that was never seen
 */
public record TransactionTypeState(
        String name,
        RegressionState regression,
        double meanRequests,
        double slotMostly,
        double slotUsually,
        double slotNearlyAlways,
        double aloneNanos) {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if they cannot be
     */
    public TransactionTypeState {
        boolean can = meanRequests > 0 && slotMostly > 0 && slotUsually > 0 && slotNearlyAlways > 0 && aloneNanos >= 0;
        if (!can || !Double.isFinite(meanRequests + slotMostly + slotUsually + slotNearlyAlways + aloneNanos)) {
            throw new IllegalArgumentException("a transaction type of " + meanRequests + " requests, slot times "
                    + slotMostly + ", " + slotUsually + ", " + slotNearlyAlways + ", " + aloneNanos
                    + " ns alone cannot be");
        }
    }
}
