package io.heliosjdbc.driver.engine;

import io.heliosjdbc.classifier.DatabaseEstimates;
import io.heliosjdbc.classifier.Estimate;
import io.heliosjdbc.classifier.Plannable;
import io.heliosjdbc.classifier.StatementProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
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
    private volatile @Nullable Estimate now;
    private volatile boolean used;
    private volatile boolean forgotten;

    /** The background's alone, from here on; the first text is let go once it has been read. */
    private @Nullable StatementProfile first;

    private @Nullable Plannable statement;
    private List<String> tables = List.of();
    private int failures;

    TemplateEstimate(DatabaseEstimator owner, StatementProfile first) {
        this.owner = owner;
        this.template = first.template();
        this.first = first;
    }

    String template() {
        return template;
    }

    @Override
    public @Nullable Estimate now() {
        return now;
    }

    @Override
    public void executed(long nanos) {
        if (!used) {
            used = true;
        }
        if (forgotten) {
            owner.remember(this);
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
        Double millis = millis(estimate.cost());
        Double before = estimate.durationMillis();
        if (millis != null && (before == null || Math.abs(Math.log(millis / before)) >= NOTICEABLE)) {
            now = new Estimate(
                    estimate.cost(),
                    estimate.rows(),
                    estimate.rowsScanned(),
                    estimate.tableRowCount(),
                    millis,
                    estimate.source());
        }
    }

    private @Nullable Double millis(@Nullable Double cost) {
        LogMean rate = owner.rate();
        if (cost == null || !(cost > 0) || rate.count() < DatabaseEstimator.LEAST_OBSERVATIONS) {
            return null;
        }
        int own = perCost.count();
        double correction = own * (perCost.mean() - rate.mean()) / (own + ESTIMATE_IS_WORTH);
        double bound = Math.log(MOST_CORRECTION);
        return cost * Math.exp(rate.mean() + Math.max(-bound, Math.min(bound, correction))) / NANOS_PER_MILLI;
    }

    /** Whether nobody executed it since this was last asked; then it is forgotten. */
    boolean isOver() {
        boolean over = !used;
        used = false;
        if (over) {
            forgotten = true;
        }
        return over;
    }

    /** It was forgotten, and is known again. */
    void remembered() {
        forgotten = false;
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
        List<String> names = new ArrayList<>();
        if (text.features().asMap().get("table_names") instanceof List<?> named) {
            named.forEach(name -> names.add(String.valueOf(name)));
        }
        tables = List.copyOf(names);
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
        Estimate said = new Estimate(cost, rows, rowsScanned, tableRowCount, millis(cost), source);
        if (!said.equals(now)) {
            now = said;
        }
    }
}
