package io.heliosjdbc.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
    void theIntervalNarrowsWithObservationsAndWidensAwayFromThem() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < ConcurrencyRegression.FEWEST; i++) {
            regression.observe(1 + i, 10 * MILLISECOND);
            assertThat(regression.interval(1)).as("after %s", i + 1).isNull();
        }
        long before = Long.MAX_VALUE;
        for (int n : new int[] {10, 40, 200}) {
            for (int i = 0; i < n; i++) {
                regression.observe(1 + random.nextInt(9), 10 * MILLISECOND + random.nextLong(5 * MILLISECOND));
            }
            long width = width(regression, 5);
            assertThat(width).isPositive().isLessThan(before);
            assertThat(width(regression, 50)).isGreaterThan(3 * width);
            assertThat(Objects.requireNonNull(regression.interval(5)).fromNanos())
                    .isLessThan(regression.estimateNanos(5));
            before = width;
        }
    }

    private static long width(ConcurrencyRegression of, int concurrency) {
        EstimateInterval interval = Objects.requireNonNull(of.interval(concurrency));
        return interval.untilNanos() - interval.fromNanos();
    }

    @Test
    void timesOnALineAreKnownExactly() {
        for (int i = 0; i < 500; i++) {
            regression.observe(1 + i % 10, (7 + 3L * (1 + i % 10)) * MILLISECOND);
        }
        assertThat(width(regression, 40)).isLessThan(100);
        EstimateInterval interval = Objects.requireNonNull(regression.interval(40));
        assertThat(interval.fromNanos()).isCloseTo(127 * MILLISECOND, within(100L));
    }

    @Test
    void nineteenOfTwentyIntervalsHoldTheMean() {
        SplittableRandom random = new SplittableRandom(95);
        for (int observations : new int[] {6, 12, 30, 300}) {
            for (int spread : new int[] {1, 10}) {
                int held = 0;
                for (int round = 0; round < 2_000; round++) {
                    ConcurrencyRegression running = new ConcurrencyRegression();
                    for (int i = 0; i < observations; i++) {
                        int concurrency = 1 + random.nextInt(spread);
                        running.observe(
                                concurrency, Math.round((50 + 5 * concurrency + 5 * gaussian(random)) * MILLISECOND));
                    }
                    int asked = 1 + random.nextInt(spread);
                    EstimateInterval interval = running.interval(asked);
                    long mean = (50 + 5L * asked) * MILLISECOND;
                    held += interval != null && interval.fromNanos() <= mean && mean <= interval.untilNanos() ? 1 : 0;
                }
                assertThat(held / 2_000.0).as("%s of %s", observations, spread).isBetween(0.925, 0.98);
            }
        }
    }

    private static double gaussian(SplittableRandom random) {
        return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
    }

    @Test
    void studentsQuantileIsThatOfTheTables() {
        double[][] table = {{3, 3.1824}, {4, 2.7764}, {5, 2.5706}, {10, 2.2281}, {30, 2.0423}, {1e9, 1.95996}};
        for (double[] row : table) {
            assertThat(ConcurrencyRegression.student(row[0])).isEqualTo(row[1], within(0.01 * row[1]));
        }
    }

    @Test
    void afterARestartTheScatterIsTakenForAsLongAsTheTimes() {
        for (int i = 0; i < 300; i++) {
            regression.observe(1 + i % 10, 10 * MILLISECOND);
        }
        ConcurrencyRegression restored = new ConcurrencyRegression();
        restored.restore(regression.state(), 0.5);
        assertThat(width(restored, 5)).isGreaterThan(MILLISECOND);
        for (int i = 0; i < 1_000; i++) {
            restored.observe(1 + i % 10, 10 * MILLISECOND);
        }
        assertThat(width(restored, 5)).isLessThan(MILLISECOND / 10);
    }

    @Test
    void typesSayHowWellTheyKnow() {
        RequestType type = new RequestType(MILLISECOND);
        TransactionType transaction = new TransactionType();
        assertThat(type.estimateInterval(1)).isNull();
        assertThat(transaction.remainingInterval(1)).isNull();
        for (int i = 0; i < 50; i++) {
            type.observe(1, (9 + i % 3) * MILLISECOND);
            transaction.observe(2, (9 + i % 3) * MILLISECOND, 1);
        }
        EstimateInterval interval = Objects.requireNonNull(type.estimateInterval(1));
        assertThat(interval).isEqualTo(transaction.remainingInterval(1));
        assertThat(interval.fromNanos()).isBetween(9 * MILLISECOND, type.estimateNanos(1));
        assertThat(interval.untilNanos()).isBetween(type.estimateNanos(1), 11 * MILLISECOND);
        assertThatIllegalArgumentException().isThrownBy(() -> type.estimateInterval(0));
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
