package io.heliosjdbc.driver.engines;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Kinds of answers that are other ones where connections are bound late. {@code docs/late-binding.md} gives the reason of each, and how many
 * there are for each engine.
 */
enum LateDifference {
    MISTAKE_IN_A_TEXT("prepared? (?!keys).*|broken text|Connection\\.prepareStatement.*"),
    MISTAKE_IN_A_VALUE("set\\w+ int .*|Connection\\.setTypeMap .*"),
    TEXT_OF_A_CONNECTION("text"),
    ABORT("abort|abort again|Connection\\.abort .*|.* after an abort"),
    CLOSING_WITHIN_A_TRANSACTION("close within a transaction|closed|close again|roll back"),
    IDLE_CANCEL("nothing to cancel|(Prepared)?Statement\\.cancel"),
    TIMEOUT_OF_A_SESSION("Statement.getQueryTimeout"),
    GIVEN_BACK(
            "result closed|closed statement|statement|batch|.*keys.*|.*count.*|result after an insert|more after the result"
                    + "|second|closed on completion|leaving|before execution|parameters|ResultSet\\..*"
                    + "|(Prepared)?Statement\\.(get|execute).*");

    private static final Path DOCUMENTATION = Path.of("../docs/late-binding.md");

    private final Pattern label;

    LateDifference(String label) {
        this.label = Pattern.compile(label);
    }

    /** The kind of a difference. */
    static LateDifference of(Differences.Difference difference) {
        return Arrays.stream(values())
                .filter(kind -> kind.label.matcher(difference.label()).matches())
                .findFirst()
                .orElseThrow(() -> new AssertionError(difference + " is of no kind in " + DOCUMENTATION));
    }

    /** Of each kind as many as there are. */
    static Map<LateDifference, Integer> counted(List<Differences.Difference> differences) {
        Map<LateDifference, Integer> counts = new EnumMap<>(LateDifference.class);
        for (Differences.Difference each : differences) {
            counts.merge(of(each), 1, Integer::sum);
        }
        return counts;
    }

    /** As many of each kind as the documentation says that an engine has. */
    static Map<LateDifference, Integer> documented(String engine) throws IOException {
        Map<LateDifference, Integer> counts = new EnumMap<>(LateDifference.class);
        int column = -1;
        for (String line : Files.readAllLines(DOCUMENTATION, UTF_8)) {
            List<String> cells = new ArrayList<>(
                    Arrays.stream(line.split("\\|", -1)).map(String::strip).toList());
            if (line.startsWith("| what is other |")) {
                column = cells.indexOf(engine);
            } else if (column > 0 && cells.size() > column && !cells.get(column).isEmpty()) {
                for (LateDifference kind : values()) {
                    if (cells.get(1).equals(kind.words())) {
                        counts.put(kind, Integer.parseInt(cells.get(column)));
                    }
                }
            }
        }
        return counts;
    }

    /** As it stands in the documentation. */
    private String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
