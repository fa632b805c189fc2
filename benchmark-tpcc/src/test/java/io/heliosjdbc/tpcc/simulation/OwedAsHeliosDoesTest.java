package io.heliosjdbc.tpcc.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.agreements.Guarantee;
import io.heliosjdbc.agreements.Penalty;
import io.heliosjdbc.agreements.PercentileObjective;
import io.heliosjdbc.slo.ServiceLevels;
import io.heliosjdbc.tpcc.promises.Owed;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Period;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The harness reckons by itself; the same counts must come to the same. */
class OwedAsHeliosDoesTest {
    @ParameterizedTest
    @CsvSource({"90, 10", "95, 5", "99.9, 0.1", "100, 10", "70, 3", "90, 95", "12.5, 2.5"})
    void theHarnessAndHeliosReckonAlike(double percent, double points) {
        PercentileObjective objective = new PercentileObjective(percent, Duration.ofSeconds(5));
        Penalty penalty = new Penalty(Period.ofMonths(1), "USD", points, new BigDecimal(1000), new BigDecimal(7500));
        ServiceLevels levels = ServiceLevels.of(new Guarantee("g", objective, null, null, null, penalty));
        for (int total : new int[] {1, 3, 7, 10, 1000}) {
            for (int inTime = 0; inTime <= total; inTime++) {
                assertThat(Owed.due(objective, penalty, inTime, total))
                        .as("%d of %d", inTime, total)
                        .isEqualByComparingTo(levels.due((double) inTime / total));
            }
        }
    }
}
