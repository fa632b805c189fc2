package io.heliosjdbc.driver.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * After the first tenth of a long run the heap has its size: a million texts, templates and applications more leave nothing, nor do connections,
 * of which one in a hundred is dropped in the middle of a transaction.
 *
 * <p>A scaled down run in every build; the full one with {@code -Dhelios.statements=10000000 -Dhelios.connections=1000000}.
 */
class FlatHeapTest {
    private static final long STATEMENTS = Long.getLong("helios.statements", 300_000);
    private static final long CONNECTIONS = Long.getLong("helios.connections", 30_000);
    /** What caches that were full before may differ by; a session that is kept costs a kilobyte, the smallest run opens 27,000 more. */
    private static final long BOUND = 12L << 20;

    private static final String URL =
            "jdbc:helios:idle:flat?helios.manager=flat-heap&helios.idle_in_transaction_lend_ms=0" + "&helios.driver="
                    + IdleVendor.class.getName();
    /** So that the cache of texts is full early: it is bounded by their length. */
    private static final String PADDING = " ".repeat(1_000);

    private long texts;

    @Test
    void nineTenthsOfARunLeaveNothing() throws SQLException {
        try (Connection watcher = DriverManager.getConnection(URL)) {
            use(CONNECTIONS / 10);
            long early = usedHeap(watcher);
            use(CONNECTIONS - CONNECTIONS / 10);
            long late = usedHeap(watcher);
            System.out.printf(
                    "%d statements, %d connections: heap %d kB after a tenth, %d kB at the end%n",
                    texts, CONNECTIONS, early >> 10, late >> 10);
            assertThat(texts).isGreaterThanOrEqualTo(STATEMENTS);
            assertThat(late - early).isLessThan(BOUND);
        }
    }

    /** Such as a pool's, which lives for days: neither its statements nor its batches are kept, closed or not. */
    @Test
    void nineTenthsOfWhatOneConnectionExecutesLeaveNothing() throws SQLException {
        try (Connection watcher = DriverManager.getConnection(URL);
                Connection connection = DriverManager.getConnection(URL)) {
            execute(connection, STATEMENTS / 10);
            long early = usedHeap(watcher);
            execute(connection, STATEMENTS - STATEMENTS / 10);
            long late = usedHeap(watcher);
            System.out.printf(
                    "%d executions of one connection: heap %d kB after a tenth, %d kB at the end%n",
                    STATEMENTS, early >> 10, late >> 10);
            assertThat(late - early).isLessThan(BOUND);
        }
    }

    private static void execute(Connection connection, long times) throws SQLException {
        for (long i = 0; i < times; i++) {
            Statement statement = connection.createStatement();
            statement.addBatch("INSERT INTO t VALUES (1)");
            statement.addBatch("INSERT INTO t VALUES (2)");
            statement.executeBatch();
            PreparedStatement prepared = connection.prepareStatement("INSERT INTO t VALUES (?)");
            prepared.setLong(1, i);
            prepared.addBatch();
            prepared.executeBatch();
            ResultSet tables = connection.getMetaData().getTables(null, null, "%", null);
            if (i % 2 == 0) {
                statement.close();
                prepared.close();
            } else if (tables != null) {
                tables.close();
            }
        }
    }

    private void use(long connections) throws SQLException {
        for (long i = 0; i < connections; i++) {
            Connection connection = DriverManager.getConnection(URL);
            connection.setClientInfo("ApplicationName", "application " + texts);
            boolean dropped = i % 100 == 0;
            if (dropped) {
                connection.setAutoCommit(false);
            }
            for (long j = (STATEMENTS + CONNECTIONS - 1) / CONNECTIONS; j > 0; j--) {
                execute(connection);
            }
            if (!dropped) {
                connection.close();
            }
        }
    }

    private void execute(Connection connection) throws SQLException {
        texts++;
        String sql = "SELECT a FROM t" + texts % 20_000 + PADDING + "WHERE id = " + texts;
        if (texts % 2 == 0) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                assertThat(rows.next()).isFalse();
            }
        } else {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.execute();
            }
        }
    }

    /** After the garbage collector has found all that was dropped. */
    private static long usedHeap(Connection watcher) throws SQLException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        do {
            System.gc();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        } while (!Slots.of(watcher).equals(Slots.FREE) && System.nanoTime() < until);
        assertThat(Slots.of(watcher)).isEqualTo(Slots.FREE);
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
