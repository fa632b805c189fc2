package io.heliosjdbc.slo;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.agreements.Agreements;
import io.heliosjdbc.agreements.UserLoad;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SloComponentTest {
    private static final Instant OPENED = Instant.parse("2026-01-15T10:00:00Z");
    private final Agreements agreements = Agreements.builtIn();
    private final SloComponent books = new SloComponent(agreements, SloComponent.DEFAULT_DEGREE, OPENED);
    private final UserLoad high = Objects.requireNonNull(agreements.userLoad("high"));

    @Test
    void eachOwnerHasAnAccountAndTheLoadOneForThoseWithout() {
        assertThat(books.account(high, "a")).isSameAs(books.account(high, "a"));
        assertThat(books.account(high, "a")).isNotSameAs(books.account(high, "b"));
        assertThat(books.account(high, null).key()).isEqualTo(new AccountKey("high", null));
        assertThat(books.account(high, "a").key()).hasToString("high/a");
    }

    @Test
    void theBooksStayBounded() {
        for (int i = 0; i < SloComponent.MOST_PER_LOAD; i++) {
            books.account(high, "client " + i);
            books.requestType(high, "select " + i, 1000);
            books.transactionType(high, "type " + i);
        }
        assertThat(books.account(high, "one more")).isSameAs(books.account(high, null));
        assertThat(books.requestType(high, "one more", 1000)).isSameAs(books.requestType(high, "another", 1000));
        assertThat(books.transactionType(high, "one more")).isSameAs(books.transactionType(high, "another"));
    }

    @Test
    void settlementNamesEveryAccountThatBookedSomething() {
        books.account(high, "a").book(9_000_000_000L);
        books.account(high, "b").book(1_000_000_000L);
        books.account(high, "c");
        assertThat(books.settle(Instant.parse("2026-02-01T00:00:00Z")))
                .extracting(settlement -> settlement.account() + " " + settlement.due())
                .containsExactlyInAnyOrder("high/a 1000", "high/b 0");
        assertThat(books.settle(Instant.parse("2026-02-01T00:00:01Z"))).isEmpty();
    }

    @Test
    void anAccountOpenedLaterBelongsToTheIntervalOfItsDay() {
        books.settle(Instant.parse("2026-02-10T00:00:00Z"));
        books.account(high, "late comer").book(1);
        assertThat(books.settle(Instant.parse("2026-02-20T00:00:00Z"))).isEmpty();
        assertThat(books.settle(Instant.parse("2026-03-01T00:00:00Z")))
                .singleElement()
                .extracting(Settlement::from)
                .isEqualTo(Instant.parse("2026-02-01T00:00:00Z"));
    }
}
