package io.heliosjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.jdbc.PgStatement;

/** PostgreSQL, the real server. */
@ExtendWith(PostgresServer.class)
class LateStatementOnPostgresTest extends LateStatementContract {
    private final String straight;

    LateStatementOnPostgresTest(String location) {
        straight = "jdbc:" + location;
    }

    @Override
    String straight() {
        return straight;
    }

    @Override
    String separator() {
        return "&";
    }

    @Override
    String numbered() {
        return "INT GENERATED ALWAYS AS IDENTITY";
    }

    @Override
    Class<? extends Statement> vendors() {
        return PgStatement.class;
    }

    /** PostgreSQL tells its notices at once, and pgjdbc has them while the statement executes. */
    @Test
    void whatItWarnsOfIsToldWhileItExecutes() throws Exception {
        AtomicReference<SQLException> failure = new AtomicReference<>();
        SQLWarning told = null;
        try (Connection mine = open();
                PreparedStatement statement = mine.prepareStatement("SELECT warn_and_wait()")) {
            Thread executing = new Thread(() -> {
                try {
                    statement.execute();
                } catch (SQLException e) {
                    failure.set(e);
                }
            });
            try (Connection holder = DriverManager.getConnection(straight)) {
                execute(holder, "SELECT pg_advisory_lock(4711)");
                execute(
                        holder,
                        "CREATE OR REPLACE FUNCTION warn_and_wait() RETURNS VOID LANGUAGE plpgsql AS"
                                + " $$BEGIN RAISE WARNING 'now'; PERFORM pg_advisory_xact_lock(4711); END$$");
                executing.start();
                long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
                while (told == null && executing.isAlive() && System.nanoTime() < until) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                    told = statement.getWarnings();
                }
            }
            executing.join();
        }
        assertThat(String.valueOf(told)).endsWith("now");
        assertThat(failure).hasNullValue();
    }
}
