package io.heliosjdbc.driver.engine;

import io.heliosjdbc.classifier.DatabaseEstimates;
import io.heliosjdbc.classifier.Estimate;
import io.heliosjdbc.classifier.StatementProfile;
import io.heliosjdbc.classifier.statement.Plannable;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What the database said of one template, and what its executions made of it. Thread-safe: what is read on the path of statements is
 * volatile, and the rest is the background's.
 *
 * <p>How long it takes: its cost, times what a unit of cost takes in this database, times the template's own correction. That is the
 * mean of measured over estimated, bounded by {@value #MOST_CORRECTION} either way, where the estimate counts for
 * {@value #ESTIMATE_IS_WORTH} executions.
 */
final class TemplateEstimate implements DatabaseEstimates.OfTemplate {
    /** Whether somebody still wants to know. */
    private enum Interest {
        /** Since it was last asked for. */
        NEW,
        /** Not since then. */
        OLD,
        /** It was forgotten. */
        LOST
    }

    static final int MOST_CORRECTION = 64;
    static final int ESTIMATE_IS_WORTH = 4;
    /** Later on one execution in so many is looked at. */
    static final int WINDOW = 16;
    /** What changes less is not worth new decisions. */
    private static final double NOTICEABLE = Math.log(2);

    private static final int MOST_FAILURES = 3;
    private static final double NANOS_PER_MILLI = 1e6;

    private final DatabaseEstimator owner;
    private final String template;
    private final LogMean perCost = new LogMean(WINDOW);
    private final AtomicInteger executions = new AtomicInteger();
    private final AtomicReference<Interest> interest = new AtomicReference<>(Interest.NEW);
    private final AtomicBoolean queued = new AtomicBoolean();
    private volatile @Nullable Estimate now;
    /** Who took its place while it was forgotten, where somebody did. */
    private volatile @Nullable TemplateEstimate successor;

    /** The background's alone, from here on; the first text is let go once it has been read. */
    private @Nullable StatementProfile first;

    private @Nullable Plannable statement;
    private List<String> tables = List.of();
    private int failures;

    TemplateEstimate(DatabaseEstimator owner, StatementProfile first) {
        this.owner = owner;
        this.template = first.templateName();
        this.first = first;
    }

    String template() {
        return template;
    }

    /** Whether it waits to be asked for. */
    AtomicBoolean queued() {
        return queued;
    }

    /** Whoever is refused by an estimate comes this way too, so that it is asked for again. */
    @Override
    public @Nullable Estimate now() {
        return interest.get() == Interest.NEW ? now : nowAgain();
    }

    private @Nullable Estimate nowAgain() {
        TemplateEstimate other = successor;
        if (other != null) {
            return other.now();
        }
        if (interest.getAndSet(Interest.NEW) == Interest.LOST) {
            // What was known is out of date.
            now = null;
            owner.remember(this);
        }
        return now;
    }

    @Override
    public void executed(long nanos) {
        TemplateEstimate other = successor;
        if (other != null) {
            other.executed(nanos);
            return;
        }
        Estimate estimate = now;
        if (estimate == null || estimate.cost() == null || !(estimate.cost() > 0)) {
            return;
        }
        int number = executions.incrementAndGet();
        if (number > WINDOW && number % WINDOW != 0) {
            return;
        }
        double logarithm = Math.log(Math.max(1, nanos) / estimate.cost());
        perCost.add(logarithm);
        owner.rate().add(logarithm);
        correct(estimate);
    }

    /** A new estimate where the time has noticeably changed. */
    private void correct(Estimate estimate) {
        double millis = millis(estimate.cost());
        Double before = estimate.durationMillis();
        if (millis > 0 && (before == null || Math.abs(Math.log(millis / before)) >= NOTICEABLE)) {
            now = new Estimate(
                    estimate.cost(),
                    estimate.rows(),
                    estimate.rowsScanned(),
                    estimate.tableRowCount(),
                    millis,
                    estimate.source());
        }
    }

    /** Not a number where it is not known. */
    private double millis(@Nullable Double cost) {
        LogMean rate = owner.rate();
        if (cost == null || !(cost > 0) || rate.count() < DatabaseEstimator.LEAST_OBSERVATIONS) {
            return Double.NaN;
        }
        int own = perCost.count();
        double correction = own * (perCost.mean() - rate.mean()) / (own + ESTIMATE_IS_WORTH);
        double bound = Math.log(MOST_CORRECTION);
        return cost * Math.exp(rate.mean() + Math.max(-bound, Math.min(bound, correction))) / NANOS_PER_MILLI;
    }

    /** Whether nobody wanted to know since this was last asked; then it is forgotten. */
    boolean isOver() {
        return !interest.compareAndSet(Interest.NEW, Interest.OLD)
                && interest.compareAndSet(Interest.OLD, Interest.LOST);
    }

    boolean isForgotten() {
        return interest.get() == Interest.LOST;
    }

    /** It is not kept, and is to be asked for when somebody wants to know again. */
    void forgotten() {
        interest.set(Interest.LOST);
    }

    /** It was forgotten, and another one is known by now. */
    void succeededBy(TemplateEstimate other) {
        successor = other;
        forgotten();
    }

    /** Its statement, where planning it does nothing else. */
    @Nullable
    Plannable statement() {
        readText();
        return statement;
    }

    /** The tables that it names. */
    List<String> tables() {
        readText();
        return tables;
    }

    private void readText() {
        StatementProfile text = first;
        if (text == null) {
            return;
        }
        first = null;
        statement = text.plannable();
        tables = text.features().tableNames().stream().map(String::valueOf).toList();
    }

    /** Whether it is worth asking for: what could not be planned three times is not asked for again. */
    boolean isWanted() {
        return failures < MOST_FAILURES;
    }

    void failed() {
        failures++;
    }

    /** Takes in what the database says now. */
    void take(@Nullable DatabasePlan plan, @Nullable Long rowsScanned, @Nullable Long tableRowCount, String source) {
        failures = 0;
        Double cost = plan == null ? null : plan.cost();
        Double rows = plan == null ? null : plan.rows();
        if (cost == null && rows == null && rowsScanned == null && tableRowCount == null) {
            now = null;
            return;
        }
        double millis = millis(cost);
        Estimate said =
                new Estimate(cost, rows, rowsScanned, tableRowCount, Double.isNaN(millis) ? null : millis, source);
        if (!said.equals(now)) {
            now = said;
        }
    }
}
