package io.heliosjdbc.overhead.decisions;

import io.heliosjdbc.overhead.Refusals;
import io.heliosjdbc.overhead.ResultFile;
import io.heliosjdbc.overhead.Version;
import io.heliosjdbc.overhead.classification.ClassificationBenchmark;
import io.heliosjdbc.overhead.classification.ColdBenchmark;
import io.heliosjdbc.overhead.scheduling.QueueBenchmark;
import io.heliosjdbc.overhead.scheduling.SlotBenchmark;
import io.heliosjdbc.scheduler.Disciplines;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.ListStatistics;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of {@code helios decisions}: measures the scheduler and the classifier and prints tables. Not thread-safe. */
@Command(
        name = "helios decisions",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Measures what a decision costs: of the scheduler by discipline and number of queued requests, the slot that is"
                        + " free, and 64 threads on 8 slots; of the classifier for statements seen before and new ones.",
        footer =
                "%nTimes are medians over the iterations. The tables go to standard output and are Markdown; progress goes to standard"
                        + " error.")
public final class Decisions implements Callable<Integer> {
    private static final int THREADS = 64;
    private static final int MEMORY_AT = 100_000;
    private static final int COLD_JVMS = 9;
    private static final int COLD_STATEMENTS = 100;
    /** With more in its queue a decision of this discipline takes seconds: it plans the whole queue. */
    private static final int MOST_PLANNED = 10_000;

    private static final String PLANNING = "budget";
    private static final List<String> TEXTS = List.of("short", "traced", "long", "list", "large");
    private static final List<String> PARTS = List.of("scheduler", "classifier");

    @Spec
    private CommandSpec command;

    @Option(
            names = "--queued",
            split = ",",
            defaultValue = "50,200,1000,10000,100000,1000000",
            paramLabel = "N",
            description = "Numbers of queued requests (default: ${DEFAULT-VALUE}).")
    private List<Integer> queued;

    @Option(
            names = "--disciplines",
            split = ",",
            defaultValue = "fifo,static,mefi,kafka,fisher_krieger,budget",
            paramLabel = "NAME",
            description = "Which disciplines (default: ${DEFAULT-VALUE}).")
    private List<String> disciplines;

    @Option(
            names = "--of",
            split = ",",
            defaultValue = "scheduler,classifier",
            paramLabel = "PART",
            description = "Whose decisions (default: ${DEFAULT-VALUE}).")
    private List<String> of;

    @Option(names = "--quick", description = "A minute or two instead of ten; less exact.")
    private boolean quick;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Also writes what JMH reports, iteration by iteration.")
    private @Nullable File json;

    private final List<RunResult> results = new ArrayList<>();

    @Option(names = "--once", hidden = true, description = "Each a few times inside this JVM: shows that it runs.")
    private boolean once;

    /** Runs the command and exits with its code: 0, 1 where a measurement failed, 2 where the command line is wrong. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return Refusals.of(new CommandLine(new Decisions()));
    }

    @Override
    public Integer call() throws RunnerException, IOException {
        for (String discipline : disciplines) {
            if (!Disciplines.names().contains(discipline)) {
                throw new ParameterException(
                        command.commandLine(),
                        "--disciplines: there is no discipline " + discipline + "; choose of "
                                + String.join(", ", new TreeSet<>(Disciplines.names())));
            }
        }
        for (String part : of) {
            if (!PARTS.contains(part)) {
                throw new ParameterException(
                        command.commandLine(), "--of: there is no part " + part + "; choose of " + PARTS);
            }
        }
        ResultFile.check(command.commandLine(), json);
        PrintWriter out = command.commandLine().getOut();
        if (of.contains("scheduler")) {
            scheduler(out);
        }
        if (of.contains("classifier")) {
            classifier(out);
        }
        ResultFile.write(json, results);
        return CommandLine.ExitCode.OK;
    }

    private void scheduler(PrintWriter out) throws RunnerException {
        out.println("add, schedule and remove, and book what ran; ns per request, bytes held per queued request");
        out.println();
        out.println(row("discipline", queued.stream().map(each -> "n = " + each).toList(), "B per queued"));
        out.println(row("---", queued.stream().map(each -> "--:").toList(), "--:"));
        for (String discipline : disciplines) {
            List<String> cells = new ArrayList<>();
            for (int each : queued) {
                cells.add(discipline.equals(PLANNING) && each > MOST_PLANNED ? "" : nanos(queue(discipline, each)));
            }
            int many = discipline.equals(PLANNING) ? MOST_PLANNED : MEMORY_AT;
            out.println(row(
                    discipline,
                    cells,
                    String.format(Locale.ROOT, "%.0f", QueueBenchmark.bytesPerQueued(discipline, once ? 100 : many))));
            out.flush();
        }
        out.println();
        out.println("| a slot taken and given back | scheduler ns | fair semaphore ns | scheduler B |");
        out.println("| --- | --: | --: | --: |");
        slot(out, "free, one thread", 1, 0);
        slot(out, THREADS + " threads on 8 slots, held for nothing", THREADS, 0);
        slot(out, THREADS + " threads on 8 slots, held for about 20 us", THREADS, 20_000);
        out.println();
        out.flush();
    }

    private void classifier(PrintWriter out) throws RunnerException {
        out.println("ns per statement, from its text to its class and load; B allocated");
        out.println();
        out.println(
                "| statement | seen before | B | decided anew | B | never seen | B | 1st of a JVM | 10th | 100th |");
        out.println("| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |");
        for (String mode : List.of("rule_based", "ml_based")) {
            for (String text : TEXTS) {
                progress(mode + ", " + text);
                RunResult alone = decision("textAlone", mode, text);
                List<String> cells = new ArrayList<>();
                for (String each : List.of("seenBefore", "decidedAnew")) {
                    RunResult measured = decision(each, mode, text);
                    cells.add(nanos(measured));
                    cells.add(bytes(measured, 0));
                }
                RunResult fresh = decision("neverSeen", mode, text);
                cells.add(nanos(median(fresh) - median(alone)));
                cells.add(bytes(fresh, allocated(alone)));
                cells.addAll(cold(mode, text));
                out.println("| " + mode + ", " + text + " | " + String.join(" | ", cells) + " |");
                out.flush();
            }
        }
    }

    private RunResult decision(String method, String mode, String text) throws RunnerException {
        // What takes microseconds is timed one by one: the median of these does not mind a machine that others use too.
        boolean oneByOne = !method.equals("seenBefore");
        return run(new OptionsBuilder()
                .include("^" + ClassificationBenchmark.class.getName() + "\\." + method + "$")
                .mode(once ? Mode.SingleShotTime : oneByOne ? Mode.SampleTime : Mode.AverageTime)
                .param("mode", mode)
                .param("text", text));
    }

    /** The first, tenth and hundredth statement of a JVM: medians over several of these. */
    private List<String> cold(String mode, String text) throws RunnerException {
        progress(mode + ", " + text + ", cold");
        RunResult result = new Runner(new OptionsBuilder()
                        .include("^" + ColdBenchmark.class.getName() + "\\.")
                        .param("mode", mode)
                        .param("text", text)
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .forks(once ? 0 : quick ? 3 : COLD_JVMS)
                        .warmupIterations(0)
                        .measurementIterations(once ? 1 : COLD_STATEMENTS)
                        .build())
                .runSingle();
        results.add(result);
        Collection<BenchmarkResult> jvms = result.getBenchmarkResults();
        List<String> cells = new ArrayList<>();
        for (int nth = 1; nth <= COLD_STATEMENTS; nth *= 10) {
            ListStatistics times = new ListStatistics();
            for (BenchmarkResult jvm : jvms) {
                List<IterationResult> statements = List.copyOf(jvm.getIterationResults());
                times.addValue(statements
                        .get(Math.min(nth, statements.size()) - 1)
                        .getPrimaryResult()
                        .getScore());
            }
            cells.add(nanos(times.getPercentile(50)));
        }
        return cells;
    }

