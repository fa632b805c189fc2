package io.heliosjdbc.driver.late;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariConfigMXBean;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.pool.HikariPool;
import io.heliosjdbc.classifier.statement.Dialect;
import io.heliosjdbc.driver.admin.PoolStatus;
import io.heliosjdbc.driver.configuration.PoolSettings;
import io.heliosjdbc.driver.engine.Background;
import io.heliosjdbc.driver.engine.ConnectionSource;
import java.io.PrintWriter;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The physical connections of one user with one set of options. HikariCP counts, lends, validates and replaces them; what their sessions
 * are like is ours: it sees a connection that never changes. The only class that knows HikariCP. Thread-safe.
 */
final class PhysicalPool implements Lender, Supply, AutoCloseable {
    /** After that long without use HikariCP asks a connection itself. */
    private static final long HIKARIS_OWN_MILLIS = 500;

    /** Whom HikariCP has had for so long it has asked, whoever of us has looked at the clock first. */
    private static final long LONG_WITH_HIKARI_NANOS = TimeUnit.MILLISECONDS.toNanos(2 * HIKARIS_OWN_MILLIS);

    /** After how long without use one goes back to HikariCP, which counts its idle time then. */
    private static final long UNUSED_MILLIS = 5_000;

    /** After how long in use, with all pauses, one goes back to HikariCP, which closes it where it is too old. */
    private static final long LONGEST_TENURE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final int VALIDATION_SECONDS = 5;

    /** In place of how many logical connections there are, where there will be none any more. */
    private static final int RETIRED = Integer.MIN_VALUE;

    /** After how long the database is asked again that has refused a connection: at first, and at most. */
    private static final long FIRST_PAUSE_MILLIS = 10;

    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(PhysicalPool.class);

    private final String name;
    private volatile PoolSettings settings;
    private final HikariDataSource hikari;
    private final Defaults defaults;
    private final Dialect dialect;
    private final @Nullable MethodHandle transactionState;
    private final @Nullable MethodHandle parameterStatuses;
    private final @Nullable Connection anchor;
    private final Pins pins;
    private final LastKeys lastKeys = new LastKeys();
    private final TemporaryTables temporaryTables = new TemporaryTables();
    private final Consumer<PoolStatus> news;
    private final Consumer<Supply> whenShort;
    /** What is due later: HikariCP's housekeeping and ours. */
    private final ScheduledThreadPoolExecutor timer;

    private final LongSupplier clock;
    /** Between one use and the next; HikariCP takes them to be in use. */
    private final LastUsed<String, Physical> lastUsed;

    /** How many are in use or wanted: where these are more than there may be, somebody waits. */
    private final AtomicInteger wanted = new AtomicInteger();

    /** All that the database has given, and that were not closed. */
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    /** Has a permit when one was closed. */
    private final Semaphore room = new Semaphore(0);
    /** What the database said when it refused the last one that was to be opened; null where it has taken it. */
    private volatile @Nullable String refusal;
    /** When that was logged last. */
    private volatile long refusalTold = System.nanoTime() - MINUTE_NANOS;

    private volatile boolean closing;

    /** How many logical connections are open. */
    private final AtomicInteger logical = new AtomicInteger();
    /** When the last of them was closed, or the pool opened. */
    private volatile long leftAt;

    /** How many reasons to be pinned have been told. */
    private final AtomicInteger reasonsTold = new AtomicInteger();

    /** What functions are called that did not come with the database; asked whenever a connection is opened. */
    private volatile Set<String> ownFunctions = Set.of();

    /** What functions are called that came with the database and leave nothing behind; asked once. */
    private volatile Set<String> harmlessFunctions = Set.of();
    /** Who wants few bytes of an answer, by {@code maxResultBuffer}, loses a connection with each such question. */
    private final AtomicInteger harmlessQuestions = new AtomicInteger(2);

    private final LongAdder binds = new LongAdder();
    private final LongAdder waits = new LongAdder();
    private final LongAdder waitNanos = new LongAdder();
    private final LongAdder discarded = new LongAdder();
    private final Habits habits = new Habits();
    private final ClosedObjects closed;
    private final Class<?> connectionClass;

