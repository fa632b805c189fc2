package io.heliosjdbc.driver.late;

import io.heliosjdbc.classifier.statement.Dialect;
import io.heliosjdbc.driver.admin.PoolStatus;
import io.heliosjdbc.driver.configuration.PoolSettings;
import io.heliosjdbc.driver.engine.Background;
import io.heliosjdbc.driver.engine.ConnectionSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The physical connections of one user with one set of options: lends them and has them back. HikariCP counts, validates and replaces them; what
 * their sessions are like is ours. Thread-safe.
 *
 * <p>Behind it are rooms that know nothing of each other but what they are made with: {@link LastUsed} keeps what was given back a moment ago,
 * {@link Hikari} the rest, with what {@link PhysicalSource} has {@link Opener} open; {@link OpenConnections} are those that there are,
 * {@link Demand} says whether anybody waits for one.
 */
final class PhysicalPool implements Lender, Supply, AutoCloseable {
    /** After how long without use one goes back to HikariCP, which counts its idle time then. */
    private static final long UNUSED_MILLIS = 5_000;

    /** After how long in use, with all pauses, one goes back to HikariCP, which closes it where it is too old. */
    private static final long LONGEST_TENURE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** More than threads are at work at the same moment, as a rule, and so few that all can be looked through. */
    private static final int PLACES = 32;

    private final String name;
    private volatile PoolSettings settings;
    private final LongSupplier clock;
    /** What is due later: HikariCP's housekeeping and ours. */
    private final ScheduledThreadPoolExecutor timer;

    private final LogicalConnections logical;
    private final PoolCounts counts = new PoolCounts();
    private final LastKeys lastKeys = new LastKeys();
    private final Habits habits = new Habits();
    private final ClosedObjects closed;
    private final PinNews pinNews;
    private final Pins pins;
    private final OpenConnections open = new OpenConnections();
    private final Demand demand;
    private final Validation validation;
    private final Traits traits;
    private final @Nullable Connection anchor;
    private final PhysicalSource source;
    private final Hikari hikari;
    /** Between one use and the next; HikariCP takes them to be in use. */
    private final LastUsed<String, Physical> lastUsed;

