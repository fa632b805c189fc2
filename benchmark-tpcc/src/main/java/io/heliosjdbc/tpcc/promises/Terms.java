package io.heliosjdbc.tpcc.promises;

import io.heliosjdbc.agreements.AssessmentInterval;
import io.heliosjdbc.agreements.DeadlineObjective;
import io.heliosjdbc.agreements.Guarantee;
import io.heliosjdbc.agreements.Penalty;
import io.heliosjdbc.agreements.PercentileObjective;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is promised to somebody from an instant on. Immutable.
 *
 * @param from since the measurement began; the first ones hold in the warm-up too
 * @param objective what is promised; null for nothing
 * @param penalty what a violation costs; null for nothing
 * @param notMeasured for people: what else is promised, to which nobody is held here
 */
public record Terms(
        Duration from,
        @Nullable PercentileObjective objective,
        @Nullable Penalty penalty,
        List<String> notMeasured) {
    /** Copies the list. */
    public Terms {
        notMeasured = List.copyOf(notMeasured);
    }

    /** With nothing else. */
    public Terms(Duration from, @Nullable PercentileObjective objective, @Nullable Penalty penalty) {
        this(from, objective, penalty, List.of());
    }

    /** What a guarantee promises in percentiles, and for people what else; nothing without one. */
    public static Terms of(Duration from, @Nullable Guarantee guarantee) {
        return guarantee == null
                ? new Terms(from, null, null)
                : new Terms(from, guarantee.percentile(), guarantee.penalty(), otherObjectives(guarantee));
    }

    private static List<String> otherObjectives(Guarantee guarantee) {
        List<String> all = new ArrayList<>();
        if (guarantee.deadline() instanceof DeadlineObjective.Static fixed) {
            all.add("a deadline of " + millis(fixed.responseTime()));
        } else if (guarantee.deadline() instanceof DeadlineObjective.Dynamic dynamic) {
            all.add("a deadline at the percentile " + number(dynamic.percentile()));
        }
        Duration average = guarantee.maxAverageResponseTime();
        if (average != null) {
            all.add("an average of " + millis(average));
        }
        Double throughput = guarantee.minTransactionsPerSecond();
        if (throughput != null) {
            all.add(number(throughput) + " transactions per second");
        }
        return all;
    }

    /** Whether there is anything to be kept. */
    public boolean promisesAnything() {
        return objective != null;
    }

    /** Whether the same is promised, at whatever time. */
    public boolean sameAs(Terms other) {
        return Objects.equals(objective, other.objective)
                && Objects.equals(penalty, other.penalty)
                && notMeasured.equals(other.notMeasured);
    }

    /**
     * The number of the terms that hold for what is due at an instant of the measurement.
     *
     * @param all in the order of their beginnings
     * @param due in nanoseconds
     */
    public static int numberAt(List<Terms> all, long due) {
        int last = 0;
        while (last + 1 < all.size() && due >= all.get(last + 1).from().toNanos()) {
            last++;
        }
        return last;
    }

    /** The percentage that is promised to be in time; NaN where nothing is promised. */
    public double percent() {
        return objective == null ? Double.NaN : objective.percent();
    }

    /** The response time that is promised; without end where nothing is promised. */
    public long withinNanos() {
        return objective == null ? Long.MAX_VALUE : objective.responseTime().toNanos();
    }

    /** Whether an answer came as late as was not promised. */
    public boolean isLate(long responseNanos) {
        return responseNanos > withinNanos();
    }

    /** Whether so many of all, late, are too many. */
    boolean violated(long late, long all) {
        return objective != null && Owed.violated(objective, all - late, all);
    }

    /** What is owed where so many of all were late. */
    public BigDecimal due(long late, long all) {
        return objective == null ? BigDecimal.ZERO : Owed.due(objective, penalty, all - late, all);
    }

    /**
     * In which assessment interval something counts, from 0; there is one where the penalty knows no other. They begin with the
     * measurement. One of months never ends in a measurement.
     *
     * @param known when in the measurement it is known what becomes of it, in nanoseconds, 0 or more
     * @param before how many count under these terms already
     */
    long interval(long known, long before) {
        if (penalty == null) {
            return 0;
        }
        if (penalty.assessmentInterval() instanceof AssessmentInterval.Transactions transactions) {
            return before / transactions.count();
        }
        if (penalty.assessmentInterval() instanceof AssessmentInterval.Calendar calendar) {
            if (calendar.length() instanceof Duration length) {
                return Duration.ofNanos(known).dividedBy(length);
            }
            if (calendar.length() instanceof Period period && period.toTotalMonths() == 0) {
                return Duration.ofNanos(known).dividedBy(Duration.ofDays(period.get(ChronoUnit.DAYS)));
            }
        }
        return 0;
    }

    private static String number(double value) {
        return new DecimalFormat("#,##0.######", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value);
    }

    private static String millis(Duration time) {
        return number(time.toNanos() / 1e6) + " ms";
    }

    /** For people: {@code 99.9 % within 2.4 ms}, and what is not measured. */
    public String text() {
        String measured = objective == null
                ? "nothing"
                : number(objective.percent()) + " % within " + millis(objective.responseTime());
        return notMeasured.isEmpty() ? measured : measured + " (not measured: " + String.join(", ", notMeasured) + ")";
    }
}
