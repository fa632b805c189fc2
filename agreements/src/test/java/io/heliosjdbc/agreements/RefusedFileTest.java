package io.heliosjdbc.agreements;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each file {@code bad/NAME.xml} has one kind of fault; {@code bad/NAME.faults} is exactly what must be said of it. */
final class RefusedFileTest {
    private final Locale locale = Locale.getDefault();

    @AfterEach
    void restoreLocale() {
        Locale.setDefault(locale);
    }

    static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(Fixtures.path("bad"))) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".xml"))
                    .map(name -> name.substring(0, name.length() - ".xml".length()))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void eachKindOfFaultIsToldWithItsPlaceAndMend(String name) throws IOException {
        assertThat(Fixtures.faults(Fixtures.path("bad/" + name + ".xml"))).isEqualTo(expected(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tr-TR", "de-DE", "ja-JP", "ar-EG"})
    void faultsAreTheSameInEveryLocale(String tag) throws IOException {
        Locale.setDefault(Locale.forLanguageTag(tag));

        for (String name : names()) {
            assertThat(Fixtures.faults(Fixtures.path("bad/" + name + ".xml")))
                    .as(name)
                    .isEqualTo(expected(name));
        }
    }

    @Test
    void thereIsAFileForEveryKind() throws IOException {
        assertThat(names()).hasSizeGreaterThan(70);
    }

    private static List<String> expected(String name) throws IOException {
        return Files.readAllLines(Fixtures.path("bad/" + name + ".faults"));
    }
}
