package io.heliosjdbc.tpcc.run;

import com.google.errorprone.annotations.FormatMethod;
import io.heliosjdbc.tpcc.Consistency;
import io.heliosjdbc.tpcc.PriorityClass;
import io.heliosjdbc.tpcc.Target;
import io.heliosjdbc.tpcc.TransactionType;
import io.heliosjdbc.tpcc.audit.Realised;
import io.heliosjdbc.tpcc.measure.Times;
import io.heliosjdbc.tpcc.pace.Phases;
import io.heliosjdbc.tpcc.promises.Account;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A run's result as a table for people and as JSON for programs. Immutable. */
final class Report {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** The line of accounts that terminals of several classes share. */
    private static final String SHARED = "shared";

    private static final String HEAD = "%-12s %9s %8s %7s %8s %11s";
    private static final String RESPONSES = " %12s %12s %12s %12s %12s %6s %s";

    private static final List<Double> PERCENTILES = List.of(50.0, 90.0, 95.0, 99.0);

    private final String url;
    private final @Nullable String connections;
    private final Settings settings;
    private final double scale;
    private final Benchmark.Result result;
    private final Figures measured;
    private final Provenance provenance;

    /**
     * Of one run.
     *
     * @param connections how Helios's were, {@code direct} or {@code late}; null without Helios
     * @param provenance what else it depends on
     */
    Report(
            String url,
            @Nullable String connections,
            Settings settings,
            double scale,
            Benchmark.Result result,
            Provenance provenance) {
        this.connections = connections;
        this.provenance = provenance;
        this.url = url;
        this.settings = settings;
        this.scale = scale;
        this.result = result;
        this.measured = result.figures();
    }

    private double seconds() {
        return settings.phases().duration().toMillis() / 1e3;
    }

    private double tpmC() {
        return measured.tpmC(settings.phases().duration().toNanos());
    }

    String text() {
        StringBuilder text = new StringBuilder();
        line(text, "");
        line(text, "%.1f tpmC over %.0f s", tpmC(), seconds());
        line(text, "");
        line(
                text,
                HEAD + "   response ms, committed or without an answer                   90 %% within",
                "",
                "committed",
                "aborted",
                "failed",
                "retries",
                "unfinished");
        line(
                text,
                HEAD + RESPONSES,
                "",
                "",
                "by user",
                "",
                "",
                "(late)",
                "p50",
                "p90",
                "p95",
                "p99",
                "max",
                "limit",
                "kept");
        for (TransactionType type : TransactionType.values()) {
            ByType each = measured.type(type);
            line(
                    text,
                    HEAD + RESPONSES,
                    type.label(),
                    each.count(Measurements.Outcome.COMMITTED),
                    each.count(Measurements.Outcome.USER_ABORTED),
                    each.count(Measurements.Outcome.FAILED),
                    each.retries(),
                    each.unfinished() + " (" + each.unfinishedLate() + ")",
                    percentile(each.responses(), 50),
                    percentile(each.responses(), 90),
                    percentile(each.responses(), 95),
                    percentile(each.responses(), 99),
                    percentile(each.responses(), 100),
                    each.responses().limit().toSeconds() + " s",
                    kept(each.responses()));
            if (type == TransactionType.DELIVERY) {
                queueing(text, measured.deliveries());
            }
        }
        deliveries(text, measured.deliveries());
        line(text, "");
        line(text, "%-12s %9s %9s %12s %14s", "class", "accounts", "violated", "conformance", "penalty " + unit());
        for (PriorityClass priority : PriorityClass.values()) {
            accounts(text, priority.label(), accounts(priority));
        }
        if (!shared().isEmpty()) {
            accounts(text, SHARED, shared());
        }
        line(text, "");
        for (Realised.Band band : measured.realised().bands(settings.warehouses())) {
            line(
                    text,
                    "%-26s %8s of %-8d audit %s to %s: %s",
                    band.name(),
                    number("%.2f", band.value() == null ? Double.NaN : band.value()),
                    band.cases(),
                    bound(band.low()),
                    bound(band.high()),
                    band.verdict());
        }
        line(text, "");
        boolean consistent = Consistency.passed(result.consistency());
        line(
                text,
                "consistency: %s",
                consistent
                        ? "all twelve conditions hold"
                        : Consistency.complaint(result.consistency().values()));
        result.consistency().forEach((number, state) -> {
            if (!"ok".equals(state)) {
                line(text, "  condition %d: %s", number, state);
            }
        });
        measured.failures().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(5)
                .forEach(failure -> line(text, "failed %d times: %s", failure.getValue(), failure.getKey()));
        result.faults().forEach(fault -> line(text, "FAULT: %s", fault));
        return text.toString();
    }

    /** What terminals waited for: that theirs are queued. The line above it is what became of them. */
    private static void queueing(StringBuilder text, Deliveries deliveries) {
        line(
                text,
                HEAD + RESPONSES,
                "  queued",
                deliveries.queued(),
                "",
                "",
                "",
                deliveries.unqueued(),
                percentile(deliveries.queueing, 50),
                percentile(deliveries.queueing, 90),
                percentile(deliveries.queueing, 95),
                percentile(deliveries.queueing, 99),
                percentile(deliveries.queueing, 100),
                deliveries.queueing.limit().toSeconds() + " s",
                kept(deliveries.queueing));
    }

