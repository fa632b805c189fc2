package io.heliosjdbc.driver.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliosjdbc.classifier.StatementProfile;
import io.heliosjdbc.driver.PostgresServer;
import io.heliosjdbc.driver.engine.ManualBackground;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sessions with {@code database_estimates} on PostgreSQL. */
@ExtendWith(PostgresServer.class)
@Timeout(120)
class PostgresEstimatesTest {
    private static final String ALL = "SELECT * FROM estimates.orders";

    private final String location;
    private final AtomicLong clock = new AtomicLong();
    private final ManualBackground background = new ManualBackground();
    private final Registry registry =
            new Registry(clock::get, () -> Instant.parse("2026-03-01T00:00:00Z"), () -> background);

    PostgresEstimatesTest(String location) {
        this.location = location;
    }

    @BeforeEach
    void tables() throws SQLException {
        execute(
                "DROP SCHEMA IF EXISTS estimates CASCADE",
                "CREATE SCHEMA estimates",
                "CREATE TABLE estimates.orders(id INT PRIMARY KEY, customer INT, note TEXT)",
                "INSERT INTO estimates.orders SELECT n, n % 100, 'note' FROM generate_series(1, 10000) n",
                "CREATE FUNCTION estimates.spy() RETURNS INT LANGUAGE plpgsql IMMUTABLE AS $$"
                        + " BEGIN PERFORM pg_notify('estimates', 'called'); RETURN 1; END $$",
                "ANALYZE estimates.orders");
    }

    @AfterEach
    void end() throws SQLException {
        execute("DROP SCHEMA IF EXISTS estimates CASCADE");
    }

    @Test
    void explainShowsWhatTheDatabaseThinks() throws SQLException {
        ManagedSession session = open(Map.of());
        assertThat(explain(session, ALL))
                .containsEntry("estimated_cost", null)
                .containsEntry("estimated_rows", null)
                .containsEntry("estimate_source", null);

        background.collect();

        Map<String, @Nullable String> explained = explain(session, ALL);
        assertThat(Double.parseDouble(String.valueOf(explained.get("estimated_cost"))))
                .isBetween(50.0, 1000.0);
        assertThat(explained)
                .containsEntry("estimated_rows", "10000")
                .containsEntry("estimate_source", "PostgreSQL, plan of the first text");
        assertThat(explained.get("features"))
                .contains("table_row_count=10000, estimated_rows_scanned=10000, estimated_cost=");
    }

    @Test
    void statementsWithParametersHaveAPlanForAnyValue() throws SQLException {
        ManagedSession session = open(Map.of());
        List<String> statements = List.of(
                "SELECT note FROM estimates.orders WHERE id = ?",
                "UPDATE estimates.orders SET note = ? WHERE id = ?",
                "DELETE FROM estimates.orders WHERE id = ?;",
                "INSERT INTO estimates.orders (id, customer) VALUES (?, ?)",
                "WITH one AS (SELECT * FROM estimates.orders WHERE id = ?) SELECT COUNT(*) FROM one",
                "SELECT COUNT(*) FROM estimates.orders o WHERE lower(o.note) = lower(?) AND o.id IN (?, ?)",
                "SELECT note FROM estimates.orders WHERE id = $1");
        for (String sql : statements) {
            explain(session, sql);
        }

        background.collect();

        for (String sql : statements) {
            assertThat(explain(session, sql))
                    .as(sql)
                    .containsEntry("estimated_rows", "1")
                    .containsEntry("estimate_source", "PostgreSQL, generic plan");
        }
    }

    @Test
    void whereAPlanMightDoSomethingOnlyTheCatalogIsAsked() throws SQLException {
        ManagedSession session = open(Map.of());
        List<String> statements = List.of(
                "SELECT estimates.spy() FROM estimates.orders",
                "SELECT * INTO estimates.copied FROM estimates.orders",
                "EXPLAIN ANALYZE DELETE FROM estimates.orders",
                "TRUNCATE estimates.orders");
        for (String sql : statements) {
            explain(session, sql);
        }

        background.collect();

        for (String sql : statements) {
            assertThat(explain(session, sql))
                    .as(sql)
                    .containsEntry("estimated_cost", null)
                    .containsEntry("estimate_source", "PostgreSQL, catalog");
        }
        assertThat(count()).isEqualTo(10_000);
    }

    @Test
    void nothingIsExecuted() throws SQLException {
        ManagedSession session = open(Map.of());
        String sql = "DELETE FROM estimates.orders WHERE customer < 50";
        explain(session, sql);

        background.collect();

        assertThat(explain(session, sql)).containsEntry("estimate_source", "PostgreSQL, plan of the first text");
        assertThat(count()).isEqualTo(10_000);
    }

    @Test
    void aStatementThatCannotBePlannedLeavesTheOthersAlone() throws SQLException {
        ManagedSession session = open(Map.of());
        explain(session, "SELECT * FROM estimates.missing");
        explain(session, ALL);

        background.collect();

        assertThat(explain(session, "SELECT * FROM estimates.missing")).containsEntry("estimate_source", null);
        assertThat(explain(session, ALL)).containsEntry("estimated_rows", "10000");
    }

    @Test
    void aTableThatIsLockedIsNotWaitedFor() throws SQLException {
        ManagedSession session = open(Map.of());
        try (Connection other = connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE estimates.orders IN ACCESS EXCLUSIVE MODE");
            explain(session, ALL);
            background.collect();
            assertThat(explain(session, ALL)).containsEntry("estimated_cost", null);
            other.rollback();
        }

        background.refresh();

        assertThat(explain(session, ALL)).containsEntry("estimated_rows", "10000");
    }

