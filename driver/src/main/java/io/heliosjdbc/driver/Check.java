package io.heliosjdbc.driver;

import io.heliosjdbc.agreements.Agreements;
import io.heliosjdbc.agreements.Fault;
import io.heliosjdbc.agreements.RefusedInputException;
import io.heliosjdbc.driver.configuration.HeliosConfiguration;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Checks configuration files and agreements from the command line: {@code FILE: ok}, or a line per fault. Stateless.
 *
 * <p>A {@code .toml} file is read as a configuration, with the agreements it names; an {@code .xml} file as an agreement.
 */
public final class Check {
    private Check() {}

    /**
     * Checks the files named; the process ends with 0 where all are in order, 1 where there is any fault, 2 where no file
     * is named.
     */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /**
     * Checks files.
     *
     * @param out takes the verdicts
     * @param notes takes warnings and the usage
     * @return the exit status
     */
    static int run(List<String> files, PrintStream out, PrintStream notes) {
        if (files.isEmpty()) {
            notes.println("Usage: check FILE...   (.toml: configuration, .xml: agreement)");
            return 2;
        }
        boolean faulty = false;
        for (String file : files) {
            List<Fault> faults = faults(file, notes);
            faults.forEach(out::println);
            if (faults.isEmpty()) {
                out.println(file + ": ok");
            }
            faulty |= !faults.isEmpty();
        }
        return faulty ? 1 : 0;
    }

    private static List<Fault> faults(String file, PrintStream notes) {
        try {
            Path path = Path.of(file);
            if (!Files.isRegularFile(path)) {
                return List.of(new Fault(file, 0, 0, "there is no such file", "give the path of a file"));
            }
            String name = file.toLowerCase(Locale.ROOT);
            if (name.endsWith(".toml")) {
                HeliosConfiguration.loadFile(path).warnings().forEach(warning -> notes.println(file + ": " + warning));
            } else if (name.endsWith(".xml")) {
                List<Path> one = new ArrayList<>(List.of(path));
                Agreements unused = Agreements.read(one);
            } else {
                return List.of(new Fault(
                        file, 0, 0, "the name says neither configuration nor agreement", "end it in .toml or .xml"));
            }
            return List.of();
        } catch (InvalidPathException wrong) {
            return List.of(new Fault(file, 0, 0, "this is no path: " + wrong.getReason(), "give the path of a file"));
        } catch (RefusedInputException refused) {
            return refused.faults();
        }
    }
}