    /** Opens one connection, to see that the credentials serve and what its session is like, and the pool around it. */
    PhysicalPool(
            String name,
            PoolSettings settings,
            ConnectionSource vendors,
            Consumer<PoolStatus> news,
            Consumer<Supply> whenShort)
            throws SQLException {
        this(name, settings, vendors, news, whenShort, timer("helios-" + name + ":timer"), System::nanoTime);
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
            ConnectionSource vendors,
            Consumer<PoolStatus> news,
            Consumer<Supply> whenShort,
            ScheduledThreadPoolExecutor timer,
            LongSupplier clock)
            throws SQLException {
        this.name = name;
        this.settings = settings;
        this.clock = clock;
        this.timer = timer;
        timer.setRemoveOnCancelPolicy(true);
        this.logical = new LogicalConnections(clock);
        this.closed = new ClosedObjects(vendors, habits);
        this.pinNews = new PinNews(name, settings, timer, () -> news.accept(status()));
        this.pins = pinNews.pins();
        Supplier<PoolSettings> inForce = () -> this.settings;
        this.demand = new Demand(inForce, open, this::inUse, () -> whenShort.accept(this));
        this.validation = new Validation(inForce, clock);
        Connection first = vendors.open();
        Connection stays = null;
        Hikari lending = null;
        boolean opened = false;
        try {
            this.traits = Traits.of(first);
            stays = traits.isEphemeral() ? vendors.open() : null;
            this.anchor = stays;
            Opener opener = new Opener(name, inForce, vendors, open, demand);
            this.source = new PhysicalSource(name, first, traits, opener, open, clock);
            lending = new Hikari(name, settings, source, timer);
            this.hikari = lending;
            this.lastUsed = new LastUsed<>(hikari::giveBack, after(UNUSED_MILLIS), PLACES);
            news.accept(status());
            opened = true;
        } finally {
            if (!opened) {
                open.wantNoMore();
                end(lending, stays);
                OpenConnections.close(first);
            }
        }
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

    @Override
    public @Nullable Physical tryTake(String purpose) {
        pinNews.tellNewReasons();
        long now = clock.getAsLong();
        Physical own = lastUsed.takeOwn(purpose, now, Math.min(LastUsed.AT_ONCE_NANOS, validation.unasked()));
        if (own != null) {
            own.taken(purpose, now);
            counts.bound();
        }
        return own;
    }

    @Override
    public Physical take(String purpose, long giveUpAt) throws SQLException {
        pinNews.tellNewReasons();
        long asked = clock.getAsLong();
        boolean bound = false;
        try {
            Physical taken = sound(purpose, giveUpAt, asked);
            bound = true;
            return taken;
        } finally {
            counts.asked(bound, clock.getAsLong() - asked);
        }
    }

    /** Each that is asked whether it works may take its time: all of them together, and the waits for them, have no more than one wait may take. */
    private Physical sound(String purpose, long giveUpAt, long asked) throws SQLException {
        long until = asked + TimeUnit.MILLISECONDS.toNanos(settings.connectionTimeoutMillis());
        if (giveUpAt != Asking.FOR_EVER && giveUpAt - until < 0) {
            until = giveUpAt;
        }
        for (int attempt = 0; attempt <= settings.maximumSize(); attempt++) {
            Physical physical = lent(purpose, giveUpAt, until);
            boolean works = false;
            try {
                works = !validation.isStale(physical, until);
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
        throw noneCame(giveUpAt);
    }

    private Physical lent(String purpose, long giveUpAt, long until) throws SQLException {
        if (pins.count() >= settings.maximumSize()) {
            throw PoolFailures.allPinned(name, settings.maximumSize(), pins.inWords());
        }
        Physical physical = lastUsed.takeOr(purpose, clock.getAsLong(), () -> hikaris(giveUpAt, until));
        physical.taken(purpose, clock.getAsLong());
        return physical;
    }

    private Physical hikaris(long giveUpAt, long until) throws SQLException {
        demand.begins();
        try {
            demand.tellIfShort();
            return hikari.lend(until - clock.getAsLong());
        } catch (SQLException failure) {
            SQLException vendors = Hikari.vendors(failure);
            if (vendors != null && hikari.hasNone()) {
                throw vendors;
            }
            if (Thread.currentThread().isInterrupted()) {
                throw failure;
            }
            throw noneCame(giveUpAt);
        } finally {
            demand.ends();
        }
    }

    /** As HikariCP counts, by which what lies here between two uses is in use: while anybody asks HikariCP nothing stays here. */
    private int inUse() {
        return hikari.active();
    }

    private SQLException noneCame(long giveUpAt) {
        if (giveUpAt != Asking.FOR_EVER && giveUpAt - clock.getAsLong() <= 0) {
            return PoolFailures.timedOut(name, pins.inWords());
        }
        PoolSettings now = settings;
        String refusal = open.refusal();
        return refusal == null
                ? PoolFailures.exhausted(name, now.maximumSize(), now.connectionTimeoutMillis(), pins.inWords())
                : PoolFailures.refused(name, open.size(), now.connectionTimeoutMillis(), pins.inWords(), refusal);
    }

    @Override
    public void give(Physical physical) {
        long now = clock.getAsLong();
        if (!physical.used(now)) {
            return;
        }
        if (now - physical.lentAt() > LONGEST_TENURE_NANOS) {
            hikari.giveBack(physical);
        } else {
            lastUsed.put(physical.purpose(), physical, now);
        }
    }

    @Override
    public void discard(Physical physical) {
        if (!physical.used(clock.getAsLong())) {
            return;
        }
        counts.discarded();
        hikari.discard(physical);
    }

    @Override
    public void close() {
        open.wantNoMore();
        lastUsed.close();
        end(hikari, anchor);
    }

    private void end(@Nullable Hikari lending, @Nullable Connection stays) {
        if (lending != null) {
            lending.close();
        }
        timer.shutdownNow();
        open.close();
        OpenConnections.close(stays);
    }

    @Override
    public boolean isShort() {
        return demand.isShort();
    }

    /** How many there may be, and for how long, from now on; none in use is taken away. */
    void resize(PoolSettings changed) {
        settings = changed;
        hikari.resize(changed);
    }

    /** Has those that nobody has used for a while. */
    Hikari hikari() {
        return hikari;
    }

    PoolStatus status() {
        int between = lastUsed.size();
        return counts.status(
                name,
                settings.maximumSize(),
                Math.max(0, hikari.active() - between),
                hikari.idle() + between,
                pins.counts());
    }

    /** Goes on counting where one of the same name has ended. */
    void succeed(PoolStatus ended) {
        counts.succeed(ended);
    }

    /** How many logical connections it is for. */
    LogicalConnections logical() {
        return logical;
    }

    String name() {
        return name;
    }

    Defaults defaults() {
        return traits.defaults();
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
        return traits.connectionClass();
    }

    @Override
    public int most() {
        return settings.maximumSize();
    }

    @Override
    public Pins pins() {
        return pins;
    }

    @Override
    public Dialect dialect() {
        return traits.dialect();
    }

    @Override
    public boolean tellsTransaction() {
        return traits.transactionState() != null;
    }

    @Override
    public boolean hasOwn(Set<String> functions) {
        return source.functions().hasOwn(functions);
    }

    @Override
    public boolean areHarmless(Set<String> functions) {
        return source.functions().areHarmless(functions);
    }

    @Override
    public TemporaryTables temporaryTables() {
        return source.temporaryTables();
    }

    @Override
    public LastKeys lastKeys() {
        return lastKeys;
    }
}