    @Test
    void criteriaCanAskForCostsAndRows() throws SQLException {
        ManagedSession session = open(Map.of(
                "background_queue.route_criteria", "estimated_rows_scanned > 5000 AND table_row_count = 10000",
                "parallel_lanes.route_criteria", "estimated_cost > 1"));
        String byKey = "SELECT note FROM estimates.orders WHERE id = ?";
        assertThat(explain(session, ALL)).containsEntry("service_class", "fast_lane");
        assertThat(explain(session, byKey)).containsEntry("service_class", "fast_lane");

        background.collect();

        assertThat(explain(session, ALL)).containsEntry("service_class", "background_queue");
        assertThat(explain(session, byKey)).containsEntry("service_class", "parallel_lanes");
    }

    @Test
    void whatCostsMoreThanItsClassAllowsIsRefused() throws SQLException {
        ManagedSession session = open(Map.of("fast_lane.max_estimated_cost", "50"));
        StatementProfile profile = session.profile(ALL);
        session.before(session, profile, 0);
        session.after(session, profile, null);

        background.collect();

        assertThatThrownBy(() -> session.before(session, profile, 0))
                .isExactlyInstanceOf(SQLTransientException.class)
                .hasFieldOrPropertyWithValue("SQLState", "53H02")
                .hasMessageMatching("Refused, its estimated cost is above the limit of its class"
                        + " \\(cost [0-9.]+ > max_estimated_cost = 50\\): user load .*");
        assertThat(explain(session, ALL).get("would_be")).matches("refused: cost [0-9.]+ > max_estimated_cost = 50");
        try (ResultSet decisions = Objects.requireNonNull(session.answer(session.profile("SHOW HELIOS DECISIONS")))) {
            assertThat(decisions.next()).isTrue();
            assertThat(decisions.getString("outcome")).isEqualTo("cost_limit");
            assertThat(decisions.getString("held_up_by")).isNull();
        }
        execute("DELETE FROM estimates.orders WHERE id > 10", "VACUUM FULL ANALYZE estimates.orders");
        background.refresh();
        session.before(session, profile, 0);
        session.after(session, profile, null);
        StatementProfile byKey = session.profile("SELECT note FROM estimates.orders WHERE id = ?");
        session.before(session, byKey, 0);
        session.after(session, byKey, null);
    }

    @Test
    void executionTimesTurnCostsIntoTimes() throws SQLException {
        ManagedSession session = open(Map.of("observability.export_metrics", "false"));
        StatementProfile profile = session.profile(ALL);
        explain(session, ALL);
        background.collect();

        for (int i = 0; i < 10; i++) {
            session.before(session, profile, 0);
            clock.addAndGet(TimeUnit.SECONDS.toNanos(90));
            session.after(session, profile, null);
        }

        Map<String, @Nullable String> explained = explain(session, ALL);
        assertThat(explained).containsEntry("service_class", "background_queue").containsEntry("estimate_ms", "90000");
        assertThat(explained.get("reason")).startsWith("background_queue: estimated_duration_ms > 60000");
    }

    @Test
    void whatTheDatabaseThinksCountsUntilAStatementWasMeasured() throws SQLException {
        ManagedSession session = open(Map.of());
        assertThat(explain(session, ALL)).containsEntry("expected_by", "default_estimate_ms");
        StatementProfile other = session.profile("SELECT note FROM estimates.orders");
        session.before(session, other, 0);
        session.after(session, other, null);
        background.collect();
        for (int i = 0; i < 10; i++) {
            session.before(session, other, 0);
            clock.addAndGet(TimeUnit.SECONDS.toNanos(3));
            session.after(session, other, null);
        }

        background.refresh();

        Map<String, @Nullable String> explained = explain(session, ALL);
        assertThat(explained).containsEntry("expected_by", "database");
        assertThat(Double.parseDouble(String.valueOf(explained.get("expected_ms"))))
                .isEqualTo(Double.parseDouble(String.valueOf(explained.get("estimate_ms"))))
                .isBetween(2_900.0, 3_100.0);
    }

    @Test
    void withoutTheSettingNothingIsAsked() throws SQLException {
        ManagedSession session = registry.open("jdbc:test:estimates", Map.of(), "app", null, this::connect);
        explain(session, ALL);

        assertThat(background.tasks()).isZero();
    }

    @Test
    void withTheManagerTheQuestionsEnd() throws SQLException {
        ManagedSession session = open(Map.of());
        explain(session, ALL);

        session.close();
        registry.closeIdle();

        assertThat(background.isClosed()).isTrue();
    }

    private ManagedSession open(Map<String, String> more) throws SQLException {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("classifier.database_estimates", "true");
        return registry.open("jdbc:test:estimates", settings, "app", null, this::connect);
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:" + location);
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private long count() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM estimates.orders")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static Map<String, @Nullable String> explain(ManagedSession session, String sql) throws SQLException {
        Map<String, @Nullable String> explained = new HashMap<>();
        // The text after EXPLAIN HELIOS is that statement's alone.
        try (ResultSet answer = session.answer(session.profile("EXPLAIN HELIOS " + sql))) {
            while (answer != null && answer.next()) {
                explained.put(answer.getString("property"), answer.getString("value"));
            }
        }
        return explained;
    }
}