    private static String bytes(RunResult result, double without) {
        return String.format(Locale.ROOT, "%,.0f", Math.max(0, allocated(result) - without));
    }

    private static double allocated(RunResult result) {
        Result<?> bytes = result.getSecondaryResults().get("gc.alloc.rate.norm");
        return bytes == null ? 0 : bytes.getScore();
    }

    private static String row(String first, List<String> cells, String last) {
        return cells.stream().collect(Collectors.joining(" | ", "| " + first + " | ", " | " + last + " |"));
    }

    private RunResult queue(String discipline, int n) throws RunnerException {
        progress("%s, %d queued".formatted(discipline, n));
        return run(new OptionsBuilder()
                .include("^" + QueueBenchmark.class.getName() + "\\.")
                .param("discipline", discipline)
                .param("queued", Integer.toString(n)));
    }

    private void slot(PrintWriter out, String what, int threads, int tokens) throws RunnerException {
        progress(what);
        RunResult scheduler = slot("scheduler", threads, tokens);
        RunResult semaphore = slot("semaphore", threads, tokens);
        Result<?> bytes = scheduler.getSecondaryResults().get("gc.alloc.rate.norm");
        out.println("| %s | %s | %s | %s |"
                .formatted(
                        what,
                        nanos(scheduler),
                        nanos(semaphore),
                        bytes == null ? "" : String.format(Locale.ROOT, "%.0f", bytes.getScore())));
        out.flush();
    }

    private RunResult slot(String method, int threads, int tokens) throws RunnerException {
        return run(new OptionsBuilder()
                .include("^" + SlotBenchmark.class.getName() + "\\." + method + "$")
                .param("tokens", Integer.toString(tokens))
                .threads(once ? 2 : threads));
    }

    private RunResult run(ChainedOptionsBuilder options) throws RunnerException {
        options.shouldFailOnError(true).verbosity(VerboseMode.SILENT).addProfiler(GCProfiler.class);
        if (once) {
            options.forks(0).mode(Mode.SingleShotTime).warmupIterations(0).measurementIterations(1);
        } else {
            int iterations = quick ? 3 : 8;
            TimeValue each = TimeValue.milliseconds(quick ? 200 : 500);
            options.forks(1)
                    .jvmArgsAppend("-Xmx4g")
                    .warmupIterations(iterations)
                    .warmupTime(each)
                    .measurementIterations(iterations)
                    .measurementTime(each)
                    .timeUnit(TimeUnit.NANOSECONDS);
        }
        RunResult result = new Runner(options.build()).runSingle();
        results.add(result);
        return result;
    }

    private static double median(RunResult result) {
        return result.getPrimaryResult().getStatistics().getPercentile(50);
    }

    private static String nanos(RunResult result) {
        return nanos(median(result));
    }

    private static String nanos(double median) {
        return String.format(Locale.ROOT, median < 100 ? "%.1f" : "%,.0f", median);
    }

    private void progress(String line) {
        command.commandLine().getErr().println(line);
        command.commandLine().getErr().flush();
    }
}
