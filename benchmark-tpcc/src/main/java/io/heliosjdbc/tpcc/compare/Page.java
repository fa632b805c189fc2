package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.tpcc.audit.Realised;
import io.heliosjdbc.tpcc.compare.LineChart.Axis;
import io.heliosjdbc.tpcc.compare.Stream.Work;
import io.heliosjdbc.tpcc.measure.Times;
import io.heliosjdbc.tpcc.promises.Account;
import io.heliosjdbc.tpcc.promises.Terms;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The comparison as one HTML page that needs nothing from anywhere else. Stateless. */
final class Page {
    /** Of a brightness in the middle, to be seen on white and on black. */
    private static final List<String> PALETTE =
            List.of("#2f86d1", "#d9503f", "#2e9e62", "#a05cc4", "#d68910", "#16a085", "#8a9096", "#a1784f");

    private static final List<Double> PERCENTILES = List.of(50.0, 90.0, 95.0, 99.0, 99.9, 100.0);
    private static final String STYLE = """
            :root { color-scheme: light dark; --ink: #202124; --dim: #5f6368; --line: #dcdee0; --paper: #fff; --ours: #eaf3fb; }
            @media (prefers-color-scheme: dark) {
              :root { --ink: #e8eaed; --dim: #a2a7ad; --line: #3c4043; --paper: #18191b; --ours: #17324a; }
            }
            body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 1000px;
              margin: 2em auto; padding: 0 1em; }
            h1 { font-size: 1.6em; margin-bottom: 0; } h2 { font-size: 1.15em; margin: 2em 0 .4em; }
            .lead { color: var(--dim); margin-top: .2em; }
            table { border-collapse: collapse; width: 100%; } th, td { padding: .3em .7em; text-align: right; }
            th { font-weight: 600; border-bottom: 2px solid var(--ink); } td { border-bottom: 1px solid var(--line); }
            td:not(:nth-child(2)) { white-space: nowrap; }
            th:first-child, td:first-child { text-align: left; } tr.helios td { background: var(--ours); font-weight: 600; }
            figure { margin: 1.6em 0 0; } figcaption { font-weight: 600; } .unit { font-weight: 400; color: var(--dim); }
            svg { width: 100%; height: auto; } svg text { font: 12px system-ui, sans-serif; fill: var(--dim); }
            .grid { stroke: var(--line); } .mark { stroke: var(--dim); stroke-dasharray: 3 3; }
            polyline { fill: none; stroke-width: 2; stroke-linejoin: round; } summary { cursor: pointer; margin-top: .6em; }
            .fault { border-left: 4px solid #d9503f; padding: .2em .8em; }
            .legend { margin: 0; font-size: 13px; } .small { font-size: 13px; color: var(--dim); }
            """;

    private Page() {}

    static String of(Repetitions repetitions) {
        Comparison comparison = repetitions.first();
        StringBuilder page = new StringBuilder();
        page.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Helios: ")
                .append(escaped(comparison.scenario().name()))
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append("</style></head><body>\n<h1>")
                .append(escaped(comparison.scenario().title()))
                .append(
                        "</h1>\n<p class=\"lead\">The same load, from the same seed, on the same database, one way after the other.</p>\n");
        faults(page, repetitions);
        if (repetitions.count() > 1) {
            repetitions(page, repetitions);
        }
        overview(page, comparison);
        timeline(page, comparison);
        percentiles(page, comparison);
        kinds(page, comparison);
        apart(page, comparison);
        deferred(page, comparison);
        charts(page, comparison);
        streams(page, comparison);
        audit(page, comparison);
        failures(page, comparison);
        page.append("<h2>How it was measured</h2>\n<table>\n");
        comparison.circumstances().forEach((name, value) -> row(page, "", name, value));
        return page.append(
                        "</table>\n<p class=\"small\">Response times are of what its user did not roll back, and run from the instant at which a transaction was due, whether or not"
                                + " somebody was free to run it. Where the answer had not come by the end, or what was asked had failed or"
                                + " been refused, it took at least until then: a percentile that hangs on such times is &ge; the one"
                                + " given. Late is what missed its"
                                + " objective, answered or not, and what failed; what was unfinished at the end and might still have been in"
                                + " time counts neither way.</p>\n"
                                + "</body></html>\n")
                .toString();
    }

