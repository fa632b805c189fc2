package io.heliosjdbc.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EstimatesTest {
    @Test
    void beforeTheFirstObservationTheDefaultServes() {
        assertThat(new RequestType(7_000_000).estimateNanos(5)).isEqualTo(7_000_000);
        assertThat(new TransactionType().remainingNanos(new RequestType(7_000_000), 5))
                .isEqualTo(7_000_000);
    }

    @Test
    void withoutVarianceOfConcurrencyTheMeanServes() {
        RequestType type = new RequestType(1);
        type.observe(3, 2_000_000);
        assertThat(type.estimateNanos(3)).isEqualTo(2_000_000);
        assertThat(type.estimateNanos(300)).isEqualTo(2_000_000);
    }

    @Test
    void anEstimateIsNeverBelowTheFloor() {
        RequestType type = new RequestType(1);
        type.observe(10, 2_000_000);
        type.observe(11, 9_000_000);
        assertThat(type.estimateNanos(1)).isEqualTo(Regression.FLOOR_NANOS);
    }

    @Test
    void aTransactionTypeLearnsTheWholeTransaction() {
        TransactionType type = new TransactionType();
        type.observe(10, 30_000_000, 4);
        type.observe(20, 60_000_000, 4);
        assertThat(type.requests()).isBetween(10.0, 20.0);
        assertThat(type.remainingNanos(new RequestType(1), 4)).isBetween(30_000_000L, 60_000_000L);
    }

    @Test
    void theRunningRegressionEqualsTheWeightedOneOverAllObservations() {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 300; round++) {
            Regression running = new Regression();
            List<double[]> all = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                int concurrency = random.nextInt(1, 30);
                long nanos = 1_000_000L * concurrency + random.nextLong(50_000_000);
                running.observe(concurrency, nanos);
                all.add(new double[] {concurrency, nanos});
            }
            double sw = 0;
            double sx = 0;
            double sy = 0;
            double sxx = 0;
            double sxy = 0;
            for (int i = 0; i < all.size(); i++) {
                double weight = Math.pow(Regression.FORGETTING, all.size() - 1 - i);
                double x = all.get(i)[0];
                double y = all.get(i)[1];
                sw += weight;
                sx += weight * x;
                sy += weight * y;
                sxx += weight * x * x;
                sxy += weight * x * y;
            }
            double slope = (sw * sxy - sx * sy) / (sw * sxx - sx * sx);
            for (int concurrency = 1; concurrency < 40; concurrency += 7) {
                double expected = sy / sw + slope * (concurrency - sx / sw);
                assertThat((double) running.estimate(concurrency))
                        .isCloseTo(Math.max(Regression.FLOOR_NANOS, expected), within(10.0));
            }
        }
    }

    @Test
    void aStreamedPercentileIsTheSortedOneWithinItsBucket() {
        SplittableRandom random = new SplittableRandom(11);
        for (double percentile : new double[] {1, 50, 90, 99.9, 100}) {
            ResponseTimes streamed = new ResponseTimes(percentile);
            long[] all = new long[3_000];
            for (int n = 1; n <= all.length; n++) {
                all[n - 1] = (long) Math.exp(random.nextDouble(0, 30));
                streamed.add(all[n - 1]);
                if (n % 97 == 0) {
                    long[] sorted = Arrays.copyOf(all, n);
                    Arrays.sort(sorted);
                    long exact = sorted[Math.max(1, (int) Math.floor(percentile / 100 * n)) - 1];
                    assertThat(streamed.percentileNanos()).isBetween(exact, exact + exact / 16);
                }
            }
        }
    }
}
