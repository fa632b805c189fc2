package io.heliosjdbc.slo;

import static io.heliosjdbc.slo.Loads.SAMPLE;
import static io.heliosjdbc.slo.Loads.load;
import static io.heliosjdbc.slo.Loads.penalized;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.heliosjdbc.agreements.AccountPer;
import io.heliosjdbc.agreements.DeadlineObjective;
import io.heliosjdbc.agreements.Guarantee;
import io.heliosjdbc.agreements.UserLoad;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Books that are written down and taken in by others. */
class RestoredBooksTest {
    private static final Instant OPENED = Instant.parse("2026-03-10T09:00:00Z");
    private static final Instant LATER = Instant.parse("2026-03-20T09:00:00Z");
    private static final Instant NEXT_MONTH = Instant.parse("2026-05-02T00:00:00Z");
    private static final long LATE = 6_000_000_000L;

    private static final Guarantee DYNAMIC = new Guarantee(
            "dynamic", SAMPLE.percentile(), new DeadlineObjective.Dynamic(90), null, null, SAMPLE.penalty());
    private static final UserLoad CHECKOUT = load("checkout", AccountPer.CLIENT, SAMPLE);

    /** Whoever asks the restored books gets the answers of the books that were written down. */
    @Test
    void restoredBooksAnswerAndGoOnLikeThoseThatWereWrittenDown() {
        SplittableRandom random = new SplittableRandom(11);
        for (int round = 0; round < 30; round++) {
            List<UserLoad> loads = List.of(
                    CHECKOUT, load("dynamic", AccountPer.TENANT, DYNAMIC), load("free", null), load("sample", SAMPLE));
            SloComponent books = new SloComponent(loads, 6, OPENED);
            book(books, loads, random, random.nextInt(2_000));
            books.settle(LATER);
            BooksCopy copy = new BooksCopy();
            copy.take(books.takeChanged());
            List<LoadState> written = copy.loads();

            SloComponent restored = new SloComponent(loads, 6, LATER);
            Restored came = restored.restore(written, LATER);

            assertThat(came.settlements()).isEmpty();
            assertThat(came.notes()).isEmpty();
            assertThat(accounts(copyOf(restored))).containsExactlyInAnyOrderElementsOf(accounts(written));
            long seed = random.nextLong();
            book(books, loads, new SplittableRandom(seed), 50);
            book(restored, loads, new SplittableRandom(seed), 50);
            for (UserLoad load : loads) {
                for (String owner : new String[] {null, "a", "b", "c", "d"}) {
                    same(books.account(load, owner), restored.account(load, owner));
                }
            }
            copy.take(books.takeChanged());
            assertThat(accounts(copyOf(restored, written))).containsExactlyInAnyOrderElementsOf(accounts(copy.loads()));
            assertThat(restored.settle(NEXT_MONTH)).isEqualTo(books.settle(NEXT_MONTH));
            copy.take(books.takeChanged());
            assertThat(copy.loads())
                    .filteredOn(load -> !load.load().equals("free"))
                    .allSatisfy(load -> assertThat(load.accounts()).allMatch(each -> each.transactions() == 0));
        }
    }

    @Test
    void anIntervalThatIsStillToComeDoesNotStopSettlementOverARestart() {
        UserLoad sample = load("sample", SAMPLE);
        SloComponent books = new SloComponent(List.of(sample), 6, Instant.parse("2099-01-01T00:00:00Z"));
        books.account(sample, null).book(LATE);
        SloComponent restored = new SloComponent(List.of(sample), 6, LATER);
        Restored came = restored.restore(copyOf(books), LATER);
        assertThat(came.settlements()).isEmpty();
        assertThat(came.notes()).singleElement().asString().contains("begins at 2099-01-01T00:00:00Z");
        assertThat(restored.settle(NEXT_MONTH)).singleElement().satisfies(each -> {
            assertThat(each.from()).isEqualTo(LATER);
            assertThat(each.transactions()).isEqualTo(1);
        });
    }

