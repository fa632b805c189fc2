package io.heliosjdbc.tpcc.promises;

import io.heliosjdbc.agreements.Penalty;
import io.heliosjdbc.agreements.PercentileObjective;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * What a percentile that was promised costs, reckoned from the harness's own counts, and exactly: at the boundary between two steps a
 * double would decide by its last bit. Stateless.
 */
public final class Owed {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Owed() {}

    /** Whether so many of the total, in time, are too few; none of none are enough. */
    public static boolean violated(PercentileObjective objective, long inTime, long total) {
        return missing(objective, inTime, total).signum() > 0;
    }

    /** The penalty's value for every step of percentage points below the promise that has been started, at most the maximum. */
    public static BigDecimal due(PercentileObjective objective, @Nullable Penalty penalty, long inTime, long total) {
        if (penalty == null || !violated(objective, inTime, total)) {
            return BigDecimal.ZERO;
        }
        BigDecimal step = BigDecimal.valueOf(penalty.perPercentagePoints()).multiply(BigDecimal.valueOf(total));
        BigDecimal steps = missing(objective, inTime, total).divide(step, 0, RoundingMode.CEILING);
        return penalty.value().multiply(steps).min(penalty.maximum());
    }

    /** By how many percentage points it falls short, times the total. */
    private static BigDecimal missing(PercentileObjective objective, long inTime, long total) {
        return BigDecimal.valueOf(objective.percent())
                .multiply(BigDecimal.valueOf(total))
                .subtract(HUNDRED.multiply(BigDecimal.valueOf(inTime)));
    }
}
