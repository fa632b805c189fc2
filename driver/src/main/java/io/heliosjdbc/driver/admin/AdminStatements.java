package io.heliosjdbc.driver.admin;

import io.heliosjdbc.agreements.Fault;
import io.heliosjdbc.classifier.Classification;
import io.heliosjdbc.classifier.Estimate;
import io.heliosjdbc.driver.configuration.Setting;
import io.heliosjdbc.scheduler.ServiceClassStatus;
import io.heliosjdbc.scheduler.TierStatus;
import io.heliosjdbc.slo.EstimateInterval;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers SHOW HELIOS and EXPLAIN HELIOS; {@code docs/admin.md} describes the columns. Thread-safe. */
public final class AdminStatements {
    private static final String SYNTAX_ERROR = "42601";
    private static final double MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final String TOPICS =
            Arrays.stream(Topic.values()).map(Topic::name).collect(Collectors.joining(", "));

    /** What pools and agents put behind every statement: a topic holds neither literals nor names. */
    private static final Pattern BESIDE = Pattern.compile(";|/\\*.*?\\*/|--[^\\r\\n]*", Pattern.DOTALL);

    private final Management management;

    /** Answers from what a management interface shows. */
    public AdminStatements(Management management) {
        this.management = management;
    }

    /**
     * Answers SHOW HELIOS.
     *
     * @param asked the text after SHOW HELIOS
     * @throws SQLSyntaxErrorException naming what can be shown, where the statement asks for something else
     */
    public ResultSet show(String asked) throws SQLException {
        String topic = BESIDE.matcher(asked).replaceAll(" ").strip().toUpperCase(Locale.ROOT);
        return switch (topic) {
            case "" -> topics();
            case "CLASSES" -> classes();
            case "QUEUE" -> requests(true);
            case "RUNNING" -> requests(false);
            case "CONNECTIONS" -> connections();
            case "LOADS" -> loads();
            case "CONFIG" -> settings();
            case "DECISIONS" -> decisions();
            case "REPORT" -> report();
            default ->
                throw new SQLSyntaxErrorException(
                        "SHOW HELIOS cannot show '" + topic + "'; what can be shown: " + TOPICS, SYNTAX_ERROR);
        };
    }

    /** As many rows of an answer, from where it stands. */
    public static ResultSet first(int rows, ResultSet answer) throws SQLException {
        try (answer) {
            return Table.first(rows, answer).toResultSet();
        }
    }

    /**
     * Answers EXPLAIN HELIOS.
     *
     * @param explained the text after EXPLAIN HELIOS
     * @param explainer what the session knows of the statement to be explained; null where it goes around the queue
     * @throws SQLSyntaxErrorException where there is no statement to be explained
     */
    public ResultSet explain(String explained, Function<String, @Nullable Explanation> explainer) throws SQLException {
        if (explained.replace(';', ' ').isBlank()) {
            throw new SQLSyntaxErrorException(
                    "EXPLAIN HELIOS needs a statement to explain, such as EXPLAIN HELIOS SELECT 1", SYNTAX_ERROR);
        }
        Explanation explanation = explainer.apply(explained.strip());
        if (explanation == null) {
            return new Table()
                    .text("property", "value")
                    .row("reason", "goes around the queue")
                    .row("would_be", "admitted")
                    .toResultSet();
        }
        Classification decision = explanation.classification();
        Estimate estimate = decision.estimate();
        ServiceClassStatus ahead = explanation.ahead();
        Table table = new Table()
                .text("property", "value")
                .row("service_class", decision.serviceClass())
                .row("user_load", decision.userLoad().name())
                .row("account", decision.accountOwner())
                .row("user", explanation.who().user())
                .row("application", explanation.who().application())
                .row("client", explanation.who().client())
                .row("tenant", decision.tenant())
                .row("tier", decision.tier())
                .row("reason", decision.reason())
                .row("priority", lower(decision.priority().name()))
                .row("priority_boost", plain(explanation.priorityBoost()))
                .row("guaranteed_slots", Integer.toString(explanation.guaranteedSlots()))
                .row("starvation_bound_ms", text(bound(explanation.starvationBoundNanos())))
                .row("penalty", plain(explanation.penalty()))
                .row("conformance", plain(explanation.conformance()))
                .row("transaction_type", decision.transactionType())
                .row("template", decision.template())
                .row("deadline_ms", text(decision.deadlineMillis()))
                .row("estimate_ms", text(decision.estimateMillis()))
                .row("estimated_cost", estimate == null || estimate.cost() == null ? null : plain(estimate.cost()))
                .row("estimated_rows", estimate == null || estimate.rows() == null ? null : plain(estimate.rows()))
                .row("estimate_source", estimate == null ? null : estimate.source())
                .row("expected_ms", plain(explanation.expectedNanos() / MILLI))
                .row("expected_interval_ms", interval(explanation.expectedInterval()))
                .row("expected_by", explanation.expectedBy())
                .row(
                        "probabilities",
                        explanation.probabilities().isEmpty()
                                ? null
                                : explanation.probabilities().entrySet().stream()
                                        .map(each ->
                                                each.getKey() + String.format(Locale.ROOT, "=%.3f", each.getValue()))
                                        .collect(Collectors.joining(", ")))
                .row("would_be", explanation.wouldBe())
                .row(
                        "total_mpl",
                        explanation.totalMaxConcurrency() == 0 ? null : text(explanation.totalMaxConcurrency()))
                .row("total_active", text(explanation.totalActive()))
                .row("class_mpl", ahead == null ? null : text(ahead.maxConcurrency()))
                .row("class_active", ahead == null ? null : text(ahead.active()))
                .row("class_queued", ahead == null ? null : text(ahead.queued()))
                .row(
                        "features",
                        explanation.features().entrySet().stream()
                                .map(feature -> feature.getKey() + "=" + feature.getValue())
                                .collect(Collectors.joining(", ")));
        return table.toResultSet();
    }

