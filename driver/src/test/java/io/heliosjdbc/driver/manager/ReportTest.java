package io.heliosjdbc.driver.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.heliosjdbc.agreements.Penalty;
import io.heliosjdbc.classifier.Attributes;
import io.heliosjdbc.classifier.Classification;
import io.heliosjdbc.classifier.StatementProfile;
import io.heliosjdbc.classifier.hints.Hints;
import io.heliosjdbc.driver.admin.Figures;
import io.heliosjdbc.driver.admin.Outlook;
import io.heliosjdbc.driver.admin.ReportLine;
import io.heliosjdbc.driver.admin.ReportLine.Scope;
import io.heliosjdbc.driver.admin.Standing;
import io.heliosjdbc.driver.forecast.RequestKind;
import io.heliosjdbc.scheduler.SchedulerSettings;
import io.heliosjdbc.scheduler.StatementCounts;
import io.heliosjdbc.scheduler.WorkloadScheduler;
import io.heliosjdbc.slo.AccountKey;
import io.heliosjdbc.slo.Settlement;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where the time went, in virtual time. */
@Timeout(60)
class ReportTest {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final String FULL = "refused: max_queue_depth = 2, max_concurrency = 1";

    private final AtomicLong clock = new AtomicLong();
    private volatile Instant today = Instant.parse("2026-03-10T09:00:00Z");
    private final Registry registry = ManualRegistry.of(clock, () -> today);

    @AfterEach
    void end() {
        registry.closeIdle();
    }

    @Test
    void classesLoadsAndTemplatesTellWhereTheTimeWent() throws Exception {
        ManagedSession session = registry.open("report", Map.of(), null, null);
        run(session, "SELECT a FROM t WHERE id = 1", 10);
        run(session, "SELECT a FROM t WHERE id = 2", 30);
        run(session, "/* class=background_queue */ SELECT b FROM t", 500);
        run(session, "/* priority=high */ SELECT a FROM t WHERE id = 3", 5);

        List<ReportLine> lines = session.manager().report();

        assertThat(lines.get(0).scope()).isEqualTo(Scope.TOTAL);
        assertThat(lines.get(0).name()).isEqualTo("since 2026-03-10T09:00:00Z");
        assertThat(lines.get(0).figures()).isEqualTo(new Figures(4, 4, 545 * MILLI, 0, 0, 0, 0, 0));
        assertThat(lines)
                .filteredOn(each -> each.scope() == Scope.SERVICE_CLASS)
                .extracting(ReportLine::name)
                .containsExactly("background_queue", "fast_lane");
        assertThat(lines)
                .filteredOn(each -> each.scope() == Scope.USER_LOAD)
                .extracting(each -> each.name() + " " + each.figures().executed() + " " + each.penalty())
                .containsExactly("medium 3 0.0", "high 1 0.0");
        assertThat(lines)
                .filteredOn(each -> each.scope() == Scope.TEMPLATE)
                .extracting(each -> each.name() + " " + each.serviceClass() + " " + each.userLoad() + " "
                        + each.figures().executionNanos() / MILLI)
                .containsExactly(
                        "SELECT b FROM t background_queue medium 500",
                        "SELECT a FROM t WHERE id = ? fast_lane medium 40",
                        "SELECT a FROM t WHERE id = ? fast_lane high 5");
        assertThat(lines)
                .filteredOn(each -> each.scope() == Scope.TEMPLATE)
                .extracting(ReportLine::reason)
                .allMatch(each -> each != null && !each.isEmpty());
        session.close();
    }

