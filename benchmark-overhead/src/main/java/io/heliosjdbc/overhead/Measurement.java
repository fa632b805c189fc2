package io.heliosjdbc.overhead;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/**
 * Runs the operations with JMH, each in a JVM of its own, and the paths of one operation right after each other, so that a machine
 * that slows down meets both. Not thread-safe.
 */
final class Measurement {
    private static final String BYTES_PER_OPERATION = "gc.alloc.rate.norm";

    private final Effort effort;
    private final Collection<Path> paths;
    private final Consumer<String> progress;
    private final List<RunResult> results = new ArrayList<>();

    /**
     * @param paths in the order in which they are measured
     * @param progress is told each figure when it is there
     */
    Measurement(Effort effort, Collection<Path> paths, Consumer<String> progress) {
        this.effort = effort;
        this.paths = List.copyOf(paths);
        this.progress = progress;
    }

    /**
     * Measures every operation on every path.
     *
     * @param threads the numbers of threads to measure with, each at least 1
     * @throws RunnerException where an operation fails
     */
    List<Comparison> run(Collection<Integer> threads) throws RunnerException {
        List<Comparison> comparisons = new ArrayList<>();
        for (int each : threads) {
            for (Operation operation : Operation.values()) {
                Map<Path, Figure> figures = new EnumMap<>(Path.class);
                for (Path path : paths) {
                    figures.put(path, measure(operation, path, each));
                }
                comparisons.add(new Comparison(operation, each, figures));
            }
        }
        return comparisons;
    }

    /** What JMH reported so far. */
    List<RunResult> results() {
        return List.copyOf(results);
    }

    private Figure measure(Operation operation, Path path, int threads) throws RunnerException {
        var options = new OptionsBuilder()
                .include("^" + Operations.class.getName().replace(".", "\\.") + "\\." + operation.method() + "$")
                .param("path", path.toString())
                .threads(threads)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        RunResult result = new Runner(effort.apply(options).build()).runSingle();
        results.add(result);
        Result<?> time = result.getPrimaryResult();
        Result<?> bytes = result.getSecondaryResults().get(BYTES_PER_OPERATION);
        if (bytes == null) {
            throw new RunnerException(
                    "JMH did not report " + BYTES_PER_OPERATION + "; this JVM cannot count allocations");
        }
        Figure figure = figure(time.getStatistics(), bytes.getScore());
        progress.accept("%s, threads %d, %s: %.1f ns, %.0f B"
                .formatted(operation.title(), threads, path, figure.nanos(), figure.bytes()));
        return figure;
    }

    private static Figure figure(Statistics iterations, double bytes) {
        double spread = (iterations.getPercentile(75) - iterations.getPercentile(25)) / 2;
        return new Figure(iterations.getPercentile(50), spread, bytes);
    }
}
