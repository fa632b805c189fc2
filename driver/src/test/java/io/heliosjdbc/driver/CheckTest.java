package io.heliosjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckTest {
    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream notes = new ByteArrayOutputStream();

    @Test
    void goodFilesAreOk() throws Exception {
        String toml = fixture("with-agreements.toml");
        String xml = fixture("agreements/shop.xml");

        assertThat(run(toml, xml)).isZero();
        assertThat(lines(out)).containsExactly(toml + ": ok", xml + ": ok");
    }

    @Test
    void aFaultIsALineAndTheStatusIsOne() throws Exception {
        Path toml = Files.writeString(
                directory.resolve("helios.toml"), "[workload_routing]\ndisciplin = 'fifo'\nmax_concurrency = -1\n");
        String xml = fixture("agreements/shop.xml");

        assertThat(run(toml.toString(), xml)).isEqualTo(1);
        assertThat(lines(out))
                .containsExactly(
                        toml
                                + ":2:1: unknown key 'disciplin' in [workload_routing]; the nearest known name is discipline",
                        toml + ":3:1: max_concurrency is -1; give a whole number from 0 to 1000000000",
                        xml + ": ok");
    }

    @Test
    void aFaultyAgreementIsReported() throws IOException {
        Path xml = Files.writeString(directory.resolve("bad.xml"), "<Nothing/>");

        assertThat(run(xml.toString())).isEqualTo(1);
        assertThat(lines(out)).singleElement().asString().startsWith(xml + ":1:");
    }

    @Test
    void warningsGoElsewhere() throws Exception {
        String toml = fixture("shop.toml");

        assertThat(run(toml)).isZero();
        assertThat(lines(out)).containsExactly(toml + ": ok");
        assertThat(lines(notes)).hasSize(2).allSatisfy(line -> assertThat(line).startsWith(toml + ": "));
    }

    @Test
    void whatAnAgreementSaysInVainIsNoted() throws Exception {
        String xml = fixture("agreements/shop.xml");
        String text = Files.readString(Path.of(xml));
        Path rates = Files.writeString(
                directory.resolve("rates.xml"),
                text.replace("id=\"shop\"", "id=\"rates\"")
                        .replace("name=\"shop\"", "name=\"rates\"")
                        .replace("userLoad=\"shop\"", "userLoad=\"rates\"")
                        .replace(
                                "serviceClass=\"reports\"/>",
                                "serviceClass=\"reports\"><ArrivalRate maxPerSecond=\"200\"/></UserLoad>")
                        .replace(
                                "</ServiceLevelObjective>",
                                "<ThroughputObjective minPerSecond=\"50\"/></ServiceLevelObjective>"));

        assertThat(run(xml, rates.toString())).isZero();
        assertThat(lines(notes))
                .containsExactly(
                        rates + ": The ArrivalRate of user load rates is accepted, but has no effect",
                        rates + ": The ThroughputObjective of user load rates is accepted, but has no effect");
    }

    @Test
    void aFileThatIsMissingOrOfNoKnownKindIsAFault() throws IOException {
        Path text = Files.writeString(directory.resolve("helios.txt"), "");

        assertThat(run("none.toml", directory.toString(), text.toString())).isEqualTo(1);
        assertThat(lines(out))
                .containsExactly(
                        "none.toml: there is no such file; give the path of a file",
                        directory + ": this is a directory; name the files in it",
                        text + ": the name says neither configuration nor agreement; end it in .toml or .xml");
    }

    @Test
    void anAgreementIsHeldAgainstTheConfigurationBesideIt() throws Exception {
        Path toml = Files.writeString(directory.resolve("open.toml"), "[workload_routing]\ndiscipline = 'fifo'\n");
        Path xml = Files.writeString(
                directory.resolve("c.xml"),
                Files.readString(Path.of(fixture("agreements/shop.xml")))
                        .replace("serviceClass=\"reports\"", "serviceClass=\"nolane\""));

        assertThat(run(xml.toString())).isZero();
        assertThat(run(xml.toString(), toml.toString())).isEqualTo(1);
        assertThat(lines(out))
                .containsSequence(xml + ": ok")
                .anyMatch(line -> line.startsWith(xml + ":6:7: ")
                        && line.contains(
                                " names the service class 'nolane', which " + toml + " does not have; name one of "))
                .endsWith(toml + ": ok");
    }

    @Test
    void verdictsAreWrittenAsJson() throws Exception {
        Path bad = Files.writeString(directory.resolve("bad.toml"), "[workload_routing]\nmax_concurrency = -1\n");
        Path json = directory.resolve("verdicts.json");
        String good = fixture("with-agreements.toml");

        for (List<String> call : List.of(
                List.of("--json", json.toString(), bad.toString(), good),
                List.of(bad.toString(), "--json=" + json, good))) {
            Files.deleteIfExists(json);
            assertThat(run(call.toArray(String[]::new))).isEqualTo(1);
            assertThat(Files.readString(json))
                    .isEqualTo("{\"files\": [\n  {\"file\": \"" + bad + "\", \"ok\": false, \"faults\": [{\"file\": \""
                            + bad + "\", \"line\": 2, \"column\": 1, \"what\": \"max_concurrency is -1\", \"mend\":"
                            + " \"give a whole number from 0 to 1000000000\"}], \"warnings\": []},\n  {\"file\": \""
                            + good
                            + "\", \"ok\": true, \"faults\": [], \"warnings\": []}\n]}\n");
        }
    }

    @Test
    void verdictsThatCannotBeWrittenAreAFault() throws Exception {
        Path json = directory.resolve("none/verdicts.json");

        assertThat(run("--json", json.toString(), fixture("with-agreements.toml")))
                .isEqualTo(1);
        assertThat(lines(notes))
                .containsExactly(
                        json + ": it cannot be written: there is no such directory; make it, or name another file");
    }

    @Test
    void aWrongCallIsRefused() {
        assertThat(run("--jsn", "a.toml")).isEqualTo(2);
        assertThat(run("a.toml", "--json")).isEqualTo(2);
        assertThat(lines(notes)).contains("check: there is no option --jsn", "check: --json needs a file");
    }

    @Test
    void faultsComeInTheOrderOfTheFile() throws Exception {
        Path toml = Files.writeString(
                directory.resolve("helios.toml"),
                "[workload_routing]\nagreements = ['none.xml']\nmax_concurrency = -1\ndisciplin = 'fifo'\n");

        assertThat(run(toml.toString())).isEqualTo(1);
        assertThat(lines(out))
                .extracting(line -> line.substring(toml.toString().length(), line.indexOf(": "))
                        .split(":", -1)[1])
                .containsExactly("2", "3", "4");
    }

    @Test
    void withoutArgumentsTheUsageIsShown() {
        assertThat(run()).isEqualTo(2);
        assertThat(lines(notes))
                .containsExactly("Usage: helios check [--json FILE] FILE...   (.toml: configuration, .xml: agreement)");
    }

    private int run(String... files) {
        return Check.run(
                List.of(files),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(notes, true, StandardCharsets.UTF_8));
    }

    private static List<String> lines(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static String fixture(String name) throws Exception {
        return Path.of(CheckTest.class.getResource("/configuration/" + name).toURI())
                .toString();
    }
}
