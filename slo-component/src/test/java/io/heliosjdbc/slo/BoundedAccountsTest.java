package io.heliosjdbc.slo;

import static io.heliosjdbc.slo.Loads.OPENED;
import static io.heliosjdbc.slo.Loads.SAMPLE;
import static io.heliosjdbc.slo.Loads.load;
import static io.heliosjdbc.slo.Loads.penalized;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.heliosjdbc.agreements.AccountPer;
import io.heliosjdbc.agreements.DeadlineObjective;
import io.heliosjdbc.agreements.Guarantee;
import io.heliosjdbc.agreements.UserLoad;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Accounts that are bounded in number, against an obvious implementation that sorts all of them each time. */
class BoundedAccountsTest {
    private static final long LATE = 6_000_000_000L;
    private static final UserLoad CLIENTS =
            load("clients", AccountPer.CLIENT, penalized(90, "10", "5", "9", Duration.ofDays(1)));

    /** What is on an account. */
    private static final class Entry {
        long transactions;
        long late;
        long refused;
        /** When it was last used; 0 where that is not known yet. */
        long used;

        void add(Entry other) {
            transactions += other.transactions;
            late += other.late;
            refused += other.refused;
        }
    }

    private static final class Obvious {
        private final int most;
        private final Map<String, Entry> entries = new HashMap<>();
        private final List<String> opened = new ArrayList<>();
        private Entry own = new Entry();
        private long now;

        Obvious(int most) {
            this.most = most;
        }

        /** The owner it is kept for, or null where it is the load's own. */
        @Nullable
        String find(String owner) {
            if (!entries.containsKey(owner)) {
                if (entries.size() >= 2 * most) {
                    return null;
                }
                entries.put(owner, new Entry());
                opened.add(owner);
            }
            return owner;
        }

        void book(@Nullable String owner, boolean late, boolean refused) {
            Entry entry = owner == null ? own : entries.computeIfAbsent(owner, absent -> new Entry());
            entry.transactions++;
            entry.late += late ? 1 : 0;
            entry.refused += refused ? 1 : 0;
            entry.used = ++now;
        }

        void fold() {
            for (String owner : opened) {
                Entry entry = entries.get(owner);
                if (entry != null && entry.used == 0) {
                    entry.used = ++now;
                }
            }
            opened.clear();
            List<Map.Entry<String, Entry>> all = new ArrayList<>(entries.entrySet());
            all.sort(Comparator.comparingLong(each -> each.getValue().used));
            for (Map.Entry<String, Entry> each : all.subList(0, Math.max(0, all.size() - most))) {
                entries.remove(each.getKey());
                own.add(each.getValue());
            }
        }

        void settle() {
            own = new Entry();
            entries.values().forEach(each -> {
                each.transactions = 0;
                each.late = 0;
                each.refused = 0;
            });
        }
    }

    /** An account that somebody has looked up, maybe long ago. */
    private record Held(Account account, @Nullable String owner) {}

    @Test
    void settlingSaysWhetherAnyPenaltyMayHaveChanged() {
        SloComponent books = new SloComponent(List.of(CLIENTS), 2, OPENED, 2);
        List<Settlement> settlements = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        books.account(CLIENTS, "a").book(LATE);
        books.account(CLIENTS, "b").book(1);
        assertThat(books.settle(OPENED.plusSeconds(1), settlements, notes)).isFalse();
        books.account(CLIENTS, "c").book(1);
        assertThat(books.settle(OPENED.plusSeconds(2), settlements, notes))
                .as("folded")
                .isTrue();
        assertThat(books.settle(OPENED.plusSeconds(3), settlements, notes)).isFalse();
        assertThat(settlements).isEmpty();
        assertThat(books.settle(OPENED.plus(Duration.ofDays(1)), settlements, notes))
                .as("settled")
                .isTrue();
        assertThat(settlements).hasSize(3);
        assertThat(books.settle(OPENED.plus(Duration.ofDays(2)), settlements, notes))
                .as("nothing was booked")
                .isFalse();
    }

    @Test
    void whatIsBookedStandsWhereTheObviousImplementationHasIt() {
        for (int seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int most = random.nextInt(1, 8);
            SloComponent books = new SloComponent(List.of(CLIENTS), 6, OPENED, most);
            Obvious obvious = new Obvious(most);
            BooksCopy copy = new BooksCopy();
            List<Held> held = new ArrayList<>();
            Instant now = OPENED;
            long booked = 0;
            for (int step = 0; step < 500; step++) {
                switch (random.nextInt(12)) {
                    case 0 -> {
                        boolean ends = random.nextInt(20) == 0;
                        now = ends ? now.plus(Duration.ofDays(1)) : now.plusSeconds(1);
                        long sum = books.settle(now).stream()
                                .mapToLong(Settlement::transactions)
                                .sum();
                        if (now.isBefore(OPENED.plus(Duration.ofDays(1))) || !ends) {
                            assertThat(sum).isZero();
                        } else {
                            assertThat(sum).isEqualTo(booked);
                            booked = 0;
                            obvious.settle();
                        }
                        obvious.fold();
                        assertThat(books.accounts().size()).isLessThanOrEqualTo(most + 1);
                        if (random.nextBoolean()) {
                            copy.take(books.takeChanged());
                        }
                    }
                    case 1, 2, 3, 4 -> {
                        String owner = "owner " + random.nextInt(3 * most);
                        held.add(new Held(books.account(CLIENTS, owner), obvious.find(owner)));
                    }
                    default -> {
                        if (!held.isEmpty()) {
                            Held one = held.get(random.nextInt(held.size()));
                            boolean refused = random.nextInt(4) == 0;
                            boolean late = refused || random.nextInt(3) == 0;
                            if (refused) {
                                one.account().bookRefused();
                            } else {
                                one.account().book(late ? LATE : 1);
                            }
                            obvious.book(one.owner(), late, refused);
                            booked++;
                        }
                    }
                }
                same(books, obvious, booked);
                for (Held each : held) {
                    Entry entry = each.owner() == null ? obvious.own : obvious.entries.get(each.owner());
                    assertThat(each.account().current().transactions())
                            .isEqualTo(entry == null ? 0 : entry.transactions);
                }
            }
            copy.take(books.takeChanged());
            assertThat(copy.loads().stream()
                            .flatMap(each -> each.accounts().stream())
                            .mapToLong(AccountState::transactions)
                            .sum())
                    .isEqualTo(booked);
        }
    }

