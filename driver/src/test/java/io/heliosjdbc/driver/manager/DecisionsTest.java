package io.heliosjdbc.driver.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.classifier.Attributes;
import io.heliosjdbc.classifier.StatementProfile;
import io.heliosjdbc.driver.admin.DecisionStatus;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DecisionsTest {
    private static List<String> shown(Statement statement) throws SQLException {
        List<String> shown = new ArrayList<>();
        try (ResultSet decisions = statement.executeQuery("SHOW HELIOS DECISIONS")) {
            while (decisions.next()) {
                assertThat(decisions.getString("reason")).isNotEmpty();
                assertThat(Duration.between(Instant.parse(decisions.getString("time")), Instant.now())
                                .abs())
                        .isLessThan(Duration.ofMinutes(1));
                shown.add(String.join(
                        "|",
                        decisions.getString("service_class"),
                        decisions.getString("outcome"),
                        String.valueOf(decisions.getString("held_up_by")),
                        String.valueOf(decisions.getString("held_by")),
                        decisions.getObject("executed_ms") == null ? "never" : "executed",
                        decisions.getDouble("waited_ms") > 0 ? "waited" : "at once",
                        decisions.getString("statement")));
            }
        }
        return shown;
    }

    @Test
    void whatRanWhatFailedAndWhatWasTurnedAwayIsThereWithoutItsLiterals() throws Exception {
        String url = "jdbc:helios:h2:mem:decisions;helios.fast_lane.max_concurrency=1;"
                + "helios.admission_control.queue_timeout_ms=20;helios.idle_in_transaction_lend_ms=0";
        try (Connection holder = DriverManager.getConnection(url);
                Connection other = DriverManager.getConnection(url);
                Statement held = holder.createStatement();
                Statement statement = other.createStatement()) {
            statement.execute("CREATE TABLE t (a INTEGER)");
            statement.executeQuery("SELECT a FROM t WHERE a = 4711").close();
            try {
                statement.executeQuery(
                        "SELECT a / 0 FROM t WHERE a = 1 UNION SELECT 1 / 0 FROM t RIGHT JOIN (VALUES 1) ON 1 = 1");
            } catch (SQLException divisionByZero) {
                assertThat(divisionByZero.getSQLState()).startsWith("22");
            }
            holder.setAutoCommit(false);
            held.executeQuery("SELECT 1").close();
            Thread waiter = new Thread(() -> {
                try {
                    statement.executeQuery("SELECT a FROM t WHERE a = 4712").close();
                } catch (SQLException timedOut) {
                    assertThat(timedOut.getSQLState()).isEqualTo("53H04");
                }
            });
            waiter.start();
            waiter.join();
            List<String> shown = shown(statement);
            assertThat(shown.get(0))
                    .startsWith("fast_lane|queue_timeout|class MPL|medium 1 of 1|never|waited|")
                    .doesNotContain("4712");
            assertThat(shown.get(1)).startsWith("fast_lane|success|null|null|executed|at once|");
            assertThat(shown.get(2)).contains("|error|null|null|executed|");
            assertThat(shown.get(3))
                    .contains("|success|null|null|executed|at once|")
                    .doesNotContain("4711");
            holder.rollback();
        }
    }

    @Test
    void everybodyFindsHisOwn() throws Exception {
        String url = "jdbc:helios:h2:mem:decisions-whose;helios.fast_lane.max_concurrency=1;USER=anna;"
                + "helios.admission_control.queue_timeout_ms=20;helios.idle_in_transaction_lend_ms=0";
        String trace = "00-5bd66ef5095369c7b0d1f8f4bd33716a-c532cb4098ac3dd2-01";
        try (Connection holder = DriverManager.getConnection(url);
                Connection other = DriverManager.getConnection(url);
                Statement held = holder.createStatement();
                Statement statement = other.createStatement()) {
            other.setClientInfo("helios.client", "terminal-17");
            statement
                    .executeQuery(
                            "SELECT 1 /*application='shop',client='x',priority='high',traceparent='" + trace + "'*/")
                    .close();
            assertThat(whose(statement)).isEqualTo("anna|shop|terminal-17|high|" + trace);
            statement.executeQuery("SELECT 1").close();
            assertThat(whose(statement)).isEqualTo("anna|null|terminal-17|medium|null");

            holder.setAutoCommit(false);
            held.executeQuery("SELECT 1").close();
            AtomicReference<String> refusal = new AtomicReference<>();
            Thread waiter = new Thread(() -> {
                try {
                    statement
                            .executeQuery("SELECT 2 /*traceparent='" + trace + "'*/")
                            .close();
                } catch (SQLException timedOut) {
                    refusal.set(timedOut.getMessage());
                }
            });
            waiter.start();
            waiter.join();
            assertThat(whose(statement)).isEqualTo("anna|null|terminal-17|medium|" + trace);
            assertThat(refusal.get()).contains(", traceparent " + trace + "; statement: SELECT ?");
            holder.rollback();
        }
    }

    private static String whose(Statement statement) throws SQLException {
        try (ResultSet latest = statement.executeQuery("SHOW HELIOS DECISIONS")) {
            assertThat(latest.next()).isTrue();
            List<String> whose = new ArrayList<>();
            for (String column : List.of("user", "application", "client", "priority", "traceparent")) {
                whose.add(latest.getString(column));
            }
            return whose.stream().map(String::valueOf).collect(Collectors.joining("|"));
        }
    }

    /** Today's calendar counts, however far off it was when the manager opened. */
    @Test
    void aDecisionWasMadeSoLongAgoAsTheClockSays() throws Exception {
        AtomicLong clock = new AtomicLong(17);
        AtomicReference<Instant> today = new AtomicReference<>(Instant.parse("2026-03-10T09:00:00Z"));
        Registry registry = ManualRegistry.of(clock, today::get);
        ManagedSession session = registry.open("stepped", Map.of(), null, null);
        StatementProfile select = session.profile("SELECT 1");
        session.before(session, select, 0);
        clock.addAndGet(10);
        session.after(session, select, null);
        Instant stepped = Instant.parse("2026-03-10T12:00:00Z");
        today.set(stepped);
        assertThat(session.manager().decisions())
                .singleElement()
                .satisfies(each -> assertThat(each.at()).isEqualTo(stepped.minusNanos(10)));
        session.close();
        registry.closeIdle();
    }

    /** Two places of one decision would not belong together: each row is whole, whatever is written meanwhile. */
    @Test
    void aReaderSeesADecisionWholeOrNotAtAll() throws Exception {
        Registry registry = new Registry(System::nanoTime, InstantSource.system());
        ManagedSession session = registry.open("decisions", Map.of(), null, null);
        Attributes who = new SessionAttributes(null, null, attributes -> attributes, text -> {}).current();
        var decision = session.manager().rules().classifier().classify(session.profile("SELECT 1"), who, false);
        Decisions decisions = new Decisions(() -> 0, () -> Instant.EPOCH);
        CountDownLatch stop = new CountDownLatch(1);
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            int first = i;
            Thread writer = new Thread(() -> {
                // As many as are kept, whoever is faster.
                for (long n = first; stop.getCount() > 0 || n < 2 * Decisions.KEPT; n += 2) {
                    decisions.executed(n, n, who, decision, null, n, null, n, Decisions.SUCCESS);
                }
            });
            writers.add(writer);
            writer.start();
        }
        try {
            long seen = 0;
            while (seen < 200_000) {
                for (DecisionStatus each : decisions.last()) {
                    long n = each.connection();
                    assertThat(each.waitedNanos()).isEqualTo(n);
                    assertThat(each.executedNanos()).isEqualTo(n);
                    assertThat(each.at()).isEqualTo(Instant.EPOCH.plusNanos(n));
                    seen++;
                }
            }
        } finally {
            stop.countDown();
        }
        for (Thread writer : writers) {
            writer.join();
        }
        assertThat(decisions.last()).hasSizeBetween(Decisions.KEPT - 2, Decisions.KEPT);
        session.close();
    }
}
