package io.heliosjdbc.driver;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

public class H2SoakTest {
    private static final AtomicInteger INSIDE = new AtomicInteger();

    /** A function of the database that counts how many run it. */
    public static int stay(int millis) {
        int inside = INSIDE.incrementAndGet();
        try {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
            while (System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(end - System.nanoTime());
            }
            return inside;
        } finally {
            INSIDE.decrementAndGet();
        }
    }

    @Test
    void twoHundredThreadsShareTenSlots() throws Exception {
        String location = "h2:mem:soak;DB_CLOSE_DELAY=-1";
        try (Connection connection = DriverManager.getConnection("jdbc:" + location);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ALIAS IF NOT EXISTS STAY FOR '" + H2SoakTest.class.getName() + ".stay'");
        }
        new Soak(
                "jdbc:helios:" + location
                        + ";helios.manager=soak-h2;helios.max_concurrency=10;helios.idle_in_transaction_lend_ms=0"
                        + ";helios.admission_control.queue_timeout_ms=300;helios.admission_control.max_queue_depth=1000",
                true) {
            @Override
            String work(int millis) {
                return "CALL STAY(" + millis + ")";
            }
        }.run();
    }
}
