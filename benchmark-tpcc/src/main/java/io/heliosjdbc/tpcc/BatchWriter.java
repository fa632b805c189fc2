package io.heliosjdbc.tpcc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Inserts in JDBC batches; the caller commits. */
final class BatchWriter implements RowWriter {
    private static final int BATCH = 1_000;

    private final PreparedStatement statement;
    private int pending;

    BatchWriter(Connection connection, String table, List<String> columns) throws SQLException {
        this.statement = connection.prepareStatement("INSERT INTO " + table + " (" + String.join(", ", columns)
                + ") VALUES (" + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")");
    }

    @Override
    public void row(@Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                statement.setNull(i + 1, Types.NULL);
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
