package io.heliosjdbc.driver.late;

import io.heliosjdbc.driver.admin.PoolStatus;
import io.heliosjdbc.driver.configuration.PoolSettings;
import io.heliosjdbc.driver.engine.ConnectionSource;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pools of one workload manager's database: one for each user and set of options. Thread-safe. */
public final class PhysicalPools implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PhysicalPools.class);

    private final String name;
    private volatile PoolSettings settings;
    /** By what a connection is opened with; nothing is opened under the map's own lock. */
    private final Map<Object, FutureTask<PhysicalPool>> pools = new ConcurrentHashMap<>();

    private final Consumer<PoolStatus> news;
    private final Consumer<Supply> whenShort;

    /**
     * No pools yet.
     *
     * @param news is told of each pool when it has been opened, and of one that has a new reason to be pinned
     * @param whenShort is told of a pool when somebody begins to wait for a connection of it that is in use; a moment only, and it takes no lock but the scheduler's
     */
    public PhysicalPools(String name, PoolSettings settings, Consumer<PoolStatus> news, Consumer<Supply> whenShort) {
        this.name = name;
        this.settings = settings;
        this.news = news;
        this.whenShort = whenShort;
    }

    /**
     * A logical connection; the first one with a key opens a physical connection too.
     *
     * @param key URL, user, password and whatever else a connection is opened with
     * @param user the database user, or null
     * @param texts tells what texts are
     * @throws SQLException the vendor's, where the first connection cannot be opened; F0000 where there is no HikariCP or where the
     *     database is one connection's own
     */
    public LateConnection open(ConnectionSource source, Object key, @Nullable String user, Texts texts)
            throws SQLException {
        return new LateConnection(pool(source, key, user), texts);
    }

    private PhysicalPool pool(ConnectionSource source, Object key, @Nullable String user) throws SQLException {
        FutureTask<PhysicalPool> known = pools.get(key);
        if (known == null) {
            checkHikari();
            FutureTask<PhysicalPool> task = new FutureTask<>(() ->
                    new PhysicalPool(user == null ? name : user + " at " + name, settings, source, news, whenShort));
            known = pools.putIfAbsent(key, task);
            if (known == null) {
                known = task;
                task.run();
            }
        }
        try {
            return known.get();
        } catch (ExecutionException failed) {
            pools.remove(key, known);
            if (failed.getCause() instanceof SQLException vendors) {
                throw vendors;
            }
            throw new SQLNonTransientException("The pool could not be opened", "F0000", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SQLException("Interrupted while the pool was opened", "57014", interrupted);
        }
    }

    /** Takes over that the MPLs have changed: pools may hold more or fewer connections from now on; none in use is taken away. */
    public void resize(PoolSettings changed) {
        settings = changed;
        pools.values().forEach(task -> ifOpen(task, pool -> pool.resize(changed)));
    }

    /** How each pool stands. */
    public List<PoolStatus> status() {
        List<PoolStatus> all = new ArrayList<>();
        pools.values().forEach(task -> ifOpen(task, pool -> all.add(pool.status())));
        return all;
    }

    private static void checkHikari() throws SQLException {
        try {
            Class<?> unused =
                    Class.forName("com.zaxxer.hikari.HikariDataSource", false, PhysicalPools.class.getClassLoader());
        } catch (ClassNotFoundException notThere) {
            throw PoolFailures.noPool();
        }
    }

    @Override
    public void close() {
        pools.values().forEach(task -> ifOpen(task, PhysicalPool::close));
        pools.clear();
    }

    private static void ifOpen(FutureTask<PhysicalPool> task, Consumer<PhysicalPool> what) {
        try {
            if (task.isDone()) {
                what.accept(task.get());
            }
        } catch (ExecutionException neverOpened) {
            LOG.debug("A pool was never opened", neverOpened);
        } catch (InterruptedException cannotBe) {
            Thread.currentThread().interrupt();
        }
    }
}
