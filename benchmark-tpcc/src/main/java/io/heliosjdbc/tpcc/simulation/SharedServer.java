package io.heliosjdbc.tpcc.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * A database that shares its speed equally among what runs: with n transactions its whole speed is n / (n + 10), scaled so that it
 * is 1 with ten. Not thread-safe.
 *
 * <p>What every transaction has attained since the start grows alike for all of them, so one number tells who is done.
 */
final class SharedServer {
    private static final double HALF_SPEED = 10;
    private static final double NANOS = 1e9;

    private final double workPerSecond;
    private final PriorityQueue<Job> running = new PriorityQueue<>(
            Comparator.<Job>comparingDouble(job -> job.doneAt).thenComparingLong(job -> job.arrival));
    private double attained;
    private long since;

    /** An idle server that does so much work in a second while ten transactions run. */
    SharedServer(double workPerSecond) {
        this.workPerSecond = workPerSecond;
    }

    /** Work per second and transaction. */
    private double share() {
        int n = running.size();
        return workPerSecond * (10 + HALF_SPEED) / 10 / (n + HALF_SPEED);
    }

    void start(Job job, long now) {
        goOnTo(now);
        job.doneAt = attained + job.work;
        running.add(job);
    }

    private void goOnTo(long now) {
        if (!running.isEmpty()) {
            attained += (now - since) / NANOS * share();
        }
        since = now;
    }

    /** When the next transaction will be done, as things stand; {@link Long#MAX_VALUE} while nothing runs. */
    long nextDone() {
        Job first = running.peek();
        if (first == null) {
            return Long.MAX_VALUE;
        }
        return since + (long) Math.ceil(Math.max(0, first.doneAt - attained) / share() * NANOS);
    }

    /** Takes the transaction that is done at {@link #nextDone}. */
    @Nullable
    Job finish(long now) {
        goOnTo(now);
        return running.poll();
    }
}