    /** What the pool's connections have besides JDBC's methods. */
    interface Carrier {
        Physical physical();
    }

    /** Opens one connection, to see that the credentials serve and what its session is like, and the pool around it. */
    PhysicalPool(
            String name,
            PoolSettings settings,
            ConnectionSource source,
            Consumer<PoolStatus> news,
            Consumer<Supply> whenShort)
            throws SQLException {
        this(name, settings, source, news, whenShort, timer("helios-" + name + ":timer"), System::nanoTime);
    }

    /**
     * Likewise.
     *
     * @param timer does what is due later; it ends with the pool
     * @param clock in nanoseconds; {@link System#nanoTime}, or further ahead
     */
    PhysicalPool(
            String name,
            PoolSettings settings,
            ConnectionSource source,
            Consumer<PoolStatus> news,
            Consumer<Supply> whenShort,
            ScheduledThreadPoolExecutor timer,
            LongSupplier clock)
            throws SQLException {
        this.name = name;
        this.settings = settings;
        this.news = news;
        this.whenShort = whenShort;
        Connection first = source.open();
        this.timer = timer;
        timer.setRemoveOnCancelPolicy(true);
        this.clock = clock;
        this.leftAt = clock.getAsLong();
        this.pins = new Pins(whenPinnedLong(), this::tellOldPin);
        this.lastUsed = new LastUsed<>(this::toHikari, after(UNUSED_MILLIS), clock);
        Connection stays = null;
        boolean opened = false;
        try {
            checkShared(first.getMetaData().getURL());
            this.closed = new ClosedObjects(source, habits);
            this.connectionClass = first.getClass();
            this.dialect = Dialect.of(first.getMetaData().getDatabaseProductName());
            this.defaults = Defaults.of(first);
            this.transactionState = dialect == Dialect.POSTGRESQL ? Physical.transactionState(first) : null;
            this.parameterStatuses = transactionState == null ? null : Physical.parameterStatuses(first);
            stays = isEphemeral(first) ? source.open() : null;
            this.anchor = stays;
            HikariConfig config = new HikariConfig();
            config.setPoolName("helios-" + name);
            config.setScheduledExecutor(timer);
            config.setDataSource(new Source(new AtomicReference<>(first), source));
            config.setMaximumPoolSize(settings.maximumSize());
            config.setMinimumIdle(settings.keptIdle());
            config.setConnectionTimeout(settings.connectionTimeoutMillis());
            config.setIdleTimeout(settings.idleForMillis());
            config.setMaxLifetime(settings.maxLifetimeMillis());
            config.setInitializationFailTimeout(-1);
            config.setAutoCommit(true);
            this.hikari = new HikariDataSource(config);
            loadClasses(hikari);
            opened = true;
        } finally {
            if (!opened) {
                closing = true;
                timer.shutdownNow();
                closeAll();
                close(first);
                close(stays);
            }
        }
        news.accept(status());
    }

    /** One more logical connection is opened, each of which {@link #left leaves} once; false where the pool has retired. */
    boolean join() {
        return logical.getAndUpdate(count -> count == RETIRED ? count : count + 1) != RETIRED;
    }

    void left() {
        leftAt = clock.getAsLong();
        int unused = logical.decrementAndGet();
    }

    /** Takes no more logical connections, where there have been none for so long; whether it was this call that it retired by. */
    boolean retire(long unusedNanos) {
        return clock.getAsLong() - leftAt >= unusedNanos && logical.compareAndSet(0, RETIRED);
    }

    /** Goes on counting where one of the same name has ended. */
    void succeed(PoolStatus ended) {
        binds.add(ended.binds());
        waits.add(ended.waits());
        waitNanos.add(ended.waitNanos());
        discarded.add(ended.discarded());
    }

