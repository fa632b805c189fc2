package io.heliosjdbc.classifier;

import io.heliosjdbc.classifier.hints.HintKey;
import io.heliosjdbc.classifier.hints.Hints;
import io.heliosjdbc.classifier.hints.Priority;
import io.heliosjdbc.classifier.hints.Workload;
import org.jspecify.annotations.Nullable;

/**
 * What counts of the hints of a user who may not raise his priority by them. A class, a load, a tier, the fast workload, a deadline
 * and an estimate would raise it by another name, and so would whatever says who asks, in a comment: the connection says that.
 */
final class HintRestriction {
    private HintRestriction() {}

    /** What counts of the connection's client info, which says who asks in other words than these. */
    static Hints ofConnection(Hints said) {
        return said.with(HintKey.PRIORITY, raises(said.priority()) ? null : said.priority())
                .with(HintKey.WORKLOAD, lowering(said.workload()))
                .with(HintKey.CLASS, null)
                .with(HintKey.LOAD, null)
                .with(HintKey.TENANT, null)
                .with(HintKey.TIER, null)
                .with(HintKey.DEADLINE_MS, null)
                .with(HintKey.ESTIMATE_MS, null);
    }

    /** What may count of a comment: a priority below the one that the connection has, and the slower workloads. */
    static Hints ofComment(Hints said, Priority ofConnection) {
        Priority priority = said.priority();
        return Hints.NONE
                .with(HintKey.PRIORITY, priority != null && priority.compareTo(ofConnection) > 0 ? priority : null)
                .with(HintKey.WORKLOAD, lowering(said.workload()));
    }

    private static boolean raises(@Nullable Priority priority) {
        return priority == Priority.CRITICAL || priority == Priority.HIGH;
    }

    private static @Nullable Workload lowering(@Nullable Workload workload) {
        return workload == Workload.OLTP ? null : workload;
    }
}
