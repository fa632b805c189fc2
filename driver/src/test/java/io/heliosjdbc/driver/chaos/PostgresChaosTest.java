package io.heliosjdbc.driver.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.driver.manager.WorkloadManagers;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/**
 * Sixty threads on eight slots of a PostgreSQL whose backends are killed and cancelled, whose connections are cut, and that is restarted as after
 * a power cut, while clients drop what they should close and cancel what is over. Nobody waits for ever, never more than eight statements run,
 * nobody is hit by a cancel that was meant for another, every error is the vendor's or in the table of errors, and in the end all slots are free.
 * Once with connections that are one to one and once bound late, where the pools have nothing in use in the end, and the server no backend that
 * is not a pool's.
 *
 * <p>Eight seconds in every build; longer with {@code -Dhelios.chaos=PT10M}, otherwise with {@code -Dhelios.chaos.seed=7}.
 */
class PostgresChaosTest {
    private static final int THREADS = 60;
    private static final int SLOTS = 8;
    private static final int RESERVE = 5;
    /** Where connections are one to one, what looks at the slots in the end has a backend. */
    private static final int WATCHERS = 1;

    private static final Duration LENGTH = Duration.parse(System.getProperty("helios.chaos", "PT8S"));
    private static final long SEED = Long.getLong("helios.chaos.seed", 42);
    private static final long LONGEST_STEP_NANOS = TimeUnit.SECONDS.toNanos(180);

    /** What is told, bound late, of a physical connection that broke, and of a logical one that was pinned to it. */
    private static final Set<String> LOST = Set.of("40000", "08003", "08006");

    /** Its cleaner complains where a dropped connection had been cut before. */
    private static final Logger VENDORS_LEAKS = Logger.getLogger("org.postgresql.util.LazyCleanerImpl");

    private static final String SETTINGS = "&helios.max_concurrency=" + SLOTS
            + "&helios.idle_in_transaction_lend_ms=0&helios.admission_control.queue_timeout_ms=300"
            + "&helios.admission_control.max_queue_depth=40&helios.pool.reserve=" + RESERVE + "&helios.driver="
            + CountingDriver.class.getName();

    /** What happens to the database, and how much more often than a restart. */
    private enum Torment {
        RESTART(1),
        TERMINATE(20),
        CANCEL(20),
        CUT(20),
        COLLECT(8);

        private final int weight;

        Torment(int weight) {
            this.weight = weight;
        }
    }

    private final Map<String, AtomicLong> counts = new ConcurrentSkipListMap<>();
    private final Queue<Throwable> faults = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<Connection> pool = new LinkedBlockingQueue<>(THREADS / 2);
    private final AtomicInteger numbers = new AtomicInteger();
    /** Until when a backend may have been cancelled by the administrator, for ever while that is being done. */
    private final Map<Integer, Long> cancelledBackends = new ConcurrentHashMap<>();

    /** Likewise any backend: it may be one whose client does not know yet which it has. */
    private volatile long cancelledAny = Long.MIN_VALUE;

    private final Map<Thread, Long> stepsBegan = new ConcurrentHashMap<>();
    private final ScheduledExecutorService late = Executors.newScheduledThreadPool(2);
    private final long end = System.nanoTime() + LENGTH.toNanos();
    /** Whether connections are bound late: what is asked of one's own backend would pin it. */
    private boolean boundLate;
    /** Whether each torment has been there once, however slow the machine is. */
    private volatile boolean sawAll;

    /** One execution of one client: who alone may have it cancelled. */
    private static final class Owner {
        private final int number;
        private volatile boolean asked;

