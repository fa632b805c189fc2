package io.heliosjdbc.overhead.decisions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DecisionsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int execute(String... arguments) {
        return Decisions.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void everyDisciplineIsMeasuredAtEveryLengthAndTheSlotBesideTheSemaphore() {
        assertThat(execute("--once", "--of", "scheduler", "--queued", "5,20"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("| discipline | n = 5 | n = 20 | B per queued |");
        assertThat(out.toString().lines().filter(line -> line.startsWith("| ")))
                .hasSize(2 + 6 + 2 + 3)
                .allSatisfy(line ->
                        assertThat(line.chars().filter(each -> each == '|')).hasSize(5));
    }

    @Test
    void everyKindOfStatementIsMeasuredInBothModes(@TempDir Path directory) throws IOException {
        Path json = directory.resolve("jmh.json");
        assertThat(execute("--once", "--of", "classifier", "--json", json.toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString().lines().filter(line -> line.startsWith("| ")))
                .hasSize(2 + 2 * 5)
                .allSatisfy(line ->
                        assertThat(line.chars().filter(each -> each == '|')).hasSize(11));
        assertThat(Files.readString(json))
                .contains("\"text\" : \"list\"", "seenBefore", "ColdBenchmark", "gc.alloc.rate.norm");
    }

    @Test
    void aFileThatCannotBeWrittenIsRefusedBeforeAnythingIsMeasured() {
        assertThat(execute("--json", "/nowhere/jmh.json")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("--json: there is no directory /nowhere to write to");
        assertThat(execute("--version")).isZero();
        assertThat(out.toString()).startsWith("Helios JDBC ");
    }

    @Test
    void anUnknownPartIsRefusedWithTheKnownOnes() {
        assertThat(execute("--of", "clairvoyant")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("clairvoyant", "classifier");
    }

    @Test
    void anUnknownDisciplineIsRefusedWithTheKnownOnes() {
        assertThat(execute("--disciplines", "lifo")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("lifo", "fisher_krieger");
    }
}
