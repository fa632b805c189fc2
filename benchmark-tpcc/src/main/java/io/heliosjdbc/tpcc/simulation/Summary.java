package io.heliosjdbc.tpcc.simulation;

import io.heliosjdbc.tpcc.PriorityClass;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * The runs of one experiment over its seeds. Immutable.
 *
 * @param firstSeed of the first outcome; each further one has the next
 */
record Summary(Experiment experiment, long firstSeed, List<Outcome> outcomes) {
    Summary {
        outcomes = List.copyOf(outcomes);
    }

    double mean(ToDoubleFunction<Outcome> property) {
        return outcomes.stream().mapToDouble(property).average().orElse(0);
    }

    /** The sample's standard deviation; 0 for a single run. */
    double deviation(ToDoubleFunction<Outcome> property) {
        double mean = mean(property);
        double squares = outcomes.stream()
                .mapToDouble(outcome -> Math.pow(property.applyAsDouble(outcome) - mean, 2))
                .sum();
        return outcomes.size() < 2 ? 0 : Math.sqrt(squares / (outcomes.size() - 1));
    }

    private double worst(ToDoubleFunction<Outcome> property) {
        return outcomes.stream().mapToDouble(property).max().orElse(0);
    }

    void writeTo(ObjectNode run) {
        run.put("discipline", experiment.discipline());
        run.put("degree", experiment.degree());
        run.put("deadlines", experiment.deadlines());
        run.put("capacity", experiment.capacity());
        run.put("mpl", experiment.mpl());
        run.put("workCv", experiment.workCv());
        run.put("estimateError", experiment.estimateError());
        run.put("arrivals", experiment.open() ? "open" : "closed");
        run.put("firstSeed", firstSeed);
        run.put("seeds", outcomes.size());
        write(run.putObject("newOrderPenalty"), outcome -> outcome.newOrderPenalty);
        write(run.putObject("allTypesPenalty"), outcome -> outcome.allTypesPenalty);
        ObjectNode violated = run.putObject("violated");
        ObjectNode longest = run.putObject("longestNewOrderSeconds");
        for (PriorityClass priority : PriorityClass.values()) {
            violated.put(priority.label(), mean(priority, outcome -> outcome.violated));
            longest.put(priority.label(), mean(priority, outcome -> outcome.longestSeconds));
        }
        run.putObject("newOrdersDone").put("mean", mean(outcome -> outcome.newOrdersDone));
        run.putObject("deadlineOverruns")
                .put("count", mean(outcome -> outcome.overruns))
                .put("worstSeconds", worst(outcome -> outcome.worstOverrunSeconds));
    }

    private void write(ObjectNode into, ToDoubleFunction<Outcome> property) {
        into.put("mean", mean(property)).put("sd", deviation(property));
    }

    static String header() {
        return String.format(
                Locale.ROOT,
                "%-15s %-9s %16s  %-18s %17s  %-15s %9s  %s",
                "discipline",
                "deadlines",
                "NewOrder $",
                "violated h/m/l",
                "all types $",
                "longest s h/m/l",
                "NewOrders",
                "overruns (worst s)");
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "%-15s %-9s %9.0f ± %4.0f  %-18s %10.0f ± %4.0f  %-15s %9.0f  %.1f (%.1f)",
                experiment.discipline(),
                experiment.deadlines() ? "on" : "off",
                mean(outcome -> outcome.newOrderPenalty),
                deviation(outcome -> outcome.newOrderPenalty),
                byPriority("%.1f", outcome -> outcome.violated),
                mean(outcome -> outcome.allTypesPenalty),
                deviation(outcome -> outcome.allTypesPenalty),
                byPriority("%.0f", outcome -> outcome.longestSeconds),
                mean(outcome -> outcome.newOrdersDone),
                mean(outcome -> outcome.overruns),
                worst(outcome -> outcome.worstOverrunSeconds));
    }

    private double mean(PriorityClass priority, Function<Outcome, Map<PriorityClass, Double>> property) {
        return mean(outcome -> property.apply(outcome).getOrDefault(priority, 0.0));
    }

    private String byPriority(String format, Function<Outcome, Map<PriorityClass, Double>> property) {
        return Arrays.stream(PriorityClass.values())
                .map(priority -> String.format(Locale.ROOT, format, mean(priority, property)))
                .collect(Collectors.joining("/"));
    }
}