    private void deliveries(StringBuilder text, Deliveries deliveries) {
        line(
                text,
                "Deliveries: %d worker(s), room for %d in the queue; %d waited for room; %d of %d found %d district(s)"
                        + " without an order to deliver%s",
                settings.deliveryWorkers(),
                settings.deliveryRoom(),
                deliveries.heldUp(),
                deliveries.skipped().incomplete(),
                deliveries.skipped().executed(),
                deliveries.skipped().districts(),
                deliveries.skipped().isToBeReported() ? ", MORE THAN ONE PERCENT" : "");
    }

    private static String percentile(Responses responses, double percent) {
        String text = responses.times().percentile(percent).text(1);
        return text.isEmpty() ? "-" : text;
    }

    private static String kept(Responses responses) {
        double within = responses.withinPercent();
        return Double.isNaN(within) ? "-" : number("%.1f %%", within) + (responses.isKept() ? "" : " NO");
    }

    private static void accounts(StringBuilder text, String name, Collection<Accounts.Closed> accounts) {
        Totals totals = totals(accounts);
        line(
                text,
                "%-12s %9d %9d %12s %14s",
                name,
                totals.accounts,
                totals.violated,
                number("%.2f %%", 100 * totals.conformance()),
                totals.penalty.toPlainString());
    }

    String json() {
        ObjectNode root = JSON.createObjectNode();
        root.put("url", url);
        root.put("warehouses", settings.warehouses());
        root.put("terminals", settings.terminals());
        root.put("seconds", seconds());
        root.put("tpmC", tpmC());
        ObjectNode transactions = root.putObject("transactions");
        long retries = 0;
        for (TransactionType type : TransactionType.values()) {
            ByType each = measured.type(type);
            ObjectNode node = transactions.putObject(type.label());
            node.put("committed", each.count(Measurements.Outcome.COMMITTED));
            node.put("userAborted", each.count(Measurements.Outcome.USER_ABORTED));
            node.put("failed", each.count(Measurements.Outcome.FAILED));
            responses(node.putObject("responseMs"), each.responses().times());
            node.put("offered", each.offered());
            node.put("unfinished", each.unfinished());
            node.put("unfinishedLate", each.unfinishedLate());
            node.put("retries", each.retries());
            limit(node, each.responses());
            ended(node.putObject("userAbortedMs"), each.ended(Measurements.Outcome.USER_ABORTED));
            ended(node.putObject("failedMs"), each.ended(Measurements.Outcome.FAILED));
            if (type == TransactionType.DELIVERY) {
                ObjectNode queued = node.putObject("queued");
                queued.put("count", measured.deliveries().queued());
                queued.put("unfinished", measured.deliveries().unqueued());
                responses(
                        queued.putObject("responseMs"),
                        measured.deliveries().queueing.times());
                limit(queued, measured.deliveries().queueing);
            }
            retries += each.retries();
        }
        Deliveries figures = measured.deliveries();
        ObjectNode deliveries = JSON.createObjectNode();
        deliveries.put("workers", settings.deliveryWorkers());
        deliveries.put("room", settings.deliveryRoom());
        deliveries.put("heldUp", figures.heldUp());
        deliveries.put("executed", figures.skipped().executed());
        deliveries.put("incomplete", figures.skipped().incomplete());
        deliveries.put("skippedDistricts", figures.skipped().districts());
        deliveries.put("moreThanOnePercentIncomplete", figures.skipped().isToBeReported());
        accounts(root.putObject("accounts"), measured.accounts().values());
        consistency(root, result.consistency());
        root.put("retries", retries);
        root.set("deliveries", deliveries);
        classes(root.putObject("classes"));
        settings(root, url, settings, scale);
        root.put("connections", connections);
        ObjectNode loading = root.putObject("loading");
        loading.put("loaders", result.loading().loaders());
        loading.put("resumed", result.loading().resumed());
        loading.put("seconds", result.loading().seconds());
        ObjectNode bands = root.putObject("bands");
        for (Realised.Band band : measured.realised().bands(settings.warehouses())) {
            ObjectNode node = bands.putObject(band.name());
            node.put("value", band.value());
            node.put("cases", band.cases());
            node.put("low", band.low());
            node.put("high", band.high());
            node.put("within", band.holds());
            node.put("violated", band.isViolated());
        }
        provenance.put(root);
        ObjectNode failures = root.putObject("failures");
        measured.failures().forEach(failures::put);
        result.faults().forEach(root.putArray("faults")::add);
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + System.lineSeparator();
    }

    /** Whether all conditions hold, and what is to be said of each. */
    static void consistency(ObjectNode root, Map<Integer, String> results) {
        ObjectNode consistency = root.putObject("consistency");
        consistency.put("passed", Consistency.passed(results));
        ObjectNode conditions = consistency.putObject("conditions");
        results.forEach((number, state) -> conditions.put(Integer.toString(number), state));
    }

