package io.heliosjdbc.conformance;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The vendor's own tests cannot tell Helios from the vendor's driver, but for what the list says. With {@code conformance.mode=direct} or
 * {@code late} only that way is run; what was run straight before is not run again then.
 */
class PgjdbcConformanceTest {
    private static final Path ARCHIVE = Path.of(System.getProperty("suite.directory"));
    private static final Path WORK = Path.of(System.getProperty("work.directory"));
    private static final Path DOCUMENTATION = Path.of(System.getProperty("documentation.file"));
    private static final String MODE = System.getProperty("conformance.mode", "");
    /** Fewer would mean that the server is not as demanded, or that the suite was not found. */
    private static final int FEWEST_TESTS = 9_000;

    private static final Map<Way, Integer> MOST_DIFFERENCES = Map.of(Way.DIRECT, 24, Way.LATE, 37);

    private static final Map<Way, SuiteRun> RUNS = new EnumMap<>(Way.class);

    private static Stream<Way> ways() {
        return MODE.isEmpty() ? Stream.of(Way.DIRECT, Way.LATE) : Stream.of(Way.valueOf(MODE.toUpperCase(Locale.ROOT)));
    }

    @BeforeAll
    static void runEachWay() throws IOException, SQLException, InterruptedException {
        Path before = WORK.resolve(Way.STRAIGHT.toString()).resolve(SuiteRun.RESULTS);
        put(Way.STRAIGHT, !MODE.isEmpty() && Files.exists(before) ? SuiteRun.read(before) : run(Way.STRAIGHT));
        for (Way way : ways().toList()) {
            put(way, run(way));
        }
    }

    private static SuiteRun run(Way way) throws IOException, SQLException, InterruptedException {
        VendorSuite suite = VendorSuite.copied(ARCHIVE, WORK.resolve(way.toString()));
        if (way.isThroughHelios()) {
            suite.adapt();
        }
        suite.compile();
        try (DemandedServer server = DemandedServer.start(suite.directory().resolve("data"))) {
            return SuiteRun.of(suite, server.port(), way);
        }
    }

    private static void put(Way way, SuiteRun run) {
        RUNS.put(way, run);
        System.out.printf(
                "%s: %,d tests, %,d passed, %d failed, %d skipped%n",
                way,
                run.outcomes().size(),
                run.count(SuiteRun.Kind.PASSED),
                run.count(SuiteRun.Kind.FAILED),
                run.count(SuiteRun.Kind.SKIPPED));
    }

    private static SuiteRun of(Way way) {
        return Objects.requireNonNull(RUNS.get(way));
    }

    @Test
    void theWholeSuiteRuns() {
        assertThat(of(Way.STRAIGHT).count(SuiteRun.Kind.PASSED)).isGreaterThan(FEWEST_TESTS);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void asManyRun(Way way) {
        assertThat(of(way).tests()).isEqualTo(of(Way.STRAIGHT).tests());
    }

    @ParameterizedTest
    @MethodSource("ways")
    void theSameAreSkipped(Way way) {
        assertThat(of(way).names(SuiteRun.Kind.SKIPPED))
                .isEqualTo(of(Way.STRAIGHT).names(SuiteRun.Kind.SKIPPED));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void onlyTheListedFailAndAllOfThemDo(Way way) throws IOException {
        List<String> failStraight = of(Way.STRAIGHT).names(SuiteRun.Kind.FAILED);
        Set<String> differences = of(way).names(SuiteRun.Kind.FAILED).stream()
                .filter(test -> !failStraight.contains(test))
                .map(KnownDifferences::documented)
                .collect(toCollection(TreeSet::new));
        assertThat(differences)
                .as("tests that fail through Helios alone, %s, against %s", way, DOCUMENTATION.getFileName())
                .isEqualTo(KnownDifferences.in(DOCUMENTATION, way).tests())
                .hasSizeLessThanOrEqualTo(Objects.requireNonNull(MOST_DIFFERENCES.get(way)));
    }
}
