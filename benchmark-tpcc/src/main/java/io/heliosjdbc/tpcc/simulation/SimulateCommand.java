package io.heliosjdbc.tpcc.simulation;

import io.heliosjdbc.agreements.Agreements;
import io.heliosjdbc.agreements.RefusedInputException;
import io.heliosjdbc.agreements.UserLoad;
import io.heliosjdbc.scheduler.Disciplines;
import io.heliosjdbc.slo.SloComponent;
import io.heliosjdbc.tpcc.Outputs;
import io.heliosjdbc.tpcc.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the options of {@code simulate}, runs the experiments and reports. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Runs the thesis's overload experiment in virtual time, on the shipped scheduler: 200 terminals,"
                + " 65 minutes, phases of 80 and 180 percent load.")
public final class SimulateCommand implements Callable<Integer> {
    private static final String AGREEMENT = "tpcc-agreement.xml";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Spec
    CommandSpec specification;

    @Option(
            names = "--disciplines",
            split = ",",
            paramLabel = "NAME",
            description = "separated by commas; default: all that the scheduler knows")
    List<String> disciplines = Disciplines.names().stream().sorted().toList();

    @Option(
            names = "--deadlines",
            defaultValue = "both",
            paramLabel = "on|off|both",
            description = "the deadlines of the thesis's table 3.3; default: ${DEFAULT-VALUE}")
    String deadlines;

    @Option(
            names = "--seeds",
            defaultValue = "20",
            paramLabel = "N",
            description = "how many; default: ${DEFAULT-VALUE}")
    int seeds;

    @Option(names = "--first-seed", defaultValue = "1", paramLabel = "N", description = "default: ${DEFAULT-VALUE}")
    long firstSeed;

    @Option(
            names = "--capacity",
            defaultValue = "0.73",
            paramLabel = "X",
            description = "the database's speed at MPL 10, as a part of full load; default: ${DEFAULT-VALUE}")
    double capacity;

    @Option(names = "--mpl", defaultValue = "10", paramLabel = "N", description = "default: ${DEFAULT-VALUE}")
    int mpl;

    @Option(
            names = "--work-cv",
            defaultValue = "0.5",
            paramLabel = "X",
            description = "coefficient of variation of the work; default: ${DEFAULT-VALUE}")
    double workCv;

    @Option(
            names = "--estimate-error",
            defaultValue = "0",
            paramLabel = "X",
            description = "standard deviation of the logarithm of the estimates' error; default: ${DEFAULT-VALUE}")
    double estimateError;

    @Option(
            names = "--arrivals",
            defaultValue = "closed",
            paramLabel = "closed|open",
            description = "whether a terminal waits for its answer; default: ${DEFAULT-VALUE}")
    String arrivals;

    @Option(
            names = "--degree",
            defaultValue = "" + SloComponent.DEFAULT_DEGREE,
            paramLabel = "K",
            description = "degree of opportunity cost and marginal gain; default: ${DEFAULT-VALUE}")
    double degree;

    @Option(names = "--json", paramLabel = "FILE", description = "write the result to this file too")
    @Nullable
    Path json;

    @Option(
            names = "--svg",
            paramLabel = "FILE",
            description = "draw response times over time per class, of each discipline's first run")
    @Nullable
    Path svg;

    /** Created by the command line. */
    public SimulateCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Experiment> experiments = experiments();
        List<UserLoad> loads = loads();
        checkOutputs();
        try (Outputs outputs = new Outputs()) {
            List<Summary> summaries = summaries(experiments, loads);
            outputs.writeText("--json", json, () -> json(summaries));
            outputs.writeText("--svg", svg, () -> ResponseTimeChart.of(summaries));
        }
        return 0;
    }

    private List<Summary> summaries(List<Experiment> experiments, List<UserLoad> loads) throws InterruptedException {
        PrintWriter out = specification.commandLine().getOut();
        out.println(Summary.header());
        out.flush();
        List<Summary> summaries = new ArrayList<>();
        ExecutorService workers =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            for (Experiment each : experiments) {
                Summary summary = new Summary(each, firstSeed, run(each, loads, workers));
                summaries.add(summary);
                out.println(summary.line());
                out.flush();
            }
        } finally {
            workers.shutdownNow();
        }
        return summaries;
    }

    /** What cannot be written must not be found out when everything was simulated. */
    private void checkOutputs() {
        try {
            Outputs.check("--json", json);
            Outputs.check("--svg", svg);
            Outputs.checkDistinct("--json", json, "--svg", svg);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(specification.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private List<Outcome> run(Experiment experiment, List<UserLoad> loads, ExecutorService workers)
            throws InterruptedException {
        List<Future<Outcome>> running = new ArrayList<>();
        for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
            Simulation simulation = new Simulation(experiment, loads, seed);
            running.add(workers.submit(simulation::run));
        }
        PrintWriter progress = specification.commandLine().getErr();
        List<Outcome> outcomes = new ArrayList<>();
        for (Future<Outcome> each : running) {
            try {
                outcomes.add(each.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException("a run failed: " + e.getCause(), e.getCause());
            }
            progress.printf(
                    Locale.ROOT,
                    "\r%s, deadlines %s: %d of %d \r",
                    experiment.discipline(),
                    experiment.deadlines() ? "on" : "off",
                    outcomes.size(),
                    seeds);
            progress.flush();
        }
        return outcomes;
    }

    private List<Experiment> experiments() {
        require(seeds >= 1, "--seeds must be 1 or more");
        require(capacity > 0 && capacity < 100, "--capacity must be above 0 and below 100");
        require(mpl >= 1, "--mpl must be 1 or more");
        require(workCv >= 0 && workCv <= 10, "--work-cv must be 0 to 10");
        require(estimateError >= 0 && estimateError <= 10, "--estimate-error must be 0 to 10");
        require(degree > 0 && degree <= 1000, "--degree must be above 0 and at most 1000");
        require(arrivals.equals("closed") || arrivals.equals("open"), "--arrivals must be closed or open");
        require(List.of("on", "off", "both").contains(deadlines), "--deadlines must be on, off or both");
        List<Experiment> experiments = new ArrayList<>();
        for (boolean on :
                deadlines.equals("both") ? new boolean[] {false, true} : new boolean[] {deadlines.equals("on")}) {
            for (String discipline : disciplines) {
                require(
                        Disciplines.names().contains(discipline),
                        "there is no discipline '" + discipline + "'; choose of "
                                + String.join(
                                        ", ",
                                        Disciplines.names().stream().sorted().toList()));
                experiments.add(new Experiment(
                        discipline, degree, on, capacity, mpl, workCv, estimateError, arrivals.equals("open")));
            }
        }
        return experiments;
    }

    static List<UserLoad> loads() throws IOException {
        try (InputStream in = io.heliosjdbc.tpcc.Main.class.getResourceAsStream(AGREEMENT)) {
            if (in == null) {
                throw new IllegalStateException(AGREEMENT + " is missing");
            }
            return Agreements.readFrom(List.of(new Agreements.Source(AGREEMENT, in)))
                    .userLoads();
        } catch (RefusedInputException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String json(List<Summary> summaries) {
        ObjectNode root = JSON.createObjectNode();
        root.putObject("circumstances").put("Helios", Version.ofHelios());
        ArrayNode runs = root.putArray("runs");
        summaries.forEach(summary -> summary.writeTo(runs.addObject()));
        return root.toPrettyString() + "\n";
    }

    private void require(boolean condition, String fault) {
        if (!condition) {
            throw new ParameterException(specification.commandLine(), fault);
        }
    }
}
