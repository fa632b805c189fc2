package io.heliosjdbc.driver.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.classifier.StatementProfile;
import io.heliosjdbc.driver.admin.RequestStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Reports that somebody waits for (TAMEX 2.3): which of three ways tells them, to which lane they go, and that they go there before
 * reports that nobody waits for. In virtual time.
 */
@Timeout(60)
class TransactionalAnalyticsTest {
    private static final String FIGURES = "SELECT region, SUM(amount) FROM sales WHERE sold_on > ? GROUP BY region";
    private static final String ANY_REPORT = "/* workload=analytics */ SELECT a, COUNT(*) FROM t GROUP BY a";

    private static final String AGREEMENT = """
            <Agreement xmlns="urn:helios:agreement:1" id="waited-for">
              <Name>Reports that somebody waits for</Name>
              <Context/>
              <Terms>
                <ServiceDescriptionTerm name="figures">
                  <UserLoad name="figures" serviceClass="parallel_lanes">
                    <Match transaction="Figures"/>
                    <Match application="dashboard"/>
                  </UserLoad>
                </ServiceDescriptionTerm>
                <GuaranteeTerm name="figures in seconds" userLoad="figures">
                  <ServiceLevelObjective>
                    <PercentileObjective percent="90" responseTime="PT2S"/>
                    <DeadlineObjective responseTime="PT3S"/>
                  </ServiceLevelObjective>
                  <BusinessValueList>
                    <Penalty assessmentInterval="P1M" valueUnit="USD" perPercentagePoints="10" value="1000" maximum="2000"/>
                  </BusinessValueList>
                </GuaranteeTerm>
              </Terms>
            </Agreement>
            """;

    @TempDir
    Path directory;

    private final AtomicLong clock = new AtomicLong();
    private final Registry registry = new Registry(clock::get, () -> Instant.parse("2026-03-10T09:00:00Z"));
    private final List<ManagedSession> sessions = new ArrayList<>();
    private Path agreement = Path.of("");

    @BeforeEach
    void write() throws Exception {
        agreement = Files.writeString(directory.resolve("waited-for.xml"), AGREEMENT);
    }

    @AfterEach
    void end() {
        sessions.forEach(ManagedSession::close);
        registry.closeIdle();
    }

    /** First come, first served: so what goes first does so by its deadline alone. */
    private ManagedSession open(@Nullable String application) throws SQLException {
        ManagedSession session = registry.open(
                "jdbc:test:one",
                Map.of(
                        "discipline", "fifo",
                        "parallel_lanes.max_concurrency", "1",
                        "parallel_lanes.default_estimate_ms", "100",
                        "agreements", agreement.toString()),
                "app",
                application);
        sessions.add(session);
        return session;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/* workload=analytics, deadline_ms=3000 */ " + FIGURES,
                "/* transaction=Figures */ " + FIGURES,
                FIGURES
                        + " /*application='dashboard',traceparent='00-5bd66ef5095369c7b0d1f8f4bd33716a-c532cb4098ac3dd2-01'*/",
            })
    void whatAStatementSaysOfItselfIsEnough(String sql) throws Exception {
        goesBeforeOtherReports(open(null), sql);
    }

    @Test
    void whatTheApplicationIsCalledIsEnough() throws Exception {
        goesBeforeOtherReports(open("dashboard"), FIGURES);
    }

    @Test
    void theApplicationMayHaveSaidSoInTheSession() throws Exception {
        ManagedSession session = open(null);
        StatementProfile set = session.profile("SET application_name = 'dashboard'");
        session.before(session, set, 0);
        session.after(session, set, null);

        goesBeforeOtherReports(session, FIGURES);
    }

    @Test
    void clientInfoIsEnough() throws Exception {
        ManagedSession session = open(null);
        session.clientInfo("helios.workload", "analytics");
        session.clientInfo("helios.deadline_ms", "3000");

        goesBeforeOtherReports(session, FIGURES);
    }

    @Test
    void whereNobodySaysSoItWaitsItsTurn() throws Exception {
        ManagedSession plain = open(null);
        ManagedSession holder = open(null);
        StatementProfile report = hold(holder);
        FutureTask<Long> other = ask(open(null), ANY_REPORT);
        clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
        FutureTask<Long> last = ask(plain, "/* workload=analytics */ " + FIGURES);
        clock.addAndGet(TimeUnit.SECONDS.toNanos(3));

        holder.after(holder, report, null);

        assertThat(other.get()).isPositive();
        assertThat(last.isDone()).isFalse();
    }

    private void goesBeforeOtherReports(ManagedSession session, String sql) throws Exception {
        assertThat(explained(session, sql, "service_class")).isEqualTo("parallel_lanes");
        ManagedSession holder = open(null);
        StatementProfile report = hold(holder);
        FutureTask<Long> other = ask(open(null), ANY_REPORT);
        clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
        FutureTask<Long> waitedFor = ask(session, sql);
        clock.addAndGet(TimeUnit.SECONDS.toNanos(4));

        holder.after(holder, report, null);

        assertThat(waitedFor.get()).isEqualTo(TimeUnit.SECONDS.toNanos(4));
        assertThat(other.isDone()).isFalse();
        session.after(session, session.profile(sql), null);
        assertThat(other.get()).isPositive();
    }

    private static StatementProfile hold(ManagedSession session) throws SQLException {
        StatementProfile report = session.profile(ANY_REPORT);
        session.before(session, report, 0);
        return report;
    }

    /** Asks in a thread of its own, and comes back when it waits. */
    private FutureTask<Long> ask(ManagedSession session, String sql) {
        long before = queued();
        FutureTask<Long> task = new FutureTask<>(() -> session.before(session, session.profile(sql), 0));
        Thread thread = new Thread(task, "asks");
        thread.setDaemon(true);
        thread.start();
        while (queued() == before && !task.isDone()) {
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
        }
        return task;
    }

    private long queued() {
        return sessions.get(0).manager().requests().stream()
                .filter(each -> each.state() == RequestStatus.State.QUEUED)
                .count();
    }

    private static String explained(ManagedSession session, String sql, String property) throws SQLException {
        try (ResultSet rows = session.answer(session.profile("EXPLAIN HELIOS " + sql))) {
            while (Objects.requireNonNull(rows).next()) {
                if (rows.getString("property").equals(property)) {
                    return rows.getString("value");
                }
            }
        }
        throw new AssertionError(property);
    }
}
