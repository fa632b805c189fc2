package io.heliosjdbc.driver.manager;

import io.heliosjdbc.classifier.Attributes;
import io.heliosjdbc.classifier.StatementProfile;
import io.heliosjdbc.driver.forecast.History;
import io.heliosjdbc.driver.metrics.Meters;
import io.heliosjdbc.driver.metrics.Outcome;
import io.heliosjdbc.scheduler.Admission;
import io.heliosjdbc.scheduler.Ending;
import io.heliosjdbc.slo.Settlement;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells what came of statements and transactions to all who keep count: the report's tallies, the meters, the last decisions, a dry
 * run's history, and who settles accounts. Slot first, log later: each is told when the slot is where it belongs, for meters and logs
 * are the application's, and may throw. Thread-safe; one for all sessions of a workload manager, which call it under their locks.
 */
final class Ledger {
    private final Meters meters;
    private final Decisions decisions;
    private final Bookkeeping bookkeeping;
    private final Supplier<Rules> rules;

    /** @param rules those in force */
    Ledger(Meters meters, Decisions decisions, Bookkeeping bookkeeping, Supplier<Rules> rules) {
        this.meters = meters;
        this.decisions = decisions;
        this.bookkeeping = bookkeeping;
        this.rules = rules;
    }

    /**
     * A statement got no slot, or one that was granted too late.
     *
     * @param asked whether it asked for its transaction, which then has not kept its objective; else it shared the wait of another one
     * @param heldUp what it found taken; of no meaning where it has not waited
     */
    void notAdmitted(
            Admission answer,
            boolean asked,
            long at,
            long connection,
            Attributes who,
            Plan wanted,
            StatementProfile profile,
            HeldUp heldUp,
            long waited) {
        boolean isGranted = answer == Admission.GRANTED;
        String reason = (isGranted ? Admission.CANCELLED : answer).name().toLowerCase(Locale.ROOT);
        Outcome outcome = outcome(answer);
        boolean isRefused = outcome != Outcome.CANCELLED;
        wanted.tally().notAdmitted(waited, isRefused);
        wanted.meters().notAdmitted(isGranted, waited, outcome, reason);
        decisions.notAdmitted(
                at,
                connection,
                who,
                wanted.classification(),
                profile.traceparent(),
                waited,
                waited > 0 ? heldUp : null,
                reason);
        if (asked && isRefused) {
            violated(wanted);
        }
    }

    private static Outcome outcome(Admission notAdmitted) {
        return switch (notAdmitted) {
            case QUEUE_TIMEOUT, QUERY_TIMEOUT -> Outcome.TIMEOUT;
            case GRANTED, CANCELLED, INTERRUPTED -> Outcome.CANCELLED;
            case QUEUE_FULL, COST_LIMIT, SHED -> Outcome.REFUSED;
        };
    }

    /** A statement has ended in the database. */
    void executed(
            long at,
            long connection,
            Attributes who,
            Plan ran,
            StatementProfile profile,
            long waited,
            @Nullable HeldUp heldUp,
            long executed,
            boolean failed) {
        if (meters.record()) {
            ran.meters().executed(waited, executed, failed ? Outcome.ERROR : Outcome.SUCCESS);
        }
        decisions.executed(
                at,
                connection,
                who,
                ran.classification(),
                profile.traceparent(),
                waited,
                heldUp,
                executed,
                failed ? Decisions.ERROR : Decisions.SUCCESS);
    }

    /** In a dry run, for the forecast: a statement has ended, and perhaps its transaction. */
    void writeDown(
            Plan ran, long connection, long sender, long at, long executed, int queryTimeout, @Nullable Ending ending) {
        History history = ran.history();
        if (history != null) {
            history.add(connection, sender, ran.kind(), at, executed, queryTimeout, ending);
        }
    }

    /** Likewise: a transaction has ended, and no statement with it. */
    void writeDown(@Nullable Plan of, long connection, long sender, Ending ending, long at) {
        History history = of == null ? null : of.history();
        if (history != null) {
            history.add(connection, sender, null, at, 0, 0, ending);
        }
    }

    /** What is due before a transaction is booked; {@link #transactionEnded} is to be told of it. */
    List<Settlement> takeDue(long now) {
        return bookkeeping.takeDue(now);
    }

    /**
     * A transaction has ended, and its slot went back.
     *
     * @param ended its plan
     * @param settlements what was due before
     */
    void transactionEnded(@Nullable Plan ended, Ending ending, long responseNanos, List<Settlement> settlements) {
        if (!settlements.isEmpty()) {
            bookkeeping.becameDue(settlements);
        }
        if (ended != null && ending == Ending.COMPLETED && responseNanos > ended.timelyNanos()) {
            violated(ended);
        }
    }

    /** Counts a transaction that did not keep its percentile objective, whether late or refused. */
    private void violated(Plan plan) {
        if (plan.timelyNanos() == Long.MAX_VALUE) {
            return;
        }
        plan.tally().late();
        if (rules.get().configuration().observability().trackViolations()) {
            plan.meters().violated();
        }
    }
}
