package io.heliosjdbc.driver.manager;

import io.heliosjdbc.agreements.Fault;
import io.heliosjdbc.agreements.RefusedInputException;
import io.heliosjdbc.driver.accounts.AccountKeeper;
import io.heliosjdbc.driver.configuration.HeliosConfiguration;
import io.heliosjdbc.driver.configuration.Inputs;
import io.heliosjdbc.driver.configuration.Parameters;
import io.heliosjdbc.driver.engine.Background;
import io.heliosjdbc.driver.engine.ConnectionSource;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Workload managers by database, or by the name given to them. A manager lives from its first session until a minute after
 * its last one: long enough for a pool that empties itself between two bursts to find its accounts again, short enough that
 * an application that is gone leaves nothing behind. A {@link Housekeeper} closes them, has those that learn write it down, looks
 * whether the files that they were configured by have changed, has agreements end that expire, and has accounts settled whose
 * interval has ended. Thread-safe.
 */
final class Registry {
    static final long LINGER_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final String REFUSED = "F0000";

    private final LongSupplier clock;
    private final InstantSource calendar;
    private final Supplier<Background> background;
    private final ReentrantLock lock = new ReentrantLock();
    /** Signalled when a manager has been opened or closed, or its last session has left. */
    private final Condition changed = lock.newCondition();

    private final Map<String, Entry> entries = new HashMap<>();
    private final Housekeeper.Duty<Entry> closing =
            new Housekeeper.Duty<>("closing", this::untilClosing, this::closeUnused);
    private final Housekeeper.Duty<Entry> learning = new Housekeeper.Duty<>(
            "keeping what was learned by",
            Entry::untilKept,
            each -> each.open().classifiers().keepLearning());
    private final Housekeeper.Duty<Entry> files =
            new Housekeeper.Duty<>("looking at the files of", this::untilLook, this::lookAtFiles);
    private final Housekeeper.Duty<Entry> expiry = new Housekeeper.Duty<>(
            "ending agreements of",
            Entry::untilExpiry,
            each -> each.open().inForce().expireAgreements());
    private final Housekeeper.Duty<Entry> settling = new Housekeeper.Duty<>(
            "settling accounts of",
            Entry::untilEnd,
            each -> each.open().bookkeeping().settleEnded());
    private final Housekeeper<Entry> housekeeper;
    /** Whether the driver has been deregistered, and nobody has opened a session since: then nothing is worth keeping. */
    private boolean leaving;

    /** A place for one manager; others wait while it is opened or closed, for neither is done under the lock. */
    private static final class Entry {
        private final Map<String, String> settings;
        /** Null until it is open. */
        private @Nullable WorkloadManager manager;

        private @Nullable Reloader reloader;
        /** When its files are looked at next. */
        private long lookAt;

        private boolean closing;
        /** The number of the thread that opens or closes it; of no meaning in between. Not the thread, which it must not keep alive. */
        private long worker = Thread.currentThread().getId();

        private int sessions;
        private long leftAt;

        Entry(Map<String, String> settings) {
            this.settings = settings;
        }

        boolean isOpen() {
            return manager != null && !closing;
        }

        boolean isIdle() {
            return isOpen() && sessions == 0;
        }

        /** Of an entry that is open. */
        WorkloadManager open() {
            return Objects.requireNonNull(manager);
        }

        /** How often its files are looked at; never where there is nothing to look at. */
        long period() {
            return isOpen() && reloader != null ? reloader.periodNanos() : Long.MAX_VALUE;
        }

        /** Nanoseconds until the next of its agreements expires; never where none does. */
        long untilExpiry() {
            return isOpen() ? open().inForce().untilExpiry() : Long.MAX_VALUE;
        }

        /** Nanoseconds until the next measurement interval ends; never where none does. */
        long untilEnd() {
            return isOpen() && open().enabled() ? open().bookkeeping().untilEnd() : Long.MAX_VALUE;
        }

        /** Nanoseconds until it writes down what it learned; never where it keeps nothing. */
        long untilKept() {
            return isOpen() ? open().classifiers().untilKept() : Long.MAX_VALUE;
        }

        @Override
        public String toString() {
            return String.valueOf(manager);
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
        this(clock, calendar, background, Registry::daemon);
    }

