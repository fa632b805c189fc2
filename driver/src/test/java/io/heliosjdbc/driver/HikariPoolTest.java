package io.heliosjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** HikariCP keeps its one physical connection whatever ends a statement's wait: the same process serves the next one. */
@ExtendWith(PostgresServer.class)
class HikariPoolTest {
    private static final String PROCESS = "SELECT pg_backend_pid()";
    private static final AtomicInteger MANAGERS = new AtomicInteger();

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final String location;

    HikariPoolTest(String location) {
        this.location = location;
    }

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    @Test
    void afterARefusal() throws Exception {
        assertThat(stateOfWhatEndsTheWait("max_queue_depth=0", 0, null)).isEqualTo("53H01");
    }

    @Test
    void afterAQueueTimeout() throws Exception {
        assertThat(stateOfWhatEndsTheWait("queue_timeout_ms=50", 0, null)).isEqualTo("53H04");
    }

    @Test
    void afterAQueryTimeoutInTheQueue() throws Exception {
        assertThat(stateOfWhatEndsTheWait("queue_timeout_ms=0", 1, null)).isEqualTo("57014");
    }

    @Test
    void afterACancelInTheQueue() throws Exception {
        assertThat(stateOfWhatEndsTheWait("queue_timeout_ms=0", 0, Statement::cancel))
                .isEqualTo("57014");
    }

    /** What another thread does to a statement that waits. */
    @FunctionalInterface
    private interface Act {
        void on(Statement statement) throws SQLException;
    }

    /** Has a statement of a pool of one wait for the only slot, which another connection holds, until something ends the wait. */
    private String stateOfWhatEndsTheWait(String setting, int queryTimeout, @Nullable Act act) throws Exception {
        String url = "jdbc:helios:" + location + "&helios.manager=hikari-" + MANAGERS.incrementAndGet()
                + "&helios.fast_lane.max_concurrency=1&helios.idle_in_transaction_lend_ms=0"
                + "&helios.admission_control." + setting;
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(1);
        config.setExceptionOverrideClassName("io.heliosjdbc.driver.HikariExceptionOverride");
        try (HikariDataSource pool = new HikariDataSource(config);
                Connection holder = DriverManager.getConnection(url)) {
            long process = processOf(pool);
            holder.setAutoCommit(false);
            number(holder, PROCESS);
            SQLException end = end(pool, holder, queryTimeout, act);
            holder.commit();
            assertThat(processOf(pool)).isEqualTo(process);
            return end.getSQLState();
        }
    }

    /** A thread of its own: one that holds a slot never waits. */
    private SQLException end(HikariDataSource pool, Connection observer, int queryTimeout, @Nullable Act act)
            throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(queryTimeout);
            Future<?> execution = threads.submit(() -> {
                try {
                    return statement.executeQuery("SELECT 1");
                } finally {
                    ended.countDown();
                }
            });
            if (act != null) {
                while (ended.getCount() > 0 && number(observer, "SHOW HELIOS CLASSES", "queued") == 0) {
                    Thread.onSpinWait();
                }
                act.on(statement);
            }
            Throwable failure = catchThrowableOfType(ExecutionException.class, execution::get)
                    .getCause();
            if (failure instanceof SQLException end) {
                return end;
            }
            throw new AssertionError("it did not end as a statement does", failure);
        }
    }

    private static long processOf(HikariDataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return number(connection, PROCESS);
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        return number(connection, sql, "pg_backend_pid");
    }

    /** The sum of a column. */
    private static long number(Connection connection, String sql, String column) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            long sum = 0;
            while (rows.next()) {
                sum += rows.getLong(column);
            }
            return sum;
        }
    }
}
