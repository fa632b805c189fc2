package io.heliosjdbc.driver.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.driver.manager.WorkloadManagers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However long the vendor is at something for one connection, another one does all it wants: connections share no lock that is held meanwhile. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BusyVendorTest {
    private static final String BUSY = "busy";

    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @AfterEach
    void listenNoMore() {
        IdleVendor.listener = call -> {};
        WorkloadManagers.closeIdle();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connect",
                "createStatement",
                "executeQuery",
                "next",
                "getLong",
                "prepareStatement",
                "executeUpdate",
                "executeBatch",
                "getMetaData",
                "isValid",
                "setAutoCommit",
                "setClientInfo",
                "commit",
                "rollback",
                "cancel",
                "close"
            })
    void holdsNobodyElseUp(String call) throws Exception {
        String url = "jdbc:helios:idle:busy?helios.manager=busy&helios.driver=" + IdleVendor.class.getName();
        IdleVendor.listener = name -> {
            if (name.equals(call) && Thread.currentThread().getName().equals(BUSY)) {
                reached.countDown();
                awaitUninterruptibly(goOn);
            }
        };
        FutureTask<Void> busy = new FutureTask<>(() -> {
            doAll(url);
            return null;
        });
        new Thread(busy, BUSY).start();
        reached.await();
        doAll(url);
        assertThat(busy.isDone()).isFalse();
        goOn.countDown();
        busy.get();
    }

    private static void execute(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE t SET a = 1");
        }
    }

    private static void doAll(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url)) {
            connection.setClientInfo("ApplicationName", "busy");
            assertThat(connection.isValid(1)).isTrue();
            assertThat(connection.getMetaData()).isNotNull();
            connection.setAutoCommit(false);
            execute(connection);
            try (PreparedStatement statement = connection.prepareStatement("SELECT a FROM t WHERE b = ?");
                    ResultSet rows = statement.executeQuery()) {
                assertThat(rows.next()).isFalse();
                assertThat(rows.getLong(1)).isZero();
                statement.cancel();
            }
            connection.commit();
            try (Statement statement = connection.createStatement()) {
                statement.addBatch("UPDATE t SET a = 2");
                statement.executeBatch();
            }
            connection.rollback();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
