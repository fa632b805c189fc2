package io.heliosjdbc.tpcc.run;

import io.heliosjdbc.tpcc.Anchor;
import io.heliosjdbc.tpcc.Consistency;
import io.heliosjdbc.tpcc.Dialect;
import io.heliosjdbc.tpcc.Inputs;
import io.heliosjdbc.tpcc.NuRand;
import io.heliosjdbc.tpcc.PriorityClass;
import io.heliosjdbc.tpcc.Redaction;
import io.heliosjdbc.tpcc.Target;
import io.heliosjdbc.tpcc.delivery.DeliveryQueue;
import io.heliosjdbc.tpcc.load.Loader;
import io.heliosjdbc.tpcc.measure.Clock;
import io.heliosjdbc.tpcc.pace.DueClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Loads, runs and checks. One use only. */
final class Benchmark {
    private final Target target;
    private final Settings settings;
    private final Promises promises;
    private final Consumer<String> progress;
    private final ConcurrentLinkedQueue<String> deaths = new ConcurrentLinkedQueue<>();

    Benchmark(Target target, Settings settings, Promises promises, Consumer<String> progress) {
        this.target = target;
        this.settings = settings;
        this.promises = promises;
        this.progress = progress;
    }

    /** How it was loaded, what was measured and the consistency conditions, number 11 as it was right after loading. */
    record Result(Loader.Loaded loading, Figures figures, Map<Integer, String> consistency, List<String> faults) {
        boolean passed() {
            return faults.isEmpty() && Consistency.passed(consistency);
        }
    }

    /** What is done with the database between loading and checking it. */
    private interface Course<T> {
        T run(NuRand nuRand, SplittableRandom random) throws SQLException, InterruptedException;
    }

    /** What came of a course, the consistency conditions after it, and how the database had been loaded. */
    private record Checked<T>(T outcome, Map<Integer, String> consistency, Loader.Loaded loading) {}

    Result run() throws SQLException, InterruptedException {
        List<String> faults = new ArrayList<>();
        Checked<Slice> checked = onLoaded(faults, (nuRand, random) -> measure(asSet(), nuRand, random));
        Slice slice = checked.outcome();
        faults.addAll(0, slice.faults());
        return new Result(checked.loading(), slice.figures(), checked.consistency(), faults);
    }

    /**
     * Measures through Helios and in another way in turn: in each pair both do the same, and they take turns in who is first, so that what a
     * growing database or a machine that changes its pace does to the one it does to the other. A pair before the first one does
     * not count: in it everything is done for the first time.
     *
     * @param against the other way
     * @param pairs how many count, 1 or more
     */
    SideBySide runSideBySide(SideBySide.Against against, int pairs) throws SQLException, InterruptedException {
        List<String> faults = new ArrayList<>();
        Checked<List<SideBySide.Pair>> checked = onLoaded(faults, (nuRand, random) -> {
            List<SideBySide.Pair> measured = new ArrayList<>();
            for (int i = 0; i <= pairs; i++) {
                progress.accept(i == 0 ? "a pair that does not count" : "pair " + i + " of " + pairs);
                SideBySide.Pair pair;
                try {
                    pair = pair(against, i % 2 == 0, nuRand, random.split(), faults);
                } catch (SQLException e) {
                    if (measured.isEmpty()) {
                        throw e;
                    }
                    faults.add("pair " + i + " of " + pairs + " and what comes after it were not measured: "
                            + Redaction.of(String.valueOf(e.getMessage())));
                    break;
                }
                if (i > 0) {
                    measured.add(pair);
                }
            }
            return measured;
        });
        return new SideBySide(against, checked.outcome(), checked.consistency(), faults);
    }

    /** How often is measured for so many pairs. */
    static int slices(int pairs) {
        return 2 * (pairs + 1);
    }

    private SideBySide.Pair pair(
            SideBySide.Against against,
            boolean referenceFirst,
            NuRand nuRand,
            SplittableRandom random,
            List<String> faults)
            throws SQLException, InterruptedException {
        Way reference = against == SideBySide.Against.STRAIGHT ? straight() : direct();
        long inputs = random.nextLong();
        SideBySide.Slice before = slice(referenceFirst ? reference : asSet(), nuRand, inputs, faults);
        SideBySide.Slice after = slice(referenceFirst ? asSet() : reference, nuRand, inputs, faults);
        return referenceFirst ? new SideBySide.Pair(before, after) : new SideBySide.Pair(after, before);
    }

