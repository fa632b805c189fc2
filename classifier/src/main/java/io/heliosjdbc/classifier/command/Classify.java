package io.heliosjdbc.classifier.command;

import io.heliosjdbc.classifier.learned.Evaluation;
import io.heliosjdbc.classifier.learned.Example;
import io.heliosjdbc.classifier.learned.Lane;
import io.heliosjdbc.classifier.learned.Model;
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
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds the shipped model against a corpus from the command line: accuracy, confusion matrix, calibration. From the text alone,
 * without a database. Stateless.
 */
public final class Classify {
    private static final int FOLDS = 5;
    /** An option with its value in one argument. */
    private static final Pattern VALUED = Pattern.compile("--(corpus|json)=.*", Pattern.DOTALL);

    private static final String USAGE = """
            Usage: helios classify --corpus FILE [--json FILE] [--cross-validate]

              --corpus FILE      statements with their classes, a line each:
                                 {"sql": "SELECT 1", "class": "fast_lane"}; "schema" if it is known
              --json FILE        writes the figures to a file
              --cross-validate   also trains on four fifths of the corpus's schemas and tests on the fifth, in turn
            """;

    private Classify() {}

    /** Runs the command; the process ends with 0, with 1 where the corpus has faults, with 2 where the call is wrong. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /** What the command line asks for. */
    private record Request(String corpus, @Nullable String json, boolean crossValidate) {}

    /**
     * Runs the command.
     *
     * @param out takes the figures
     * @param notes takes faults and the usage
     * @return the exit status
     */
    static int run(List<String> arguments, PrintStream out, PrintStream notes) {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            out.print(USAGE);
            return 0;
        }
        Request request = request(arguments, notes);
        if (request == null) {
            notes.print(USAGE);
            return 2;
        }
        CorpusFile corpus = CorpusFile.read(request.corpus());
        if (!corpus.faults().isEmpty()) {
            corpus.faults().forEach(notes::println);
            return 1;
        }
        List<Example> examples = corpus.examples();
        Evaluation shipped = Evaluation.of(Model.shipped(), examples);
        print(shipped, "The shipped model", out);
        Evaluation validated = null;
        if (request.crossValidate()) {
            try {
                validated = Evaluation.crossValidated(examples, FOLDS);
            } catch (IllegalArgumentException tooFew) {
                notes.println(request.corpus() + ": " + tooFew.getMessage() + "; give statements of more schemas");
                return 1;
            }
            out.println();
            print(validated, "Trained on four fifths of the schemas, tested on the fifth", out);
        }
        return request.json() == null ? 0 : write(request.json(), json(shipped, validated), notes);
    }

    private static @Nullable Request request(List<String> given, PrintStream notes) {
        List<String> arguments = given.stream()
                .flatMap(each -> VALUED.matcher(each).matches() ? Stream.of(each.split("=", 2)) : Stream.of(each))
                .toList();
        String corpus = null;
        String json = null;
        boolean crossValidate = false;
        List<String> faults = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            boolean valued = argument.equals("--corpus") || argument.equals("--json");
            if (valued && i + 1 == arguments.size()) {
                faults.add(argument + " needs a file");
            } else if (argument.equals("--corpus")) {
                corpus = arguments.get(++i);
            } else if (argument.equals("--json")) {
                json = arguments.get(++i);
            } else if (argument.equals("--cross-validate")) {
                crossValidate = true;
            } else {
                faults.add("there is no option " + argument);
            }
        }
        if (corpus == null && faults.isEmpty()) {
            faults.add("--corpus is missing");
        }
        faults.forEach(fault -> notes.println("classify: " + fault));
        return corpus == null || !faults.isEmpty() ? null : new Request(corpus, json, crossValidate);
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

    private static int write(String file, String json, PrintStream notes) {
        try {
            Files.writeString(Path.of(file), json, StandardCharsets.UTF_8);
            return 0;
        } catch (IOException | InvalidPathException wrong) {
            notes.println(file + ": it cannot be written: " + why(wrong));
            return 1;
        }
    }

    private static void print(Evaluation evaluation, String title, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%s: %d statements, %.2f %% right%n%n",
                title,
                evaluation.statements(),
                100 * evaluation.accuracy());
        out.printf(Locale.ROOT, "%-18s", "is \\ taken for");
        for (Lane lane : Lane.values()) {
            out.printf(Locale.ROOT, "%18s", lane.className());
        }
        out.println();
        for (Lane actual : Lane.values()) {
            out.printf(Locale.ROOT, "%-18s", actual.className());
            for (Lane predicted : Lane.values()) {
                out.printf(Locale.ROOT, "%18d", evaluation.count(actual, predicted));
            }
            out.println();
        }
        out.printf(Locale.ROOT, "%n%-12s%12s%12s%12s%n", "confidence", "statements", "mean", "right");
        for (int bin = 0; bin < Evaluation.BINS; bin++) {
            if (evaluation.inBin(bin) > 0) {
                out.printf(
                        Locale.ROOT,
                        "%.1f to %.1f  %12d%12.3f%12.3f%n",
                        (double) bin / Evaluation.BINS,
                        (bin + 1.0) / Evaluation.BINS,
                        evaluation.inBin(bin),
                        evaluation.confidenceInBin(bin),
                        evaluation.accuracyInBin(bin));
            }
        }
        out.printf(Locale.ROOT, "calibration error %.3f%n", evaluation.calibrationError());
    }

    private static String json(Evaluation shipped, @Nullable Evaluation validated) {
        return "{" + members(shipped)
                + (validated == null ? "" : ", \"cross_validation\": {" + members(validated) + "}") + "}\n";
    }

    private static String members(Evaluation evaluation) {
        StringBuilder confusion = new StringBuilder();
        for (Lane actual : Lane.values()) {
            confusion
                    .append(confusion.isEmpty() ? "" : ", ")
                    .append(JsonLine.quoted(actual.className()))
                    .append(": {");
            for (Lane predicted : Lane.values()) {
                confusion
                        .append(predicted == Lane.FAST_LANE ? "" : ", ")
                        .append(JsonLine.quoted(predicted.className()))
                        .append(": ")
                        .append(evaluation.count(actual, predicted));
            }
            confusion.append('}');
        }
        return String.format(
                Locale.ROOT,
                "\"accuracy\": %.6f, \"statements\": %d, \"confusion\": {%s}, \"calibration_error\": %.6f",
                evaluation.accuracy(),
                evaluation.statements(),
                confusion,
                evaluation.calibrationError());
    }
}
