package io.heliosjdbc.tpcc.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EstimateTest {
    /** As printed in every table of Student's t, two-sided, 95 percent. */
    @ParameterizedTest
    @CsvSource({
        "1, 12.706",
        "2, 4.303",
        "3, 3.182",
        "4, 2.776",
        "5, 2.571",
        "6, 2.447",
        "9, 2.262",
        "10, 2.228",
        "29, 2.045",
        "30, 2.042",
        "120, 1.980",
        "999, 1.962"
    })
    void quantilesAreThoseOfTheTables(int freedom, double quantile) {
        assertThat(Estimate.quantile(freedom)).isCloseTo(quantile, within(0.0005));
    }

    @Test
    void fiveKnownValues() {
        // Mean 3, variance 2.5, so 2.776445 * sqrt(2.5 / 5) = 1.963243 to either side.
        Estimate estimate = Estimate.of(5, 1, 4, 2, 3);
        assertThat(estimate.median()).isEqualTo(3);
        assertThat(estimate.mean()).isEqualTo(3);
        assertThat(estimate.low()).isCloseTo(1.036757, within(1e-6));
        assertThat(estimate.high()).isCloseTo(4.963243, within(1e-6));
    }

    @Test
    void theMedianOfAnEvenNumberIsBetweenTheTwoInTheMiddle() {
        Estimate estimate = Estimate.of(10, 1, 2, 4);
        assertThat(estimate.median()).isEqualTo(3);
        assertThat(estimate.mean()).isEqualTo(4.25);
    }

    @Test
    void oneValueHasNoInterval() {
        Estimate estimate = Estimate.of(7);
        assertThat(estimate.median()).isEqualTo(7);
        assertThat(estimate.low()).isNaN();
        assertThat(estimate.high()).isNaN();
    }

    @Test
    void equalValuesHaveAnIntervalOfNoLength() {
        assertThat(Estimate.of(2, 2, 2)).isEqualTo(new Estimate(2, 2, 2, 2));
    }

    @Test
    void whatIsNotFiniteSpoilsAll() {
        assertThat(Estimate.of(1, Double.POSITIVE_INFINITY, 2).median()).isNaN();
        assertThat(Estimate.of(1, Double.NaN, 2).high()).isNaN();
        assertThatIllegalArgumentException().isThrownBy(Estimate::of);
    }

    @Test
    void theMeanIsInTheIntervalAsOftenAsItSays() {
        SplittableRandom random = new SplittableRandom(1);
        int held = 0;
        for (int sample = 0; sample < 20_000; sample++) {
            double[] values = random.doubles(5).map(u -> sum12(random) - 6).toArray();
            Estimate estimate = Estimate.of(values);
            held += estimate.low() <= 0 && 0 <= estimate.high() ? 1 : 0;
        }
        assertThat(held / 20_000.0).isCloseTo(0.95, within(0.01));
    }

    /** Nearly normal about 6, with a variance of 1. */
    private static double sum12(SplittableRandom random) {
        return random.doubles(12).sum();
    }
}
