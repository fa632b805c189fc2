package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.tpcc.Mix;
import io.heliosjdbc.tpcc.TransactionType;
import io.heliosjdbc.tpcc.promises.Terms;
import java.util.List;
import java.util.Map;

/**
 * A part of the load that arrives independently of the others. Immutable.
 *
 * @param name also the name of its user load in the scenario's agreements, and of the client it is to Helios
 * @param work what it does
 * @param mix of its transactions; {@link Mix#NONE} where there are only questions
 * @param pace when it is due
 * @param parallel of a course: how many can be under way at once, the others wait their turn and the clock runs; else how many terminals
 *     or askers there are
 * @param deliveryWorkers how many execute its Deliveries beside them; 0 where it has none
 * @param presence when it is there
 * @param declares what it says of itself to Helios, by the names of hints, such as a priority
 * @param terms what is promised to it, at least one, in the order of their beginnings; the first ones hold from the beginning on
 */
record Stream(
        String name,
        Work work,
        Mix mix,
        Pace pace,
        int parallel,
        int deliveryWorkers,
        Presence presence,
        Map<String, String> declares,
        List<Terms> terms) {
    Stream {
        declares = Map.copyOf(declares);
        terms = List.copyOf(terms);
    }

    /** What a stream does. */
    enum Work {
        /** TPC-C's transactions. */
        TRANSACTIONS("transactions"),
        /** CH's analytical questions, each asker in an order of its own. */
        QUESTIONS("questions");

        private final String word;

        Work(String word) {
            this.word = word;
        }

        /** As scenarios name it. */
        String word() {
            return word;
        }
    }

    /** How many execute the Deliveries of so many at once where nothing else is said: one for ten, and none where there are none. */
    static int usualDeliveryWorkers(Mix mix, int parallel) {
        return mix.has(TransactionType.DELIVERY) ? Math.max(1, parallel / 10) : 0;
    }

    /** How many connections it can use at once. */
    int connections() {
        return parallel + deliveryWorkers;
    }

    /** With another number of askers. */
    Stream parallel(int other) {
        return new Stream(name, work, mix, pace, other, deliveryWorkers, presence, declares, terms);
    }

    /** So many times as many of it, where it is transactions that come at a rate. */
    Stream times(double factor) {
        return work == Work.TRANSACTIONS && pace instanceof Course course
                ? new Stream(
                        name, work, mix, course.times(factor), parallel, deliveryWorkers, presence, declares, terms)
                : this;
    }

    /**
     * One after the other without a pause: two transactions at once, for more would only wait for a processor, but all questions that can be
     * asked at once, so that they wait for Helios as they do when they are measured.
     */
    Stream atFullSpeed() {
        int atOnce = work == Work.TRANSACTIONS ? 2 : parallel;
        return new Stream(
                name,
                work,
                mix,
                Closed.WITHOUT_PAUSE,
                atOnce,
                usualDeliveryWorkers(mix, atOnce),
                Presence.THROUGHOUT,
                declares,
                terms);
    }

    /** How many become due per second before the first phase; 0 where nothing comes at a rate. */
    double perSecond() {
        return pace instanceof Course course ? course.perSecond() : 0;
    }

    /** For people: what is promised to it at any time, and nobody is held to here. */
    List<String> notMeasured() {
        return terms.stream()
                .flatMap(each -> each.notMeasured().stream())
                .distinct()
                .toList();
    }

    /** Whether its transactions are others than TPC-C's, or in other shares. */
    boolean hasMixOfItsOwn() {
        return work == Work.TRANSACTIONS && !mix.equals(Mix.TPC_C);
    }

    /** For people: how much of it there is, and of what where that is not TPC-C's mix. */
    String amount() {
        return pace.text(work, parallel) + (hasMixOfItsOwn() ? "; mix: " + mix.text() : "");
    }
}
