package io.heliosjdbc.tpcc.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.tpcc.Version;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SimulateCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return new CommandLine(new SimulateCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void writesATableTheFiguresAndThePicture(@TempDir Path folder) throws Exception {
        Path json = folder.resolve("runs.json");
        Path svg = folder.resolve("runs.svg");
        assertThat(run(
                        "--disciplines",
                        "fifo,budget",
                        "--seeds",
                        "2",
                        "--json",
                        json.toString(),
                        "--svg",
                        svg.toString()))
                .isZero();
        assertThat(out.toString().lines()).hasSize(5);
        assertThat(err.toString()).contains("2 of 2");
        JsonNode root = JsonMapper.builder().build().readTree(json.toFile());
        assertThat(root.at("/circumstances/Helios").asString()).isEqualTo(Version.ofHelios());
        JsonNode runs = root.get("runs");
        assertThat(runs.size()).isEqualTo(4);
        JsonNode fifo = runs.get(0);
        assertThat(fifo.propertyNames())
                .containsExactlyInAnyOrderElementsOf(List.of(
                        "discipline",
                        "degree",
                        "deadlines",
                        "capacity",
                        "mpl",
                        "workCv",
                        "estimateError",
                        "arrivals",
                        "firstSeed",
                        "seeds",
                        "newOrderPenalty",
                        "allTypesPenalty",
                        "violated",
                        "longestNewOrderSeconds",
                        "newOrdersDone",
                        "deadlineOverruns"));
        assertThat(fifo.get("firstSeed").asLong()).isEqualTo(1);
        assertThat(fifo.get("newOrderPenalty").get("mean").asDouble()).isEqualTo(48_000);
        assertThat(fifo.get("violated").get("medium").asDouble()).isEqualTo(70);
        assertThat(DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(svg.toFile())
                        .getElementsByTagName("polyline")
                        .getLength())
                .isEqualTo(12);
    }

    @Test
    void twoFilesAreTwo(@TempDir Path folder) {
        Path file = folder.resolve("runs");
        assertThat(run("--json", file.toString(), "--svg", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("--json and --svg name the same file");
    }

    @ParameterizedTest
    @CsvSource({
        "--disciplines, lifo, there is no discipline 'lifo'",
        "--seeds, 0, --seeds must be 1 or more",
        "--capacity, 0, --capacity must be above 0",
        "--mpl, 0, --mpl must be 1 or more",
        "--work-cv, -1, --work-cv must be",
        "--estimate-error, -1, --estimate-error must be",
        "--arrivals, sometimes, --arrivals must be closed or open",
        "--deadlines, maybe, '--deadlines must be on, off or both'",
        "--degree, 0, --degree must be above 0",
        "--json, /nowhere/runs.json, --json: there is no directory /nowhere to write to",
        "--svg, /, --svg: / is a directory; name a file"
    })
    void whatCannotBeIsRefused(String option, String value, String message) throws IOException {
        assertThat(run(option, value)).isEqualTo(2);
        assertThat(err.toString()).contains(message);
        assertThat(Files.exists(Path.of("runs.json"))).isFalse();
    }
}
