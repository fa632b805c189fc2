package io.heliosjdbc.driver.late;

import io.heliosjdbc.driver.configuration.PoolSettings;
import io.heliosjdbc.driver.engine.ConnectionSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens one connection more. Where the database refuses that, it is asked again while anybody waits: after less and less often, and again at
 * once when one of ours was closed. HikariCP would not look for five seconds then, though there is room. Thread-safe; one thread of HikariCP's
 * opens all of a pool.
 */
final class Opener implements ConnectionSource {
    /** After how long the database is asked again that has refused a connection: at first, and at most. */
    private static final long FIRST_PAUSE_MILLIS = 10;

    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private static final Logger LOG = LoggerFactory.getLogger(Opener.class);

    private final String name;
    private final Supplier<PoolSettings> settings;
    private final ConnectionSource source;
    private final OpenConnections open;
    private final Demand demand;
    /** When a refusal was logged last. */
    private volatile long refusalTold = System.nanoTime() - MINUTE_NANOS;

    /**
     * Opens none yet.
     *
     * @param name the pool's
     * @param settings in force
     * @param open those that there are; whoever is given one adds it
     */
    Opener(String name, Supplier<PoolSettings> settings, ConnectionSource source, OpenConnections open, Demand demand) {
        this.name = name;
        this.settings = settings;
        this.source = source;
        this.open = open;
        this.demand = demand;
    }

    @Override
    public Connection open() throws SQLException {
        long pause = FIRST_PAUSE_MILLIS;
        while (true) {
            try {
                Connection raw = source.open();
                open.refused(null);
                return raw;
            } catch (SQLException why) {
                refused(why);
                if (!isToAskAgain()) {
                    throw why;
                }
                pause = awaitRoom(pause, why) ? FIRST_PAUSE_MILLIS : Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            }
        }
    }

    private boolean isToAskAgain() {
        return open.areWanted()
                && open.size() > 0
                && (demand.isShort() || settings.get().minimumIdle() > 0);
    }

    private boolean awaitRoom(long millis, SQLException otherwise) throws SQLException {
        try {
            return open.awaitRoom(millis);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            throw otherwise;
        }
    }

    /** The database takes no more, or none at all. */
    private void refused(SQLException why) {
        long now = System.nanoTime();
        boolean isNews = open.refusal() == null && now - refusalTold >= MINUTE_NANOS;
        String refusal = String.valueOf(why.getMessage());
        open.refused(refusal);
        int given = open.size();
        if (isNews && given > 0) {
            refusalTold = now;
            LOG.warn(
                    "{}: the database has given {} connections, where the MPLs and pool.reserve ask for {}, and no more at present."
                            + " Statements wait for these; where that is its limit, let it take more, or lower pool.reserve or the"
                            + " MPLs. It says: {}",
                    name,
                    given,
                    settings.get().maximumSize(),
                    refusal);
        }
        demand.tellIfShort();
    }
}
