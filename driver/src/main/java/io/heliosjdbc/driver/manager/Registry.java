package io.heliosjdbc.driver.manager;

import io.heliosjdbc.agreements.RefusedInputException;
import io.heliosjdbc.driver.accounts.AccountKeeper;
import io.heliosjdbc.driver.configuration.HeliosConfiguration;
import io.heliosjdbc.driver.configuration.Parameters;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
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
    /** Signalled when a manager has been opened or closed. */
    private final Condition changed = lock.newCondition();

    private final Map<String, Entry> entries = new HashMap<>();
    private @Nullable Thread reaper;

    /** A place for one manager; others wait while it is opened or closed, for neither is done under the lock. */
    private static final class Entry {
        private final Map<String, String> settings;
        /** Null until it is open. */
        private @Nullable WorkloadManager manager;

        private boolean closing;
        private int sessions;
        private long leftAt;

        Entry(Map<String, String> settings) {
            this.settings = settings;
        }

        boolean isIdle() {
            return manager != null && !closing && sessions == 0;
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
        try {
            while (true) {
                Entry outdated;
                lock.lock();
                try {
                    Entry entry = atRest(key);
                    if (entry == null) {
                        entries.put(key, new Entry(Map.copyOf(settings)));
                        break;
                    }
                    WorkloadManager manager = Objects.requireNonNull(entry.manager);
                    if (agrees(entry, manager, settings)) {
                        entry.sessions++;
                        return manager.open(user, application);
                    }
                    // Nobody uses the old settings any more.
                    entry.closing = true;
                    outdated = entry;
                } finally {
                    lock.unlock();
                }
                close(outdated);
            }
            String name = named != null ? named : CREDENTIALS.matcher(database).replaceAll("");
            return openManager(key, name, settings).open(user, application);
        } catch (RefusedInputException refused) {
            throw new SQLNonTransientException(
                    "Configuration or agreement refused: " + refused.getMessage(), REFUSED, refused);
        }
    }

    /** The entry of that key, when nobody is opening or closing it; null where there is none. */
    private @Nullable Entry atRest(String key) {
        Entry entry = entries.get(key);
        while (entry != null && (entry.manager == null || entry.closing)) {
            changed.awaitUninterruptibly();
            entry = entries.get(key);
        }
        return entry;
    }

    /** Opens the manager of an entry that is there for it, with one session. */
    private WorkloadManager openManager(String key, String name, Map<String, String> settings)
            throws RefusedInputException {
        WorkloadManager manager = null;
        try {
            manager = newManager(key, name, settings);
            return manager;
        } finally {
            lock.lock();
            try {
                if (manager == null) {
                    entries.remove(key);
                } else {
                    Entry entry = Objects.requireNonNull(entries.get(key));
                    entry.manager = manager;
                    entry.sessions++;
                }
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private WorkloadManager newManager(String key, String name, Map<String, String> settings)
            throws RefusedInputException {
        HeliosConfiguration configuration = HeliosConfiguration.load(settings);
        Path file = configuration.accounts().file();
        AccountKeeper keeper = file == null || !configuration.enabled() ? null : AccountKeeper.open(file, calendar);
        WorkloadManager manager = null;
        try {
            manager = new WorkloadManager(name, configuration, clock, calendar, keeper, left -> left(key));
            return manager;
        } finally {
            if (manager == null && keeper != null) {
                keeper.close();
            }
        }
    }

    /** Closes the manager of an entry that is marked as closing, and removes it; not to be called under the lock. */
    private void close(Entry entry) {
        try {
            Objects.requireNonNull(entry.manager).close();
        } finally {
            lock.lock();
            try {
                entries.values().remove(entry);
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Whether a session can share a manager; where it cannot and the manager is in use, that is refused. */
    private static boolean agrees(Entry entry, WorkloadManager manager, Map<String, String> settings)
            throws RefusedInputException {
        if (entry.settings.equals(settings)) {
            return true;
        }
        if (entry.sessions == 0) {
            return false;
        }
        manager.configuration().agreeWith(settings);
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
                startReaper();
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
        boolean done = false;
        try {
            while (lingers()) {
                long unused = closeExpired(LINGER_NANOS);
            }
            done = true;
        } finally {
            if (!done) {
                noReaper();
            }
        }
    }

    private void noReaper() {
        lock.lock();
        try {
            reaper = null;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the next manager's time is up; false, and the thread is to end, where none lingers. */
    private boolean lingers() {
        lock.lock();
        try {
            for (long left = untilNext(LINGER_NANOS); left > 0; left = untilNext(LINGER_NANOS)) {
                if (left == Long.MAX_VALUE) {
                    reaper = null;
                    return false;
                }
                long unused = changed.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            reaper = null;
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Nanoseconds until the next manager has lingered that long, 0 where one has; never where none lingers. */
    private long untilNext(long lingerNanos) {
        long next = Long.MAX_VALUE;
        long now = clock.getAsLong();
        for (Entry entry : entries.values()) {
            if (entry.isIdle()) {
                next = Math.min(next, Math.max(0, entry.leftAt + lingerNanos - now));
            }
        }
        return next;
    }

    /** Closes what has lingered that long; nanoseconds until the next one has, 0 where none lingers. */
    long closeExpired(long lingerNanos) {
        for (Entry entry = takeExpired(lingerNanos); entry != null; entry = takeExpired(lingerNanos)) {
            close(entry);
        }
        lock.lock();
        try {
            long next = untilNext(lingerNanos);
            return next == Long.MAX_VALUE ? 0 : next;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Entry takeExpired(long lingerNanos) {
        lock.lock();
        try {
            long now = clock.getAsLong();
            for (Entry entry : entries.values()) {
                if (entry.isIdle() && entry.leftAt + lingerNanos - now <= 0) {
                    entry.closing = true;
                    return entry;
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Closes every manager without sessions now. */
    void closeIdle() {
        long unused = closeExpired(0);
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
