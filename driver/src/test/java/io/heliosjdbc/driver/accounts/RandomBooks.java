package io.heliosjdbc.driver.accounts;

import io.heliosjdbc.agreements.AccountPer;
import io.heliosjdbc.agreements.AssessmentInterval;
import io.heliosjdbc.agreements.Guarantee;
import io.heliosjdbc.agreements.Penalty;
import io.heliosjdbc.agreements.PercentileObjective;
import io.heliosjdbc.agreements.UserLoad;
import io.heliosjdbc.slo.AccountState;
import io.heliosjdbc.slo.LoadState;
import io.heliosjdbc.slo.RegressionState;
import io.heliosjdbc.slo.RequestTypeState;
import io.heliosjdbc.slo.ResponseTimeCount;
import io.heliosjdbc.slo.TransactionTypeState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Books as nobody would keep them. */
final class RandomBooks {
    private static final List<TemporalAmount> INTERVALS = List.of(
            Period.ofMonths(1), Period.ofYears(1), Period.of(0, 1, 15), Duration.ofHours(1), Duration.ofMillis(1));
    private static final List<AccountPer> PER = List.of(AccountPer.values());
    private static final String LETTERS = "ab \"\\\n\r\t\0\u007f\u0085\u2028\ud83d\ude00\ud800\udc00\ufeffß-'{},:";

    private final SplittableRandom random;

    /** An account of an hourly load that owes something as soon as it is late. */
    record Owing(UserLoad load, String owner) {}

    static Owing owing(String load, String owner) {
        return new Owing(load(load, new AssessmentInterval.Calendar(Duration.ofHours(1))), owner);
    }

    /** A load whose accounts are settled after two transactions each. */
    static UserLoad settledAfterTwo(String load) {
        return load(load, new AssessmentInterval.Transactions(2));
    }

    /** A load whose accounts are settled each month. */
    static UserLoad perClient(String load) {
        return load(load, new AssessmentInterval.Calendar(Period.ofMonths(1)));
    }

    private static UserLoad load(String name, AssessmentInterval interval) {
        return new UserLoad(
                name,
                null,
                AccountPer.CLIENT,
                List.of(),
                null,
                new Guarantee(
                        "latency",
                        new PercentileObjective(90, Duration.ofSeconds(5)),
                        null,
                        null,
                        null,
                        new Penalty(interval, "USD", 10, BigDecimal.valueOf(1_000), BigDecimal.valueOf(2_000))));
    }

    RandomBooks(long seed) {
        random = new SplittableRandom(seed);
    }

    List<LoadState> loads(int most) {
        return some(most, this::load);
    }

    private LoadState load() {
        boolean priced = random.nextBoolean();
        Instant from = Instant.ofEpochSecond(random.nextLong(1L << 33), random.nextInt(1_000_000_000));
        return new LoadState(
                text(),
                PER.get(random.nextInt(PER.size())),
                from,
                priced ? from.plusNanos(random.nextLong(1, Long.MAX_VALUE)) : Instant.MAX,
                priced || random.nextBoolean()
                        ? new PercentileObjective(
                                random.nextInt(1, 1_000) / 10.0, Duration.ofNanos(random.nextLong(1, 1L << 50)))
                        : null,
                priced ? penalty() : null,
                some(5, this::account),
                some(3, () -> new RequestTypeState(text(), regression())),
                some(3, this::transactionType));
    }

    private Penalty penalty() {
        BigDecimal value = BigDecimal.valueOf(random.nextLong(1, 1_000_000), random.nextInt(-3, 4));
        return new Penalty(
                random.nextInt(3) == 0
                        ? new AssessmentInterval.Transactions(random.nextLong(1, 1L << 40))
                        : new AssessmentInterval.Calendar(INTERVALS.get(random.nextInt(INTERVALS.size()))),
                text(),
                random.nextInt(1, 1_000) / 10.0,
                value,
                value.multiply(BigDecimal.valueOf(random.nextLong(1, 50))));
    }

    private AccountState account() {
        long refused = random.nextInt(100);
        long late = refused + random.nextInt(100);
        return new AccountState(
                random.nextInt(4) == 0 ? null : text(),
                late + random.nextLong(1L << 40),
                late,
                refused,
                random.nextDouble(1e20),
                some(3, () -> new ResponseTimeCount(random.nextLong(1L << 62), random.nextLong(1, 1L << 40))),
                random.nextInt(3) == 0
                        ? Instant.ofEpochSecond(random.nextLong(1L << 33), random.nextInt(1_000_000_000))
                        : null);
    }

    private RegressionState regression() {
        return new RegressionState(
                positive(), positive(), random.nextDouble(1e12), random.nextDouble(), random.nextDouble(-1, 1) * 1e15);
    }

    private TransactionTypeState transactionType() {
        return new TransactionTypeState(
                text(), regression(), positive(), positive(), positive(), positive(), random.nextDouble(1e9));
    }

    private double positive() {
        return 1e-9 + random.nextDouble(100);
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    private <T> List<T> some(int most, Supplier<T> one) {
        List<T> some = new ArrayList<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            some.add(one.get());
        }
        return some;
    }
}
