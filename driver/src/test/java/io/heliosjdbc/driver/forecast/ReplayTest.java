package io.heliosjdbc.driver.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.heliosjdbc.agreements.AccountPer;
import io.heliosjdbc.agreements.Guarantee;
import io.heliosjdbc.agreements.Penalty;
import io.heliosjdbc.agreements.PercentileObjective;
import io.heliosjdbc.agreements.UserLoad;
import io.heliosjdbc.driver.admin.Figures;
import io.heliosjdbc.scheduler.Ending;
import io.heliosjdbc.scheduler.SchedulerSettings;
import io.heliosjdbc.scheduler.ServiceClassSettings;
import io.heliosjdbc.slo.Account;
import io.heliosjdbc.slo.Settlement;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What would have become of statements, in virtual time and with known answers. */
class ReplayTest {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long EVER = Long.MAX_VALUE;
    private static final Instant SINCE = Instant.parse("2026-03-10T09:00:00Z");
    /** What the live clock showed then: replays do not mind. */
    private static final long ZERO = -123_456_789;

    private final History history = new History(() -> ZERO, () -> SINCE);

    private static UserLoad load(String name, Duration within, double percent, Duration interval) {
        return new UserLoad(
                name,
                null,
                AccountPer.LOAD,
                List.of(),
                null,
                new Guarantee(
                        "latency",
                        new PercentileObjective(percent, within),
                        null,
                        null,
                        null,
                        new Penalty(interval, "USD", 10, new BigDecimal(100), new BigDecimal(1000))));
    }

    private static final UserLoad HASTY = load("hasty", Duration.ofMillis(15), 50, Duration.ofDays(1));
    private static final UserLoad PATIENT = load("patient", Duration.ofSeconds(5), 50, Duration.ofDays(1));

    private static RequestKind kind(UserLoad load, double cost) {
        String template = "SELECT " + load.name();
        return new RequestKind("lane", load, null, "t", template, template, cost, EVER, MILLI, "standard");
    }

    /** A statement in autocommit, on a connection that a thread of that number uses. */
    private void statement(int connection, UserLoad load, long startMillis, long millis) {
        add(connection, connection, kind(load, 0), startMillis, millis, 0, Ending.COMPLETED);
    }

    private void add(
            int connection,
            long thread,
            @Nullable RequestKind kind,
            long startMillis,
            long millis,
            int timeout,
            @Nullable Ending ending) {
        history.add(connection, thread, kind, ZERO + startMillis * MILLI, millis * MILLI, timeout, ending);
    }

    private static SchedulerSettings settings(int mpl, int depth, long timeout, long lendAfter) {
        return new SchedulerSettings(
                "fifo", 0, lendAfter, true, List.of(new ServiceClassSettings("lane", mpl, depth, timeout, true, 100)));
    }

    private Forecast forecast(SchedulerSettings settings) {
        return Replay.of(Objects.requireNonNull(history.copy()), settings, 6, 100);
    }

    private static Figures all(Forecast forecast) {
        return forecast.figures(key -> true);
    }

    @Test
    void ofThreeAtOnceOnOneSlotTheSecondWaitsForTheFirstAndTheThirdForBoth() {
        statement(1, PATIENT, 0, 10);
        statement(2, PATIENT, 0, 10);
        statement(3, HASTY, 0, 10);

        Forecast forecast = forecast(settings(1, 9, EVER, EVER));

        assertThat(all(forecast)).isEqualTo(new Figures(3, 3, 30 * MILLI, 2, 30 * MILLI, 20 * MILLI, 1, 0));
        assertThat(forecast.figures(key -> key.userLoad().equals("hasty")))
                .isEqualTo(new Figures(1, 1, 10 * MILLI, 1, 20 * MILLI, 20 * MILLI, 1, 0));
        assertThat(forecast.figures(key -> key.template().equals("SELECT patient")))
                .isEqualTo(new Figures(2, 2, 20 * MILLI, 1, 10 * MILLI, 10 * MILLI, 0, 0));
        assertThat(forecast.accounts())
                .extracting(each -> each.key().userLoad() + " " + each.conformance() + " " + each.due())
                .containsExactlyInAnyOrder("patient 1.0 0.0", "hasty 0.0 500.0");
        assertThat(forecast.since()).isEqualTo(SINCE);
    }

    @Test
    void whoWaitsSendsHisNextStatementLater() {
        // Each thinks for 10 ms after 10 ms of work: one slot is just enough for both, once one of them has waited.
        for (int i = 0; i < 5; i++) {
            statement(1, PATIENT, 20L * i, 10);
            statement(2, PATIENT, 20L * i, 10);
        }

        assertThat(all(forecast(settings(1, 9, EVER, EVER))))
                .isEqualTo(new Figures(10, 10, 100 * MILLI, 1, 10 * MILLI, 10 * MILLI, 0, 0));
    }

