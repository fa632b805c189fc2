package io.heliosjdbc.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * One run of a compiled suite: in a process of its own, because the tests set system properties, register drivers and count threads. The process
 * writes a line per test; whoever started it reads them.
 *
 * @param outcomes by the test's name, {@code package.Class/method/#invocation}; a class that failed, was skipped or gave up as a whole stands
 *     under its own name
 */
record SuiteRun(Map<String, Outcome> outcomes) {
    private static final String TEST_CLASSES = "^(.*[.$]Test[^.$]*|.*Tests?|.*TestCase)$";
    private static final long MOST_MINUTES = 40;
    /** The file that the results of a run stand in. */
    static final String RESULTS = "results.tsv";

    /** What came of a test. */
    enum Kind {
        PASSED,
        FAILED,
        SKIPPED
    }

    /**
     * One test's end.
     *
     * @param said why it failed or was skipped, on one line; empty for one that passed
     */
    record Outcome(Kind kind, String said) {}

    /** Runs the suite against a server on this machine, its output in {@code suite.log} beside the results. */
    static SuiteRun of(VendorSuite suite, int port, Way way) throws IOException, InterruptedException {
        Path results = suite.directory().resolve(RESULTS);
        Path log = suite.directory().resolve("suite.log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(way.options());
        command.addAll(List.of(
                "-Xmx1536m",
                "-ea", // some tests assert by keyword
                "-Dbuild.properties.relative.path=.",
                "-Dtest.url.PGPORT=" + port,
                "-cp",
                suite.classes() + File.pathSeparator + VendorSuite.classPath(),
                SuiteRun.class.getName(),
                suite.classes().toString(),
                results.toString()));
        Process process = new ProcessBuilder(command)
                .directory(suite.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException("the suite has not ended after " + MOST_MINUTES + " minutes; see " + log);
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException("the suite's process ended with " + process.exitValue() + "; see " + log);
        }
        return read(results);
    }

    /** Reads what an earlier run has left. */
    static SuiteRun read(Path results) throws IOException {
        Map<String, Outcome> outcomes = new TreeMap<>();
        for (String line : Files.readAllLines(results, UTF_8)) {
            String[] fields = line.split("\t", 3);
            Outcome before = outcomes.put(fields[1], new Outcome(Kind.valueOf(fields[0]), fields[2]));
            if (before != null) {
                throw new IllegalStateException(fields[1] + " ended twice");
            }
        }
        return new SuiteRun(outcomes);
    }

    /** The tests that ran or were skipped, without the classes that failed as a whole. */
    Set<String> tests() {
        return outcomes.keySet().stream().filter(name -> name.contains("/")).collect(toCollection(TreeSet::new));
    }

    long count(Kind kind) {
        return outcomes.values().stream()
                .filter(outcome -> outcome.kind() == kind)
                .count();
    }

    /** The names of the tests that ended so, in order. */
    List<String> names(Kind kind) {
        return outcomes.entrySet().stream()
                .filter(entry -> entry.getValue().kind() == kind)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The process: the directory of compiled tests, and the file for the results. */
    public static void main(String[] arguments) throws IOException {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClasspathRoots(Set.of(Path.of(arguments[0]))))
                .filters(ClassNameFilter.includeClassNamePatterns(TEST_CLASSES))
                // As the suite's own build sets them.
                .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "true")
                .configurationParameter("junit.jupiter.execution.timeout.default", "5 m")
                .build();
        Launcher launcher = LauncherFactory.create();
        try (PrintWriter results = new PrintWriter(Files.newBufferedWriter(Path.of(arguments[1]), UTF_8))) {
            launcher.execute(request, new Recorder(results));
        }
        System.exit(0); // whatever threads the tests have left
    }

    /** Writes a line per end. */
    private static final class Recorder implements TestExecutionListener {
        private final PrintWriter results;

        Recorder(PrintWriter results) {
            this.results = results;
        }

        @Override
        public void executionSkipped(TestIdentifier test, String reason) {
            write(test, Kind.SKIPPED, reason);
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            switch (result.getStatus()) {
                case SUCCESSFUL -> {
                    if (test.isTest()) {
                        write(test, Kind.PASSED, "");
                    }
                }
                case ABORTED -> write(test, Kind.SKIPPED, said(result));
                case FAILED -> write(test, Kind.FAILED, said(result));
            }
        }

        private static String said(TestExecutionResult result) {
            return result.getThrowable().map(Throwable::toString).orElse("");
        }

        private synchronized void write(TestIdentifier test, Kind kind, String said) {
            results.println(kind + "\t" + name(test.getUniqueIdObject()) + "\t" + said.replaceAll("\\s+", " "));
            results.flush();
        }

        private static String name(UniqueId id) {
            List<UniqueId.Segment> segments = new ArrayList<>(id.getSegments());
            return segments.stream()
                    .skip(1) // the engine
                    .map(segment -> withoutParameters(segment.getValue()))
                    .collect(joining("/"));
        }

        private static String withoutParameters(String method) {
            int parenthesis = method.indexOf('(');
            return parenthesis < 0 ? method : method.substring(0, parenthesis);
        }
    }
}
