package io.heliosjdbc.slo;

import static io.heliosjdbc.slo.Loads.penalized;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.heliosjdbc.agreements.Guarantee;
import io.heliosjdbc.agreements.PercentileObjective;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceLevelsTest {
    private static final Offset<Double> CLOSE = within(1e-9);
    private static final ServiceLevels SAMPLE = ServiceLevels.of(Loads.SAMPLE);

    @Test
    void penaltyOfTheThesisExampleIsDominatedByTheMarginalGain() {
        assertThat(SAMPLE.opportunityCost(0.87, 2)).isEqualTo(90, CLOSE);
        assertThat(SAMPLE.marginalGain(0.87, 2)).isEqualTo(490, CLOSE);
        assertThat(SAMPLE.penalty(0.87, 2)).isEqualTo(490, CLOSE);
    }

    @Test
    void opportunityCostOfTheCheapLoadFollowsTheDegree() {
        ServiceLevels cheap = ServiceLevels.of(penalized(90, "10", "200", "400"));
        assertThat(cheap.opportunityCost(0.91, 1)).isEqualTo(180, CLOSE);
        assertThat(cheap.opportunityCost(0.91, 6)).isEqualTo(106.2882, CLOSE);
        assertThat(cheap.opportunityCost(0.91, 0.5)).isEqualTo(200 * Math.sqrt(0.9), CLOSE);
    }

    @Test
    void dearLoadOutranksTheCheapOneOnlyBelowTheConformanceOfFigure35() {
        assertThat(SAMPLE.opportunityCost(0.982, 1)).isEqualTo(180, CLOSE);
        assertThat(SAMPLE.opportunityCost(0.931, 6)).isBetween(106.2882, 109.0);
        assertThat(SAMPLE.opportunityCost(0.932, 6)).isLessThan(106.2882);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0",
        "0.95, 0",
        "0.9, 0",
        "0.8999999, 1000",
        "0.87, 1000",
        "0.8, 1000",
        "0.7999999, 2000",
        "0.3, 2000",
        "0, 2000"
    })
    void everyStartedStepIsDueUpToTheMaximum(double conformance, double due) {
        assertThat(SAMPLE.due(conformance)).isEqualByComparingTo(BigDecimal.valueOf(due));
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 0", "0.95, 250, 0", "0.9, 1000, 0", "0.85, 250, 250", "0.8, 1000, 0", "0.4, 0, 250", "0, 0, 0"})
    void costsRiseTowardsTheBoundaryBelowAndGainsTowardsTheOneAbove(double conformance, double cost, double gain) {
        assertThat(SAMPLE.opportunityCost(conformance, 2)).isEqualTo(cost, CLOSE);
        assertThat(SAMPLE.marginalGain(conformance, 2)).isEqualTo(gain, CLOSE);
        assertThat(SAMPLE.penalty(conformance, 2)).isEqualTo(Math.max(cost, gain), CLOSE);
    }

    @Test
    void conformanceJustBelowABoundaryGainsAlmostTheWholeStep() {
        assertThat(SAMPLE.marginalGain(Math.nextDown(0.9), 2)).isEqualTo(1000, CLOSE);
        assertThat(SAMPLE.opportunityCost(Math.nextDown(0.9), 2)).isEqualTo(0, CLOSE);
        assertThat(SAMPLE.marginalGain(Math.nextDown(0.8), 2)).isEqualTo(1000, CLOSE);
    }

    @Test
    void lastStepCostsWhatIsLeftUpToTheMaximum() {
        ServiceLevels levels = ServiceLevels.of(penalized(90, "10", "1000", "2500"));
        assertThat(levels.due(0.75)).isEqualByComparingTo("2000");
        assertThat(levels.due(0.69)).isEqualByComparingTo("2500");
        assertThat(levels.due(0.1)).isEqualByComparingTo("2500");
        assertThat(levels.maximum()).isEqualTo(2500);
        assertThat(levels.opportunityCost(0.8, 1)).isEqualTo(1000, CLOSE);
        assertThat(levels.opportunityCost(0.75, 1)).isEqualTo(250, CLOSE);
        assertThat(levels.marginalGain(0.75, 1)).isEqualTo(500, CLOSE);
        assertThat(levels.marginalGain(0.35, 1)).isEqualTo(250, CLOSE);
    }

    @Test
    void stepsThatWouldBeginAtOrBelowZeroAreCut() {
        ServiceLevels levels = ServiceLevels.of(penalized(90, "30", "1", "100"));
        assertThat(levels.maximum()).isEqualTo(3);
        assertThat(levels.due(0)).isEqualByComparingTo("3");
        assertThat(levels.due(0.3)).isEqualByComparingTo("2");
        assertThat(levels.opportunityCost(0.29, 1)).isZero();
        assertThat(levels.marginalGain(0.15, 1)).isEqualTo(0.5, CLOSE);
    }

    @Test
    void stepWiderThanThePercentIsASingleOne() {
        ServiceLevels levels = ServiceLevels.of(penalized(90, "1e300", "7", "70"));
        assertThat(levels.maximum()).isEqualTo(7);
        assertThat(levels.due(0)).isEqualByComparingTo("7");
        assertThat(levels.marginalGain(0.45, 1)).isEqualTo(3.5, CLOSE);
    }

    @Test
    void objectiveOfAHundredPercentIsInDangerFromTheStart() {
        ServiceLevels levels = ServiceLevels.of(penalized(100, "10", "1000", "2000"));
        assertThat(levels.penalty(1, 2)).isEqualTo(1000);
        assertThat(levels.due(1)).isZero();
        assertThat(levels.due(Math.nextDown(1.0))).isEqualByComparingTo("1000");
        assertThat(levels.opportunityCost(0.95, 2)).isEqualTo(250, CLOSE);
        assertThat(levels.marginalGain(0.95, 2)).isEqualTo(250, CLOSE);
    }

    @Test
    void manyFineStepsAreFoundByArithmetic() {
        ServiceLevels levels = ServiceLevels.of(penalized(99.9, "0.000000001", "0.000000001", "1000"));
        assertThat(levels.maximum()).isEqualTo(99.9);
        assertThat(levels.due(0.998)).isEqualByComparingTo("0.1");
        assertThat(levels.due(0.99899999999)).isEqualByComparingTo("0.000000001");
        assertThat(levels.due(0)).isEqualByComparingTo("99.9");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 1})
    void nothingIsDueWhereNothingIsPromisedOrPriced(double conformance) {
        PercentileObjective objective = new PercentileObjective(90, Duration.ofSeconds(5));
        Guarantee unpriced = new Guarantee("unpriced", objective, null, null, null, null);
        Guarantee unpromised = new Guarantee("unpromised", null, null, null, null, Loads.SAMPLE.penalty());
        for (ServiceLevels levels :
                new ServiceLevels[] {ServiceLevels.of(null), ServiceLevels.of(unpriced), ServiceLevels.of(unpromised)
                }) {
            assertThat(levels.penalty(conformance, 2)).isZero();
            assertThat(levels.due(conformance)).isZero();
            assertThat(levels.maximum()).isZero();
        }
    }

    @Test
    void amountIsTheAgreementsOwn() {
        ServiceLevels levels = ServiceLevels.of(penalized(90, "10", "0.1", "0.3"));
        assertThat(levels.due(0.65)).isEqualTo(new BigDecimal("0.3"));
    }

    @Test
    void wholePercentagesOfCountsAreInsideTheLevelThatBeginsThere() {
        for (int percent = 1; percent <= 100; percent++) {
            ServiceLevels levels = ServiceLevels.of(penalized(percent, "1", "1", "100"));
            for (int all : new int[] {100, 300, 700, 12_300, 999_900}) {
                for (int boundary = 1; boundary <= percent; boundary++) {
                    int timely = all / 100 * boundary;
                    assertThat(levels.due((double) timely / all))
                            .isEqualByComparingTo(BigDecimal.valueOf(percent - boundary));
                    assertThat(levels.due((double) (timely - 1) / all))
                            .isEqualByComparingTo(BigDecimal.valueOf(percent - boundary + 1));
                }
            }
        }
    }

    @Test
    void levelsAgreeWithAnExactStepFunction() {
        SplittableRandom random = new SplittableRandom(20260101);
        for (int round = 0; round < 2_000; round++) {
            Guarantee guarantee = anyGuarantee(random);
            ServiceLevels levels = ServiceLevels.of(guarantee);
            StepFunction exact = new StepFunction(guarantee);
            assertThat(levels.maximum())
                    .isEqualTo(exact.dues.get(exact.dues.size() - 1).doubleValue());
            for (int sample = 0; sample < 40; sample++) {
                long all = 1 + random.nextLong(sample < 20 ? 200 : 10_000_000);
                long timely = anyCount(random, exact, all);
                double conformance = (double) timely / all;
                int degree = 1 + random.nextInt(6);
                String what = guarantee + " at " + timely + "/" + all + ", degree " + degree;
                Offset<Double> close = within(1e-6 * levels.maximum());
                assertThat(levels.due(conformance)).as(what).isEqualByComparingTo(exact.due(timely, all));
                assertThat(levels.opportunityCost(conformance, degree))
                        .as(what)
                        .isEqualTo(exact.opportunityCost(timely, all, degree), close);
                assertThat(levels.marginalGain(conformance, degree))
                        .as(what)
                        .isEqualTo(exact.marginalGain(timely, all, degree), close);
            }
        }
    }

    private static Guarantee anyGuarantee(SplittableRandom random) {
        double percent = random.nextInt(4) == 0
                ? 100
                : BigDecimal.valueOf(1 + random.nextInt(9999), 2).doubleValue();
        BigDecimal points = BigDecimal.valueOf(1 + random.nextInt(3000), random.nextBoolean() ? 2 : 1);
        BigDecimal value = BigDecimal.valueOf(1 + random.nextInt(100_000), random.nextInt(3));
        BigDecimal maximum = value.multiply(BigDecimal.valueOf(100 + random.nextInt(1_000), 2));
        return penalized(percent, points.toString(), value.toString(), maximum.toString());
    }

    /** Half of the counts lie at a boundary or right beside it. */
    private static long anyCount(SplittableRandom random, StepFunction exact, long all) {
        if (random.nextBoolean()) {
            return random.nextLong(all + 1);
        }
        BigDecimal boundary = exact.boundaries.get(random.nextInt(exact.boundaries.size()));
        long at = boundary.multiply(BigDecimal.valueOf(all)).longValue() + random.nextInt(3) - 1;
        return Math.max(0, Math.min(all, at));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.001, 1.001, Double.NaN})
    void conformanceOutOfRangeIsRefused(double conformance) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SAMPLE.penalty(conformance, 2))
                .withMessage("conformance is " + conformance + "; make it 0 to 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServiceLevels.of(null).due(conformance));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void degreeOutOfRangeIsRefused(double degree) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SAMPLE.penalty(0.9, degree))
                .withMessage("degree is " + degree + "; make it positive and finite");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    0   | 10                    | 1  | 2   | percent is 0.0; make it in (0, 100]
                    101 | 10                    | 1  | 2   | percent is 101.0; make it in (0, 100]
                    90  | 0                     | 1  | 2   | perPercentagePoints is 0.0; make it positive
                    90  | NaN                   | 1  | 2   | perPercentagePoints is NaN; make it positive
                    90  | 10                    | 0  | 2   | value is 0; make it positive
                    90  | 10                    | 10 | 9.5 | maximum is 9.5; make it at least the value of one step, 10
                    90  | 0.00000000000000012   | 1  | 2   | percent and step have more than 16 decimals; round them: 9E+1 and 1.2E-16
                    """)
    void numbersThatAPenaltyCannotHaveAreRefused(
            double percent, String points, String value, String maximum, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServiceLevels.of(penalized(percent, points, value, maximum)))
                .withMessage(message);
    }
}
