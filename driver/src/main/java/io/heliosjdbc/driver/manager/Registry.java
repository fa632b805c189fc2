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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Workload managers by database, or by the name given to them. A manager lives from its first session until a minute after
 * its last one: long enough for a pool that empties itself between two bursts to find its accounts again, short enough that
 * an application that is gone leaves nothing behind. One thread closes them, has those that learn write it down, looks whether
 * the files that they were configured by have changed, has agreements end that expire, and has accounts settled whose interval has
 * ended; it ends when there is nothing more to do. Thread-safe.
 */
final class Registry {
    static final long LINGER_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final String REFUSED = "F0000";
    private static final Logger LOGGER = LoggerFactory.getLogger(Registry.class);

    private final LongSupplier clock;
    private final InstantSource calendar;
    private final Supplier<Background> background;
    private final ThreadFactory watchers;
    private final ReentrantLock lock = new ReentrantLock();
    /** Signalled when a manager has been opened or closed, or its last session has left. */
    private final Condition changed = lock.newCondition();

    private final Map<String, Entry> entries = new HashMap<>();
    private @Nullable Thread watcher;
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

        /** How often its files are looked at; never where there is nothing to look at. */
        long period() {
            return isOpen() && reloader != null ? reloader.periodNanos() : Long.MAX_VALUE;
        }

        /** Nanoseconds until the next of its agreements expires; never where none does. */
        long untilExpiry() {
            return isOpen() ? Objects.requireNonNull(manager).inForce().untilExpiry() : Long.MAX_VALUE;
        }

        /** Nanoseconds until the next measurement interval ends; never where none does. */
        long untilEnd() {
            return isOpen() && Objects.requireNonNull(manager).enabled()
                    ? manager.bookkeeping().untilEnd()
                    : Long.MAX_VALUE;
        }

