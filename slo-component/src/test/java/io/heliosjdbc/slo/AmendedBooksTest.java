package io.heliosjdbc.slo;

import static io.heliosjdbc.slo.Loads.SAMPLE;
import static io.heliosjdbc.slo.Loads.load;
import static io.heliosjdbc.slo.Loads.penalized;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.heliosjdbc.agreements.AccountPer;
import io.heliosjdbc.agreements.UserLoad;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Books that go on under other agreements while transactions are under way. */
class AmendedBooksTest {
    private static final Instant OPENED = Instant.parse("2026-03-10T09:00:00Z");
    private static final Instant LATER = Instant.parse("2026-03-20T09:00:00Z");
    private static final Instant NEXT_MONTH = Instant.parse("2026-04-02T00:00:00Z");
    private static final Instant APRIL = Instant.parse("2026-04-01T00:00:00Z");
    private static final long LATE = 6_000_000_000L;

    private static final UserLoad SHOP = load("shop", SAMPLE);
    private static final UserLoad DEAR = load("shop", penalized(90, "10", "5000", "9000"));
    private static final UserLoad CLIENTS = load("shop", AccountPer.CLIENT, SAMPLE);

    @Test
    void accountsThatGoOnAreTheSameAndFollowTheNewTerms() {
        SloComponent books = new SloComponent(List.of(SHOP), 6, OPENED);
        Account underWay = books.account(SHOP, null);
        RequestType type = books.requestType(SHOP, "SELECT ?", 5);
        underWay.book(LATE);
        assertThat(underWay.maximumPenalty()).isEqualTo(2000);

        Amended amended = books.amended(List.of(DEAR), 6, LATER);

        assertThat(amended.books().account(DEAR, null)).isSameAs(underWay);
        assertThat(amended.books().requestType(DEAR, "SELECT ?", 5)).isSameAs(type);
        assertThat(underWay.transactions()).isEqualTo(1);
        assertThat(underWay.maximumPenalty()).isEqualTo(9000);
        assertThat(underWay.due()).isEqualTo(9000);
        // All is lost: a thousandth of the most that can become due.
        assertThat(underWay.costOfMiss()).isEqualTo(9);
        assertThat(underWay.userLoad()).isEqualTo(DEAR);
        assertThat(amended.changes().settlements()).isEmpty();
        assertThat(amended.changes().notes())
                .containsExactly(
                        "User load shop has other terms: they hold for what was counted since " + OPENED + " too");
        underWay.book(1);
        assertThat(amended.books().settle(NEXT_MONTH)).singleElement().satisfies(each -> {
            assertThat(each.transactions()).isEqualTo(2);
            assertThat(each.until()).isEqualTo(APRIL);
        });
    }

    @Test
    void anotherDegreeHoldsAtOnceThoughTheLoadIsTheSame() {
        SloComponent books = new SloComponent(List.of(SHOP), 6, OPENED);
        Account account = books.account(SHOP, null);
        for (int i = 0; i < 20; i++) {
            account.book(i == 0 ? LATE : 1);
        }
        assertThat(account.penalty()).isCloseTo(1000 * Math.pow(0.5, 6), within(1e-9));

        assertThat(books.amended(List.of(SHOP), 2, LATER).changes().notes()).isEmpty();

        assertThat(account.penalty()).isCloseTo(250, within(1e-9));
    }

    @Test
    void whoStillKnowsTheOldTermsFindsTheSameAccounts() {
        SloComponent books = new SloComponent(List.of(SHOP), 6, OPENED);
        Account account = books.account(SHOP, null);

        SloComponent next = books.amended(List.of(DEAR), 6, LATER).books();

        assertThat(books.account(SHOP, null)).isSameAs(account);
        assertThatIllegalArgumentException().isThrownBy(() -> next.account(SHOP, null));
    }

    @Test
    void theSameTermsChangeNothing() {
        SloComponent books = new SloComponent(List.of(SHOP), 6, OPENED);
        books.account(SHOP, null).book(1);
        List<LoadState> unused = books.takeChanged();

        Amended amended = books.amended(List.of(load("shop", SAMPLE)), 6, LATER);

        assertThat(amended.changes().notes()).isEmpty();
        assertThat(amended.books().takeChanged()).isEmpty();
        assertThat(amended.books().account(SHOP, null).transactions()).isEqualTo(1);
    }

    @Test
    void anIntervalThatHasEndedIsSettledByTheOldTerms() {
        SloComponent books = new SloComponent(List.of(SHOP), 6, OPENED);
        Account account = books.account(SHOP, null);
        account.book(LATE);

        Amended amended = books.amended(List.of(DEAR), 6, NEXT_MONTH);

        assertThat(amended.changes().settlements()).singleElement().satisfies(each -> {
            assertThat(each.due()).isEqualByComparingTo("2000");
            assertThat(each.until()).isEqualTo(APRIL);
        });
        assertThat(account.transactions()).isZero();
    }

