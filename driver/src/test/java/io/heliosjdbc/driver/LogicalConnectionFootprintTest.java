package io.heliosjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.driver.manager.WorkloadManagers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What a logical connection costs that nobody works on: heap, and the time to open and close it, which is printed only. */
class LogicalConnectionFootprintTest {
    private static final String DATABASE = "h2:mem:footprint;DB_CLOSE_DELAY=-1";
    private static final String LATE = "jdbc:helios:" + DATABASE + ";helios.connections=late";
    private static final int CONNECTIONS = 10_000;
    /** Twice what it is, so that a field more is nobody's fault; a session of the server's takes a thousand times as much. */
    private static final int MOST_BYTES = 4_000;

    @Test
    void anIdleOneTakesTwoKilobytes() throws SQLException {
        try (Connection straight = DriverManager.getConnection("jdbc:" + DATABASE);
                Statement statement = straight.createStatement();
                Connection first = DriverManager.getConnection(LATE)) {
            statement.execute("CREATE TABLE things (id int PRIMARY KEY, name varchar)");
            statement.execute("INSERT INTO things VALUES (1, 'one')");
            use(first);
            List<Connection> opened = new ArrayList<>(CONNECTIONS);
            // What earlier tests have left would else be given up in the middle.
            WorkloadManagers.closeIdle();
            long before = usedHeap();
            for (int i = 0; i < CONNECTIONS; i++) {
                opened.add(DriverManager.getConnection(LATE));
            }
            long untouched = (usedHeap() - before) / CONNECTIONS;
            for (Connection each : opened) {
                use(each);
            }
            long used = (usedHeap() - before) / CONNECTIONS;
            System.out.printf("bytes per idle logical connection: %d, and %d once it was used%n", untouched, used);
            assertThat(untouched).isBetween(1L, (long) MOST_BYTES);
            assertThat(used).isLessThan(MOST_BYTES);
            for (Connection each : opened) {
                each.close();
            }
            System.out.printf("opening and closing a logical connection: %.0f ns%n", openAndCloseNanos());
        } finally {
            WorkloadManagers.closeIdle();
        }
    }

    private static void use(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement statement = connection.prepareStatement("SELECT name FROM things WHERE id = ?")) {
            statement.setInt(1, 1);
            try (ResultSet row = statement.executeQuery()) {
                assertThat(row.next()).isTrue();
            }
        }
        connection.commit();
    }

    /** The least of several readings, for others work on the machine too. */
    private static double openAndCloseNanos() throws SQLException {
        double least = Double.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            long began = System.nanoTime();
            for (int i = 0; i < 2_000; i++) {
                DriverManager.getConnection(LATE).close();
            }
            least = Math.min(least, (System.nanoTime() - began) / 2_000.0);
        }
        return least;
    }

    private static long usedHeap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
