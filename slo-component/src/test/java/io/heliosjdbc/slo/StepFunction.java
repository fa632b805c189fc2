package io.heliosjdbc.slo;

import io.heliosjdbc.agreements.Guarantee;
import io.heliosjdbc.agreements.Penalty;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The slow and obvious second implementation of service levels: a list of boundaries, searched from the top, exactly. */
final class StepFunction {
    /** c1 = 1, c2, ..., c(n+1) = 0. */
    final List<BigDecimal> boundaries = new ArrayList<>(List.of(BigDecimal.ONE));

    /** What is due in s_1, s_2, ..., s_n. */
    final List<BigDecimal> dues = new ArrayList<>(List.of(BigDecimal.ZERO));

    StepFunction(Guarantee guarantee) {
        Penalty penalty = Objects.requireNonNull(guarantee.penalty());
        BigDecimal hundred = new BigDecimal(100);
        BigDecimal boundary = BigDecimal.valueOf(
                        Objects.requireNonNull(guarantee.percentile()).percent())
                .divide(hundred);
        BigDecimal due = BigDecimal.ZERO;
        while (boundary.signum() > 0 && due.compareTo(penalty.maximum()) < 0) {
            boundaries.add(boundary);
            due = due.add(penalty.value()).min(penalty.maximum());
            dues.add(due);
            boundary = boundary.subtract(
                    BigDecimal.valueOf(penalty.perPercentagePoints()).divide(hundred));
        }
        boundaries.add(BigDecimal.ZERO);
    }

    /** The level of timely / all, from 0. */
    int level(long timely, long all) {
        for (int level = 0; ; level++) {
            // timely / all >= boundary, without dividing.
            if (BigDecimal.valueOf(timely).compareTo(boundaries.get(level + 1).multiply(BigDecimal.valueOf(all)))
                    >= 0) {
                return level;
            }
        }
    }

    BigDecimal due(long timely, long all) {
        return dues.get(level(timely, all));
    }

    double opportunityCost(long timely, long all, int degree) {
        int level = level(timely, all);
        if (level == dues.size() - 1) {
            return 0;
        }
        BigDecimal extra = dues.get(level + 1).subtract(dues.get(level));
        BigDecimal width = boundaries.get(level).subtract(boundaries.get(level + 1));
        if (width.signum() == 0) {
            return extra.doubleValue();
        }
        return boundaries
                .get(level)
                .subtract(ratio(timely, all))
                .divide(width, MathContext.DECIMAL128)
                .pow(degree)
                .multiply(extra)
                .doubleValue();
    }

    double marginalGain(long timely, long all, int degree) {
        int level = level(timely, all);
        if (level == 0) {
            return 0;
        }
        BigDecimal extra = dues.get(level).subtract(dues.get(level - 1));
        BigDecimal width = boundaries.get(level).subtract(boundaries.get(level + 1));
        return ratio(timely, all)
                .subtract(boundaries.get(level + 1))
                .divide(width, MathContext.DECIMAL128)
                .pow(degree)
                .multiply(extra)
                .doubleValue();
    }

    private static BigDecimal ratio(long timely, long all) {
        return BigDecimal.valueOf(timely).divide(BigDecimal.valueOf(all), MathContext.DECIMAL128);
    }
}
