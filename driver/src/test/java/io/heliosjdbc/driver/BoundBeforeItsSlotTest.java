package io.heliosjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Connections that have their physical one before their slot, by a savepoint say: whoever has the slot that they wait for, and waits for a
 * physical connection, may wait for just theirs.
 */
public class BoundBeforeItsSlotTest extends LateBindingFixture {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final String WORK = "SELECT 1";

    private static volatile CountDownLatch inside = new CountDownLatch(1);
    private static volatile CountDownLatch goesOn = new CountDownLatch(1);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final String database = "jdbc:helios:h2:mem:bound_" + DATABASES.incrementAndGet()
            + ";helios.connections=late;helios.discipline=fifo;helios.max_concurrency=1"
            + ";helios.pool.connection_timeout_ms=20000;helios.admission_control.queue_timeout_ms=0;helios.pool.reserve=";

    private int reserve;

    @Override
    String url() {
        return database + reserve;
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

    /** A connection that has a physical one, and no slot yet. */
    private Connection bound() throws SQLException {
        Connection connection = open();
        connection.setAutoCommit(false);
        assertThat(connection.setSavepoint("mine").getSavepointName()).isEqualTo("mine");
        return connection;
    }

    /** A connection that is pinned, and can {@link #work}. */
    private Connection pinned() throws SQLException {
        Connection connection = open();
        execute(connection, "CREATE ALIAS work FOR '" + BoundBeforeItsSlotTest.class.getName() + ".work'");
        return connection;
    }

    private Future<String> holdsTheSlot(Connection connection) throws InterruptedException {
        inside = new CountDownLatch(1);
        goesOn = new CountDownLatch(1);
        Future<String> working = threads.submit(() -> text(connection, "CALL work()"));
        inside.await();
        return working;
    }

    private Future<String> works(Connection connection) {
        return threads.submit(() -> text(connection, WORK));
    }

    private static void awaitMany(Statement asks, String topic, int many) throws SQLException {
        while (many(asks, topic) != many) {
            Thread.onSpinWait();
        }
    }

    private static int many(Statement asks, String topic) throws SQLException {
        int found = 0;
        try (ResultSet rows = asks.executeQuery("SHOW HELIOS " + topic)) {
            while (rows.next()) {
                found++;
            }
        }
        return found;
    }

    @Test
    void itGoesBeforeWhoWaitsForAPhysicalConnection() throws Exception {
        reserve = 1;
        Statement asks = open().createStatement();
        Connection one = bound();
        Connection another = bound();
        Future<String> unbound = works(open());
        awaitMany(asks, "RUNNING", 1);
        assertThat(text(one, WORK)).isEqualTo("1");
        one.rollback();
        assertThat(unbound.get()).isEqualTo("1");
        assertThat(text(another, WORK)).isEqualTo("1");
    }

    @Test
    void itIsLetInWhenSomebodyBeginsToWaitForAPhysicalConnection() throws Exception {
        reserve = 2;
        Statement asks = open().createStatement();
        Connection pinned = pinned();
        Connection one = bound();
        Connection another = bound();
        Future<String> working = holdsTheSlot(pinned);
        Future<String> unbound = works(open());
        awaitMany(asks, "QUEUE", 1);
        Future<String> waiting = works(one);
        awaitMany(asks, "QUEUE", 2);
        goesOn.countDown();
        assertThat(working.get()).isEqualTo("1");
        assertThat(waiting.get()).isEqualTo("1");
        one.rollback();
        assertThat(unbound.get()).isEqualTo("1");
        assertThat(text(another, WORK)).isEqualTo("1");
    }

    @Test
    void itWaitsItsTurnWhereNobodyWaitsForAPhysicalConnection() throws Exception {
        reserve = 2;
        Statement asks = open().createStatement();
        Connection pinned = pinned();
        Connection one = bound();
        Future<String> working = holdsTheSlot(pinned);
        Future<String> waiting = works(one);
        awaitMany(asks, "QUEUE", 1);
        // The third physical connection is lent, and nobody waits for it.
        Connection around = bound();
        awaitMany(asks, "QUEUE", 1);
        assertThat(waiting.isDone()).isFalse();
        goesOn.countDown();
        assertThat(working.get()).isEqualTo("1");
        assertThat(waiting.get()).isEqualTo("1");
        around.rollback();
    }

    @Test
    void itWaitsItsTurnWhereSomebodyWaitsForAPhysicalConnectionOfAnotherPool() throws Exception {
        reserve = 1;
        Statement asks = open().createStatement();
        Connection pinned = pinned();
        execute(pinned, "CREATE USER other PASSWORD 'other' ADMIN");
        Future<String> working = holdsTheSlot(pinned);
        Connection another = DriverManager.getConnection(url(), "other", "other");
        opened.add(another);
        another.setAutoCommit(false);
        assertThat(another.setSavepoint("mine").getSavepointName()).isEqualTo("mine");
        Future<String> waiting = works(another);
        awaitMany(asks, "QUEUE", 1);
        Connection last = bound();
        Connection none = open();
        AtomicReference<Thread> asker = new AtomicReference<>();
        Future<Boolean> asking = threads.submit(() -> {
            asker.set(Thread.currentThread());
            return none.getMetaData().getTables(null, null, "T", null).next();
        });
        while (asker.get() == null || asker.get().getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        assertThat(many(asks, "QUEUE")).isEqualTo(1);
        assertThat(waiting.isDone()).isFalse();
        last.rollback();
        assertThat(asking.get()).isFalse();
        goesOn.countDown();
        assertThat(working.get()).isEqualTo("1");
        assertThat(waiting.get()).isEqualTo("1");
    }
}