    /** First of all: whoever sees figures is to know what they are worth. */
    private static void faults(StringBuilder page, Repetitions repetitions) {
        List<String> all = new ArrayList<>();
        if (!repetitions.incomplete().isEmpty()) {
            all.add("Incomplete: " + repetitions.incomplete());
        }
        repetitions.faults().forEach(fault -> all.add("Fault: " + fault));
        all.forEach(
                line -> page.append("<p class=\"fault\">").append(escaped(line)).append("</p>\n"));
    }

    /** Whether it was TPC-C that was answered, band by band. */
    private static void audit(StringBuilder page, Comparison comparison) {
        page.append("<h2>What an audit of TPC-C looks at</h2>\n<table class=\"small\">\n");
        head(page, "", "way", "value", "of", "from", "to", "verdict");
        int bands = comparison.parts().get(0).audit().size();
        for (int i = 0; i < bands; i++) {
            for (Part.Result part : comparison.parts()) {
                Realised.Band band = part.audit().get(i);
                row(
                        page,
                        kind(part),
                        band.name(),
                        part.title(),
                        band.value() == null ? "" : number("%.2f", band.value()),
                        Long.toString(band.cases()),
                        number("%.4g", band.low()),
                        number("%.4g", band.high()),
                        band.verdict());
            }
        }
        page.append("</table>\n");
    }

    /** Why something failed, and how often; nothing where nothing did. */
    private static void failures(StringBuilder page, Comparison comparison) {
        List<String[]> lines = new ArrayList<>();
        for (Stream stream : comparison.scenario().streams()) {
            for (Part.Result part : comparison.parts()) {
                Recorder each = part.recorders().get(stream);
                if (each != null) {
                    each.failures()
                            .forEach((reason, count) -> lines.add(
                                    new String[] {stream.name(), part.title(), Long.toString(count), reason}));
                }
            }
        }
        if (!lines.isEmpty()) {
            page.append("<h2>What failed, and why</h2>\n<table class=\"small\">\n");
            head(page, "", "way", "times", "reason");
            lines.forEach(line -> row(page, "", line));
            page.append("</table>\n");
        }
    }

    private static void repetitions(StringBuilder page, Repetitions repetitions) {
        page.append("<h2>").append(escaped(repetitions.title())).append("</h2>\n<table class=\"small\">\n");
        List<List<String>> table = repetitions.table();
        head(page, table.get(0).toArray(String[]::new));
        table.subList(1, table.size()).forEach(line -> row(page, "", line.toArray(String[]::new)));
        page.append("</table>\n<h2>The first repetition</h2>\n");
    }

    private static void overview(StringBuilder page, Comparison comparison) {
        page.append("<table>\n");
        List<List<String>> table = comparison.table();
        head(page, table.get(0).toArray(String[]::new));
        for (int i = 0; i < comparison.parts().size(); i++) {
            row(page, kind(comparison.parts().get(i)), table.get(i + 1).toArray(String[]::new));
        }
        page.append("</table>\n");
        comparison
                .notes()
                .forEach(note ->
                        page.append("<p class=\"small\">").append(escaped(note)).append("</p>\n"));
    }

    private static void percentiles(StringBuilder page, Comparison comparison) {
        page.append("<h2>Response times</h2>\n<table>\n");
        head(page, "milliseconds", "way", "p50", "p90", "p95", "p99", "p99.9", "longest", "aborted: p95");
        for (Stream stream : comparison.scenario().streams()) {
            for (Part.Result part : comparison.parts()) {
                Recorder each = part.recorders().get(stream);
                if (each != null) {
                    List<String> cells = new ArrayList<>(List.of(stream.name(), part.title()));
                    PERCENTILES.forEach(percentile ->
                            cells.add(each.times().percentile(percentile).text(1)));
                    cells.add(each.abortedTimes().percentile(95).text(1));
                    row(page, kind(part), cells.toArray(String[]::new));
                }
            }
        }
        page.append("</table>\n");
    }