        Owner(int number) {
            this.number = number;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "late"})
    void everythingBreaksAndNothingIsLost(String connections, @TempDir Path directory) throws Exception {
        boundLate = connections.equals("late");
        try (RestartableServer server = new RestartableServer(directory.resolve("data"));
                CuttingProxy proxy = new CuttingProxy(server.port())) {
            String[] urls = {url(server.port(), connections), url(proxy.port(), connections)};
            VENDORS_LEAKS.setLevel(Level.OFF);
            CountingDriver.most();
            CountingDriver.mostOfOneUrl();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                String url = urls[i % urls.length];
                SplittableRandom random = new SplittableRandom(SEED + i);
                threads.add(start("client-" + i, () -> use(url, random)));
            }
            threads.add(start("tormentor", () -> torment(server, proxy)));
            for (Thread thread : threads) {
                join(thread);
            }
            late.shutdown();
            assertThat(late.awaitTermination(180, TimeUnit.SECONDS)).isTrue();
            while (!pool.isEmpty()) {
                close(pool.poll());
            }
            int most = CountingDriver.most();
            int mostOfOnePool = CountingDriver.mostOfOneUrl();
            System.out.printf(
                    "chaos of %s, %s, seed %d: %s, most at once %d, of one pool %d%n",
                    LENGTH, connections, SEED, counts, most, mostOfOnePool);
            assertThat(faults).isEmpty();
            if (boundLate) {
                // Who has a physical connection goes before who waits for one, above the MPL (docs/locking.md), and
                // each URL has a pool.
                assertThat(mostOfOnePool).isBetween(1, SLOTS + RESERVE);
            } else {
                assertThat(most).isBetween(1, SLOTS);
            }
            assertThat(counts).containsKeys("done", "cancelled by its owner", "dropped");
            for (Torment each : Torment.values()) {
                assertThat(counts).containsKey(each.name());
            }
            nothingIsLost(urls[0]);
            WorkloadManagers.closeIdle();
            noBackendIsLeft(server);
        }
    }

    private static void noBackendIsLeft(RestartableServer server) throws SQLException {
        try (Connection straight = DriverManager.getConnection("jdbc:" + RestartableServer.location(server.port()))) {
            long until = System.nanoTime() + LONGEST_STEP_NANOS;
            while (!backends(straight, "").isEmpty() && System.nanoTime() < until) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
            assertThat(backends(straight, "")).isEmpty();
        }
    }

    private static String url(int port, String connections) {
        return "jdbc:helios:" + RestartableServer.location(port) + SETTINGS + "&helios.connections=" + connections
                + "&helios.manager=chaos-" + connections;
    }

    private interface Work {
        void run() throws Exception;
    }

    private Thread start(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (Throwable e) {
                        faults.add(e);
                    } finally {
                        stepsBegan.remove(Thread.currentThread());
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Waits for a thread, and for nobody longer than a step may take. */
    private void join(Thread thread) throws InterruptedException {
        while (thread.isAlive()) {
            thread.join(200);
            long now = System.nanoTime();
            stepsBegan.forEach((each, began) -> {
                if (now - began > LONGEST_STEP_NANOS) {
                    throw new AssertionError(each.getName() + " waits for ever\n" + dump());
                }
            });
        }
    }

    private static String dump() {
        return Thread.getAllStackTraces().entrySet().stream()
                .map(each -> each.getKey() + "\n"
                        + List.of(each.getValue()).stream()
                                .map(frame -> "    " + frame)
                                .collect(Collectors.joining("\n")))
                .collect(Collectors.joining("\n"));
    }

    private void count(String what) {
        counts.computeIfAbsent(what, absent -> new AtomicLong()).incrementAndGet();
    }

    // What clients do.

    private void use(String url, SplittableRandom random) {
        while (!sawAll || System.nanoTime() < end) {
            stepsBegan.put(Thread.currentThread(), System.nanoTime());
            Connection connection = take(url, random);
            if (connection == null) {
                // The server is down.
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
                continue;
            }
            boolean usable = true;
            for (int i = random.nextInt(1, 4); i > 0 && usable; i--) {
                usable = step(connection, random);
            }
            if (usable && random.nextInt(40) == 0) {
                drop(connection, random);
            } else if (!usable || random.nextInt(20) == 0 || !giveBack(connection)) {
                close(connection);
            }
        }
    }

    private @Nullable Connection take(String url, SplittableRandom random) {
        Connection pooled = random.nextInt(4) == 0 ? null : pool.poll();
        if (pooled != null) {
            return pooled;
        }
        long began = System.nanoTime();
        try {
            return DriverManager.getConnection(url);
        } catch (SQLException e) {
            judge(e, null, 0, began);
            return null;
        }
    }

    /** As a pool does it: whatever was left open is rolled back. */
    private boolean giveBack(Connection connection) {
        long began = System.nanoTime();
        try {
            if (!connection.getAutoCommit()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
            return !connection.isClosed() && pool.offer(connection);
        } catch (SQLException e) {
            judge(e, null, 0, began);
            return false;
        }
    }

    private void close(@Nullable Connection connection) {
        long began = System.nanoTime();
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            judge(e, null, 0, began);
        }
    }

    /** Leaves a connection to the garbage collector, with an open transaction, often with an open cursor. */
    private void drop(Connection connection, SplittableRandom random) {
        Owner owner = new Owner(numbers.incrementAndGet());
        long began = System.nanoTime();
        int backend = 0;
        try {
            backend = backendOf(connection, random);
            connection.setAutoCommit(false);
            Statement statement = connection.createStatement();
            statement.setFetchSize(random.nextBoolean() ? 10 : 0);
            assertThat(statement
                            .executeQuery("SELECT number FROM generate_series(1, 1000) AS number")
                            .next())
                    .isTrue();
            count("dropped");
        } catch (SQLException e) {
            judge(e, owner, backend, began);
            close(connection);
        }
    }

    /** Bound late it has none of its own, but now and then it is pinned to one. */
    private int backendOf(Connection connection, SplittableRandom random) throws SQLException {
        return boundLate && random.nextInt(50) > 0
                ? 0
                : connection.unwrap(PGConnection.class).getBackendPID();
    }

    /** One statement or transaction; whether the connection can be used further. */
    private boolean step(Connection connection, SplittableRandom random) {
        Owner owner = new Owner(numbers.incrementAndGet());
        long began = System.nanoTime();
        stepsBegan.put(Thread.currentThread(), began);
        int backend = 0;
        try {
            backend = backendOf(connection, random);
            boolean transaction = random.nextInt(4) == 0;
            if (transaction) {
                connection.setAutoCommit(false);
            }
            for (int i = transaction ? random.nextInt(1, 4) : 1; i > 0; i--) {
                run(connection, owner, random);
            }
            if (transaction && random.nextBoolean()) {
                connection.commit();
            }
            count("done");
            return true;
        } catch (SQLException e) {
            return judge(e, owner, backend, began);
        }
    }

    @SuppressWarnings("try")
    private void run(Connection connection, Owner owner, SplittableRandom random) throws SQLException {
        String from = " AS owner FROM pg_sleep(" + random.nextInt(8) / 1000.0 + ")";
        boolean prepared = random.nextBoolean();
        Statement statement =
                prepared ? connection.prepareStatement("SELECT ?::int" + from) : connection.createStatement();
        if (random.nextInt(4) == 0) {
            // By then the statement may be over, closed, and its connection somebody else's.
            Future<?> unused = late.schedule(
                    () -> {
                        owner.asked = true;
                        try {
                            statement.cancel();
                        } catch (SQLException e) {
                            judge(e, null, 0, 0);
                        }
                    },
                    random.nextInt(30_000),
                    TimeUnit.MICROSECONDS);
        }
        ResultSet rows;
        if (statement instanceof PreparedStatement withParameter) {
            withParameter.setInt(1, owner.number);
            rows = withParameter.executeQuery();
        } else {
            rows = statement.executeQuery("SELECT " + owner.number + from);
        }
        rows.next();
        if (rows.getInt("owner") != owner.number) {
            faults.add(new AssertionError(owner.number + " was given the rows of " + rows.getInt("owner")));
        }
        if (random.nextInt(5) > 0) {
            // Else a result set and a statement that nobody closes.
            statement.close();
        }
    }

    /** Whether an error may be; and whether its connection can be used further. */
    private boolean judge(SQLException e, @Nullable Owner owner, int backend, long began) {
        String state = String.valueOf(e.getSQLState());
        boolean vendors = e.getClass().getName().startsWith("org.postgresql.");
        if (state.equals("57014")) {
            boolean byOwner = owner != null && owner.asked;
            long cancelled = backend == 0 ? cancelledAny : cancelledBackends.getOrDefault(backend, Long.MIN_VALUE);
            boolean byAdministrator = vendors && cancelled >= began;
            count(byOwner ? "cancelled by its owner" : "cancelled by the administrator");
            if (!byOwner && !byAdministrator) {
                faults.add(new AssertionError("hit by somebody else's cancel", e));
            }
            return true;
        }
        if (vendors) {
            count("vendor's " + state);
            // After the other errors of a statement the connection works; what is left of a transaction is rolled back.
            return state.startsWith("25");
        }
        if (boundLate && LOST.contains(state)) {
            count("lost " + state);
            return false;
        }
        if (!state.equals("53H01") && !state.equals("53H04") && !(boundLate && state.equals("53H05"))) {
            faults.add(new AssertionError("neither the vendor's nor in the table of errors: " + e, e));
        }
        count(state);
        // Who is refused does not come back at once.
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        return true;
    }

    // What happens to the database.

    private void torment(RestartableServer server, CuttingProxy proxy) throws Exception {
        Random random = new Random(SEED);
        List<Torment> next = new ArrayList<>(EnumSet.allOf(Torment.class));
        Collections.shuffle(next, random);
        List<Torment> lots = new ArrayList<>();
        for (Torment each : Torment.values()) {
            lots.addAll(Collections.nCopies(each.weight, each));
        }
        Connection administrator = null;
        while (!sawAll || System.nanoTime() < end) {
            stepsBegan.put(Thread.currentThread(), System.nanoTime());
            if (next.isEmpty()) {
                sawAll = true;
                next.add(lots.get(random.nextInt(lots.size())));
            }
            if (administrator == null) {
                administrator = DriverManager.getConnection("jdbc:" + RestartableServer.location(server.port()));
            }
            Torment torment = next.remove(next.size() - 1);
            boolean done = true;
            switch (torment) {
                case RESTART -> {
                    server.restart();
                    administrator = null;
                }
                case TERMINATE -> done = terminate(administrator, random);
                case CANCEL -> done = cancel(administrator, random);
                case CUT -> done = proxy.cut(random);
                case COLLECT -> System.gc();
            }
            if (done) {
                count(torment.name());
            } else {
                next.add(torment);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(5, 60)));
        }
        if (administrator != null) {
            administrator.close();
        }
    }

    private static boolean terminate(Connection administrator, Random random) throws SQLException {
        int backend = backend(administrator, random);
        return backend != 0 && signal(administrator, "pg_terminate_backend", backend);
    }

    private boolean cancel(Connection administrator, Random random) throws SQLException {
        int backend = backend(administrator, random);
        if (backend == 0) {
            return false;
        }
        cancelledBackends.put(backend, Long.MAX_VALUE);
        cancelledAny = Long.MAX_VALUE;
        boolean done = signal(administrator, "pg_cancel_backend", backend);
        cancelledBackends.put(backend, System.nanoTime());
        cancelledAny = System.nanoTime();
        return done;
    }

    private static boolean signal(Connection administrator, String function, int backend) throws SQLException {
        try (Statement statement = administrator.createStatement();
                ResultSet rows = statement.executeQuery("SELECT " + function + "(" + backend + ")")) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    /** Some client's backend, one that works where there is one, 0 where there is none at all. */
    private static int backend(Connection administrator, Random random) throws SQLException {
        List<Integer> backends = backends(administrator, " AND state = 'active'");
        if (backends.isEmpty()) {
            backends = backends(administrator, "");
        }
        return backends.isEmpty() ? 0 : backends.get(random.nextInt(backends.size()));
    }

    private static List<Integer> backends(Connection administrator, String which) throws SQLException {
        List<Integer> backends = new ArrayList<>();
        try (Statement statement = administrator.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'"
                                + " AND pid <> pg_backend_pid()" + which + " ORDER BY pid")) {
            while (rows.next()) {
                backends.add(rows.getInt(1));
            }
        }
        return backends;
    }

    // What is left.

    /**
     * Everybody is gone: no slot is taken, no connection to the database is kept but those of the pools, where there are any, and all eight
     * slots can be taken at once.
     */
    private void nothingIsLost(String url) throws Exception {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Metrics.addRegistry(meters);
        try (Connection watcher = DriverManager.getConnection(url);
                Connection straight =
                        DriverManager.getConnection(url.replaceFirst("jdbc:helios:(.*?)&helios.*", "jdbc:$1"))) {
            long until = System.nanoTime() + LONGEST_STEP_NANOS;
            while (!(Slots.of(watcher).equals(Slots.FREE) && nobodyIsLeft(straight, meters))
                    && System.nanoTime() < until) {
                System.gc();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
            assertThat(Slots.of(watcher)).isEqualTo(Slots.FREE);
            assertThat(nobodyIsLeft(straight, meters))
                    .as("%s physical, backends %s", physical(meters, "active"), backends(straight, ""))
                    .isTrue();
            assertThat(CountingDriver.now()).isZero();
            // What was killed last is asked whether it works only when it was idle for half a second.
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
            CyclicBarrier allInside = new CyclicBarrier(SLOTS + 1);
            List<Thread> holders = new ArrayList<>();
            for (int i = 0; i < SLOTS; i++) {
                holders.add(start("holder-" + i, () -> {
                    try (Connection connection = DriverManager.getConnection(url);
                            Statement statement = connection.createStatement()) {
                        connection.setAutoCommit(false);
                        statement.execute("SELECT 1");
                        allInside.await(180, TimeUnit.SECONDS);
                        allInside.await(180, TimeUnit.SECONDS);
                        connection.rollback();
                    }
                }));
            }
            allInside.await(180, TimeUnit.SECONDS);
            assertThat(Slots.of(watcher)).isEqualTo(new Slots(SLOTS, 0, 0));
            allInside.await(180, TimeUnit.SECONDS);
            for (Thread holder : holders) {
                holder.join();
            }
            assertThat(faults).isEmpty();
            assertThat(Slots.of(watcher)).isEqualTo(Slots.FREE);
        } finally {
            Metrics.removeRegistry(meters);
        }
    }

    /** What a pool has not used since it was cut is still counted there, and its backend is gone: there may be fewer of these. */
    private boolean nobodyIsLeft(Connection straight, MeterRegistry meters) throws SQLException {
        double allowed = boundLate ? physical(meters, "idle") : WATCHERS;
        return physical(meters, "active") == 0 && backends(straight, "").size() <= allowed;
    }

    /** The physical connections of all pools; none where connections are one to one. */
    private static double physical(MeterRegistry meters, String state) {
        return meters.find("helios.connections.physical").tag("state", state).gauges().stream()
                .mapToDouble(Gauge::value)
                .sum();
    }
}
