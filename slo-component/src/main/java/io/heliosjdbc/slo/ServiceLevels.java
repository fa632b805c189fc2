package io.heliosjdbc.slo;

import io.heliosjdbc.agreements.Guarantee;
import io.heliosjdbc.agreements.Penalty;
import io.heliosjdbc.agreements.PercentileObjective;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * The service levels of a percentile objective and what moving between them costs (thesis 3.2.1, 3.4.1). Immutable.
 *
 * <p>With boundaries c1 = 1 &gt; c2 &gt; ... &gt; c(n+1) = 0, level s_i is [c(i+1), c_i), s_1 includes 1, and D_i is what
 * dropping from s_i to s_(i+1) costs in addition. c2 is the objective's percent; every further boundary lies one step of
 * percentage points lower, until the maximum is reached or the next one would not lie above 0. Where the maximum is not a
 * multiple of the value, the last D_i is what is left up to the maximum. Of these bounds the thesis prints oc and mg with
 * other indices than its own example uses; the example's are meant: oc falls to 0 at c_i, mg rises from 0 at c(i+1).
 *
 * <p>Every <em>started</em> step of underfulfilment is due. Thesis 3.2.1 says "for every m percentage points" and leaves
 * open what a part of them costs, but its figure 3.1 settles it: with 90 percent and 10 points, the level [0.8, 0.9) is
 * already one step worse than [0.9, 1], so that a conformance of 0.87 owes a step.
 *
 * <p>The number of levels is not limited, and nothing here depends on it: a level is found by arithmetic. A boundary is
 * the double nearest to the exact decimal, and so is a conformance that was divided from two counts; therefore exactly 90
 * of 100 timely transactions are inside the level that begins at 90 percent.
 */
public final class ServiceLevels {
    /** Beyond these, 100 percent in units of the last decimal does not fit into a long. */
    private static final int MOST_DECIMALS = 16;

    private static final ServiceLevels FREE = new ServiceLevels();

    /** Percent and step width, both in units of the last decimal of the finer one. */
    private final long percentUnits;

    private final long stepUnits;
    /** So many of these units make a conformance of 1. */
    private final double unitsOfOne;

    /** How many steps can be owed; the number of levels less one. */
    private final long steps;

    private final BigDecimal value;
    private final BigDecimal maximum;
    private final double most;
    private final double stepCost;
    private final double lastStepCost;

    private ServiceLevels() {
        this.percentUnits = 0;
        this.stepUnits = 1;
        this.unitsOfOne = 100;
        this.steps = 0;
        this.value = BigDecimal.ZERO;
        this.maximum = BigDecimal.ZERO;
        this.most = 0;
        this.stepCost = 0;
        this.lastStepCost = 0;
    }

    private ServiceLevels(BigDecimal percent, BigDecimal width, BigDecimal value, BigDecimal limit) {
        int decimals = Math.max(0, Math.max(percent.scale(), width.scale()));
        if (decimals > MOST_DECIMALS) {
            throw new IllegalArgumentException("percent and step have more than " + MOST_DECIMALS
                    + " decimals; round them: " + percent + " and " + width);
        }
        this.percentUnits = percent.movePointRight(decimals).longValueExact();
        BigDecimal stepsAboveZero = percent.divide(width, 0, RoundingMode.CEILING);
        BigDecimal stepsToMaximum = limit.divide(value, 0, RoundingMode.CEILING);
        this.steps = stepsAboveZero.min(stepsToMaximum).longValueExact();
        // A step wider than the percent reaches 0 at once, however wide it is.
        this.stepUnits = width.min(percent).movePointRight(decimals).longValueExact();
        this.unitsOfOne = BigDecimal.TEN.pow(decimals + 2).doubleValue();
        this.value = value;
        this.maximum = value.multiply(BigDecimal.valueOf(steps)).min(limit);
        this.most = maximum.doubleValue();
        this.stepCost = value.doubleValue();
        this.lastStepCost =
                maximum.subtract(value.multiply(BigDecimal.valueOf(steps - 1))).doubleValue();
    }

    /**
     * The levels of a guarantee; one level without any cost where nothing is promised or nothing is due.
     *
     * @throws IllegalArgumentException if percent, step, value or maximum are outside the ranges of {@link
     *     PercentileObjective} and {@link Penalty}, or percent or step have more than 16 decimals
     */
    public static ServiceLevels of(@Nullable Guarantee guarantee) {
        PercentileObjective objective = guarantee == null ? null : guarantee.percentile();
        Penalty penalty = guarantee == null ? null : guarantee.penalty();
        if (objective == null || penalty == null) {
            return FREE;
        }
        require(objective.percent() > 0 && objective.percent() <= 100, "percent", objective.percent(), "in (0, 100]");
        double points = penalty.perPercentagePoints();
        require(points > 0 && points < Double.POSITIVE_INFINITY, "perPercentagePoints", points, "positive");
        require(penalty.value().signum() > 0, "value", penalty.value(), "positive");
        require(
                penalty.maximum().compareTo(penalty.value()) >= 0,
                "maximum",
                penalty.maximum(),
                "at least the value of one step, " + penalty.value());
        return new ServiceLevels(
                BigDecimal.valueOf(objective.percent()).stripTrailingZeros(),
                BigDecimal.valueOf(points).stripTrailingZeros(),
                penalty.value(),
                penalty.maximum());
    }

