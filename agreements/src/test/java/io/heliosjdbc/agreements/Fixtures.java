package io.heliosjdbc.agreements;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The files that the tests read. */
final class Fixtures {
    private Fixtures() {}

    static Path path(String name) {
        URL url = Objects.requireNonNull(Fixtures.class.getResource(name), name);
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(name, e);
        }
    }

    static Agreements good(String name) throws RefusedInputException {
        return Agreements.read(List.of(path("good/" + name)));
    }

    /** What is said against a file, which is called by its bare name. */
    static List<String> faults(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return faults(new Agreements.Source(String.valueOf(file.getFileName()), in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is said against a text, which is called {@code text}. */
    static List<String> faults(String text) {
        return faults(bytes(text.getBytes(StandardCharsets.UTF_8)));
    }

    static Agreements.Source bytes(byte[] bytes) {
        return new Agreements.Source("text", new ByteArrayInputStream(bytes));
    }

    static List<String> faults(Agreements.Source... sources) {
        RefusedInputException refused =
                catchThrowableOfType(RefusedInputException.class, () -> Agreements.readFrom(List.of(sources)));
        return refused == null
                ? List.of()
                : refused.faults().stream().map(Fault::toString).toList();
    }

    /** A sound agreement with one user load, whose name, match attributes and expiration are given. */
    static String agreement(String id, String load, String match, String expiration) {
        return """
                <Agreement xmlns="urn:helios:agreement:1" id="%1$s">
                  <Name>%1$s</Name>
                  <Context>%4$s</Context>
                  <Terms>
                    <ServiceDescriptionTerm name="%2$s">
                      <UserLoad name="%2$s"><Match %3$s/></UserLoad>
                    </ServiceDescriptionTerm>
                  </Terms>
                </Agreement>
                """.formatted(id, load, match, expiration);
    }
}
