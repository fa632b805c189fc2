package io.heliosjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes wrong with one slot in front of a database that has locks of its own, on H2 and PostgreSQL. */
@Timeout(120)
@ExtendWith(PostgresServer.class)
class SlotHazardsTest {
    private static final AtomicInteger MANAGERS = new AtomicInteger();
    private static final String UPDATE_FIRST = "UPDATE stock SET n = n + 1 WHERE id = 1";
    private static final String UPDATE_SECOND = "UPDATE stock SET n = n + 1 WHERE id = 2";

    private final String manager = "slot-hazards-" + MANAGERS.incrementAndGet();
    private final String postgres;

    SlotHazardsTest(String location) {
        this.postgres = location;
    }

    private enum Vendor {
        H2,
        POSTGRESQL
    }

    /** How another thread ends a wait. */
    private enum End {
        CANCEL,
        CLOSE_STATEMENT,
        CLOSE,
        ABORT;

        void of(Statement statement, Connection connection) throws SQLException {
            switch (this) {
                case CANCEL -> statement.cancel();
                case CLOSE_STATEMENT -> statement.close();
                case CLOSE -> connection.close();
                case ABORT -> connection.abort(Runnable::run);
            }
        }
    }

    private String location(Vendor vendor) {
        return vendor == Vendor.H2 ? "h2:mem:slot_hazards;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=100000" : postgres;
    }

