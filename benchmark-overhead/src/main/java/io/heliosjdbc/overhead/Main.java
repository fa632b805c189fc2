package io.heliosjdbc.overhead;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line: measures and prints the table. Not thread-safe. */
@Command(
        name = "helios overhead",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Measures what Helios adds to each JDBC operation, on a driver that does no work, in nanoseconds and"
                        + " allocated bytes per operation.",
        footer = "%nTimes are medians over the iterations, the spread is half the distance between the quartiles."
                + " The table goes to standard output and is Markdown; progress goes to standard error.")
public final class Main implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @Option(
            names = "--effort",
            defaultValue = "full",
            description = "How long to measure: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Effort effort;

    @Option(
            names = "--quick",
            description = "Three minutes instead of fifteen; the spread is wider. Short for --effort quick.")
    private boolean quick;

    @Option(
            names = "--threads",
            split = ",",
            defaultValue = "1,2",
            paramLabel = "N",
            description = "Numbers of threads, each with a connection of its own (default: ${DEFAULT-VALUE}).")
    private List<Integer> threads;

    @Option(
            names = "--path",
            split = ",",
            defaultValue = "raw,hikaricp,p6spy,datasource-proxy,aws-wrapper,helios,helios-late",
            paramLabel = "PATH",
            description = "What to compare; the first is what the others are held against (default: ${DEFAULT-VALUE}).")
    private List<String> paths;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Also writes what JMH reports, iteration by iteration.")
    private @Nullable File json;

    /** Runs the command and exits with its code: 0, 1 where a measurement failed, 2 where the command line is wrong. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return Refusals.of(new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true));
    }

    @Override
    public Integer call() throws RunnerException, IOException {
        List<Path> compared = compared();
        if (threads.stream().anyMatch(each -> each < 1)) {
            throw new ParameterException(command.commandLine(), "--threads takes numbers from 1, not " + threads);
        }
        ResultFile.check(command.commandLine(), json);
        PrintWriter progress = command.commandLine().getErr();
        Measurement measurement = new Measurement(quick ? Effort.QUICK : effort, compared, line -> {
            progress.println(line);
            progress.flush();
        });
        List<Comparison> comparisons = measurement.run(threads);
        PrintWriter out = command.commandLine().getOut();
        out.println(machine());
        out.println();
        out.print(Table.of(compared, comparisons));
        out.flush();
        ResultFile.write(json, measurement.results());
        return CommandLine.ExitCode.OK;
    }

    private List<Path> compared() {
        List<Path> compared = new ArrayList<>();
        for (String name : paths) {
            try {
                compared.add(Path.named(name));
            } catch (IllegalArgumentException unknown) {
                throw new ParameterException(command.commandLine(), "--path: " + unknown.getMessage(), unknown);
            }
        }
        return compared;
    }

    private static String machine() {
        return "%d processors, %s %s, %s %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("java.vm.name"),
                        Runtime.version(),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"));
    }
}
