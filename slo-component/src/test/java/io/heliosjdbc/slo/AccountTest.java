package io.heliosjdbc.slo;

import static io.heliosjdbc.slo.Loads.FIVE_SECONDS;
import static io.heliosjdbc.slo.Loads.SAMPLE;
import static io.heliosjdbc.slo.Loads.account;
import static io.heliosjdbc.slo.Loads.deadline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.heliosjdbc.agreements.DeadlineObjective;
import io.heliosjdbc.agreements.Guarantee;
import io.heliosjdbc.agreements.PercentileObjective;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountTest {
    private static final long SECOND = 1_000_000_000;
    private static final long NEVER = Long.MAX_VALUE;

    @Test
    void accountWithoutTransactionsConformsAndOwesNothing() {
        Account account = account(SAMPLE);
        assertThat(account.conformance()).isEqualTo(1);
        assertThat(account.penalty()).isZero();
        assertThat(account.due()).isZero();
        assertThat(account.maximumPenalty()).isEqualTo(2000);
        assertThat(account.averageResponseTime()).isNull();
        assertThat(account.transactionsPerSecond(FIVE_SECONDS)).isZero();
    }

    @Test
    void transactionIsTimelyUpToAndIncludingTheResponseTime() {
        Account account = account(SAMPLE);
        account.book(0);
        account.book(5 * SECOND);
        assertThat(account.late()).isZero();
        account.book(5 * SECOND + 1);
        assertThat(account.late()).isEqualTo(1);
        assertThat(account.transactions()).isEqualTo(3);
        assertThat(account.conformance()).isEqualTo(2 / 3.0);
    }

    @Test
    void penaltyFollowsEachBookingAsInTheThesisExample() {
        Account account = account(SAMPLE);
        book(account, 87, 13);
        assertThat(account.conformance()).isEqualTo(0.87);
        assertThat(account.penalty()).isEqualTo(490, within(1e-9));
        assertThat(account.due()).isEqualTo(1000);
    }

    @Test
    void ninetyOfAHundredTimelyKeepAnObjectiveOfNinetyPercent() {
        Account account = account(SAMPLE);
        book(account, 90, 10);
        assertThat(account.due()).isZero();
        assertThat(account.penalty()).isEqualTo(1000, within(1e-9));
        book(account, 0, 1);
        assertThat(account.due()).isEqualTo(1000);
    }

    @Test
    void degreeIsTheComponents() {
        Account account = account(Loads.penalized(90, "10", "200", "400"), 6);
        book(account, 91, 9);
        assertThat(account.penalty()).isEqualTo(106.2882, within(1e-9));
    }

    @Test
    void accountOfItsOwnStandsLikeOneOfAComponent() {
        Account account = new Account(
                new AccountKey("checkout", "acme"), Loads.load("checkout", SAMPLE), 2, Loads.OPENED.plusSeconds(60));
        book(account, 87, 13);
        assertThat(account.penalty()).isEqualTo(490, within(1e-9));
        assertThat(account.timelyNanos()).isEqualTo(5 * SECOND);
        assertThat(account.intervalFrom()).isEqualTo("2026-01-01T00:01:00Z");
        assertThat(account(null).timelyNanos()).isEqualTo(NEVER);
    }

    @Test
    void refusedTransactionIsLateButHasNoResponseTime() {
        Account account = account(SAMPLE);
        account.book(2 * SECOND);
        account.bookRefused();
        assertThat(account.transactions()).isEqualTo(2);
        assertThat(account.late()).isEqualTo(1);
        assertThat(account.refused()).isEqualTo(1);
        assertThat(account.averageResponseTime()).isEqualTo(Duration.ofSeconds(2));
        assertThat(account.transactionsPerSecond(Duration.ofSeconds(4))).isEqualTo(0.25);
    }

    @Test
    void loadWithoutGuaranteeIsCountedAndNeverLateOrDear() {
        Account account = account(null);
        account.book(Long.MAX_VALUE);
        account.book(1);
        assertThat(account.transactions()).isEqualTo(2);
        assertThat(account.conformance()).isEqualTo(1);
        account.bookRefused();
        assertThat(account.conformance()).isEqualTo(2 / 3.0);
        assertThat(account.penalty()).isZero();
        assertThat(account.due()).isZero();
        assertThat(account.startBy(0, 1)).isEqualTo(NEVER);
        assertThat(account.enforceAt(0, 1)).isEqualTo(NEVER);
        assertThat(account.intervalFrom()).isEqualTo(Loads.OPENED);
        assertThat(account.intervalUntil()).isEqualTo(Instant.MAX);
    }

    @Test
    void percentileObjectiveWithoutPenaltyStillTellsLateFromTimely() {
        Account account =
                account(new Guarantee("unpriced", new PercentileObjective(90, FIVE_SECONDS), null, null, null, null));
        account.book(6 * SECOND);
        assertThat(account.conformance()).isZero();
        assertThat(account.penalty()).isZero();
        assertThat(account.startBy(10, 1)).isEqualTo(5 * SECOND + 9);
    }

    @Test
    void countsAgreeWithAnExactStepFunction() {
        SplittableRandom random = new SplittableRandom(4);
        StepFunction exact = new StepFunction(SAMPLE);
        for (int round = 0; round < 50; round++) {
            Account account = account(SAMPLE);
            double timelyShare = random.nextDouble(0.6, 1);
            long timely = 0;
            for (int n = 1; n <= 400; n++) {
                boolean inTime = random.nextDouble() < timelyShare;
                timely += inTime ? 1 : 0;
                if (!inTime && random.nextBoolean()) {
                    account.bookRefused();
                } else {
                    account.book(inTime ? random.nextLong(5 * SECOND + 1) : 5 * SECOND + 1 + random.nextLong(SECOND));
                }
                assertThat(account.late()).isEqualTo(n - timely);
                assertThat(account.due()).isEqualTo(exact.due(timely, n).doubleValue());
                assertThat(account.penalty())
                        .isEqualTo(
                                Math.max(exact.opportunityCost(timely, n, 2), exact.marginalGain(timely, n, 2)),
                                within(1e-6));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1000000000, 4000000000",
        "-7000000000, 1000000000, -3000000000",
        "0, 9000000000, -4000000000",
        "9223372036854775806, 1, 9223372036854775807",
        "9223372036854775806, 4999999999, 9223372036854775807",
        "9223372036854775806, 5000000000, 9223372036854775806",
        "9223372036854775807, 9223372036854775807, 5000000000",
        "-9223372036854775808, 9223372036854775807, -9223372036854775808",
        "-9223372036854775808, 5000000001, -9223372036854775808",
        "-9223372036854775808, 5000000000, -9223372036854775808",
        "-9223372036854775808, 4999999999, -9223372036854775807"
    })
    void startBySaturatesAtBothEndsOfTheClock(long arrival, long remaining, long startBy) {
        assertThat(account(SAMPLE).startBy(arrival, remaining)).isEqualTo(startBy);
    }

    @Test
    void instantsAgreeWithUnboundedArithmetic() {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 20_000; round++) {
            long limit = random.nextLong(1, NEVER) >>> random.nextInt(50);
            long arrival = random.nextLong() >> random.nextInt(64);
            long remaining = random.nextLong(0, NEVER) >>> random.nextInt(63);
            Duration limitTime = Duration.ofNanos(limit);
            Account account = account(deadline(new PercentileObjective(90, limitTime), fixed(limitTime)));
            long expected = BigInteger.valueOf(arrival)
                    .add(BigInteger.valueOf(limit))
                    .subtract(BigInteger.valueOf(remaining))
                    .min(BigInteger.valueOf(Long.MAX_VALUE))
                    .max(BigInteger.valueOf(Long.MIN_VALUE))
                    .longValueExact();
            assertThat(account.startBy(arrival, remaining)).isEqualTo(expected);
            assertThat(account.enforceAt(arrival, remaining)).isEqualTo(expected);
            assertThat(account.enforceAt(arrival, remaining, NEVER)).isEqualTo(expected);
            Account later = account(deadline(null, fixed(limitTime.plusSeconds(1))));
            assertThat(later.enforceAt(arrival, remaining, limit)).isEqualTo(expected);
        }
    }

    @Test
    void timesBeyondTheClocksRangeAreNever() {
        Duration ages = Duration.ofDays(365 * 300);
        Account account = account(deadline(new PercentileObjective(90, ages), fixed(ages)));
        assertThat(account.startBy(-5, 1)).isEqualTo(NEVER);
        assertThat(account.enforceAt(-5, 1)).isEqualTo(NEVER);
    }

    @Test
    void dynamicDeadlineFollowsThePercentileOfAllResponseTimes() {
        Account account = account(deadline(null, new DeadlineObjective.Dynamic(90)));
        for (int i = 1; i <= 19; i++) {
            account.book(i * SECOND);
            assertThat(account.enforceAt(0, SECOND)).isEqualTo(NEVER);
        }
        account.book(20 * SECOND);
        // Position 18 of 20 is 18 s.
        assertThat(account.enforceAt(100 * SECOND, SECOND))
                .isLessThanOrEqualTo(117 * SECOND)
                .isGreaterThan(117 * SECOND - 18 * SECOND / 32);
        for (int i = 0; i < 180; i++) {
            account.book(SECOND);
        }
        assertThat(account.enforceAt(100 * SECOND, SECOND))
                .isLessThanOrEqualTo(100 * SECOND)
                .isGreaterThan(100 * SECOND - SECOND / 32);
        account.bookRefused();
        assertThat(account.enforceAt(100 * SECOND, SECOND)).isGreaterThan(99 * SECOND);
    }

    @Test
    void averageResponseTimeObjectiveIsKeptUpToAndIncludingItsLimit() {
        Account account = account(new Guarantee("average", null, null, null, Duration.ofSeconds(2), null));
        assertThat(account.keepsAverageResponseTime()).isTrue();
        account.book(SECOND);
        account.book(3 * SECOND);
        assertThat(account.keepsAverageResponseTime()).isTrue();
        account.book(2 * SECOND + 3);
        assertThat(account.averageResponseTime()).isEqualTo(Duration.ofNanos(2 * SECOND + 1));
        assertThat(account.keepsAverageResponseTime()).isFalse();
    }

    @Test
    void throughputObjectiveIsKeptByCompletedTransactionsOnly() {
        Account account = account(new Guarantee("throughput", null, null, 2.0, null, null));
        for (int i = 0; i < 10; i++) {
            account.book(1);
        }
        assertThat(account.keepsThroughput(Duration.ofSeconds(5))).isTrue();
        assertThat(account.keepsThroughput(Duration.ofMillis(5_001))).isFalse();
        account.bookRefused();
        assertThat(account.keepsThroughput(Duration.ofMillis(5_001))).isFalse();
        assertThat(account(null).keepsThroughput(FIVE_SECONDS)).isTrue();
    }

    @Test
    void penaltyFunctionCarriesWhatTheSchedulerReads() {
        Guarantee guarantee =
                new Guarantee("both", SAMPLE.percentile(), fixed(Duration.ofSeconds(15)), null, null, SAMPLE.penalty());
        Account account = account(guarantee);
        book(account, 87, 13);
        PenaltyFunction function = account.penaltyFunction(SECOND, 2 * SECOND);
        assertThat(function).isEqualTo(new PenaltyFunction(4 * SECOND, account.penalty(), 14 * SECOND));
    }

    @Test
    void numbersThatCannotBeAreRefused() {
        Account account = account(SAMPLE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> account.book(-1))
                .withMessage("response time is -1 ns; make it at least 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> account.startBy(0, -1))
                .withMessage("remaining time is -1 ns; make it at least 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> account.transactionsPerSecond(Duration.ZERO))
                .withMessage("elapsed time is PT0S; make it positive");
        assertThat(account.transactions()).isZero();
    }

    private static void book(Account account, int timely, int late) {
        for (int i = 0; i < timely; i++) {
            account.book(5 * SECOND);
        }
        for (int i = 0; i < late; i++) {
            account.book(6 * SECOND);
        }
    }

    private static DeadlineObjective fixed(Duration time) {
        return new DeadlineObjective.Static(time);
    }
}
