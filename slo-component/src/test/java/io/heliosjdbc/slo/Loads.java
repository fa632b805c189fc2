package io.heliosjdbc.slo;

import io.heliosjdbc.agreements.AccountPer;
import io.heliosjdbc.agreements.DeadlineObjective;
import io.heliosjdbc.agreements.Guarantee;
import io.heliosjdbc.agreements.Penalty;
import io.heliosjdbc.agreements.PercentileObjective;
import io.heliosjdbc.agreements.UserLoad;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.temporal.TemporalAmount;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** User loads and guarantees for tests, made by hand. */
final class Loads {
    static final Instant OPENED = Instant.parse("2026-01-01T00:00:00Z");
    static final Duration FIVE_SECONDS = Duration.ofSeconds(5);

    /** d1 of thesis 3.2.1: 90 percent under 5 s, 1000 per 10 points, at most 2000, per month. */
    static final Guarantee SAMPLE = penalized(90, "10", "1000", "2000");

    private Loads() {}

    static Guarantee penalized(double percent, String points, String value, String maximum) {
        return penalized(percent, points, value, maximum, Period.ofMonths(1));
    }

    static Guarantee penalized(
            double percent, String points, String value, String maximum, TemporalAmount assessmentInterval) {
        return new Guarantee(
                "latency",
                new PercentileObjective(percent, FIVE_SECONDS),
                null,
                null,
                null,
                new Penalty(
                        assessmentInterval,
                        "USD",
                        Double.parseDouble(points),
                        new BigDecimal(value),
                        new BigDecimal(maximum)));
    }

    static Guarantee deadline(@Nullable PercentileObjective percentile, DeadlineObjective deadline) {
        return new Guarantee("deadline", percentile, deadline, null, null, null);
    }

    static UserLoad load(String name, @Nullable Guarantee guarantee) {
        return load(name, AccountPer.LOAD, guarantee);
    }

    static UserLoad load(String name, AccountPer per, @Nullable Guarantee guarantee) {
        return new UserLoad(name, null, per, List.of(), null, guarantee);
    }

    /** An account of a load of its own, with the thesis's degree. */
    static Account account(@Nullable Guarantee guarantee) {
        return account(guarantee, 2);
    }

    static Account account(@Nullable Guarantee guarantee, double degree) {
        UserLoad load = load("checkout", guarantee);
        return new SloComponent(List.of(load), degree, OPENED).account(load, null);
    }
}
