package io.heliosjdbc.driver.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.ref.Reference;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An application loses a connection that is bound late, in the middle of a transaction. */
class DroppedLateConnectionTest {
    private static final String URL =
            "jdbc:helios:h2:mem:dropped;DB_CLOSE_DELAY=-1;helios.manager=dropped-late;helios.connections=late";
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @BeforeEach
    void addRegistry() {
        Metrics.addRegistry(meters);
    }

    @AfterEach
    void removeRegistry() {
        Metrics.removeRegistry(meters);
    }

    @Test
    void itsPhysicalConnectionDoesNotStayInUse() throws SQLException {
        try (Connection other = DriverManager.getConnection(URL)) {
            beginAndDrop();
            long until = System.nanoTime() + PATIENCE_NANOS;
            while (physicalConnectionsInUse() > 0 && System.nanoTime() < until) {
                System.gc();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
            assertThat(physicalConnectionsInUse()).isZero();
            assertThat(other.isValid(30)).isTrue();
        }
    }

    @SuppressWarnings("resource")
    private void beginAndDrop() throws SQLException {
        Connection dropped = DriverManager.getConnection(URL);
        dropped.setAutoCommit(false);
        try {
            assertThat(dropped.createStatement().executeQuery("VALUES 1").next())
                    .isTrue();
            assertThat(physicalConnectionsInUse()).isEqualTo(1);
        } finally {
            Reference.reachabilityFence(dropped);
        }
    }

    private double physicalConnectionsInUse() {
        return meters.get("helios.connections.physical")
                .tag("manager", "dropped-late")
                .tag("state", "active")
                .gauge()
                .value();
    }
}
