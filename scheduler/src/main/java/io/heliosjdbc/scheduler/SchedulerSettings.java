package io.heliosjdbc.scheduler;

import java.util.List;

/**
 * How the scheduler works. Immutable.
 *
 * @param discipline one of {@link Disciplines#names}
 * @param maxConcurrency the MPL over all classes; 0 where only the classes' own count
 * @param lendAfterNanos how long an idle transaction keeps its slot before it is lent: 0 lends at the end of each
 *     statement (slot scope "statement"), {@link Long#MAX_VALUE} never
 * @param dryRun whether everything is decided and counted but nothing delayed or refused
 * @param classes the service classes, at least one
 * @param tiers the tiers of tenants that count differently; whoever has none of them counts as the standard tier
 */
public record SchedulerSettings(
        String discipline,
        int maxConcurrency,
        long lendAfterNanos,
        boolean dryRun,
        List<ServiceClassSettings> classes,
        List<TierSettings> tiers) {
    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException where more slots are kept for tiers than the MPL over all classes has
     */
    public SchedulerSettings {
        classes = List.copyOf(classes);
        tiers = List.copyOf(tiers);
        long kept = 0;
        for (ServiceClassSettings each : classes) {
            kept += each.keptSlots();
        }
        if (maxConcurrency > 0 && kept > maxConcurrency) {
            throw new IllegalArgumentException(
                    kept + " slots are kept of " + maxConcurrency + " over all classes; keep fewer, or raise the MPL");
        }
    }

    /** The same settings in earnest: what a dry run is a dry run of. */
    public SchedulerSettings enforced() {
        return new SchedulerSettings(discipline, maxConcurrency, lendAfterNanos, false, classes, tiers);
    }

    /** Without tiers. */
    public SchedulerSettings(
            String discipline,
            int maxConcurrency,
            long lendAfterNanos,
            boolean dryRun,
            List<ServiceClassSettings> classes) {
        this(discipline, maxConcurrency, lendAfterNanos, dryRun, classes, List.of());
    }
}
