package io.heliosjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.driver.manager.WorkloadManagers;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A thousand logical connections, all open and all at work, on twenty physical ones of a server that allows thirty. */
class ThousandConnectionsTest {
    private static final int CONNECTIONS = 1000;
    private static final int THREADS = 100;
    private static final int PHYSICAL = 20;
    private static final String SETTINGS = "&helios.manager=thousand&helios.connections=late&helios.max_concurrency=15"
            + "&helios.pool.reserve=5&helios.pool.connection_timeout_ms=300000"
            + "&helios.admission_control.queue_timeout_ms=0&helios.admission_control.max_queue_depth=2000";

    private final List<Connection> opened = new ArrayList<>();

    @Test
    void workOnTwentyPhysicalOnes() throws Exception {
        try (EmbeddedPostgres server = PostgresServer.embedded()
                        .setServerConfig("max_connections", "30")
                        .start();
                Connection watcher = server.getPostgresDatabase().getConnection()) {
            try (Statement statement = watcher.createStatement()) {
                statement.execute("CREATE TABLE counters (id int PRIMARY KEY, value int NOT NULL)");
                statement.execute("INSERT INTO counters SELECT i, 0 FROM generate_series(1, 10) AS i");
            }
            String url = server.getJdbcUrl("postgres", "postgres").replaceFirst("jdbc:", "jdbc:helios:") + SETTINGS;
            for (int i = 0; i < CONNECTIONS; i++) {
                opened.add(DriverManager.getConnection(url));
            }
            assertThat(backends(watcher))
                    .as("the first one has checked the credentials")
                    .isLessThanOrEqualTo(2);

            assertThat(mostBackendsWhile(watcher, this::allWork)).isBetween(2, PHYSICAL);

            try (Statement statement = watcher.createStatement();
                    ResultSet sum = statement.executeQuery("SELECT sum(value) FROM counters")) {
                assertThat(sum.next()).isTrue();
                assertThat(sum.getInt(1)).as("each has added one, twice").isEqualTo(2 * CONNECTIONS);
            }
            assertThat(states()).containsExactly(Map.entry("unbound", CONNECTIONS));
            for (Connection each : opened) {
                each.close();
            }
        } finally {
            WorkloadManagers.closeIdle();
        }
    }

    private void allWork() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                Connection connection = opened.get(i);
                int counter = i % 10 + 1;
                all.add(threads.submit(() -> {
                    work(connection, counter);
                    return null;
                }));
            }
            for (Future<?> each : all) {
                each.get(300, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Once in a transaction, once by itself. */
    private static void work(Connection connection, int counter) throws SQLException {
        try (PreparedStatement add =
                connection.prepareStatement("UPDATE counters SET value = value + 1 WHERE id = ?")) {
            add.setInt(1, counter);
            connection.setAutoCommit(false);
            assertThat(add.executeUpdate()).isEqualTo(1);
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT value FROM counters WHERE id = " + counter)) {
                assertThat(row.next()).isTrue();
                assertThat(row.getInt(1)).isPositive();
            }
            connection.commit();
            connection.setAutoCommit(true);
            assertThat(add.executeUpdate()).isEqualTo(1);
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private static int mostBackendsWhile(Connection watcher, Work work) throws Exception {
        AtomicInteger most = new AtomicInteger();
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<?> watching = thread.submit(() -> {
                do {
                    most.accumulateAndGet(backends(watcher), Math::max);
                } while (!done.get());
                return null;
            });
            try {
                work.run();
            } finally {
                done.set(true);
            }
            watching.get(300, TimeUnit.SECONDS);
        } finally {
            thread.shutdownNow();
        }
        return most.get();
    }

    /** Those of others. */
    private static int backends(Connection watcher) throws SQLException {
        try (Statement statement = watcher.createStatement();
                ResultSet count = statement.executeQuery("SELECT count(*) FROM pg_stat_activity"
                        + " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()")) {
            return count.next() ? count.getInt(1) : -1;
        }
    }

    private Map<String, Integer> states() throws SQLException {
        Map<String, Integer> states = new HashMap<>();
        try (Statement statement = opened.get(0).createStatement();
                ResultSet connections = statement.executeQuery("SHOW HELIOS CONNECTIONS")) {
            while (connections.next()) {
                states.merge(connections.getString("state"), 1, Integer::sum);
            }
        }
        return states;
    }
}
