package io.heliosjdbc.tpcc.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BySecondTest {
    private static final long MILLI = 1_000_000;

    @Test
    void aLongMeasurementKeepsTwoNumbersForASecond() {
        BySecond hour = new BySecond(3600);
        for (int second = 0; second < 3600; second++) {
            for (int i = 1; i <= 20; i++) {
                hour.answered(second, (i + second % 7) * MILLI, true);
            }
        }
        assertThat(hour.open()).isEqualTo(10);
        assertThat(hour.counts()).hasSize(3600).containsOnly(20);
        double[] percentiles = hour.percentiles();
        assertThat(percentiles[0]).isBetween(19.0, 19.2);
        assertThat(percentiles[3599]).as("it is still open").isBetween(20.0, 20.3);
        assertThat(percentiles).doesNotContain(Double.NaN);
    }

    @Test
    void whoTellsALittleLateIsCountedWhereHeBelongs() {
        BySecond seconds = new BySecond(30);
        seconds.answered(11, 5 * MILLI, true);
        seconds.answered(2, 7 * MILLI, true);
        seconds.answered(1, 9 * MILLI, true);
        assertThat(seconds.counts()).startsWith(0, 1, 1);
        assertThat(seconds.percentiles()[2]).isBetween(7.0, 7.1);
        assertThat(seconds.percentiles()[1]).as("too late for that").isNaN();
    }

    @Test
    void whatItsUserRolledBackIsAnsweredButHasNoPartInThePercentile() {
        BySecond seconds = new BySecond(2);
        seconds.answered(0, 5 * MILLI, true);
        seconds.answered(0, 900 * MILLI, false);
        seconds.answered(1, 900 * MILLI, false);
        assertThat(seconds.counts()).containsExactly(2, 1);
        assertThat(seconds.percentiles()[0]).isBetween(5.0, 5.1);
        assertThat(seconds.percentiles()[1]).isNaN();
    }
}
