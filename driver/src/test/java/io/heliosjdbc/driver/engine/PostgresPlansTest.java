package io.heliosjdbc.driver.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.heliosjdbc.agreements.Agreements;
import io.heliosjdbc.classifier.Classifier;
import io.heliosjdbc.classifier.ClassifierSettings;
import io.heliosjdbc.classifier.StatementProfile;
import io.heliosjdbc.classifier.statement.Plannable;
import io.heliosjdbc.driver.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** What is counted in PostgreSQL's own plans of statements with subqueries. */
@ExtendWith(PostgresServer.class)
class PostgresPlansTest {
    private static final String JOIN = """
            SELECT o.id, l.pieces FROM orders o JOIN lines l ON l.of_order = o.id
            WHERE o.day > (SELECT max(c.day) FROM closing c)
            """;

    private final String location;
    private final Connection connection;

    PostgresPlansTest(String location) throws SQLException {
        this.location = location;
        this.connection = DriverManager.getConnection("jdbc:" + location);
    }

    /** Joins are nested loops, and what they read is not kept: what would be chosen otherwise depends on costs. */
    @BeforeEach
    void tables() throws SQLException {
        Catalog.execute(
                connection,
                "DROP SCHEMA IF EXISTS plans CASCADE",
                "CREATE SCHEMA plans",
                "SET search_path = plans",
                "CREATE TABLE closing AS SELECT n AS day FROM generate_series(1, 10) n",
                "CREATE TABLE orders AS SELECT n AS id, n % 500 AS day FROM generate_series(1, 50000) n",
                "CREATE TABLE lines AS SELECT n / 2 AS of_order, n AS pieces FROM generate_series(2, 100001) n",
                "CREATE INDEX ON lines(of_order)",
                "ANALYZE closing",
                "ANALYZE orders",
                "ANALYZE lines",
                "SET enable_hashjoin = off",
                "SET enable_mergejoin = off",
                "SET enable_memoize = off",
                "SET max_parallel_workers_per_gather = 0");
    }

    @AfterEach
    void end() throws SQLException {
        Catalog.execute(connection, "DROP SCHEMA IF EXISTS plans CASCADE");
        connection.close();
    }

    @Test
    void theInnerSideOfAJoinRunsForEachRowOfTheOuterOneThoughASubqueryStandsBeforeBoth() throws SQLException {
        DatabasePlan plan = plan(JOIN);

        assertThat(plan.wholeTables()).containsEntry("plans.orders", 1.0).containsEntry("plans.closing", 1.0);
        // Of 50,000 orders the planner takes a third, each with two lines.
        assertThat(plan.scans())
                .hasEntrySatisfying("plans.lines", rows -> assertThat(rows).isBetween(30_000.0, 36_000.0));
    }

    @Test
    void aChangeGivesWhatItChangesThoughASubqueryStandsBeforeIt() throws SQLException {
        DatabasePlan plan = plan("UPDATE orders SET day = 0 WHERE day > (SELECT max(day) FROM closing)");

        assertThat(Objects.requireNonNull(plan.rows())).isBetween(16_000.0, 17_000.0);
    }

    @Test
    void aSubqueryThatDependsOnItsRowRunsForEachRow() throws SQLException {
        DatabasePlan plan =
                plan("SELECT o.id, (SELECT sum(l.pieces) FROM lines l WHERE l.of_order = o.id) FROM orders o");

        assertThat(plan.wholeTables()).containsExactly(Map.entry("plans.orders", 1.0));
        assertThat(plan.scans())
                .hasEntrySatisfying("plans.lines", rows -> assertThat(rows).isBetween(90_000.0, 110_000.0));
    }

    @Test
    void aSubqueryThatIsKeptRunsOnce() throws SQLException {
        String sql = "SELECT o.id FROM orders o WHERE o.day NOT IN (SELECT c.day FROM closing c)";
        DatabasePlan hashed = plan(sql);
        Catalog.execute(connection, "SET work_mem = '64kB'", "INSERT INTO closing SELECT generate_series(11, 20000)");
        Catalog.execute(connection, "ANALYZE closing");
        DatabasePlan materialized = plan(sql);

        assertThat(hashed.wholeTables()).containsEntry("plans.closing", 1.0);
        assertThat(materialized.wholeTables()).containsEntry("plans.closing", 1.0);
    }

    /** As a pooler gives it out that did not end the last transaction. */
    @Test
    void aConnectionOnWhichNoQuestionCanBeginIsReportedAndThatOneIsEnded() throws SQLException {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(DatabaseEstimator.class);
        logger.addAppender(log);
        ManualBackground background = new ManualBackground();
        AtomicInteger failed = new AtomicInteger();
        DatabaseEstimator estimator = new DatabaseEstimator("test", () -> failedOnce(failed), background);
        Classifier classifier = new Classifier(
                new ClassifierSettings(Set.of("fast_lane"), List.of(), "fast_lane", null),
                null,
                estimator,
                Agreements.builtIn());
        StatementProfile first = classifier.profile("SELECT id FROM plans.orders");
        StatementProfile second = classifier.profile("SELECT day FROM plans.orders");
        try {
            assertThat(Objects.requireNonNull(estimator.of(first)).now()).isNull();
            background.collect();
            assertThat(log.list)
                    .filteredOn(event -> event.getLevel() == Level.WARN)
                    .singleElement()
                    .satisfies(event -> assertThat(event.getFormattedMessage())
                            .contains("the database cannot be asked for estimates (PSQLException 25P02)"));

            assertThat(Objects.requireNonNull(estimator.of(second)).now()).isNull();
            background.collect();
            assertThat(Objects.requireNonNull(estimator.of(second)).now()).isNotNull();
        } finally {
            logger.detachAppender(log);
            estimator.close();
        }
    }

    private Connection failedOnce(AtomicInteger times) throws SQLException {
        Connection opened = DriverManager.getConnection("jdbc:" + location);
        if (times.getAndIncrement() == 0) {
            opened.setAutoCommit(false);
            assertThatThrownBy(() -> Catalog.execute(opened, "no statement")).isInstanceOf(SQLException.class);
        }
        return opened;
    }

    @Test
    void nothingStaysPreparedWhereAPlanFails() throws SQLException {
        DatabaseEngine engine = DatabaseEngine.of(connection.getMetaData());
        connection.setAutoCommit(false);
        for (String sql : List.of("SELECT * FROM orders WHERE id = $1", "SELECT $1::int, 1 / 0")) {
            try {
                assertThat(engine.plan(connection, new Plannable(sql, 1))).isNotNull();
            } catch (SQLException expected) {
                assertThat(expected.getSQLState()).isEqualTo("22012");
            }
            connection.rollback();
            assertThat(Catalog.number(
                            connection, false, "SELECT count(*) FROM pg_prepared_statements WHERE name LIKE 'helios%'"))
                    .isZero();
            connection.rollback();
        }
        connection.setAutoCommit(true);
    }

    private DatabasePlan plan(String sql) throws SQLException {
        DatabaseEngine engine = DatabaseEngine.of(connection.getMetaData());
        return Objects.requireNonNull(engine.plan(connection, new Plannable(sql, 0)));
    }
}
