package io.heliosjdbc.driver.accounts;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;

class SqliteAccountsTableTest extends AccountsTableContract {
    @TempDir
    private Path directory;

    @Override
    Connection straight() throws SQLException {
        return straight("jdbc:sqlite:" + directory.resolve("accounts"));
    }
}
