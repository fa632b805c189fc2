package io.heliosjdbc.driver.manager;

import io.heliosjdbc.agreements.RefusedInputException;
import io.heliosjdbc.driver.configuration.HeliosConfiguration;
import io.heliosjdbc.driver.configuration.Parameters;
import io.heliosjdbc.driver.engine.Background;
import io.heliosjdbc.driver.engine.ConnectionSource;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Workload managers by database, or by the name given to them. A manager lives from its first session until a minute after
 * its last one: long enough for a pool that empties itself between two bursts to find its accounts again, short enough that
 * an application that is gone leaves nothing behind. One thread closes them, and has those that learn write it down; it ends when
 * there is nothing more to do. Thread-safe.
 */
final class Registry {
    static final long LINGER_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final String REFUSED = "F0000";
    /** User and password, as some vendors' URLs carry them before an at sign: after two slashes, or with one between. */
    private static final Pattern CREDENTIALS = Pattern.compile("(?<=//).*@|(?<=:)[^:/@]+/.*@");

    private final LongSupplier clock;
    private final InstantSource calendar;
    private final Supplier<Background> background;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Entry> entries = new HashMap<>();
    private @Nullable Thread watcher;

    private static final class Entry {
        private final WorkloadManager manager;
        private final Map<String, String> settings;
        private int sessions;
        private long leftAt;

        Entry(WorkloadManager manager, Map<String, String> settings) {
            this.manager = manager;
            this.settings = settings;
        }
    }

    Registry(LongSupplier clock, InstantSource calendar) {
        this(clock, calendar, () -> Background.thread("helios-estimates"));
    }

    /**
     * No workload managers yet.
     *
     * @param background makes what a manager's questions to its database are asked on
     */
    Registry(LongSupplier clock, InstantSource calendar, Supplier<Background> background) {
        this.clock = clock;
        this.calendar = calendar;
        this.background = background;
    }

    ManagedSession open(
            String database, Map<String, String> settings, @Nullable String user, @Nullable String application)
            throws SQLException {
        return open(database, settings, user, application, null);
    }

    ManagedSession open(
            String database,
            Map<String, String> settings,
            @Nullable String user,
            @Nullable String application,
            @Nullable ConnectionSource connections)
            throws SQLException {
        String named = settings.get(Parameters.MANAGER);
        String key = named != null ? "name " + named : "database " + database;
        lock.lock();
        try {
            Entry entry = entries.get(key);
            if (entry != null && !agrees(entry, settings)) {
                // Nobody uses the old settings any more.
                entries.remove(key);
                entry.manager.close();
                entry = null;
            }
            if (entry == null) {
                String name =
                        named != null ? named : CREDENTIALS.matcher(database).replaceAll("");
                entry = new Entry(
                        new WorkloadManager(
                                name,
                                HeliosConfiguration.load(settings),
                                clock,
                                calendar,
                                connections,
                                background,
                                manager -> left(key)),
                        Map.copyOf(settings));
                entries.put(key, entry);
                if (entry.manager.keepsLearning()) {
                    startWatcher();
                }
            }
            entry.sessions++;
            return entry.manager.open(user, application);
        } catch (RefusedInputException refused) {
            throw new SQLNonTransientException(
                    "Configuration or agreement refused: " + refused.getMessage(), REFUSED, refused);
        } finally {
            lock.unlock();
        }
    }

    /** Whether a session can share a manager; where it cannot and the manager is in use, that is refused. */
    private static boolean agrees(Entry entry, Map<String, String> settings) throws RefusedInputException {
        if (entry.settings.equals(settings)) {
            return true;
        }
        if (entry.sessions == 0) {
            return false;
        }
        entry.manager.configuration().agreeWith(settings);
        return true;
    }

    private void left(String key) {
        lock.lock();
        try {
            Entry entry = entries.get(key);
            if (entry == null) {
                return;
            }
            entry.sessions--;
            if (entry.sessions == 0) {
                entry.leftAt = clock.getAsLong();
                startWatcher();
            }
        } finally {
            lock.unlock();
        }
    }

    private void startWatcher() {
        if (watcher == null) {
            Thread thread = new Thread(this::watch, "helios-workload-managers");
            thread.setDaemon(true);
            // The application's loader must not be held by a thread of ours.
            thread.setContextClassLoader(null);
            watcher = thread;
            thread.start();
        } else {
            changed.signalAll();
        }
    }

    /** Closes managers whose time is up, has the others write down what they learned, and ends when there are none of either. */
    private void watch() {
        lock.lock();
        try {
            for (long left = untilNext(); left > 0; left = untilNext()) {
                long unused = changed.awaitNanos(left);
                lock.unlock();
                try {
                    keepLearning();
                } finally {
                    lock.lock();
                }
            }
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        } finally {
            watcher = null;
            lock.unlock();
        }
    }

    /** Nanoseconds until there may be something to do, 0 where nothing more comes. */
    private long untilNext() {
        long left = closeExpired(LINGER_NANOS);
        if (entries.values().stream().noneMatch(entry -> entry.manager.keepsLearning())) {
            return left;
        }
        return left == 0 ? LearningKeeper.INTERVAL_NANOS : Math.min(left, LearningKeeper.INTERVAL_NANOS);
    }

    /** Has managers write down what they learned, where it is time for it; without the lock, for a disk may be slow. */
    void keepLearning() {
        List<WorkloadManager> managers;
        lock.lock();
        try {
            managers = entries.values().stream().map(entry -> entry.manager).toList();
        } finally {
            lock.unlock();
        }
        managers.forEach(WorkloadManager::keepLearning);
    }

    /** Closes what has lingered that long; nanoseconds until the next one has, 0 where none lingers. */
    long closeExpired(long lingerNanos) {
        lock.lock();
        try {
            long next = 0;
            long now = clock.getAsLong();
            for (Iterator<Entry> iterator = entries.values().iterator(); iterator.hasNext(); ) {
                Entry entry = iterator.next();
                if (entry.sessions > 0) {
                    continue;
                }
                long left = entry.leftAt + lingerNanos - now;
                if (left <= 0) {
                    iterator.remove();
                    entry.manager.close();
                } else {
                    next = next == 0 ? left : Math.min(next, left);
                }
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** Closes every manager without sessions now. */
    void closeIdle() {
        lock.lock();
        try {
            closeExpired(0);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether a thread waits for something to do. */
    boolean watches() {
        lock.lock();
        try {
            return watcher != null;
        } finally {
            lock.unlock();
        }
    }

    /** How many managers there are. */
    int size() {
        lock.lock();
        try {
            return entries.size();
        } finally {
            lock.unlock();
        }
    }
}
