package io.heliosjdbc.driver.late;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariConfigMXBean;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.heliosjdbc.driver.configuration.PoolSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HikariCP, which counts physical connections, lends, validates and replaces them: it sees connections that never change. The only class that
 * knows it. Thread-safe.
 */
final class Hikari implements AutoCloseable {
    /** After that long without use it asks a connection itself. */
    static final long OWN_VALIDATION_MILLIS = 500;

    private static final Logger LOG = LoggerFactory.getLogger(Hikari.class);

    private final HikariDataSource hikari;

    /**
     * Has lent one, and has it back.
     *
     * @param timer does its housekeeping; stays when it is closed
     * @throws SQLException the vendor's, where none can be opened
     */
    Hikari(String name, PoolSettings settings, PhysicalSource source, ScheduledExecutorService timer)
            throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setPoolName("helios-" + name);
        config.setScheduledExecutor(timer);
        config.setDataSource(source);
        config.setMaximumPoolSize(settings.maximumSize());
        config.setMinimumIdle(settings.keptIdle());
        config.setConnectionTimeout(settings.connectionTimeoutMillis());
        config.setIdleTimeout(settings.idleForMillis());
        config.setMaxLifetime(settings.maxLifetimeMillis());
        config.setInitializationFailTimeout(-1);
        config.setAutoCommit(true);
        this.hikari = new HikariDataSource(config);
        loadClasses();
    }

    /** While they can be loaded: those of an application that is stopped cannot, and its connections go back all the same. */
    private void loadClasses() throws SQLException {
        boolean loaded = false;
        try {
            hikari.getConnection().close();
            loaded = true;
        } catch (SQLException hikaris) {
            SQLException vendors = vendors(hikaris);
            throw vendors == null ? hikaris : vendors;
        } finally {
            if (!loaded) {
                hikari.close();
            }
        }
    }

    void resize(PoolSettings changed) {
        hikari.setMinimumIdle(changed.keptIdle());
        hikari.setIdleTimeout(changed.idleForMillis());
        hikari.setMaximumPoolSize(changed.maximumSize());
    }

    /** What it goes by now. */
    HikariConfigMXBean inForce() {
        return hikari;
    }

    /** How many it has lent. */
    int active() {
        return hikari.getHikariPoolMXBean().getActiveConnections();
    }

    /** How many it could lend at once. */
    int idle() {
        return hikari.getHikariPoolMXBean().getIdleConnections();
    }

    boolean hasNone() {
        return hikari.getHikariPoolMXBean().getTotalConnections() == 0;
    }

    /** Lends one, for which it waits so long at most. */
    Physical lend(long nanos) throws SQLException {
        Connection handle = handle(nanos);
        Physical physical = handle.unwrap(Carrier.class).physical();
        physical.lent(handle);
        return physical;
    }

    private Connection handle(long nanos) throws SQLException {
        if (hikari.getHikariPoolMXBean() instanceof HikariPool pool && !hikari.isClosed()) {
            // Rounded up, so that the instant has passed when the wait has.
            return pool.getConnection(1 + TimeUnit.NANOSECONDS.toMillis(Math.max(0, nanos)));
        }
        return hikari.getConnection();
    }

    /** Why it could open no connection, where it says so; else null. */
    static @Nullable SQLException vendors(SQLException hikaris) {
        return hikaris.getCause() instanceof SQLException vendors ? vendors : null;
    }

    /** Has one again that it has lent; nothing happens where it has it already. */
    void giveBack(Physical physical) {
        Connection handle = physical.takeHandle();
        if (handle == null) {
            return;
        }
        try {
            handle.close();
        } catch (SQLException | RuntimeException broken) {
            LOG.debug("A physical connection could not be given back", broken);
            hikari.evictConnection(handle);
        }
    }

    /** Closes one that it has lent. */
    void discard(Physical physical) {
        Connection handle = physical.takeHandle();
        if (handle != null) {
            hikari.evictConnection(handle);
        }
    }

    @Override
    public void close() {
        hikari.close();
    }
}
