package io.heliosjdbc.tpcc.run;

import io.heliosjdbc.agreements.RefusedInputException;
import io.heliosjdbc.tpcc.BoundLate;
import io.heliosjdbc.tpcc.Isolation;
import io.heliosjdbc.tpcc.Login;
import io.heliosjdbc.tpcc.Outputs;
import io.heliosjdbc.tpcc.Population;
import io.heliosjdbc.tpcc.Redaction;
import io.heliosjdbc.tpcc.Target;
import io.heliosjdbc.tpcc.TimeSpanConverter;
import io.heliosjdbc.tpcc.Version;
import io.heliosjdbc.tpcc.load.LoaderOptions;
import io.heliosjdbc.tpcc.measure.Circumstances;
import io.heliosjdbc.tpcc.measure.RawData;
import io.heliosjdbc.tpcc.pace.Phases;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Reads the options of {@code tpcc}, runs it and reports. */
@Command(
        name = "tpcc",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Runs TPC-C over JDBC, straight or through Helios, and checks the database's consistency.")
public final class TpccCommand implements Callable<Integer> {
    @Spec
    CommandSpec specification;

    @Option(
            names = "--url",
            defaultValue = "h2",
            paramLabel = "URL",
            description =
                    "h2 (in memory), embedded-postgres, embedded-mariadb, or any JDBC URL; default: ${DEFAULT-VALUE}")
    String url;

    @Mixin
    Login login = new Login();

    @Option(names = "--warehouses", defaultValue = "1", paramLabel = "N", description = "default: ${DEFAULT-VALUE}")
    int warehouses;

    @Option(names = "--terminals", paramLabel = "N", description = "default: 10 per warehouse")
    @Nullable
    Integer terminals;

    @Option(
            names = "--delivery-workers",
            paramLabel = "N",
            description = "connections that execute the Deliveries that terminals queue; default: 1 per 10 terminals")
    @Nullable
    Integer deliveryWorkers;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = TimeSpanConverter.class,
            description = "measurement interval, for example 60s (the default) or 15m")
    @Nullable
    Duration duration;

    @Option(
            names = "--warmup",
            defaultValue = "10s",
            paramLabel = "TIME",
            converter = TimeSpanConverter.class,
            description = "time before it that counts nowhere; default: ${DEFAULT-VALUE}")
    Duration warmup;

    @Option(
            names = "--scale",
            defaultValue = "0.02",
            paramLabel = "F",
            description = "factor of keying and think times, 1 for TPC-C's own; default: ${DEFAULT-VALUE}")
    double scale;

    @Option(
            names = "--phases",
            paramLabel = "P%:TIME,...",
            description = "load phase by phase instead of --duration, for example 80%%:15m,180%%:8m")
    @Nullable
    String phases;

    @Option(names = "--discipline", paramLabel = "NAME", description = "Helios: the queueing discipline")
    @Nullable
    String discipline;

    @Option(
            names = "--max-concurrency",
            paramLabel = "N",
            description =
                    "Helios: transactions at a time over all classes; default: 10, with --config, or helios.config in the URL, what"
                            + " that says")
    @Nullable
    Integer maxConcurrency;

    @Option(names = "--config", paramLabel = "helios.toml", description = "Helios: the configuration file")
    @Nullable
    Path config;

    @Option(
            names = "--agreements",
            arity = "1..*",
            paramLabel = "FILE",
            description = "what the terminals are promised, instead of the built-in " + Promises.DEFAULT
                    + "; Helios is told the same, whatever --config and URL say. Without it Helios is told the built-in one,"
                    + " unless there is --config, or helios.config or helios.agreements in the URL")
    List<Path> agreements = List.of();

    @Option(names = "--seed", defaultValue = "1", paramLabel = "N", description = "default: ${DEFAULT-VALUE}")
    long seed;

    @Option(
            names = "--isolation",
            defaultValue = "read-committed",
            paramLabel = "LEVEL",
            description = "read-committed, repeatable-read or serializable; default: ${DEFAULT-VALUE}")
    String isolation;

    @Option(
            names = "--population",
            defaultValue = "full",
            paramLabel = "NAME",
            description = "full, as TPC-C wants it, or small, for trying things out; default: ${DEFAULT-VALUE}")
    String population;

    @Option(
            names = "--side-by-side",
            paramLabel = "N",
            description =
                    "measure straight (see --against) and through Helios in turn on one database, N times each (1 to 1000), with"
                            + " --warmup and --duration every time, and compare their throughput")
    @Nullable
    Integer pairs;

    @Option(
            names = "--against",
            defaultValue = "straight",
            paramLabel = "WAY",
            description =
                    "what --side-by-side holds Helios against: straight, or direct: Helios with connections one to one;"
                            + " default: ${DEFAULT-VALUE}")
    String against;

    @Option(
            names = "--connections",
            paramLabel = "HOW",
            description = "Helios: direct or late; default: what URL and --config say")
    @Nullable
    String connections;

    @Mixin
    LoaderOptions loading = new LoaderOptions();

    @Option(names = "--json", paramLabel = "FILE", description = "write the result to this file too")
    @Nullable
    Path json;

    @Option(
            names = "--csv",
            paramLabel = "FILE",
            description = "write every transaction that was offered to this file, one line each")
    @Nullable
    Path csv;

    @Option(
            names = "--delivery-log",
            paramLabel = "FILE",
            description =
                    "write every Delivery that was executed to this file, one line each, with the orders delivered")
    @Nullable
    Path deliveryLog;

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException {
        Settings settings = settings();
        Promises promises = promises(settings);
        Map<String, String> files = files();
        PrintWriter out = specification.commandLine().getOut();
        try (Target target = Target.open(
                        url,
                        login.user(),
                        login.password(),
                        Math.max(
                                settings.terminals() + settings.deliveryWorkers(),
                                Math.min(settings.loaders(), settings.warehouses() + 1)));
                Outputs outputs = new Outputs()) {
            requireLate(target, settings);
            out.printf(
                    Locale.ROOT,
                    "TPC-C on %s: %d warehouse(s), %d terminals, scale %s, population %s, seed %d%n",
                    Redaction.of(target.url()),
                    settings.warehouses(),
                    settings.terminals(),
                    scale,
                    settings.population().name(),
                    seed);
            out.flush();
            // Before anything is measured: whatever becomes of the server meanwhile, what was measured can be told.
            Provenance provenance = new Provenance(circumstances(target), files);
            String bound = isLate(target, settings) ? "late" : "direct";
            long began = System.nanoTime();
            Benchmark benchmark = new Benchmark(target, settings, promises, line -> {
                out.printf(Locale.ROOT, "[%5.1f s] %s%n", (System.nanoTime() - began) / 1e9, line);
                out.flush();
            });
            if (pairs != null) {
                SideBySide compared = benchmark.runSideBySide(reference(), pairs);
                out.print(compared.text());
                out.flush();
                String text = compared.json(Redaction.of(target.url()), bound, settings, scale, provenance);
                outputs.writeText("--json", json, () -> text);
                return compared.passed() ? 0 : 1;
            }
            Benchmark.Result result = benchmark.run();
            Report report = new Report(
                    Redaction.of(target.url()), target.helios() ? bound : null, settings, scale, result, provenance);
            out.print(report.text());
            out.flush();
            outputs.writeText("--json", json, report::json);
            String part = target.helios() ? "helios" : "straight";
            outputs.write("--csv", csv, to -> RawData.write(to, result.figures().rows(part)));
            outputs.write(
                    "--delivery-log",
                    deliveryLog,
                    to -> DeliveryLog.write(to, result.figures().deliveries().log(), Population.DISTRICTS));
            return result.passed() ? 0 : 1;
        }
    }

    private static Map<String, String> circumstances(Target target) throws SQLException {
        try (Connection straight = target.straight()) {
            return Circumstances.of(straight);
        }
    }

    private Settings settings() {
        require(warehouses >= 1, "--warehouses must be 1 or more");
        int count = terminals == null ? 10 * warehouses : terminals;
        require(count >= 1, "--terminals must be 1 or more");
        int workers = deliveryWorkers == null ? Settings.deliveryWorkers(count) : deliveryWorkers;
        require(workers >= 1, "--delivery-workers must be 1 or more");
        require(scale >= 0 && Double.isFinite(scale), "--scale must be 0 or more");
        require(phases == null || duration == null, "--phases sets the duration; give no --duration with it");
        refuse(() -> Target.check(url, login.user(), login.password()));
        if (pairs != null) {
            require(pairs >= 1 && pairs <= 1000, "--side-by-side must be from 1 to 1000");
            require(Target.isHelios(url), "--side-by-side needs a URL that begins with jdbc:helios:");
            require(csv == null, "--side-by-side keeps no raw data; give no --csv");
            require(deliveryLog == null, "--side-by-side keeps no log of Deliveries; give no --delivery-log");
        }
        require(
                reference() == SideBySide.Against.STRAIGHT || pairs != null,
                "--against direct says what --side-by-side compares with; give that too");
        require(
                connections == null || connections.equals("direct") || connections.equals("late"),
                "--connections must be direct or late");
        // What cannot be written must not be found out when everything was measured.
        refuse(() -> Outputs.check("--json", json));
        refuse(() -> Outputs.check("--csv", csv));
        refuse(() -> Outputs.check("--delivery-log", deliveryLog));
        refuse(() -> Outputs.checkDistinct("--json", json, "--csv", csv));
        refuse(() -> Outputs.checkDistinct("--json", json, "--delivery-log", deliveryLog));
        refuse(() -> Outputs.checkDistinct("--csv", csv, "--delivery-log", deliveryLog));
        try {
            Phases load = phases == null
                    ? Phases.constant(scale, duration == null ? Duration.ofSeconds(60) : duration)
                    : Phases.parse(phases, scale);
            require(!load.duration().isZero(), "--duration must be above zero");
            return new Settings(
                    warehouses,
                    count,
                    load,
                    warmup,
                    level(),
                    Population.named(population),
                    seed,
                    loading.replace(),
                    loading.loaders(),
                    connectionProperties(),
                    Duration.ofSeconds(30),
                    csv != null,
                    workers,
                    deliveryLog != null);
        } catch (IllegalArgumentException e) {
            throw fault(String.valueOf(e.getMessage()));
        }
    }

    private Isolation level() {
        try {
            return Isolation.named(isolation);
        } catch (IllegalArgumentException e) {
            throw fault("--isolation " + e.getMessage());
        }
    }

    /** What a check finds wrong is the command line's fault. */
    private void refuse(Runnable check) {
        try {
            check.run();
        } catch (IllegalArgumentException e) {
            throw fault(String.valueOf(e.getMessage()));
        }
    }

    /** One to one is not held against itself. */
    private void requireLate(Target target, Settings settings) throws SQLException {
        require(
                reference() != SideBySide.Against.DIRECT || isLate(target, settings),
                "--against direct would hold connections that are one to one against themselves; add --connections late");
    }

    /** How Helios's connections are, URL and configuration say too, so that it is asked. */
    private static boolean isLate(Target target, Settings settings) throws SQLException {
        if (!target.helios()) {
            return false;
        }
        try (Connection helios = target.connect(settings.connection())) {
            return BoundLate.is(helios);
        }
    }

    private SideBySide.Against reference() {
        return Arrays.stream(SideBySide.Against.values())
                .filter(each -> each.label().equals(against))
                .findFirst()
                .orElseThrow(() -> fault("--against must be straight or direct"));
    }

    /** What Helios is told; on a straight URL there is nobody to tell. */
    Properties connectionProperties() {
        Properties properties = new Properties();
        if (!Target.isHelios(url)) {
            require(discipline == null, "--discipline needs a URL that begins with jdbc:helios:");
            require(config == null, "--config needs a URL that begins with jdbc:helios:");
            require(connections == null, "--connections needs a URL that begins with jdbc:helios:");
            require(maxConcurrency == null, "--max-concurrency needs a URL that begins with jdbc:helios:");
            return properties;
        }
        if (connections != null) {
            properties.setProperty("helios.connections", connections);
        }
        if (discipline != null) {
            properties.setProperty("helios.discipline", discipline);
        }
        if (config != null) {
            require(Files.exists(config), "--config: there is no file " + config + "; give the path of one");
            require(
                    !Files.isDirectory(config) && Files.isReadable(config),
                    "--config: cannot read " + config + "; give the path of a file that may be read");
            properties.setProperty("helios.config", config.toAbsolutePath().toString());
        }
        if (maxConcurrency != null) {
            require(maxConcurrency >= 0, "--max-concurrency must be 0 (no limit) or more");
            properties.setProperty("helios.max_concurrency", Integer.toString(maxConcurrency));
        } else if (config == null && !urlSays("helios.config") && !urlSays("helios.max_concurrency")) {
            properties.setProperty("helios.max_concurrency", "10");
        }
        if (!agreements.isEmpty()) {
            properties.setProperty(
                    "helios.agreements",
                    agreements.stream()
                            .map(file -> file.toAbsolutePath().toString())
                            .collect(Collectors.joining(",")));
        } else if (config == null && !urlSays("helios.config") && !urlSays("helios.agreements")) {
            properties.setProperty("helios.agreements", Promises.DEFAULT);
        }
        return properties;
    }

    /** Whether the URL has a parameter; a property would stand over it, and over the file that it names. */
    private boolean urlSays(String parameter) {
        return Target.parameter(url, parameter).isPresent();
    }

    /** What Helios and the promises are read from, by name; what is built in has no text here. */
    Map<String, String> files() {
        List<String> names = new ArrayList<>();
        Optional.ofNullable(config).map(Path::toString).ifPresent(names::add);
        Target.parameter(url, "helios.config").ifPresent(names::add);
        agreements.forEach(file -> names.add(file.toString()));
        Target.parameter(url, "helios.agreements").ifPresent(listed -> names.addAll(List.of(listed.split(","))));
        Map<String, String> texts = new LinkedHashMap<>();
        for (String name : names) {
            if (!name.startsWith("classpath:")) {
                texts.put(name, text(name));
            }
        }
        return texts;
    }

    /** What Helios makes of a file that cannot be read it says itself. */
    private static String text(String name) {
        try {
            return Redaction.of(Files.readString(Path.of(name)));
        } catch (IOException | InvalidPathException e) {
            return "not read: " + e;
        }
    }

    /** How long it takes to load is not known; the rest of the time is looked at when the database is loaded. */
    private Promises promises(Settings settings) {
        try {
            Promises promises = Promises.read(agreements);
            promises.requireFor(settings.slice().multipliedBy(pairs == null ? 1 : Benchmark.slices(pairs)));
            return promises;
        } catch (RefusedInputException | IllegalArgumentException e) {
            throw fault("--agreements: " + e.getMessage());
        }
    }

    private void require(boolean condition, String fault) {
        if (!condition) {
            throw fault(fault);
        }
    }

    private ParameterException fault(String message) {
        return new ParameterException(specification.commandLine(), Redaction.of(message));
    }
}
