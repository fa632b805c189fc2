package io.heliosjdbc.tpcc.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.agreements.Penalty;
import io.heliosjdbc.agreements.PercentileObjective;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Period;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwedTest {
    private static PercentileObjective percent(double percent) {
        return new PercentileObjective(percent, Duration.ofSeconds(5));
    }

    private static Penalty penalty(double points, String maximum) {
        return new Penalty(Period.ofMonths(1), "USD", points, new BigDecimal(1000), new BigDecimal(maximum));
    }

    @ParameterizedTest
    @CsvSource({
        "90, 10, 90, 100, 0",
        "90, 10, 89, 100, 1000",
        "90, 10, 8, 10, 1000",
        "90, 10, 79, 100, 2000",
        "90, 10, 0, 10, 9000",
        "99.9, 0.1, 999, 1000, 0",
        "99.9, 0.1, 998, 1000, 1000",
        "99.9, 0.1, 997, 1000, 2000",
        "70, 0.1, 699, 1000, 1000",
        "90, 95, 0, 10, 1000",
        "90, 10, 0, 0, 0"
    })
    void aStepIsOwedWhenItHasBeenStarted(double percent, double points, long inTime, long total, int due) {
        assertThat(Owed.due(percent(percent), penalty(points, "100000"), inTime, total))
                .isEqualByComparingTo(BigDecimal.valueOf(due));
        assertThat(Owed.violated(percent(percent), inTime, total)).isEqualTo(due > 0);
    }

    @Test
    void noMoreThanTheMaximumIsOwed() {
        assertThat(Owed.due(percent(90), penalty(10, "1500"), 79, 100)).isEqualByComparingTo("1500");
    }

    @Test
    void whatHasNoPenaltyCanBeViolatedAndOwesNothing() {
        assertThat(Owed.violated(percent(90), 0, 1)).isTrue();
        assertThat(Owed.due(percent(90), null, 0, 1)).isZero();
    }
}