    private static void same(SloComponent books, Obvious obvious, long booked) {
        long sum = 0;
        for (Account each : books.accounts()) {
            String owner = each.key().owner();
            Entry expected = owner == null ? obvious.own : obvious.entries.get(owner);
            assertThat(expected).as(each.toString()).isNotNull();
            if (expected != null) {
                assertThat(each.transactions()).as(each.toString()).isEqualTo(expected.transactions);
                assertThat(each.late()).isEqualTo(expected.late);
                assertThat(each.refused()).isEqualTo(expected.refused);
            }
            sum += each.transactions();
        }
        assertThat(sum).isEqualTo(booked);
    }

    @Test
    void aThousandTimesAsManyClientsLeaveAsManyAccountsAsAreAllowed() {
        SloComponent books = new SloComponent(List.of(CLIENTS), 6, OPENED, 100);
        for (int i = 0; i < 100_000; i++) {
            books.account(CLIENTS, "client " + i).book(i % 10 == 0 ? LATE : 1);
            if (i % 50 == 0) {
                assertThat(books.settle(OPENED.plusSeconds(i / 50))).isEmpty();
            }
        }
        books.settle(OPENED.plusSeconds(3_000));

        assertThat(books.accounts()).hasSize(101);
        assertThat(books.account(CLIENTS, null).transactions()).isEqualTo(99_900);
        assertThat(books.account(CLIENTS, null).late()).isEqualTo(9_990);
        assertThat(books.account(CLIENTS, "client 99999").transactions()).isEqualTo(1);
        assertThat(books.settle(OPENED.plus(Duration.ofDays(1)))).hasSize(101);
    }

    @Test
    void betweenTwoSettlementsThereAreTwiceAsManyAndTheOthersShareTheLoadsOwn() {
        SloComponent books = new SloComponent(List.of(CLIENTS), 6, OPENED, 10);
        for (int i = 0; i < 20; i++) {
            assertThat(books.account(CLIENTS, "client " + i)).isNotSameAs(books.account(CLIENTS, null));
        }
        assertThat(books.account(CLIENTS, "one more")).isSameAs(books.account(CLIENTS, null));
        books.settle(OPENED);
        assertThat(books.account(CLIENTS, "one more")).isNotSameAs(books.account(CLIENTS, null));
    }

    @Test
    void aFoldedAccountBeginsAnewAndItsResponseTimesAreTheLoads() {
        UserLoad load = load(
                "dynamic",
                AccountPer.CLIENT,
                new Guarantee(
                        "d", SAMPLE.percentile(), new DeadlineObjective.Dynamic(90), null, null, SAMPLE.penalty()));
        SloComponent books = new SloComponent(List.of(load), 6, OPENED, 1);
        Account anna = books.account(load, "anna");
        for (int i = 0; i < 30; i++) {
            anna.book(LATE);
        }
        long deadline = anna.enforceAt(0, 1);
        books.account(load, "bert").book(1);

        books.settle(OPENED.plusSeconds(1));

        assertThat(anna.current()).isSameAs(anna);
        assertThat(anna.conformance()).isEqualTo(1);
        assertThat(anna.enforceAt(0, 1)).isEqualTo(Long.MAX_VALUE);
        assertThat(books.account(load, null).enforceAt(0, 1))
                .isEqualTo(deadline)
                .isLessThan(LATE);
        for (int i = 0; i < 30; i++) {
            anna.book(1_000_000);
        }
        assertThat(anna.enforceAt(0, 1)).isLessThan(1_000_000);
        assertThat(books.account(load, "anna")).isSameAs(anna);
        assertThat(anna.transactions()).isEqualTo(30);
    }

    /** Whoever looks up meets accounts that are folded just now. */
    @Test
    void nothingIsLostWhileOthersLookUp() throws Exception {
        SloComponent books = new SloComponent(List.of(CLIENTS), 6, OPENED, 5);
        Object lock = new Object();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                SplittableRandom random = new SplittableRandom(thread);
                all.add(threads.submit(() -> {
                    for (int i = 0; i < 20_000; i++) {
                        Account account = books.account(CLIENTS, "client " + random.nextInt(30));
                        synchronized (lock) {
                            account.book(1);
                            if (i % 100 == 0) {
                                assertThat(books.settle(OPENED)).isEmpty();
                            }
                        }
                    }
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        books.settle(OPENED);
        assertThat(books.accounts()).hasSizeLessThanOrEqualTo(6);
        assertThat(books.accounts().stream().mapToLong(Account::transactions).sum())
                .isEqualTo(80_000);
    }

    @Test
    void lessThanOneIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SloComponent(List.of(CLIENTS), 6, OPENED, 0))
                .withMessage("at most 0 accounts cannot be; allow at least 1");
    }
}
