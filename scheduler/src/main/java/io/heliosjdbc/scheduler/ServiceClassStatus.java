package io.heliosjdbc.scheduler;

import java.util.List;

/**
 * What a service class is doing at one instant. Immutable.
 *
 * @param name the class
 * @param maxConcurrency its MPL
 * @param active requests that hold a slot and are counted against the MPL
 * @param lent transactions whose slot is lent while they are idle
 * @param queued requests that wait
 * @param admitted requests granted a slot so far
 * @param waited how many of them had to wait
 * @param refused requests refused so far
 * @param gaveUp requests that timed out, were cancelled or interrupted while they waited
 * @param guaranteed slots that are kept for tiers of tenants
 * @param kept how many of them their tiers do not use now
 * @param starvationBoundNanos how long a request waits at most while others go before it; {@link Long#MAX_VALUE} for no bound
 * @param tiers what each tier is doing; empty where there are none
 */
public record ServiceClassStatus(
        String name,
        int maxConcurrency,
        int active,
        int lent,
        int queued,
        long admitted,
        long waited,
        long refused,
        long gaveUp,
        int guaranteed,
        int kept,
        long starvationBoundNanos,
        List<TierStatus> tiers) {
    /** Copies the list. */
    public ServiceClassStatus {
        tiers = List.copyOf(tiers);
    }

    /** Of a class that knows no tiers and bounds no wait. */
    public ServiceClassStatus(
            String name,
            int maxConcurrency,
            int active,
            int lent,
            int queued,
            long admitted,
            long waited,
            long refused,
            long gaveUp) {
        this(
                name,
                maxConcurrency,
                active,
                lent,
                queued,
                admitted,
                waited,
                refused,
                gaveUp,
                0,
                0,
                Long.MAX_VALUE,
                List.of());
    }
}
