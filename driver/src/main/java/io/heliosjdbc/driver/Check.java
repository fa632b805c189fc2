package io.heliosjdbc.driver;

import io.heliosjdbc.agreements.Agreements;
import io.heliosjdbc.agreements.Fault;
import io.heliosjdbc.agreements.RefusedInputException;
import io.heliosjdbc.driver.configuration.HeliosConfiguration;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks configuration files and agreements from the command line: {@code FILE: ok}, or a line per fault. Stateless.
 *
 * <p>A {@code .toml} file is read as a configuration, with the agreements it names; an {@code .xml} file as an agreement, which is also
 * held against the configurations beside it.
 */
public final class Check {
    private static final String USAGE =
            "Usage: helios check [--json FILE] FILE...   (.toml: configuration, .xml: agreement)";
    private static final String JSON = "--json";

    /** What was found in one file. */
    private record Verdict(
            String file,
            List<Fault> faults,
            List<String> warnings,
            @Nullable HeliosConfiguration configuration,
            @Nullable Agreements agreements) {
        static Verdict faulty(String file, List<Fault> faults) {
            return new Verdict(file, faults, List.of(), null, null);
        }

        /** The same, and what contradicts the configurations beside it. */
        Verdict beside(List<HeliosConfiguration> configurations) {
            if (agreements == null) {
                return this;
            }
            List<Fault> all = new ArrayList<>(faults);
            for (HeliosConfiguration each : configurations) {
                all.addAll(each.unknownClasses(agreements));
            }
            return new Verdict(file, all, warnings, configuration, agreements);
        }

        String json() {
            return String.format(
                    Locale.ROOT,
                    "{\"file\": %s, \"ok\": %s, \"faults\": [%s], \"warnings\": [%s]}",
                    quoted(file),
                    faults.isEmpty(),
                    faults.stream().map(Verdict::json).collect(Collectors.joining(", ")),
                    warnings.stream().map(Verdict::quoted).collect(Collectors.joining(", ")));
        }

        private static String json(Fault fault) {
            return String.format(
                    Locale.ROOT,
                    "{\"file\": %s, \"line\": %d, \"column\": %d, \"what\": %s, \"mend\": %s}",
                    quoted(fault.file()),
                    fault.line(),
                    fault.column(),
                    quoted(fault.what()),
                    quoted(fault.mend()));
        }

        private static String quoted(String text) {
            StringBuilder out = new StringBuilder("\"");
            text.chars().forEach(c -> {
                if (c == '"' || c == '\\') {
                    out.append('\\').append((char) c);
                } else if (c < ' ') {
                    out.append(String.format(Locale.ROOT, "\\u%04x", c));
                } else {
                    out.append((char) c);
                }
            });
            return out.append('"').toString();
        }
    }

    private Check() {}

    /**
     * Checks the files named; the process ends with 0 where all are in order, 1 where there is any fault, 2 where no file
     * is named or the call is wrong.
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
    static int run(List<String> arguments, PrintStream out, PrintStream notes) {
        List<String> files = new ArrayList<>();
        String json = null;
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.startsWith(JSON + "=")) {
                json = argument.substring(JSON.length() + 1);
            } else if (argument.equals(JSON) && i + 1 < arguments.size()) {
                json = arguments.get(++i);
            } else if (argument.equals("--help") || argument.equals("-h")) {
                out.println(USAGE);
                return 0;
            } else if (argument.startsWith("-")) {
                notes.println("check: "
                        + (argument.equals(JSON) ? JSON + " needs a file" : "there is no option " + argument));
                notes.println(USAGE);
                return 2;
            } else {
                files.add(argument);
            }
        }
        if (files.isEmpty()) {
            notes.println(USAGE);
            return 2;
        }
        List<Verdict> verdicts = check(files);
        for (Verdict each : verdicts) {
            each.warnings().forEach(warning -> notes.println(each.file() + ": " + warning));
            each.faults().forEach(out::println);
            if (each.faults().isEmpty()) {
                out.println(each.file() + ": ok");
            }
        }
        boolean written = json == null || write(json, verdicts, notes);
        return written && verdicts.stream().allMatch(each -> each.faults().isEmpty()) ? 0 : 1;
    }

    private static List<Verdict> check(List<String> files) {
        List<Verdict> verdicts = files.stream().map(Check::read).toList();
        List<HeliosConfiguration> configurations = new ArrayList<>();
        for (Verdict each : verdicts) {
            HeliosConfiguration configuration = each.configuration();
            if (configuration != null) {
                configurations.add(configuration);
            }
        }
        return verdicts.stream().map(each -> each.beside(configurations)).toList();
    }

    private static Verdict read(String file) {
        try {
            Path path = Path.of(file);
            if (Files.isDirectory(path)) {
                return Verdict.faulty(
                        file, List.of(new Fault(file, 0, 0, "this is a directory", "name the files in it")));
            }
            if (!Files.isRegularFile(path)) {
                return Verdict.faulty(
                        file, List.of(new Fault(file, 0, 0, "there is no such file", "give the path of a file")));
            }
            String name = file.toLowerCase(Locale.ROOT);
            if (name.endsWith(".toml")) {
                HeliosConfiguration configuration = HeliosConfiguration.loadFile(path);
                return new Verdict(file, List.of(), configuration.warnings(), configuration, null);
            }
            if (name.endsWith(".xml")) {
                Agreements agreements = Agreements.read(List.of(path));
                return new Verdict(file, List.of(), agreements.withoutEffect(), null, agreements);
            }
            return Verdict.faulty(
                    file,
                    List.of(new Fault(
                            file,
                            0,
                            0,
                            "the name says neither configuration nor agreement",
                            "end it in .toml or .xml")));
        } catch (InvalidPathException wrong) {
            return Verdict.faulty(
                    file,
                    List.of(new Fault(file, 0, 0, "this is no path: " + wrong.getReason(), "give the path of a file")));
        } catch (RefusedInputException refused) {
            return Verdict.faulty(file, refused.faults());
        }
    }

    private static boolean write(String file, List<Verdict> verdicts, PrintStream notes) {
        String files = verdicts.stream().map(Verdict::json).collect(Collectors.joining(",\n  "));
        try {
            Files.writeString(Path.of(file), "{\"files\": [\n  " + files + "\n]}\n", StandardCharsets.UTF_8);
            return true;
        } catch (IOException | InvalidPathException wrong) {
            notes.println(file + ": it cannot be written: " + why(wrong));
            return false;
        }
    }

    /** Of some the message is the file's name alone. */
    private static String why(Exception wrong) {
        if (wrong instanceof NoSuchFileException) {
            return "there is no such directory; make it, or name another file";
        }
        return wrong instanceof AccessDeniedException
                ? "that is not permitted; mend who may write there, or name another file"
                : String.valueOf(wrong.getMessage());
    }
}
