package io.heliosjdbc.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseTimePercentileTest {
    private static final long RESOLUTION = 1_024;

    @Test
    void fewResponseTimesGiveNoPercentile() {
        ResponseTimePercentile median = new ResponseTimePercentile(50);
        for (int i = 1; i < ResponseTimePercentile.FEWEST_OBSERVATIONS; i++) {
            median.add(5_000_000_000L);
            assertThat(median.nanos()).isEqualTo(Long.MAX_VALUE);
        }
        median.add(5_000_000_000L);
        assertThat(median.nanos()).isBetween(4_843_750_000L, 5_000_000_000L);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 29, 50, 57, 90, 99, 100})
    void percentileAgreesWithSortingAllResponseTimes(int percentile) {
        SplittableRandom random = new SplittableRandom(percentile);
        for (int round = 0; round < 6; round++) {
            ResponseTimePercentile running = new ResponseTimePercentile(percentile);
            List<Long> sorted = new ArrayList<>();
            for (int n = 1; n <= 1_500; n++) {
                long nanos = anyTime(random, round, n);
                running.add(nanos);
                int place = Collections.binarySearch(sorted, nanos);
                sorted.add(place < 0 ? -place - 1 : place, nanos);
                if (n < ResponseTimePercentile.FEWEST_OBSERVATIONS) {
                    continue;
                }
                long exact = sorted.get(Math.max(1, percentile * n / 100) - 1);
                assertThat(running.nanos())
                        .as("round %s, n = %s", round, n)
                        .isLessThanOrEqualTo(exact)
                        .isGreaterThan(exact - Math.max(RESOLUTION, exact / 32) - 1);
            }
        }
    }

    /** Every magnitude at random; rising; falling; one of two; all alike; a load that grows ten times slower half-way. */
    private static long anyTime(SplittableRandom random, int round, int n) {
        return switch (round) {
            case 0 -> random.nextLong() >>> (1 + random.nextInt(63));
            case 1 -> n * 1_000_000L;
            case 2 -> 10_000_000_000L - n * 1_000_000L;
            case 3 -> random.nextBoolean() ? 0 : Long.MAX_VALUE;
            case 4 -> 123_456_789;
            default -> (n < 700 ? 1 : 10) * (1_000_000 + random.nextLong(100_000_000));
        };
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 100.5, Double.NaN})
    void percentileOutOfRangeIsRefused(double percentile) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ResponseTimePercentile(percentile))
                .withMessage("percentile is " + percentile + "; make it greater than 0, at most 100");
    }
}
