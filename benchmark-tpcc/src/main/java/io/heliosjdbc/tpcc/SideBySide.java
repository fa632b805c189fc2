package io.heliosjdbc.tpcc;

import io.heliosjdbc.tpcc.Measurements.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * TPC-C measured straight and through Helios in turn on one database, and what the one says of the other. Immutable.
 *
 * @param pairs in the order in which they were measured
 * @param consistency the consistency conditions, as in {@link Benchmark.Result}
 * @param faults of all slices
 */
record SideBySide(List<Pair> pairs, Map<Integer, String> consistency, List<String> faults) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * What was done in one way for so long.
     *
     * @param perSecond transactions committed per second
     * @param medianMs the median of their response times, in milliseconds
     */
    record Slice(double perSecond, double medianMs) {
        static Slice of(Measurements measured, double seconds) {
            Histogram responses = new Histogram(3);
            for (TransactionType type : TransactionType.values()) {
                responses.add(measured.type(type).responses(Outcome.COMMITTED));
            }
            double median = responses.getTotalCount() == 0 ? 0 : responses.getValueAtPercentile(50) / 1e3;
            return new Slice(measured.committed() / seconds, median);
        }
    }

    /** Two slices of the same length with the same inputs, one right after the other. */
    record Pair(Slice straight, Slice helios) {
        /** Of throughput, Helios over straight; NaN or infinite where straight nothing was committed. */
        double ratio() {
            return helios.perSecond() / straight.perSecond();
        }
    }

    SideBySide {
        pairs = List.copyOf(pairs);
    }

    boolean passed() {
        return faults.isEmpty() && Consistency.passed(consistency);
    }

    /** Of throughput, Helios over straight, taken pair by pair. */
    Estimate ratio() {
        return Estimate.of(pairs.stream().mapToDouble(Pair::ratio).toArray());
    }

    /** A line for each pair, and what they say together. */
    String text() {
        StringBuilder text = new StringBuilder();
        String end = System.lineSeparator();
        text.append(String.format(
                Locale.ROOT,
                "%n%-6s %14s %14s %8s %16s %16s%n",
                "pair",
                "straight per s",
                "Helios per s",
                "ratio",
                "straight p50 ms",
                "Helios p50 ms"));
        for (int i = 0; i < pairs.size(); i++) {
            Pair pair = pairs.get(i);
            text.append(String.format(
                    Locale.ROOT,
                    "%-6d %14.1f %14.1f %8.4f %16.2f %16.2f%n",
                    i + 1,
                    pair.straight().perSecond(),
                    pair.helios().perSecond(),
                    pair.ratio(),
                    pair.straight().medianMs(),
                    pair.helios().medianMs()));
        }
        Estimate ratio = ratio();
        text.append(String.format(
                Locale.ROOT,
                "%nthroughput through Helios over straight: median %.4f, mean %.4f",
                ratio.median(),
                ratio.mean()));
        if (pairs.size() > 1) {
            text.append(String.format(
                    Locale.ROOT,
                    ", %.0f %% confidence interval of the mean %.4f to %.4f",
                    100 * Estimate.CONFIDENCE,
                    ratio.low(),
                    ratio.high()));
        }
        text.append(end);
        text.append("consistency: ")
                .append(Consistency.passed(consistency) ? "all twelve conditions hold" : "VIOLATED: " + consistency)
                .append(end);
        return text.append(faults.stream().map(fault -> "FAULT: " + fault + end).collect(Collectors.joining()))
                .toString();
    }

    String json() {
        ObjectNode root = JSON.createObjectNode();
        Estimate ratio = ratio();
        ObjectNode estimate = root.putObject("throughputHeliosOverStraight");
        estimate.put("confidence", Estimate.CONFIDENCE);
        number(estimate, "median", ratio.median());
        number(estimate, "mean", ratio.mean());
        number(estimate, "low", ratio.low());
        number(estimate, "high", ratio.high());
        for (Pair pair : pairs) {
            ObjectNode node = root.withArrayProperty("pairs").addObject();
            slice(node.putObject("straight"), pair.straight());
            slice(node.putObject("helios"), pair.helios());
            number(node, "ratio", pair.ratio());
        }
        root.putObject("consistency").put("passed", Consistency.passed(consistency));
        faults.forEach(root.putArray("faults")::add);
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + System.lineSeparator();
    }

    private static void slice(ObjectNode node, Slice slice) {
        node.put("perSecond", slice.perSecond());
        node.put("p50Ms", slice.medianMs());
    }

    private static void number(ObjectNode node, String key, double value) {
        if (Double.isFinite(value)) {
            node.put(key, value);
        } else {
            node.putNull(key);
        }
    }
}
