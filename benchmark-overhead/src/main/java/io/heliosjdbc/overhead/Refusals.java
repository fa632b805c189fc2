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
                    line.getErr().println("failed: " + inWords(e));
                    return line.getCommandSpec().exitCodeOnExecutionException();
                });
    }

    /** With what is behind it: JMH says no more than that a benchmark has thrown something, and has that as a cause or suppressed. */
    private static String inWords(Throwable failure) {
        String words = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        Throwable behind = failure.getCause();
        if (behind == null && failure.getSuppressed().length > 0) {
            behind = failure.getSuppressed()[0];
        }
        return behind == null ? words : words + ": " + inWords(behind);
    }

    private static int refuse(ParameterException wrong, String[] arguments) {
        CommandLine line = wrong.getCommandLine();
        line.getErr().println(wrong.getMessage());
        UnmatchedArgumentException.printSuggestions(wrong, line.getErr());
        line.getErr().println(line.getCommandSpec().qualifiedName() + " --help lists what there is");
        return line.getCommandSpec().exitCodeOnInvalidInput();
    }
}
