package io.heliosjdbc.classifier.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassifyTest {
    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream notes = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return Classify.run(
                List.of(arguments),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(notes, true, StandardCharsets.UTF_8));
    }

    private String corpus(String... lines) throws Exception {
        Path file = directory.resolve("corpus.jsonl");
        Files.write(file, List.of(lines));
        return file.toString();
    }

    @Test
    void theFiguresAreWrittenAsJson() throws Exception {
        String file = corpus(
                "{\"sql\": \"SELECT * FROM t WHERE id = 1\", \"class\": \"fast_lane\"}",
                "",
                "{\"class\":\"parallel_lanes\",\"sql\":\"SELECT a, \\u0073um(b) FROM t GROUP BY a\",\"n\":[1,{\"x\":null}]}",
                "{\"sql\": \"VACUUM t\", \"class\": \"fast_lane\"}");
        Path json = directory.resolve("out.json");

        assertThat(run("--corpus", file, "--json", json.toString())).isZero();

        assertThat(json)
                .content()
                .matches("\\{\"accuracy\": 0\\.666667, \"statements\": 3, \"confusion\": \\{"
                        + "\"fast_lane\": \\{\"fast_lane\": 1, \"parallel_lanes\": 0, \"background_queue\": 1}, "
                        + "\"parallel_lanes\": \\{\"fast_lane\": 0, \"parallel_lanes\": 1, \"background_queue\": 0}, "
                        + "\"background_queue\": \\{\"fast_lane\": 0, \"parallel_lanes\": 0, \"background_queue\": 0}}, "
                        + "\"calibration_error\": 0\\.\\d{6}}\n");
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("The shipped model: 3 statements, 66.67 % right");
        assertThat(notes.size()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"sql": "SELECT 1"}                              | 2: there is no string "class"; give fast_lane, parallel_lanes or background_queue
            {"class": "fast_lane", "sql": 3}                 | 2: there is no string "sql"; give the statement's text
            {"sql": "SELECT 1", "class": "oltp"}             | 2: the class is 'oltp'; give fast_lane, parallel_lanes or background_queue
            {"sql": "SELECT 1", "class": "fast_lane"         | 2: column 41: expected ',' or '}', but the line ends; give a JSON object a line, as in {"sql": "SELECT 1", "class": "fast_lane"}
            SELECT 1                                         | 2: column 1: expected '{'; give a JSON object a line, as in {"sql": "SELECT 1", "class": "fast_lane"}
            {"sql": "a\\q", "class": "fast_lane"}            | 2: column 12: there is no such escape; give a JSON object a line, as in {"sql": "SELECT 1", "class": "fast_lane"}
            {"sql": "a", "sql": "b", "class": "fast_lane"}   | 2: column 14: 'sql' is given twice; give a JSON object a line, as in {"sql": "SELECT 1", "class": "fast_lane"}
            {"sql": "a", "n": 01, "class": "fast_lane"}      | 2: column 19: expected a value; give a JSON object a line, as in {"sql": "SELECT 1", "class": "fast_lane"}
            {} {}                                            | 2: column 4: there is more after the object; give a JSON object a line, as in {"sql": "SELECT 1", "class": "fast_lane"}
            """)
    void aBadLineIsNamed(String line, String fault) throws Exception {
        String file = corpus("{\"sql\": \"SELECT 1\", \"class\": \"fast_lane\"}", line.replace("\\\\", "\\"));

        assertThat(run("--corpus", file)).isEqualTo(1);

        assertThat(notes.toString(StandardCharsets.UTF_8)).isEqualTo(file + ":" + fault + System.lineSeparator());
        assertThat(out.size()).isZero();
    }

    @Test
    void aMissingOrEmptyFileIsNamed() throws Exception {
        assertThat(run("--corpus", directory.resolve("none.jsonl").toString())).isEqualTo(1);
        assertThat(run("--corpus", corpus(""))).isEqualTo(1);

        assertThat(notes.toString(StandardCharsets.UTF_8))
                .contains("there is no such file")
                .contains("there are no statements in it");
    }

    @Test
    void aFileThatIsNoTextIsRefused() throws Exception {
        Path file = directory.resolve("binary.jsonl");
        Files.write(file, new byte[] {(byte) 0xC3, (byte) 0x28, '\n'});

        assertThat(run("--corpus", file.toString())).isEqualTo(1);
        assertThat(notes.toString(StandardCharsets.UTF_8)).contains("this is not UTF-8");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --json x        | classify: --corpus is missing
            --corpus        | classify: --corpus needs a file
            --corpora x     | classify: there is no option --corpora
            """)
    void aWrongCallShowsTheUsage(String arguments, String fault) {
        assertThat(run(arguments.split(" ", -1))).isEqualTo(2);
        assertThat(notes.toString(StandardCharsets.UTF_8)).startsWith(fault).contains("Usage: helios classify");
    }

    @Test
    void crossValidationKeepsSchemasTogether() throws Exception {
        List<String> lines = new ArrayList<>();
        for (int schema = 0; schema < 10; schema++) {
            for (int i = 0; i < 20; i++) {
                lines.add(
                        "{\"sql\": \"SELECT c" + i + " FROM t" + schema + " WHERE id = 1\", \"class\": \"fast_lane\"}");
                lines.add("{\"sql\": \"SELECT c" + i + ", SUM(n) FROM t" + schema + " GROUP BY c" + i
                        + "\", \"class\": \"parallel_lanes\"}");
            }
        }

        assertThat(run("--corpus", corpus(lines.toArray(String[]::new)), "--cross-validate"))
                .isZero();

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("Trained on four fifths of the schemas, tested on the fifth: 400 statements, 100.00 % right");
    }

    @Test
    void aValueMayFollowAnEqualsSign() throws Exception {
        Path json = directory.resolve("a=b.json");
        String file = corpus("{\"sql\": \"SELECT 1\", \"class\": \"fast_lane\"}");

        assertThat(run("--corpus=" + file, "--json=" + json)).isZero();

        assertThat(Files.readString(json)).contains("\"statements\": 1");
        assertThat(run("--cross-validate=" + file)).isEqualTo(2);
    }

    @Test
    void crossValidationNeedsSchemas() throws Exception {
        assertThat(run("--corpus", corpus("{\"sql\": \"SELECT 1\", \"class\": \"fast_lane\"}"), "--cross-validate"))
                .isEqualTo(1);
        assertThat(notes.toString(StandardCharsets.UTF_8))
                .contains(": cross validation in 5 folds needs at least 5 schemas, but finds 1;"
                        + " give statements of more schemas");
    }
}
