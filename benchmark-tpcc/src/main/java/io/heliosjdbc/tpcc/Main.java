package io.heliosjdbc.tpcc;

import io.heliosjdbc.tpcc.compare.CompareCommand;
import io.heliosjdbc.tpcc.run.TpccCommand;
import io.heliosjdbc.tpcc.simulation.SimulateCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line {@code helios}; its subcommands run TPC-C and simulate the overload experiment. Stateless. */
@Command(
        name = "helios",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Benchmarks for Helios JDBC.",
        subcommands = {TpccCommand.class, SimulateCommand.class, CompareCommand.class})
public final class Main implements Runnable {
    @Spec
    private CommandSpec specification;

    private Main() {}

    /** Runs a command and ends the process: 0 for success, 1 for a run that failed, 2 for a wrong command line. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** All commands; nothing ends the process. */
    public static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setParameterExceptionHandler(Main::refuse)
                .setExecutionExceptionHandler((e, line, parsed) -> {
                    line.getErr().println(Redaction.of("failed: " + (e.getMessage() == null ? e : e.getMessage())));
                    return 1;
                });
    }

    /** What is wrong, and where to read on: with all options below it, it would be out of sight. */
    private static int refuse(ParameterException wrong, String[] arguments) {
        CommandLine line = wrong.getCommandLine();
        line.getErr().println(Redaction.of(String.valueOf(wrong.getMessage())));
        UnmatchedArgumentException.printSuggestions(wrong, line.getErr());
        line.getErr().println(line.getCommandSpec().qualifiedName() + " --help lists what there is");
        return line.getCommandSpec().exitCodeOnInvalidInput();
    }

    @Override
    public void run() {
        throw new ParameterException(specification.commandLine(), "name a command");
    }
}
