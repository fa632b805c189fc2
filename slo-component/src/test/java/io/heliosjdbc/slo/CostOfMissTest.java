package io.heliosjdbc.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.heliosjdbc.agreements.AccountPer;
import io.heliosjdbc.agreements.Guarantee;
import io.heliosjdbc.agreements.Penalty;
import io.heliosjdbc.agreements.PercentileObjective;
import io.heliosjdbc.agreements.UserLoad;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An objective is a budget of misses: what one more of them costs. */
class CostOfMissTest {
    private static final long SECOND = 1_000_000_000;
    private static final Duration DAY = Duration.ofDays(1);

    private static UserLoad load(long maximum) {
        return new UserLoad(
                "load",
                null,
                AccountPer.LOAD,
                List.of(),
                null,
                new Guarantee(
                        "load",
                        new PercentileObjective(90, Duration.ofSeconds(5)),
                        null,
                        null,
                        null,
                        new Penalty(DAY, "USD", 10, BigDecimal.valueOf(1000), BigDecimal.valueOf(maximum))));
    }

    private static Account account(SloComponent slo, long maximum, int timely, int late) {
        Account account = slo.account(load(maximum), null);
        for (int i = 0; i < timely; i++) {
            account.book(SECOND);
        }
        for (int i = 0; i < late; i++) {
            account.book(9 * SECOND);
        }
        return account;
    }

    private static SloComponent books(long maximum) {
        return new SloComponent(List.of(load(maximum)), 6, Instant.EPOCH);
    }

    /** At the interval's end nothing more is expected: 100 transactions may have 10 misses, and b = 10 - m are left. */
    @Test
    void atTheEndAMissCostsTheStepOnceOneIsLeftAndExponentiallyLessBefore() {
        for (int late = 0; late <= 10; late++) {
            SloComponent slo = books(1000);
            Account account = account(slo, 1000, 100 - late, late);
            slo.tell(Instant.EPOCH.plus(DAY));
            double left = 10 - late;
            double scale = 0.06 * 10;
            double expected = left <= 1 ? 1000 : Math.max(1, 1000 * Math.exp(-(left - 1) / scale));
            assertThat(account.costOfMiss()).as("%d late", late).isCloseTo(expected, within(1e-6));
        }
    }

    @Test
    void aLostAccountCostsAlmostNothing() {
        SloComponent slo = books(1000);
        Account account = account(slo, 1000, 80, 20);
        slo.tell(Instant.EPOCH.plus(DAY));
        assertThat(account.costOfMiss()).isCloseTo(1, within(1e-9));
    }

    @Test
    void whereTheFirstStepIsLostTheSecondIsAtStake() {
        SloComponent slo = books(2000);
        Account account = account(slo, 2000, 81, 19);
        slo.tell(Instant.EPOCH.plus(DAY));
        assertThat(account.costOfMiss()).isCloseTo(1000, within(1e-9));
    }

    @Test
    void anAccountThatCanStillRecoverIsNotLost() {
        SloComponent slo = books(1000);
        Account account = account(slo, 1000, 8, 2);
        slo.tell(Instant.EPOCH.plus(DAY.dividedBy(10)));
        // About a hundred are expected, of which ten may be late; two are, and the ten so far had one to spend.
        assertThat(account.costOfMiss()).isCloseTo(1000, within(1e-9));
    }

    @Test
    void theClockBringsTheForecastUpToDateWithoutABooking() {
        SloComponent slo = books(1000);
        Account account = account(slo, 1000, 80, 20);
        slo.tell(Instant.EPOCH.plus(DAY.dividedBy(2)));
        double halfWay = account.costOfMiss();
        slo.tell(Instant.EPOCH.plus(DAY));
        assertThat(halfWay).isCloseTo(1000, within(1e-9));
        assertThat(account.costOfMiss()).isCloseTo(1, within(1e-9));
    }

    @Test
    void anAccountWithASmallBudgetWeighsLess() {
        SloComponent slo = books(1000);
        Account account = account(slo, 1000, 5, 0);
        slo.tell(Instant.EPOCH.plus(DAY));
        // Five transactions may have half a miss: an eighth of the four misses of a safe budget.
        assertThat(account.costOfMiss()).isCloseTo(1000 * (0.2 + 0.8 * 0.5 / 4), within(1e-6));
    }

    @Test
    void withoutAnObjectiveAMissCostsNothing() {
        UserLoad free = new UserLoad("free", null, AccountPer.LOAD, List.of(), null, null);
        SloComponent slo = new SloComponent(List.of(free), 6, Instant.EPOCH);
        Account account = slo.account(free, null);
        account.book(SECOND);
        slo.tell(Instant.MAX);
        assertThat(account.costOfMiss()).isZero();
    }

    @Test
    void aNewIntervalStartsWithAFullBudget() {
        SloComponent slo = books(1000);
        Account account = account(slo, 1000, 80, 20);
        slo.settle(Instant.EPOCH.plus(DAY));
        assertThat(account.costOfMiss()).isGreaterThan(0).isLessThanOrEqualTo(1000);
        account.book(9 * SECOND);
        assertThat(account.transactions()).isEqualTo(1);
    }
}
