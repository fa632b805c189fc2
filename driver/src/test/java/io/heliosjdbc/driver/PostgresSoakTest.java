package io.heliosjdbc.driver;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresServer.class)
class PostgresSoakTest {
    /**
     * Whoever is inside holds the first free one of twenty locks to the end of its transaction; so the highest number that anybody
     * gets is the most that were inside at once.
     */
    private static final String STAY = """
            CREATE OR REPLACE FUNCTION stay(seconds float8) RETURNS int LANGUAGE plpgsql AS $$
            DECLARE place int := nullif(current_setting('soak.place', true), '');
            BEGIN
              IF place IS NULL THEN
                FOR candidate IN 1..20 LOOP
                  IF pg_try_advisory_xact_lock(candidate) THEN
                    place := candidate;
                    PERFORM set_config('soak.place', place::text, true);
                    EXIT;
                  END IF;
                END LOOP;
              END IF;
              PERFORM pg_sleep(seconds);
              RETURN coalesce(place, 21);
            END $$""";

    @Test
    void twoHundredThreadsShareTenSlots(String location) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:" + location);
                Statement statement = connection.createStatement()) {
            statement.execute(STAY);
        }
        new Soak(
                "jdbc:helios:" + location
                        + "&helios.manager=soak-postgres&helios.max_concurrency=10&helios.idle_in_transaction_lend_ms=0"
                        + "&helios.admission_control.queue_timeout_ms=300&helios.admission_control.max_queue_depth=1000",
                false) {
            @Override
            String work(int millis) {
                return "SELECT stay(" + millis / 1000.0 + ")";
            }
        }.run();
    }

    /** A function of one's own would pin; so this one does not count who is inside. */
    @Test
    void twoHundredThreadsShareFifteenPhysicalConnections(String location) throws Exception {
        new Soak(
                "jdbc:helios:" + location
                        + "&helios.manager=soak-late&helios.max_concurrency=10&helios.idle_in_transaction_lend_ms=0"
                        + "&helios.connections=late&helios.pool.connection_timeout_ms=20000"
                        + "&helios.admission_control.queue_timeout_ms=300&helios.admission_control.max_queue_depth=1000",
                true) {
            @Override
            String work(int millis) {
                return "SELECT 1 FROM pg_sleep(" + millis / 1000.0 + ")";
            }
        }.run();
    }
}
