package io.heliosjdbc.driver.manager;

import io.heliosjdbc.driver.admin.Figures;
import io.heliosjdbc.driver.admin.ReportLine;
import io.heliosjdbc.scheduler.StatementCounts;
import io.heliosjdbc.scheduler.WorkloadScheduler;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where the time of all statements went. Beyond {@value #MOST} templates the half that took the least time in the database is counted
 * together, by class and load. Thread-safe.
 */
final class Tallies {
    static final int MOST = 2_000;
    static final int SHOWN = 20;

    private final Map<Key, Tally> templates = new ConcurrentHashMap<>();
    /** Of templates that are counted together: at most one for each load in each class. */
    private final Map<Key, Tally> others = new ConcurrentHashMap<>();

    private final ReentrantLock folding = new ReentrantLock();
    private final WorkloadScheduler scheduler;

    private record Key(String serviceClass, String userLoad, String template) {
        /** Written out, for it is asked at each statement, and a text knows its own. */
        @Override
        public int hashCode() {
            return 31 * (31 * template.hashCode() + userLoad.hashCode()) + serviceClass.hashCode();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key
                    && template.equals(key.template)
                    && userLoad.equals(key.userLoad)
                    && serviceClass.equals(key.serviceClass);
        }
    }

    private record Counted(Key key, Tally tally, long nanos) {}

    private record Shown(Key key, String reason, Figures figures) {}

    /** Nothing counted as yet; this scheduler counts what it lets through. */
    Tallies(WorkloadScheduler scheduler) {
        this.scheduler = scheduler;
    }

    /**
     * Where the statements of a template are counted, opened on first use.
     *
     * @param all counts all of the class and the load together; null where nobody wants to know
     */
    Tally of(String serviceClass, String userLoad, String template, String reason, @Nullable StatementCounts all) {
        Key key = new Key(serviceClass, userLoad, template);
        Tally known = templates.get(key);
        if (known == null) {
            if (templates.size() >= MOST) {
                fold();
            }
            known = templates.computeIfAbsent(key, absent -> opened(key, reason, all));
        }
        known.reason(reason);
        return known;
    }

    private Tally opened(Key key, String reason, @Nullable StatementCounts all) {
        return new Tally(
                reason,
                new StatementCounts(all),
                () -> of(key.serviceClass(), key.userLoad(), key.template(), reason, all));
    }

    /** Whoever comes while another one does it goes over the bound by one. */
    private void fold() {
        if (!folding.tryLock()) {
            return;
        }
        try {
            List<Counted> counted = new ArrayList<>();
            templates.forEach((key, tally) ->
                    counted.add(new Counted(key, tally, tally.figures(scheduler).executionNanos())));
            counted.sort(Comparator.comparingLong(Counted::nanos));
            for (Counted each : counted.subList(0, counted.size() / 2)) {
                Key together = new Key(each.key().serviceClass(), each.key().userLoad(), "");
                Tally unused = templates.remove(each.key());
                Tally other = others.computeIfAbsent(together, absent -> opened(together, "", null));
                each.tally().giveTo(other, scheduler);
            }
        } finally {
            folding.unlock();
        }
    }

    /** How many templates are counted by themselves. */
    int size() {
        return templates.size();
    }

    /** Everything, then each class, each load, and the templates that took longest; the loads know no penalties as yet. */
    List<ReportLine> lines(String since) {
        List<Shown> all = new ArrayList<>();
        templates.forEach((key, tally) -> all.add(new Shown(key, tally.reason(), tally.figures(scheduler))));
        all.sort(Comparator.comparingLong((Shown each) -> each.figures().executionNanos())
                .reversed()
                .thenComparing(each -> each.key().template()));
        List<Shown> top = List.copyOf(all.subList(0, Math.min(SHOWN, all.size())));
        others.forEach((key, tally) -> all.add(new Shown(key, tally.reason(), tally.figures(scheduler))));
        Figures total = Figures.NONE;
        Map<String, Figures> byClass = new HashMap<>();
        Map<String, Figures> byLoad = new HashMap<>();
        for (Shown each : all) {
            total = total.plus(each.figures());
            byClass.merge(each.key().serviceClass(), each.figures(), Figures::plus);
            byLoad.merge(each.key().userLoad(), each.figures(), Figures::plus);
        }
        List<ReportLine> lines = new ArrayList<>();
        lines.add(line(ReportLine.Scope.TOTAL, since, total));
        add(ReportLine.Scope.SERVICE_CLASS, byClass, lines);
        add(ReportLine.Scope.USER_LOAD, byLoad, lines);
        for (Shown each : top) {
            lines.add(new ReportLine(
                    ReportLine.Scope.TEMPLATE,
                    each.key().template(),
                    each.key().serviceClass(),
                    each.key().userLoad(),
                    each.reason(),
                    each.figures()));
        }
        return lines;
    }

    private static void add(ReportLine.Scope scope, Map<String, Figures> figures, List<ReportLine> lines) {
        figures.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, Figures> each) ->
                                each.getValue().executionNanos())
                        .reversed()
                        .thenComparing(Map.Entry::getKey))
                .forEach(each -> lines.add(line(scope, each.getKey(), each.getValue())));
    }

    private static ReportLine line(ReportLine.Scope scope, String name, Figures figures) {
        return new ReportLine(scope, name, null, null, null, figures);
    }
}
