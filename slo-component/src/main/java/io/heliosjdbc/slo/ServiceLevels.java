package io.heliosjdbc.slo;

import io.heliosjdbc.agreements.Guarantee;
import io.heliosjdbc.agreements.Penalty;
import io.heliosjdbc.agreements.PercentileObjective;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The service levels of a percentile objective and what moving between them costs (thesis 3.2.1, 3.4.1). Immutable.
 *
 * <p>With boundaries c1 = 1 &gt; c2 &gt; ... &gt; c(n+1) = 0, level s_i is [c(i+1), c_i), the first one including 1. D_i is the
 * extra cost of dropping from s_i to s_(i+1). An objective of 90 percent at 1000 per 10 points and at most 2000 has the
 * boundaries 1, 0.9, 0.8, 0 and D_1 = D_2 = 1000: every step of underfulfilment that has been started is due. Steps
 * that would begin below a conformance of 0 do not exist.
 */
public final class ServiceLevels {
    private static final double[] NO_STEPS = {};

    /** The lower boundaries of all levels but the lowest: c2 to c(n), falling. */
    private final double[] boundaries;
    /** D_1 to D_(n-1). */
    private final double[] steps;
    /** What is due in each level; exact. */
    private final BigDecimal[] dues;

    private ServiceLevels(double[] boundaries, double[] steps, BigDecimal[] dues) {
        this.boundaries = boundaries;
        this.steps = steps;
        this.dues = dues;
    }

    /** The levels of a guarantee; one level without any cost where nothing is promised or nothing is due. */
    public static ServiceLevels of(@Nullable Guarantee guarantee) {
        PercentileObjective objective = guarantee == null ? null : guarantee.percentile();
        Penalty penalty = guarantee == null ? null : guarantee.penalty();
        if (objective == null || penalty == null) {
            return new ServiceLevels(NO_STEPS, NO_STEPS, new BigDecimal[] {BigDecimal.ZERO});
        }
        List<BigDecimal> boundaries = new ArrayList<>();
        List<BigDecimal> dues = new ArrayList<>(List.of(BigDecimal.ZERO));
        BigDecimal width = fraction(penalty.perPercentagePoints());
        BigDecimal boundary = fraction(objective.percent());
        BigDecimal due = BigDecimal.ZERO;
        while (boundary.signum() > 0 && due.compareTo(penalty.maximum()) < 0) {
            boundaries.add(boundary);
            due = due.add(penalty.value()).min(penalty.maximum());
            dues.add(due);
            boundary = boundary.subtract(width);
        }
        double[] steps = new double[boundaries.size()];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = dues.get(i + 1).subtract(dues.get(i)).doubleValue();
        }
        return new ServiceLevels(
                boundaries.stream().mapToDouble(BigDecimal::doubleValue).toArray(),
                steps,
                dues.toArray(BigDecimal[]::new));
    }

    /** Percentage points as an exact fraction, so that 90 of 100 timely transactions are exactly 90 percent. */
    private static BigDecimal fraction(double percent) {
        return BigDecimal.valueOf(percent).divide(BigDecimal.valueOf(100), new MathContext(34, RoundingMode.HALF_EVEN));
    }

    /** How many levels there are, at least 1. */
    public int count() {
        return dues.length;
    }

    /** The index of the level that a conformance lies in: 0 is the highest. */
    private int level(double conformance) {
        int level = 0;
        while (level < boundaries.length && conformance < boundaries[level]) {
            level++;
        }
        return level;
    }

    private double upper(int level) {
        return level == 0 ? 1 : boundaries[level - 1];
    }

    private double lower(int level) {
        return level == boundaries.length ? 0 : boundaries[level];
    }

    /**
     * Opportunity cost: ((c_i - c) / (c_i - c_(i+1)))^k * D_i in level s_i, 0 in the lowest level (thesis 3.4.1). Where
     * the objective is 100 percent the highest level is the single point 1, and leaving it costs D_1.
     *
     * @param conformance 0 to 1
     * @param degree k, positive
     */
    public double opportunityCost(double conformance, double degree) {
        int level = level(conformance);
        if (level == boundaries.length) {
            return 0;
        }
        double width = upper(level) - lower(level);
        return width <= 0 ? steps[level] : power((upper(level) - conformance) / width, degree) * steps[level];
    }

    /**
     * Marginal gain: ((c - c_(i+1)) / (c_i - c_(i+1)))^k * D_(i-1) in level s_i, 0 in the highest level (thesis 3.4.1).
     *
     * @param conformance 0 to 1
     * @param degree k, positive
     */
    public double marginalGain(double conformance, double degree) {
        int level = level(conformance);
        if (level == 0) {
            return 0;
        }
        return power((conformance - lower(level)) / (upper(level) - lower(level)), degree) * steps[level - 1];
    }

    /** pen(c) = max(oc(c), mg(c)) (thesis 3.4.1). */
    public double penalty(double conformance, double degree) {
        return Math.max(opportunityCost(conformance, degree), marginalGain(conformance, degree));
    }

    /** What is due at the end of an interval that closed at this conformance: 0 to {@link #maximum()}, exact. */
    public BigDecimal due(double conformance) {
        return dues[level(conformance)];
    }

    /** The most that can become due in one interval; 0 where nothing is due. */
    public double maximum() {
        return dues[dues.length - 1].doubleValue();
    }

    /** A power; small whole degrees, the usual ones, by multiplication. */
    private static double power(double base, double degree) {
        int whole = (int) degree;
        if (whole != degree || whole > 16) {
            return Math.pow(base, degree);
        }
        double result = 1;
        for (int i = 0; i < whole; i++) {
            result *= base;
        }
        return result;
    }
}