    private static ResultSet topics() throws SQLException {
        Table table = new Table().text("statement", "shows");
        for (Topic each : Topic.values()) {
            table.row("SHOW HELIOS " + each.name(), each.shows());
        }
        return table.toResultSet();
    }

    private ResultSet classes() throws SQLException {
        Table table = new Table()
                .text("service_class")
                .whole("mpl", "active", "lent", "queued", "admitted", "waited", "refused", "gave_up")
                .whole("guaranteed", "kept", "starvation_bound_ms")
                .text("tiers");
        for (ServiceClassStatus each : management.classes()) {
            table.row(
                    each.name(),
                    (long) each.maxConcurrency(),
                    (long) each.active(),
                    (long) each.lent(),
                    (long) each.queued(),
                    each.admitted(),
                    each.waited(),
                    each.refused(),
                    each.gaveUp(),
                    (long) each.guaranteed(),
                    (long) each.kept(),
                    bound(each.starvationBoundNanos()),
                    each.tiers().isEmpty()
                            ? null
                            : each.tiers().stream().map(AdminStatements::shown).collect(Collectors.joining(", ")));
        }
        return table.toResultSet();
    }

    private static @Nullable Long bound(long nanos) {
        return nanos == Long.MAX_VALUE ? null : TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    private static String shown(TierStatus tier) {
        return tier.name() + ": " + tier.active() + " active, " + tier.guaranteed() + " guaranteed, " + tier.queued()
                + " queued";
    }

    private ResultSet requests(boolean queued) throws SQLException {
        Table table = new Table().whole("connection");
        if (!queued) {
            table.text("state");
        }
        table.text("service_class", "user_load", "user", "application", "client")
                .number(queued ? "waiting_ms" : "since_ms")
                .text("priority", "statement");
        for (RequestStatus each : management.requests()) {
            if (queued != (each.state() == RequestStatus.State.QUEUED)) {
                continue;
            }
            double millis = each.sinceNanos() / (double) TimeUnit.MILLISECONDS.toNanos(1);
            if (queued) {
                table.row(
                        each.connection(),
                        each.serviceClass(),
                        each.userLoad(),
                        each.user(),
                        each.application(),
                        each.client(),
                        millis,
                        each.priority(),
                        each.template());
            } else {
                table.row(
                        each.connection(),
                        lower(each.state().name()),
                        each.serviceClass(),
                        each.userLoad(),
                        each.user(),
                        each.application(),
                        each.client(),
                        millis,
                        each.priority(),
                        each.template());
            }
        }
        return table.toResultSet();
    }

    private ResultSet connections() throws SQLException {
        Table table = new Table()
                .whole("connection")
                .text("state", "reason")
                .number("bound_ms")
                .text("pool", "user", "application", "client");
        for (ConnectionStatus each : management.connections()) {
            boolean holds = each.state().equals("bound") || each.state().equals("pinned");
            table.row(
                    each.connection(),
                    each.state(),
                    each.reason(),
                    holds ? each.boundNanos() / (double) TimeUnit.MILLISECONDS.toNanos(1) : null,
                    each.pool(),
                    each.user(),
                    each.application(),
                    each.client());
        }
        return table.toResultSet();
    }

    private ResultSet loads() throws SQLException {
        Table table = new Table()
                .text("user_load", "account")
                .whole("transactions", "late")
                .number("conformance", "penalty", "due", "maximum")
                .text("unit")
                .number("average_ms")
                .text("unkept");
        for (LoadStatus each : management.loads()) {
            table.row(
                    each.userLoad(),
                    each.owner(),
                    each.transactions(),
                    each.late(),
                    each.conformance(),
                    each.penalty(),
                    each.due(),
                    each.maximum(),
                    each.unit(),
                    each.averageMillis(),
                    each.unkept());
        }
        return table.toResultSet();
    }

    private ResultSet decisions() throws SQLException {
        Table table = new Table()
                .text("time")
                .whole("connection")
                .text("service_class", "user_load", "reason")
                .number("waited_ms")
                .text("held_up_by", "held_by")
                .number("executed_ms")
                .text("outcome", "statement")
                .text("user", "application", "client", "priority", "traceparent");
        for (DecisionStatus each : management.decisions()) {
            Long executed = each.executedNanos();
            table.row(
                    each.at().toString(),
                    each.connection(),
                    each.serviceClass(),
                    each.userLoad(),
                    each.reason(),
                    each.waitedNanos() / (double) TimeUnit.MILLISECONDS.toNanos(1),
                    each.heldUpBy(),
                    each.heldBy(),
                    executed == null ? null : executed / (double) TimeUnit.MILLISECONDS.toNanos(1),
                    each.outcome(),
                    each.template(),
                    each.user(),
                    each.application(),
                    each.client(),
                    lower(each.priority().name()),
                    each.traceparent());
        }
        return table.toResultSet();
    }

    private ResultSet report() throws SQLException {
        Table table = new Table()
                .text("scope", "name")
                .whole("statements")
                .number("waited_share", "mean_wait_ms", "longest_wait_ms", "mean_execution_ms", "total_execution_ms")
                .whole("late", "refused")
                .number("penalty")
                .text("unit", "service_class", "user_load", "reason")
                .number("conformance", "promised")
                .text("kept")
                .whole("replayed", "would_have_waited", "would_have_been_refused", "would_have_been_late")
                .number("would_have_waited_mean_ms", "would_have_waited_longest_ms")
                .number("would_have_conformance", "would_have_penalty")
                .text("would_have_kept", "replayed_since");
        for (ReportLine each : management.report()) {
            Figures figures = each.figures();
            Standing standing = each.standing();
            Outlook outlook = each.outlook();
            Figures then = outlook == null ? null : outlook.figures();
            Standing standingThen = outlook == null ? null : outlook.standing();
            table.row(
                    lower(each.scope().name()),
                    each.name(),
                    figures.statements(),
                    over(figures.waited(), figures.statements(), 1),
                    over(figures.waitedNanos(), figures.waited(), MILLI),
                    figures.longestWaitNanos() / MILLI,
                    over(figures.executionNanos(), figures.executed(), MILLI),
                    figures.executionNanos() / MILLI,
                    figures.late(),
                    figures.refused(),
                    each.penalty(),
                    each.unit(),
                    each.serviceClass(),
                    each.userLoad(),
                    each.reason(),
                    standing == null ? null : standing.conformance(),
                    standing == null ? null : standing.promised(),
                    standing == null ? null : Boolean.toString(standing.kept()),
                    then == null ? null : then.statements(),
                    then == null ? null : then.waited(),
                    then == null ? null : then.refused(),
                    then == null ? null : then.late(),
                    then == null ? null : over(then.waitedNanos(), then.waited(), MILLI),
                    then == null ? null : then.longestWaitNanos() / MILLI,
                    standingThen == null ? null : standingThen.conformance(),
                    outlook == null ? null : outlook.penalty(),
                    standingThen == null ? null : Boolean.toString(standingThen.kept()),
                    outlook == null ? null : outlook.since().toString());
        }
        return table.toResultSet();
    }

    private static double over(long sum, long count, double unit) {
        return count == 0 ? 0 : sum / unit / count;
    }

    private ResultSet settings() throws SQLException {
        Table table = new Table().text("name", "value", "origin");
        for (Setting each : management.settings()) {
            table.row(each.name(), each.value(), each.origin());
        }
        for (Fault each : management.refusedConfiguration()) {
            table.row("refused", each.what() + "; " + each.mend(), each.place());
        }
        return table.toResultSet();
    }

    private static @Nullable String interval(@Nullable EstimateInterval interval) {
        return interval == null
                ? null
                : plain(interval.fromNanos() / MILLI) + " to " + plain(interval.untilNanos() / MILLI);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.format(Locale.ROOT, "%.0f", value)
                : Double.toString(value);
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