    @Test
    void estimatesThatHaveChangedAreToldInTheOrderInWhichTheyDid() {
        SloComponent books = new SloComponent(List.of(CHECKOUT), 6, OPENED);
        List<String> names = IntStream.range(0, 50).mapToObj(i -> "t" + i).toList();
        names.forEach(each -> books.requestType(CHECKOUT, each, 1_000).observe(1, 5));
        names.forEach(each -> books.transactionType(CHECKOUT, each).observe(1, 5, 1));
        assertThat(books.takeChanged()).singleElement().satisfies(load -> {
            assertThat(load.requestTypes())
                    .extracting(RequestTypeState::template)
                    .isEqualTo(names);
            assertThat(load.transactionTypes())
                    .extracting(TransactionTypeState::name)
                    .isEqualTo(names);
        });
        for (String each : List.of("t9", "t1", "t9", "t4")) {
            books.requestType(CHECKOUT, each, 2_000).observe(1, 5);
            books.transactionType(CHECKOUT, each).observeAlone(5);
        }
        assertThat(books.takeChanged()).singleElement().satisfies(load -> {
            assertThat(load.requestTypes())
                    .extracting(RequestTypeState::template)
                    .containsExactly("t9", "t1", "t4");
            assertThat(load.transactionTypes())
                    .extracting(TransactionTypeState::name)
                    .containsExactly("t9", "t1", "t4");
        });
        assertThat(books.takeChanged()).isEmpty();
    }

    private static void book(SloComponent books, List<UserLoad> loads, SplittableRandom random, int times) {
        String[] owners = {null, "a", "b", "c", "d"};
        for (int i = 0; i < times; i++) {
            Account account =
                    books.account(loads.get(random.nextInt(loads.size())), owners[random.nextInt(owners.length)]);
            if (random.nextInt(10) == 0) {
                account.bookRefused();
            } else {
                account.book(random.nextLong(LATE));
            }
        }
    }

    private static List<AccountState> accounts(List<LoadState> loads) {
        return loads.stream().flatMap(each -> each.accounts().stream()).toList();
    }

    /** What stands in books from which nothing was taken as yet. */
    private static List<LoadState> copyOf(SloComponent books) {
        return copyOf(books, List.of());
    }

    private static List<LoadState> copyOf(SloComponent books, List<LoadState> before) {
        BooksCopy copy = new BooksCopy();
        copy.take(before);
        copy.take(books.takeChanged());
        return copy.loads();
    }

    private static void same(Account one, Account other) {
        assertThat(other.transactions()).isEqualTo(one.transactions());
        assertThat(other.late()).isEqualTo(one.late());
        assertThat(other.refused()).isEqualTo(one.refused());
        assertThat(other.conformance()).isEqualTo(one.conformance());
        assertThat(other.penalty()).isEqualTo(one.penalty());
        assertThat(other.costOfMiss()).isEqualTo(one.costOfMiss());
        assertThat(other.averageResponseTime()).isEqualTo(one.averageResponseTime());
        assertThat(other.enforceAt(0, 1)).isEqualTo(one.enforceAt(0, 1));
        assertThat(other.intervalFrom()).isEqualTo(one.intervalFrom());
        assertThat(other.intervalUntil()).isEqualTo(one.intervalUntil());
        assertThat(other).hasToString(one.toString());
    }

    @Test
    void estimatesAreAsTheyWere() {
        SloComponent books = new SloComponent(List.of(CHECKOUT), 6, OPENED);
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 300; i++) {
            int concurrency = random.nextInt(1, 20);
            long nanos = concurrency * random.nextLong(1_000_000, 2_000_000);
            books.requestType(CHECKOUT, "SELECT ?", 5).observe(concurrency, nanos);
            books.transactionType(CHECKOUT, "pay").observeSlot(2 * nanos, concurrency);
            books.transactionType(CHECKOUT, "pay").observe(random.nextInt(1, 5), nanos, concurrency);
        }
        books.transactionType(CHECKOUT, "pay").observeAlone(12_345);

        SloComponent restored = restored(copyOf(books), LATER, CHECKOUT);

