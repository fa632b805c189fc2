package io.heliosjdbc.slo;

import io.heliosjdbc.agreements.Penalty;
import io.heliosjdbc.agreements.PercentileObjective;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What one account owes for one measurement interval, and why. Immutable.
 *
 * @param account whose
 * @param from the beginning of the interval
 * @param until its end, exclusive
 * @param transactions how many were booked
 * @param late how many of them were late
 * @param conformance timely over all
 * @param due what is owed
 * @param steps how many steps of the penalty it is for
 * @param percentile what was promised, or null
 * @param penalty what a step costs
 */
public record Settlement(
        AccountKey account,
        Instant from,
        Instant until,
        long transactions,
        long late,
        double conformance,
        BigDecimal due,
        long steps,
        @Nullable PercentileObjective percentile,
        Penalty penalty) {
    /** By user load, then by owner; a load's own account comes first. */
    public static final Comparator<Settlement> BY_ACCOUNT = Comparator.comparing(
                    (Settlement each) -> each.account().userLoad())
            .thenComparing(each -> each.account().owner(), Comparator.nullsFirst(Comparator.naturalOrder()));

    static Settlement of(
            AccountKey account,
            MeasurementInterval interval,
            long transactions,
            long late,
            ServiceLevels levels,
            @Nullable PercentileObjective percentile,
            Penalty penalty) {
        double conformance = (double) (transactions - late) / transactions;
        return new Settlement(
                account,
                interval.from(),
                interval.until(),
                transactions,
                late,
                conformance,
                levels.due(conformance),
                levels.stepsOwed(conformance),
                percentile,
                penalty);
    }

    /** The currency. */
    public String unit() {
        return penalty.valueUnit();
    }
}