    @ParameterizedTest
    @MethodSource("io.heliosjdbc.slo.Lengthened#all")
    void anIntervalOfALongerKindBeginsWhereTheShorterOneEnded(Lengthened lengthened) {
        UserLoad before = lengthened.before();
        UserLoad after = lengthened.after();
        SloComponent books = new SloComponent(List.of(before), 6, lengthened.opened());
        Account account = books.account(before, null);
        account.book(LATE);
        List<Settlement> settled = new ArrayList<>(books.settle(lengthened.firstEnd()));
        account.book(LATE);
        Amended amended = books.amended(List.of(after), 6, lengthened.changed());
        assertThat(amended.changes().settlements()).isEmpty();
        account.book(LATE);
        settled.addAll(amended.books().settle(lengthened.secondEnd()));
        account.book(LATE);
        settled.addAll(amended.books().settle(lengthened.longEnd()));

        lengthened.check(settled);
    }

    @Test
    void aLoadThatIsNotAgreedAnyMoreIsSettledAndLeavesTheCopy() {
        SloComponent books = new SloComponent(List.of(SHOP, load("other", SAMPLE)), 6, OPENED);
        books.account(SHOP, null).book(LATE);
        books.account(load("other", SAMPLE), null).book(1);
        BooksCopy copy = new BooksCopy();
        copy.take(books.takeChanged());

        Amended amended = books.amended(List.of(load("other", SAMPLE)), 6, LATER);

        assertThat(amended.changes().settlements()).singleElement().satisfies(each -> {
            assertThat(each.account()).isEqualTo(new AccountKey("shop", null));
            assertThat(each.due()).isEqualByComparingTo("2000");
            assertThat(each.until()).isEqualTo(LATER);
        });
        assertThat(amended.changes().notes())
                .containsExactly(
                        "User load shop is no longer agreed: its accounts (1) are settled by the terms they were"
                                + " kept under, and closed");
        assertThat(amended.books().accounts())
                .extracting(each -> each.key().userLoad())
                .containsExactly("other");
        copy.take(amended.books().takeChanged());
        assertThat(copy.loads()).extracting(LoadState::load).containsExactly("other");
        assertThat(amended.books().knows("shop")).isFalse();
        // What is under way does no harm.
        books.account(SHOP, null).book(1);
        assertThat(amended.books().settle(NEXT_MONTH)).hasSize(1);
    }

    @Test
    void whoHasNoCopyIsNotToldOfBooksThatAreClosed() {
        SloComponent books = new SloComponent(List.of(SHOP, load("other", SAMPLE)), 6, OPENED);
        books.account(SHOP, null).book(LATE);

        Amended amended = books.amended(List.of(load("other", SAMPLE)), 6, LATER);

        assertThat(amended.changes().settlements()).hasSize(1);
        assertThat(amended.books().takeChanged()).isEmpty();
    }

    @Test
    void aLoadThatHasGotAPenaltyIsNotHeldToWhatWasBefore() {
        UserLoad free = load("shop", null);
        SloComponent books = new SloComponent(List.of(free), 6, OPENED);
        Account account = books.account(free, null);
        account.bookRefused();

        Amended amended = books.amended(List.of(SHOP), 6, LATER);

        assertThat(account.transactions()).isZero();
        assertThat(account.intervalFrom()).isEqualTo(LATER);
        assertThat(account.intervalUntil()).isEqualTo(APRIL);
        assertThat(amended.changes().notes()).singleElement().asString().contains("has got a penalty");
        account.book(LATE);
        assertThat(account.late()).isEqualTo(1);
    }

    @Test
    void ownersThatAreCountedByNoMoreAreCountedTogether() {
        SloComponent books = new SloComponent(List.of(CLIENTS), 6, OPENED);
        Account anna = books.account(CLIENTS, "anna");
        anna.book(LATE);
        books.account(CLIENTS, "bert").book(1);
        BooksCopy copy = new BooksCopy();
        copy.take(books.takeChanged());

        Amended amended = books.amended(List.of(SHOP), 6, LATER);
        Account own = amended.books().account(SHOP, null);

        assertThat(own.transactions()).isEqualTo(2);
        assertThat(own.late()).isEqualTo(1);
        // A transaction of hers that is under way is booked, too, and so is one of who knows the old terms.
        anna.book(1);
        anna.bookRefused();
        books.account(CLIENTS, "carl").book(1);
        assertThat(own.transactions()).isEqualTo(5);
        copy.take(amended.books().takeChanged());
        assertThat(copy.loads().get(0).accounts()).singleElement().satisfies(each -> {
            assertThat(each.owner()).isNull();
            assertThat(each.transactions()).isEqualTo(5);
        });
        assertThat(amended.books().settle(NEXT_MONTH))
                .singleElement()
                .satisfies(each -> assertThat(each.transactions()).isEqualTo(5));
    }

    @Test
    void whatCannotBeIsRefusedAndChangesNothing() {
        SloComponent books = new SloComponent(List.of(SHOP), 6, OPENED);
        books.account(SHOP, null).book(LATE);

        assertThatIllegalArgumentException().isThrownBy(() -> books.amended(List.of(DEAR), -1, NEXT_MONTH));

        assertThat(books.account(SHOP, null).maximumPenalty()).isEqualTo(2000);
        assertThat(books.account(SHOP, null).transactions()).isEqualTo(1);
    }
}
