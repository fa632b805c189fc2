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

    private int run(String... arguments) {
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
    void anExampleRunsByItsName(String name, String shown) {
        assertThat(run(name)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains(shown);
    }

    @Test
    void aNameThatIsNoneIsRefusedWithThoseThatAre() {
        assertThat(run("plain-h3")).isEqualTo(2);
        assertThat(notes.toString(StandardCharsets.UTF_8))
                .contains("there is no example 'plain-h3'", "plain-h2", "spring-boot", "saas", "shop", "api-gateway");
    }

    @Test
    void whatThereIsIsListed() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("usage: helios example NAME", "plain-h2");
    }

    @Test
    void whyAnExampleCannotRunIsALine() {
        assertThat(run(
                        "spring-boot",
                        "--shop.postgresql=localhost:1/shop",
                        "--spring.datasource.username=shop",
                        "--spring.datasource.password=shop"))
                .isEqualTo(1);
        assertThat(notes.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .startsWith("failed: ")
                .contains("localhost:1");
    }
}
