package io.heliosjdbc.driver.manager;

import io.heliosjdbc.agreements.RefusedInputException;
import io.heliosjdbc.driver.configuration.HeliosConfiguration;
import io.heliosjdbc.driver.configuration.Parameters;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Workload managers by database, or by the name given to them. A manager lives from its first session until a minute after
 * its last one: long enough for a pool that empties itself between two bursts to find its accounts again, short enough that
 * an application that is gone leaves nothing behind. Thread-safe.
 */
final class Registry {
    static final long LINGER_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final String REFUSED = "F0000";
    /** User and password, as some vendors' URLs carry them before an at sign: after two slashes, or with one between. */
    private static final Pattern CREDENTIALS = Pattern.compile("(?<=//).*@|(?<=:)[^:/@]+/.*@");

    private final LongSupplier clock;
    private final InstantSource calendar;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition reopened = lock.newCondition();
    private final Map<String, Entry> entries = new HashMap<>();
    private @Nullable Thread reaper;
    /** Whether the driver has been deregistered, and nobody has opened a session since: then nothing is worth keeping. */
    private boolean leaving;

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
        this.clock = clock;
        this.calendar = calendar;
    }

    ManagedSession open(
            String database, Map<String, String> settings, @Nullable String user, @Nullable String application)
            throws SQLException {
        String named = settings.get(Parameters.MANAGER);
        String key = named != null ? "name " + named : "database " + database;
        lock.lock();
        try {
            leaving = false;
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
                                name, HeliosConfiguration.load(settings), clock, calendar, manager -> left(key)),
                        Map.copyOf(settings));
                entries.put(key, entry);
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
                if (leaving) {
                    closeExpired(0);
                } else {
                    startReaper();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void startReaper() {
        if (reaper == null) {
            Thread thread = new Thread(this::reap, "helios-workload-managers");
            thread.setDaemon(true);
            // The application's loader must not be held by a thread of ours.
            thread.setContextClassLoader(null);
            reaper = thread;
            thread.start();
        }
    }

    /** Closes managers whose time is up, and ends when none lingers. */
    private void reap() {
        lock.lock();
        try {
            for (long left = closeExpired(LINGER_NANOS); left > 0; left = closeExpired(LINGER_NANOS)) {
                long unused = reopened.awaitNanos(left);
            }
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        } finally {
            reaper = null;
            lock.unlock();
        }
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

    /** Closes every manager without sessions now, and the others with their last one. */
    void closeIdle() {
        lock.lock();
        try {
            leaving = true;
            closeExpired(0);
            reopened.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether a thread waits for managers whose time is up. */
    boolean watches() {
        lock.lock();
        try {
            return reaper != null;
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
