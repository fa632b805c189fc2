package io.heliosjdbc.slo;

import static io.heliosjdbc.slo.Loads.OPENED;
import static io.heliosjdbc.slo.Loads.SAMPLE;
import static io.heliosjdbc.slo.Loads.load;
import static io.heliosjdbc.slo.Loads.penalized;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.heliosjdbc.agreements.AccountPer;
import io.heliosjdbc.agreements.Agreements;
import io.heliosjdbc.agreements.UserLoad;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SloComponentTest {
    private static final UserLoad CHECKOUT = load("checkout", SAMPLE);
    private static final UserLoad TENANTS = load("tenants", AccountPer.TENANT, SAMPLE);

    private final SloComponent books = new SloComponent(List.of(CHECKOUT, TENANTS), 2, OPENED);

    @Test
    void wholeLoadSharesOneAccountWhoeverAsks() {
        Account account = books.account(CHECKOUT, "alice");
        assertThat(books.account(CHECKOUT, "bob")).isSameAs(account);
        assertThat(books.account(CHECKOUT, null)).isSameAs(account);
        assertThat(account.key()).isEqualTo(new AccountKey("checkout", null)).hasToString("checkout");
        assertThat(account.userLoad()).isEqualTo(CHECKOUT);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LOAD")
    void eachOwnerHasAnAccountAndThoseUnknownShareOne(AccountPer per) {
        UserLoad load = load("each", per, SAMPLE);
        Account acme = books.account(load, "acme");
        Account unknown = books.account(load, null);
        assertThat(books.account(load, "acme")).isSameAs(acme);
        assertThat(books.account(load, "ACME")).isNotSameAs(acme);
        assertThat(books.account(load, "")).isNotSameAs(unknown);
        assertThat(books.account(load, null)).isSameAs(unknown).isNotSameAs(acme);
        assertThat(acme.key()).isEqualTo(new AccountKey("each", "acme")).hasToString("each/acme");
        assertThat(unknown.key()).isEqualTo(new AccountKey("each", null));
    }

    @Test
    void accountsAreThoseOfOwnersAndTheLoadsOwnWhereItHasNoneOrIsBookedOn() {
        Account checkout = books.account(CHECKOUT, null);
        Account unknown = books.account(TENANTS, null);
        assertThat(books.accounts()).containsExactlyInAnyOrder(checkout, unknown);
        Account acme = books.account(TENANTS, "acme");
        assertThat(books.accounts()).containsExactlyInAnyOrder(checkout, acme);
        unknown.book(1);
        assertThat(books.accounts()).containsExactlyInAnyOrder(checkout, acme, unknown);
    }

    @Test
    void booksStayBounded() {
        for (int i = 0; i < LoadBooks.MOST; i++) {
            books.requestType(TENANTS, "select " + i, 1_000);
            books.transactionType(TENANTS, "type " + i);
        }
        RequestType shared = books.requestType(TENANTS, "one more", 7_000);
        assertThat(shared.estimateNanos(1)).isEqualTo(7_000);
        assertThat(books.requestType(TENANTS, "another", 7_000)).isSameAs(shared);
        assertThat(books.requestType(TENANTS, "another", 2_000).estimateNanos(1))
                .isEqualTo(2_000);
        assertThat(books.requestType(TENANTS, "select 5", 7_000)).isNotSameAs(shared);
        assertThat(books.transactionType(TENANTS, "one more")).isSameAs(books.transactionType(TENANTS, "another"));
    }

    @Test
    void loadOutsideTheAgreementsIsOpenedOnFirstUse() {
        UserLoad fallback = load("default", null);
        Account account = books.account(fallback, null);
        account.book(1);
        assertThat(account.penalty()).isZero();
        assertThat(books.settle(Instant.parse("2030-01-01T00:00:00Z"))).isEmpty();
        assertThat(account.transactions()).isEqualTo(1);
    }

    @Test
    void loadOpenedLaterBeginsItsIntervalThen() {
        books.settle(Instant.parse("2026-04-10T00:00:00Z"));
        Account account = books.account(load("later", SAMPLE), null);
        assertThat(account.intervalFrom()).isEqualTo("2026-04-10T00:00:00Z");
        assertThat(account.intervalUntil()).isEqualTo("2026-05-01T00:00:00Z");
    }

    @Test
    void differentLoadOfTheSameNameIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> books.account(load("checkout", null), null))
                .withMessage("there are two different user loads named \"checkout\"; rename one");
        assertThat(books.account(load("checkout", SAMPLE), null)).isSameAs(books.account(CHECKOUT, null));
    }

    @Test
    void whatIsThoughtAtFirstIsEachRequestsOwnAndWhatIsObservedIsTheTemplates() {
        RequestType select = books.requestType(CHECKOUT, "SELECT ?", 5_000);
        RequestType hinted = books.requestType(CHECKOUT, "SELECT ?", 9_000);
        assertThat(select.estimateNanos(1)).isEqualTo(5_000);
        assertThat(hinted.estimateNanos(1)).isEqualTo(9_000);
        hinted.observe(1, 70_000);
        assertThat(select.isObserved()).isTrue();
        assertThat(select.estimateNanos(1)).isEqualTo(70_000);
        assertThat(books.requestType(CHECKOUT, "SELECT ?", 1_000).estimateNanos(1))
                .isEqualTo(70_000);
    }

    @Test
    void estimatorsAreKeptByLoadAndName() {
        RequestType select = books.requestType(CHECKOUT, "SELECT ?", 5_000);
        assertThat(books.requestType(CHECKOUT, "SELECT ?", 5_000)).isSameAs(select);
        assertThat(books.requestType(TENANTS, "SELECT ?", 9_000)).isNotSameAs(select);
        assertThat(books.requestType(CHECKOUT, "SELECT ? ", 9_000)).isNotSameAs(select);
        TransactionType order = books.transactionType(CHECKOUT, "NewOrder");
        assertThat(books.transactionType(CHECKOUT, "NewOrder")).isSameAs(order);
        assertThat(books.transactionType(TENANTS, "NewOrder")).isNotSameAs(order);
    }

    @Test
    void concurrentLookupsFindTheSameObjects() throws Exception {
        int threads = 8;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch together = new CountDownLatch(1);
            List<Future<List<Object>>> seen = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                seen.add(pool.submit(() -> {
                    together.await();
                    List<Object> found = new ArrayList<>();
                    for (int i = 0; i < 2_000; i++) {
                        UserLoad load = load("load" + i % 7, AccountPer.CLIENT, SAMPLE);
                        found.add(books.account(load, i % 13 == 0 ? null : "client" + i));
                        found.add(books.requestType(load, "template" + i, 1_000));
                        found.add(books.transactionType(load, "type" + i));
                    }
                    return found;
                }));
            }
            together.countDown();
            List<Object> first = seen.get(0).get();
            for (Future<List<Object>> other : seen) {
                for (int i = 0; i < first.size(); i++) {
                    assertThat(other.get().get(i)).isSameAs(first.get(i));
                }
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void builtInAgreementIsKept() {
        Agreements agreements = Agreements.builtIn();
        SloComponent builtIn = new SloComponent(agreements, SloComponent.DEFAULT_DEGREE, OPENED);
        Account low = builtIn.account(Objects.requireNonNull(agreements.userLoad("low")), null);
        low.book(6_000_000_000L);
        assertThat(low.due()).isEqualTo(40);
        assertThat(low.maximumPenalty()).isEqualTo(40);
    }

    @Test
    void faultyNumbersAreRefusedWhenTheBooksAreOpenedAndNameTheLoad() {
        List<UserLoad> loads = List.of(load("odd", penalized(120, "10", "1", "2")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SloComponent(loads, 2, OPENED))
                .withMessage("user load \"odd\": percent is 120.0; make it in (0, 100]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SloComponent(List.of(), 0, OPENED))
                .withMessage("degree is 0.0; make it positive and finite");
    }
}
