package io.heliosjdbc.slo;

import io.heliosjdbc.agreements.AccountPer;
import io.heliosjdbc.agreements.DeadlineObjective;
import io.heliosjdbc.agreements.Guarantee;
import io.heliosjdbc.agreements.Penalty;
import io.heliosjdbc.agreements.PercentileObjective;
import io.heliosjdbc.agreements.UserLoad;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Period;
import java.time.temporal.TemporalAmount;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** User loads for tests. */
final class Loads {
    private Loads() {}

    static Guarantee guarantee(double percent, double points, long value, long maximum) {
        return guarantee(percent, points, value, maximum, Period.ofMonths(1), null);
    }

    static Guarantee guarantee(
            double percent,
            double points,
            long value,
            long maximum,
            TemporalAmount interval,
            @Nullable DeadlineObjective deadline) {
        return new Guarantee(
                "latency",
                new PercentileObjective(percent, Duration.ofSeconds(5)),
                deadline,
                null,
                null,
                new Penalty(interval, "USD", points, BigDecimal.valueOf(value), BigDecimal.valueOf(maximum)));
    }

    static UserLoad load(String name, @Nullable Guarantee guarantee) {
        return new UserLoad(name, null, AccountPer.LOAD, List.of(), null, guarantee);
    }
}
