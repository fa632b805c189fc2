package io.heliosjdbc.slo;

import static io.heliosjdbc.slo.Loads.OPENED;
import static io.heliosjdbc.slo.Loads.load;
import static io.heliosjdbc.slo.Loads.penalized;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.agreements.AccountPer;
import io.heliosjdbc.agreements.AssessmentInterval;
import io.heliosjdbc.agreements.Guarantee;
import io.heliosjdbc.agreements.Penalty;
import io.heliosjdbc.agreements.UserLoad;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Measurement intervals that end after so many transactions of an account. */
class CountedIntervalTest {
    private static final long LATE = 6_000_000_000L;
    private static final UserLoad TEN = counted(10);

    private static UserLoad counted(long transactions) {
        return load(
                "clients",
                AccountPer.CLIENT,
                new Guarantee(
                        "latency",
                        Loads.SAMPLE.percentile(),
                        null,
                        null,
                        null,
                        new Penalty(
                                new AssessmentInterval.Transactions(transactions),
                                "USD",
                                10,
                                BigDecimal.valueOf(1_000),
                                BigDecimal.valueOf(2_000))));
    }

    @Test
    void anAccountIsSettledWithItsLastTransactionAndBeginsAnew() {
        SloComponent books = new SloComponent(List.of(TEN), 6, OPENED);
        Account anna = books.account(TEN, "anna");
        books.tell(OPENED.plusSeconds(5));
        for (int i = 0; i < 10; i++) {
            assertThat(anna.costOfMiss()).isPositive();
            anna.book(i < 2 ? LATE : 1);
        }

        assertThat(anna.transactions()).isZero();
        assertThat(anna.conformance()).isEqualTo(1);
        assertThat(books.settle(OPENED.plusSeconds(6))).singleElement().satisfies(each -> {
            assertThat(each.account()).hasToString("clients/anna");
            assertThat(each.from()).isEqualTo(OPENED.plusSeconds(5));
            assertThat(each.until()).isEqualTo(OPENED.plusSeconds(5).plusNanos(1));
            assertThat(each.transactions()).isEqualTo(10);
            assertThat(each.late()).isEqualTo(2);
            assertThat(each.steps()).isEqualTo(1);
            assertThat(each.due()).isEqualTo("1000");
        });
        assertThat(books.settle(Instant.parse("2099-01-01T00:00:00Z"))).isEmpty();
    }

    @Test
    void aClockThatWasFarAheadIsForgotten() {
        SloComponent books = new SloComponent(List.of(TEN), 6, OPENED);
        Account anna = books.account(TEN, "anna");
        books.tell(Instant.parse("2099-01-01T00:00:00Z"));
        for (int i = 0; i < 10; i++) {
            anna.book(1);
        }
        assertThat(books.settle(OPENED.plusSeconds(5))).hasSize(1);
        for (int i = 0; i < 10; i++) {
            anna.book(1);
        }
        assertThat(books.settle(OPENED.plusSeconds(6)))
                .singleElement()
                .satisfies(each -> assertThat(each.from()).isEqualTo(OPENED.plusSeconds(5)));
    }

    /** Every transaction is settled once, as many at a time as are agreed, whatever is restored and folded in between. */
    @Test
    void settlementsCoverEveryTransactionOnceAndNoneOverlap() {
        for (int seed = 0; seed < 100; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            long count = random.nextInt(1, 20);
            int most = random.nextInt(1, 6);
            UserLoad load = counted(count);
            SloComponent books = new SloComponent(List.of(load), 6, OPENED, most);
            BooksCopy copy = new BooksCopy();
            List<Settlement> settled = new ArrayList<>();
            Map<AccountKey, Instant> ends = new HashMap<>();
            Set<String> identities = new HashSet<>();
            Instant now = OPENED;
            long booked = 0;
            for (int step = 0; step < 1_000; step++) {
                switch (random.nextInt(30)) {
                    case 0 -> {
                        now = now.plusSeconds(1);
                        settled.addAll(books.settle(now));
                    }
                    case 1 -> {
                        settled.addAll(books.takeSettled());
                        copy.take(books.takeChanged());
                        now = now.plusSeconds(1);
                        books = new SloComponent(List.of(load), 6, now, most);
                        settled.addAll(books.restore(copy.loads(), now).settlements());
                        copy = new BooksCopy();
                    }
                    default -> {
                        books.account(load, "owner " + random.nextInt(2 * most)).book(random.nextBoolean() ? 1 : LATE);
                        booked++;
                    }
                }
            }
            settled.addAll(books.takeSettled());
            long sum =
                    books.accounts().stream().mapToLong(Account::transactions).sum();
            assertThat(books.accounts()).allMatch(each -> each.transactions() < count);
            for (Settlement each : settled) {
                sum += each.transactions();
                // What is folded into the load's own account may be more than was left of its interval.
                assertThat(each.transactions()).isBetween(count, each.account().owner() == null ? 2 * count : count);
                assertThat(each.from()).isBefore(each.until());
                assertThat(ends.getOrDefault(each.account(), OPENED)).isBeforeOrEqualTo(each.from());
                ends.put(each.account(), each.until());
                assertThat(identities.add(each.account() + " " + each.from())).isTrue();
            }
            assertThat(sum).isEqualTo(booked);
        }
    }

