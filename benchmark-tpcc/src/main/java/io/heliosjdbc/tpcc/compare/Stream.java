package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.agreements.Penalty;
import io.heliosjdbc.agreements.PercentileObjective;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A part of the load that arrives independently of the others. Immutable.
 *
 * @param name also the name of its user load in the scenario's agreement, and of the client it is to Helios
 * @param work what it does
 * @param course of transactions: how they become due; null for questions, which each asker asks one after the other
 * @param parallel of transactions: how many can be under way at once, the others wait their turn and the clock runs; of questions: how
 *     many askers there are
 * @param declares what it says of itself to Helios, by the names of hints, such as a priority
 * @param objective what is promised for it; null for nothing
 * @param penalty what a violation costs; null for nothing
 */
record Stream(
        String name,
        Work work,
        @Nullable Course course,
        int parallel,
        Map<String, String> declares,
        @Nullable PercentileObjective objective,
        @Nullable Penalty penalty) {
    Stream {
        declares = Map.copyOf(declares);
    }

    /** What a stream does. */
    enum Work {
        /** TPC-C's transactions in its mix. */
        TRANSACTIONS,
        /** CH's analytical questions, each asker in an order of its own. */
        QUESTIONS
    }

    Stream parallel(int other) {
        return new Stream(name, work, course, other, declares, objective, penalty);
    }

    /** So many times as many of it, where its work is transactions. */
    Stream times(double factor) {
        return course == null
                ? this
                : new Stream(name, work, course.times(factor), parallel, declares, objective, penalty);
    }

    /** How many become due per second before the first phase; 0 for questions. */
    double perSecond() {
        return course == null ? 0 : course.perSecond();
    }

    /** Whether an answer came as late as no promise allows. */
    boolean isLate(long responseNanos) {
        return objective != null && responseNanos > objective.responseTime().toNanos();
    }

    /** What is owed where so many of all were late: steps below the promised percentage times their value, at most the maximum. */
    BigDecimal due(long late, long all) {
        if (objective == null || penalty == null || all == 0) {
            return BigDecimal.ZERO;
        }
        double missing = objective.percent() - 100.0 * (all - late) / all;
        if (missing <= 0) {
            return BigDecimal.ZERO;
        }
        long steps = (long) Math.floor(missing / penalty.perPercentagePoints()) + 1;
        return penalty.value().multiply(BigDecimal.valueOf(steps)).min(penalty.maximum());
    }
}
