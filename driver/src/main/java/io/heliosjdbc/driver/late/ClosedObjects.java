package io.heliosjdbc.driver.late;

import io.heliosjdbc.driver.engine.ConnectionSource;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/**
 * Objects of the vendor's whose connection is closed. Whoever goes on using a logical connection after its end is answered by them: what can
 * still be asked then, and how the rest is refused, is the vendor's to say. A connection is opened for it when one is needed first.
 * Thread-safe.
 */
final class ClosedObjects {
    private final ConnectionSource source;
    private final Habits kept;
    /** Whether none could be opened: nobody waits for that twice. */
    private volatile boolean unreachable;

    ClosedObjects(ConnectionSource source, Habits kept) {
        this.source = source;
        this.kept = kept;
    }

    /** One of the vendor's objects. */
    @FunctionalInterface
    private interface Making<T> {
        T on(Connection connection) throws SQLException;
    }

    private <T> T closed(String what, Making<T> making) throws SQLException {
        T made = kept.answer("closed " + what, () -> {
            try (Connection connection = open()) {
                return making.on(connection);
            }
        });
        return Objects.requireNonNull(made);
    }

    private Connection open() throws SQLException {
        if (unreachable) {
            throw PoolFailures.closed();
        }
        boolean opened = false;
        try {
            Connection connection = source.open();
            opened = true;
            return connection;
        } finally {
            unreachable |= !opened;
        }
    }

    Connection connection() throws SQLException {
        return closed("connection", connection -> connection);
    }

    DatabaseMetaData metaData() throws SQLException {
        return closed("metadata", Connection::getMetaData);
    }

    /** A statement; the first one that is prepared serves for all. */
    Statement statement(Preparation preparation, boolean prepared) throws SQLException {
        return prepared
                ? closed("prepared statement", preparation::on)
                : closed("statement", Connection::createStatement);
    }
}
