package io.heliosjdbc.driver.engines;

import io.heliosjdbc.driver.PostgresServer;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtendWith;

/** PostgreSQL, the real server. */
@ExtendWith(PostgresServer.class)
class PostgresEngineTest extends EngineContract {
    /**
     * Object identifiers, which go up with every table made, and the oids of large objects; how many statements and portals there have been on a
     * connection.
     */
    private static final Pattern NUMBERED =
            Pattern.compile("(?<=_)\\d{5,}|(?<=Integer |Long )\\d{5}(?= |$)|Savepoint_\\d+|(?<=portal \"C_)\\d+");

    private final String location;

    PostgresEngineTest(String location) {
        this.location = location;
    }

    @Override
    String location() {
        return location;
    }

    @Override
    Dialect dialect() {
        return new Dialect(
                "INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
                "BYTEA",
                "TEXT",
                "BYTEA",
                List.of("DROP FUNCTION twice(integer)", "DROP PROCEDURE redouble(integer)"),
                List.of(
                        "CREATE FUNCTION twice(n integer) RETURNS integer LANGUAGE SQL AS 'SELECT 2 * n'",
                        "CREATE PROCEDURE redouble(INOUT doubled integer) LANGUAGE plpgsql"
                                + " AS 'BEGIN doubled := 2 * doubled; END'"),
                List.of("{? = call twice(?)}", "{call twice(?)}", "call redouble(?)"),
                "SELECT pg_sleep(20)",
                "SELECT pid FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(20)' AND state = 'active'"
                        + " AND wait_event = 'PgSleep'");
    }

    @Override
    String lasting(String label, String answer) {
        return NUMBERED.matcher(answer).replaceAll("#");
    }
}
