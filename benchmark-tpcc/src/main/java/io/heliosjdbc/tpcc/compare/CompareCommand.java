package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.tpcc.Consistency;
import io.heliosjdbc.tpcc.Dialect;
import io.heliosjdbc.tpcc.Login;
import io.heliosjdbc.tpcc.Outputs;
import io.heliosjdbc.tpcc.Population;
import io.heliosjdbc.tpcc.Redaction;
import io.heliosjdbc.tpcc.Target;
import io.heliosjdbc.tpcc.TimeSpanConverter;
import io.heliosjdbc.tpcc.Version;
import io.heliosjdbc.tpcc.ch.AnalyticalQuestion;
import io.heliosjdbc.tpcc.compare.Contender.Way;
import io.heliosjdbc.tpcc.load.Load;
import io.heliosjdbc.tpcc.load.LoaderOptions;
import io.heliosjdbc.tpcc.run.Circumstances;
import io.heliosjdbc.tpcc.run.RawData;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Reads the options of {@code compare}, runs the parts and reports. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Puts the same mixed load, transactions and analytical questions, on the same database in turn: straight, with two"
                        + " pools, and through Helios.",
        footer =
                "%nThe scenarios that ship: api-gateway, dynamic, loose, mixed, pool-inversion, saas, shop, thesis, tight.")
public final class CompareCommand implements Callable<Integer> {
    private static final int MORE_CONNECTIONS = 20;
    private static final int MOST_CONNECTIONS = 10_000;
    private static final String EACH_PART = "each-part";
    private static final String ONCE = "once";

    @Spec
    CommandSpec specification;

    @Option(
            names = "--url",
            defaultValue = "embedded-postgres",
            paramLabel = "URL",
            description =
                    "embedded-postgres, embedded-mariadb, h2 (in memory), or any JDBC URL; default: ${DEFAULT-VALUE}")
    String url;

    @Mixin
    Login login = new Login();

    @Option(
            names = "--scenario",
            defaultValue = "mixed",
            paramLabel = "NAME|FILE",
            description = "a scenario that ships, or a scenario.toml; default: ${DEFAULT-VALUE}")
    String scenarioName;

