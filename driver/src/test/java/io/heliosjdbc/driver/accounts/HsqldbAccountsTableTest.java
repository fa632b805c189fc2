package io.heliosjdbc.driver.accounts;

import java.sql.Connection;
import java.sql.SQLException;

class HsqldbAccountsTableTest extends AccountsTableContract {
    @Override
    Connection straight() throws SQLException {
        return straight("jdbc:hsqldb:mem:accounts");
    }
}
