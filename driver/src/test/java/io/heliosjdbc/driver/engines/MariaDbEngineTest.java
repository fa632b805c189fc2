package io.heliosjdbc.driver.engines;

import io.heliosjdbc.driver.MariaDbServer;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** MariaDB, the real server, where there are binaries for this machine. */
class MariaDbEngineTest extends EngineContract {
    /** The number of the connection, in errors. */
    private static final Pattern NUMBERED = Pattern.compile("\\(conn=\\d+\\)");

    private @Nullable MariaDbServer server;
    private String location = "";

    @BeforeAll
    void start() throws Exception {
        server = MariaDbServer.start();
        location = server.url().substring("jdbc:".length());
    }

    @AfterAll
    void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Override
    String location() {
        return location;
    }

    @Override
    Dialect dialect() {
        return new Dialect(
                "INTEGER AUTO_INCREMENT PRIMARY KEY",
                "VARBINARY(100)",
                "LONGTEXT",
                "LONGBLOB",
                List.of("DROP FUNCTION twice", "DROP PROCEDURE redouble"),
                List.of(
                        "CREATE FUNCTION twice(n INTEGER) RETURNS INTEGER DETERMINISTIC RETURN 2 * n",
                        "CREATE PROCEDURE redouble(INOUT doubled INTEGER) SET doubled = 2 * doubled"),
                List.of("{? = call twice(?)}", "{call twice(?)}", "{call redouble(?)}"),
                "SELECT sleep(20)",
                "SELECT id FROM information_schema.processlist WHERE info = 'SELECT sleep(20)'"
                        + " AND state = 'User sleep'");
    }

    @Override
    String lasting(String label, String answer) {
        return NUMBERED.matcher(answer).replaceAll("(conn=#)");
    }
}