    @Test
    void waitsAndRefusalsAreCounted() throws Exception {
        Map<String, String> settings = new HashMap<>();
        settings.put("fast_lane.max_concurrency", "1");
        settings.put("fast_lane.max_queue_depth", "1");
        settings.put("fast_lane.queue_timeout_ms", "0");
        ManagedSession holder = registry.open("report", settings, null, null);
        ManagedSession waiter = registry.open("report", settings, null, null);
        ManagedSession refused = registry.open("report", settings, null, null);
        StatementProfile select = holder.profile("SELECT a FROM t WHERE id = 1");
        holder.before(holder, select, 0);
        FutureTask<Long> waiting = new FutureTask<>(() -> waiter.before(waiter, select, 0));
        new Thread(waiting, "waits").start();
        while (holder.manager().classes().stream().noneMatch(each -> each.queued() == 1)) {
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
        }
        FutureTask<Long> turnedAway = new FutureTask<>(() -> refused.before(refused, select, 0));
        new Thread(turnedAway, "is refused").start();
        assertThatThrownBy(turnedAway::get).hasMessageContaining("the queue of its class is full");
        assertThat(explained(refused, "class_queued")).isEqualTo("1");
        assertThat(explained(refused, "class_active")).isEqualTo("1");
        assertThat(explained(refused, "class_mpl")).isEqualTo("1");
        assertThat(explained(refused, "total_active")).isEqualTo("1");
        assertThat(explained(refused, "total_mpl")).isNull();
        // This thread holds a slot, and would not wait for itself.
        assertThat(explained(refused, "would_be")).isEqualTo("admitted");
        assertThat(explained(holder, "would_be")).isEqualTo("admitted: its transaction holds a slot");
        assertThat(elsewhere(() -> explained(refused, "would_be")))
                .isEqualTo("refused: max_queue_depth = 1, max_concurrency = 1");
        clock.addAndGet(20 * MILLI);
        holder.after(holder, select, null);
        assertThat(waiting.get()).isEqualTo(20 * MILLI);
        clock.addAndGet(6_000 * MILLI);
        waiter.after(waiter, select, null);

        // The one that was refused was late, and so was the one that took six seconds.
        assertThat(holder.manager().report().get(0).figures())
                .isEqualTo(new Figures(3, 2, 6_020 * MILLI, 1, 20 * MILLI, 20 * MILLI, 2, 1));
        assertThat(holder.manager().report())
                .filteredOn(each -> each.name().equals("medium"))
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.penalty()).isPositive();
                    assertThat(each.unit()).isEqualTo("USD");
                });
        Double before = penalty(holder, "medium");
        today = Instant.parse("2026-04-10T09:00:00Z");
        assertThat(penalty(holder, "medium")).isEqualTo(before);
        List.of(holder, waiter, refused).forEach(ManagedSession::close);
    }

    /** Who waits for the slot of another statement of his connection asks for no transaction of his own. */
    @Test
    void aTransactionIsLateOnceHoweverManyOfItsStatementsTimeOut() throws Exception {
        Map<String, String> settings = Map.of("fast_lane.max_concurrency", "1", "fast_lane.queue_timeout_ms", "0");
        ManagedSession holder = registry.open("report", settings, null, null);
        ManagedSession waiter = registry.open("report", settings, null, null);
        StatementProfile select = holder.profile("SELECT a FROM t WHERE id = 1");
        holder.before(holder, select, 0);
        FutureTask<Long> first = new FutureTask<>(() -> waiter.before("first", select, 0));
        new Thread(first, "asks").start();
        while (holder.manager().classes().stream().noneMatch(each -> each.queued() == 1)) {
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
        }
        FutureTask<Long> second = new FutureTask<>(() -> waiter.before("second", select, 1));
        Thread shares = new Thread(second, "shares the answer");
        shares.start();
        while (shares.getState() != Thread.State.TIMED_WAITING) {
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
        }
        clock.addAndGet(6_000 * MILLI);
        // Looks at the clock again.
        assertThat(waiter.cancel("a third one")).isFalse();
        assertThatThrownBy(second::get).hasMessageContaining("query timeout passed");
        holder.after(holder, select, null);
        assertThat(first.get()).isEqualTo(6_000 * MILLI);
        waiter.after("first", select, null);

        assertThat(holder.manager().report().get(0).figures())
                .isEqualTo(new Figures(3, 2, 6_000 * MILLI, 2, 12_000 * MILLI, 6_000 * MILLI, 2, 1));
        List.of(holder, waiter).forEach(ManagedSession::close);
    }

    /** Else more than all would seem to have waited. */
    @Test
    void aWaitCountsWhenItsStatementHasEnded() throws Exception {
        Map<String, String> settings = Map.of("fast_lane.max_concurrency", "1");
        ManagedSession holder = registry.open("report", settings, null, null);
        ManagedSession waiter = registry.open("report", settings, null, null);
        StatementProfile first = holder.profile("SELECT a FROM t WHERE id = 1");
        StatementProfile second = holder.profile("SELECT b FROM t WHERE id = 1");
        holder.before(holder, first, 0);
        FutureTask<Long> waiting = new FutureTask<>(() -> waiter.before(waiter, second, 0));
        new Thread(waiting, "waits").start();
        while (holder.manager().classes().stream().noneMatch(each -> each.queued() == 1)) {
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
        }
        clock.addAndGet(20 * MILLI);
        holder.after(holder, first, null);
        assertThat(waiting.get()).isEqualTo(20 * MILLI);

        assertThat(holder.manager().report().get(0).figures()).isEqualTo(new Figures(1, 1, 20 * MILLI, 0, 0, 0, 0, 0));
        clock.addAndGet(MILLI);
        waiter.after(waiter, second, null);
        assertThat(holder.manager().report().get(0).figures())
                .isEqualTo(new Figures(2, 2, 21 * MILLI, 1, 20 * MILLI, 20 * MILLI, 0, 0));
        List.of(holder, waiter).forEach(ManagedSession::close);
    }

    @Test
    void eachCurrencyIsSummedForItself() throws Exception {
        ManagedSession session = registry.open("report", Map.of(), null, null);
        run(session, "SELECT a FROM t WHERE id = 1", 10);
        session.manager()
                .bookkeeping()
                .becameDue(List.of(due("medium", "200", "USD"), due("medium", "50", "EUR"), due("medium", "3", "USD")));

        assertThat(ofLoad(session, "medium").penalty()).isEqualTo(203);
        assertThat(ofLoad(session, "medium").unit()).isEqualTo("USD");
        session.close();
    }

    @Test
    void whatIsNoLongerPromisedWasSettledInTheCurrencyOfThen() throws Exception {
        ManagedSession session = registry.open(
                "report", Map.of("agreements", "classpath:configuration/agreements/back-office.xml"), null, null);
        run(session, "SELECT a FROM t WHERE id = 1", 10);
        assertThat(ofLoad(session, "default").penalty()).isNull();
        session.manager().bookkeeping().becameDue(List.of(due("default", "7", "USD"), due("default", "5", "EUR")));

        assertThat(ofLoad(session, "default").penalty()).isEqualTo(5);
        assertThat(ofLoad(session, "default").unit()).isEqualTo("EUR");
        session.close();
    }

    private static Settlement due(String load, String amount, String unit) {
        Instant from = Instant.parse("2026-03-01T00:00:00Z");
        return new Settlement(
                new AccountKey(load, null),
                from,
                from.plusSeconds(1),
                1,
                1,
                0,
                new BigDecimal(amount),
                1,
                null,
                new Penalty(Duration.ofSeconds(1), unit, 10, new BigDecimal(amount), new BigDecimal(amount)));
    }

    /** Today's calendar counts, however far off it was when the manager opened. */
    @Test
    void whatADryRunReplaysBeganSoLongAgoAsTheClockSays() throws Exception {
        ManagedSession session = registry.open("report", Map.of("dry_run", "true"), null, null);
        today = Instant.parse("2026-03-10T12:00:00Z");
        run(session, "SELECT a FROM t WHERE id = 1", 10);
        clock.addAndGet(2_000 * MILLI);
        Outlook outlook =
                Objects.requireNonNull(session.manager().report().get(0).outlook());
        assertThat(outlook.since()).isEqualTo(today.minusMillis(2_010));
        session.close();
    }

    @Test
    void aDryRunTellsWhatWouldHaveWaitedAndBeenRefusedAndWhoWouldHaveKeptTheirObjectives() throws Exception {
        Map<String, String> settings = Map.of(
                "dry_run", "true",
                "fast_lane.max_concurrency", "1",
                "fast_lane.max_queue_depth", "1",
                "fast_lane.queue_timeout_ms", "0");
        ManagedSession holder = registry.open("report", settings, null, null);
        List<ManagedSession> others = new ArrayList<>();
        StatementProfile slow = holder.profile("/* priority=low */ SELECT a FROM t WHERE id = 1");
        StatementProfile quick = holder.profile("/* priority=high */ SELECT a FROM t WHERE id = 1");
        holder.before(holder, slow, 0);
        clock.addAndGet(MILLI);
        for (int i = 0; i < 3; i++) {
            ManagedSession other = registry.open("report", settings, null, null);
            // A thread of its own: one that holds a slot already never waits.
            FutureTask<Long> granted = new FutureTask<>(() -> other.before(other, quick, 0));
            new Thread(granted, "goes on").start();
            assertThat(granted.get()).isZero();
            others.add(other);
        }
        clock.addAndGet(40 * MILLI);
        for (ManagedSession other : others) {
            other.after(other, quick, null);
        }
        clock.addAndGet(6_000 * MILLI);
        holder.after(holder, slow, null);

        Instant since = today.minusMillis(6_041);
        List<ReportLine> lines = holder.manager().report();
        assertThat(lines.get(0).figures().statements()).isEqualTo(4);
        assertThat(lines.get(0).figures().waited()).isZero();
        assertThat(lines.get(0).figures().refused()).isZero();
        // The slow one takes the slot for 6.041 s. Of the three that find it taken one can queue, and each dearer one
        // sheds nobody.
        long wait = 6_040 * MILLI;
        assertThat(lines.get(0).outlook())
                .isEqualTo(new Outlook(since, new Figures(4, 2, 6_081 * MILLI, 1, wait, wait, 4, 2), null, null));
        assertThat(lines)
                .filteredOn(each -> each.scope() == Scope.USER_LOAD)
                .extracting(
                        ReportLine::name,
                        ReportLine::standing,
                        each -> Objects.requireNonNull(each.outlook()).standing())
                .containsExactly(
                        tuple("low", new Standing(0, 0.9), new Standing(0, 0.9)),
                        tuple("high", new Standing(1, 0.9), new Standing(0, 0.9)));
        assertThat(lines)
                .filteredOn(each -> each.scope() == Scope.TEMPLATE && "high".equals(each.userLoad()))
                .singleElement()
                .extracting(ReportLine::outlook)
                .isEqualTo(new Outlook(since, new Figures(3, 1, 40 * MILLI, 1, wait, wait, 3, 2), null, null));
        others.forEach(ManagedSession::close);
        holder.close();
    }

    @Test
    void explainTellsWhatWouldBecomeOfAStatementAndChangesNothing() throws Exception {
        Map<String, String> settings = Map.of(
                "fast_lane.max_concurrency", "1",
                "fast_lane.max_queue_depth", "3",
                "max_concurrency", "5",
                "idle_in_transaction_lend_ms", "100");
        ManagedSession holder = registry.open("report", settings, null, null);
        ManagedSession asker = registry.open("report", settings, null, null);
        assertThat(explained(asker, "would_be")).isEqualTo("admitted");
        holder.autoCommit(false);
        StatementProfile select = holder.profile("SELECT a FROM t WHERE id = 1");
        holder.before(holder, select, 0);
        assertThat(elsewhere(() -> explained(asker, "would_be"))).isEqualTo("waits behind 0: class MPL");
        assertThat(explained(asker, "total_mpl")).isEqualTo("5");
        holder.after(holder, select, null);
        clock.addAndGet(99 * MILLI);
        assertThat(elsewhere(() -> explained(asker, "would_be"))).isEqualTo("waits behind 0: class MPL");
        clock.addAndGet(MILLI);
        assertThat(elsewhere(() -> explained(asker, "would_be"))).isEqualTo("admitted");
        assertThat(holder.manager().classes())
                .filteredOn(each -> each.name().equals("fast_lane"))
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.active()).isEqualTo(1);
                    assertThat(each.lent()).isZero();
                    assertThat(each.refused() + each.waited()).isZero();
                });
        List.of(holder, asker).forEach(ManagedSession::close);
    }

    @Test
    void explainTellsInADryRunWhatWouldBeWithout() throws Exception {
        Map<String, String> settings =
                Map.of("dry_run", "true", "fast_lane.max_concurrency", "1", "fast_lane.max_queue_depth", "2");
        ManagedSession asker = registry.open("report", settings, null, null);
        List<ManagedSession> holders = new ArrayList<>();
        for (String then : List.of("waits behind 0: class MPL", "waits behind 1: class MPL", FULL)) {
            ManagedSession holder = registry.open("report", settings, null, null);
            holder.autoCommit(false);
            holder.before(holder, holder.profile("SELECT a FROM t WHERE id = 1"), 0);
            holders.add(holder);
            assertThat(elsewhere(() -> explained(asker, "would_be"))).isEqualTo("admitted; without dry_run " + then);
        }
        holders.forEach(each -> each.after(each, each.profile("SELECT a FROM t WHERE id = 1"), null));
        clock.addAndGet(99 * MILLI);
        assertThat(elsewhere(() -> explained(asker, "would_be"))).isEqualTo("admitted; without dry_run " + FULL);
        clock.addAndGet(MILLI);
        assertThat(elsewhere(() -> explained(asker, "would_be")))
                .as("idle transactions would have lent their slots")
                .isEqualTo("admitted");
        holders.forEach(ManagedSession::close);
        asker.close();
    }

    @Test
    void explainTellsInADryRunHowManyWouldWaitForTheTotalMpl() throws Exception {
        Map<String, String> settings = Map.of("dry_run", "true", "max_concurrency", "1");
        ManagedSession asker = registry.open("report", settings, null, null);
        List<ManagedSession> holders = new ArrayList<>();
        for (String in : List.of("", "/* class=background_queue */ ", "/* class=parallel_lanes */ ")) {
            ManagedSession holder = registry.open("report", settings, null, null);
            holder.before(holder, holder.profile(in + "SELECT a FROM t WHERE id = 1"), 0);
            holders.add(holder);
        }
        assertThat(elsewhere(() -> explained(asker, "would_be")))
                .isEqualTo("admitted; without dry_run waits behind 2: total MPL");
        holders.forEach(ManagedSession::close);
        asker.close();
    }

    @Test
    void explainSaysThatWhatNeverQueuesGoesAroundTheQueue() throws SQLException {
        ManagedSession session = registry.open("report", Map.of(), null, null);
        for (String sql : List.of("COMMIT", "SHOW HELIOS CLASSES", "SET x = 1", "SAVEPOINT a")) {
            try (ResultSet rows = Objects.requireNonNull(session.answer(session.profile("EXPLAIN HELIOS " + sql)))) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString("property")).isEqualTo("reason");
                assertThat(rows.getString("value")).isEqualTo("goes around the queue");
            }
        }
        session.close();
    }

    /** What another thread is told, one that holds no slot. */
    private static String elsewhere(Callable<String> question) throws Exception {
        FutureTask<String> answer = new FutureTask<>(question);
        new Thread(answer, "asks").start();
        return answer.get();
    }

    @Test
    void explainTellsBetweenWhatTimesTheMeanIsOnceItIsKnown() throws SQLException {
        ManagedSession session = registry.open("report", Map.of(), null, null);
        assertThat(explained(session, "expected_interval_ms")).isNull();

        for (int i = 0; i < 20; i++) {
            run(session, "SELECT a FROM t WHERE id = 1", 40 + i % 3);
        }

        String[] ends = explained(session, "expected_interval_ms").split(" to ", -1);
        double expected = Double.parseDouble(explained(session, "expected_ms"));
        assertThat(Double.parseDouble(ends[0])).isBetween(40.0, expected);
        assertThat(Double.parseDouble(ends[1])).isBetween(expected, 42.0);
        session.close();
    }

    @Test
    void explainSaysByWhatTimesAreKnown() throws SQLException {
        ManagedSession session = registry.open("report", Map.of("fast_lane.default_estimate_ms", "7"), null, null);
        assertThat(explained(session, "expected_ms")).isEqualTo("7");
        assertThat(explained(session, "expected_by")).isEqualTo("default_estimate_ms");
        assertThat(explained(session, "probabilities")).isNull();

        run(session, "SELECT a FROM t WHERE id = 1", 40);

        assertThat(explained(session, "expected_ms")).isEqualTo("40");
        assertThat(explained(session, "expected_by")).isEqualTo("observed");
        session.close();
    }

    @Test
    void aHintSaysHowLongAStatementTakesUntilItWasMeasured() throws SQLException {
        ManagedSession session = registry.open("report", Map.of("fast_lane.default_estimate_ms", "7"), null, null);
        assertThat(explained(session, "expected_ms")).isEqualTo("7");
        String hinted = "/* estimate_ms=5000 */ SELECT a FROM t WHERE id = 9";

        assertThat(explained(session, hinted, "expected_ms")).isEqualTo("5000");
        assertThat(explained(session, hinted, "expected_by")).isEqualTo("hint");
        assertThat(explained(session, "expected_ms")).isEqualTo("7");

        run(session, "SELECT a FROM t WHERE id = 1", 40);

        assertThat(explained(session, hinted, "expected_ms")).isEqualTo("40");
        assertThat(explained(session, hinted, "expected_by")).isEqualTo("observed");
        session.close();
    }

    @Test
    void whatABatchTakesSaysNothingOfItsStatement() throws SQLException {
        ManagedSession session = registry.open(
                "report", Map.of("fast_lane.default_estimate_ms", "7", "classifier.mode", "ml_based"), null, null);
        StatementProfile profile = session.profile("SELECT a FROM t WHERE id = 1");
        String reason = explained(session, "reason");

        for (int i = 0; i < 100; i++) {
            run(session, profile.asBatch(), 40_000);
        }

        assertThat(explained(session, "expected_ms")).isEqualTo("7");
        assertThat(explained(session, "expected_by")).isEqualTo("default_estimate_ms");
        assertThat(explained(session, "reason")).isEqualTo(reason);
        session.close();
    }

    @Test
    void theForecastKeepsABatchApartFromItsStatement() throws SQLException {
        ManagedSession session = registry.open("report", Map.of("dry_run", "true"), null, null);
        StatementProfile profile = session.profile("SELECT a FROM t WHERE id = 1");

        RequestKind single = kind(session, profile);
        RequestKind batch = kind(session, profile.asBatch());

        assertThat(batch.template()).isEqualTo(single.template());
        assertThat(single.requestType()).isEqualTo(single.template());
        assertThat(batch.requestType()).isEqualTo("batch: " + single.template());
        assertThat(batch.transactionType()).isEqualTo(batch.requestType());
        session.close();
    }

    private static RequestKind kind(ManagedSession session, StatementProfile profile) {
        Rules rules = session.manager().rules();
        Attributes anybody = new Attributes(null, null, null, null, Hints.NONE);
        Classification decision = rules.classifier().classify(profile, anybody, false);
        return Objects.requireNonNull(
                session.manager().planner().plan(rules, profile, decision).kind());
    }

    @Test
    void explainTellsTheProbabilities() throws SQLException {
        ManagedSession session = registry.open("report", Map.of("classifier.mode", "ml_based"), null, null);
        assertThat(explained(session, "probabilities"))
                .matches("fast_lane=0\\.\\d{3}, parallel_lanes=0\\.\\d{3}, background_queue=0\\.\\d{3}");
        session.close();
    }

    @Test
    void memoryIsBoundedAndSumsStayRight() {
        WorkloadScheduler scheduler =
                new WorkloadScheduler(new SchedulerSettings("fifo", 0, Long.MAX_VALUE, false, List.of()), clock::get);
        Tallies tallies = new Tallies(scheduler);
        StatementCounts all = new StatementCounts(null);
        Tally early = tallies.of("fast_lane", "medium", "early", "why", all);
        StatementCounts running = early.counts();
        int many = 5 * Tallies.MOST;
        for (int i = 0; i < many; i++) {
            Tally tally = tallies.of("fast_lane", "medium", "template " + i, "why", all);
            tally.waited(i % 2);
            tally.counts().ended(10 + i, false);
            assertThat(tallies.size()).isLessThanOrEqualTo(Tallies.MOST);
        }
        // What was counted together with others counts by itself when it comes again.
        early.counts().ended(TimeUnit.HOURS.toNanos(1), false);
        early.late();
        // What had begun before ends where it was counted first, whoever has these counts by now.
        running.ended(1, true);

        List<ReportLine> lines = tallies.lines("since then");
        assertThat(lines.get(0).figures().executed()).isEqualTo(many + 2);
        assertThat(all.executedStatements()).isEqualTo(many + 2);
        assertThat(all.executionNanos()).isEqualTo(lines.get(0).figures().executionNanos());
        assertThat(all.failedStatements()).isEqualTo(1);
        assertThat(lines.get(0).figures().waited()).isEqualTo(many / 2);
        assertThat(lines.get(0).figures().late()).isEqualTo(1);
        assertThat(lines.get(1).figures()).isEqualTo(lines.get(0).figures());
        assertThat(lines).hasSize(3 + Tallies.SHOWN);
        assertThat(lines.get(3).name()).isEqualTo("early");
        assertThat(lines.get(4).name()).isEqualTo("template " + (many - 1));
    }

    private void run(ManagedSession session, String sql, long millis) throws SQLException {
        run(session, session.profile(sql), millis);
    }

    private void run(ManagedSession session, StatementProfile profile, long millis) throws SQLException {
        session.before(session, profile, 0);
        clock.addAndGet(millis * MILLI);
        session.after(session, profile, null);
    }

    private static @Nullable Double penalty(ManagedSession session, String load) {
        return ofLoad(session, load).penalty();
    }

    private static ReportLine ofLoad(ManagedSession session, String load) {
        return session.manager().report().stream()
                .filter(each -> each.scope() == Scope.USER_LOAD && each.name().equals(load))
                .findFirst()
                .orElseThrow();
    }

    private static String explained(ManagedSession session, String property) throws SQLException {
        return explained(session, "SELECT a FROM t WHERE id = 9", property);
    }

    private static String explained(ManagedSession session, String sql, String property) throws SQLException {
        try (ResultSet rows = session.answer(session.profile("EXPLAIN HELIOS " + sql))) {
            while (rows != null && rows.next()) {
                if (rows.getString("property").equals(property)) {
                    return rows.getString("value");
                }
            }
        }
        throw new AssertionError(property);
    }
}
