package io.heliosjdbc.driver.accounts;

import io.heliosjdbc.driver.accounts.RowChanges.Row;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A manager's books as the rows of a table, with numbers from 1 on: the lines of their text, long ones in several rows. Only rows that
 * differ from those that are there are written; a new line among many leaves the others their numbers. Stateless but for whose they are.
 */
final class TextRows {
    private static final int BATCH = 1_000;

    private static final String SELECT =
            "SELECT line, line_text FROM " + Schema.ACCOUNTS + " WHERE manager = ? AND line > 0 ORDER BY line";
    private static final String UPDATE =
            "UPDATE " + Schema.ACCOUNTS + " SET line_text = ? WHERE manager = ? AND line = ?";
    private static final String INSERT =
            "INSERT INTO " + Schema.ACCOUNTS + " (line_text, manager, line) VALUES (?, ?, ?)";
    private static final String DELETE =
            "DELETE FROM " + Schema.ACCOUNTS + " WHERE manager = ? AND line BETWEEN ? AND ?";

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

    /** The rows that there are, by number. */
    List<Row> read(Connection connection) throws SQLException {
        List<Row> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setString(1, manager);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(new Row(rows.getInt(1), rows.getString(2)));
                }
            }
        }
        return found;
    }

    /** The text that rows are. */
    static String text(List<Row> rows) {
        return rows.stream().map(Row::text).collect(Collectors.joining());
    }

    /** Puts texts in the place of the rows that are there, in the transaction that is open; the rows there are then. */
    List<Row> write(Connection connection, List<Row> before, List<String> texts) throws SQLException {
        RowChanges changes = RowChanges.of(before, texts);
        delete(connection, changes.deleted());
        execute(connection, UPDATE, changes.updated());
        execute(connection, INSERT, changes.inserted());
        return changes.rows();
    }

    private void delete(Connection connection, List<RowChanges.Range> ranges) throws SQLException {
        batch(connection, DELETE, ranges, (statement, range) -> {
            statement.setString(1, manager);
            statement.setInt(2, range.first());
            statement.setInt(3, range.last());
        });
    }

    private void execute(Connection connection, String sql, List<Row> rows) throws SQLException {
        batch(connection, sql, rows, (statement, row) -> {
            statement.setString(1, row.text());
            statement.setString(2, manager);
            statement.setInt(3, row.number());
        });
    }

    /** Says what a statement is to do with one of many. */
    @FunctionalInterface
    private interface Binding<T> {
        void bind(PreparedStatement statement, T one) throws SQLException;
    }

    private static <T> void batch(Connection connection, String sql, List<T> many, Binding<T> binding)
            throws SQLException {
        if (many.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int batched = 0;
            for (T each : many) {
                binding.bind(statement, each);
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
