package io.heliosjdbc.tpcc.run;

import io.heliosjdbc.tpcc.Consistency;
import io.heliosjdbc.tpcc.TransactionType;
import io.heliosjdbc.tpcc.measure.Estimate;
import io.heliosjdbc.tpcc.measure.Reading;
import io.heliosjdbc.tpcc.measure.Times;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * TPC-C measured in two ways in turn on one database, through Helios and in the one that it is held against, and what the one says of
 * the other. Immutable.
 *
 * @param against what Helios is held against
 * @param pairs in the order in which they were measured
 * @param consistency the consistency conditions, as in {@link Benchmark.Result}
 * @param faults of all slices
 */
record SideBySide(Against against, List<Pair> pairs, Map<Integer, String> consistency, List<String> faults) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What Helios is held against. */
    enum Against {
        /** The vendor's driver. */
        STRAIGHT,
        /** Helios with connections that are one to one. */
        DIRECT;

        /** As it is called on the command line. */
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What was done in one way for so long.
     *
     * @param perSecond transactions committed per second
     * @param median of the response times, in milliseconds, of what was committed or had no answer
     * @param failed how many failed
     * @param unfinished how many had no answer when the interval ended
     * @param heldUp how many Deliveries waited because the queue was full
     * @param failures what failed within the measurement interval, or when connections were closed after it, and how often
     */
    record Slice(
            double perSecond, Reading median, long failed, long unfinished, long heldUp, Map<String, Long> failures) {
        Slice {
            failures = Collections.unmodifiableMap(new TreeMap<>(failures));
        }

        static Slice of(Figures measured, double seconds) {
            Times times = new Times();
            long unfinished = 0;
            for (TransactionType type : TransactionType.values()) {
                times.add(measured.type(type).responses().times());
                unfinished += measured.type(type).unfinished();
            }
            return new Slice(
                    measured.committed() / seconds,
                    times.percentile(50),
                    measured.failed(),
                    unfinished,
                    measured.deliveries().heldUp(),
                    measured.failures());
        }
    }

    /** Two slices of the same length with the same inputs, one right after the other. */
    record Pair(Slice reference, Slice helios) {
        /** Of throughput, Helios over the other; NaN or infinite where the other has committed nothing. */
        double ratio() {
            return helios.perSecond() / reference.perSecond();
        }
    }

    SideBySide {
        pairs = List.copyOf(pairs);
    }

    boolean passed() {
        return faults.isEmpty() && Consistency.passed(consistency);
    }

    /** Of throughput, Helios over the other, taken pair by pair. */
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
                against.label() + " per s",
                "Helios per s",
                "ratio",
                against.label() + " p50 ms",
                "Helios p50 ms"));
        for (int i = 0; i < pairs.size(); i++) {
            Pair pair = pairs.get(i);
            text.append(String.format(
                    Locale.ROOT,
                    "%-6d %14.1f %14.1f %8s %16s %16s%n",
                    i + 1,
                    pair.reference().perSecond(),
                    pair.helios().perSecond(),
                    Report.number("%.4f", pair.ratio()),
                    median(pair.reference()),
                    median(pair.helios())));
        }
        for (int i = 0; i < pairs.size(); i++) {
            failures(
                    text,
                    "pair " + (i + 1) + ", " + against.label(),
                    pairs.get(i).reference());
            failures(text, "pair " + (i + 1) + ", Helios", pairs.get(i).helios());
        }
        Estimate ratio = ratio();
        text.append(String.format(
                Locale.ROOT,
                "%nthroughput through Helios over %s: median %s, mean %s",
                against.label(),
                Report.number("%.4f", ratio.median()),
                Report.number("%.4f", ratio.mean())));
        if (pairs.size() > 1) {
            text.append(String.format(
                    Locale.ROOT,
                    ", %.0f %% confidence interval of the mean %s to %s",
                    100 * Estimate.CONFIDENCE,
                    Report.number("%.4f", ratio.low()),
                    Report.number("%.4f", ratio.high())));
        }
        text.append(end);
        text.append("consistency: ")
                .append(
                        Consistency.passed(consistency)
                                ? "all twelve conditions hold"
                                : Consistency.complaint(consistency.values()) + ": " + consistency)
                .append(end);
        return text.append(faults.stream().map(fault -> "FAULT: " + fault + end).collect(Collectors.joining()))
                .toString();
    }

    private static String median(Slice slice) {
        String text = slice.median().text(2);
        return text.isEmpty() ? "-" : text;
    }

    /** What failed; no line where nothing did: a few without an answer at the end are every slice's. */
    private static void failures(StringBuilder text, String which, Slice slice) {
        if (slice.failed() > 0) {
            text.append(String.format(
                    Locale.ROOT, "%s: %d failed, %d unfinished%n", which, slice.failed(), slice.unfinished()));
        }
        if (slice.heldUp() > 0) {
            text.append(String.format(
                    Locale.ROOT, "%s: %d Deliveries waited for room in the queue%n", which, slice.heldUp()));
        }
        slice.failures()
                .forEach((reason, count) ->
                        text.append(String.format(Locale.ROOT, "%s: failed %d times: %s%n", which, count, reason)));
    }

    /**
     * Everything for programs.
     *
     * @param url of the database, without passwords
     * @param connections how Helios's were, {@code direct} or {@code late}
     * @param settings with which each slice was measured
     * @param scale factor of keying and think times at a load of 100 percent
     * @param provenance what else it depends on
     */
    String json(String url, String connections, Settings settings, double scale, Provenance provenance) {
        ObjectNode root = JSON.createObjectNode();
        root.put("url", url);
        root.put("connections", connections);
        Estimate ratio = ratio();
        ObjectNode estimate = root.putObject(
                against == Against.STRAIGHT ? "throughputHeliosOverStraight" : "throughputHeliosOverDirect");
        estimate.put("confidence", Estimate.CONFIDENCE);
        Report.number(estimate, "median", ratio.median());
        Report.number(estimate, "mean", ratio.mean());
        Report.number(estimate, "low", ratio.low());
        Report.number(estimate, "high", ratio.high());
        for (Pair pair : pairs) {
            ObjectNode node = root.withArrayProperty("pairs").addObject();
            slice(node.putObject(against.label()), pair.reference());
            slice(node.putObject("helios"), pair.helios());
            Report.number(node, "ratio", pair.ratio());
        }
        root.put("warehouses", settings.warehouses());
        root.put("terminals", settings.terminals());
        root.put("seconds", settings.phases().duration().toNanos() / 1e9);
        Report.settings(root, url, settings, scale);
        provenance.put(root);
        Report.consistency(root, consistency);
        faults.forEach(root.putArray("faults")::add);
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + System.lineSeparator();
    }

    private static void slice(ObjectNode node, Slice slice) {
        node.put("perSecond", slice.perSecond());
        slice.median().put(node, "p50Ms");
        node.put("failed", slice.failed());
        node.put("unfinished", slice.unfinished());
        node.put("deliveriesHeldUp", slice.heldUp());
        slice.failures().forEach(node.putObject("failures")::put);
    }
}
