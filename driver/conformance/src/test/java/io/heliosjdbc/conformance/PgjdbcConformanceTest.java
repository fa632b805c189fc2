package io.heliosjdbc.conformance;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The vendor's own tests cannot tell Helios from the vendor's driver, but for what the list says. */
class PgjdbcConformanceTest {
    private static final Path ARCHIVE = Path.of(System.getProperty("suite.directory"));
    private static final Path WORK = Path.of(System.getProperty("work.directory"));
    private static final Path DOCUMENTATION = Path.of(System.getProperty("documentation.file"));
    /** Fewer would mean that the server is not as demanded, or that the suite was not found. */
    private static final int FEWEST_TESTS = 9_000;

    private static final int MOST_DIFFERENCES = 24;

    private static SuiteRun straight;
    private static SuiteRun helios;

    @BeforeAll
    static void runTwice() throws IOException, SQLException, InterruptedException {
        straight = run(VendorSuite.copied(ARCHIVE, WORK.resolve("straight")));
        VendorSuite adapted = VendorSuite.copied(ARCHIVE, WORK.resolve("helios"));
        adapted.adapt();
        helios = run(adapted);
        System.out.println("straight: " + counts(straight));
        System.out.println("helios:   " + counts(helios));
    }

    private static SuiteRun run(VendorSuite suite) throws IOException, SQLException, InterruptedException {
        suite.compile();
        try (DemandedServer server = DemandedServer.start(suite.directory().resolve("data"))) {
            return SuiteRun.of(suite, server.port());
        }
    }

    private static String counts(SuiteRun run) {
        return String.format(
                "%,d tests, %,d passed, %d failed, %d skipped",
                run.outcomes().size(),
                run.count(SuiteRun.Kind.PASSED),
                run.count(SuiteRun.Kind.FAILED),
                run.count(SuiteRun.Kind.SKIPPED));
    }

    @Test
    void theWholeSuiteRuns() {
        assertThat(straight.count(SuiteRun.Kind.PASSED)).isGreaterThan(FEWEST_TESTS);
    }

    @Test
    void asManyRun() {
        assertThat(helios.outcomes().keySet()).isEqualTo(straight.outcomes().keySet());
    }

    @Test
    void theSameAreSkipped() {
        assertThat(helios.names(SuiteRun.Kind.SKIPPED)).isEqualTo(straight.names(SuiteRun.Kind.SKIPPED));
    }

    @Test
    void onlyTheListedFailAndAllOfThemDo() throws IOException {
        List<String> failStraight = straight.names(SuiteRun.Kind.FAILED);
        Set<String> differences = helios.names(SuiteRun.Kind.FAILED).stream()
                .filter(test -> !failStraight.contains(test))
                .map(KnownDifferences::documented)
                .collect(toCollection(TreeSet::new));
        assertThat(differences)
                .as("tests that fail through Helios alone, against %s", DOCUMENTATION.getFileName())
                .isEqualTo(KnownDifferences.in(DOCUMENTATION).tests())
                .hasSizeLessThanOrEqualTo(MOST_DIFFERENCES);
    }
}
