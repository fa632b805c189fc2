package io.heliosjdbc.overhead;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The file of {@code --json}, to which goes what JMH reports. Stateless. */
public final class ResultFile {
    private ResultFile() {}

    /**
     * Looks whether it can be written, before anything is measured.
     *
     * @param file null where it is not asked for
     * @throws ParameterException where it cannot
     */
    public static void check(CommandLine command, @Nullable File file) {
        if (file == null) {
            return;
        }
        File folder = file.getAbsoluteFile().getParentFile();
        if (folder != null && !folder.isDirectory()) {
            throw new ParameterException(
                    command, "--json: there is no directory " + folder + " to write to; make it, or name another file");
        }
        boolean writable = file.exists() ? !file.isDirectory() && file.canWrite() : folder != null && folder.canWrite();
        if (!writable) {
            throw new ParameterException(command, "--json: cannot write " + file + "; name another file");
        }
    }

    /** Writes it, where it is asked for. */
    public static void write(@Nullable File file, Collection<RunResult> results) throws IOException {
        if (file == null) {
            return;
        }
        try (PrintStream to = new PrintStream(file, StandardCharsets.UTF_8)) {
            ResultFormatFactory.getInstance(ResultFormatType.JSON, to).writeOut(results);
        }
    }
}