    @Test
    void aFullQueueRefusesAndOneWaitsNoLongerThanItMay() {
        statement(1, PATIENT, 0, 100);
        statement(2, PATIENT, 1, 10);
        add(3, 3, kind(PATIENT, 0), 2, 10, 0, Ending.COMPLETED);
        statement(4, PATIENT, 200, 10);

        assertThat(all(forecast(settings(1, 1, EVER, EVER))))
                .isEqualTo(new Figures(4, 3, 120 * MILLI, 1, 99 * MILLI, 99 * MILLI, 1, 1));
        assertThat(all(forecast(settings(1, 9, 50 * MILLI, EVER))))
                .isEqualTo(new Figures(4, 2, 110 * MILLI, 2, 100 * MILLI, 50 * MILLI, 2, 2));
    }

    @Test
    void aStatementsOwnTimeoutCountsFromItsArrival() {
        statement(1, PATIENT, 0, 3_000);
        add(2, 2, kind(PATIENT, 0), 0, 10, 1, Ending.COMPLETED);
        add(3, 3, kind(PATIENT, 0), 0, 10, 4, Ending.COMPLETED);

        assertThat(all(forecast(settings(1, 9, EVER, EVER))))
                .isEqualTo(new Figures(3, 2, 3_010 * MILLI, 2, 4_000 * MILLI, 3_000 * MILLI, 1, 1));
    }

    @Test
    void whatIsTooDearIsRefused() {
        add(1, 1, kind(PATIENT, 100.5), 0, 10, 0, Ending.COMPLETED);
        add(2, 2, kind(PATIENT, 99.5), 0, 10, 0, Ending.COMPLETED);

        assertThat(all(forecast(settings(1, 9, EVER, EVER)))).isEqualTo(new Figures(2, 1, 10 * MILLI, 0, 0, 0, 1, 1));
    }

    /** 10 ms, 10 ms of thought, 10 ms, 10 ms until the commit. */
    private void transaction(int connection, long startMillis) {
        add(connection, connection, kind(PATIENT, 0), startMillis, 10, 0, null);
        add(connection, connection, kind(PATIENT, 0), startMillis + 20, 10, 0, null);
        add(connection, connection, null, startMillis + 40, 0, 0, Ending.COMPLETED);
    }

    @Test
    void aTransactionKeepsItsSlotToItsEndAndOnlyItsFirstStatementWaits() {
        transaction(1, 0);
        transaction(2, 5);

        assertThat(all(forecast(settings(1, 9, EVER, EVER))))
                .isEqualTo(new Figures(4, 4, 40 * MILLI, 1, 35 * MILLI, 35 * MILLI, 0, 0));
    }

    @Test
    void anIdleTransactionsSlotIsLent() {
        transaction(1, 0);
        transaction(2, 5);

        assertThat(all(forecast(settings(1, 9, EVER, 4 * MILLI)))).isEqualTo(all(4, 9));
        assertThat(all(forecast(settings(1, 9, EVER, 0)))).isEqualTo(all(4, 5));
    }

    private static Figures all(int statements, long waitedMillis) {
        return new Figures(
                statements, statements, 10L * statements * MILLI, 1, waitedMillis * MILLI, waitedMillis * MILLI, 0, 0);
    }

    @Test
    void ofATransactionThatGotNoSlotNothingReachesTheDatabaseAndTheNextOneDoes() {
        statement(1, PATIENT, 0, 15);
        transaction(2, 5);
        statement(2, PATIENT, 60, 10);

        assertThat(all(forecast(settings(1, 0, EVER, EVER)))).isEqualTo(new Figures(3, 2, 25 * MILLI, 0, 0, 0, 1, 1));
    }

    @Test
    void aThreadNeverWaitsForItself() {
        add(1, 7, kind(PATIENT, 0), 0, 10, 0, null);
        add(2, 7, kind(PATIENT, 0), 20, 10, 0, Ending.COMPLETED);
        add(1, 7, kind(PATIENT, 0), 40, 10, 0, null);
        add(1, 7, null, 50, 0, 0, Ending.COMPLETED);
        // Another one on its way before makes it all come 25 ms later, in step.
        history.add(3, 9, kind(PATIENT, 0), ZERO - 5 * MILLI, 30 * MILLI, 0, Ending.COMPLETED);

        assertThat(all(forecast(settings(1, 9, EVER, EVER))))
                .isEqualTo(new Figures(4, 4, 60 * MILLI, 1, 25 * MILLI, 25 * MILLI, 0, 0));
    }

