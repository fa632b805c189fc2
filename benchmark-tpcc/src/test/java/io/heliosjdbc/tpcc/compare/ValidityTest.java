package io.heliosjdbc.tpcc.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliosjdbc.tpcc.Anchor;
import io.heliosjdbc.tpcc.Population;
import io.heliosjdbc.tpcc.Target;
import io.heliosjdbc.tpcc.compare.Contender.Way;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ValidityTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    Path folder;

    private Path file(String name) {
        return folder.resolve(name);
    }

    /** The scenario {@code mixed}, whose agreement holds for an hour from now on; {@code ever.xml} beside it does not expire. */
    private Scenario anHour(Duration duration, String amendments) throws IOException {
        for (String name : List.of("scenario.toml", "helios.toml", "agreement.xml")) {
            try (InputStream in = Scenario.open("classpath:io/heliosjdbc/tpcc/compare/mixed/" + name)) {
                Files.write(file(name), in.readAllBytes());
            }
        }
        String agreement = Files.readString(file("agreement.xml"));
        Files.writeString(file("ever.xml"), agreement);
        String expiration = "<ExpirationTime>" + Instant.now().plus(HOUR) + "</ExpirationTime>";
        Files.writeString(file("agreement.xml"), agreement.replace("</Context>", expiration + "</Context>"));
        Files.writeString(file("scenario.toml"), Files.readString(file("scenario.toml")) + amendments);
        Basis usual = Basis.USUAL;
        return Scenario.read(file("scenario.toml").toString())
                .withBasis(new Basis(
                        duration,
                        Duration.ofMinutes(10),
                        usual.seed(),
                        Population.SMALL,
                        usual.warehouses(),
                        usual.isolation()));
    }

    private static String amendment(String from, String agreement) {
        return "\n[[amendment]]\nfrom = \"" + from + "\"\nagreement = \"" + agreement + "\"\n";
    }

    private void refused(Scenario scenario, int parts) {
        assertThatThrownBy(() -> Validity.require(scenario, parts))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "'" + file("agreement.xml") + "' expires at ", "give it a later ExpirationTime");
    }

    private static void taken(Scenario scenario, int parts) {
        assertThatCode(() -> Validity.require(scenario, parts)).doesNotThrowAnyException();
    }

    @Test
    void anAgreementMustHoldToTheEndOfTheLastPart() throws IOException {
        Scenario scenario = anHour(Duration.ofMinutes(15), "");
        taken(scenario, 1);
        taken(scenario, 2);
        refused(scenario, 3);
        refused(anHour(Duration.ofMinutes(51), ""), 1);
    }

    @Test
    void oneThatIsAmendedMustHoldUntilThen() throws IOException {
        Scenario scenario = anHour(Duration.ofHours(2), amendment("30m", "ever.xml"));
        taken(scenario, 1);
        refused(scenario, 2);
        refused(anHour(Duration.ofHours(2), amendment("51m", "ever.xml")), 1);
    }

    @Test
    void anAmendmentMustHoldFromThenOn() throws IOException {
        String back = amendment("1s", "ever.xml") + amendment("10m", "agreement.xml");
        taken(anHour(Duration.ofMinutes(45), back), 1);
        refused(anHour(Duration.ofMinutes(55), back), 1);
    }

    @Test
    void theCommandRefusesBeforeItBegins() throws IOException {
        anHour(HOUR, "");
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = new CommandLine(new CompareCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(
                        "--no-html",
                        "--scenario",
                        file("scenario.toml").toString(),
                        "--ways",
                        "helios",
                        "--duration",
                        "10m",
                        "--warmup",
                        "1m",
                        "--repetitions",
                        "6");
        assertThat(exit).isEqualTo(2);
        assertThat(err.toString()).contains("agreement.xml' expires at ");
        assertThat(out.toString()).isEmpty();
    }

    /** As where it takes long to load: what would lose its promises in the middle is not measured. */
    @Test
    void aPartThatWouldEndTooLateIsNotBegun() throws Exception {
        Scenario scenario = anHour(HOUR, "").withWays(List.of(Way.HELIOS));
        try (Target target = Target.open("h2", null, null, 1);
                Anchor anchor = new Anchor(target);
                Preparation database = new Preparation(target, 1, false)) {
            Repetition repetition = new Repetition(
                    target,
                    database,
                    scenario,
                    0,
                    new Repetition.Options(true, Duration.ZERO, false, Duration.ofSeconds(1)),
                    line -> {});
            assertThatThrownBy(repetition::run).hasMessageContaining("agreement.xml' expires at ");
            assertThat(repetition.measured()).isEmpty();
            try (Statement statement = anchor.connection().createStatement();
                    ResultSet rows = statement.executeQuery("SELECT 1 FROM warehouse")) {
                assertThat(rows.next()).as("loaded before").isTrue();
            }
        }
    }
}
