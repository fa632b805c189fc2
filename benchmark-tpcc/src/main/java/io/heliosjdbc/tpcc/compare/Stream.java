package io.heliosjdbc.tpcc.compare;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A part of the load that arrives independently of the others. Immutable.
 *
 * @param name also the name of its user load in the scenario's agreements, and of the client it is to Helios
 * @param work what it does
 * @param course of transactions: how they become due; null for questions, which each asker asks one after the other
 * @param parallel of transactions: how many can be under way at once, the others wait their turn and the clock runs; of questions: how
 *     many askers there are
 * @param presence when it is there
 * @param declares what it says of itself to Helios, by the names of hints, such as a priority
 * @param terms what is promised to it, at least one, in the order of their beginnings; the first ones hold from the beginning on
 */
record Stream(
        String name,
        Work work,
        @Nullable Course course,
        int parallel,
        Presence presence,
        Map<String, String> declares,
        List<Terms> terms) {
    private static final double MORE_THAN_CAN_BE_DONE = 20_000;

    Stream {
        declares = Map.copyOf(declares);
        terms = List.copyOf(terms);
    }

    /** What a stream does. */
    enum Work {
        /** TPC-C's transactions in its mix. */
        TRANSACTIONS,
        /** CH's analytical questions, each asker in an order of its own. */
        QUESTIONS
    }

    Stream parallel(int other) {
        return new Stream(name, work, course, other, presence, declares, terms);
    }

    /** So many times as many of it, where its work is transactions. */
    Stream times(double factor) {
        return course == null
                ? this
                : new Stream(name, work, course.times(factor), parallel, presence, declares, terms);
    }

    /** Two transactions, or one question, at once and one after the other without a pause: more become due than anybody can do. */
    Stream atFullSpeed() {
        Course always = course == null ? null : new Course(new Course.Constant(), MORE_THAN_CAN_BE_DONE, List.of());
        return new Stream(name, work, always, course == null ? 1 : 2, Presence.THROUGHOUT, declares, terms);
    }

    /** How many become due per second before the first phase; 0 for questions. */
    double perSecond() {
        return course == null ? 0 : course.perSecond();
    }

    /** The number of the terms that hold for what is due at an instant of the measurement, in nanoseconds. */
    int termsAt(long due) {
        int last = 0;
        while (last + 1 < terms.size() && due >= terms.get(last + 1).from().toNanos()) {
            last++;
        }
        return last;
    }

    /** For people: how much of it there is. */
    String amount() {
        return course != null
                ? course.text() + ", at most " + parallel + " at once"
                : parallel + " askers of analytical questions";
    }
}