        RequestType type = restored.requestType(CHECKOUT, "SELECT ?", 5);
        TransactionType before = books.transactionType(CHECKOUT, "pay");
        TransactionType after = restored.transactionType(CHECKOUT, "pay");
        for (int concurrency = 1; concurrency < 30; concurrency++) {
            assertThat(type.estimateNanos(concurrency))
                    .isEqualTo(books.requestType(CHECKOUT, "SELECT ?", 5).estimateNanos(concurrency));
            assertThat(after.remainingNanos(type, concurrency)).isEqualTo(before.remainingNanos(type, concurrency));
        }
        assertThat(after.requests()).isEqualTo(before.requests());
        assertThat(after.slotMostly(1_000_000)).isEqualTo(before.slotMostly(1_000_000));
        assertThat(after.slotUsually(1_000_000)).isEqualTo(before.slotUsually(1_000_000));
        assertThat(after.slotNearlyAlways(1_000_000)).isEqualTo(before.slotNearlyAlways(1_000_000));
        assertThat(after.aloneNanos()).isEqualTo(12_345);
    }

    @Test
    void aTemplateThatNobodySendsAnyMoreIsForgottenAfterAFewRestarts() {
        SloComponent books = new SloComponent(List.of(CHECKOUT), 6, OPENED);
        for (int i = 0; i < 1_000; i++) {
            books.requestType(CHECKOUT, "SELECT ?", 5).observe(1, 7_000);
        }
        books.requestType(CHECKOUT, "once", 5).observe(1, 7_000);

        int restarts = 0;
        for (List<LoadState> written = copyOf(books); !written.isEmpty(); written = copyOf(books)) {
            assertThat(books.requestType(CHECKOUT, "SELECT ?", 5).estimateNanos(1))
                    .isEqualTo(7_000);
            books = restored(written, LATER, CHECKOUT);
            restarts++;
        }

        assertThat(restarts).isEqualTo(9);
    }

    @Test
    void whatHasNotChangedIsNotCopiedAgain() {
        SloComponent books = new SloComponent(List.of(CHECKOUT), 6, OPENED);
        books.account(CHECKOUT, "a").book(1);
        books.account(CHECKOUT, "b").book(1);
        books.requestType(CHECKOUT, "SELECT ?", 5).observe(1, 7_000);
        assertThat(books.takeChanged().get(0).accounts()).hasSize(2);
        books.account(CHECKOUT, "b").book(1);
        books.account(CHECKOUT, "b").book(1);

        assertThat(books.takeChanged()).singleElement().satisfies(load -> {
            assertThat(load.accounts()).singleElement().satisfies(account -> {
                assertThat(account.owner()).isEqualTo("b");
                assertThat(account.transactions()).isEqualTo(3);
            });
            assertThat(load.requestTypes()).isEmpty();
        });
        assertThat(books.takeChanged()).isEmpty();
    }

    @Test
    void whatCouldNotBeCopiedIsCopiedTheNextTime() {
        UserLoad other = load("other", AccountPer.CLIENT, SAMPLE);
        SloComponent books = new SloComponent(List.of(CHECKOUT, other), 6, OPENED);
        List<LoadState> first = books.takeChanged();
        assertThat(first).isEmpty();
        books.account(other, "z").book(1);
        books.account(CHECKOUT, "a").book(1);
        Account cannot = books.account(CHECKOUT, "b");
        AccountState half = new AccountState("b", 1, 0, 0, Double.MAX_VALUE, List.of());
        cannot.restore(half);
        cannot.restore(half);
        books.account(CHECKOUT, "c").book(1);
        assertThatIllegalArgumentException().isThrownBy(books::takeChanged);

        cannot.startInterval();

        assertThat(books.takeChanged())
                .flatExtracting(LoadState::accounts)
                .extracting(AccountState::owner, AccountState::transactions)
                .containsExactlyInAnyOrder(tuple("z", 1L), tuple("a", 1L), tuple("b", 0L), tuple("c", 1L));
        assertThat(books.takeChanged()).isEmpty();
    }

    /** Everybody who settles is a new process. */
    @ParameterizedTest
    @MethodSource("io.heliosjdbc.slo.Lengthened#all")
    void anIntervalOfALongerKindBeginsWhereTheShorterOneEnded(Lengthened lengthened) {
        UserLoad after = lengthened.after();
        SloComponent books = new SloComponent(List.of(lengthened.before()), 6, lengthened.opened());
        books.account(lengthened.before(), null).book(LATE);
        List<Settlement> settled = new ArrayList<>(books.settle(lengthened.firstEnd()));
        books.account(lengthened.before(), null).book(LATE);
        books = restored(copyOf(books), lengthened.changed(), after);
        books.account(after, null).book(LATE);
        for (Instant end : List.of(lengthened.secondEnd(), lengthened.longEnd())) {
            List<LoadState> written = copyOf(books);
            books = new SloComponent(List.of(after), 6, end);
            settled.addAll(books.restore(written, end).settlements());
            books.account(after, null).book(LATE);
        }

        lengthened.check(settled);
    }

    @Test
    void anIntervalThatEndedInBetweenIsSettledByTheTermsItWasWrittenDownWith() {
        SloComponent books = new SloComponent(List.of(CHECKOUT), 6, OPENED);
        book(books.account(CHECKOUT, "acme"), 87, 13);
        UserLoad dearer = load("checkout", AccountPer.CLIENT, penalized(95, "1", "70000", "90000", Period.ofDays(1)));
        SloComponent restored = new SloComponent(List.of(dearer), 6, NEXT_MONTH);

        Restored came = restored.restore(copyOf(books), NEXT_MONTH);

        assertThat(came.settlements()).singleElement().satisfies(settlement -> {
            assertThat(settlement.account()).hasToString("checkout/acme");
            assertThat(settlement.from()).isEqualTo(OPENED);
            assertThat(settlement.until()).isEqualTo("2026-04-01T00:00:00Z");
            assertThat(settlement.due()).isEqualTo("1000");
            assertThat(settlement.steps()).isEqualTo(1);
            assertThat(settlement.percentile()).isEqualTo(SAMPLE.percentile());
            assertThat(settlement.penalty()).isEqualTo(SAMPLE.penalty());
        });
        Account account = restored.account(dearer, "acme");
        assertThat(account.transactions()).isZero();
        assertThat(account.intervalFrom()).isEqualTo("2026-05-02T00:00:00Z");
        assertThat(account.intervalUntil()).isEqualTo("2026-05-03T00:00:00Z");
    }

    @Test
    void aDynamicDeadlineKeepsItsPastOverAnIntervalThatEndedInBetween() {
        UserLoad load = load("dynamic", DYNAMIC);
        SloComponent books = new SloComponent(List.of(load), 6, OPENED);
        book(books.account(load, null), 0, 30);
        long before = books.account(load, null).enforceAt(0, 1);

        SloComponent restored = new SloComponent(List.of(load), 6, NEXT_MONTH);

        assertThat(restored.restore(copyOf(books), NEXT_MONTH).settlements()).hasSize(1);
        assertThat(restored.account(load, null).enforceAt(0, 1))
                .isEqualTo(before)
                .isLessThan(LATE);
        assertThat(restored.account(load, null).transactions()).isZero();
    }

    @Test
    void otherTermsHoldForTheRunningIntervalsCounts() {
        SloComponent books = new SloComponent(List.of(CHECKOUT), 6, OPENED);
        book(books.account(CHECKOUT, "acme"), 87, 13);
        UserLoad dearer = load("checkout", AccountPer.CLIENT, penalized(95, "10", "500", "500"));
        SloComponent restored = new SloComponent(List.of(dearer), 6, LATER);

        Restored came = restored.restore(copyOf(books), LATER);

        assertThat(came.settlements()).isEmpty();
        assertThat(came.notes())
                .containsExactly(
                        "User load checkout has other terms: they hold for what was counted since " + OPENED + " too");
        assertThat(restored.account(dearer, "acme").due()).isEqualTo(500);
        assertThat(restored.settle(NEXT_MONTH)).singleElement().satisfies(settlement -> {
            assertThat(settlement.from()).isEqualTo(OPENED);
            assertThat(settlement.due()).isEqualTo("500");
        });
    }

    @Test
    void anIntervalOfAnotherLengthEndsWhenTheFirstOfTheTwoDoes() {
        SloComponent books = new SloComponent(List.of(CHECKOUT), 6, OPENED);
        book(books.account(CHECKOUT, "acme"), 1, 0);
        List<LoadState> written = copyOf(books);
        UserLoad hourly = load("checkout", AccountPer.CLIENT, penalized(90, "10", "1", "1", Duration.ofHours(1)));
        UserLoad yearly = load("checkout", AccountPer.CLIENT, penalized(90, "10", "1", "1", Period.ofYears(1)));

        assertThat(restored(written, LATER, hourly).account(hourly, "acme").intervalUntil())
                .isEqualTo("2026-03-20T10:00:00Z");
        assertThat(restored(written, LATER, yearly).account(yearly, "acme").intervalUntil())
                .isEqualTo("2026-04-01T00:00:00Z");
        assertThat(restored(written, LATER, yearly).account(yearly, "acme").intervalFrom())
                .isEqualTo(OPENED);
    }

    @Test
    void aPenaltyThatComesOrGoesIsNotHeldAgainstWhatWasCountedWithoutIt() {
        UserLoad free = load("checkout", AccountPer.CLIENT, null);
        SloComponent books = new SloComponent(List.of(free), 6, OPENED);
        books.account(free, "acme").bookRefused();
        SloComponent priced = new SloComponent(List.of(CHECKOUT), 6, NEXT_MONTH);
        assertThat(priced.restore(copyOf(books), NEXT_MONTH).notes())
                .containsExactly("User load checkout has got a penalty: what was counted since " + OPENED
                        + " is not held against it");
        assertThat(priced.account(CHECKOUT, "acme").transactions()).isZero();
        assertThat(priced.account(CHECKOUT, "acme").intervalFrom()).isEqualTo(NEXT_MONTH);

        priced.account(CHECKOUT, "acme").bookRefused();
        SloComponent freeAgain = restored(copyOf(priced), NEXT_MONTH.plusSeconds(1), free);
        assertThat(freeAgain.account(free, "acme").transactions()).isEqualTo(1);
        assertThat(freeAgain.account(free, "acme").intervalUntil()).isEqualTo(Instant.MAX);
        assertThat(freeAgain.settle(Instant.parse("2099-01-01T00:00:00Z"))).isEmpty();
    }

    @Test
    void aLoadThatIsNoLongerAgreedIsSettledAsItStandsAndGone() {
        UserLoad free = load("free", null);
        SloComponent books = new SloComponent(List.of(CHECKOUT, free), 6, OPENED);
        book(books.account(CHECKOUT, "acme"), 79, 21);
        books.account(free, null).book(1);
        SloComponent restored = new SloComponent(List.of(free), 6, LATER);

        Restored came = restored.restore(copyOf(books), LATER);

        assertThat(came.notes())
                .containsExactly(
                        "User load checkout is no longer agreed: its accounts (1) are settled by the terms they"
                                + " were kept under, and closed");
        assertThat(came.settlements()).singleElement().satisfies(settlement -> {
            assertThat(settlement.until()).isEqualTo(LATER);
            assertThat(settlement.due()).isEqualTo("2000");
        });
        assertThat(copyOf(restored)).extracting(LoadState::load).containsExactly("free");
    }

    @Test
    void accountsThatAreKeptOtherwiseNowAreCountedTogether() {
        SloComponent books = new SloComponent(List.of(CHECKOUT), 6, OPENED);
        book(books.account(CHECKOUT, "acme"), 10, 1);
        book(books.account(CHECKOUT, "beta"), 20, 2);
        book(books.account(CHECKOUT, null), 30, 3);
        UserLoad tenants = load("checkout", AccountPer.TENANT, SAMPLE);

        SloComponent restored = restored(copyOf(books), LATER, tenants);

        assertThat(restored.account(tenants, null).transactions()).isEqualTo(66);
        assertThat(restored.account(tenants, null).late()).isEqualTo(6);
        assertThat(restored.account(tenants, null).conformance()).isEqualTo(60 / 66.0, within(1e-15));
        assertThat(restored.accounts()).hasSize(1);
    }

    @Test
    void aClockThatHasGoneBackSettlesNothing() {
        SloComponent books = new SloComponent(List.of(CHECKOUT), 6, OPENED);
        book(books.account(CHECKOUT, "acme"), 87, 13);
        Instant before = OPENED.minus(Duration.ofDays(40));
        List<LoadState> written = copyOf(books);
        UserLoad hourly = load("checkout", AccountPer.CLIENT, penalized(90, "10", "1", "1", Duration.ofHours(1)));
        SloComponent restored = new SloComponent(List.of(CHECKOUT), 6, before);

        assertThat(restored.restore(written, before).settlements()).isEmpty();
        assertThat(copyOf(restored(written, before, hourly)))
                .singleElement()
                .satisfies(load -> assertThat(load.until()).isEqualTo("2026-04-01T00:00:00Z"));
        assertThat(restored.account(CHECKOUT, "acme").transactions()).isEqualTo(100);
        assertThat(restored.account(CHECKOUT, "acme").intervalFrom()).isEqualTo(before);
        assertThat(restored.settle(NEXT_MONTH))
                .singleElement()
                .satisfies(each -> assertThat(each.from()).isEqualTo(OPENED));
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AccountState(null, 2, 3, 0, 0, List.of()))
                .withMessage("2 transactions, 3 of them late, 0 refused cannot be");
        assertThatIllegalArgumentException().isThrownBy(() -> new AccountState(null, 2, 1, 0, Double.NaN, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new ResponseTimeCount(-1, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LoadState(
                        "x", AccountPer.LOAD, LATER, OPENED, null, null, List.of(), List.of(), List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new RegressionState(0, 1, 1, 0, 0));
        RegressionState regression = new RegressionState(1, 1, 1, 0, 0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TransactionTypeState("x", regression, Double.NaN, 1, 1, 1, 0));
    }

    private static SloComponent restored(List<LoadState> written, Instant now, UserLoad load) {
        SloComponent restored = new SloComponent(List.of(load), 6, now);
        restored.restore(written, now);
        return restored;
    }

    private static void book(Account account, int timely, int late) {
        for (int i = 0; i < timely; i++) {
            account.book(1);
        }
        for (int i = 0; i < late; i++) {
            account.book(LATE);
        }
    }
}
