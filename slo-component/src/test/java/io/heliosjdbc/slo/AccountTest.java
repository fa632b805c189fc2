package io.heliosjdbc.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.heliosjdbc.agreements.DeadlineObjective;
import io.heliosjdbc.agreements.UserLoad;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import org.junit.jupiter.api.Test;

class AccountTest {
    private static final Instant OPENED = Instant.parse("2026-01-15T10:00:00Z");
    private static final long SECOND = 1_000_000_000L;

    private static Account account(UserLoad load) {
        return new Account(new AccountKey(load.name(), null), load, 2, OPENED);
    }

    @Test
    void aNewAccountConforms() {
        Account account = account(Loads.load("checkout", Loads.guarantee(90, 10, 1000, 2000)));
        assertThat(account.conformance()).isEqualTo(1);
        assertThat(account.penalty()).isZero();
        assertThat(account.due()).isZero();
        assertThat(account.maximumPenalty()).isEqualTo(2000);
    }

    @Test
    void bookingMovesConformanceAndPenalty() {
        Account account = account(Loads.load("checkout", Loads.guarantee(90, 10, 1000, 2000)));
        for (int i = 0; i < 87; i++) {
            account.book(5 * SECOND);
        }
        for (int i = 0; i < 12; i++) {
            account.book(5 * SECOND + 1);
        }
        account.bookRefused();
        assertThat(account.transactions()).isEqualTo(100);
        assertThat(account.late()).isEqualTo(13);
        assertThat(account.conformance()).isEqualTo(0.87);
        assertThat(account.penalty()).isCloseTo(490, within(1e-9));
        assertThat(account.due()).isEqualTo(1000);
    }

    @Test
    void latestStartAndEnforcementFollowFromObjectivesAndEstimate() {
        Account account = account(Loads.load(
                "checkout",
                Loads.guarantee(90, 10, 1, 1, Period.ofDays(1), new DeadlineObjective.Static(Duration.ofSeconds(15)))));
        assertThat(account.startBy(100 * SECOND, 2 * SECOND)).isEqualTo(103 * SECOND);
        assertThat(account.enforceAt(100 * SECOND, 2 * SECOND)).isEqualTo(113 * SECOND);
        Account free = account(Loads.load("free", null));
        assertThat(free.startBy(100, 2)).isEqualTo(Long.MAX_VALUE);
        assertThat(free.enforceAt(100, 2)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aDynamicDeadlineFollowsTheResponseTimes() {
        Account account = account(Loads.load(
                "checkout", Loads.guarantee(90, 10, 1, 1, Period.ofDays(1), new DeadlineObjective.Dynamic(50))));
        for (int i = 1; i < Account.LEAST_OBSERVATIONS; i++) {
            account.book(i * SECOND);
        }
        assertThat(account.enforceAt(0, 0)).isEqualTo(Long.MAX_VALUE);
        account.book(Account.LEAST_OBSERVATIONS * SECOND);
        assertThat(account.enforceAt(0, 0)).isBetween(10 * SECOND, 10 * SECOND + 10 * SECOND / 16);
    }

    @Test
    void anEndedIntervalIsSettledOnce() {
        Account account = account(Loads.load("checkout", Loads.guarantee(90, 10, 1000, 2000)));
        account.book(SECOND);
        account.book(9 * SECOND);
        assertThat(account.settle(Instant.parse("2026-01-31T23:59:59Z"))).isNull();
        Settlement settlement = account.settle(Instant.parse("2026-02-01T00:00:00Z"));
        assertThat(settlement)
                .isEqualTo(new Settlement(
                        account.key(),
                        Instant.parse("2026-01-01T00:00:00Z"),
                        Instant.parse("2026-02-01T00:00:00Z"),
                        2,
                        1,
                        0.5,
                        java.math.BigDecimal.valueOf(2000),
                        "USD"));
        assertThat(account.transactions()).isZero();
        assertThat(account.settle(Instant.parse("2026-02-02T00:00:00Z"))).isNull();
        assertThat(account.settle(Instant.parse("2026-05-02T00:00:00Z"))).isNull();
    }
}
