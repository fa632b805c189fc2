package io.heliosjdbc.tpcc.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.heliosjdbc.tpcc.Hook;
import io.heliosjdbc.tpcc.Isolation;
import io.heliosjdbc.tpcc.Main;
import io.heliosjdbc.tpcc.Population;
import io.heliosjdbc.tpcc.Target;
import io.heliosjdbc.tpcc.TransactionType;
import io.heliosjdbc.tpcc.load.Load;
import io.heliosjdbc.tpcc.load.Loader;
import io.heliosjdbc.tpcc.measure.Circumstances;
import io.heliosjdbc.tpcc.pace.Phases;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CommandLineTest {
    @TempDir
    Path directory;

    private record Outcome(int exit, String out, String err) {}

    private static Outcome run(String... arguments) {
        return command("tpcc", arguments);
    }

    private static Outcome command(String name, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int exit = line.execute(
                Stream.concat(Stream.of(name), Stream.of(arguments)).toArray(String[]::new));
        return new Outcome(exit, out.toString(), err.toString());
    }

    /** Nothing is wrong, but that a slow machine may commit nothing in a second. */
    private static void sound(int exit, String out) {
        List<String> faults = out.lines()
                .filter(line -> line.startsWith("FAULT: "))
                .map(line -> line.substring("FAULT: ".length()))
                .toList();
        assertThat(faults).isSubsetOf(Runs.NOTHING_COMMITTED);
        assertThat(exit).isEqualTo(faults.isEmpty() ? 0 : 1);
    }

    private static Properties properties(String... arguments) {
        TpccCommand command = new TpccCommand();
        new CommandLine(command).parseArgs(arguments);
        return command.connectionProperties();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--warehouses 0 | --warehouses must be 1 or more",
                "--terminals 0 | --terminals must be 1 or more",
                "--delivery-workers 0 | --delivery-workers must be 1 or more",
                "--side-by-side 3 --delivery-log x.csv | give no --delivery-log",
                "--csv x.csv --delivery-log ./x.csv | --csv and --delivery-log name the same file, x.csv",
                "--scale -1 | --scale must be 0 or more",
                "--duration soon | 'soon' is not a time span",
                "--duration 0s | --duration must be above zero",
                "--phases 80%:1m --duration 1m | give no --duration",
                "--phases 80 | '80' is not a phase",
                "--isolation none | --isolation must be",
                "--population tiny | there is no population 'tiny'",
                "--loaders 0 | --loaders must be 1 or more",
                "--url oracle | --url must be",
                "--url jdbc:h2:mem: | name it",
                "--url jdbc:sqlite::memory: | name it",
                "--url jdbc:helios:sqlite:?cache=shared | name it",
                "--url jdbc:helios:duckdb: | name it",
                "--url jdbc:helios:nobody:x | no driver takes jdbc:helios:nobody:x",
                "--url jdbc:h2:mem:x --discipline kafka | --discipline needs",
                "--url jdbc:h2:mem:x --config helios.toml | --config needs",
                "--url jdbc:h2:mem:x --max-concurrency 3 | --max-concurrency needs",
                "--config missing/helios.toml | there is no file missing/helios.toml",
                "--config / | cannot read /",
                "--agreements missing.xml | the file does not exist",
                "--url embedded-postgres --user me | embedded-postgres has its own user",
                "--url embedded-mariadb --user me | embedded-mariadb has its own user",
                "--url embedded-postgres --password=x | embedded-postgres has no password; give no --password",
                "--json x.json --csv ./x.json | --json and --csv name the same file, x.json",
                "--side-by-side 0 | --side-by-side must be from 1 to 1000",
                "--side-by-side 3 --url jdbc:h2:mem:x | --side-by-side needs a URL that begins with jdbc:helios:",
                "--side-by-side 3 --csv x.csv | give no --csv",
                "--side-by-side 3 --against nothing | --against must be straight or direct",
                "--against direct | give that too",
                "--side-by-side 3 --against direct | against themselves; add --connections late",
                "--side-by-side 3 --against direct --connections direct | add --connections late",
                "--json /nowhere/x.json | --json: there is no directory /nowhere to write to",
                "--csv / | --csv: / is a directory",
                "--connections many | --connections must be direct or late",
                "--url jdbc:h2:mem:x --connections late | --connections needs",
                "--nonsense | Unknown option"
            })
    void aWrongOptionIsRefused(String arguments, String message) {
        Outcome outcome = run(arguments.strip().split(" "));
        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err())
                .contains(message)
                .doesNotContain("Usage:", "java.lang")
                .endsWith("helios tpcc --help lists what there is" + System.lineSeparator());
    }

    @Test
    void aMisspeltOptionIsToldTheNearest() {
        assertThat(run("--durations", "5s").err())
                .contains("'--durations'", "Possible solutions: --duration" + System.lineSeparator());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tpcc", "compare", "simulate"})
    void theVersionIsTold(String command) {
        Outcome outcome = command(command, "--version");
        assertThat(outcome.exit()).isZero();
        assertThat(outcome.out()).startsWith("Helios JDBC ");
    }

    @Test
    void aCommandIsNeeded() {
        StringWriter err = new StringWriter();
        assertThat(Main.commandLine().setErr(new PrintWriter(err)).execute()).isEqualTo(2);
        assertThat(err.toString()).contains("name a command");
    }

    @Test
    void passwordsAreNeverShown() {
        Outcome outcome = run(
                "--url",
                "jdbc:nobody://me:topsecret@host/db?password=topsecret",
                "--user",
                "me",
                "--password",
                "topsecret");
        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("no driver takes jdbc:nobody:", "put the driver's jar into HELIOS_CLASSPATH");
        assertThat(outcome.out() + outcome.err()).doesNotContain("topsecret");
    }

    @Test
    void aPasswordThatIsNotOnTheLineIsAskedFor() {
        TpccCommand command = new TpccCommand();
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream("topsecret\n".getBytes(UTF_8)));
        try {
            new CommandLine(command).parseArgs("--user", "me", "--password", "--url", "jdbc:h2:mem:x");
        } finally {
            System.setIn(before);
        }
        assertThat(command.login.password()).isEqualTo("topsecret");
        assertThat(command.login.user()).isEqualTo("me");
        assertThat(command.url).isEqualTo("jdbc:h2:mem:x");
    }

    @Test
    void heliosIsToldItsOptions() {
        assertThat(properties("--discipline", "kafka", "--max-concurrency", "4"))
                .containsEntry("helios.discipline", "kafka")
                .containsEntry("helios.max_concurrency", "4")
                .containsEntry("helios.agreements", "classpath:io/heliosjdbc/tpcc/tpcc-agreement.xml");
        assertThat(properties("--url", "jdbc:helios:h2:mem:x")).containsEntry("helios.max_concurrency", "10");
        assertThat(properties("--url", "jdbc:h2:mem:x")).isEmpty();
    }

    @Test
    void aConfigurationKeepsItsOwnConcurrencyAndAgreements() throws Exception {
        Path config = Files.createFile(directory.resolve("helios.toml"));
        assertThat(properties("--config", config.toString()))
                .containsEntry("helios.config", config.toAbsolutePath().toString())
                .doesNotContainKeys("helios.max_concurrency", "helios.agreements");
        assertThat(properties("--config", config.toString(), "--agreements", "a.xml"))
                .containsKey("helios.agreements");
    }

    @Test
    void whatTheUrlSaysIsNotOverridden() {
        String url = "jdbc:helios:postgresql://host/db?ssl=true&helios.";
        assertThat(properties("--url", url + "config=/my.toml")).isEmpty();
        assertThat(properties("--url", "jdbc:helios:h2:mem:x;helios.config=/my.toml"))
                .isEmpty();
        assertThat(properties("--url", url + "agreements=my.xml"))
                .containsOnly(Map.entry("helios.max_concurrency", "10"));
        assertThat(properties("--url", url + "max_concurrency=3")).containsOnlyKeys("helios.agreements");
        assertThat(properties("--url", url + "config=/my.toml", "--max-concurrency", "4", "--agreements", "a.xml"))
                .containsEntry("helios.max_concurrency", "4")
                .containsKey("helios.agreements");
    }

    @Test
    void whatHeliosReadsIsKept() throws Exception {
        Path config = Files.writeString(directory.resolve("helios.toml"), "password = secret\n");
        Path ofUrl = Files.writeString(directory.resolve("url.toml"), "max_concurrency = 3\n");
        Path agreement = Files.writeString(directory.resolve("agreement.xml"), "<Agreement/>");
        TpccCommand command = new TpccCommand();
        new CommandLine(command)
                .parseArgs(
                        "--url",
                        "jdbc:helios:h2:mem:x;helios.config=" + ofUrl + ";helios.agreements=classpath:a.xml,none.xml",
                        "--config",
                        config.toString(),
                        "--agreements",
                        agreement.toString());
        assertThat(command.files())
                .containsEntry(config.toString(), "password = ***\n")
                .containsEntry(ofUrl.toString(), "max_concurrency = 3\n")
                .containsEntry(agreement.toString(), "<Agreement/>")
                .hasEntrySatisfying("none.xml", text -> assertThat(text).startsWith("not read: "))
                .hasSize(4);
    }

    @Test
    void theMachineIsTold() throws Exception {
        try (Target target = Target.open(Target.embeddedH2("jdbc:"), null, null, 1);
                Connection connection = target.straight()) {
            String machine = Circumstances.of(connection).get("machine");
            assertThat(machine).matches("\\d+ processors, .*\\d+ MiB, .+ .+");
            Path processors = Path.of("/proc/cpuinfo");
            if (Files.exists(processors) && Files.readString(processors).contains("model name")) {
                assertThat(machine).matches("\\d+ processors, .*[A-Za-z].*, \\d+ MiB, .*");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:helios:h2:mem:x;LOCK_TIMEOUT=1;helios.discipline=fifo, jdbc:h2:mem:x;LOCK_TIMEOUT=1",
        "jdbc:helios:postgresql://h/d?helios.a=b&ssl=true, jdbc:postgresql://h/d?ssl=true",
        "jdbc:helios:postgresql://h/d?ssl=true&helios.a=b, jdbc:postgresql://h/d?ssl=true",
        "jdbc:helios:postgresql://h/d?helios.a=b, jdbc:postgresql://h/d",
        "jdbc:h2:mem:x, jdbc:h2:mem:x",
        "jdbc:postgresql://h/d?helios.a=b&ssl=true, jdbc:postgresql://h/d?ssl=true",
        "jdbc:helios:db2://h:50000/d:helios.a=b;retrieveMessagesFromServerOnGetMessage=true;, jdbc:db2://h:50000/d:retrieveMessagesFromServerOnGetMessage=true;",
        "jdbc:helios:sqlserver://h;helios.a={b;c};encrypt=true, jdbc:sqlserver://h;encrypt=true",
        "jdbc:helios:informix-sqli://h:1/d:INFORMIXSERVER=s;helios.a=b, jdbc:informix-sqli://h:1/d:INFORMIXSERVER=s"
    })
    void loaderAndCheckerGoAroundHelios(String url, String straight) throws Exception {
        try (Target target = Target.open(url, null, null, 1)) {
            assertThat(target.straightUrl()).isEqualTo(straight);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:helios:h2:mem:x;helios.config=a.toml, helios.config, a.toml",
        "jdbc:helios:postgresql://h/d?helios.config=a%20b.toml&ssl=true, helios.config, a b.toml",
        "jdbc:helios:sqlserver://h;helios.config={a;b.toml};encrypt=true, helios.config, a;b.toml",
        "jdbc:helios:db2://h:50000/d:helios.agreements=a.xml;, helios.agreements, a.xml",
        "jdbc:helios:h2:mem:x;helios.max_concurrency=3, helios.max_concurrency, 3",
        "jdbc:helios:h2:mem:x;helios.discipline=fifo, helios.discipline, fifo",
        "jdbc:helios:h2:mem:x, helios.discipline,",
        "jdbc:helios:h2:mem:x, helios.agreements,",
        "embedded-postgres, helios.config,"
    })
    void whatTheUrlSaysToHeliosIsReadAsHeliosDoes(String url, String name, @Nullable String value) {
        assertThat(Target.parameter(url, name)).isEqualTo(Optional.ofNullable(value));
    }

    @Test
    void anAgreementThatHasExpiredIsRefusedBeforeAnythingIsLoaded() throws Exception {
        Path expired = Runs.ownAgreement(
                directory, "</Context>", "<ExpirationTime>2020-01-01T00:00:00Z</ExpirationTime></Context>");
        Outcome outcome = run("--agreements", expired.toString());
        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("--agreements: '" + expired + "' expired at 2020-01-01T00:00:00Z, so that Helios keeps none");
        assertThat(outcome.out()).isEmpty();
    }

    private Path expiringIn(Duration time) throws IOException {
        Instant expires = Instant.now().plus(time);
        return Runs.ownAgreement(directory, "</Context>", "<ExpirationTime>" + expires + "</ExpirationTime></Context>");
    }

    /** Warm-ups, and the pair that does not count, take time, too. */
    @ParameterizedTest
    @ValueSource(strings = {"--warmup 1m --duration 2m --side-by-side 2", "--warmup 8m --phases 80%:4m,180%:4m"})
    void anAgreementThatExpiresBeforeTheEndIsRefusedBeforeAnythingIsLoaded(String length) throws Exception {
        Path expiring = expiringIn(Duration.ofMinutes(15));
        Outcome outcome = run((length + " --agreements " + expiring).split(" ", -1));
        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("--agreements: '" + expiring + "' expires at ", " at the earliest", "measure for less long");
        assertThat(outcome.out()).isEmpty();
    }

    /** As where it takes long to load; nothing is measured that would lose its promises in the middle. */
    @Test
    void anAgreementThatWouldExpireInTheMiddleIsRefusedBeforeAnythingIsMeasured() throws Exception {
        Promises promises = Promises.read(List.of(expiringIn(Duration.ofMinutes(15))));
        Settings brief = Runs.settings(1, 2, Isolation.READ_COMMITTED);
        Settings lengthy = new Settings(
                brief.warehouses(),
                brief.terminals(),
                Phases.constant(1, Duration.ofHours(1)),
                brief.warmup(),
                brief.isolation(),
                brief.population(),
                brief.seed(),
                brief.replace(),
                brief.loaders(),
                brief.connection(),
                brief.drain(),
                brief.raw(),
                brief.deliveryWorkers(),
                brief.deliveryLog());
        try (Target target = Target.open("h2", null, null, 2)) {
            assertThatThrownBy(() -> new Benchmark(target, lengthy, promises, line -> {}).run())
                    .isInstanceOf(SQLException.class)
                    .hasMessageContainingAll("own.xml' expires at ", "give it a later ExpirationTime");
        }
    }

    private static void reconcile(JsonNode root, List<String> lines) {
        assertThat(lines.get(0)).isEqualTo("part,stream,kind,due_s,queue_ms,service_ms,outcome");
        Map<String, Long> counted = new HashMap<>();
        Map<String, Double> longest = new HashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            assertThat(line).startsWith("straight,terminal-").matches(".*,-?[0-9.]+,[0-9.]+,[0-9.]+,[a-z]+");
            counted.merge(cells[2] + " " + cells[6], 1L, Long::sum);
            counted.merge(cells[2] + " offered", 1L, Long::sum);
            longest.merge(cells[2], Double.parseDouble(cells[4]) + Double.parseDouble(cells[5]), Math::max);
        }
        for (TransactionType type : TransactionType.values()) {
            JsonNode node = root.at("/transactions/" + type.label());
            Function<String, Long> count = word -> counted.getOrDefault(type.label() + " " + word, 0L);
            assertThat(count.apply("offered")).isEqualTo(node.at("/offered").asLong());
            assertThat(count.apply("done")).isEqualTo(node.at("/committed").asLong());
            assertThat(count.apply("aborted")).isEqualTo(node.at("/userAborted").asLong());
            assertThat(count.apply("refused") + count.apply("failed"))
                    .isEqualTo(node.at("/failed").asLong());
            assertThat(count.apply("dropped")).isEqualTo(node.at("/unfinished").asLong());
            // Those of what its user aborted are apart, and what failed ranks by how long it had been due.
            if (type != TransactionType.NEW_ORDER && node.at("/failed").asLong() == 0) {
                double most = longest.getOrDefault(type.label(), 0.0);
                assertThat(node.at("/responseMs/max").asDouble(0))
                        .as(type.label())
                        .isCloseTo(most, offset(0.003 + most / 500));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "embedded-postgres"})
    void straightAndHeliosAreMeasuredInTurn(String url) throws Exception {
        Path json = directory.resolve("result.json");
        Outcome outcome = run(
                "--url",
                url,
                "--population",
                "small",
                "--scale",
                "0.001",
                "--warmup",
                "100ms",
                "--duration",
                "1s",
                "--side-by-side",
                "3",
                "--json",
                json.toString());
        assertThat(outcome.err()).isEmpty();
        sound(outcome.exit(), outcome.out());
        assertThat(outcome.out())
                .contains("pair 3 of 3", "confidence interval of the mean", "all twelve conditions hold")
                .containsPattern("(?s)pair 1 of 3.*through Helios.*straight.*pair 2 of 3.*straight.*through Helios");
        JsonNode root = JsonMapper.builder().build().readTree(Files.readString(json));
        assertThat(root.at("/pairs").size()).isEqualTo(3);
        JsonNode ratio = root.at("/throughputHeliosOverStraight");
        assertThat(ratio.at("/low").asDouble())
                .isLessThanOrEqualTo(ratio.at("/mean").asDouble());
        for (JsonNode pair : root.at("/pairs")) {
            double divisor = pair.at("/straight/perSecond").asDouble();
            if (divisor == 0) {
                assertThat(pair.at("/ratio").isNull()).isTrue();
            } else {
                assertThat(pair.at("/ratio").asDouble())
                        .isEqualTo(pair.at("/helios/perSecond").asDouble() / divisor);
                assertThat(pair.at("/straight/p50Ms").asDouble()).isPositive();
            }
            assertThat(pair.at("/straight/failed").isNumber()).isTrue();
            assertThat(pair.at("/helios/unfinished").isNumber()).isTrue();
        }
        assertThat(root.at("/circumstances/machine").asString()).contains(" processors, ");
        assertThat(root.at("/seed").asLong()).isEqualTo(1);
        assertThat(root.at("/seconds").asDouble()).isEqualTo(1);
        assertThat(root.at("/url").asString()).startsWith("jdbc:helios:");
        assertThat(root.at("/connections").asString()).isEqualTo("direct");
        assertThat(root.at("/warmupSeconds").asDouble()).isEqualTo(0.1);
        assertThat(root.at("/scale").asDouble()).isEqualTo(0.001);
    }

    @Test
    void lateIsHeldAgainstOneToOne() throws Exception {
        Path json = directory.resolve("result.json");
        Outcome outcome = run(
                "--population",
                "small",
                "--scale",
                "0.001",
                "--warmup",
                "100ms",
                "--duration",
                "1s",
                "--side-by-side",
                "1",
                "--against",
                "direct",
                "--connections",
                "late",
                "--json",
                json.toString());
        assertThat(outcome.err()).isEmpty();
        sound(outcome.exit(), outcome.out());
        assertThat(outcome.out())
                .contains("through Helios, one to one", "direct per s", "throughput through Helios over direct");
        JsonNode root = JsonMapper.builder().build().readTree(Files.readString(json));
        assertThat(root.at("/throughputHeliosOverDirect").propertyNames())
                .containsExactly("confidence", "median", "mean", "low", "high");
        assertThat(root.at("/pairs/0/direct/perSecond").isNumber()).isTrue();
        assertThat(root.at("/connections").asString()).isEqualTo("late");
    }

    /** As someone does who presses Ctrl-C after the first warehouse. */
    private String interruptedLoad() throws Exception {
        String url = "jdbc:h2:file:" + directory.resolve("tpcc");
        try (Target target = Target.open(url, null, null, 1)) {
            Loader loader = new Loader(target, new Load(5, Population.SMALL, 2), 1, line -> {
                if (line.startsWith("loaded warehouse 1,")) {
                    throw new IllegalStateException("interrupted");
                }
            });
            assertThatThrownBy(() -> loader.load(false)).hasRootCauseMessage("interrupted");
        }
        return url;
    }

    @Test
    void anInterruptedLoadIsGoneOnWith() throws Exception {
        Path json = directory.resolve("result.json");
        String options = "--url " + interruptedLoad() + " --population small --warehouses 2 --terminals 10 --loaders 2"
                + " --scale 0.001 --warmup 0s --duration 1s --json " + json;
        Outcome another = run((options + " --seed 6").split(" "));
        assertThat(another.exit()).isEqualTo(1);
        assertThat(another.err()).contains("give its --warehouses 2 --population small --seed 5 to go on with it");
        Outcome same = run((options + " --seed 5").split(" "));
        assertThat(same.err()).isEmpty();
        sound(same.exit(), same.out());
        assertThat(same.out())
                .contains("going on with an interrupted load: 2 of 3 parts", "all twelve conditions hold")
                .doesNotContain("loaded warehouse 1,");
        JsonNode loading =
                JsonMapper.builder().build().readTree(Files.readString(json)).at("/loading");
        assertThat(loading.at("/resumed").asBoolean()).isTrue();
        assertThat(loading.at("/loaders").asInt()).isEqualTo(2);
    }

    @Test
    void aComparisonGoesOnWithAnInterruptedLoadInsteadOfRehearsing() throws Exception {
        Outcome outcome = command(
                "compare",
                ("--url " + interruptedLoad() + " --population small --warehouses 2 --seed 5 --rate 20 --olap-streams 1"
                                + " --warmup 0s --duration 1s --html " + directory.resolve("result.html"))
                        .split(" "));
        assertThat(outcome.out())
                .contains("no rehearsal", "going on with an interrupted load: 2 of 3 parts")
                .doesNotContain(": rehearsal");
    }

    @Test
    void aShortRunPrintsATableAndWritesJson() throws Exception {
        Path json = directory.resolve("result.json");
        Path csv = directory.resolve("result.csv");
        Outcome outcome = run(
                "--url",
                Target.embeddedH2("jdbc:"),
                "--population",
                "small",
                "--scale",
                "0.001",
                "--warmup",
                "200ms",
                "--phases",
                "80%:500ms,180%:1s",
                "--seed",
                "5",
                "--json",
                json.toString(),
                "--csv",
                csv.toString());
        assertThat(outcome.err()).isEmpty();
        sound(outcome.exit(), outcome.out());
        assertThat(outcome.out()).contains("tpmC over", "NewOrder", "conformance", "all twelve conditions hold");
        JsonNode root = JsonMapper.builder().build().readTree(Files.readString(json));
        assertThat(root.propertyNames())
                .startsWith(
                        "url", "warehouses", "terminals", "seconds", "tpmC", "transactions", "accounts", "consistency");
        assertThat(root.at("/seconds").asDouble()).isEqualTo(1.5);
        assertThat(root.at("/seed").asLong()).isEqualTo(5);
        assertThat(root.at("/isolation").asString()).isEqualTo("read-committed");
        assertThat(root.at("/connections").isNull()).isTrue();
        assertThat(root.at("/phases").size()).isEqualTo(2);
        assertThat(root.at("/phases/1/seconds").asDouble()).isEqualTo(1);
        assertThat(root.at("/phases/0/factor").asDouble()).isEqualTo(0.00125);
        assertThat(root.at("/loading").propertyNames()).containsExactly("loaders", "resumed", "seconds");
        JsonNode newOrder = root.at("/transactions/NewOrder");
        assertThat(newOrder.propertyNames()).startsWith("committed", "userAborted", "failed", "responseMs");
        assertThat(newOrder.at("/responseMs").propertyNames()).contains("p50", "p90", "p95", "p99", "max");
        assertThat(root.at("/accounts").propertyNames()).containsExactly("total", "violated", "penalty", "unit");
        assertThat(root.at("/transactions").propertyNames())
                .containsExactly("NewOrder", "Payment", "OrderStatus", "Delivery", "StockLevel");
        assertThat(root.at("/consistency/conditions/12").asString()).isEqualTo("ok");
        reconcile(root, Files.readAllLines(csv));
    }

    @Test
    void whatWasMeasuredIsToldThoughTheServerIsGoneBeforeItIsChecked() throws Exception {
        Path json = directory.resolve("result.json");
        Path csv = directory.resolve("result.csv");
        Target server = Target.embeddedPostgres("jdbc:", 20);
        Hook out = new Hook("checking consistency", () -> {
            server.close();
            return true;
        });
        StringWriter err = new StringWriter();
        int exit = Main.commandLine()
                .setOut(out.writer())
                .setErr(new PrintWriter(err))
                .execute(("tpcc --population small --scale 0.001 --warmup 0s --duration 1s --user postgres --url "
                                + server.url() + " --json " + json + " --csv " + csv)
                        .split(" "));
        assertThat(err.toString()).isEmpty();
        assertThat(exit).isEqualTo(1);
        assertThat(out.toString())
                .contains("tpmC over", "consistency: NOT CHECKED", "FAULT: the consistency was not checked: ");
        JsonNode root = JsonMapper.builder().build().readTree(Files.readString(json));
        assertThat(root.at("/circumstances/server").asString()).contains("shared_buffers");
        assertThat(root.at("/consistency/passed").asBoolean()).isFalse();
        assertThat(root.at("/consistency/conditions/1").asString()).startsWith("not checked: ");
        assertThat(root.at("/faults").valueStream().map(JsonNode::asString))
                .filteredOn(fault -> !fault.equals(Runs.NOTHING_COMMITTED))
                .singleElement()
                .asString()
                .startsWith("the consistency was not checked: ");
        reconcile(root, Files.readAllLines(csv));
    }

    @Test
    void theConditionsAreCheckedThoughAllConnectionsBroke() throws Exception {
        try (Target server = Target.embeddedPostgres("jdbc:", 20)) {
            Hook out = new Hook("checking consistency", () -> {
                try (Connection other = server.straight();
                        Statement statement = other.createStatement()) {
                    return statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            + " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()");
                }
            });
            int exit = Main.commandLine()
                    .setOut(out.writer())
                    .execute(("tpcc --population small --scale 0.001 --warmup 0s --duration 1s --user postgres --url "
                                    + server.url())
                            .split(" "));
            assertThat(out.toString()).contains("consistency: all twelve conditions hold");
            sound(exit, out.toString());
        }
    }
}
