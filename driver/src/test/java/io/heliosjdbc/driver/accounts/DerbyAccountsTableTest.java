package io.heliosjdbc.driver.accounts;

import java.sql.Connection;
import java.sql.SQLException;

class DerbyAccountsTableTest extends AccountsTableContract {
    @Override
    Connection straight() throws SQLException {
        return straight("jdbc:derby:memory:accounts;create=true");
    }
}
