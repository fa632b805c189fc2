package io.heliosjdbc.overhead;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int execute(String... arguments) {
        CommandLine commandLine = Main.commandLine();
        return commandLine
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void everyOperationRunsOnEveryPathWithOneThreadAndWithTwo(@TempDir Path directory) throws Exception {
        Path json = directory.resolve("jmh.json");
        assertThat(execute("--effort", "once", "--path", "raw,helios", "--json", json.toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString().lines().filter(line -> line.startsWith("| ")))
                .hasSize(2 + 2 * Operation.values().length)
                .first()
                .asString()
                .contains("raw ns", "helios ns", "difference", "raw B", "helios B");
        assertThat(err.toString().lines()).hasSize(4 * Operation.values().length);
        assertThat(Files.readString(json)).contains("\"path\" : \"helios\"", "gc.alloc.rate.norm");
    }

    @Test
    void thePeersAreThereToo() {
        assertThat(execute("--effort", "once", "--threads", "1"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("hikaricp ns", "p6spy ns", "datasource-proxy ns", "aws-wrapper ns");
    }

    @Test
    void everyBenchmarkMethodIsAnOperation() {
        assertThat(Operations.class.getDeclaredMethods())
                .filteredOn(method -> method.isAnnotationPresent(org.openjdk.jmh.annotations.Benchmark.class))
                .extracting(java.lang.reflect.Method::getName)
                .containsExactlyInAnyOrderElementsOf(java.util.Arrays.stream(Operation.values())
                        .map(Operation::method)
                        .toList());
    }

    @Test
    void theVersionIsTold() {
        assertThat(execute("--version")).isZero();
        assertThat(out.toString()).startsWith("Helios JDBC ");
    }

    @Test
    void whatFailsIsToldWithoutAStackTrace() {
        CommandLine failing = Refusals.of(new CommandLine(new Failing()));
        assertThat(failing.setErr(new PrintWriter(err)).execute()).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(err.toString()).isEqualTo("failed: no room" + System.lineSeparator());
    }

    @CommandLine.Command
    private static final class Failing implements Callable<Integer> {
        @Override
        public Integer call() throws IOException {
            throw new IOException("no room");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--path=direct, there are [raw",
        "--threads=0, --threads takes numbers from 1",
        "--effort=endless, 'endless'",
        "--json=/nowhere/jmh.json, --json: there is no directory /nowhere to write to",
        "--quik, --quick",
        "--json=/, --json: cannot write /"
    })
    void whatCannotBeMeasuredIsRefused(String argument, String said) {
        assertThat(execute(argument)).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString())
                .contains(said)
                .doesNotContain("Usage:")
                .endsWith("helios overhead --help lists what there is" + System.lineSeparator());
    }
}
