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
 */
public record SchedulerSettings(
        String discipline,
        int maxConcurrency,
        long lendAfterNanos,
        boolean dryRun,
        List<ServiceClassSettings> classes) {
    /** Copies the list. */
    public SchedulerSettings {
        classes = List.copyOf(classes);
    }
}