    /** A percentile of all transactions hides that they are of five types, and of questions there are twenty-two: for whoever asks. */
    private static void kinds(StringBuilder page, Comparison comparison) {
        page.append(
                "<details><summary>The same by type of transaction and by question</summary>\n<table class=\"small\">\n");
        head(page, "milliseconds", "what", "way", "offered", "answered", "p50", "p95");
        for (Stream stream : comparison.scenario().streams()) {
            Set<String> names = new LinkedHashSet<>();
            comparison.parts().stream()
                    .flatMap(part ->
                            java.util.stream.Stream.ofNullable(part.recorders().get(stream)))
                    .forEach(each -> names.addAll(each.kinds().keySet()));
            for (String name : names) {
                for (Part.Result part : comparison.parts()) {
                    Recorder each = part.recorders().get(stream);
                    Recorder.Kind kind = each == null ? null : each.kinds().get(name);
                    if (kind != null) {
                        row(
                                page,
                                kind(part),
                                stream.name(),
                                name,
                                part.title(),
                                Long.toString(kind.offered()),
                                Long.toString(kind.answered()),
                                kind.times().percentile(50).text(1),
                                kind.times().percentile(95).text(1));
                    }
                }
            }
        }
        page.append("</table></details>\n");
    }

    /** Where the time went: to get a connection, in Helios's queue, and after. */
    private static void apart(StringBuilder page, Comparison comparison) {
        page.append("<h2>Until there was a connection, in Helios's queue, and after</h2>\n<table class=\"small\">\n");
        head(
                page,
                "milliseconds",
                "way",
                "until: p50",
                "p95",
                "p99",
                "in Helios's queue: p50",
                "p95",
                "p99",
                "after: p50",
                "p95",
                "p99");
        for (Stream stream : comparison.scenario().streams()) {
            for (Part.Result part : comparison.parts()) {
                Recorder each = part.recorders().get(stream);
                if (each == null) {
                    continue;
                }
                List<String> cells = new ArrayList<>(List.of(stream.name(), part.title()));
                for (Times times : List.of(each.untilConnection(), each.inHeliosQueue(), each.withConnection())) {
                    for (double percentile : new double[] {50, 95, 99}) {
                        cells.add(times.percentile(percentile).text(1));
                    }
                }
                row(page, kind(part), cells.toArray(String[]::new));
            }
        }
        page.append(
                "</table>\n<p class=\"small\">Whoever waits in Helios's queue has a connection already, and is told there how long he waited;"
                        + " bound late the wait for a physical connection is part of it.</p>\n");
    }

    /** What became of the Deliveries, whose terminals had their answers when they were queued; nothing where there were none. */
    private static void deferred(StringBuilder page, Comparison comparison) {
        if (comparison.parts().stream().allMatch(part -> part.deferred().isEmpty())) {
            return;
        }
        page.append("<h2>Deliveries, which are deferred</h2>\n<table class=\"small\">\n");
        head(
                page,
                "since queued, milliseconds",
                "way",
                "p50",
                "p95",
                "p99",
                "queued",
                "completed",
                "failed",
                "unfinished",
                "after 80 s",
                "skipped districts");
        for (Stream stream : comparison.scenario().streams()) {
            for (Part.Result part : comparison.parts()) {
                Deferred deferred = part.deferred().get(stream);
                if (deferred == null) {
                    continue;
                }
                Recorder book = deferred.book();
                List<String> cells = new ArrayList<>(List.of(stream.name(), part.title()));
                for (double percentile : new double[] {50, 95, 99}) {
                    cells.add(book.times().percentile(percentile).text(1));
                }
                for (long count : new long[] {
                    book.offered(),
                    book.completed(),
                    book.failed(),
                    book.unfinished(),
                    book.late(),
                    deferred.skippedDistricts()
                }) {
                    cells.add(Long.toString(count));
                }
                row(page, kind(part), cells.toArray(String[]::new));
            }
        }
        page.append(
                "</table>\n<p class=\"small\">A Delivery is answered when it is queued, and that is what counts as its response time and is"
                        + " promised; workers of the stream execute it. TPC-C wants 90 percent of that within 80 s; nobody pays for it.</p>\n");
    }