    /** While they can be loaded: those of an application that is stopped cannot, and its connections go back all the same. */
    private static void loadClasses(HikariDataSource hikari) throws SQLException {
        boolean loaded = false;
        try {
            hikari.getConnection().close();
            loaded = true;
        } catch (SQLException hikaris) {
            throw vendors(hikaris);
        } finally {
            if (!loaded) {
                hikari.close();
            }
        }
    }

    PoolStatus status() {
        HikariPoolMXBean now = hikari.getHikariPoolMXBean();
        int between = lastUsed.size();
        return new PoolStatus(
                name,
                settings.maximumSize(),
                Math.max(0, now.getActiveConnections() - between),
                now.getIdleConnections() + between,
                binds.sum(),
                waits.sum(),
                waitNanos.sum(),
                discarded.sum(),
                pins.counts());
    }

    /** Here, for where a connection is pinned a lock is held. */
    private void tellNewReasons() {
        int told = reasonsTold.get();
        int known = pins.reasons();
        if (known > told && reasonsTold.compareAndSet(told, known)) {
            news.accept(status());
        }
    }

    void resize(PoolSettings changed) {
        settings = changed;
        hikari.setMinimumIdle(changed.keptIdle());
        hikari.setIdleTimeout(changed.idleForMillis());
        hikari.setMaximumPoolSize(changed.maximumSize());
    }

    /** What HikariCP goes by now. */
    HikariConfigMXBean inForce() {
        return hikari;
    }

    private static void checkShared(@Nullable String url) throws SQLException {
        if (url != null && MemoryDatabases.isPrivate(url)) {
            throw new SQLNonTransientException(
                    "An unnamed database in memory belongs to one connection; name it, or set helios.connections=direct",
                    "F0000");
        }
    }

    /** A database in memory that goes with its last connection: one stays. */
    private static boolean isEphemeral(Connection connection) throws SQLException {
        String url = connection.getMetaData().getURL();
        return url != null && MemoryDatabases.endsWithItsConnections(url);
    }

