package io.heliosjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.driver.manager.WorkloadManagers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Logical connections of one test, closed after it with their pools. */
abstract class LateBindingFixture {
    final List<Connection> opened = new ArrayList<>();

    /** Where the test's connections lead, through Helios. */
    abstract String url();

    @AfterEach
    final void closeAll() throws SQLException {
        for (Connection connection : opened) {
            connection.close();
        }
        WorkloadManagers.closeIdle();
    }

    final Connection open() throws SQLException {
        Connection connection = DriverManager.getConnection(url());
        opened.add(connection);
        return connection;
    }

    static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return text(statement, sql);
        }
    }

    static String text(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return String.valueOf(rows.getString(1));
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** What SHOW HELIOS CONNECTIONS says of the first one. */
    static String state(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW HELIOS CONNECTIONS")) {
            assertThat(rows.next()).isTrue();
            String reason = rows.getString("reason");
            return rows.getString("state") + (reason == null ? "" : ": " + reason);
        }
    }
}
