package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.agreements.PercentileObjective;
import io.heliosjdbc.tpcc.Consistency;
import io.heliosjdbc.tpcc.Mix;
import io.heliosjdbc.tpcc.audit.Realised;
import io.heliosjdbc.tpcc.compare.Contender.Way;
import io.heliosjdbc.tpcc.compare.Stream.Work;
import io.heliosjdbc.tpcc.measure.RawData;
import io.heliosjdbc.tpcc.measure.Reading;
import io.heliosjdbc.tpcc.measure.Times;
import io.heliosjdbc.tpcc.promises.Account;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the parts of one comparison measured, as a table and as JSON. Immutable. */
final class Comparison {
    private final Scenario scenario;
    private final Map<String, String> circumstances;
    private final List<Part.Result> parts;
    private final Map<String, String> violations;
    private final String incomplete;
    private final Map<Way, Map<Figure, Reading>> readings = new EnumMap<>(Way.class);

    /**
     * All that was measured.
     *
     * @param circumstances machine, versions and settings, by name
     * @param violations of TPC-C's conditions of consistency, and which were not checked; none where all hold after each part
     * @param incomplete what is missing, and why; empty where nothing is
     */
    Comparison(
            Scenario scenario,
            Map<String, String> circumstances,
            List<Part.Result> parts,
            Map<String, String> violations,
            String incomplete) {
        this.violations = violations;
        this.incomplete = incomplete;
        this.scenario = scenario;
        this.circumstances = circumstances;
        this.parts = List.copyOf(parts);
        for (Part.Result part : parts) {
            Map<Figure, Reading> figures = new EnumMap<>(Figure.class);
            for (Figure figure : Figure.values()) {
                figures.put(figure, figure.of(part, parts));
            }
            readings.put(part.way(), figures);
        }
    }

    /** What is to be kept of it where it is one of many. */
    Findings findings() {
        return new Findings(readings, tree(), faults(), incomplete);
    }

    private Reading reading(Part.Result part, Figure figure) {
        return Objects.requireNonNull(
                Objects.requireNonNull(readings.get(part.way())).get(figure));
    }

    Scenario scenario() {
        return scenario;
    }

    Map<String, String> circumstances() {
        return circumstances;
    }

    List<Part.Result> parts() {
        return parts;
    }

    /** All streams of one kind in one part, together. */
    static final class Sum {
        final Times times = new Times();
        final Times abortedTimes = new Times();
        final Times untilConnection = new Times();
        final Times inHeliosQueue = new Times();
        final Times withConnection = new Times();
        long answered;
        long committed;
        long offered;
        long completed;
        long aborted;
        long retries;
        long failed;
        long refused;
        long unfinished;
        long late;
        long decided;
        double seconds;
        BigDecimal penalty = BigDecimal.ZERO;

        private void add(Recorder each) {
            times.add(each.times());
            abortedTimes.add(each.abortedTimes());
            untilConnection.add(each.untilConnection());
            inHeliosQueue.add(each.inHeliosQueue());
            withConnection.add(each.withConnection());
            committed += each.committed();
            answered += each.answered();
            offered += each.offered();
            completed += each.completed();
            aborted += each.aborted();
            retries += each.retries();
            failed += each.failed();
            refused += each.refused();
            unfinished += each.unfinished();
            late += each.late();
            decided += each.decided();
            seconds = each.seconds();
            penalty = penalty.add(each.penalty());
        }

        /** Of what was answered and not rolled back by its user, whenever it was due. */
        double perSecond() {
            return committed / seconds;
        }

        /** The part of what was promised something, and is decided, that came late or not at all; NaN where nothing is. */
        double violationRate() {
            return decided == 0 ? Double.NaN : (double) late / decided;
        }
    }

    static Sum sum(Part.Result part, Work work) {
        return sum(part.recorders().values().stream()
                .filter(each -> each.stream().work() == work)
                .toList());
    }

    /** Everything in one part, together. */
    static Sum sum(Part.Result part) {
        return sum(part.recorders().values());
    }

    private static Sum sum(Collection<Recorder> recorders) {
        Sum sum = new Sum();
        recorders.forEach(sum::add);
        return sum;
    }