    String name() {
        return name;
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    Defaults defaults() {
        return defaults;
    }

    @Override
    public boolean tellsTransaction() {
        return transactionState != null;
    }

    @Override
    public boolean hasOwn(Set<String> functions) {
        Set<String> own = ownFunctions;
        return !own.isEmpty() && !Collections.disjoint(functions, own);
    }

    @Override
    public boolean areHarmless(Set<String> functions) {
        return harmlessFunctions.containsAll(functions);
    }

    @Override
    public TemporaryTables temporaryTables() {
        return temporaryTables;
    }

    @Override
    public LastKeys lastKeys() {
        return lastKeys;
    }

    /** What the vendor's driver is known to answer. */
    Habits habits() {
        return habits;
    }

    ClosedObjects closed() {
        return closed;
    }

    /** The vendor's. */
    Class<?> connectionClass() {
        return connectionClass;
    }

    @Override
    public Physical take(String purpose, long giveUpAt) throws SQLException {
        tellNewReasons();
        long asked = System.nanoTime();
        try {
            Physical taken = sound(purpose, giveUpAt);
            binds.increment();
            return taken;
        } finally {
            waits.increment();
            waitNanos.add(System.nanoTime() - asked);
        }
    }

    /** Each that is asked whether it works may take its time: all of them together, and the waits for them, have no more than one wait may take. */
    private Physical sound(String purpose, long giveUpAt) throws SQLException {
        long until = clock.getAsLong() + TimeUnit.MILLISECONDS.toNanos(settings.connectionTimeoutMillis());
        if (giveUpAt != Asking.FOR_EVER && giveUpAt - until < 0) {
            until = giveUpAt;
        }
        for (int attempt = 0; attempt <= settings.maximumSize(); attempt++) {
            Physical physical = lent(purpose, giveUpAt, until);
            boolean works = false;
            try {
                works = !isStale(physical, until);
            } finally {
                if (!works) {
                    discard(physical);
                }
            }
            if (works) {
                return physical;
            }
            if (until - clock.getAsLong() <= 0 || Thread.currentThread().isInterrupted()) {
                break;
            }
        }
        throw hasPassed(giveUpAt) ? PoolFailures.timedOut(name, pins.inWords()) : exhausted();
    }

    private boolean hasPassed(long instant) {
        return instant != Asking.FOR_EVER && instant - clock.getAsLong() <= 0;
    }

    /**
     * Whether it does not work. Who comes from HikariCP after a longer time has been asked by HikariCP, which counts from when it got it
     * back: it may have been unused for much longer.
     *
     * @param until the instant at which nobody waits for the answer any more
     */
    private boolean isStale(Physical physical, long until) throws SQLException {
        long idle = TimeUnit.NANOSECONDS.toMillis(physical.idleNanos());
        boolean hikarisAsked = physical.isUnusedSinceLent() && physical.withLenderNanos() > LONG_WITH_HIKARI_NANOS;
        return idle >= Math.min(settings.validateAfterMillis(), HIKARIS_OWN_MILLIS)
                && !hikarisAsked
                && !physical.raw().isValid(validationSeconds(until));
    }

    /** At least one: 0 is for ever. */
    private int validationSeconds(long until) {
        long left = TimeUnit.NANOSECONDS.toSeconds(until - clock.getAsLong());
        return (int) Math.max(1, Math.min(VALIDATION_SECONDS, left));
    }

    private Physical lent(String purpose, long giveUpAt, long until) throws SQLException {
        if (pins.count() >= settings.maximumSize()) {
            throw PoolFailures.allPinned(name, settings.maximumSize(), pins.inWords());
        }
        int unused = wanted.incrementAndGet();
        tellIfShort();
        Physical physical = null;
        try {
            physical = lastUsed.takeOr(purpose, () -> hikaris(giveUpAt, until));
            physical.taken(purpose);
            return physical;
        } finally {
            if (physical == null) {
                wanted.decrementAndGet();
            }
        }
    }

    private Physical hikaris(long giveUpAt, long until) throws SQLException {
        try {
            Connection handle = handle(until);
            Physical physical = handle.unwrap(Carrier.class).physical();
            physical.lent(handle);
            return physical;
        } catch (SQLException failure) {
            SQLException vendors = vendors(failure);
            if (hikari.getHikariPoolMXBean().getTotalConnections() == 0 && vendors != failure) {
                throw vendors;
            }
            if (Thread.currentThread().isInterrupted()) {
                throw failure;
            }
            throw hasPassed(giveUpAt) ? PoolFailures.timedOut(name, pins.inWords()) : exhausted();
        }
    }

    /** Why HikariCP could open no connection, where it says so; else its own. */
    private static SQLException vendors(SQLException hikaris) {
        return hikaris.getCause() instanceof SQLException vendors ? vendors : hikaris;
    }

    /** Waits until then at most. */
    private Connection handle(long until) throws SQLException {
        if (hikari.getHikariPoolMXBean() instanceof HikariPool pool && !closing) {
            // Rounded up, so that the instant has passed when the wait has.
            return pool.getConnection(1 + TimeUnit.NANOSECONDS.toMillis(Math.max(0, until - clock.getAsLong())));
        }
        return hikari.getConnection();
    }

    @Override
    public boolean isShort() {
        // While the database refuses more than there are, those are all that there may be.
        int most = refusal == null ? settings.maximumSize() : Math.min(open.size(), settings.maximumSize());
        return wanted.get() > most;
    }

    private void tellIfShort() {
        if (isShort()) {
            whenShort.accept(this);
        }
    }

    private SQLException exhausted() {
        String refused = refusal;
        return refused == null
                ? PoolFailures.exhausted(
                        name, settings.maximumSize(), settings.connectionTimeoutMillis(), pins.inWords())
                : PoolFailures.refused(name, open.size(), settings.connectionTimeoutMillis(), pins.inWords(), refused);
    }

    /** The database takes no more, or none at all. */
    private void refused(SQLException why) {
        long now = System.nanoTime();
        boolean isNews = refusal == null && now - refusalTold >= MINUTE_NANOS;
        refusal = String.valueOf(why.getMessage());
        int given = open.size();
        if (isNews && given > 0) {
            refusalTold = now;
            LOG.warn(
                    "{}: the database has given {} connections, where the MPLs and pool.reserve ask for {}, and no more at present."
                            + " Statements wait for these; where that is its limit, let it take more, or lower pool.reserve or the"
                            + " MPLs. It says: {}",
                    name,
                    given,
                    settings.maximumSize(),
                    refusal);
        }
        tellIfShort();
    }

    @Override
    public void give(Physical physical) {
        if (!physical.used()) {
            return;
        }
        wanted.decrementAndGet();
        if (physical.lentNanos() > LONGEST_TENURE_NANOS) {
            toHikari(physical);
        } else {
            lastUsed.put(physical.purpose(), physical);
        }
    }

    private void toHikari(Physical physical) {
        Connection handle = physical.takeHandle();
        if (handle == null) {
            return;
        }
        try {
            handle.close();
        } catch (SQLException broken) {
            LOG.debug("A physical connection could not be given back", broken);
            hikari.evictConnection(handle);
        }
    }

    @Override
    public void discard(Physical physical) {
        if (!physical.used()) {
            return;
        }
        wanted.decrementAndGet();
        discarded.increment();
        Connection handle = physical.takeHandle();
        if (handle != null) {
            hikari.evictConnection(handle);
        }
    }

    @Override
    public Pins pins() {
        return pins;
    }

    /**
     * A thread of the pool's own, which ends with it. The JDK's, behind {@code CompletableFuture}, never ends and refers to the class loader of
     * whoever has made it start: an application that is stopped would stay.
     */
    static ScheduledThreadPoolExecutor timer(String name) {
        return new ScheduledThreadPoolExecutor(
                1,
                work -> Background.daemon(name, work),
                // Once the pool is closed nothing is due any more.
                new ThreadPoolExecutor.DiscardPolicy());
    }

    private Executor after(long millis) {
        return work -> {
            Future<?> unused = timer.schedule(work, millis, TimeUnit.MILLISECONDS);
        };
    }

    /** Never, where nothing is to be said. */
    private Pins.Alarm whenPinnedLong() {
        long millis = settings.warnPinnedMillis();
        if (millis == 0) {
            return never -> () -> {};
        }
        return work -> {
            Future<?> due = timer.schedule(work, millis, TimeUnit.MILLISECONDS);
            return () -> due.cancel(false);
        };
    }

    private void tellOldPin(String reason) {
        LOG.warn(
                "{}: a connection has been pinned for {} ms, by {}; SHOW HELIOS CONNECTIONS tells whose it is",
                name,
                settings.warnPinnedMillis(),
                reason);
    }

    @Override
    public void close() {
        closing = true;
        lastUsed.close();
        hikari.close();
        timer.shutdownNow();
        closeAll();
        close(anchor);
    }

    private static void close(@Nullable Connection raw) {
        try {
            if (raw != null) {
                raw.close();
            }
        } catch (SQLException gone) {
            LOG.debug("A physical connection could not be closed", gone);
        }
    }

    /** HikariCP loses one that it was opening when it was closed. */
    private void closeAll() {
        List.copyOf(open).forEach(this::discard);
    }

    /** Closes one that nobody has been given, or that nobody has any more, once. */
    private void discard(Connection raw) {
        if (!open.remove(raw)) {
            return;
        }
        room.release();
        close(raw);
    }

    /** What HikariCP opens connections with. */
    private final class Source implements DataSource {
        private final AtomicReference<@Nullable Connection> first;
        private final ConnectionSource source;

        Source(AtomicReference<@Nullable Connection> first, ConnectionSource source) {
            this.first = first;
            this.source = source;
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection opened = first.getAndSet(null);
            Connection raw = opened != null ? opened : opened();
            open.add(raw);
            if (closing) {
                discard(raw);
                throw PoolFailures.closed();
            }
            if (dialect == Dialect.POSTGRESQL) {
                learnOwnFunctions(raw);
            } else if (dialect == Dialect.OTHER) {
                learnTemporaryTables(raw);
            }
            Object isolation = defaults.items().get(Item.ISOLATION);
            Physical physical = new Physical(raw, transactionState, parameterStatuses, clock);
            return (Connection) Proxy.newProxyInstance(
                    PhysicalPool.class.getClassLoader(),
                    new Class<?>[] {Connection.class, Carrier.class},
                    (proxy, method, arguments) -> {
                        if (method.getDeclaringClass() == Carrier.class) {
                            return physical;
                        }
                        if (method.getDeclaringClass() == Object.class) {
                            return switch (method.getName()) {
                                case "equals" -> proxy == arguments[0];
                                case "hashCode" -> System.identityHashCode(proxy);
                                default -> raw.toString();
                            };
                        }
                        if (isolation != null && method.getName().equals("getTransactionIsolation")) {
                            // HikariCP asks its first connection only, and never recovers where that one is broken.
                            return isolation;
                        }
                        try {
                            return method.invoke(raw, arguments);
                        } catch (InvocationTargetException thrown) {
                            throw thrown.getCause();
                        } finally {
                            if (method.getName().equals("close") && open.remove(raw)) {
                                room.release();
                            }
                        }
                    });
        }

        private void learnOwnFunctions(Connection raw) throws SQLException {
            boolean learned = false;
            try {
                ownFunctions = OwnFunctions.of(raw);
                if (harmlessFunctions.isEmpty() && harmlessQuestions.get() > 0) {
                    int unused = harmlessQuestions.decrementAndGet();
                    harmlessFunctions = OwnFunctions.harmless(raw);
                }
                learned = true;
            } finally {
                if (!learned) {
                    discard(raw);
                }
            }
        }

        /** A driver that does not tell has none. */
        private void learnTemporaryTables(Connection raw) {
            try {
                temporaryTables.learn(raw);
            } catch (SQLException | RuntimeException notTold) {
                LOG.debug("{}: the driver does not tell which tables are temporary", name, notTold);
            }
        }

        /**
         * One more from the database. Where it refuses that, it is asked again while anybody waits: after less and less often, and again at
         * once when one of ours was closed. HikariCP would not look for five seconds then, though there is room.
         */
        private Connection opened() throws SQLException {
            long pause = FIRST_PAUSE_MILLIS;
            while (true) {
                try {
                    Connection raw = source.open();
                    refusal = null;
                    return raw;
                } catch (SQLException why) {
                    refused(why);
                    if (closing || open.isEmpty() || !(isShort() || settings.minimumIdle() > 0)) {
                        throw why;
                    }
                    pause = room(pause, why) ? FIRST_PAUSE_MILLIS : Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
                }
            }
        }

        /** Waits until one is closed, or for that long; whether one was. */
        private boolean room(long millis, SQLException otherwise) throws SQLException {
            try {
                boolean there = room.tryAcquire(millis, TimeUnit.MILLISECONDS);
                int unused = room.drainPermits();
                return there;
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
                throw otherwise;
            }
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return getConnection();
        }

        @Override
        public @Nullable PrintWriter getLogWriter() {
            return null;
        }

        @Override
        public void setLogWriter(@Nullable PrintWriter out) {
            // Nothing is written.
        }

        @Override
        public void setLoginTimeout(int seconds) {
            // The vendor's properties say it.
        }

        /** For so long the pool waits, when it is closed, for who is opening a connection; it warns of those who take longer. */
        @Override
        public int getLoginTimeout() {
            return 1;
        }

        @Override
        public Logger getParentLogger() throws SQLFeatureNotSupportedException {
            throw new SQLFeatureNotSupportedException("Helios logs through SLF4J");
        }

        @Override
        public <T> T unwrap(Class<T> type) throws SQLException {
            throw new SQLException("Not a wrapper for " + type.getName());
        }

        @Override
        public boolean isWrapperFor(Class<?> type) {
            return false;
        }
    }
}
