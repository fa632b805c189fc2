package io.heliosjdbc.driver.late;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that the database has given a pool and that were not closed, and whether it refuses more. Thread-safe, without locks. */
final class OpenConnections implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenConnections.class);

    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    /** Has a permit when one was closed, or none is wanted any more. */
    private final Semaphore room = new Semaphore(0);
    /** What the database said when it refused the last one that was to be opened; null where it has given it. */
    private volatile @Nullable String refusal;

    private volatile boolean closing;

    /**
     * The database has given one.
     *
     * @throws SQLException 08003 where none is wanted any more; it is closed then
     */
    void add(Connection raw) throws SQLException {
        open.add(raw);
        if (closing) {
            discard(raw);
            throw PoolFailures.closed();
        }
    }

    /** One was closed. */
    void closed(Connection raw) {
        if (open.remove(raw)) {
            room.release();
        }
    }

    /** Closes one that nobody has been given, or that nobody has any more, once. */
    void discard(Connection raw) {
        if (!open.remove(raw)) {
            return;
        }
        try {
            close(raw);
        } finally {
            room.release();
        }
    }

    int size() {
        return open.size();
    }

    /** The database gives no more, and says why; null: it does again. */
    void refused(@Nullable String why) {
        refusal = why;
    }

    /** Why the database gives no more at present; null where it does. */
    @Nullable
    String refusal() {
        return refusal;
    }

    /** While the database refuses more than there are, those are all that there may be. */
    int most(int maximum) {
        return refusal == null ? maximum : Math.min(open.size(), maximum);
    }

    /** Waits until one is closed, or for that long; whether one was. */
    boolean awaitRoom(long millis) throws InterruptedException {
        boolean there = room.tryAcquire(millis, TimeUnit.MILLISECONDS);
        int unused = room.drainPermits();
        return there;
    }

    /** None is wanted any more: what is given from now on is closed, and nobody waits for room. */
    void wantNoMore() {
        closing = true;
        room.release();
    }

    boolean areWanted() {
        return !closing;
    }

    /** Closes those that there are, where {@link #wantNoMore none is wanted}: HikariCP loses one that it was opening when it was closed. */
    @Override
    public void close() {
        List.copyOf(open).forEach(this::discard);
    }

    /** One that is not counted here, or not any more; none where there is none. */
    static void close(@Nullable Connection raw) {
        try {
            if (raw != null) {
                raw.close();
            }
        } catch (SQLException gone) {
            LOG.debug("A physical connection could not be closed", gone);
        }
    }
}