    private SideBySide.Slice slice(Way way, NuRand nuRand, long inputs, List<String> faults)
            throws SQLException, InterruptedException {
        progress.accept(way.title());
        Slice slice = measure(way, nuRand, new SplittableRandom(inputs));
        faults.addAll(slice.faults());
        return SideBySide.Slice.of(slice.figures(), settings.phases().duration().toNanos() / 1e9);
    }

    /** How the terminals reach the database. */
    private record Way(String title, Target target, Properties connection) {}

    private Way straight() {
        return new Way("straight", target.withoutHelios(), new Properties());
    }

    /** With whatever the command line says. */
    private Way asSet() {
        return new Way("through Helios", target, target.helios() ? settings.connection() : new Properties());
    }

    /** One to one, through a workload manager of its own: pools belong to one. */
    private Way direct() {
        Properties properties = new Properties();
        properties.putAll(settings.connection());
        properties.setProperty("helios.connections", "direct");
        properties.setProperty("helios.manager", "direct");
        return new Way("through Helios, one to one", target, properties);
    }

    /** @param faults where it is added why the conditions were not checked after the course: what it measured is not lost for that */
    private <T> Checked<T> onLoaded(List<String> faults, Course<T> course) throws SQLException, InterruptedException {
        try (Anchor anchor = new Anchor(target)) {
            Dialect.note(anchor.connection()).ifPresent(progress);
            SplittableRandom random = new SplittableRandom(settings.seed());
            NuRand nuRand = NuRand.draw(random);
            Loader.Loaded loading =
                    new Loader(target, settings.load(), settings.loaders(), progress).load(settings.replace());
            Consistency consistency = new Consistency(settings.population());
            Map<Integer, String> loaded = consistency.check(target, true);
            if (!Consistency.passed(loaded)) {
                throw new SQLException("the database is not consistent right after loading: " + loaded);
            }
            T outcome = course.run(nuRand, random);
            progress.accept("checking consistency");
            Map<Integer, String> results = new TreeMap<>(consistency.check(target, false));
            results.values().stream()
                    .filter(Consistency::isUnchecked)
                    .findFirst()
                    .ifPresent(why -> faults.add("the consistency was " + why));
            results.put(Consistency.AFTER_LOAD_ONLY, Consistency.HOLDS);
            return new Checked<>(outcome, results, loading);
        }
    }

    /** What one measurement interval gave. */
    private record Slice(Figures figures, List<String> faults) {}

    private Slice measure(Way through, NuRand nuRand, SplittableRandom random)
            throws SQLException, InterruptedException {
        if (through.target().helios()) {
            requirePromises();
        }
        Measurements measurements = new Measurements(
                new Figures(settings.phases().duration().toNanos(), promises, settings.raw(), settings.deliveryLog()));
        List<PriorityClass> classes = PriorityClass.assign(settings.terminals(), settings.seed());
        long length = settings.phases().duration().toNanos();
        Clock clock = new Clock(length);
        List<Inputs> inputs = new ArrayList<>();
        for (int i = 0; i < settings.terminals(); i++) {
            inputs.add(Inputs.ofTerminal(i, random.split(), nuRand, settings.population(), settings.warehouses()));
        }
        int terminals = settings.terminals();
        List<Session> sessions =
                sessions(terminals + settings.deliveryWorkers(), new WayIn(through), clock, measurements, random);
        List<Session> ofWorkers = sessions.subList(terminals, sessions.size());
        DeliveryQueue<Terminal.Profile> deliveries = new DeliveryQueue<>(settings.deliveryRoom(), clock);
        List<Thread> workers = new ArrayList<>();
        for (Session session : ofWorkers) {
            workers.add(start(
                    new DeliveryWorker(deliveries, session, measurements), "delivery-worker-" + (workers.size() + 1)));
        }
        List<Thread> threads = new ArrayList<>();
        clock.start(settings.warmup().toNanos());
        for (int i = 0; i < terminals; i++) {
            Terminal.Profile profile = new Terminal.Profile("terminal-" + (i + 1), classes.get(i));
            measurements.terminal(profile);
            DueClock dueClock =
                    new DueClock(settings.phases(), -settings.warmup().toNanos());
            threads.add(start(
                    new Terminal(profile, inputs.get(i), dueClock, clock, sessions.get(i), deliveries, measurements),
                    profile.name()));
        }
        follow(measurements, clock);
        clock.end();
        long deadline = System.nanoTime() + settings.drain().toNanos();
        drain(sessions.subList(0, terminals), threads, deadline);
        // Terminals have been told that these are queued, so they are executed.
        deliveries.close();
        drain(ofWorkers, workers, deadline);
        deliveries.rest().forEach(measurements::undelivered);
        Figures figures = measurements.close();
        List<String> faults = new ArrayList<>();
        for (String death = deaths.poll(); death != null; death = deaths.poll()) {
            faults.add(Redaction.of(death));
        }
        if (figures.committed() == 0) {
            faults.add("no transaction was committed within the measurement interval");
        }
        faults.addAll(figures.withoutSuccess());
        if (figures.failed() == 0) {
            // Else the mix is that of whoever was let in.
            faults.addAll(figures.realised().violations(settings.warehouses()));
        }
        return new Slice(figures, faults);
    }

