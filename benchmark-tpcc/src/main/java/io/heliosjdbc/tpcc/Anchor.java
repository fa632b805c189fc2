package io.heliosjdbc.tpcc;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * A connection that stays open all the while: a database in memory lives as long as somebody is connected. Nobody asks it anything
 * once something is measured, so that nothing is lost when it breaks. Thread-safe.
 */
public final class Anchor implements AutoCloseable {
    private final Connection connection;

    /** Holds the database of a target. */
    public Anchor(Target target) throws SQLException {
        this.connection = target.straight();
    }

    /** To ask something at the beginning. */
    public Connection connection() {
        return connection;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // It had broken before, and what was measured meanwhile is worth more than to say so.
        }
    }
}
