package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.tpcc.Consistency;
import io.heliosjdbc.tpcc.Population;
import io.heliosjdbc.tpcc.Redaction;
import io.heliosjdbc.tpcc.Target;
import io.heliosjdbc.tpcc.ch.AnalyticalQuestion;
import io.heliosjdbc.tpcc.compare.Contender.Way;
import io.heliosjdbc.tpcc.load.Load;
import io.heliosjdbc.tpcc.measure.Circumstances;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Runs a comparison once: its parts one after the other. What they measured is there afterwards, also where one has failed. One use only; not
 * thread-safe.
 */
final class Repetition {
    /**
     * How it is run.
     *
     * @param loadEachPart whether the database is loaded anew before each part, not only before the first one
     * @param rehearsal how long each way works at full speed before the first repetition; zero for not at all
     * @param raw whether everything offered is kept as a row
     * @param drain for how long what is under way at the end of a part is waited for
     */
    record Options(boolean loadEachPart, Duration rehearsal, boolean raw, Duration drain) {}

    /** What is told of a repetition beside its streams. */
    static final Set<String> CIRCUMSTANCES = Set.of(
            "measured",
            "URL",
            "Helios",
            "database",
            "server",
            "driver",
            "HikariCP",
            "machine",
            "java",
            "java options",
            "warehouses",
            "one pool",
            "two pools",
            "each part",
            "rehearsal",
            "seed",
            "isolation",
            "loaded",
            "checkpoints",
            "statistics",
            "conditions checked");

    private final Target target;
    private final Preparation database;
    private final Scenario scenario;
    private final int number;
    private final long seed;
    private final Options options;
    private final Consumer<String> progress;
    private final Map<String, String> circumstances = new LinkedHashMap<>();
    private final Map<Way, Long> orders = new LinkedHashMap<>();
    private final List<Part.Result> parts = new ArrayList<>();
    private final Map<String, String> violations = new LinkedHashMap<>();
    private final List<String> checked = new ArrayList<>();
    private String ended = "";

    /** @param number 0 for the first, before which there is a rehearsal */
    Repetition(
            Target target,
            Preparation database,
            Scenario scenario,
            int number,
            Options options,
            Consumer<String> progress) {
        this.target = target;
        this.database = database;
        this.scenario = scenario;
        this.number = number;
        this.seed = scenario.basis().seed() + number;
        this.options = options;
        this.progress = progress;
    }

    /** Runs all parts, unless one fails. */
    void run() throws IOException, SQLException, InterruptedException {
        try {
            measure();
        } catch (IOException | SQLException | RuntimeException e) {
            ended = Redaction.of(String.valueOf(e.getMessage()));
            throw e;
        } catch (InterruptedException e) {
            ended = "interrupted";
            throw e;
        }
    }

    private void measure() throws IOException, SQLException, InterruptedException {
        Basis basis = scenario.basis();
        Load load = new Load(seed, basis.population(), basis.warehouses());
        // Before anything is measured: whatever becomes of the server meanwhile, what was measured can be told.
        circumstances.putAll(given());
        if (number == 0 && !options.rehearsal().isZero()) {
            rehearse();
        }
        Part.Settings settings = new Part.Settings(
                load.nuRand(),
                basis.population(),
                basis.warehouses(),
                AnalyticalQuestion.all(),
                database.dialect(),
                database.backends(),
                basis.warmup(),
                basis.duration(),
                scenario.amendments(),
                seed,
                options.raw(),
                options.drain());
        Consistency consistency = new Consistency(basis.population());
        for (Way way : order(scenario.ways(), seed)) {
            if (options.loadEachPart()) {
                database.load(load, line -> progress.accept(way.title() + ": " + line));
            } else if (parts.isEmpty()) {
                database.load(load, progress);
            }
            if (parts.isEmpty()) {
                // Whatever was loaded wrong would be wrong after each part.
                check("after the load", consistency.check(target, true));
            }
            orders.put(way, database.orders());
            database.settle();
            if (way.isHelios()) {
                Validity.require(scenario, 1);
            }
            try (Contender contender = Contender.open(way, target, scenario, heliosProperties())) {
                parts.add(new Part(contender, settings, progress).run());
            }
            check("after " + way.title(), consistency.check(target, false));
        }
    }

    /**
     * The ways in an order that follows from the seed, so that whoever repeats the last of several repetitions has the order they would have
     * had. Seed 1 has them as they were named, and each further one has another order: a balanced Latin square (Williams 1949). In as many
     * repetitions as there are ways, or twice as many where that is odd, each way is measured in each place as often as any other one,
     * and after each other one as often.
     */
    static List<Way> order(List<Way> ways, long seed) {
        int count = ways.size();
        int row = (int) Math.floorMod(seed - 1, 2L * count);
        // 0, 1, n - 1, 2, n - 2, ...: each two neighbours are another distance from each other.
        int[] line = new int[count];
        int[] place = new int[count];
        for (int i = 0; i < count; i++) {
            line[i] = i % 2 == 0 ? (count - i / 2) % count : (i + 1) / 2;
            place[line[i]] = i;
        }
        List<Way> order = new ArrayList<>();
        for (int each : line) {
            order.add(ways.get(place[(each + row) % count]));
        }
        if (count % 2 == 1 && row >= count) {
            Collections.reverse(order);
        }
        return order;
    }

