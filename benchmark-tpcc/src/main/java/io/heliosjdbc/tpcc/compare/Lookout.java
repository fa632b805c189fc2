package io.heliosjdbc.tpcc.compare;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A connection to look with, beside the load: it is opened when somebody looks first, and anew after it has failed. Thread-safe. */
final class Lookout implements AutoCloseable {
    /** How it is opened. */
    interface Opening {
        Connection open() throws SQLException;
    }

    /** What is done with it. */
    interface Look<T> {
        T with(Connection connection) throws SQLException;
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Opening opening;
    private @Nullable Connection connection;

    Lookout(Opening opening) {
        this.opening = opening;
    }

    /** Looks; nobody else does meanwhile. */
    <T> T look(Look<T> look) throws SQLException {
        lock.lock();
        boolean seen = false;
        try {
            Connection open = connection == null ? opening.open() : connection;
            connection = open;
            T sight = look.with(open);
            seen = true;
            return sight;
        } finally {
            if (!seen) {
                leave();
            }
            lock.unlock();
        }
    }

    private void leave() {
        Connection left = connection;
        connection = null;
        if (left == null) {
            return;
        }
        try {
            left.close();
        } catch (SQLException e) {
            // It has broken, and whoever looked with it knows.
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            leave();
        } finally {
            lock.unlock();
        }
    }
}
