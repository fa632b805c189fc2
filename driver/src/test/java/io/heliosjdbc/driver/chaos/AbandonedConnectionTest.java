package io.heliosjdbc.driver.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliosjdbc.driver.HeliosConnectionPoolDataSource;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is dropped without being closed gives its slot back when it is collected, and not before. One slot, never lent. */
@Timeout(60)
class AbandonedConnectionTest {
    private static final String SETTINGS = ";helios.manager=abandoned;helios.max_concurrency=1"
            + ";helios.idle_in_transaction_lend_ms=0;helios.admission_control.queue_timeout_ms=1";
    private static final String URL = "jdbc:helios:h2:mem:abandoned" + SETTINGS;

    private Connection watcher;

    @BeforeEach
    void watch() throws SQLException {
        watcher = DriverManager.getConnection(URL);
    }

    @AfterEach
    void leave() throws SQLException {
        watcher.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anOpenTransactionThatIsDroppedGivesItsSlotBack(boolean byText) throws SQLException {
        WeakReference<Connection> dropped = new WeakReference<>(transaction(byText));

        awaitActive(0);

        assertThat(dropped.get()).isNull();
        assertThat(tables()).isPositive();
    }

    @Test
    void aResultSetKeepsItsConnectionsSlot() throws SQLException {
        ResultSet rows = rows();

        collect();
        assertThat(active()).isEqualTo(1);
        assertThat(rows.next()).isTrue();
        rows = null;

        awaitActive(0);
    }

    @Test
    void aConnectionThatWasRefusedIsCollectedToo() throws SQLException {
        Connection holder = transaction(false);
        WeakReference<Connection> dropped = new WeakReference<>(refused());

        while (dropped.get() != null) {
            collect();
        }

        assertThat(active()).isEqualTo(1);
        holder.close();
        assertThat(active()).isZero();
    }

    @Test
    void aThreadThatIsOverKeepsNothing() throws Exception {
        dropThread();

        awaitActive(0);
    }

    @Test
    void aPooledConnectionThatIsDroppedGivesItsSlotBack() throws SQLException {
        dropPooled();

        awaitActive(0);
    }

    @Test
    void aPooledConnectionKeepsItsSlotAsLongAsItsHandleIsInUse() throws SQLException {
        Connection handle = pooledTransaction();

        collect();
        assertThat(active()).isEqualTo(1);
        handle.close();

        assertThat(active()).isZero();
    }

    private static Connection transaction(boolean byText) throws SQLException {
        Connection connection = DriverManager.getConnection(URL);
        Statement statement = connection.createStatement();
        if (byText) {
            statement.execute("BEGIN");
        } else {
            connection.setAutoCommit(false);
        }
        statement.execute("SELECT 1");
        return connection;
    }

    private static ResultSet rows() throws SQLException {
        Connection connection = DriverManager.getConnection(URL);
        connection.setAutoCommit(false);
        return connection.createStatement().executeQuery("SELECT 1");
    }

    private Connection refused() throws SQLException {
        Connection connection = DriverManager.getConnection(URL);
        Statement statement = connection.createStatement();
        Thread other = new Thread(() -> assertThatThrownBy(() -> statement.execute("SELECT 1"))
                .isInstanceOf(SQLException.class)
                .hasFieldOrPropertyWithValue("SQLState", "53H04"));
        other.start();
        try {
            other.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return connection;
    }

    /** A thread that leads to what it has opened. */
    private static final class Opener extends Thread {
        private volatile @Nullable Connection opened;

        @Override
        public void run() {
            try {
                opened = transaction(false);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void dropThread() throws Exception {
        Opener opener = new Opener();
        opener.start();
        opener.join();
        try {
            assertThat(opener.opened).isNotNull();
            assertThat(active()).isEqualTo(1);
        } finally {
            Reference.reachabilityFence(opener);
        }
    }

    private void dropPooled() throws SQLException {
        Connection handle = pooledTransaction();
        try {
            assertThat(handle.isClosed()).isFalse();
            assertThat(active()).isEqualTo(1);
        } finally {
            Reference.reachabilityFence(handle);
        }
    }

    private static Connection pooledTransaction() throws SQLException {
        JdbcDataSource vendors = new JdbcDataSource();
        vendors.setURL("jdbc:h2:mem:abandoned");
        Connection handle = new HeliosConnectionPoolDataSource(vendors, Map.of("manager", "abandoned"))
                .getPooledConnection()
                .getConnection();
        handle.setAutoCommit(false);
        handle.createStatement().execute("SELECT 1");
        return handle;
    }

    private int tables() throws SQLException {
        try (Statement statement = watcher.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM information_schema.tables")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private int active() throws SQLException {
        return Slots.of(watcher).active();
    }

    private void awaitActive(int expected) throws SQLException {
        while (active() != expected) {
            collect();
        }
    }

    private static void collect() {
        System.gc();
        assertThat(Thread.currentThread().isInterrupted()).as("timed out").isFalse();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
}
