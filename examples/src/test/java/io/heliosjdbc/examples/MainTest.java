package io.heliosjdbc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream notes = new ByteArrayOutputStream();

    private int run(String... arguments) throws Exception {
        return Main.run(
                List.of(arguments),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(notes, true, StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "plain-h2, EXPLAIN HELIOS",
        "saas, nightly job",
        "shop, recommendations",
        "api-gateway, key of a customer: enterprise"
    })
    void anExampleRunsByItsName(String name, String shown) throws Exception {
        assertThat(run(name)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains(shown);
    }

    @Test
    void aNameThatIsNoneIsRefusedWithThoseThatAre() throws Exception {
        assertThat(run("plain-h3")).isEqualTo(2);
        assertThat(notes.toString(StandardCharsets.UTF_8))
                .contains("there is no example 'plain-h3'", "plain-h2", "spring-boot", "saas", "shop", "api-gateway");
    }
}