    /** Before anything is measured that would lose, on the way, what it is measured against. */
    private void requirePromises() throws SQLException {
        try {
            promises.requireFor(settings.slice());
        } catch (IllegalArgumentException e) {
            throw new SQLException(e.getMessage(), e);
        }
    }

    /** All or none: where one cannot be opened, those before it are closed. */
    private static List<Session> sessions(
            int count, Session.Door door, Clock clock, Measurements measurements, SplittableRandom random)
            throws SQLException {
        List<Session> sessions = new ArrayList<>();
        boolean complete = false;
        try {
            for (int i = 0; i < count; i++) {
                sessions.add(new Session(door, clock, measurements, random.split()));
            }
            complete = true;
            return sessions;
        } finally {
            if (!complete) {
                sessions.forEach(Session::close);
            }
        }
    }

    private Thread start(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((t, e) -> deaths.add(name + " died: " + e));
        thread.start();
        return thread;
    }

    private void follow(Measurements measurements, Clock clock) throws InterruptedException {
        long step = Math.max(TimeUnit.SECONDS.toNanos(5), clock.length() / 60);
        for (long next = clock.now() + step; clock.waitFor(next); next += step) {
            tell(measurements, clock.now(), clock.length());
        }
        clock.waitForEnd();
        tell(measurements, clock.length(), clock.length());
    }

    private void tell(Measurements measurements, long now, long length) {
        progress.accept(
                now < 0
                        ? String.format(Locale.ROOT, "warm-up, %d s left", -now / 1_000_000_000)
                        : String.format(
                                Locale.ROOT,
                                "%d s of %d: %.0f tpmC, %d committed, %d failed, f = %.4g",
                                now / 1_000_000_000,
                                length / 1_000_000_000,
                                measurements.tpmC(now),
                                measurements.committed(),
                                measurements.failed(),
                                settings.phases().factorAt(now)));
    }

    private static void drain(List<Session> sessions, List<Thread> threads, long deadline) throws InterruptedException {
        for (Thread thread : threads) {
            long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
            thread.join(millis);
        }
        for (int i = 0; i < threads.size(); i++) {
            if (threads.get(i).isAlive()) {
                sessions.get(i).abandon();
                threads.get(i).join(TimeUnit.SECONDS.toMillis(5));
            }
        }
    }

    /** How terminals reach the database. */
    private final class WayIn implements Session.Door {
        private final Way way;

        WayIn(Way way) {
            this.way = way;
        }

        @Override
        public Connection open() throws SQLException {
            Connection connection = way.target().connect(way.connection());
            boolean ready = false;
            try {
                connection.setTransactionIsolation(settings.isolation().level());
                connection.setAutoCommit(false);
                ready = true;
                return connection;
            } finally {
                if (!ready) {
                    connection.close();
                }
            }
        }

        @Override
        public void tell(Connection connection, Terminal.Profile who) throws SQLException {
            if (way.target().helios()) {
                connection.setClientInfo("helios.client", who.name());
                connection.setClientInfo("helios.priority", who.priority().label());
            }
        }
    }
}