    @Test
    void aLowerCountEndsTheRunningIntervalAtOnceOrWithTheNextTransaction() {
        SloComponent books = new SloComponent(List.of(TEN), 6, OPENED);
        for (int i = 0; i < 7; i++) {
            books.account(TEN, "anna").book(1);
        }
        BooksCopy copy = new BooksCopy();
        copy.take(books.takeChanged());
        UserLoad five = counted(5);

        SloComponent restored = new SloComponent(List.of(five), 6, OPENED.plusSeconds(9));
        assertThat(restored.restore(copy.loads(), OPENED.plusSeconds(9)).settlements())
                .isEmpty();
        assertThat(restored.takeSettled()).singleElement().satisfies(each -> {
            assertThat(each.transactions()).isEqualTo(7);
            assertThat(each.from()).isEqualTo(OPENED);
            assertThat(each.until()).isEqualTo(OPENED.plusSeconds(9));
        });

        SloComponent amended =
                books.amended(List.of(five), 6, OPENED.plusSeconds(9)).books();
        assertThat(amended.takeSettled()).isEmpty();
        amended.account(five, "anna").book(1);
        assertThat(amended.takeSettled())
                .singleElement()
                .satisfies(each -> assertThat(each.transactions()).isEqualTo(8));
    }

    @Test
    void whereTheKindOfIntervalChangesWhatIsCountedIsSettledAsItStands() {
        UserLoad monthly = load("clients", AccountPer.CLIENT, penalized(90, "10", "500", "500"));
        Instant later = OPENED.plusSeconds(3_600);
        for (List<UserLoad> change : List.of(List.of(TEN, monthly), List.of(monthly, TEN))) {
            UserLoad before = change.get(0);
            UserLoad after = change.get(1);
            SloComponent books = new SloComponent(List.of(before), 6, OPENED);
            books.account(before, "anna").book(LATE);
            BooksCopy copy = new BooksCopy();
            copy.take(books.takeChanged());
            SloComponent restored = new SloComponent(List.of(after), 6, later);

            for (Restored came : List.of(
                    restored.restore(copy.loads(), later),
                    books.amended(List.of(after), 6, later).changes())) {
                assertThat(came.settlements()).singleElement().satisfies(each -> {
                    assertThat(each.from()).isEqualTo(OPENED);
                    assertThat(each.until()).isEqualTo(later);
                    assertThat(each.penalty())
                            .isEqualTo(
                                    Objects.requireNonNull(before.guarantee()).penalty());
                });
                assertThat(came.notes()).singleElement().asString().contains("has intervals of another kind");
            }
            assertThat(restored.account(after, "anna").transactions()).isZero();
        }
    }

    @Test
    void aLoadThatIsNoLongerAgreedIsSettledByAccountsOwnIntervals() {
        SloComponent books = new SloComponent(List.of(TEN), 6, OPENED);
        books.tell(OPENED.plusSeconds(60));
        books.account(TEN, "anna").book(LATE);
        BooksCopy copy = new BooksCopy();
        copy.take(books.takeChanged());
        Instant later = OPENED.plusSeconds(3_600);

        Restored came = new SloComponent(List.of(), 6, later).restore(copy.loads(), later);

        assertThat(came.settlements()).singleElement().satisfies(each -> {
            assertThat(each.from()).isEqualTo(OPENED.plusSeconds(60));
            assertThat(each.until()).isEqualTo(later);
        });
        assertThat(books.amended(List.of(), 6, later).changes().settlements()).isEqualTo(came.settlements());
    }
}
