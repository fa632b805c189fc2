package io.heliosjdbc.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.classifier.hints.HintKey;
import io.heliosjdbc.classifier.statement.Feature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The tables of {@code docs/classification.md} have a row for everything that can be said and asked for, and none for anything else. */
class ClassificationDocumentTest {
    private static final Path DOCUMENT = Path.of("../docs/classification.md");
    private static final Pattern NAME = Pattern.compile("`(\\w+)`");

    /** The names in the first column of the table under a heading. */
    private static List<String> firstColumn(String heading) throws IOException {
        return Files.readAllLines(DOCUMENT).stream()
                .dropWhile(line -> !line.equals("## " + heading))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| `"))
                .flatMap(line -> NAME.matcher(line.substring(0, line.indexOf('|', 1)))
                        .results()
                        .map(name -> name.group(1)))
                .toList();
    }

    private static List<String> names(Enum<?>[] constants) {
        return Arrays.stream(constants)
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    @Test
    void hintsAreAllThere() throws IOException {
        assertThat(firstColumn("Hints")).containsExactlyInAnyOrderElementsOf(names(HintKey.values()));
    }

    @Test
    void featuresAreAllThere() throws IOException {
        assertThat(firstColumn("What criteria can ask for"))
                .containsExactlyInAnyOrderElementsOf(names(Feature.values()));
    }
}
