package io.heliosjdbc.overhead;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a command says when it cannot do what it was told: a line or two, without all its options and without a stack trace. Stateless. */
public final class Refusals {
    private Refusals() {}

    /** The same command line, which ends with 2 where it is wrong, and with 1 where a measurement failed. */
    public static CommandLine of(CommandLine commandLine) {
        return commandLine
                .setParameterExceptionHandler(Refusals::refuse)
                .setExecutionExceptionHandler((e, line, parsed) -> {
                    line.getErr().println("failed: " + (e.getMessage() == null ? e : e.getMessage()));
                    return line.getCommandSpec().exitCodeOnExecutionException();
                });
    }

    private static int refuse(ParameterException wrong, String[] arguments) {
        CommandLine line = wrong.getCommandLine();
        line.getErr().println(wrong.getMessage());
        UnmatchedArgumentException.printSuggestions(wrong, line.getErr());
        line.getErr().println(line.getCommandSpec().qualifiedName() + " --help lists what there is");
        return line.getCommandSpec().exitCodeOnInvalidInput();
    }
}
