package io.heliosjdbc.scheduler;

/**
 * How one service class is controlled. Immutable.
 *
 * @param name unique among the classes
 * @param maxConcurrency the class's MPL, at least 1
 * @param maxQueueDepth how many requests may wait, at least 0
 * @param queueTimeoutNanos how long one may wait, positive; {@link Long#MAX_VALUE} for ever
 * @param rejectOnOverload whether a request that finds the queue full is refused; otherwise the depth is not limited
 * @param maxEstimatedCost the highest estimated cost admitted; {@link Double#POSITIVE_INFINITY} for any
 * @param targetNanos what 95 of 100 response times should stay within; {@link Long#MAX_VALUE} for no target
 * @param yields whether fewer of its requests than its MPL are admitted while those of other classes suffer
 */
public record ServiceClassSettings(
        String name,
        int maxConcurrency,
        int maxQueueDepth,
        long queueTimeoutNanos,
        boolean rejectOnOverload,
        double maxEstimatedCost,
        long targetNanos,
        boolean yields) {
    /** A class without a target, which gives way to nobody. */
    public ServiceClassSettings(
            String name,
            int maxConcurrency,
            int maxQueueDepth,
            long queueTimeoutNanos,
            boolean rejectOnOverload,
            double maxEstimatedCost) {
        this(
                name,
                maxConcurrency,
                maxQueueDepth,
                queueTimeoutNanos,
                rejectOnOverload,
                maxEstimatedCost,
                Long.MAX_VALUE,
                false);
    }
}
