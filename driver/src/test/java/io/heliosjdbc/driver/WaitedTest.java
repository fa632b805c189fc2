package io.heliosjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What connections tell of how long they waited, on H2, with one slot. */
@Timeout(60)
public class WaitedTest extends LateBindingFixture {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final String WAITED = "helios.waited_ms";
    private static final String QUICK = "SELECT 1";
    /** For how long somebody is kept waiting at least. */
    private static final int MILLIS = 30;

    private static volatile CountDownLatch inside = new CountDownLatch(1);
    private static volatile CountDownLatch goesOn = new CountDownLatch(1);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final String database = "jdbc:helios:h2:mem:waited_" + DATABASES.incrementAndGet()
            + ";DB_CLOSE_DELAY=-1;helios.discipline=fifo;helios.max_concurrency=1;helios.pool.reserve=1";
    private String connections = "direct";
    private int queueTimeoutMillis;

    @Override
    String url() {
        return database + ";helios.connections=" + connections + ";helios.admission_control.queue_timeout_ms="
                + queueTimeoutMillis;
    }

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    /** A function of the database that takes as long as the test says. */
    public static int work() throws InterruptedException {
        inside.countDown();
        goesOn.await();
        return 1;
    }

    private Future<String> holdsTheSlot() throws Exception {
        inside = new CountDownLatch(1);
        goesOn = new CountDownLatch(1);
        Connection holder = open();
        execute(holder, "CREATE ALIAS IF NOT EXISTS work FOR '" + WaitedTest.class.getName() + ".work'");
        Future<String> working = threads.submit(() -> text(holder, "CALL work()"));
        inside.await();
        return working;
    }

    private static BigDecimal waited(Connection connection) throws SQLException {
        return new BigDecimal(connection.getClientInfo(WAITED));
    }

    private static BigDecimal millis(long nanos) {
        return BigDecimal.valueOf(nanos, 6);
    }

    private static void awaitOne(Statement looks, String topic) throws SQLException {
        boolean found = false;
        while (!found) {
            try (ResultSet rows = looks.executeQuery("SHOW HELIOS " + topic)) {
                found = rows.next();
            }
        }
    }

    /** Executes while somebody else has the slot for a while; what it waited is no longer than it took. */
    private BigDecimal waitsForItsSlot(Connection connection) throws Exception {
        Statement looks = open().createStatement();
        Future<String> holder = holdsTheSlot();
        long begin = System.nanoTime();
        Future<String> waiter = threads.submit(() -> text(connection, QUICK));
        awaitOne(looks, "QUEUE");
        Thread.sleep(MILLIS);
        goesOn.countDown();
        holder.get();
        waiter.get();
        BigDecimal took = millis(System.nanoTime() - begin);
        assertThat(waited(connection)).isBetween(BigDecimal.valueOf(MILLIS), took);
        return waited(connection);
    }

    /** Bound late the opening of a physical connection is a wait. */
    private void hardlyWaits(Connection connection) throws SQLException {
        long begin = System.nanoTime();
        assertThat(text(connection, QUICK)).isEqualTo("1");
        BigDecimal took = millis(System.nanoTime() - begin);
        if (connections.equals("direct")) {
            assertThat(connection.getClientInfo(WAITED)).isEqualTo("0");
        } else {
            assertThat(waited(connection)).isBetween(BigDecimal.ZERO, took);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "late"})
    void underAutocommitItIsThatOfTheLastStatement(String how) throws Exception {
        connections = how;
        Connection connection = open();
        assertThat(connection.getClientInfo(WAITED)).isEqualTo("0");
        hardlyWaits(connection);
        BigDecimal waited = waitsForItsSlot(connection);
        assertThat(text(connection, "SHOW HELIOS CLASSES")).isNotEmpty();
        assertThat(waited(connection))
                .as("what Helios answers waits for nothing")
                .isEqualTo(waited);
        hardlyWaits(connection);
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "late"})
    void inATransactionItIsTheTransactionsUntilTheNextOneComes(String how) throws Exception {
        connections = how;
        Connection connection = open();
        connection.setAutoCommit(false);
        hardlyWaits(connection);
        connection.rollback();
        BigDecimal waited = waitsForItsSlot(connection);
        assertThat(text(connection, QUICK)).isEqualTo("1");
        assertThat(waited(connection)).as("who holds the slot does not wait").isEqualTo(waited);
        connection.commit();
        connection.setAutoCommit(true);
        assertThat(waited(connection)).isEqualTo(waited);
        hardlyWaits(connection);
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "late"})
    void theWaitsOfOneTransactionAddUpAndSoDoThoseInVain(String how) throws Exception {
        connections = how;
        queueTimeoutMillis = MILLIS;
        Connection connection = open();
        connection.setAutoCommit(false);
        Future<String> holder = holdsTheSlot();
        assertThatThrownBy(() -> text(connection, QUICK)).isInstanceOf(SQLException.class);
        BigDecimal first = waited(connection);
        assertThat(first).isGreaterThanOrEqualTo(BigDecimal.valueOf(MILLIS));
        assertThatThrownBy(() -> text(connection, QUICK)).isInstanceOf(SQLException.class);
        assertThat(waited(connection).subtract(first)).isGreaterThanOrEqualTo(BigDecimal.valueOf(MILLIS));
        goesOn.countDown();
        holder.get();
        connection.rollback();
        hardlyWaits(connection);
    }

    @Test
    void aTransactionThatATextBeginsIsAnother() throws Exception {
        Connection connection = open();
        BigDecimal waited = waitsForItsSlot(connection);
        execute(connection, "BEGIN");
        assertThat(waited(connection)).isEqualTo(waited);
        hardlyWaits(connection);
        execute(connection, "COMMIT");
    }

    @Test
    void theWaitForAPhysicalConnectionIsPartOfIt() throws Exception {
        connections = "late";
        Statement looks = open().createStatement();
        Connection[] others = {open(), open()};
        for (Connection other : others) {
            // Each has a physical connection and no slot: that leaves none.
            other.setAutoCommit(false);
            Savepoint unused = other.setSavepoint("mine");
        }
        Connection connection = open();
        long begin = System.nanoTime();
        Future<String> waiter = threads.submit(() -> text(connection, QUICK));
        awaitOne(looks, "RUNNING");
        Thread.sleep(MILLIS);
        others[0].rollback();
        waiter.get();
        BigDecimal took = millis(System.nanoTime() - begin);
        assertThat(waited(connection)).isBetween(BigDecimal.valueOf(MILLIS / 2), took);
        hardlyWaits(connection);
        others[1].rollback();
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "late"})
    void itIsReadByItsNameOnlyAndNotSet(String how) throws Exception {
        connections = how;
        Connection connection = open();
        // H2 refuses what it does not know: it does not hear of it.
        connection.setClientInfo(WAITED, "7");
        Properties all = new Properties();
        all.setProperty(WAITED, "7");
        connection.setClientInfo(all);
        assertThat(connection.getClientInfo(WAITED)).isEqualTo("0");
        Properties listed = connection.getClientInfo();
        assertThat(listed == null ? "" : listed.getProperty(WAITED, "")).isEmpty();
        connection.close();
        assertThat(connection.getClientInfo(WAITED)).isEqualTo("0");
    }
}
