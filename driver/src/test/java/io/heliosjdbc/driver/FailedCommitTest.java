package io.heliosjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A commit that fails, by the call or by a text: its transaction keeps its slot unless the vendor says that it is over. */
@ExtendWith(PostgresServer.class)
class FailedCommitTest {
    private final String postgres;

    FailedCommitTest(String location) {
        this.postgres = location;
    }

    /** How a transaction is begun and ended. */
    private enum By {
        CALL,
        TEXT;

        void begin(Connection connection) throws SQLException {
            if (this == CALL) {
                connection.setAutoCommit(false);
            } else {
                execute(connection, "BEGIN");
            }
        }

        void commit(Connection connection) throws SQLException {
            if (this == CALL) {
                connection.commit();
            } else {
                execute(connection, "COMMIT");
            }
        }
    }

    private static Connection open(String location, String manager, boolean late) throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("helios.manager", "failed-commit-" + manager);
        settings.setProperty("helios.connections", late ? "late" : "direct");
        return DriverManager.getConnection("jdbc:helios:" + location, settings);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long active(Connection connection) throws SQLException {
        return DatabaseContract.status(connection, "active");
    }

    /** SQLite's commit fails while somebody reads, and may be tried again. */
    @ParameterizedTest
    @EnumSource
    void whatMayBeCommittedYetKeepsItsSlot(By by, @TempDir Path directory) throws SQLException {
        String location = "sqlite:" + directory.resolve("busy.db") + "?busy_timeout=0";
        try (Connection connection = open(location, "sqlite-" + by, false);
                Connection reader = DriverManager.getConnection("jdbc:" + location);
                Statement reading = reader.createStatement()) {
            execute(connection, "CREATE TABLE kept (n INTEGER)");
            execute(connection, "INSERT INTO kept VALUES (1), (2)");
            by.begin(connection);
            execute(connection, "INSERT INTO kept VALUES (3)");
            try (ResultSet rows = reading.executeQuery("SELECT n FROM kept")) {
                assertThat(rows.next()).isTrue();
                assertThatThrownBy(() -> by.commit(connection)).hasMessageContaining("SQLITE_BUSY");
            }
            assertThat(active(connection)).isEqualTo(1);
            by.commit(connection);
            assertThat(active(connection)).isZero();
            assertThat(DatabaseContract.count(reader, "SELECT count(*) FROM kept"))
                    .isEqualTo(3);
        }
    }

    /** The constraint is looked at by the commit, which rolls back. */
    @ParameterizedTest
    @CsvSource({"CALL, false", "CALL, true", "TEXT, false", "TEXT, true"})
    void whatIsOverGivesItsSlotBack(By by, boolean late) throws SQLException {
        String manager = "postgres-" + by + "-" + late;
        try (Connection connection = open(postgres, manager, late);
                Connection observer = open(postgres, manager, late)) {
            execute(connection, "CREATE TABLE one_each (n INTEGER UNIQUE DEFERRABLE INITIALLY DEFERRED)");
            by.begin(connection);
            execute(connection, "INSERT INTO one_each VALUES (1), (1)");
            assertThat(active(observer)).isEqualTo(1);
            assertThatThrownBy(() -> by.commit(connection)).hasFieldOrPropertyWithValue("SQLState", "23505");
            assertThat(active(observer)).isZero();
            connection.setAutoCommit(true);
            execute(connection, "DROP TABLE one_each");
            assertThat(active(observer)).isZero();
        }
    }
}
