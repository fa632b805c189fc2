package io.heliosjdbc.driver.accounts;

import io.heliosjdbc.driver.MariaDbServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class MariaDbAccountsTableTest extends AccountsTableContract {
    private static @Nullable MariaDbServer server;

    @BeforeAll
    static void start() throws Exception {
        server = MariaDbServer.start();
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Override
    Connection straight() throws SQLException {
        return straight(Objects.requireNonNull(server).url());
    }
}
