package io.heliosjdbc.overhead.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int execute(String... arguments) {
        return Main.commandLine()
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
    void everyKindOfStatementIsMeasuredInBothModes() {
        assertThat(execute("--once", "--of", "classifier")).as(err.toString()).isZero();
        assertThat(out.toString().lines().filter(line -> line.startsWith("| ")))
                .hasSize(2 + 6)
                .allSatisfy(line ->
                        assertThat(line.chars().filter(each -> each == '|')).hasSize(11));
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
