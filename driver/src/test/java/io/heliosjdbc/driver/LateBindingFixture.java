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

    /**
     * A result set outlasts the transaction that it was read in, and works in the next one.
     *
     * @param table with a key {@code id}, none above 9000, and a {@code name}
     */
    final void assertRowsChangedAfterACommitAreTheNextTransactions(String table, boolean commits) throws SQLException {
        Connection one = open();
        for (int i = 1; i <= 4; i++) {
            execute(one, "INSERT INTO " + table + " (id, name) VALUES (" + (9000 + i) + ", 'as it was')");
        }
        one.setAutoCommit(false);
        try (Statement statement = one.createStatement(
                        ResultSet.TYPE_SCROLL_INSENSITIVE,
                        ResultSet.CONCUR_UPDATABLE,
                        ResultSet.HOLD_CURSORS_OVER_COMMIT);
                ResultSet rows =
                        statement.executeQuery("SELECT id, name FROM " + table + " WHERE id > 9000 ORDER BY id")) {
            assertThat(rows.next()).isTrue();
            rows.updateString("name", "first");
            rows.updateRow();
            one.commit();
            assertThat(rows.next()).isTrue();
            rows.updateString("name", "second");
            rows.updateRow();
            assertThat(rows.next()).isTrue();
            rows.deleteRow();
        }
        if (commits) {
            one.commit();
        } else {
            one.rollback();
        }
        Connection other = open();
        String name = "SELECT name FROM " + table + " WHERE id = ";
        assertThat(text(other, name + 9001)).isEqualTo("first");
        assertThat(text(other, name + 9002)).isEqualTo(commits ? "second" : "as it was");
        assertThat(text(other, "SELECT count(*) FROM " + table + " WHERE id > 9000"))
                .isEqualTo(commits ? "3" : "4");
        execute(other, "DELETE FROM " + table + " WHERE id > 9000");
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
