package io.heliosjdbc.driver.accounts;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A manager's books as the rows of a table, from 1: the lines of their text, long ones in several rows. Only rows that differ from
 * those that are there are written. Stateless but for whose they are.
 */
final class TextRows {
    private static final int BATCH = 1_000;

    private static final String SELECT =
            "SELECT line_text FROM " + Schema.ACCOUNTS + " WHERE manager = ? AND line > 0 ORDER BY line";
    private static final String UPDATE =
            "UPDATE " + Schema.ACCOUNTS + " SET line_text = ? WHERE manager = ? AND line = ?";
    private static final String INSERT =
            "INSERT INTO " + Schema.ACCOUNTS + " (line_text, manager, line) VALUES (?, ?, ?)";
    private static final String DELETE = "DELETE FROM " + Schema.ACCOUNTS + " WHERE manager = ? AND line > ?";

    private final String manager;

    TextRows(String manager) {
        this.manager = manager;
    }

    /** A text row by row, none of them empty, line ends included: one below the other they are the text. */
    static List<String> cut(String text) {
        List<String> rows = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int newline = text.indexOf('\n', start);
            int end = newline < 0 ? text.length() : newline + 1;
            for (; end - start > Schema.LONGEST_TEXT; start += Schema.LONGEST_TEXT) {
                rows.add(text.substring(start, start + Schema.LONGEST_TEXT));
            }
            rows.add(text.substring(start, end));
            start = end;
        }
        return rows;
    }

    List<String> read(Connection connection) throws SQLException {
        List<String> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setString(1, manager);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
        }
        return found;
    }

    /** Puts rows in the place of those that are there, in the transaction that is open. */
    void write(Connection connection, List<String> before, List<String> rows) throws SQLException {
        int common = Math.min(before.size(), rows.size());
        List<Integer> changed = new ArrayList<>();
        for (int i = 0; i < common; i++) {
            if (!before.get(i).equals(rows.get(i))) {
                changed.add(i);
            }
        }
        execute(connection, UPDATE, rows, changed);
        List<Integer> added = new ArrayList<>();
        for (int i = common; i < rows.size(); i++) {
            added.add(i);
        }
        execute(connection, INSERT, rows, added);
        if (before.size() > rows.size()) {
            try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
                delete.setString(1, manager);
                delete.setInt(2, rows.size());
                int unused = delete.executeUpdate();
            }
        }
    }

    private void execute(Connection connection, String sql, List<String> rows, List<Integer> which)
            throws SQLException {
        if (which.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int batched = 0;
            for (int i : which) {
                statement.setString(1, rows.get(i));
                statement.setString(2, manager);
                statement.setInt(3, i + 1);
                statement.addBatch();
                if (++batched % BATCH == 0) {
                    int[] unused = statement.executeBatch();
                }
            }
            if (batched % BATCH != 0) {
                int[] unused = statement.executeBatch();
            }
        }
    }
}