    /**
     * Likewise, with threads of one's own.
     *
     * @param watchers makes the housekeeper's thread; who moves the clock by hand makes one that does nothing
     */
    Registry(LongSupplier clock, InstantSource calendar, Supplier<Background> background, ThreadFactory watchers) {
        this.clock = clock;
        this.calendar = calendar;
        this.background = background;
        this.housekeeper = new Housekeeper<>(
                lock, changed, watchers, entries.values(), List.of(closing, learning, files, expiry, settling));
    }

    private static Thread daemon(Runnable watching) {
        return Background.daemon("helios-workload-managers", watching);
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
        try {
            boolean isSound = false;
            while (true) {
                Entry outdated = null;
                lock.lock();
                try {
                    leaving = false;
                    Entry entry = atRest(key);
                    if (entry == null) {
                        entries.put(key, new Entry(Map.copyOf(settings)));
                        break;
                    }
                    if (shares(entry, settings)) {
                        ManagedSession session = entry.open().open(user, application);
                        entry.sessions++;
                        housekeeper.begin();
                        return session;
                    }
                    // Nobody uses the old settings any more.
                    if (isSound) {
                        entry.closing = true;
                        entry.worker = Thread.currentThread().getId();
                        outdated = entry;
                    }
                } finally {
                    lock.unlock();
                }
                if (outdated != null) {
                    close(outdated);
                } else {
                    HeliosConfiguration unused = HeliosConfiguration.load(settings);
                    isSound = true;
                }
            }
            WorkloadManager manager = openManager(key, named != null ? named : database, settings, connections);
            ManagedSession session = null;
            try {
                session = manager.open(user, application);
                return session;
            } finally {
                if (session == null) {
                    left(key);
                }
            }
        } catch (RefusedInputException refused) {
            throw new SQLNonTransientException(
                    "Configuration or agreement refused: " + refused.getMessage(), REFUSED, refused);
        }
    }

    /**
     * The entry of that key, when nobody is opening or closing it; null where there is none.
     *
     * @throws SQLException where the thread itself is opening or closing it, and would wait for itself: by what is logged meanwhile
     */
    private @Nullable Entry atRest(String key) throws SQLException {
        Entry entry = entries.get(key);
        while (entry != null && (entry.manager == null || entry.closing)) {
            if (entry.worker == Thread.currentThread().getId()) {
                throw new SQLNonTransientException(
                        "this thread is " + (entry.closing ? "closing" : "opening") + " the workload manager of " + key
                                + ", and cannot connect through it meanwhile; a log appender that writes to that"
                                + " database needs a URL without jdbc:helios:, or a thread of its own",
                        REFUSED);
            }
            changed.awaitUninterruptibly();
            entry = entries.get(key);
        }
        return entry;
    }

