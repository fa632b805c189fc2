package io.heliosjdbc.driver.late;

import io.heliosjdbc.driver.admin.PoolStatus;
import io.heliosjdbc.driver.configuration.PoolSettings;
import io.heliosjdbc.driver.engine.Background;
import io.heliosjdbc.driver.engine.ConnectionSource;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pools of one workload manager's database: one for each user, password and set of options. Where passwords change, or something is
 * made anew for each connection, that would be ever more of them, and so where users do: one without connections that nobody has used for a
 * minute is closed when another is opened. A password may say who somebody is, so that two of them never share a pool. Thread-safe.
 */
public final class PhysicalPools implements AutoCloseable {
    private static final long LINGER_NANOS = TimeUnit.MINUTES.toNanos(1);

    private static final Logger LOG = LoggerFactory.getLogger(PhysicalPools.class);

    private final String name;
    private volatile PoolSettings settings;
    private volatile boolean closed;
    /** By what a connection is opened with; nothing is opened under the map's own lock. */
    private final Map<Object, FutureTask<PhysicalPool>> pools = new ConcurrentHashMap<>();

    /** Held while somebody is told that there is a pool of a name, or none any more. */
    private final ReentrantLock naming = new ReentrantLock();

    private final Consumer<PoolStatus> news;
    private final Consumer<String> gone;
    private final Consumer<Supply> whenShort;
    private final LongSupplier clock;
    private final Executor closer;

    /**
     * No pools yet.
     *
     * @param news is told of each pool when it has been opened, and of one that has a new reason to be pinned
     * @param gone is told of each name of which there is no pool any more
     * @param whenShort is told of a pool when somebody begins to wait for a connection of it that is in use; a moment only, and it takes no lock but the scheduler's
     */
    public PhysicalPools(
            String name,
            PoolSettings settings,
            Consumer<PoolStatus> news,
            Consumer<String> gone,
            Consumer<Supply> whenShort) {
        this(
                name,
                settings,
                news,
                gone,
                whenShort,
                System::nanoTime,
                work -> Background.daemon("helios-" + name + ":close", work).start());
    }

    /**
     * Likewise.
     *
     * @param clock in nanoseconds; {@link System#nanoTime}, or further ahead
     * @param closer closes a pool, which takes its time
     */
    PhysicalPools(
            String name,
            PoolSettings settings,
            Consumer<PoolStatus> news,
            Consumer<String> gone,
            Consumer<Supply> whenShort,
            LongSupplier clock,
            Executor closer) {
        this.name = name;
        this.settings = settings;
        this.news = news;
        this.gone = gone;
        this.whenShort = whenShort;
        this.clock = clock;
        this.closer = closer;
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
        while (true) {
            PhysicalPool pool = pool(source, key, user);
            if (pool.logical().join()) {
                return new LateConnection(pool, texts);
            }
            // It has retired a moment ago, and goes from the map.
            Thread.onSpinWait();
        }
    }

    private PhysicalPool pool(ConnectionSource source, Object key, @Nullable String user) throws SQLException {
        FutureTask<PhysicalPool> known = pools.get(key);
        if (known != null) {
            return opened(key, known);
        }
        checkHikari();
        String named = user == null ? name : user + " at " + name;
        FutureTask<PhysicalPool> task = new FutureTask<>(() -> new PhysicalPool(
                named, settings, source, news, whenShort, PhysicalPool.timer("helios-" + named + ":timer"), clock));
        known = pools.putIfAbsent(key, task);
        if (known != null) {
            return opened(key, known);
        }
        task.run();
        PhysicalPool fresh = opened(key, task);
        catchUp(fresh);
        tellOf(fresh);
        retireBefore(fresh);
        return fresh;
    }

    /** Who has changed the settings or closed all while it was opened may not have seen it. */
    private void catchUp(PhysicalPool fresh) throws SQLException {
        PoolSettings now;
        do {
            now = settings;
            fresh.resize(now);
        } while (!now.equals(settings));
        if (closed) {
            fresh.close();
            throw PoolFailures.closed();
        }
    }

    /** Others that nobody has used for a while are not needed any more; what one of the same user has counted goes on. */
    private void retireBefore(PhysicalPool fresh) {
        pools.forEach((key, task) -> ifOpen(task, pool -> {
            if (pool != fresh && pool.logical().retire(LINGER_NANOS)) {
                if (pool.name().equals(fresh.name())) {
                    fresh.succeed(pool.status());
                }
                boolean unused = pools.remove(key, task);
                tellIfGone(pool.name());
                closer.execute(pool::close);
            }
        }));
    }

    /** Once more: the last one of its name may have gone while it was opened. */
    private void tellOf(PhysicalPool fresh) {
        naming.lock();
        try {
            news.accept(fresh.status());
        } finally {
            naming.unlock();
        }
    }

    private void tellIfGone(String ended) {
        naming.lock();
        try {
            if (status().stream().noneMatch(each -> each.name().equals(ended))) {
                gone.accept(ended);
            }
        } finally {
            naming.unlock();
        }
    }

    private PhysicalPool opened(Object key, FutureTask<PhysicalPool> known) throws SQLException {
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
        closed = true;
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
