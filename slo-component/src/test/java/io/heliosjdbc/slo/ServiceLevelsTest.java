package io.heliosjdbc.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.heliosjdbc.agreements.Guarantee;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ServiceLevelsTest {
    private static final ServiceLevels THESIS = ServiceLevels.of(Loads.guarantee(90, 10, 1000, 2000));

    @Test
    void theThesisExampleHasItsValues() {
        assertThat(THESIS.opportunityCost(0.87, 2)).isCloseTo(90, within(1e-9));
        assertThat(THESIS.marginalGain(0.87, 2)).isCloseTo(490, within(1e-9));
        assertThat(THESIS.penalty(0.87, 2)).isCloseTo(490, within(1e-9));
    }

    @Test
    void theDegreeDecidesHowFarFromAStepAnAccountIsDear() {
        ServiceLevels low = ServiceLevels.of(Loads.guarantee(90, 10, 200, 200));
        assertThat(low.opportunityCost(0.91, 1)).isCloseTo(180, within(1e-9));
        assertThat(low.opportunityCost(0.91, 6)).isCloseTo(106.3, within(0.05));
        assertThat(low.opportunityCost(0.91, 2.5)).isCloseTo(200 * Math.pow(0.9, 2.5), within(1e-9));
    }

    @Test
    void everyStartedStepIsDue() {
        assertThat(THESIS.count()).isEqualTo(3);
        assertThat(THESIS.due(1)).isEqualByComparingTo("0");
        assertThat(THESIS.due(90.0 / 100)).isEqualByComparingTo("0");
        assertThat(THESIS.due(89.0 / 100)).isEqualByComparingTo("1000");
        assertThat(THESIS.due(80.0 / 100)).isEqualByComparingTo("1000");
        assertThat(THESIS.due(79.0 / 100)).isEqualByComparingTo("2000");
        assertThat(THESIS.due(0)).isEqualByComparingTo("2000");
        assertThat(THESIS.maximum()).isEqualTo(2000);
    }

    @Test
    void aMaximumThatIsNoMultipleEndsInASmallerStep() {
        ServiceLevels levels = ServiceLevels.of(Loads.guarantee(90, 10, 1000, 2500));
        assertThat(levels.due(0.75)).isEqualByComparingTo("2000");
        assertThat(levels.due(0.65)).isEqualByComparingTo("2500");
        assertThat(levels.maximum()).isEqualTo(2500);
    }

    @Test
    void anObjectiveOfAllTransactionsIsDearFromTheBeginning() {
        ServiceLevels levels = ServiceLevels.of(Loads.guarantee(100, 10, 1000, 1000));
        assertThat(levels.opportunityCost(1, 6)).isEqualTo(1000);
        assertThat(levels.due(0.999)).isEqualByComparingTo("1000");
    }

    @Test
    void nothingPromisedCostsNothing() {
        ServiceLevels levels = ServiceLevels.of(null);
        assertThat(levels.penalty(0.3, 2)).isZero();
        assertThat(levels.due(0)).isEqualByComparingTo("0");
        assertThat(levels.maximum()).isZero();
    }

    /** The definitions of the thesis, read literally over a list of boundaries. */
    private static double[] slow(Guarantee guarantee, double conformance, double degree) {
        var percentile = java.util.Objects.requireNonNull(guarantee.percentile());
        var penalty = java.util.Objects.requireNonNull(guarantee.penalty());
        List<Double> c = new ArrayList<>(List.of(1.0));
        List<Double> d = new ArrayList<>();
        BigDecimal owed = BigDecimal.ZERO;
        for (int i = 0; owed.compareTo(penalty.maximum()) < 0; i++) {
            BigDecimal boundary = BigDecimal.valueOf(percentile.percent())
                    .subtract(BigDecimal.valueOf(penalty.perPercentagePoints()).multiply(BigDecimal.valueOf(i)));
            if (boundary.signum() <= 0) {
                break;
            }
            c.add(boundary.divide(BigDecimal.valueOf(100), MathContext.DECIMAL128)
                    .doubleValue());
            BigDecimal next = owed.add(penalty.value()).min(penalty.maximum());
            d.add(next.subtract(owed).doubleValue());
            owed = next;
        }
        c.add(0.0);
        int n = c.size() - 1;
        int i = n;
        for (int level = 1; level <= n; level++) {
            boolean below = conformance < c.get(level - 1) || level == 1;
            if (below && conformance >= c.get(level)) {
                i = level;
                break;
            }
        }
        double upper = c.get(i - 1);
        double lower = c.get(i);
        double oc = i < n ? Math.pow((upper - conformance) / (upper - lower), degree) * d.get(i - 1) : 0;
        double mg = i > 1 ? Math.pow((conformance - lower) / (upper - lower), degree) * d.get(i - 2) : 0;
        double due = 0;
        for (int step = 0; step < i - 1; step++) {
            due += d.get(step);
        }
        return new double[] {oc, mg, due};
    }

    @Test
    void randomAgreementsPriceAsTheDefinitionsSay() {
        SplittableRandom random = new SplittableRandom(42);
        for (int round = 0; round < 20_000; round++) {
            Guarantee guarantee = Loads.guarantee(
                    random.nextInt(1, 1000) / 10.0,
                    random.nextInt(1, 400) / 10.0,
                    random.nextInt(1, 2000),
                    random.nextInt(2000, 9000));
            ServiceLevels levels = ServiceLevels.of(guarantee);
            double degree = random.nextBoolean() ? random.nextInt(1, 9) : random.nextDouble(0.1, 9);
            int all = random.nextInt(1, 300);
            double conformance = (double) random.nextInt(0, all + 1) / all;
            double[] expected = slow(guarantee, conformance, degree);
            assertThat(levels.opportunityCost(conformance, degree)).isCloseTo(expected[0], within(1e-6));
            assertThat(levels.marginalGain(conformance, degree)).isCloseTo(expected[1], within(1e-6));
            assertThat(levels.penalty(conformance, degree)).isCloseTo(Math.max(expected[0], expected[1]), within(1e-6));
            assertThat(levels.due(conformance).doubleValue()).isCloseTo(expected[2], within(1e-6));
        }
    }
}
