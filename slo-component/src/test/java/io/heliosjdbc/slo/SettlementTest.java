package io.heliosjdbc.slo;

import static io.heliosjdbc.slo.Loads.SAMPLE;
import static io.heliosjdbc.slo.Loads.load;
import static io.heliosjdbc.slo.Loads.penalized;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.agreements.AccountPer;
import io.heliosjdbc.agreements.DeadlineObjective;
import io.heliosjdbc.agreements.Guarantee;
import io.heliosjdbc.agreements.UserLoad;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SettlementTest {
    private static final long TIMELY = 1;
    private static final long LATE = 6_000_000_000L;

    @Test
    void monthIsSettledAtItsEndAndTheNextOneOpened() {
        UserLoad load = load("checkout", SAMPLE);
        Instant opened = Instant.parse("2028-02-10T09:30:00Z");
        SloComponent books = new SloComponent(List.of(load), 2, opened);
        Account account = books.account(load, null);
        book(account, 87, 13);

        assertThat(books.isDue(Instant.parse("2028-02-29T23:59:59.999999999Z"))).isFalse();
        assertThat(books.isDue(Instant.parse("2028-03-01T00:00:00Z"))).isTrue();
        assertThat(books.settle(Instant.parse("2028-02-29T23:59:59.999999999Z")))
                .isEmpty();
        assertThat(books.settle(Instant.parse("2028-03-01T00:00:00Z")))
                .containsExactly(new Settlement(
                        new AccountKey("checkout", null),
                        opened,
                        Instant.parse("2028-03-01T00:00:00Z"),
                        100,
                        13,
                        0.87,
                        new BigDecimal("1000"),
                        1,
                        SAMPLE.percentile(),
                        Objects.requireNonNull(SAMPLE.penalty())));

        assertThat(account.transactions()).isZero();
        assertThat(account.late()).isZero();
        assertThat(account.conformance()).isEqualTo(1);
        assertThat(account.penalty()).isZero();
        assertThat(account.due()).isZero();
        assertThat(account.averageResponseTime()).isNull();
        assertThat(account.intervalFrom()).isEqualTo("2028-03-01T00:00:00Z");
        assertThat(account.intervalUntil()).isEqualTo("2028-04-01T00:00:00Z");
        assertThat(books.settle(Instant.parse("2028-03-01T00:00:00Z"))).isEmpty();
    }

    @Test
    void intervalWithoutTransactionsIsNotSettled() {
        UserLoad load = load("checkout", SAMPLE);
        SloComponent books = new SloComponent(List.of(load), 2, Loads.OPENED);
        Account account = books.account(load, null);
        assertThat(books.settle(Instant.parse("2026-02-01T00:00:00Z"))).isEmpty();
        assertThat(account.intervalFrom()).isEqualTo("2026-02-01T00:00:00Z");
    }

    @Test
    void keptObjectiveIsSettledWithNothingDue() {
        UserLoad load = load("checkout", SAMPLE);
        SloComponent books = new SloComponent(List.of(load), 2, Loads.OPENED);
        book(books.account(load, null), 90, 10);
        assertThat(books.settle(Instant.parse("2026-02-01T00:00:00Z")))
                .singleElement()
                .satisfies(settlement -> assertThat(settlement.due()).isZero());
    }

    @Test
    void whatWasBookedCountsForTheFirstOfSeveralIntervalsThatPassed() {
        Guarantee hourly = penalized(90, "10", "0.10", "0.25", Duration.ofHours(1));
        UserLoad load = load("hourly", hourly);
        SloComponent books = new SloComponent(List.of(load), 2, Instant.parse("2026-03-28T22:15:00Z"));
        Account account = books.account(load, null);
        book(account, 0, 3);
        assertThat(books.settle(Instant.parse("2026-03-29T03:00:01Z")))
                .containsExactly(new Settlement(
                        account.key(),
                        Instant.parse("2026-03-28T22:15:00Z"),
                        Instant.parse("2026-03-28T23:00:00Z"),
                        3,
                        3,
                        0,
                        new BigDecimal("0.25"),
                        3,
                        hourly.percentile(),
                        Objects.requireNonNull(hourly.penalty())));
        assertThat(account.intervalFrom()).isEqualTo("2026-03-29T03:00:00Z");
        book(account, 7, 1);
        assertThat(books.settle(Instant.parse("2026-03-29T04:00:00Z")))
                .singleElement()
                .satisfies(settlement -> {
                    assertThat(settlement.from()).isEqualTo("2026-03-29T03:00:00Z");
                    assertThat(settlement.due()).isEqualTo(new BigDecimal("0.10"));
                });
    }

    @Test
    void eachLoadKeepsItsOwnCalendarAndSettlementsAreSorted() {
        UserLoad daily = load("z daily", AccountPer.CLIENT, penalized(90, "10", "5", "5", Period.ofDays(1)));
        UserLoad monthly = load("a monthly", AccountPer.CLIENT, SAMPLE);
        SloComponent books = new SloComponent(List.of(daily, monthly), 2, Loads.OPENED);
        for (String client : new String[] {"t2", "t10", "t1"}) {
            book(books.account(daily, client), 0, 1);
            book(books.account(monthly, client), 0, 1);
        }
        book(books.account(daily, null), 1, 0);
        assertThat(books.settle(Instant.parse("2026-01-02T00:00:00Z")))
                .extracting(settlement -> settlement.account() + " " + settlement.due())
                .containsExactly("z daily 0", "z daily/t1 5", "z daily/t10 5", "z daily/t2 5");
        assertThat(books.settle(Instant.parse("2026-02-01T00:00:00Z")))
                .extracting(settlement -> settlement.account() + " " + settlement.due())
                .containsExactly("a monthly/t1 2000", "a monthly/t10 2000", "a monthly/t2 2000");
    }

    @Test
    void clockThatGoesBackSettlesNothing() {
        UserLoad load = load("daily", penalized(90, "10", "5", "5", Period.ofDays(1)));
        SloComponent books = new SloComponent(List.of(load), 2, Loads.OPENED);
        book(books.account(load, null), 0, 1);
        assertThat(books.settle(Loads.OPENED.minus(Duration.ofDays(3)))).isEmpty();
        assertThat(books.settle(Loads.OPENED.plus(Duration.ofDays(1)))).hasSize(1);
    }

    @Test
    void aClockThatWasFarAheadStopsNoSettlement() {
        UserLoad load = load("daily", penalized(90, "10", "5", "5", Period.ofDays(1)));
        SloComponent books = new SloComponent(List.of(load), 2, Loads.OPENED);
        Account account = books.account(load, null);
        book(account, 0, 1);
        assertThat(books.settle(Instant.parse("2099-01-01T12:00:00Z"))).hasSize(1);
        book(account, 1, 2);
        List<String> notes = new ArrayList<>();
        List<Settlement> settlements = new ArrayList<>();
        Instant back = Instant.parse("2026-01-01T06:00:00Z");
        books.settle(back, settlements, notes);
        assertThat(settlements).isEmpty();
        assertThat(notes)
                .containsExactly("User load daily has an interval that begins at 2099-01-01T00:00:00Z, and it is "
                        + "2026-01-01T06:00:00Z: what is counted goes on in one that begins now");
        books.settle(back.plusSeconds(1), settlements, notes);
        assertThat(notes).as("told once").hasSize(1);
        book(account, 0, 1);
        assertThat(books.settle(Instant.parse("2026-01-02T00:00:00Z")))
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.from()).as("none has two of one beginning").isEqualTo(back);
                    assertThat(each.until()).isEqualTo(Instant.parse("2026-01-02T00:00:00Z"));
                    assertThat(each.transactions()).isEqualTo(4);
                });
        book(account, 0, 1);
        assertThat(books.settle(Instant.parse("2026-01-03T00:00:00Z"))).hasSize(1);
    }

    @Test
    void aClockThatIsFarBehindForAWhileSettlesNothingEarly() {
        UserLoad load = load("monthly", SAMPLE);
        SloComponent books = new SloComponent(List.of(load), 2, Loads.OPENED);
        Account account = books.account(load, null);
        book(account, 0, 1);
        List<String> notes = new ArrayList<>();
        List<Settlement> settlements = new ArrayList<>();
        books.settle(Instant.EPOCH, settlements, notes);
        assertThat(notes).hasSize(1);
        book(account, 1, 1);
        assertThat(books.settle(Loads.OPENED.plusSeconds(9))).isEmpty();
        assertThat(books.settle(Instant.parse("2026-02-01T00:00:00Z")))
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.from()).isEqualTo(Loads.OPENED);
                    assertThat(each.transactions()).isEqualTo(3);
                });
    }

    @Test
    void dynamicDeadlineKeepsItsPastOverTheEndOfAnInterval() {
        Guarantee guarantee = new Guarantee(
                "dynamic", SAMPLE.percentile(), new DeadlineObjective.Dynamic(90), null, null, SAMPLE.penalty());
        UserLoad load = load("checkout", guarantee);
        SloComponent books = new SloComponent(List.of(load), 2, Loads.OPENED);
        Account account = books.account(load, null);
        book(account, 0, 30);
        long before = account.enforceAt(0, 1);
        assertThat(before).isLessThan(LATE).isGreaterThan(LATE / 32 * 31);
        assertThat(books.settle(Instant.parse("2026-02-01T00:00:00Z"))).hasSize(1);
        assertThat(account.enforceAt(0, 1)).isEqualTo(before);
    }

    /** Every transaction is settled exactly once, in an interval of its own time. */
    @Test
    void settlementsOfARunCoverEveryTransactionOnce() {
        SplittableRandom random = new SplittableRandom(7);
        List<TemporalAmount> lengths = List.of(
                Period.ofMonths(1), Period.ofDays(1), Period.ofDays(7), Duration.ofHours(1), Period.of(0, 1, 15));
        for (TemporalAmount length : lengths) {
            UserLoad load = load("checkout", penalized(90, "10", "1000", "2000", length));
            Instant opened = Instant.parse("2027-12-20T13:37:00Z");
            SloComponent books = new SloComponent(List.of(load), 2, opened);
            Account account = books.account(load, null);
            long booked = 0;
            long settled = 0;
            long inInterval = 0;
            Instant last = opened;
            Instant now = opened;
            while (now.isBefore(Instant.parse("2028-04-10T00:00:00Z"))) {
                now = now.plusSeconds(1 + random.nextInt(200_000));
                for (Settlement settlement : books.settle(now)) {
                    assertThat(settlement.transactions()).isEqualTo(inInterval);
                    assertThat(settlement.from()).isBetween(last, now);
                    assertThat(settlement.until()).isAfter(settlement.from()).isBeforeOrEqualTo(now);
                    last = settlement.until();
                    settled += settlement.transactions();
                    inInterval = 0;
                }
                assertThat(account.intervalFrom()).isBeforeOrEqualTo(now);
                assertThat(account.intervalUntil()).isAfter(now);
                for (int i = random.nextInt(3); i > 0; i--) {
                    account.book(TIMELY);
                    booked++;
                    inInterval++;
                }
            }
            assertThat(settled + account.transactions()).isEqualTo(booked);
        }
    }

    private static void book(Account account, int timely, int late) {
        for (int i = 0; i < timely; i++) {
            account.book(TIMELY);
        }
        for (int i = 0; i < late; i++) {
            account.book(LATE);
        }
    }
}