    @Test
    void whatIsOpenWhenTheHistoryEndsHoldsNobodyUpForEver() {
        add(1, 1, kind(HASTY, 0), 0, 10, 0, null);
        statement(2, PATIENT, 5, 10);

        Forecast forecast = forecast(settings(1, 9, EVER, EVER));
        assertThat(all(forecast)).isEqualTo(all(2, 5));
        assertThat(forecast.accounts())
                .filteredOn(each -> each.key().userLoad().equals("hasty"))
                .extracting(Account::transactions)
                .containsExactly(0L);
    }

    @Test
    void intervalsThatEndMeanwhileAreSettled() {
        UserLoad hourly = load("hourly", Duration.ofMillis(5), 95, Duration.ofHours(1));
        statement(1, hourly, 0, 10);
        statement(1, hourly, TimeUnit.HOURS.toMillis(2), 1);

        Forecast forecast = forecast(settings(1, 9, EVER, EVER));
        assertThat(forecast.settlements())
                .extracting(Settlement::late, each -> each.due().intValue())
                .containsExactly(org.assertj.core.api.Assertions.tuple(1L, 1000));
        assertThat(forecast.accounts()).extracting(Account::conformance).containsExactly(1.0);
    }

    @Test
    void theLastOnesAreKept() {
        History small = new History(3, () -> ZERO, () -> SINCE);
        assertThat(small.copy()).isNull();
        for (int i = 0; i < 7; i++) {
            small.add(i, i, kind(PATIENT, i), ZERO + i, 1, 0, Ending.COMPLETED);
        }
        History.Copy copy = Objects.requireNonNull(small.copy());
        assertThat(copy.since()).isEqualTo(SINCE.plusNanos(4));
        assertThat(copy.arrivals()).extracting(Arrival::connection).containsExactly(4L, 5L, 6L);
        assertThat(copy.arrivals()).extracting(Arrival::start).containsExactly(0L, 1L, 2L);
        assertThat((long) History.KEPT * History.BYTES).isLessThan(4_800_000);
    }

    @Test
    void equalKindsAreOne() {
        assertThat(history.shared(kind(PATIENT, 1))).isSameAs(history.shared(kind(PATIENT, 1)));
    }

    private record Sent(long at, int client, int nth) {}

    /** Held against a queue of the textbook: first come, first served, so many servers, clients who think. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void clientsWhoThinkWaitAsLongAsInTheTextbook(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int clients = 20;
        int each = 50;
        int servers = random.nextInt(1, 12);
        long[][] thinks = new long[clients][each];
        long[][] services = new long[clients][each];
        List<Arrival> arrivals = new ArrayList<>();
        for (int client = 0; client < clients; client++) {
            long at = 0;
            for (int i = 0; i < each; i++) {
                thinks[client][i] = random.nextLong(1, 50 * MILLI);
                services[client][i] = random.nextLong(1, 20 * MILLI);
                at += thinks[client][i];
                arrivals.add(
                        new Arrival(client, client, kind(PATIENT, 0), at, services[client][i], 0, Ending.COMPLETED));
                at += services[client][i];
            }
        }
        arrivals.sort(Comparator.comparingLong(Arrival::end));
        arrivals.forEach(
                a -> history.add(a.connection(), a.thread(), a.kind(), ZERO + a.start(), a.nanos(), 0, a.ending()));

        PriorityQueue<Sent> sent = new PriorityQueue<>(Comparator.comparingLong(Sent::at));
        for (int client = 0; client < clients; client++) {
            sent.add(new Sent(thinks[client][0], client, 0));
        }
        PriorityQueue<Long> free = new PriorityQueue<>();
        for (int i = 0; i < servers; i++) {
            free.add(0L);
        }
        long waited = 0;
        long waits = 0;
        long longest = 0;
        while (!sent.isEmpty()) {
            Sent next = sent.remove();
            long start = Math.max(next.at(), Objects.requireNonNull(free.remove()));
            long end = start + services[next.client()][next.nth()];
            free.add(end);
            waits += start > next.at() ? 1 : 0;
            waited += start - next.at();
            longest = Math.max(longest, start - next.at());
            if (next.nth() + 1 < each) {
                sent.add(new Sent(end + thinks[next.client()][next.nth() + 1], next.client(), next.nth() + 1));
            }
        }

        Figures figures = all(forecast(settings(servers, 1_000, EVER, EVER)));
        assertThat(figures.statements()).isEqualTo((long) clients * each);
        assertThat(figures.waited()).isEqualTo(waits);
        assertThat(figures.waitedNanos()).isCloseTo(waited, within(0L));
        assertThat(figures.longestWaitNanos()).isEqualTo(longest);
    }
}