    /** Whether all ways were measured to their end. */
    boolean isComplete() {
        return incomplete.isEmpty();
    }

    /** What is missing, and why; empty where nothing is. */
    String incomplete() {
        return incomplete;
    }

    boolean passed() {
        return isComplete() && faults().isEmpty();
    }

    /** For people: what is not as it should be, of the database and of each part. */
    List<String> faults() {
        List<String> all = new ArrayList<>();
        violations.forEach((where, state) -> all.add("consistency " + where + ": " + state));
        parts.forEach(part -> part.faults().forEach(fault -> all.add(part.title() + ": " + fault)));
        return all;
    }

    String text() {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.addAll(TextTable.of(table()));
        lines.addAll(notes());
        lines.add("");
        for (Event event : scenario.timeline()) {
            lines.add(event.text());
        }
        for (Part.Result part : parts) {
            part.done().forEach(event -> lines.add(event.text() + " (" + part.title() + ")"));
        }
        if (!scenario.timeline().isEmpty()) {
            lines.add("");
        }
        for (Part.Result part : parts) {
            for (Recorder each : part.recorders().values()) {
                lines.add(String.format(
                        Locale.ROOT,
                        "%-20s %-14s offered %d = completed %d (%d aborted by their users) + failed %d (%d refused) + unfinished %d; answered"
                                + " %d; tried again %d times; late %d",
                        part.title(),
                        each.stream().name(),
                        each.offered(),
                        each.completed(),
                        each.aborted(),
                        each.failed(),
                        each.refused(),
                        each.unfinished(),
                        each.answered(),
                        each.retries(),
                        each.late()));
                if (each.kept().size() > 1) {
                    each.kept()
                            .forEach(kept -> lines.add(String.format(
                                    Locale.ROOT,
                                    "    from %.0f s %s: late %d of %d, penalty %s",
                                    kept.terms().from().toNanos() / 1e9,
                                    kept.terms().text(),
                                    kept.late(),
                                    kept.decided(),
                                    kept.penalty().toPlainString())));
                }
                each.failures().forEach((reason, count) -> lines.add("    failed " + count + " times: " + reason));
                Deferred deferred = part.deferred().get(each.stream());
                if (deferred != null) {
                    lines.add(text(deferred));
                    deferred.book()
                            .failures()
                            .forEach((reason, count) ->
                                    lines.add("    Deliveries failed " + count + " times: " + reason));
                }
            }
            String beside = part.audit().stream()
                    .filter(each -> !each.verdict().equals("within"))
                    .map(Realised.Band::text)
                    .collect(Collectors.joining("; "));
            lines.add(String.format(
                    Locale.ROOT, "%-20s audit: %s", part.title(), beside.isEmpty() ? "all bands within" : beside));
            part.faults().forEach(fault -> lines.add("    fault: " + fault));
        }
        lines.add("");
        lines.add("consistency: "
                + (violations.isEmpty()
                        ? "TPC-C's conditions hold after the load and after each part"
                        : Consistency.complaint(violations.values()) + " " + violations));
        if (!isComplete()) {
            lines.add("INCOMPLETE: " + incomplete);
        }
        return lines.stream().collect(Collectors.joining(System.lineSeparator(), "", System.lineSeparator()));
    }

    private static String text(Deferred deferred) {
        Recorder book = deferred.book();
        return String.format(
                Locale.ROOT,
                "    Deliveries queued %d = completed %d + failed %d (%d refused) + unfinished %d; p95 %s ms; late (80 s) %d; %d waited for"
                        + " room; %d found %d district(s) without an order to deliver",
                book.offered(),
                book.completed(),
                book.failed(),
                book.refused(),
                book.unfinished(),
                book.times().percentile(95).text(2),
                book.late(),
                deferred.heldUp(),
                deferred.incomplete(),
                deferred.skippedDistricts());
    }

