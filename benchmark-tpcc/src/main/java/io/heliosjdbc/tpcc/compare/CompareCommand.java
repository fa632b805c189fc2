package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.tpcc.Anchor;
import io.heliosjdbc.tpcc.Dialect;
import io.heliosjdbc.tpcc.Isolation;
import io.heliosjdbc.tpcc.Login;
import io.heliosjdbc.tpcc.Outputs;
import io.heliosjdbc.tpcc.Population;
import io.heliosjdbc.tpcc.Redaction;
import io.heliosjdbc.tpcc.Target;
import io.heliosjdbc.tpcc.TimeSpanConverter;
import io.heliosjdbc.tpcc.Version;
import io.heliosjdbc.tpcc.compare.Contender.Way;
import io.heliosjdbc.tpcc.load.Load;
import io.heliosjdbc.tpcc.load.LoaderOptions;
import io.heliosjdbc.tpcc.measure.RawData;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
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
    private static final int MOST_WAREHOUSES = 10_000;
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
                    "what is compared, of oltpAlone, straight, twoPools, helios and heliosLate, in the order given where the seed is 1, such as"
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
            names = "--isolation",
            paramLabel = "LEVEL",
            description =
                    "of transactions and questions: read-committed, repeatable-read or serializable; default: as the scenario says, else"
                            + " read-committed, at which TPC-C's conditions of consistency hold; TPC-C itself wants its transactions isolated"
                            + " as serializable ones are, but for StockLevel")
    @Nullable
    String isolation;

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
            paramLabel = "FILE",
            description =
                    "where the report goes, one page that needs no network; default: helios-compare.html, where it can be written")
    @Nullable
    Path html;

    @Option(names = "--no-html", description = "write no such page")
    boolean withoutHtml;

    /** Where the page goes unless the command line says otherwise. */
    Path usualPage = Path.of("helios-compare.html");

    @Option(names = "--json", paramLabel = "FILE", description = "write the result to this file too")
    @Nullable
    Path json;

    @Option(
            names = "--csv",
            paramLabel = "DIR",
            description = "write everything that was offered, one line each, to a file seed-N.csv in this directory")
    @Nullable
    Path csv;

    /** For how long what is under way at the end of a part is waited for. */
    Duration drain = Duration.ofSeconds(10);

    @Override
    public Integer call() throws Exception {
        require(
                warehouses == null || (warehouses >= 1 && warehouses <= MOST_WAREHOUSES),
                "--warehouses must be from 1 to " + MOST_WAREHOUSES);
        requireShort("--duration", duration);
        requireShort("--warmup", warmup);
        requireShort("--rehearsal", rehearsal);
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
        refuse(() -> Target.check(url, login.user(), login.password()));
        requireThatTheScenarioNames("helios.config", "configuration");
        requireThatTheScenarioNames("helios.agreements", "agreement");
        Scenario scenario = scenario();
        require(
                pools.isEmpty() || scenario.ways().contains(Way.TWO_POOLS),
                "--two-pools is of the way twoPools, which is not compared; add it to --ways");
        int loaders = usefulLoaders(loaders(), scenario.basis().warehouses());
        require(scenario.basis().duration().compareTo(Basis.SHORTEST) >= 0, "--duration must be one second or more");
        requireThatAllComesToPass(scenario);
        requireThatPromisesLast(scenario);
        require(!scenario.transactions().isEmpty(), "the scenario has no stream of transactions to protect");
        // What cannot be written must not be found out when everything was measured.
        refuse(() -> Outputs.check("--json", json));
        Path page = page();
        refuse(() -> Outputs.checkDirectory("--csv", csv));
        refuse(() -> Outputs.checkDistinct("--json", json, "--html", page));
        PrintWriter out = specification.commandLine().getOut();
        long began = System.nanoTime();
        Consumer<String> progress = line -> {
            out.printf(Locale.ROOT, "[%5.1f s] %s%n", (System.nanoTime() - began) / 1e9, line);
            out.flush();
        };
        out.printf(Locale.ROOT, "%s: %s%n", scenario.name(), scenario.title());
        scenario.notMeasured().forEach(out::println);
        out.flush();
        try (Target target = Target.open(url, login.user(), login.password(), mostConnections(scenario, loaders));
                Outputs outputs = new Outputs();
                Anchor anchor = new Anchor(target);
                Preparation database = new Preparation(target, loaders, loading.replace())) {
            requireThatHeliosOpens(target, scenario);
            Dialect.note(anchor.connection()).ifPresent(progress);
            return measure(target, database, scenario, progress, outputs, page);
        }
    }

    /**
     * How many a server of ours must take at once. A pool of Helios's lives on for a minute after its last connection was closed, beside
     * that of the next part.
     */
    static int mostConnections(Scenario scenario, int loaders) {
        return 2 * scenario.mostConnections() + MORE_CONNECTIONS + loaders;
    }

    /** All repetitions; where one fails, what was measured until then is written before that is thrown. */
    private int measure(
            Target target,
            Preparation database,
            Scenario scenario,
            Consumer<String> progress,
            Outputs outputs,
            @Nullable Path page)
            throws Exception {
        PrintWriter out = specification.commandLine().getOut();
        long first = scenario.basis().seed();
        Load load =
                new Load(first, scenario.basis().population(), scenario.basis().warehouses());
        if (!rehearsal.isZero() && database.goesOn(load)) {
            rehearsal = Duration.ZERO;
            progress.accept("no rehearsal: its small database would take the place of the interrupted load");
        }
        Repetition.Options options =
                new Repetition.Options(whenLoaded.equals(EACH_PART), rehearsal, csv != null, drain);
        @Nullable Comparison kept = null;
        List<Findings> findings = new ArrayList<>();
        Exception failure = null;
        for (int i = 0; i < repetitions && failure == null; i++) {
            if (repetitions > 1) {
                progress.accept(beginning(i, first + i));
            }
            Repetition repetition = new Repetition(target, database, scenario, i, options, progress);
            try {
                repetition.run();
            } catch (IOException | SQLException | InterruptedException | RuntimeException e) {
                failure = e;
            }
            Optional<Comparison> measured = repetition.measured();
            if (measured.isPresent()) {
                Comparison comparison = measured.get();
                out.print(comparison.text());
                out.flush();
                // The recorders of the others of a hundred repetitions would not find room beside it.
                kept = Objects.requireNonNullElse(kept, comparison);
                findings.add(comparison.findings());
                if (csv != null) {
                    Path file = csv.resolve("seed-" + (first + i) + ".csv");
                    outputs.write("--csv", file, to -> RawData.write(to, comparison.raw()));
                    comparison.releaseRaw();
                }
                // Each time, so that whatever comes next does not cost what is there.
                Repetitions soFar = new Repetitions(kept, findings, first, repetitions);
                outputs.writeTextSoFar("--json", json, soFar::json);
            }
        }
        if (kept == null) {
            throw failure == null ? new IllegalStateException("nothing was measured") : failure;
        }
        Repetitions all = new Repetitions(kept, findings, first, repetitions);
        out.print(all.text());
        out.flush();
        outputs.writeText("--json", json, all::json);
        if (outputs.writeText("--html", page, () -> Page.of(all))) {
            out.printf("%nreport: %s%n", page);
        }
        out.flush();
        if (failure != null) {
            throw failure;
        }
        return all.passed() ? 0 : 1;
    }

    /** Where the page goes; null where none is wanted, or nobody has said where and it cannot be written to the usual place. */
    @Nullable
    Path page() {
        require(html == null || !withoutHtml, "--html names a page, and --no-html wants none; give one of them");
        if (withoutHtml) {
            return null;
        }
        if (html != null) {
            Path named = html;
            refuse(() -> Outputs.check("--html", named));
            return named;
        }
        try {
            Outputs.check("--html", usualPage);
            return usualPage;
        } catch (IllegalArgumentException e) {
            PrintWriter out = specification.commandLine().getOut();
            out.println("there will be no page: " + e.getMessage() + "; --html FILE says where it is to go");
            out.flush();
            return null;
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

    /** A later command cannot go on with what was measured, but can measure what is missing. */
    private String beginning(int repetition, long itsSeed) {
        return String.format(
                Locale.ROOT,
                "repetition %d of %d; should it be interrupted, --replace --seed %d --repetitions %d measures the rest",
                repetition + 1,
                repetitions,
                itsSeed,
                repetitions - repetition);
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

    /** One for each warehouse and one for the items: another one would have nothing to load. */
    static int usefulLoaders(int loaders, int warehouses) {
        return Math.min(loaders, warehouses + 1);
    }

    private static Isolation isolation(String word) {
        try {
            return Isolation.named(word);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--isolation " + e.getMessage(), e);
        }
    }

    private Basis basis(Basis said) {
        return new Basis(
                Objects.requireNonNullElse(duration, said.duration()),
                Objects.requireNonNullElse(warmup, said.warmup()),
                Objects.requireNonNullElse(seed, said.seed()),
                population == null ? said.population() : Population.named(population),
                Objects.requireNonNullElse(warehouses, said.warehouses()),
                isolation == null ? said.isolation() : isolation(isolation));
    }

    private void requireShort(String option, @Nullable Duration span) {
        require(
                span == null || span.compareTo(TomlSection.LONGEST) <= 0,
                option + " must be at most " + TomlSection.LONGEST.toHours() + "h");
    }

    private void requireThatAllComesToPass(Scenario scenario) {
        Duration length = scenario.basis().duration();
        // Of these there is an event only where they change what is promised to a stream.
        for (Amendment amendment : scenario.amendments()) {
            require(
                    amendment.from().compareTo(length) < 0,
                    String.format(
                            Locale.ROOT,
                            "the scenario's agreement %s comes at %.1f s, when a part of %.1f s is over; give a longer --duration",
                            amendment.name(),
                            amendment.from().toMillis() / 1e3,
                            length.toMillis() / 1e3));
        }
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

    private void requireThatPromisesLast(Scenario scenario) throws IOException {
        try {
            Validity.require(scenario, repetitions * scenario.ways().size());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(specification.commandLine(), Redaction.of(String.valueOf(e.getMessage())), e);
        }
    }

    /**
     * What it does not take of its configuration and URL must not be found out when its turn comes. Whether it follows amendments it is
     * asked, for its URL has a say in it, too. It has a workload manager of its own for that, which leaves nothing to the parts.
     */
    private void requireThatHeliosOpens(Target target, Scenario scenario) throws SQLException {
        if (scenario.ways().stream().noneMatch(Way::isHelios)) {
            return;
        }
        Properties properties = target.credentials();
        properties.putAll(scenario.heliosProperties());
        properties.setProperty("helios.manager", "look");
        properties.setProperty("helios.connections", "direct");
        try (Connection helios = DriverManager.getConnection(target.heliosUrl(), properties)) {
            require(
                    scenario.amendments().isEmpty() || Contender.reloadMillis(helios) > 0,
                    "reload_ms is 0, in " + scenario.configuration()
                            + " or the URL, so that Helios would never follow an [[amendment]]; give it a time");
        }
    }

    /** What it says Helios and the streams are held to; the URL's would lose, and be reported all the same. */
    private void requireThatTheScenarioNames(String parameter, String key) {
        require(
                Target.parameter(url, parameter).isEmpty(),
                "--url has " + parameter + ", which is the scenario's '" + key
                        + "'; take it out of the URL, and give a scenario file that names yours: --scenario FILE");
    }

    private void require(boolean condition, String fault) {
        if (!condition) {
            throw new ParameterException(specification.commandLine(), fault);
        }
    }
}
