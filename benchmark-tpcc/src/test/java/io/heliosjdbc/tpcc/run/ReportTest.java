package io.heliosjdbc.tpcc.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.heliosjdbc.tpcc.Input;
import io.heliosjdbc.tpcc.Isolation;
import io.heliosjdbc.tpcc.PriorityClass;
import io.heliosjdbc.tpcc.TransactionType;
import io.heliosjdbc.tpcc.load.Loader;
import io.heliosjdbc.tpcc.measure.RawData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class ReportTest {
    @Test
    void anAccountOfSeveralClassesIsOfNone(@TempDir Path folder) throws Exception {
        Figures measured = new Figures(1_000, Runs.promises(folder, "transaction", "Payment"), false, true);
        measured.terminal(new Terminal.Profile("terminal-1", PriorityClass.HIGH));
        measured.terminal(new Terminal.Profile("terminal-2", PriorityClass.LOW));
        measured.unfinished(
                new Terminal.Profile("terminal-2", PriorityClass.LOW), TransactionType.PAYMENT, -5_000_000_000L, 0);
        Report report = report(measured);
        assertThat(report.text())
                .containsPattern("high +0 +0 +- +0")
                .containsPattern("low +0 +0 +- +0")
                .containsPattern("shared +1 +1 +0.00 % +0");
        JsonNode classes = JsonMapper.builder().build().readTree(report.json()).at("/classes");
        assertThat(classes.at("/high/total").asInt()).isZero();
        assertThat(classes.at("/high/conformance").isNull()).isTrue();
        assertThat(classes.at("/shared/violated").asInt()).isEqualTo(1);
        assertThat(classes.at("/shared/conformance").asDouble()).isZero();
    }

    @Test
    void anAccountOfOneClassIsOfIt(@TempDir Path folder) throws Exception {
        Figures measured = new Figures(1_000, Runs.promises(folder, "priority", "high"), false, true);
        measured.terminal(new Terminal.Profile("terminal-1", PriorityClass.HIGH));
        measured.terminal(new Terminal.Profile("terminal-2", PriorityClass.LOW));
        assertThat(report(measured).text())
                .containsPattern("high +1 +0 +100.00 % +0")
                .doesNotContain("shared");
    }

    @Test
    void tpccsLimitsAreHeldAgainstTheResponseTimes(@TempDir Path folder) throws Exception {
        Figures measured = new Figures(100_000_000_000L, Runs.promises(folder, "priority", "high"), false, true);
        measured.terminal(new Terminal.Profile("terminal-2", PriorityClass.LOW));
        measured.unfinished(
                new Terminal.Profile("terminal-2", PriorityClass.LOW), TransactionType.PAYMENT, 90_000_000_000L, 0);
        Report report = report(measured);
        assertThat(report.text())
                .containsPattern("Payment .* >= 10,0[0-9.]+ +5 s 0.0 % NO")
                .containsPattern("StockLevel .* - +20 s -");
        JsonNode types = JsonMapper.builder().build().readTree(report.json()).at("/transactions");
        assertThat(types.at("/Payment/limitSeconds").asInt()).isEqualTo(5);
        assertThat(types.at("/Payment/withinLimitPercent").asDouble(-1)).isZero();
        assertThat(types.at("/Payment/limitKept").asBoolean(true)).isFalse();
        assertThat(types.at("/Payment/responseMs/atLeast").size()).isEqualTo(5);
        assertThat(types.at("/StockLevel/limitKept").isNull()).isTrue();
    }

    @Test
    void whatWasRunIsRecorded(@TempDir Path folder) throws Exception {
        Figures measured = new Figures(1_000, Runs.promises(folder, "priority", "high"), false, false);
        JsonNode json = JsonMapper.builder().build().readTree(report(measured).json());
        assertThat(json.at("/files/a.toml").asString()).isEqualTo("x = 1");
        assertThat(json.at("/circumstances/java").asString()).isEqualTo("17");
        assertThat(json.at("/maxConcurrency").isNull()).isTrue();
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        String url = "jdbc:helios:h2:mem:x;helios.max_concurrency=3;helios.discipline=fifo";
        Report.settings(root, url, Runs.settings(1, 2, Isolation.READ_COMMITTED), 1);
        assertThat(root.at("/maxConcurrency").isNumber()).isTrue();
        assertThat(root.at("/maxConcurrency").asInt()).isEqualTo(3);
        assertThat(root.at("/discipline").asString()).isEqualTo("fifo");
    }

    private static final Terminal.Profile LOW = new Terminal.Profile("terminal-1", PriorityClass.LOW);

    /** Of a measurement of 10 s. */
    private static void completed(Figures measured, RawData.Outcome outcome, long dueMillis, long endMillis) {
        Input input = new Input.StockLevel(1, 1, 15);
        long milli = 1_000_000;
        measured.completed(
                LOW, input, new Measurements.Ended(outcome, dueMillis * milli, dueMillis * milli, endMillis * milli));
    }

    /** It was answered 7 s after the end; what was never answered has waited for 4 s. */
    @Test
    void rawDataHaveTheTimesThatPercentilesHave(@TempDir Path folder) throws Exception {
        Figures measured = new Figures(10_000_000_000L, Promises.read(List.of()), true, false);
        measured.terminal(LOW);
        completed(measured, RawData.Outcome.DONE, 100, 200);
        completed(measured, RawData.Outcome.DONE, 9_000, 17_000);
        measured.unfinished(LOW, TransactionType.STOCK_LEVEL, 6_000_000_000L, 6_000_000_000L);
        Path csv = folder.resolve("raw.csv");
        RawData.write(csv, measured.rows("straight"));
        double longest = Files.readAllLines(csv).stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .mapToDouble(cells -> Double.parseDouble(cells[4]) + Double.parseDouble(cells[5]))
                .max()
                .orElseThrow();
        assertThat(longest).isEqualTo(8000);
        JsonNode types =
                JsonMapper.builder().build().readTree(report(measured).json()).at("/transactions");
        assertThat(types.at("/StockLevel/responseMs/max").asDouble()).isCloseTo(longest, withinPercentage(0.1));
    }

    /** Where all terminals are of one class, it is what all are. */
    @Test
    void aClassHasTheResponseTimesThatItsTypesHave() throws Exception {
        Figures measured = new Figures(10_000_000_000L, Promises.read(List.of()), false, false);
        measured.terminal(LOW);
        completed(measured, RawData.Outcome.DONE, 100, 200);
        completed(measured, RawData.Outcome.ABORTED, 100, 900);
        completed(measured, RawData.Outcome.ABORTED, 9_000, 12_000);
        completed(measured, RawData.Outcome.FAILED, 8_000, 8_100);
        completed(measured, RawData.Outcome.DONE, 9_000, 11_000);
        JsonNode json = JsonMapper.builder().build().readTree(report(measured).json());
        for (TransactionType type : TransactionType.values()) {
            assertThat(json.at("/classes/low/responseMs/" + type.label()))
                    .isEqualTo(json.at("/transactions/" + type.label() + "/responseMs"));
        }
        assertThat(json.at("/transactions/StockLevel/responseMs/max").asDouble())
                .as("not the 3 s of the one that its user aborted")
                .isBetween(2000.0, 2002.0);
    }

    private static Report report(Figures measured) {
        Benchmark.Result result = new Benchmark.Result(new Loader.Loaded(1, false, 0), measured, Map.of(), List.of());
        return new Report(
                "jdbc:x",
                null,
                Runs.settings(1, 2, Isolation.READ_COMMITTED),
                1,
                result,
                new Provenance(Map.of("java", "17"), Map.of("a.toml", "x = 1")));
    }

    @Test
    void aPercentileOfNothingIsNoNumber() {
        double none = Report.percentile(new Histogram(3), 95);
        assertThat(Report.number("%.1f", none)).isEqualTo("-");
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        Report.number(node, "p95", none);
        assertThat(node.toString()).isEqualTo("{\"p95\":null}");
        Histogram one = new Histogram(3);
        one.recordValue(1500);
        assertThat(Report.number("%.1f", Report.percentile(one, 95))).isEqualTo("1.5");
    }
}