    /** One line for each way, a cell for each figure; the first line says what is what. */
    List<List<String>> table() {
        List<List<String>> lines = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of(""));
        Figure.shown().forEach(figure -> head.add(figure.title()));
        lines.add(head);
        for (Part.Result part : parts) {
            List<String> line = new ArrayList<>(List.of(part.title()));
            Figure.shown().forEach(figure -> line.add(figure.text(reading(part, figure), part) + mark(part, figure)));
            lines.add(line);
        }
        return lines;
    }

    /** That a figure is of some questions only, or has nothing of what became of Deliveries that were queued. */
    private static String mark(Part.Result part, Figure figure) {
        return switch (figure) {
            case QUESTIONS_PER_HOUR -> part.unansweredQuestions().isEmpty() ? "" : " *";
            case FAILED -> DeliveryCounts.of(part).fellShort() ? " **" : "";
            default -> "";
        };
    }

    /** For people: what the marks in the table stand for, and which promises are not in it. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        parts.stream()
                .filter(part -> !part.unansweredQuestions().isEmpty())
                .forEach(part -> notes.add("* " + part.title() + ": nobody had an answer to "
                        + String.join(", ", part.unansweredQuestions())));
        parts.forEach(part ->
                DeliveryCounts.of(part).text().ifPresent(text -> notes.add("** " + part.title() + ": " + text)));
        notes.addAll(scenario.notMeasured());
        return notes;
    }

    ObjectNode tree() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("scenario", scenario.name());
        if (!isComplete()) {
            root.put("incomplete", incomplete);
        }
        ArrayNode order = root.putArray("order");
        parts.forEach(part -> order.add(part.way().key()));
        events(root.putArray("timeline"), scenario.timeline());
        for (Part.Result part : parts) {
            ObjectNode node = root.putObject(part.way().key());
            if (part.way().isHelios()) {
                node.put("connections", part.late() ? "late" : "direct");
            }
            for (Figure figure : Figure.values()) {
                if (figure.isOf(part.way())) {
                    reading(part, figure).put(figure.in(node), figure.key());
                }
            }
            Sum transactions = sum(part, Work.TRANSACTIONS);
            counts(node.withObjectProperty("oltp"), transactions, part.way());
            aborted(node.withObjectProperty("oltp"), transactions.abortedTimes);
            DeliveryCounts.of(part).put(node.withObjectProperty("oltp").putObject("deliveries"));
            if (part.way() != Way.OLTP_ALONE) {
                counts(node.withObjectProperty("olap"), sum(part, Work.QUESTIONS), part.way());
                part.unansweredQuestions()
                        .forEach(node.withObjectProperty("olap").putArray("unansweredQuestions")::add);
            }
            ObjectNode streams = node.putObject("streams");
            for (Recorder each : part.recorders().values()) {
                ObjectNode stream = streams.putObject(each.stream().name());
                percentiles(stream, each.times());
                if (each.stream().work() == Work.TRANSACTIONS) {
                    mix(stream.putObject("mix"), each.stream().mix());
                    aborted(stream, each.abortedTimes());
                }
                stream.put("late", each.late());
                stream.put("penalty", each.penalty());
                counts(stream, sum(List.of(each)), part.way());
                kept(stream.putArray("promises"), each);
                each.stream().notMeasured().forEach(stream.putArray("notMeasured")::add);
                kinds(stream.putObject("kinds"), each);
                each.failures().forEach(stream.putObject("failures")::put);
                Deferred deferred = part.deferred().get(each.stream());
                if (deferred != null) {
                    deferred(stream.putObject("deferred"), deferred, part.way());
                }
                series(stream, "p95MsBySecond", each.overTime());
                series(stream, "answeredBySecond", each.answeredBySecond());
                series(stream, "keptPercentBySecond", each.account().percentOverTime());
                series(stream, "penaltyBySecond", each.account().penaltyOverTime());
            }
            ObjectNode sights = node.putObject("byHalfSecond");
            part.sights().forEach((name, values) -> series(sights, name, values));
            ArrayNode audit = node.putArray("audit");
            for (Realised.Band each : part.audit()) {
                ObjectNode band = audit.addObject();
                band.put("name", each.name()).put("value", each.value()).put("cases", each.cases());
                band.put("low", each.low()).put("high", each.high()).put("verdict", each.verdict());
            }
            events(node.putArray("done"), part.done());
            events(node.putArray("actions"), part.actions());
            part.faults().forEach(node.putArray("faults")::add);
        }
        scenario.files().forEach(root.putObject("files")::put);
        violations.forEach(root.putObject("violations")::put);
        circumstances.forEach(root.putObject("circumstances")::put);
        return root;
    }

    private static void mix(ObjectNode node, Mix mix) {
        mix.cards().forEach((type, cards) -> node.put(type.label(), cards));
    }

    private static void kinds(ObjectNode node, Recorder recorder) {
        recorder.kinds().forEach((name, kind) -> {
            ObjectNode each = node.putObject(name);
            each.put("offered", kind.offered()).put("answered", kind.answered());
            kind.times().percentile(50).put(each, "p50Ms");
            kind.times().percentile(95).put(each, "p95Ms");
        });
    }

    /** Of what was queued: that is what is offered there. */
    private static void deferred(ObjectNode node, Deferred deferred, Way way) {
        Recorder book = deferred.book();
        node.put("workers", book.stream().deliveryWorkers());
        percentiles(node, book.times());
        node.put("late", book.late());
        counts(node, sum(List.of(book)), way);
        kept(node.putArray("promises"), book);
        book.failures().forEach(node.putObject("failures")::put);
        node.put("heldUp", deferred.heldUp());
        node.put("incomplete", deferred.incomplete());
        node.put("skippedDistricts", deferred.skippedDistricts());
    }

    private static void events(ArrayNode array, List<Event> events) {
        for (Event event : events) {
            array.addObject().put("atSeconds", event.seconds()).put("what", event.what());
        }
    }

    private static void kept(ArrayNode array, Recorder recorder) {
        for (Account.Kept each : recorder.kept()) {
            ObjectNode node = array.addObject();
            node.put("fromSeconds", each.terms().from().toNanos() / 1e9);
            PercentileObjective objective = each.terms().objective();
            if (objective == null) {
                node.putNull("percent").putNull("withinMs");
            } else {
                node.put("percent", objective.percent());
                node.put("withinMs", objective.responseTime().toNanos() / 1e6);
            }
            node.put("offered", each.offered());
            node.put("late", each.late());
            node.put("undecided", each.undecided());
            node.put("penalty", each.penalty());
        }
    }

    /** Everything that was offered, part by part and stream by stream. */
    List<RawData.Block> raw() {
        return parts.stream()
                .flatMap(part -> part.recorders().keySet().stream()
                        .map(stream -> new RawData.Block(
                                part.way().word(),
                                stream.name(),
                                part.books(stream)
                                        .flatMap(each -> each.rows().stream())
                                        .toList())))
                .toList();
    }

    /** {@link #raw} has nothing any more. */
    void releaseRaw() {
        parts.forEach(
                part -> part.recorders().keySet().stream().flatMap(part::books).forEach(Recorder::releaseRows));
    }

    private static void series(ObjectNode node, String name, double[] values) {
        ArrayNode array = node.putArray(name);
        for (double value : values) {
            if (Double.isNaN(value)) {
                array.addNull();
            } else {
                array.add(value);
            }
        }
    }

    private static void percentiles(ObjectNode node, Times times) {
        times.percentile(50).put(node, "p50Ms");
        times.percentile(95).put(node, "p95Ms");
        times.percentile(99).put(node, "p99Ms");
    }

    private static void aborted(ObjectNode node, Times times) {
        times.percentile(50).put(node, "abortedP50Ms");
        times.percentile(95).put(node, "abortedP95Ms");
        times.percentile(99).put(node, "abortedP99Ms");
    }

    private static void counts(ObjectNode node, Sum sum, Way way) {
        percentiles(node.putObject("untilConnection"), sum.untilConnection);
        if (way.isHelios()) {
            percentiles(node.putObject("inHeliosQueue"), sum.inHeliosQueue);
        }
        percentiles(node.putObject("withConnection"), sum.withConnection);
        node.put("answered", sum.answered);
        node.put("committed", sum.committed);
        node.put("offered", sum.offered);
        node.put("completed", sum.completed);
        node.put("aborted", sum.aborted);
        node.put("retries", sum.retries);
        node.put("failed", sum.failed);
        node.put("refused", sum.refused);
        node.put("unfinished", sum.unfinished);
    }
}