    /** What the parts that came to their end measured; empty where none has. */
    Optional<Comparison> measured() {
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> all = new LinkedHashMap<>(circumstances);
        all.put("loaded", loaded());
        all.put("conditions checked", String.join(", ", checked));
        database.checkpoints().ifPresent(when -> all.put("checkpoints", when));
        database.statistics().ifPresent(when -> all.put("statistics", when));
        return Optional.of(new Comparison(scenario, all, parts, violations, incomplete()));
    }

    /** Which of its ways are missing, and why; empty where none is. */
    private String incomplete() {
        return ended.isEmpty()
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%d of %d ways, for then: %s",
                        parts.size(),
                        scenario.ways().size(),
                        ended);
    }

    /** When the database was loaded, and what each part began with by its own count. */
    private String loaded() {
        List<String> counts = new ArrayList<>();
        if (Set.copyOf(orders.values()).size() == 1) {
            counts.add(orders(orders.values().iterator().next()) + " each time");
        } else {
            orders.forEach((way, count) -> counts.add(orders(count) + " before " + way.title()));
        }
        return (options.loadEachPart() ? "anew before each part: " : "once, before the first part: ")
                + String.join(", ", counts);
    }

    private static String orders(long count) {
        return String.format(Locale.ROOT, "%,d orders", count);
    }

    /** Remembers what is not as TPC-C's conditions of consistency want it, by when it was so. */
    private void check(String when, Map<Integer, String> conditions) {
        checked.add(conditions.size() + " " + when);
        conditions.forEach((condition, state) -> {
            if (!Consistency.HOLDS.equals(state)) {
                violations.put(when + ", condition " + condition, state);
            }
        });
    }

    /** Whoever is measured first would otherwise be measured while the JVM compiles, and Helios has the most to compile. */
    private void rehearse() throws IOException, SQLException, InterruptedException {
        long seed = scenario.basis().seed();
        Population small = Population.named("small");
        Load load = new Load(seed, small, 1);
        database.load(load, line -> {});
        Part.Settings settings = new Part.Settings(
                load.nuRand(),
                small,
                1,
                AnalyticalQuestion.all(),
                database.dialect(),
                database.backends(),
                Duration.ZERO,
                options.rehearsal(),
                List.of(),
                seed,
                false,
                options.drain());
        Scenario busy = scenario.atFullSpeed();
        for (Way way : ofDifferentCode(busy.ways())) {
            progress.accept(way.title() + ": rehearsal");
            Properties helios = busy.heliosProperties();
            helios.setProperty("helios.manager", "rehearsal");
            database.settle();
            try (Contender contender = Contender.open(way, target, busy, helios)) {
                new Part(contender, settings, line -> {}).run().faults().forEach(progress);
            }
        }
    }

    /** All through Helios, and of the others, whose code is the same, one: with questions, too, if any has them. */
    private static List<Way> ofDifferentCode(List<Way> ways) {
        List<Way> chosen = new ArrayList<>();
        ways.stream()
                .filter(way -> !way.isHelios())
                .max(Comparator.naturalOrder())
                .ifPresent(chosen::add);
        ways.stream().filter(Way::isHelios).forEach(chosen::add);
        return chosen;
    }

    /** What one repetition found out must not help the next one, so each has a workload manager of its own. */
    private Properties heliosProperties() {
        Properties properties = scenario.heliosProperties();
        if (number > 0) {
            properties.setProperty("helios.manager", "repetition-" + (number + 1));
        }
        return properties;
    }

    private Map<String, String> given() throws SQLException {
        Basis basis = scenario.basis();
        Map<String, String> all = new LinkedHashMap<>();
        all.put("URL", Redaction.of(target.url()));
        try (Connection straight = target.straight()) {
            all.putAll(Circumstances.of(straight));
        }
        all.put(
                "warehouses",
                basis.warehouses() + ", population " + basis.population().name());
        for (Stream stream : scenario.streams()) {
            all.put(stream.name(), stream.amount());
        }
        all.put(
                "one pool",
                scenario.physicalConnections() + " connections; " + scenario.logicalConnections() + " for "
                        + Way.HELIOS_LATE.title());
        all.put(
                "two pools",
                scenario.transactionPool() + " connections for transactions, " + scenario.questionPool()
                        + " for questions");
        all.put(
                "each part",
                Course.seconds(basis.duration()) + " after a warm-up of " + Course.seconds(basis.warmup()));
        all.put(
                "rehearsal",
                options.rehearsal().isZero()
                        ? "none"
                        : options.rehearsal().toMillis() + " ms at full speed on a small database, before all parts");
        all.put("seed", Long.toString(seed));
        all.put("isolation", basis.isolation().word());
        return all;
    }
}
