package io.heliosjdbc.scheduler;

import org.jspecify.annotations.Nullable;

/**
 * Counts the statements of one kind that start and end. The scheduler does it in the sections of its lock that it takes anyway, and that
 * lock guards them: plain fields cost a statement next to nothing, where counters of their own cost each an atomic instruction, and
 * cache lines that go from processor to processor. Read through {@link WorkloadScheduler#copyOfBooks}.
 */
public final class StatementCounts {
    private final @Nullable StatementCounts all;
    /** What counts for it since its counts were given away. */
    private @Nullable StatementCounts successor;

    private long started;
    private long executed;
    private long executionNanos;
    private long failed;

    /**
     * Nothing counted as yet.
     *
     * @param all counts these statements, too, along with others; null for none
     */
    public StatementCounts(@Nullable StatementCounts all) {
        this.all = all;
    }

    private StatementCounts counting() {
        return successor == null ? this : successor;
    }

    /** A statement has got its slot. */
    public void started() {
        counting().started++;
        if (all != null) {
            all.started();
        }
    }

    /**
     * A statement has ended.
     *
     * @param nanos for how long it was in the database, at least 0
     * @param hasFailed whether the database threw
     */
    public void ended(long nanos, boolean hasFailed) {
        StatementCounts counting = counting();
        counting.executed++;
        counting.executionNanos += nanos;
        counting.failed += hasFailed ? 1 : 0;
        if (all != null) {
            all.ended(nanos, hasFailed);
        }
    }

    /** Gives its counts, and what is yet to come, to another one, which keeps its own. */
    public void giveTo(StatementCounts other) {
        other.started += started;
        other.executed += executed;
        other.executionNanos += executionNanos;
        other.failed += failed;
        successor = other;
    }

    /** Statements that have got a slot. */
    public long startedStatements() {
        return started;
    }

    /** Statements that have been in the database, those that failed included. */
    public long executedStatements() {
        return executed;
    }

    /** For how long together, nanoseconds. */
    public long executionNanos() {
        return executionNanos;
    }

    /** Statements at which the database threw. */
    public long failedStatements() {
        return failed;
    }
}
