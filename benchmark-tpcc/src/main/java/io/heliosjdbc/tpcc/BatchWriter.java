package io.heliosjdbc.tpcc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Inserts in JDBC batches; the caller commits. */
final class BatchWriter implements RowWriter {
    private static final int BATCH = 1_000;

    private final PreparedStatement statement;
    private final int[] types;
    private int pending;

    BatchWriter(Connection connection, String table, List<String> columns) throws SQLException {
        String names = String.join(", ", columns);
        this.types = types(connection, "SELECT " + names + " FROM " + table + " WHERE 1 = 0");
        this.statement = connection.prepareStatement("INSERT INTO " + table + " (" + names + ") VALUES ("
                + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")");
    }

    /** Of the columns: there are databases that take no NULL without one. */
    private static int[] types(Connection connection, String query) throws SQLException {
        try (Statement asking = connection.createStatement();
                ResultSet none = asking.executeQuery(query)) {
            ResultSetMetaData columns = none.getMetaData();
            int[] types = new int[columns.getColumnCount()];
            for (int i = 0; i < types.length; i++) {
                types[i] = columns.getColumnType(i + 1);
            }
            return types;
        }
    }

    @Override
    public void row(@Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                statement.setNull(i + 1, types[i]);
            } else {
                statement.setObject(i + 1, values[i]);
            }
        }
        statement.addBatch();
        if (++pending == BATCH) {
            flush();
        }
    }

    private void flush() throws SQLException {
        statement.executeBatch();
        pending = 0;
    }

    @Override
    public void close() throws SQLException {
        try (statement) {
            if (pending > 0) {
                flush();
            }
        }
    }
}
