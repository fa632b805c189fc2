package io.heliosjdbc.driver;

import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** MariaDB, where there are binaries for this machine; its driver looks first if values are missing, and forgets then what came before. */
class LateStatementOnMariaDbTest extends LateStatementContract {
    private static @Nullable MariaDbServer server;
    private static String straight = "";

    @BeforeAll
    static void start() throws Exception {
        server = MariaDbServer.start();
        straight = server.url();
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
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
        return "INT AUTO_INCREMENT";
    }

    @Override
    Class<? extends Statement> vendors() {
        return org.mariadb.jdbc.Statement.class;
    }
}
