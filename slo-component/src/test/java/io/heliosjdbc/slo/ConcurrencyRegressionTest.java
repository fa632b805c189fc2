package io.heliosjdbc.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ConcurrencyRegressionTest {
    private static final long MILLISECOND = 1_000_000;

    private final ConcurrencyRegression regression = new ConcurrencyRegression();

    private record Observation(int concurrency, long nanos) {}

    @Test
    void timesOnALineAreRecoveredBeyondTheObservedConcurrencies() {
        for (int concurrency = 1; concurrency <= 10; concurrency++) {
            regression.observe(concurrency, (7 + 3L * concurrency) * MILLISECOND);
        }
        assertThat(regression.estimateNanos(1)).isEqualTo(10 * MILLISECOND);
        assertThat(regression.estimateNanos(100)).isEqualTo(307 * MILLISECOND);
    }

    @Test
    void constantConcurrencyGivesTheMean() {
        regression.observe(4, 10 * MILLISECOND);
        assertThat(regression.estimateNanos(40)).isEqualTo(10 * MILLISECOND);
        regression.observe(4, 20 * MILLISECOND);
        // Weights 0.99 and 1.
        assertThat(regression.estimateNanos(1)).isEqualTo(15_025_126);
    }

    @Test
    void singleTimeAtAnotherConcurrencyDrawsNoSlope() {
        for (int i = 0; i < 1_000; i++) {
            regression.observe(4, 10 * MILLISECOND);
        }
        regression.observe(5, 1_000 * MILLISECOND);
        assertThat(regression.estimateNanos(50)).isEqualTo(regression.estimateNanos(1));
        regression.observe(5, 1_000 * MILLISECOND);
        assertThat(regression.estimateNanos(50)).isGreaterThan(regression.estimateNanos(1));
    }

    @Test
    void timesThatFallWithConcurrencyGiveTheMean() {
        regression.observe(1, 10 * MILLISECOND);
        regression.observe(2, 5 * MILLISECOND);
        assertThat(regression.estimateNanos(50))
                .isEqualTo(regression.estimateNanos(1))
                .isBetween(5 * MILLISECOND, 10 * MILLISECOND);
    }

    @Test
    void timesThatGrowFasterThanConcurrencyAreTakenAsProportional() {
        regression.observe(5, 10 * MILLISECOND);
        regression.observe(6, 30 * MILLISECOND);
        double mean = regression.estimateNanos(5) / 5.0;
        assertThat(regression.estimateNanos(1))
                .isCloseTo(Math.round(mean), within(1L))
                .isPositive();
        assertThat(regression.estimateNanos(50)).isCloseTo(Math.round(50 * mean), within(50L));
    }

    @Test
    void estimateIsNeverShorterThanTheFloor() {
        regression.observe(1, 0);
        assertThat(regression.estimateNanos(1)).isEqualTo(1_000);
    }

    @Test
    void changedTimesAreKnownAfterAFewHundredObservations() {
        for (int i = 0; i < 10_000; i++) {
            regression.observe(1 + i % 10, 10 * MILLISECOND);
        }
        for (int i = 0; i < 500; i++) {
            regression.observe(1 + i % 10, 100 * MILLISECOND);
        }
        assertThat(regression.estimateNanos(5)).isBetween(99 * MILLISECOND, 100 * MILLISECOND);
    }

    @Test
    void estimatesAgreeWithARegressionOfAllWeightedObservations() {
        SplittableRandom random = new SplittableRandom(33);
        int sloped = 0;
        int flat = 0;
        int proportional = 0;
        for (int round = 0; round < 300; round++) {
            ConcurrencyRegression running = new ConcurrencyRegression();
            List<Observation> all = new ArrayList<>();
            double fixed = random.nextDouble(-0.5, 1) * 100 * MILLISECOND;
            double perRequest = random.nextDouble(-0.2, 1) * 10 * MILLISECOND;
            int spread = 1 + random.nextInt(20);
            int least = 1 + random.nextInt(20);
            for (int n = 0; n < 200; n++) {
                int concurrency = least + random.nextInt(spread);
                long nanos = Math.round(
                        Math.max(0, fixed + perRequest * concurrency) * (0.5 + random.nextDouble()) + MILLISECOND);
                all.add(new Observation(concurrency, nanos));
                running.observe(concurrency, nanos);
            }
            Line line = Line.through(all);
            if (line.slope <= 0) {
                flat++;
            } else if (line.slope >= line.meanNanos / line.meanConcurrency) {
                proportional++;
            } else {
                sloped++;
            }
            for (int concurrency = 1; concurrency <= 60; concurrency++) {
                double expected = line.at(concurrency);
                assertThat((double) running.estimateNanos(concurrency))
                        .isEqualTo(expected, within(1 + 1e-9 * expected));
            }
        }
        assertThat(List.of(sloped, flat, proportional)).allMatch(count -> count > 20);
    }

    /** The textbook's two passes over all observations. */
    private record Line(double meanConcurrency, double meanNanos, double slope) {
        static Line through(List<Observation> all) {
            double weights = 0;
            double concurrency = 0;
            double nanos = 0;
            for (int i = 0; i < all.size(); i++) {
                double weight = Math.pow(0.99, all.size() - 1.0 - i);
                weights += weight;
                concurrency += weight * all.get(i).concurrency;
                nanos += weight * all.get(i).nanos;
            }
            concurrency /= weights;
            nanos /= weights;
            double squares = 0;
            double products = 0;
            for (int i = 0; i < all.size(); i++) {
                double weight = Math.pow(0.99, all.size() - 1.0 - i);
                double distance = all.get(i).concurrency - concurrency;
                squares += weight * distance * distance;
                products += weight * distance * (all.get(i).nanos - nanos);
            }
            return new Line(concurrency, nanos, squares / weights < 0.01 ? 0 : products / squares);
        }

        double at(int concurrency) {
            double held = Math.min(Math.max(slope, 0), meanNanos / meanConcurrency);
            return Math.max(1_000, meanNanos + held * (concurrency - meanConcurrency));
        }
    }

    @Test
    void impossibleObservationsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> regression.observe(0, 1))
                .withMessage(
                        "observed 1 ns at concurrency 0; give a time of at least 0 at a concurrency of at least 1");
        assertThatIllegalArgumentException().isThrownBy(() -> regression.observe(1, -1));
        assertThat(regression.isEmpty()).isTrue();
    }
}
