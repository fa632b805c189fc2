package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.tpcc.compare.Contender.Way;
import io.heliosjdbc.tpcc.compare.Stream.Work;
import tools.jackson.databind.node.ObjectNode;

/** The figures of a part that its repetitions give again. */
enum Figure {
    P50("oltp", "p50Ms", "p50 ms", 2),
    P95("oltp", "p95Ms", "p95 ms", 2),
    P99("oltp", "p99Ms", "p99 ms", 2),
    PER_SECOND("oltp", "perSecond", "per s", 1),
    QUESTIONS_PER_HOUR("olap", "queriesPerHour", "questions/h", 0),
    QUESTIONS_P95("olap", "p95Ms", "questions p95 ms", 0),
    BACKENDS("backends", "most", "backends at most", 0),
    BACKENDS_IN_USE("backends", "meanInUse", "backends in use", 1),
    VIOLATION_RATE("", "violationRate", "late, of 1", 4),
    PENALTY("", "penalty", "penalty", 0);

    private final String group;
    private final String key;
    private final String title;
    private final int decimals;

    Figure(String group, String key, String title, int decimals) {
        this.group = group;
        this.key = key;
        this.title = title;
        this.decimals = decimals;
    }

    private static Comparison.Sum transactions(Part.Result part) {
        return Comparison.sum(part, Work.TRANSACTIONS);
    }

    private static Comparison.Sum questions(Part.Result part) {
        return Comparison.sum(part, Work.QUESTIONS);
    }

    /** Whether there is such a thing in a part: where nobody asks there is nothing to say of questions. */
    boolean isOf(Way way) {
        return way != Way.OLTP_ALONE || !group.equals("olap");
    }

    double of(Part.Result part) {
        return switch (this) {
            case P50 -> transactions(part).percentileMs(50);
            case P95 -> transactions(part).percentileMs(95);
            case P99 -> transactions(part).percentileMs(99);
            case PER_SECOND -> transactions(part).perSecond();
            case QUESTIONS_PER_HOUR -> questions(part).perHour();
            case QUESTIONS_P95 -> questions(part).percentileMs(95);
            case BACKENDS -> part.most(Backends.OPEN);
            case BACKENDS_IN_USE -> part.mean(Backends.IN_USE);
            case VIOLATION_RATE -> Comparison.sum(part).violationRate();
            case PENALTY -> Comparison.sum(part).penalty.doubleValue();
        };
    }

    String title() {
        return title;
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