    /** One slot, which an idle transaction lends after so many milliseconds; 0: never. */
    private Connection open(Vendor vendor, int lendMillis, Map<String, String> more) throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("helios.manager", manager);
        settings.setProperty("helios.max_concurrency", "1");
        settings.setProperty("helios.idle_in_transaction_lend_ms", Integer.toString(lendMillis));
        settings.setProperty("helios.admission_control.queue_timeout_ms", "0");
        settings.putAll(more);
        return DriverManager.getConnection("jdbc:helios:" + location(vendor), settings);
    }

    private Connection open(Vendor vendor, int lendMillis) throws SQLException {
        return open(vendor, lendMillis, Map.of());
    }

    private Connection straight(Vendor vendor) throws SQLException {
        return DriverManager.getConnection("jdbc:" + location(vendor));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection withStock(Vendor vendor) throws SQLException {
        Connection connection = straight(vendor);
        execute(connection, "DROP TABLE IF EXISTS stock");
        execute(connection, "CREATE TABLE stock (id INTEGER PRIMARY KEY, n INTEGER)");
        execute(connection, "INSERT INTO stock VALUES (1, 0), (2, 0), (3, 0)");
        return connection;
    }

    /**
     * Each has the lock of the first row when another one has its slot and waits for that lock: the next statement must not wait for the slot.
     * Where no slot is lent, they come one after the other.
     */
    @ParameterizedTest
    @CsvSource({"H2, 0", "H2, 1", "POSTGRESQL, 0", "POSTGRESQL, 1"})
    void whoNeedEachOthersLocksAllCommit(Vendor vendor, int lendMillis) throws Exception {
        int sessions = 4;
        AtomicInteger left = new AtomicInteger(sessions);
        List<FutureTask<Boolean>> all = new ArrayList<>();
        try (Connection watcher = withStock(vendor)) {
            for (int i = 0; i < sessions; i++) {
                all.add(start(() -> {
                    try (Connection connection = open(vendor, lendMillis)) {
                        connection.setAutoCommit(false);
                        execute(connection, UPDATE_FIRST);
                        while (lendMillis > 0 && left.get() > 1 && DatabaseContract.status(connection, "lent") == 0) {
                            Thread.onSpinWait();
                        }
                        execute(connection, UPDATE_SECOND);
                        left.decrementAndGet();
                        connection.commit();
                    }
                }));
            }
            for (FutureTask<Boolean> each : all) {
                assertThat(each.get()).isTrue();
            }
            assertThat(DatabaseContract.count(watcher, "SELECT sum(n) FROM stock"))
                    .isEqualTo(2L * sessions);
        }
    }

    /** What a thread does. */
    @FunctionalInterface
    private interface Work {
        void run() throws SQLException;
    }

    private static FutureTask<Boolean> start(Work work) {
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            work.run();
            return true;
        });
        Thread thread = new Thread(task, "session");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    /** It would wait for itself. */
    @ParameterizedTest
    @EnumSource
    void aThreadReadsACursorAndUpdatesThroughAnotherConnectionAndTheSame(Vendor vendor) throws SQLException {
        try (Connection watcher = withStock(vendor);
                Connection reader = open(vendor, 0);
                Connection writer = open(vendor, 0)) {
            reader.setAutoCommit(false);
            try (Statement cursor = reader.createStatement()) {
                cursor.setFetchSize(1);
                for (Connection updating : List.of(writer, reader)) {
                    try (ResultSet rows = cursor.executeQuery("SELECT id FROM stock ORDER BY id")) {
                        while (rows.next()) {
                            execute(updating, "UPDATE stock SET n = n + 1 WHERE id = " + rows.getInt(1));
                        }
                    }
                    reader.commit();
                }
            }
            assertThat(DatabaseContract.count(watcher, "SELECT sum(n) FROM stock"))
                    .isEqualTo(6);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "H2, CANCEL",
        "H2, CLOSE_STATEMENT",
        "H2, CLOSE",
        "H2, ABORT",
        "POSTGRESQL, CANCEL",
        "POSTGRESQL, CLOSE_STATEMENT",
        "POSTGRESQL, CLOSE",
        "POSTGRESQL, ABORT"
    })
    void anotherThreadEndsAWaitAndNothingOfItReachesTheDatabase(Vendor vendor, End end) throws Exception {
        try (Connection watcher = withStock(vendor);
                Connection holder = open(vendor, 0);
                Connection waiting = open(vendor, 0);
                Statement statement = waiting.createStatement()) {
            holder.setAutoCommit(false);
            execute(holder, UPDATE_FIRST);
            FutureTask<Boolean> wait = start(() -> statement.execute("INSERT INTO stock VALUES (4, 1)"));
            DatabaseContract.untilQueued(holder, 1, wait);
            end.of(statement, waiting);
            assertThatThrownBy(wait::get).cause().hasFieldOrPropertyWithValue("SQLState", "57014");
            assertThat(DatabaseContract.status(holder, "queued")).isZero();
            holder.commit();
            assertThat(DatabaseContract.count(watcher, "SELECT count(*) FROM stock WHERE id = 4"))
                    .isZero();
        }
    }

    /** The queue has no timeout: what went into it would stay there. */
    @ParameterizedTest
    @EnumSource
    void healthChecksMetadataAndAdminGoAroundTheQueue(Vendor vendor) throws Exception {
        withStock(vendor).close();
        try (Connection holder = open(vendor, 0);
                Connection other = open(vendor, 0)) {
            holder.setAutoCommit(false);
            execute(holder, "SELECT 1");
            FutureTask<Boolean> around = start(() -> {
                assertThat(other.isValid(60)).isTrue();
                try (ResultSet tables = other.getMetaData().getTables(null, null, "%", null)) {
                    assertThat(tables.next()).isTrue();
                }
                execute(other, "SHOW HELIOS QUEUE");
                other.setAutoCommit(false);
                other.rollback();
                other.commit();
            });
            assertThat(around.get()).isTrue();
            assertThat(DatabaseContract.status(holder, "active")).isEqualTo(1);
            holder.rollback();
        }
    }

    /** Each is seen to fire, by the number that the error names. */
    @ParameterizedTest
    @EnumSource
    void eachClassHasAQueueTimeoutOfItsOwn(Vendor vendor) throws Exception {
        Map<String, String> timeouts = Map.of(
                "helios.fast_lane.queue_timeout_ms", "20",
                "helios.parallel_lanes.queue_timeout_ms", "30");
        try (Connection holder = open(vendor, 0, timeouts);
                Connection other = open(vendor, 0, timeouts)) {
            holder.setAutoCommit(false);
            execute(holder, "SELECT 1");
            for (Map.Entry<String, String> each :
                    Map.of("fast_lane", "20", "parallel_lanes", "30").entrySet()) {
                FutureTask<Boolean> wait = start(() -> execute(other, "/* class=" + each.getKey() + " */ SELECT 2"));
                assertThatThrownBy(wait::get)
                        .cause()
                        .hasFieldOrPropertyWithValue("SQLState", "53H04")
                        .hasMessageContaining("queue_timeout_ms = " + each.getValue())
                        .hasMessageContaining("class " + each.getKey());
            }
            holder.rollback();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anUnknownClassOrHintGoesToTheDefaultClass(Vendor vendor) throws SQLException {
        Map<String, String> byDefault = Map.of("helios.classifier.default_class", "parallel_lanes");
        try (Connection connection = open(vendor, 0, byDefault);
                Statement statement = connection.createStatement()) {
            for (String hint : List.of("class=no_such_class", "class=fast_lanes, priority=urgent", "clas=fast_lane")) {
                long before = admitted(connection, "parallel_lanes");
                try (ResultSet rows = statement.executeQuery("/* " + hint + " */ SELECT 7")) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getInt(1)).isEqualTo(7);
                }
                assertThat(admitted(connection, "parallel_lanes")).as(hint).isEqualTo(before + 1);
            }
            assertThat(admitted(connection, "fast_lane")).isZero();
        }
    }

    private static long admitted(Connection connection, String serviceClass) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet classes = statement.executeQuery("SHOW HELIOS CLASSES")) {
            while (classes.next()) {
                if (classes.getString("service_class").equals(serviceClass)) {
                    return classes.getLong("admitted");
                }
            }
        }
        throw new AssertionError("there is no " + serviceClass);
    }
}