    /** What was asked for; what only a configuration file says is in that. */
    static void settings(ObjectNode root, String url, Settings settings, double scale) {
        root.put("discipline", said(url, settings, "helios.discipline").orElse(null));
        root.put(
                "maxConcurrency",
                said(url, settings, "helios.max_concurrency")
                        .map(Integer::valueOf)
                        .orElse(null));
        root.put("seed", settings.seed());
        root.put("scale", scale);
        root.put("warmupSeconds", settings.warmup().toMillis() / 1e3);
        root.put("deliveryWorkers", settings.deliveryWorkers());
        root.put("population", settings.population().name());
        root.put("isolation", settings.isolation().word());
        ArrayNode phases = root.putArray("phases");
        for (Phases.Phase phase : settings.phases().list()) {
            phases.addObject()
                    .put("factor", phase.factor())
                    .put("seconds", phase.length().toNanos() / 1e9);
        }
    }

    private static Optional<String> said(String url, Settings settings, String key) {
        return Optional.ofNullable(settings.connection().getProperty(key)).or(() -> Target.parameter(url, key));
    }

    private static String bound(double bound) {
        return String.format(Locale.ROOT, "%.4g", bound);
    }

    private void classes(ObjectNode classes) {
        for (PriorityClass priority : PriorityClass.values()) {
            ObjectNode node = classes.putObject(priority.label());
            accounts(node, accounts(priority));
            number(node, "conformance", totals(accounts(priority)).conformance());
            ObjectNode byType = node.putObject("responseMs");
            for (TransactionType type : TransactionType.values()) {
                responses(
                        byType.putObject(type.label()),
                        measured.type(type).responses(priority).times());
            }
            responses(node.putObject("deliveryQueuedMs"), measured.deliveries().times(priority));
        }
        if (!shared().isEmpty()) {
            ObjectNode node = classes.putObject(SHARED);
            accounts(node, shared());
            number(node, "conformance", totals(shared()).conformance());
        }
    }

    private void accounts(ObjectNode node, Collection<Accounts.Closed> accounts) {
        Totals totals = totals(accounts);
        node.put("total", totals.accounts);
        node.put("violated", totals.violated);
        node.put("penalty", totals.penalty);
        node.put("unit", unit());
    }

    /** TPC-C's limit, and whether it was kept. */
    private static void limit(ObjectNode node, Responses responses) {
        double within = responses.withinPercent();
        node.put("limitSeconds", responses.limit().toSeconds());
        number(node, "withinLimitPercent", within);
        node.put("limitKept", Double.isNaN(within) ? null : (Boolean) responses.isKept());
    }

    private static void responses(ObjectNode node, Times times) {
        for (double percentile : PERCENTILES) {
            times.percentile(percentile).put(node, "p" + (int) percentile);
        }
        times.percentile(100).put(node, "max");
    }

    private static void ended(ObjectNode node, Histogram times) {
        for (double percentile : PERCENTILES) {
            number(node, "p" + (int) percentile, percentile(times, percentile));
        }
        number(node, "max", percentile(times, 100));
    }

    /** In milliseconds; NaN where there is nothing. */
    static double percentile(Histogram times, double percentile) {
        return times.getTotalCount() == 0 ? Double.NaN : times.getValueAtPercentile(percentile) / 1e3;
    }

    /** For people; {@code -} where there is none. */
    static String number(String format, double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "-";
    }

    /** For programs; null where there is none. */
    static void number(ObjectNode node, String key, double value) {
        if (Double.isFinite(value)) {
            node.put(key, value);
        } else {
            node.putNull(key);
        }
    }

    private List<Accounts.Closed> accounts(PriorityClass priority) {
        return measured.accounts().values().stream()
                .filter(account -> account.isOf(priority))
                .toList();
    }

    private List<Accounts.Closed> shared() {
        return measured.accounts().values().stream()
                .filter(Accounts.Closed::isShared)
                .toList();
    }

    private String unit() {
        return measured.accounts().values().stream()
                .flatMap(account -> Stream.ofNullable(account.kept().terms().penalty()))
                .map(penalty -> penalty.valueUnit())
                .distinct()
                .collect(Collectors.joining("/"));
    }

    private static final class Totals {
        int accounts;
        int violated;
        long inTime;
        long total;
        BigDecimal penalty = BigDecimal.ZERO;

        /** As agreements have it, 1 before the first transaction; NaN where there is no account. */
        double conformance() {
            if (accounts == 0) {
                return Double.NaN;
            }
            return total == 0 ? 1 : (double) inTime / total;
        }
    }

    private static Totals totals(Collection<Accounts.Closed> accounts) {
        Totals totals = new Totals();
        for (Accounts.Closed account : accounts) {
            Account.Kept kept = account.kept();
            totals.accounts++;
            totals.violated += kept.violated() ? 1 : 0;
            totals.inTime += kept.decided() - kept.late();
            totals.total += kept.decided();
            totals.penalty = totals.penalty.add(kept.penalty());
        }
        return totals;
    }

    @FormatMethod
    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
    }
}
