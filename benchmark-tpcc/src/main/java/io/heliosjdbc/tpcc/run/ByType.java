package io.heliosjdbc.tpcc.run;

import io.heliosjdbc.tpcc.PriorityClass;
import io.heliosjdbc.tpcc.TransactionType;
import io.heliosjdbc.tpcc.run.Measurements.Outcome;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.HdrHistogram.Histogram;

/** Counts and response times of one transaction type. Not thread-safe. */
final class ByType {
    private final Responses responses;
    private final Map<PriorityClass, Responses> byClass = new EnumMap<>(PriorityClass.class);
    private final Map<Outcome, Histogram> ended = new EnumMap<>(Outcome.class);
    private long offered;
    private long retries;
    private long unfinished;
    private long unfinishedLate;

    ByType(TransactionType type) {
        responses = new Responses(type.limit());
        for (PriorityClass priority : PriorityClass.values()) {
            byClass.put(priority, new Responses(type.limit()));
        }
        for (Outcome outcome : Outcome.values()) {
            ended.put(outcome, new Histogram(3));
        }
    }

    /**
     * One ended within the interval.
     *
     * @param response since it was due, in nanoseconds
     * @param untilEnd for how long it had been due by the end of the interval
     */
    void ended(PriorityClass priority, Outcome outcome, long response, long untilEnd) {
        offered++;
        ended(outcome).recordValue(Math.max(0, response / 1_000));
        switch (outcome) {
            case COMMITTED -> of(priority).forEach(each -> each.answered(response));
            case FAILED -> of(priority).forEach(each -> each.failed(untilEnd));
            case USER_ABORTED -> of(priority).forEach(each -> each.rolledBack(response));
        }
    }

    /** One did not; what it came to afterwards, if it did, is told besides. */
    void unfinished(boolean late) {
        offered++;
        unfinished++;
        unfinishedLate += late ? 1 : 0;
    }

    /** What was unfinished was answered after so long. */
    void answeredAfterTheEnd(PriorityClass priority, Outcome outcome, long response) {
        of(priority).forEach(each -> {
            if (outcome == Outcome.COMMITTED) {
                each.answered(response);
            } else {
                each.rolledBack(response);
            }
        });
    }

    /** What was unfinished has had no answer, and had waited for so long by the end of the interval. */
    void unanswered(PriorityClass priority, long untilEnd) {
        of(priority).forEach(each -> each.unfinished(untilEnd));
    }

    void retried() {
        retries++;
    }

    /** Of all terminals, and of those of a class. */
    private List<Responses> of(PriorityClass priority) {
        return List.of(responses, responses(priority));
    }

    /** Of what was committed, and of what had no answer; times of what its user aborted are apart, but held to the limit here. */
    Responses responses() {
        return responses;
    }

    /** The same of the terminals of a class. */
    Responses responses(PriorityClass priority) {
        return Objects.requireNonNull(byClass.get(priority));
    }

    /** How long it took until those with this outcome had it, in microseconds. */
    Histogram ended(Outcome outcome) {
        return Objects.requireNonNull(ended.get(outcome));
    }

    long count(Outcome outcome) {
        return ended(outcome).getTotalCount();
    }

    long offered() {
        return offered;
    }

    long retries() {
        return retries;
    }

    long unfinished() {
        return unfinished;
    }

    /** How many of the unfinished ones had missed what was promised by then. */
    long unfinishedLate() {
        return unfinishedLate;
    }
}