    private static String kind(Part.Result part) {
        return part.way().isHelios() ? "helios" : "";
    }

    private static List<Double> moments(Comparison comparison) {
        return comparison.scenario().timeline().stream().map(Event::seconds).toList();
    }

    /** What changed in the load and in what is promised, by the numbers in the charts, and what was done to Helios for it. */
    private static void timeline(StringBuilder page, Comparison comparison) {
        List<Event> events = comparison.scenario().timeline();
        List<Part.Result> acting = comparison.parts().stream()
                .filter(part -> !part.done().isEmpty() || !part.actions().isEmpty())
                .toList();
        if (events.isEmpty() && acting.isEmpty()) {
            return;
        }
        page.append("<h2>What was done when</h2>\n");
        if (!events.isEmpty()) {
            page.append("<table>\n");
            head(page, "", "what", "at");
            for (int i = 0; i < events.size(); i++) {
                event(page, "", Integer.toString(i + 1), events.get(i));
            }
            for (Part.Result part : acting) {
                part.done().forEach(each -> event(page, "helios", part.title(), each));
            }
            page.append("</table>\n");
        }
        for (Part.Result part : acting) {
            actions(page, part);
        }
    }

    /** What Helios did of its own accord can be long: it is there for whoever asks. */
    private static void actions(StringBuilder page, Part.Result part) {
        List<Event> actions = part.actions();
        if (actions.isEmpty()) {
            return;
        }
        page.append("<details><summary>What ")
                .append(escaped(part.title()))
                .append(" did of its own accord, as seen each half second: ")
                .append(actions.size())
                .append(" times</summary>\n<table class=\"small\">\n");
        head(page, "", "what", "at");
        actions.forEach(each -> event(page, "", part.title(), each));
        page.append("</table></details>\n");
    }

    private static void event(StringBuilder page, String kind, String who, Event event) {
        row(page, kind, who, event.what(), number("%.2f s", event.seconds()));
    }

    private static void charts(StringBuilder page, Comparison comparison) {
        page.append("<h2>Over time</h2>\n");
        double seconds =
                comparison.parts().get(0).recorders().values().iterator().next().seconds();
        for (Stream stream : comparison.scenario().streams()) {
            String name = stream.name();
            page.append(perWay(comparison, stream, seconds, Axis.TENFOLD, Recorder::overTime)
                    .svg(
                            "95th percentile of " + name,
                            "milliseconds, of what was answered in each second and not rolled back by its user"));
            page.append(
                    stream.work() == Work.TRANSACTIONS
                            ? perWay(comparison, stream, seconds, Axis.FROM_ZERO, Recorder::answeredBySecond)
                                    .svg("Answered in each second: " + name, "transactions")
                            : perWay(comparison, stream, seconds, Axis.FROM_ZERO, Recorder::answeredUntil)
                                    .svg("Answered so far: " + name, "questions"));
            account(page, comparison, stream, seconds);
        }
        for (Part.Result part : comparison.parts()) {
            sights(page, comparison, part, seconds, "waiting: ", "Who waits, and where: ", "requests");
        }
        for (Part.Result part : comparison.parts()) {
            sights(page, comparison, part, seconds, "running: ", "In the database: ", "requests");
            sights(page, comparison, part, seconds, Actions.LET_IN, "How many each class lets in (MPL): ", "requests");
            sights(page, comparison, part, seconds, "backends: ", "The database's connections: ", "connections");
        }
    }

