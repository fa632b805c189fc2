package io.heliosjdbc.driver;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresServer.class)
class PostgresSoakTest {
    private volatile boolean over;

    @Test
    void twoHundredThreadsShareTenSlots(String location) throws Exception {
        CompletableFuture<Integer> most = CompletableFuture.supplyAsync(() -> watch("jdbc:" + location));
        new Soak(
                "jdbc:helios:" + location
                        + "&ApplicationName=soak&helios.manager=soak-postgres&helios.max_concurrency=10"
                        + "&helios.idle_in_transaction_lend_ms=0&helios.admission_control.queue_timeout_ms=300&helios.admission_control.max_queue_depth=1000",
                false) {
            @Override
            String work(int millis) {
                return "SELECT pg_sleep(" + millis / 1000.0 + ")";
            }

            @Override
            int mostAtOnce() throws Exception {
                over = true;
                return most.get();
            }
        }.run();
    }

    /** Asks the server itself, on a connection of its own, how many work. */
    private int watch(String url) {
        int most = 0;
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement active = connection.prepareStatement("SELECT count(*) FROM pg_stat_activity"
                        + " WHERE application_name = 'soak' AND state = 'active' AND query LIKE '%pg_sleep%'")) {
            while (!over) {
                try (ResultSet rows = active.executeQuery()) {
                    rows.next();
                    most = Math.max(most, rows.getInt(1));
                }
            }
            return most;
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
