package io.heliosjdbc.driver.engine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Small questions to a database. Stateless. */
final class Catalog {
    private static final int SECONDS = 1;

    private Catalog() {}

    /** Executes statements that answer nothing. */
    static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                boolean unused = statement.execute(sql);
            }
        }
    }

    /** The first column of all rows, one below the other. */
    static String text(Connection connection, String sql) throws SQLException {
        StringBuilder text = new StringBuilder();
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            try (ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    text.append(rows.getString(1)).append('\n');
                }
            }
        }
        return text.toString();
    }

    /**
     * The whole number in the first column of the only row, null where there is none, it is null or it is negative.
     *
     * @param timeout whether the driver's own query timeout is set
     */
    static @Nullable Long number(Connection connection, boolean timeout, String sql, @Nullable String... parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            if (timeout) {
                statement.setQueryTimeout(SECONDS);
            }
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    return null;
                }
                long number = rows.getLong(1);
                return rows.wasNull() || number < 0 || rows.next() ? null : number;
            }
        }
    }

    /** The schema that stands before a table's name, or null. */
    static @Nullable String schema(String table) {
        int dot = table.lastIndexOf('.');
        if (dot < 0) {
            return null;
        }
        String before = table.substring(0, dot);
        return before.substring(before.lastIndexOf('.') + 1);
    }

    /** The name alone. */
    static String name(String table) {
        return table.substring(table.lastIndexOf('.') + 1);
    }
}
