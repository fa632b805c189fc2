package io.heliosjdbc.driver.accounts;

import io.heliosjdbc.driver.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresServer.class)
class PostgresAccountsTableTest extends AccountsTableContract {
    private final String location;

    PostgresAccountsTableTest(String location) {
        this.location = location;
    }

    @Override
    Connection straight() throws SQLException {
        return straight("jdbc:" + location);
    }
}
