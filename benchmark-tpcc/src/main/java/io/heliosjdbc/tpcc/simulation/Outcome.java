package io.heliosjdbc.tpcc.simulation;

import io.heliosjdbc.tpcc.PriorityClass;
import io.heliosjdbc.tpcc.TransactionType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What came of one run. Not thread-safe. */
final class Outcome {
    private static final double NANOS = 1e9;

    /** A NewOrder's end and response time, seconds. */
    record Sample(PriorityClass priority, double endSeconds, double responseSeconds) {}

    double newOrderPenalty;
    double allTypesPenalty;
    long newOrdersDone;
    long overruns;
    double worstOverrunSeconds;
    /** NewOrder accounts below their percentage, by priority. */
    final Map<PriorityClass, Double> violated = new EnumMap<>(PriorityClass.class);
    /** The longest response time of a NewOrder, or wait of one that is still queued, by priority. */
    final Map<PriorityClass, Double> longestSeconds = new EnumMap<>(PriorityClass.class);

    final List<Sample> samples = new ArrayList<>();

    void finished(Job job, long now, long deadline) {
        double response = (now - job.arrival) / NANOS;
        if (now > deadline) {
            overruns++;
            worstOverrunSeconds = Math.max(worstOverrunSeconds, (now - deadline) / NANOS);
        }
        if (job.type == TransactionType.NEW_ORDER) {
            newOrdersDone++;
            longest(job.terminal.priority, response);
            samples.add(new Sample(job.terminal.priority, now / NANOS, response));
        }
    }

    void stillQueued(Job job, long end) {
        if (job.type == TransactionType.NEW_ORDER) {
            longest(job.terminal.priority, (end - job.arrival) / NANOS);
        }
    }

    private void longest(PriorityClass priority, double seconds) {
        longestSeconds.merge(priority, seconds, Math::max);
    }

    void owed(TransactionType type, PriorityClass priority, double due) {
        allTypesPenalty += due;
        if (type == TransactionType.NEW_ORDER) {
            newOrderPenalty += due;
            if (due > 0) {
                violated.merge(priority, 1.0, Double::sum);
            }
        }
    }
}