    private static void require(boolean holds, String name, Object given, String range) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is " + given + "; make it " + range);
        }
    }

    /**
     * Opportunity cost: the danger of the next lower level. In s_i, oc(c) = ((c_i - c) / (c_i - c(i+1)))^k D_i; 0 in the
     * lowest level (thesis 3.4.1).
     *
     * <p>With an objective of 100 percent s_1 has no width; its only conformance, 1, is its lower end, and costs D_1.
     *
     * @param conformance 0 to 1
     * @param degree k, positive
     * @throws IllegalArgumentException if either is out of range
     */
    public double opportunityCost(double conformance, double degree) {
        checkDegree(degree);
        return opportunityCost(stepsOwed(conformance), conformance, degree);
    }

    private double opportunityCost(long owed, double conformance, double degree) {
        if (owed == steps) {
            return 0;
        }
        double above = owed == 0 ? 1 : boundary(owed - 1);
        double width = above - boundary(owed);
        double fallen = width > 0 ? (above - conformance) / width : 1;
        return Math.pow(fallen, degree) * costOfStep(owed + 1);
    }

    /**
     * Marginal gain: the chance of the next higher level. In s_i, mg(c) = ((c - c(i+1)) / (c_i - c(i+1)))^k D_(i-1); 0 in
     * the highest level (thesis 3.4.1).
     *
     * @param conformance 0 to 1
     * @param degree k, positive
     * @throws IllegalArgumentException if either is out of range
     */
    public double marginalGain(double conformance, double degree) {
        checkDegree(degree);
        return marginalGain(stepsOwed(conformance), conformance, degree);
    }

    private double marginalGain(long owed, double conformance, double degree) {
        if (owed == 0) {
            return 0;
        }
        double below = owed == steps ? 0 : boundary(owed);
        double width = boundary(owed - 1) - below;
        return Math.pow((conformance - below) / width, degree) * costOfStep(owed);
    }

    /**
     * pen(c) = max(oc(c), mg(c)): what one more late transaction is taken to cost (thesis 3.4.1).
     *
     * @param conformance 0 to 1
     * @param degree k, positive
     * @throws IllegalArgumentException if either is out of range
     */
    public double penalty(double conformance, double degree) {
        checkDegree(degree);
        long owed = stepsOwed(conformance);
        return Math.max(opportunityCost(owed, conformance, degree), marginalGain(owed, conformance, degree));
    }

    static void checkDegree(double degree) {
        if (!(degree > 0 && degree < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("degree is " + degree + "; make it positive and finite");
        }
    }

    /** What dropping below the level of a conformance costs; 0 in the lowest level. */
    double stepBelow(double conformance) {
        long owed = stepsOwed(conformance);
        return owed == steps ? 0 : costOfStep(owed + 1);
    }

    /** The lower boundary of the level of a conformance, inclusive; 0 in the lowest level. */
    double boundaryBelow(double conformance) {
        long owed = stepsOwed(conformance);
        return owed == steps ? 0 : boundary(owed);
    }

    /**
     * What is due at the end of an interval that closed at this conformance: the value for every started step of
     * underfulfilment, 0 to {@link #maximum()}; the agreement's own amounts, not rounded.
     *
     * @param conformance 0 to 1
     * @throws IllegalArgumentException if it is out of range
     */
    public BigDecimal due(double conformance) {
        return value.multiply(BigDecimal.valueOf(stepsOwed(conformance))).min(maximum);
    }

    /**
     * The most that can become due in one interval; 0 where nothing is due. Less than the agreement's maximum where a
     * conformance of 0 does not owe as much.
     */
    public double maximum() {
        return most;
    }

    /** How many steps are owed at a conformance: the index of its level, from 0. */
    long stepsOwed(double conformance) {
        if (!(conformance >= 0 && conformance <= 1)) {
            throw new IllegalArgumentException("conformance is " + conformance + "; make it 0 to 1");
        }
        if (steps == 0) {
            return 0;
        }
        // Division may miss by one, so the boundaries themselves have the last word.
        double guess = Math.ceil((percentUnits - conformance * unitsOfOne) / stepUnits);
        long owed = Math.max(0, Math.min(steps, (long) guess));
        while (owed > 0 && conformance >= boundary(owed - 1)) {
            owed--;
        }
        while (owed < steps && conformance < boundary(owed)) {
            owed++;
        }
        return owed;
    }

    /**
     * The lower boundary of the level in which so many steps are owed, c(owed + 2). Up to 13 decimals both operands are
     * whole numbers that a double holds exactly, and their quotient is the double nearest to the exact boundary.
     */
    private double boundary(long owed) {
        return (percentUnits - owed * stepUnits) / unitsOfOne;
    }

    /** What the step of that number costs, from 1. */
    private double costOfStep(long number) {
        return number == steps ? lastStepCost : stepCost;
    }
}
