package io.heliosjdbc.classifier;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is left of the hints of a user who may not raise his priority by them: he may lower it. A class, a load, a tenant, a
 * tier, the fast workload and a deadline would raise it by another name.
 */
final class HintRestriction {
    private HintRestriction() {}

    static Hints apply(Hints hints) {
        return new Hints(
                raises(hints.priority()) ? null : hints.priority(),
                hints.workload() == Workload.OLTP ? null : hints.workload(),
                null,
                null,
                null,
                null,
                hints.client(),
                hints.transaction(),
                hints.application(),
                null,
                hints.estimateMillis());
    }

    /** The hints that were taken away, as they were written. */
    static String withheld(Hints hints) {
        List<String> names = new ArrayList<>();
        Priority priority = hints.priority();
        if (priority != null && raises(priority)) {
            names.add("priority=" + priority.name().toLowerCase(Locale.ROOT));
        }
        if (hints.workload() == Workload.OLTP) {
            names.add("workload=oltp");
        }
        if (hints.serviceClass() != null) {
            names.add("class=" + hints.serviceClass());
        }
        if (hints.userLoad() != null) {
            names.add("load=" + hints.userLoad());
        }
        if (hints.tenant() != null) {
            names.add("tenant=" + hints.tenant());
        }
        if (hints.tier() != null) {
            names.add("tier=" + hints.tier());
        }
        if (hints.deadlineMillis() != null) {
            names.add("deadline_ms=" + hints.deadlineMillis());
        }
        return String.join(", ", names);
    }

    private static boolean raises(@Nullable Priority priority) {
        return priority == Priority.CRITICAL || priority == Priority.HIGH;
    }
}