    /** How a promise was kept, and what was owed for it, as far as it was known in each second. */
    private static void account(StringBuilder page, Comparison comparison, Stream stream, double seconds) {
        Account any = new Account(stream.terms(), Math.round(seconds * 1e9));
        page.append(perWay(
                        comparison,
                        stream,
                        seconds,
                        Axis.CLOSE,
                        each -> each.account().percentOverTime())
                .measure("promised", any.promisedOverTime())
                .svg("In time so far: " + stream.name(), "percent, under the terms in force"));
        page.append(perWay(
                        comparison,
                        stream,
                        seconds,
                        Axis.FROM_ZERO,
                        each -> each.account().penaltyOverTime())
                .svg("Penalty so far: " + stream.name(), "what would be owed if it ended then"));
    }

    private static LineChart perWay(
            Comparison comparison, Stream stream, double seconds, Axis axis, Function<Recorder, double[]> values) {
        LineChart chart = new LineChart(seconds, axis).marks(moments(comparison));
        for (Part.Result part : comparison.parts()) {
            Recorder recorder = part.recorders().get(stream);
            if (recorder != null) {
                chart.line(part.title(), part.way().colour(), values.apply(recorder));
            }
        }
        return chart;
    }

    private static void sights(
            StringBuilder page,
            Comparison comparison,
            Part.Result part,
            double seconds,
            String prefix,
            String title,
            String unit) {
        LineChart chart = new LineChart(seconds, Axis.FROM_ZERO).marks(moments(comparison));
        int next = 0;
        for (Map.Entry<String, double[]> each : part.sights().entrySet()) {
            if (each.getKey().startsWith(prefix)) {
                chart.line(
                        each.getKey().substring(prefix.length()),
                        PALETTE.get(next++ % PALETTE.size()),
                        each.getValue());
            }
        }
        if (next > 0) {
            page.append(chart.svg(title + part.title(), unit));
        }
    }

    private static void streams(StringBuilder page, Comparison comparison) {
        page.append("<h2>What was promised, and what was kept</h2>\n<table>\n");
        head(
                page,
                "",
                "way",
                "promised",
                "kept",
                "penalty",
                "offered",
                "completed",
                "failed",
                "of them refused",
                "unfinished");
        for (Stream stream : comparison.scenario().streams()) {
            for (Part.Result part : comparison.parts()) {
                Recorder each = part.recorders().get(stream);
                if (each == null) {
                    continue;
                }
                for (Account.Kept kept : each.kept()) {
                    promise(page, part, each, kept);
                }
            }
        }
        page.append("</table>\n");
    }

    private static void promise(StringBuilder page, Part.Result part, Recorder each, Account.Kept kept) {
        Terms terms = kept.terms();
        // What became of all is said once, however often the terms changed.
        boolean first = terms.equals(each.stream().terms().get(0));
        row(
                page,
                kind(part),
                each.stream().name(),
                part.title(),
                (terms.promisesAnything() || !terms.notMeasured().isEmpty() ? terms.text() : "")
                        + (first ? "" : number(", from %.0f s", terms.from().toNanos() / 1e9)),
                number("%.2f %%", kept.percent()),
                kept.penalty().toPlainString(),
                Long.toString(kept.offered()),
                first ? Long.toString(each.completed()) : "",
                first ? Long.toString(each.failed()) : "",
                first ? Long.toString(each.refused()) : "",
                first ? Long.toString(each.unfinished()) : "");
    }

    private static String number(String format, double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "";
    }

    private static void head(StringBuilder page, String... cells) {
        page.append("<tr>");
        for (String cell : cells) {
            page.append("<th>").append(escaped(cell)).append("</th>");
        }
        page.append("</tr>\n");
    }

    private static void row(StringBuilder page, String kind, String... cells) {
        page.append(kind.isEmpty() ? "<tr>" : "<tr class=\"" + kind + "\">");
        for (String cell : cells) {
            page.append("<td>").append(escaped(cell)).append("</td>");
        }
        page.append("</tr>\n");
    }

    static String escaped(String text) {
        return text.replace(">=", "\u2265")
                .replace("<=", "\u2264")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
