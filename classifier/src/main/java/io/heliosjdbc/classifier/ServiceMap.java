package io.heliosjdbc.classifier;

import io.heliosjdbc.classifier.criteria.Criterion;
import io.heliosjdbc.classifier.criteria.Truth;
import io.heliosjdbc.classifier.hints.Hints;
import io.heliosjdbc.classifier.hints.Priority;
import io.heliosjdbc.classifier.hints.Workload;
import io.heliosjdbc.classifier.learned.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Request, with the user load found for it, to service class (thesis 1.1, service map). Immutable. */
final class ServiceMap {
    private static final String FAST_LANE = "fast_lane";
    private static final String PARALLEL_LANES = "parallel_lanes";
    private static final String BACKGROUND_QUEUE = "background_queue";

    /**
     * A service class.
     *
     * @param reason why a request goes there, in words
     * @param byLoad whether it is the user load's
     */
    record Found(String serviceClass, String reason, boolean byLoad) {}

    private final ClassifierSettings settings;

    private final @Nullable LearnedClassifier learned;

    ServiceMap(ClassifierSettings settings, @Nullable LearnedClassifier learned) {
        this.settings = settings;
        this.learned = learned;
    }

    boolean has(@Nullable String serviceClass) {
        return serviceClass != null && settings.serviceClasses().contains(serviceClass);
    }

    /** Whether a request is no better off in the one class than in the other; of classes of one's own nobody knows but they themselves. */
    static boolean isAtMost(String serviceClass, String other) {
        return serviceClass.equals(other)
                || serviceClass.equals(BACKGROUND_QUEUE)
                || (serviceClass.equals(PARALLEL_LANES) && other.equals(FAST_LANE));
    }

    Found find(Situation situation, LoadMap.Found load, @Nullable Verdict verdict) {
        Found hinted = byHint(situation.hints());
        if (hinted != null) {
            return hinted;
        }
        String ofLoad = load.load().serviceClass();
        if (ofLoad != null) {
            return new Found(ofLoad, load.reason(), true);
        }
        if (learned == null || verdict == null) {
            return byCriteria(situation, "");
        }
        String decided = learned.decided(verdict);
        if (decided == null) {
            return byCriteria(situation, "; learned, but unsure: " + verdict.inWords());
        }
        return has(decided)
                ? new Found(decided, "learned: " + verdict.inWords(), false)
                : byCriteria(situation, "; learned, but not enabled: " + verdict.inWords());
    }

    private Found byCriteria(Situation situation, String more) {
        for (LaneSettings lane : settings.lanes()) {
            String held = held(lane, situation);
            if (held != null) {
                return new Found(lane.serviceClass(), lane.serviceClass() + ": " + held + more, false);
            }
        }
        return new Found(settings.defaultClass(), "default class" + more, false);
    }

    private @Nullable Found byHint(Hints hints) {
        String named = hints.serviceClass();
        if (named != null && has(named)) {
            return new Found(named, "hint class=" + named, false);
        }
        Workload workload = hints.workload();
        if (workload != null) {
            String usual = switch (workload) {
                case OLTP -> FAST_LANE;
                case ANALYTICS -> PARALLEL_LANES;
                case BATCH -> BACKGROUND_QUEUE;
            };
            if (has(usual)) {
                return new Found(usual, "hint workload=" + workload.name().toLowerCase(Locale.ROOT), false);
            }
        }
        if (hints.priority() == Priority.BACKGROUND && has(BACKGROUND_QUEUE)) {
            return new Found(BACKGROUND_QUEUE, "hint priority=background", false);
        }
        return null;
    }

    /** The lane's criteria that make it take the request, or null where it does not. */
    private static @Nullable String held(LaneSettings lane, Situation situation) {
        List<Criterion> held = new ArrayList<>();
        for (Criterion criterion : lane.criteria()) {
            Truth truth = criterion.evaluate(situation);
            if (truth == Truth.TRUE) {
                held.add(criterion);
                if (lane.match() == RouteMatch.ANY) {
                    return criterion.toString().strip();
                }
            } else if (truth == Truth.FALSE && lane.match() == RouteMatch.ALL) {
                return null;
            }
        }
        return held.isEmpty() ? null : described(held);
    }

    private static String described(List<Criterion> held) {
        return held.size() == 1
                ? held.get(0).toString().strip()
                : String.join(" AND ", held.stream().map(Criterion::asPart).toList());
    }
}
