package io.heliosjdbc.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tests that fail through Helios alone, each in a row of its own with the reason.
 *
 * @param tests their names, {@code package.Class.method} without the vendor's {@code org.postgresql.}
 */
record KnownDifferences(Set<String> tests) {
    private static final Pattern ROW = Pattern.compile("\\| `([\\w.$]+)` \\| (.*\\S) \\|");
    /** Ahead of the table of those that fail with late binding besides. */
    private static final String LATE = "## Bound late";

    /** Reads the tables of the documentation: the first one holds for every way, the second one for late binding besides. */
    static KnownDifferences in(Path documentation, Way way) throws IOException {
        Set<String> tests = new TreeSet<>();
        for (String line : Files.readAllLines(documentation, UTF_8)) {
            if (way != Way.LATE && line.equals(LATE)) {
                break;
            }
            Matcher row = ROW.matcher(line);
            if (row.matches() && !tests.add(row.group(1))) {
                throw new IllegalStateException(row.group(1) + " stands twice in " + documentation);
            }
        }
        return new KnownDifferences(tests);
    }

    /** A test's name as the documentation has it: all invocations of a method are one test. */
    static String documented(String test) {
        return test.replaceAll("/#\\d+", "").replace('/', '.').replaceFirst("^org\\.postgresql\\.", "");
    }
}
