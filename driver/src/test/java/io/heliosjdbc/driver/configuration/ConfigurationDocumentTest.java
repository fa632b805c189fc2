package io.heliosjdbc.driver.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Run with {@code -Dhelios.docs.write=true} to bring the document up to date. */
class ConfigurationDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "configuration.md");

    @Test
    void theDocumentSaysWhatTheKeysSay() throws IOException {
        String generated = ConfigurationDocument.text();
        if (Boolean.getBoolean("helios.docs.write")) {
            Files.writeString(DOCUMENT, generated);
        }

        assertThat(Files.readString(DOCUMENT)).isEqualTo(generated);
    }
}
