package io.heliosjdbc.driver.manager;

import io.heliosjdbc.driver.admin.Figures;
import io.heliosjdbc.scheduler.StatementCounts;
import io.heliosjdbc.scheduler.WorkloadScheduler;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts the statements of one template within a class and a load. A statement that finds a slot free is counted by the scheduler alone.
 * Thread-safe; figures that are read while statements end may lack one of them in part.
 */
final class Tally {
    private final StatementCounts counts;
    private final LongAdder notAdmitted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder late = new LongAdder();
    private final LongAdder waited = new LongAdder();
    private final LongAdder waitedNanos = new LongAdder();
    private final LongAccumulator longestWait = new LongAccumulator(Math::max, 0);

    /** Why statements of the template went to the class, when it was decided last. */
    private volatile String reason;
    /** Finds what counts for it when it has been given up. */
    private final Supplier<Tally> finder;

    private volatile boolean given;
    /** What counts for it since then, as far as it was needed. */
    private volatile @Nullable Tally successor;

    /**
     * Nothing counted as yet.
     *
     * @param counts what the scheduler counts
     * @param finder opens a tally of the same statements, once this one's counts have been given away
     */
    Tally(String reason, StatementCounts counts, Supplier<Tally> finder) {
        this.counts = counts;
        this.reason = reason;
        this.finder = finder;
    }

    void reason(String last) {
        reason = last;
    }

    String reason() {
        return reason;
    }

    /** Gives its counts to another one; who goes on counting with it finds a new one of the same statements. */
    void giveTo(Tally other, WorkloadScheduler scheduler) {
        given = true;
        scheduler.copyOfBooks(() -> {
            counts.giveTo(other.counts);
            return other;
        });
        other.notAdmitted.add(notAdmitted.sumThenReset());
        other.refused.add(refused.sumThenReset());
        other.late.add(late.sumThenReset());
        other.waited.add(waited.sumThenReset());
        other.waitedNanos.add(waitedNanos.sumThenReset());
        other.longestWait.accumulate(longestWait.get());
    }

    private Tally counting() {
        if (!given) {
            return this;
        }
        Tally next = successor;
        if (next == null || next.given) {
            next = finder.get();
            successor = next;
        }
        return next;
    }

    /** Where the scheduler counts the next of its statements. */
    StatementCounts counts() {
        return counting().counts;
    }

    /** A statement got no slot. */
    void notAdmitted(long waitedFor, boolean wasRefused) {
        Tally to = counting();
        to.notAdmitted.increment();
        if (wasRefused) {
            to.refused.increment();
        }
        to.addWait(waitedFor);
    }

    /** A transaction that began with it was late. */
    void late() {
        counting().late.increment();
    }

    /** A statement has ended that got its slot after a wait. */
    void waited(long nanos) {
        counting().addWait(nanos);
    }

    private void addWait(long nanos) {
        if (nanos > 0) {
            waited.increment();
            waitedNanos.add(nanos);
            longestWait.accumulate(nanos);
        }
    }

    Figures figures(WorkloadScheduler scheduler) {
        // Waits first: each is counted after its statement, so that no more have waited than there were.
        long waits = waited.sum();
        Figures executed = scheduler.copyOfBooks(
                () -> new Figures(0, counts.executedStatements(), counts.executionNanos(), 0, 0, 0, 0, 0));
        return new Figures(
                executed.executed() + notAdmitted.sum(),
                executed.executed(),
                executed.executionNanos(),
                waits,
                waitedNanos.sum(),
                longestWait.get(),
                late.sum(),
                refused.sum());
    }
}
