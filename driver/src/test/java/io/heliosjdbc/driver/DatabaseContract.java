package io.heliosjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an application sees, the same on every database; the databases are the subclasses. */
abstract class DatabaseContract {
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** The URL behind {@code jdbc:}, without parameters of ours. */
    abstract String location() throws SQLException;

    /** A URL with parameters of ours, in the vendor's syntax. */
    abstract String with(String location, String... parameters);

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    final Connection connect(String... parameters) throws SQLException {
        return DriverManager.getConnection("jdbc:helios:" + with(location(), parameters));
    }

    static long count(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    void objectsKnowTheirWrappersAndNothingRawLeaks() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                PreparedStatement prepared = connection.prepareStatement("SELECT 1 AS one")) {
            ResultSet rows = statement.executeQuery("SELECT 2 AS two");
            assertThat(rows.getStatement()).isSameAs(statement);
            assertThat(statement.getResultSet()).isSameAs(rows);
            assertThat(statement.getConnection()).isSameAs(connection);
            assertThat(prepared.executeQuery().getStatement()).isSameAs(prepared);
            assertThat(statement).isNotInstanceOf(PreparedStatement.class);
            DatabaseMetaData metaData = connection.getMetaData();
            assertThat(metaData.getConnection()).isSameAs(connection);
            try (ResultSet tables = metaData.getTables(null, null, "NO%SUCH", null)) {
                Statement owner = tables.getStatement();
                if (owner != null) {
                    assertThat(owner.getConnection()).isSameAs(connection);
                }
            }
            assertThat(metaData.getURL()).startsWith("jdbc:").doesNotContain("helios");
        }
    }

    @Test
    void unwrapReachesBothSides() throws SQLException {
        try (Connection connection = connect()) {
            assertThat(connection.unwrap(Connection.class)).isSameAs(connection);
            assertThat(connection.isWrapperFor(Connection.class)).isTrue();
            assertThat(connection.isWrapperFor(java.util.List.class)).isFalse();
            assertThatThrownBy(() -> connection.unwrap(java.util.List.class)).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void adminStatementsAnswerOnEveryPath() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            try (ResultSet classes = statement.executeQuery("SHOW HELIOS CLASSES")) {
                assertThat(classes.next()).isTrue();
                assertThat(classes.getStatement()).isSameAs(statement);
            }
            statement.setMaxRows(1);
            try (ResultSet classes = statement.executeQuery("SHOW HELIOS CLASSES")) {
                assertThat(classes.next()).isTrue();
                assertThat(classes.getString("service_class")).isNotEmpty();
                assertThat(classes.next()).isFalse();
            }
            statement.setMaxRows(0);
            assertThat(statement.execute("EXPLAIN HELIOS /* priority=high */ SELECT 1"))
                    .isTrue();
            List<String> properties = new ArrayList<>();
            try (ResultSet explained = statement.getResultSet()) {
                while (explained.next()) {
                    properties.add(explained.getString("property") + "=" + explained.getString("value"));
                }
            }
            assertThat(properties)
                    .contains("user_load=high")
                    .anyMatch(each -> each.startsWith("service_class="))
                    .anyMatch(each -> each.startsWith("reason="))
                    .anyMatch(each -> each.startsWith("priority="))
                    .anyMatch(each -> each.startsWith("penalty="))
                    .anyMatch(each -> each.startsWith("features="));
            try (PreparedStatement prepared = connection.prepareStatement("SHOW HELIOS CLASSES");
                    ResultSet classes = prepared.executeQuery()) {
                assertThat(classes.next()).isTrue();
            }
            assertThat(count(connection, "SELECT 7")).isEqualTo(7);
        }
    }

    @Test
    void aTransactionKeepsItsSlotAndGivesItBack() throws SQLException {
        String manager = "helios.manager=slots-" + getClass().getSimpleName();
        try (Connection connection = connect(manager, "helios.fast_lane.max_concurrency=1");
                Connection observer = connect(manager)) {
            connection.setAutoCommit(false);
            count(connection, "SELECT 1");
            assertThat(active(observer)).isEqualTo(1);
            connection.commit();
            assertThat(active(observer)).isZero();
            count(connection, "SELECT 1");
            connection.rollback();
            assertThat(active(observer)).isZero();
            assertThatThrownBy(() -> count(connection, "SELECT no_such_column FROM no_such_table"))
                    .isInstanceOf(SQLException.class);
            connection.rollback();
            assertThat(active(observer)).isZero();
            count(connection, "SELECT 1");
        }
        try (Connection observer = connect(manager)) {
            assertThat(active(observer)).isZero();
        }
    }

    @Test
    void savepointsAndModesLeaveATransactionItsSlot() throws SQLException {
        String manager = "helios.manager=savepoints-" + getClass().getSimpleName();
        try (Connection connection = connect(manager);
                Connection observer = connect(manager)) {
            connection.setReadOnly(true);
            connection.setReadOnly(false);
            assertThat(active(observer)).isZero();
            connection.setAutoCommit(false);
            count(connection, "SELECT 1");
            Savepoint savepoint = connection.setSavepoint("here");
            count(connection, "SELECT 2");
            connection.rollback(savepoint);
            assertThat(active(observer)).isEqualTo(1);
            connection.releaseSavepoint(savepoint);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SAVEPOINT there");
                statement.execute("ROLLBACK TO SAVEPOINT there");
            }
            assertThat(active(observer)).isEqualTo(1);
            connection.setAutoCommit(true);
            assertThat(active(observer)).isZero();
        }
    }

    @Test
    void aBatchTakesOneSlotWhateverItBeginsWith() throws SQLException {
        String manager = "helios.manager=batches-" + getClass().getSimpleName();
        try (Connection connection = connect(manager);
                Connection observer = connect(manager);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE batched (n INTEGER)");
            long admitted = status(observer, "admitted");
            batch(statement, "BEGIN", "INSERT INTO batched VALUES (1)", "COMMIT");
            assertThat(status(observer, "admitted")).isEqualTo(admitted + 1);
            assertThat(active(observer)).isZero();
            count(connection, "SELECT 1");
            assertThat(active(observer)).isZero();
            batch(statement, "BEGIN", "INSERT INTO batched VALUES (2)");
            assertThat(active(observer)).isEqualTo(1);
            batch(statement, "INSERT INTO batched VALUES (3)", "ROLLBACK");
            assertThat(active(observer)).isZero();
            connection.setAutoCommit(false);
            batch(statement, "SAVEPOINT here", "INSERT INTO batched VALUES (4)");
            assertThat(active(observer)).isEqualTo(1);
            batch(statement, "ROLLBACK", "INSERT INTO batched VALUES (5)");
            assertThat(active(observer)).isEqualTo(1);
            connection.rollback();
            assertThat(active(observer)).isZero();
            statement.execute("DELETE FROM batched WHERE n = 5");
            assertThat(count(connection, "SELECT count(*) FROM batched")).isEqualTo(1);
            statement.execute("DROP TABLE batched");
            connection.commit();
            assertThat(active(observer)).isZero();
        }
    }

    private static void batch(Statement statement, String... texts) throws SQLException {
        for (String text : texts) {
            statement.addBatch(text);
        }
        assertThat(statement.executeBatch()).hasSize(texts.length);
    }

    /** Waits until so many statements are queued; where the last one has ended instead, says why. */
    static void untilQueued(Connection observer, int count, Future<?> last) throws Exception {
        while (status(observer, "queued") < count) {
            if (last.isDone()) {
                last.get();
                throw new AssertionError("it did not have to wait");
            }
            Thread.onSpinWait();
        }
    }

    private static long active(Connection observer) throws SQLException {
        return status(observer, "active");
    }

    static long status(Connection observer, String column) throws SQLException {
        try (Statement statement = observer.createStatement();
                ResultSet classes = statement.executeQuery("SHOW HELIOS CLASSES")) {
            long sum = 0;
            while (classes.next()) {
                sum += classes.getLong(column);
            }
            return sum;
        }
    }

    @Test
    void ofFiveQueuedStatementsTheOneWithHighPriorityGoesFirst() throws Exception {
        String[] parameters = {
            "helios.manager=priority-" + getClass().getSimpleName(),
            "helios.fast_lane.max_concurrency=1",
            "helios.idle_in_transaction_lend_ms=0",
            "helios.admission_control.queue_timeout_ms=0"
        };
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        try (Connection holder = connect(parameters)) {
            holder.setAutoCommit(false);
            count(holder, "SELECT 1");
            List<Future<?>> queued = new ArrayList<>();
            List<String> texts = List.of(
                    "SELECT 1",
                    "SELECT 2 /* just a comment */",
                    "SELECT count(*) FROM (SELECT '/* priority=high */' AS text) literal",
                    "/* priority=high */ SELECT 4",
                    "/* priority=low */ SELECT 5");
            for (String text : texts) {
                int position = queued.size() + 1;
                queued.add(threads.submit(() -> {
                    try (Connection connection = connect(parameters)) {
                        connection.setAutoCommit(false);
                        count(connection, text);
                        order.add(text);
                        connection.commit();
                    }
                    return null;
                }));
                untilQueued(holder, position, queued.get(position - 1));
            }
            holder.commit();
            for (Future<?> each : queued) {
                each.get();
            }
            assertThat(order).containsExactly(texts.get(3), texts.get(0), texts.get(1), texts.get(2), texts.get(4));
        }
    }

    @Test
    void aFullQueueRefusesAndACancelEndsTheWait() throws Exception {
        String[] parameters = {
            "helios.manager=refusal-" + getClass().getSimpleName(),
            "helios.fast_lane.max_concurrency=1",
            "helios.admission_control.max_queue_depth=1",
            "helios.idle_in_transaction_lend_ms=0",
            "helios.admission_control.queue_timeout_ms=0"
        };
        try (Connection holder = connect(parameters);
                Connection waiting = connect(parameters);
                Statement statement = waiting.createStatement()) {
            holder.setAutoCommit(false);
            count(holder, "SELECT 1");
            Future<?> wait = threads.submit(() -> statement.executeQuery("SELECT 2"));
            untilQueued(holder, 1, wait);
            Future<?> refused = threads.submit(() -> {
                try (Connection third = connect(parameters)) {
                    assertThatThrownBy(() -> count(third, "SELECT 3"))
                            .isInstanceOf(SQLTransientException.class)
                            .extracting(e -> ((SQLException) e).getSQLState())
                            .isEqualTo("53H01");
                }
                return null;
            });
            refused.get();
            statement.cancel();
            assertThatThrownBy(wait::get)
                    .cause()
                    .isInstanceOf(SQLException.class)
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("57014");
            holder.commit();
            assertThat(count(waiting, "SELECT 4")).isEqualTo(4);
        }
    }

    @Test
    void clientInfoOfOursNeverReachesTheVendor() throws SQLException {
        try (Connection connection = connect()) {
            connection.setClientInfo("helios.client", "terminal-17");
            connection.setClientInfo("helios.priority", "high");
            assertThat(connection.getClientInfo("helios.client")).isEqualTo("terminal-17");
            assertThat(connection.getClientInfo()).containsEntry("helios.priority", "high");
            try (Statement statement = connection.createStatement();
                    ResultSet explained = statement.executeQuery("EXPLAIN HELIOS SELECT 1")) {
                List<String> values = new ArrayList<>();
                while (explained.next()) {
                    values.add(explained.getString(1) + "=" + explained.getString(2));
                }
                assertThat(values).contains("user_load=high");
            }
        }
    }

    @Test
    void theCallersPropertiesAreOnlyRead() throws SQLException {
        Properties defaults = new Properties();
        defaults.setProperty("helios.manager", "properties-" + getClass().getSimpleName());
        Properties given = new Properties(defaults);
        given.setProperty("helios.max_concurrency", "3");
        Properties before = (Properties) given.clone();
        Properties defaultsBefore = (Properties) defaults.clone();
        try (Connection connection = DriverManager.getConnection("jdbc:helios:" + location(), given)) {
            assertThat(count(connection, "SELECT 1")).isEqualTo(1);
        }
        assertThat(given).isEqualTo(before);
        assertThat(defaults).isEqualTo(defaultsBefore);
    }

    @Test
    void hikariPoolsTheWrappedConnections() throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:helios:" + location());
        config.setMaximumPoolSize(2);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            for (int i = 0; i < 50; i++) {
                try (Connection connection = pool.getConnection()) {
                    assertThat(count(connection, "SELECT 1")).isEqualTo(1);
                    assertThat(connection.isValid(30)).isTrue();
                }
            }
            assertThat(pool.getHikariPoolMXBean().getTotalConnections()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void aFaultyParameterIsRefusedAtConnect() {
        assertThatThrownBy(() -> connect("helios.disciplin=kafka"))
                .isInstanceOf(java.sql.SQLNonTransientException.class)
                .hasMessageContaining("discipline")
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("F0000");
    }
}