    @Option(names = "--warehouses", paramLabel = "N", description = "default: as the scenario says, else 1")
    @Nullable
    Integer warehouses;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "transactions per second in all; default: as the scenario says")
    @Nullable
    Double rate;

    @Option(
            names = "--olap-streams",
            paramLabel = "N",
            description = "askers of analytical questions; default: as the scenario says")
    @Nullable
    Integer askers;

    @Option(
            names = "--ways",
            split = ",",
            paramLabel = "WAY",
            description =
                    "what is compared, in the order given, of oltpAlone, straight, twoPools, helios and heliosLate, such as"
                            + " straight,heliosLate; default: as the scenario says, else all but heliosLate")
    List<String> ways = List.of();

    @Option(
            names = "--two-pools",
            split = ",",
            paramLabel = "A,B",
            description =
                    "connections of the two pools, for transactions and for questions; default: as the scenario says")
    List<Integer> pools = List.of();

    @Option(
            names = "--duration",
            converter = TimeSpanConverter.class,
            paramLabel = "TIME",
            description = "length of each part; default: as the scenario says, else 25s")
    @Nullable
    Duration duration;

    @Option(
            names = "--warmup",
            converter = TimeSpanConverter.class,
            paramLabel = "TIME",
            description = "time before each part that counts nowhere; default: as the scenario says, else 8s")
    @Nullable
    Duration warmup;

    @Option(
            names = "--rehearsal",
            defaultValue = "12s",
            converter = TimeSpanConverter.class,
            paramLabel = "TIME",
            description =
                    "how long each way works at full speed, on a small database, before anything is measured, so that the JVM has"
                            + " compiled its code; ways without Helios have the same code; 0s: not at all; default: ${DEFAULT-VALUE}")
    Duration rehearsal;

    @Option(names = "--seed", paramLabel = "N", description = "default: as the scenario says, else 1")
    @Nullable
    Long seed;

    @Option(
            names = "--repetitions",
            defaultValue = "1",
            paramLabel = "N",
            description =
                    "the whole comparison so many times, from 1 to 1000, each on a database loaded anew, with the seed, the next"
                            + " one, and so on; default: ${DEFAULT-VALUE}")
    int repetitions;

    @Option(
            names = "--population",
            paramLabel = "NAME",
            description =
                    "full, as TPC-C wants it, or small, for trying things out; default: as the scenario says, else full")
    @Nullable
    String population;

    @Option(
            names = "--load",
            defaultValue = EACH_PART,
            paramLabel = "WHEN",
            description =
                    "each-part: the database is loaded anew before each part, so that all begin with the same rows; once: before the"
                            + " first one only, where loading takes long. Then each part has the rows that those before it added, and"
                            + " whoever comes later answers fewer questions by that alone; default: ${DEFAULT-VALUE}")
    String whenLoaded;

    @Mixin
    LoaderOptions loading = new LoaderOptions();

    @Option(
            names = "--html",
            defaultValue = "helios-compare.html",
            paramLabel = "FILE",
            description = "where the report goes, one page that needs no network; default: ${DEFAULT-VALUE}")
    Path html;

    @Option(names = "--json", paramLabel = "FILE", description = "write the result to this file too")
    @Nullable
    Path json;

    @Option(
            names = "--csv",
            paramLabel = "DIR",
            description = "write everything that was offered, one line each, to a file seed-N.csv in this directory")
    @Nullable
    Path csv;

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException {
        require(warehouses == null || warehouses >= 1, "--warehouses must be 1 or more");
        require(
                rate == null || (rate > 0 && rate <= Course.MOST_PER_SECOND),
                "--rate must be above 0, and at most " + Course.shortly(Course.MOST_PER_SECOND));
        require(askers == null || (askers >= 0 && askers <= 1000), "--olap-streams must be from 0 to 1000");
        require(
                pools.isEmpty()
                        || (pools.size() == 2
                                && pools.stream().allMatch(each -> each >= 1 && each <= MOST_CONNECTIONS)),
                "--two-pools must be two numbers from 1 to " + MOST_CONNECTIONS + ", such as 20,2");
        require(repetitions >= 1 && repetitions <= 1000, "--repetitions must be from 1 to 1000");
        require(whenLoaded.equals(EACH_PART) || whenLoaded.equals(ONCE), "--load must be " + EACH_PART + " or " + ONCE);
        refuse(() -> Target.check(url, login.user()));
        Scenario scenario = scenario();
        int loaders = loaders();
        require(
                scenario.basis().duration().compareTo(Duration.ofSeconds(1)) >= 0,
                "--duration must be one second or more");
        requireThatAllComesToPass(scenario);
        require(!scenario.transactions().isEmpty(), "the scenario has no stream of transactions to protect");
        // What cannot be written must not be found out when everything was measured.
        refuse(() -> Outputs.check("--json", json));
        refuse(() -> Outputs.check("--html", html));
        refuse(() -> Outputs.checkDirectory("--csv", csv));
        PrintWriter out = specification.commandLine().getOut();
        long began = System.nanoTime();
        Consumer<String> progress = line -> {
            out.printf(Locale.ROOT, "[%5.1f s] %s%n", (System.nanoTime() - began) / 1e9, line);
            out.flush();
        };
        out.printf(Locale.ROOT, "%s: %s%n", scenario.name(), scenario.title());
        out.flush();
        int connections = Math.max(2 * scenario.parallel() + MORE_CONNECTIONS, loaders);
        try (Target target = Target.open(url, login.user(), login.password(), connections);
                Connection straight = target.straight();
                Outputs outputs = new Outputs()) {
            requireThatAmendmentsAreFollowed(target, scenario);
            Dialect.note(straight).ifPresent(progress);
            Preparation database = new Preparation(target, straight, loaders, loading.replace());
            List<Comparison> comparisons = new ArrayList<>();
            for (int repetition = 0; repetition < repetitions; repetition++) {
                if (repetitions > 1) {
                    progress.accept(beginning(repetition, scenario.basis().seed() + repetition));
                }
                Comparison comparison = compare(target, straight, database, scenario, repetition, progress);
                out.print(comparison.text());
                out.flush();
                comparisons.add(comparison);
                if (csv != null) {
                    Path file = csv.resolve("seed-" + (scenario.basis().seed() + repetition) + ".csv");
                    outputs.write("--csv", file, to -> RawData.write(to, comparison.raw()));
                }
            }
            Repetitions all = new Repetitions(comparisons, scenario.basis().seed());
            out.print(all.text());
            out.flush();
            outputs.write("--json", json, to -> Files.writeString(to, all.json()));
            if (outputs.write("--html", html, to -> Files.writeString(to, Page.of(all)))) {
                out.printf("%nreport: %s%n", html);
                out.flush();
            }
            return all.passed() ? 0 : 1;
        }
    }

    /** What a check finds wrong is the command line's fault. */
    private void refuse(Runnable check) {
        try {
            check.run();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(specification.commandLine(), Redaction.of(String.valueOf(e.getMessage())), e);
        }
    }

    /** What was measured is nowhere but in the output, so that a later command cannot go on with it, but can measure what is missing. */
    private String beginning(int repetition, long itsSeed) {
        return "repetition %d of %d; should it be interrupted, --replace --seed %d --repetitions %d measures the rest"
                .formatted(repetition + 1, repetitions, itsSeed, repetitions - repetition);
    }

    /** As its file says, but where the command line says otherwise. */
    private Scenario scenario() throws IOException {
        try {
            Scenario scenario = Scenario.read(scenarioName);
            scenario = scenario.withBasis(basis(scenario.basis()));
            if (askers != null) {
                scenario = scenario.withAskers(askers);
            }
            if (rate != null) {
                scenario = scenario.withRate(rate);
            }
            if (!ways.isEmpty()) {
                scenario = scenario.withWays(chosenWays());
            }
            return pools.isEmpty() ? scenario : scenario.withPools(pools.get(0), pools.get(1));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(specification.commandLine(), Redaction.of(String.valueOf(e.getMessage())), e);
        }
    }

    private List<Way> chosenWays() {
        try {
            return Way.named(ways);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--ways " + e.getMessage(), e);
        }
    }

    private int loaders() {
        try {
            return loading.loaders();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(specification.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private Basis basis(Basis said) {
        return new Basis(
                Objects.requireNonNullElse(duration, said.duration()),
                Objects.requireNonNullElse(warmup, said.warmup()),
                Objects.requireNonNullElse(seed, said.seed()),
                population == null ? said.population() : Population.named(population),
                Objects.requireNonNullElse(warehouses, said.warehouses()));
    }

    /** @param repetition 0 for the first, before which there is a rehearsal */
    private Comparison compare(
            Target target,
            Connection straight,
            Preparation database,
            Scenario scenario,
            int repetition,
            Consumer<String> progress)
            throws IOException, SQLException, InterruptedException {
        Basis basis = scenario.basis();
        long itsSeed = basis.seed() + repetition;
        Load load = new Load(itsSeed, basis.population(), basis.warehouses());
        if (repetition == 0 && !rehearsal.isZero()) {
            if (database.goesOn(load)) {
                rehearsal = Duration.ZERO;
                progress.accept("no rehearsal: its small database would take the place of the interrupted load");
            } else {
                rehearse(target, database, scenario, progress);
            }
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
                itsSeed,
                csv != null);
        Consistency consistency = new Consistency(basis.population());
        Map<String, String> violations = new LinkedHashMap<>();
        Map<Way, Long> orders = new LinkedHashMap<>();
        List<Part.Result> parts = new ArrayList<>();
        for (Way way : scenario.ways()) {
            if (whenLoaded.equals(EACH_PART)) {
                database.load(load, line -> progress.accept(way.title() + ": " + line));
            } else if (parts.isEmpty()) {
                database.load(load, progress);
            }
            orders.put(way, database.orders());
            database.settle();
            try (Contender contender = Contender.open(way, target, scenario, heliosProperties(scenario, repetition))) {
                parts.add(new Part(contender, settings, progress).run());
            }
            violations.putAll(violations(way, consistency.check(straight, false)));
        }
        Map<String, String> circumstances = circumstances(straight, scenario, itsSeed);
        circumstances.put("loaded", loaded(orders));
        database.checkpoints().ifPresent(when -> circumstances.put("checkpoints", when));
        return new Comparison(scenario, circumstances, parts, violations);
    }

    /** When the database was loaded, and what each part began with by its own count. */
    private String loaded(Map<Way, Long> orders) {
        List<String> counts = new ArrayList<>();
        if (Set.copyOf(orders.values()).size() == 1) {
            counts.add(orders(orders.values().iterator().next()) + " each time");
        } else {
            orders.forEach((way, count) -> counts.add(orders(count) + " before " + way.title()));
        }
        return (whenLoaded.equals(EACH_PART) ? "anew before each part: " : "once, before the first part: ")
                + String.join(", ", counts);
    }

    private static String orders(long count) {
        return String.format(Locale.ROOT, "%,d orders", count);
    }

    /** What is not as TPC-C's conditions of consistency want it, by the way after which it was so. */
    private static Map<String, String> violations(Way way, Map<Integer, String> conditions) {
        Map<String, String> violations = new LinkedHashMap<>();
        conditions.forEach((number, state) -> {
            if (!Consistency.HOLDS.equals(state)) {
                violations.put("after " + way.title() + ", condition " + number, state);
            }
        });
        return violations;
    }

    /** Whoever is measured first would otherwise be measured while the JVM compiles, and Helios has the most to compile. */
    private void rehearse(Target target, Preparation database, Scenario scenario, Consumer<String> progress)
            throws IOException, SQLException, InterruptedException {
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
                rehearsal,
                List.of(),
                seed,
                false);
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
    private static Properties heliosProperties(Scenario scenario, int repetition) {
        Properties properties = scenario.heliosProperties();
        if (repetition > 0) {
            properties.setProperty("helios.manager", "repetition-" + (repetition + 1));
        }
        return properties;
    }

    private Map<String, String> circumstances(Connection straight, Scenario scenario, long itsSeed)
            throws SQLException {
        Basis basis = scenario.basis();
        Map<String, String> all = new LinkedHashMap<>(Circumstances.of(straight));
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
                rehearsal.isZero()
                        ? "none"
                        : rehearsal.toMillis() + " ms at full speed on a small database, before all parts");
        all.put("seed", Long.toString(itsSeed));
        return all;
    }

    private void requireThatAllComesToPass(Scenario scenario) {
        Duration length = scenario.basis().duration();
        for (Event event : scenario.timeline()) {
            require(
                    event.at().compareTo(length) < 0,
                    String.format(
                            Locale.ROOT,
                            "the scenario changes at %.1f s (%s), when a part of %.1f s is over; give a longer --duration",
                            event.seconds(),
                            event.what(),
                            length.toMillis() / 1e3));
        }
    }

    /** Helios is asked, for its URL has a say in it, too; by a workload manager of its own, which leaves nothing to the parts. */
    private void requireThatAmendmentsAreFollowed(Target target, Scenario scenario) throws SQLException {
        if (scenario.amendments().isEmpty() || scenario.ways().stream().noneMatch(Way::isHelios)) {
            return;
        }
        Properties properties = target.credentials();
        properties.putAll(scenario.heliosProperties());
        properties.setProperty("helios.manager", "look");
        properties.setProperty("helios.connections", "direct");
        try (Connection helios = DriverManager.getConnection(target.heliosUrl(), properties)) {
            require(
                    Contender.reloadMillis(helios) > 0,
                    "reload_ms is 0, in " + scenario.configuration()
                            + " or the URL, so that Helios would never follow an [[amendment]]; give it a time");
        }
    }

    private void require(boolean condition, String fault) {
        if (!condition) {
            throw new ParameterException(specification.commandLine(), fault);
        }
    }
}
