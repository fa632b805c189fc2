package io.heliosjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Logical connections on a PostgreSQL that takes five, and one that watches, of a pool that may hold nine. */
class TooFewConnectionsTest extends LateBindingFixture {
    private static final int TAKEN = 5;
    private static final AtomicInteger MANAGERS = new AtomicInteger();

    private static @Nullable EmbeddedPostgres server;
    private static @Nullable Connection watcher;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final String manager = "few-" + MANAGERS.incrementAndGet();
    private int patience = 20_000;

    @BeforeAll
    static void startServer() throws IOException, SQLException {
        server = PostgresServer.embedded()
                .setServerConfig("max_connections", String.valueOf(TAKEN + 1))
                .setServerConfig("superuser_reserved_connections", "0")
                .start();
        watcher = DriverManager.getConnection(straightUrl());
    }

    @AfterAll
    static void stopServer() throws IOException, SQLException {
        if (watcher != null) {
            watcher.close();
        }
        if (server != null) {
            server.close();
        }
    }

    /** The server ends a backend some time after its client has gone. */
    @BeforeEach
    void awaitRoom() throws SQLException {
        Connection watching = watcher;
        if (watching == null) {
            throw new IllegalStateException("no server");
        }
        await(() -> text(
                        watching,
                        "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
                                + " AND pid <> pg_backend_pid()")
                .equals("0"));
    }

    private interface Condition {
        boolean holds() throws SQLException;
    }

    private static void await(Condition condition) throws SQLException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.holds()) {
            assertThat(System.nanoTime() - until).as("nanoseconds too late").isNegative();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    private static String straightUrl() {
        if (server == null) {
            throw new IllegalStateException("no server");
        }
        return server.getJdbcUrl("postgres", "postgres");
    }

    @Override
    String url() {
        return straightUrl().replace("jdbc:", "jdbc:helios:") + "&helios.manager=" + manager
                + "&helios.connections=late&helios.max_concurrency=1&helios.pool.reserve=8"
                + "&helios.admission_control.queue_timeout_ms=0&helios.pool.connection_timeout_ms=" + patience;
    }

    /** That many connections that have a physical one, and no slot yet. */
    private List<Connection> bound(int many) throws SQLException {
        List<Connection> all = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            await(() -> {
                try {
                    Connection connection = open();
                    connection.setAutoCommit(false);
                    assertThat(connection.setSavepoint("mine").getSavepointName())
                            .isEqualTo("mine");
                    return all.add(connection);
                } catch (SQLTransientException impatient) {
                    return false;
                }
            });
        }
        return all;
    }

    @Test
    void whoHasAConnectionIsLetInWhileAnotherWaitsForOne() throws Exception {
        List<Connection> bound = bound(TAKEN);
        Connection late = open();
        Future<String> waiting = threads.submit(() -> text(late, "SELECT 1"));
        for (Connection each : bound) {
            assertThat(text(each, "SELECT 2")).isEqualTo("2");
        }
        assertThat(waiting.isDone()).isFalse();
        bound.get(0).rollback();
        assertThat(waiting.get()).isEqualTo("1");
    }

    @Test
    void itIsSaidThatTheServerRefusesMore() throws SQLException {
        patience = 2_000;
        BlockingQueue<String> warnings = new LinkedBlockingQueue<>();
        AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                String line = event.getFormattedMessage();
                if (event.getLevel() == Level.WARN && line.contains(manager + ": ")) {
                    warnings.add(line);
                }
            }
        };
        Logger logger = (Logger) LoggerFactory.getLogger("io.heliosjdbc.driver.late");
        appender.start();
        logger.addAppender(appender);
        try {
            List<Connection> unused = bound(TAKEN);
            for (int i = 0; i < 2; i++) {
                assertThat(refusal())
                        .isInstanceOf(SQLTransientException.class)
                        .hasMessageContaining("it holds 5, and the database refuses more: ")
                        .hasMessageContaining("too many clients")
                        .extracting(thrown -> ((SQLException) thrown).getSQLState())
                        .isEqualTo("53H05");
            }
        } finally {
            logger.detachAppender(appender);
        }
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("has given 5 connections")
                .contains("ask for 9")
                .contains("too many clients");
    }

    /** What is said once the pool has heard of it, and not only waited. */
    private Throwable refusal() throws SQLException {
        List<Throwable> said = new ArrayList<>();
        await(() -> {
            Throwable last = catchThrowable(() -> text(open(), "SELECT 1"));
            assertThat(last).isInstanceOf(SQLException.class);
            said.add(last);
            return String.valueOf(last.getMessage()).contains("refuses more");
        });
        return said.get(said.size() - 1);
    }

    @Test
    void itGoesOnWhenTheServerHasRoom() throws Exception {
        Connection another = DriverManager.getConnection(straightUrl());
        opened.add(another);
        List<Connection> bound = bound(TAKEN - 1);
        Connection late = open();
        Future<String> waiting = threads.submit(() -> text(late, "SELECT 1"));
        assertThat(text(bound.get(0), "SELECT 2")).isEqualTo("2");
        assertThat(waiting.isDone()).isFalse();
        another.close();
        assertThat(waiting.get()).isEqualTo("1");
    }

    @Test
    void whatIsThrownAwayIsReplaced() throws Exception {
        List<Connection> bound = bound(TAKEN - 1);
        for (int i = 0; i < 5; i++) {
            Connection pinned = open();
            Connection late = open();
            execute(pinned, "DO 'BEGIN END'");
            Future<String> waiting = threads.submit(() -> text(late, "SELECT 1"));
            assertThat(text(bound.get(0), "SELECT 2")).isEqualTo("2");
            pinned.close();
            assertThat(waiting.get()).isEqualTo("1");
        }
    }
}
