package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.tpcc.compare.Comparison.Sum;
import io.heliosjdbc.tpcc.compare.Contender.Way;
import io.heliosjdbc.tpcc.compare.Stream.Work;
import io.heliosjdbc.tpcc.measure.Reading;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The figures of a part: what tables, the page and JSON have of a comparison, and its repetitions again. */
enum Figure {
    P50("oltp", "p50Ms", "p50 ms", 2),
    P95("oltp", "p95Ms", "p95 ms", 2),
    P99("oltp", "p99Ms", "p99 ms", 2),
    OVER_ALONE("oltp", "p95OverAlone", "x alone", 2),
    PER_SECOND("oltp", "perSecond", "per s", 1),
    FAILED("oltp", "failed", "failed", 0),
    REFUSED("oltp", "refused", "of them refused", 0),
    QUESTIONS_PER_HOUR("olap", "queriesPerHour", "questions/h", 0),
    QUESTIONS_P95("olap", "p95Ms", "questions p95 ms", 0),
    QUESTIONS_FAILED("olap", "failed", "questions failed", 0),
    QUESTIONS_REFUSED("olap", "refused", "of them refused", 0),
    LATE("oltp", "violationRate", "late %", 2),
    QUESTIONS_LATE("olap", "violationRate", "", 0),
    ALL_LATE("", "violationRate", "", 0),
    PENALTY("", "penalty", "penalty", 2),
    BACKENDS("backends", "most", "backends at most", 0),
    BACKENDS_IN_USE("backends", "meanInUse", "in use", 1);

    private final String group;
    private final String key;
    private final String title;
    private final int decimals;

    /** @param title for people; empty where only programs are told */
    Figure(String group, String key, String title, int decimals) {
        this.group = group;
        this.key = key;
        this.title = title;
        this.decimals = decimals;
    }

    /** Those that people are told, in their order. */
    static List<Figure> shown() {
        return Arrays.stream(values()).filter(each -> !each.title.isEmpty()).toList();
    }

    /** Whether there is such a thing in a part: where nobody asks there is nothing to say of questions. */
    boolean isOf(Way way) {
        return way != Way.OLTP_ALONE || !isOfQuestions();
    }

    private boolean isOfQuestions() {
        return group.equals("olap");
    }

    /**
     * What it is in one of the parts.
     *
     * @param parts of the comparison
     */
    Reading of(Part.Result part, List<Part.Result> parts) {
        Sum sum = Comparison.sum(part, isOfQuestions() ? Work.QUESTIONS : Work.TRANSACTIONS);
        return switch (this) {
            case P50 -> sum.times.percentile(50);
            case P95, QUESTIONS_P95 -> sum.times.percentile(95);
            case P99 -> sum.times.percentile(99);
            case OVER_ALONE -> overAlone(part, parts);
            case PER_SECOND -> Reading.exact(sum.perSecond());
            case QUESTIONS_PER_HOUR -> Reading.exact(3600 * sum.perSecond());
            case FAILED, QUESTIONS_FAILED -> Reading.exact((double) sum.failed);
            case REFUSED, QUESTIONS_REFUSED -> Reading.exact((double) sum.refused);
            case LATE, QUESTIONS_LATE -> Reading.exact(sum.violationRate());
            case ALL_LATE -> Reading.exact(Comparison.sum(part).violationRate());
            case PENALTY -> Reading.exact(Comparison.sum(part).penalty.doubleValue());
            case BACKENDS -> Reading.exact(part.most(Backends.OPEN));
            case BACKENDS_IN_USE -> Reading.exact(part.mean(Backends.IN_USE));
        };
    }

    /** The 95th percentile of the transactions, over what it is where there are no questions; none where that was not measured. */
    private static Reading overAlone(Part.Result part, List<Part.Result> parts) {
        return parts.stream()
                .filter(each -> each.way() == Way.OLTP_ALONE)
                .findFirst()
                .map(alone -> P95.of(part, parts).over(P95.of(alone, parts)))
                .orElse(Reading.NONE);
    }

    /** For people; nothing where a part has no questions. */
    String text(Reading reading, Part.Result part) {
        return isSaidOf(part) ? reading.times(unit()).text(decimals) : "";
    }

    /** Whether there is anything to say of it to people. */
    boolean isSaidOf(Part.Result part) {
        return !isOfQuestions()
                || part.recorders().keySet().stream().anyMatch(stream -> stream.work() == Work.QUESTIONS);
    }

    String title() {
        return title;
    }

    /** By what people have it multiplied. */
    double unit() {
        return this == LATE ? 100 : 1;
    }

    /** How many decimals a reader can make use of. */
    int decimals() {
        return decimals;
    }

    /** The node among whose fields it is. */
    ObjectNode in(ObjectNode part) {
        return group.isEmpty() ? part : part.withObjectProperty(group);
    }

    /** Its field there. */
    String key() {
        return key;
    }
}