    /** Opens the manager of an entry that is there for it, with one session. */
    private WorkloadManager openManager(
            String key, String name, Map<String, String> settings, @Nullable ConnectionSource connections)
            throws RefusedInputException, SQLException {
        WorkloadManager manager = null;
        Inputs inputs = new Inputs();
        try {
            manager = newManager(key, name, settings, inputs, connections);
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
                    entry.reloader = new Reloader(entry.settings, inputs, manager);
                    looked(entry);
                    housekeeper.begin();
                }
            } finally {
                changed.signalAll();
                lock.unlock();
            }
        }
    }

    private WorkloadManager newManager(
            String key,
            String name,
            Map<String, String> settings,
            Inputs inputs,
            @Nullable ConnectionSource connections)
            throws RefusedInputException, SQLException {
        HeliosConfiguration configuration = HeliosConfiguration.load(settings, inputs);
        AccountKeeper keeper = keeper(name, configuration, connections);
        WorkloadManager manager = null;
        try {
            manager = new WorkloadManager(
                    name, configuration, clock, calendar, keeper, connections, background, left -> left(key));
            return manager;
        } finally {
            if (manager == null && keeper != null) {
                keeper.close();
            }
        }
    }

    private @Nullable AccountKeeper keeper(
            String name, HeliosConfiguration configuration, @Nullable ConnectionSource connections)
            throws RefusedInputException, SQLException {
        Path file = configuration.accounts().file();
        if (!configuration.enabled()
                || (file == null && !configuration.accounts().inDatabase())) {
            return null;
        }
        if (file != null) {
            return AccountKeeper.inFile(file, calendar);
        }
        if (connections == null) {
            throw new RefusedInputException(List.of(new Fault(
                    configuration.source(),
                    0,
                    0,
                    "accounts = \"jdbc\" needs a connection of its own; behind another data source there is no way to open one",
                    "connect by URL, or give memory, or file: and a path")));
        }
        return AccountKeeper.inDatabase(connections, name, calendar);
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
    private static boolean shares(Entry entry, Map<String, String> settings) throws RefusedInputException {
        if (entry.settings.equals(settings)) {
            return true;
        }
        try {
            Objects.requireNonNull(entry.reloader).join(settings);
            return true;
        } catch (RefusedInputException contradicts) {
            if (entry.sessions > 0) {
                throw contradicts;
            }
            return false;
        }
    }

    private void left(String key) {
        boolean last = false;
        lock.lock();
        try {
            Entry entry = entries.get(key);
            if (entry == null) {
                return;
            }
            entry.sessions--;
            if (entry.sessions == 0) {
                entry.leftAt = clock.getAsLong();
                last = leaving;
                if (!last) {
                    housekeeper.begin();
                    // It may wait for something that comes later.
                    changed.signalAll();
                }
            }
        } finally {
            lock.unlock();
        }
        if (last) {
            long unused = closeExpired(0);
        }
    }

    /** Has managers write down what they learned, where it is time for it. */
    void keepLearning() {
        housekeeper.attend(learning);
    }

    /** Has managers follow their files, where it is time to look at them. */
    void lookAtFiles() {
        housekeeper.attend(files);
    }

    /** Has managers end the agreements whose time has come. */
    void expireAgreements() {
        housekeeper.attend(expiry);
    }

    /** Without the lock, for a disk may be slow. */
    private void lookAtFiles(Entry entry) {
        Reloader reloader;
        lock.lock();
        try {
            looked(entry);
            reloader = Objects.requireNonNull(entry.reloader);
        } finally {
            lock.unlock();
        }
        reloader.look();
    }

    private void looked(Entry entry) {
        long period = entry.period();
        entry.lookAt = period == Long.MAX_VALUE ? 0 : clock.getAsLong() + period;
    }

    /** Nanoseconds until its files are to be looked at; never where there is nothing to look at. */
    private long untilLook(Entry entry) {
        return entry.period() == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(0, entry.lookAt - clock.getAsLong());
    }

    private long untilClosing(Entry entry) {
        return untilClosing(entry, LINGER_NANOS);
    }

    /** Nanoseconds until it has lingered that long; never where somebody uses it. */
    private long untilClosing(Entry entry, long lingerNanos) {
        return entry.isIdle() ? Math.max(0, entry.leftAt + lingerNanos - clock.getAsLong()) : Long.MAX_VALUE;
    }

    /** Unless somebody has come meanwhile. */
    private void closeUnused(Entry entry) {
        if (isTaken(entry, LINGER_NANOS)) {
            close(entry);
        }
    }

    /** Marks it as closing, where it has lingered that long; whether it has. */
    private boolean isTaken(Entry entry, long lingerNanos) {
        lock.lock();
        try {
            if (untilClosing(entry, lingerNanos) > 0) {
                return false;
            }
            entry.closing = true;
            entry.worker = Thread.currentThread().getId();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Closes what has lingered that long; nanoseconds until the next one has, 0 where none lingers. */
    long closeExpired(long lingerNanos) {
        for (Entry each : known()) {
            if (isTaken(each, lingerNanos)) {
                Housekeeper.attempt("closing " + each, () -> close(each));
            }
        }
        long next = Long.MAX_VALUE;
        lock.lock();
        try {
            for (Entry each : entries.values()) {
                next = Math.min(next, untilClosing(each, lingerNanos));
            }
        } finally {
            lock.unlock();
        }
        return next == Long.MAX_VALUE ? 0 : next;
    }

    private List<Entry> known() {
        lock.lock();
        try {
            return List.copyOf(entries.values());
        } finally {
            lock.unlock();
        }
    }

    /** Closes every manager without sessions now, and the others with their last one. */
    void closeIdle() {
        lock.lock();
        try {
            leaving = true;
        } finally {
            lock.unlock();
        }
        long unused = closeExpired(0);
    }

    /** Whether the housekeeper has a thread. */
    boolean watches() {
        lock.lock();
        try {
            return housekeeper.works();
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
