package io.heliosjdbc.tpcc;

import io.heliosjdbc.tpcc.compare.CompareCommand;
import io.heliosjdbc.tpcc.run.TpccCommand;
import io.heliosjdbc.tpcc.simulation.SimulateCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
        return new CommandLine(new Main()).setExecutionExceptionHandler((e, line, parsed) -> {
            line.getErr().println(Redaction.of("failed: " + (e.getMessage() == null ? e : e.getMessage())));
            return 1;
        });
    }

    @Override
    public void run() {
        throw new ParameterException(specification.commandLine(), "name a command");
    }
}