        boolean keepsLearning() {
            return isOpen() && Objects.requireNonNull(manager).classifiers().keepsLearning();
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
     * Likewise, with a watcher of one's own.
     *
     * @param watchers makes the thread that does what is due as time passes; who moves the clock by hand makes one that does nothing
     */
    Registry(LongSupplier clock, InstantSource calendar, Supplier<Background> background, ThreadFactory watchers) {
        this.clock = clock;
        this.calendar = calendar;
        this.background = background;
        this.watchers = watchers;
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
                        ManagedSession session =
                                Objects.requireNonNull(entry.manager).open(user, application);
                        entry.sessions++;
                        watch(entry);
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
                    watch(entry);
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
                    startWatcher();
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

    /** Sees to it that somebody does what is due as time passes, if ever something is. */
    private void watch(Entry entry) {
        if (watcher == null
                && (entry.keepsLearning()
                        || entry.period() != Long.MAX_VALUE
                        || entry.untilExpiry() != Long.MAX_VALUE
                        || entry.untilEnd() != Long.MAX_VALUE)) {
            startWatcher();
        }
    }

    /** Where no thread starts, whoever opens or leaves is not harmed, and the next one tries again. Under the lock, so nothing is logged. */
    private void startWatcher() {
        if (watcher != null) {
            return;
        }
        try {
            Thread next = watchers.newThread(this::watch);
            next.start();
            watcher = next;
        } catch (OutOfMemoryError | RuntimeException cannot) {
            watcher = null;
        }
    }

    /** Closes managers whose time is up, has the others do what is due, and ends when nothing is to come. */
    private void watch() {
        boolean done = false;
        try {
            while (waits()) {
                attempt("closing what nobody uses", () -> {
                    long unused = closeExpired(LINGER_NANOS);
                });
                keepLearning();
                lookAtFiles();
                expireAgreements();
                settleEnded();
            }
            done = true;
        } finally {
            if (!done) {
                noWatcher();
            }
        }
    }

    /** Another one is started when somebody comes or leaves. */
    private void noWatcher() {
        lock.lock();
        try {
            if (watcher == Thread.currentThread()) {
                watcher = null;
            }
        } finally {
            lock.unlock();
        }
    }

    /** What goes wrong with one manager is logged, and keeps nobody from what is due for the others, or later. */
    private static void attempt(Object what, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error wrong) {
            LOGGER.error("Workload managers go on, for this failed: {}", what, wrong);
        }
    }

    /** Waits until there may be something to do; false, and the thread is to end, where nothing more comes. */
    private boolean waits() {
        lock.lock();
        try {
            long left = untilNext(LINGER_NANOS);
            while (left > 0) {
                boolean learning = entries.values().stream().anyMatch(Entry::keepsLearning);
                long look = Math.min(untilLook(), Math.min(untilExpiry(), untilEnd()));
                if (left == Long.MAX_VALUE && !learning && look == Long.MAX_VALUE) {
                    watcher = null;
                    return false;
                }
                if (look == 0) {
                    return true;
                }
                left = Math.min(left, look);
                long unused = changed.awaitNanos(learning ? Math.min(left, LearningKeeper.INTERVAL_NANOS) : left);
                left = learning ? 0 : untilNext(LINGER_NANOS);
            }
            return true;
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            watcher = null;
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Has managers write down what they learned, where it is time for it; without the lock, for a disk may be slow. */
    void keepLearning() {
        managers(Entry::keepsLearning)
                .forEach(each -> attempt(
                        "keeping what " + each + " learned",
                        () -> each.classifiers().keepLearning()));
    }

    /** Has managers end the agreements whose time has come; without the lock, for accounts are settled. */
    void expireAgreements() {
        managers(entry -> entry.untilExpiry() == 0)
                .forEach(each -> attempt(
                        "ending agreements of " + each, () -> each.inForce().expireAgreements()));
    }

    /** Has managers settle accounts whose measurement interval has ended; without the lock. */
    void settleEnded() {
        managers(entry -> entry.untilEnd() == 0)
                .forEach(each -> attempt(
                        "settling accounts of " + each, () -> each.bookkeeping().settleEnded()));
    }

    private List<WorkloadManager> managers(Predicate<Entry> which) {
        lock.lock();
        try {
            return entries.values().stream()
                    .filter(which)
                    .map(entry -> Objects.requireNonNull(entry.manager))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** Has managers follow their files, where it is time to look at them; without the lock, for a disk may be slow. */
    void lookAtFiles() {
        List<Reloader> due = new ArrayList<>();
        lock.lock();
        try {
            long now = clock.getAsLong();
            for (Entry entry : entries.values()) {
                if (entry.period() != Long.MAX_VALUE && now - entry.lookAt >= 0) {
                    due.add(Objects.requireNonNull(entry.reloader));
                    looked(entry);
                }
            }
        } finally {
            lock.unlock();
        }
        due.forEach(each -> attempt("looking at files", each::look));
    }

    private void looked(Entry entry) {
        long period = entry.period();
        entry.lookAt = period == Long.MAX_VALUE ? 0 : clock.getAsLong() + period;
    }

    /** Nanoseconds until files are to be looked at, 0 where it is time; never where there is nothing to look at. */
    private long untilLook() {
        long next = Long.MAX_VALUE;
        long now = clock.getAsLong();
        for (Entry entry : entries.values()) {
            if (entry.period() != Long.MAX_VALUE) {
                next = Math.min(next, Math.max(0, entry.lookAt - now));
            }
        }
        return next;
    }

    /** Nanoseconds until an agreement expires; never where none does. */
    private long untilExpiry() {
        return entries.values().stream().mapToLong(Entry::untilExpiry).min().orElse(Long.MAX_VALUE);
    }

    /** Nanoseconds until a measurement interval ends; never where none does. */
    private long untilEnd() {
        return entries.values().stream().mapToLong(Entry::untilEnd).min().orElse(Long.MAX_VALUE);
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
            Entry expired = entry;
            attempt("closing " + entry.manager, () -> close(expired));
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
                    entry.worker = Thread.currentThread().getId();
                    return entry;
                }
            }
            return null;
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
