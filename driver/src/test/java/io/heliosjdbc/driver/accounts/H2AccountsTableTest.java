package io.heliosjdbc.driver.accounts;

import java.sql.Connection;
import java.sql.SQLException;

class H2AccountsTableTest extends AccountsTableContract {
    @Override
    Connection straight() throws SQLException {
        return straight("jdbc:h2:mem:accounts;DB_CLOSE_DELAY=-1");
    }
}
