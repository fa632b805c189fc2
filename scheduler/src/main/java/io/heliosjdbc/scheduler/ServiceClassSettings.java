package io.heliosjdbc.scheduler;

import java.util.Map;

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
 * @param starvationBoundNanos how long a request waits at most while others go before it, positive; {@link Long#MAX_VALUE} for no bound
 * @param guaranteedSlots by tier: how many slots are kept for it, at least 0, together at most the MPL
 */
public record ServiceClassSettings(
        String name,
        int maxConcurrency,
        int maxQueueDepth,
        long queueTimeoutNanos,
        boolean rejectOnOverload,
        double maxEstimatedCost,
        long targetNanos,
        boolean yields,
        long starvationBoundNanos,
        Map<String, Integer> guaranteedSlots) {
    /**
     * Copies the map.
     *
     * @throws IllegalArgumentException where more slots are kept than there are
     */
    public ServiceClassSettings {
        guaranteedSlots = Map.copyOf(guaranteedSlots);
        long sum = 0;
        for (int slots : guaranteedSlots.values()) {
            if (slots < 0) {
                throw new IllegalArgumentException("class " + name + " keeps " + slots + " slots; make it at least 0");
            }
            sum += slots;
        }
        if (sum > maxConcurrency) {
            throw new IllegalArgumentException("class " + name + " keeps " + sum + " slots of " + maxConcurrency
                    + "; keep fewer, or raise its MPL");
        }
    }

    /** A class that keeps no slots for anybody and bounds no wait. */
    public ServiceClassSettings(
            String name,
            int maxConcurrency,
            int maxQueueDepth,
            long queueTimeoutNanos,
            boolean rejectOnOverload,
            double maxEstimatedCost,
            long targetNanos,
            boolean yields) {
        this(
                name,
                maxConcurrency,
                maxQueueDepth,
                queueTimeoutNanos,
                rejectOnOverload,
                maxEstimatedCost,
                targetNanos,
                yields,
                Long.MAX_VALUE,
                Map.of());
    }

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

    /** The same, with nothing kept for anybody. */
    ServiceClassSettings withoutGuarantees() {
        return guaranteedSlots.isEmpty()
                ? this
                : new ServiceClassSettings(
                        name,
                        maxConcurrency,
                        maxQueueDepth,
                        queueTimeoutNanos,
                        rejectOnOverload,
                        maxEstimatedCost,
                        targetNanos,
                        yields,
                        starvationBoundNanos,
                        Map.of());
    }

    /** How many slots are kept for tiers. */
    int keptSlots() {
        int sum = 0;
        for (int slots : guaranteedSlots.values()) {
            sum += slots;
        }
        return sum;
    }
}
