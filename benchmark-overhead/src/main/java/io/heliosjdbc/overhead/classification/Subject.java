package io.heliosjdbc.overhead.classification;

import io.heliosjdbc.agreements.Agreements;
import io.heliosjdbc.classifier.Attributes;
import io.heliosjdbc.classifier.Classifier;
import io.heliosjdbc.classifier.ClassifierSettings;
import io.heliosjdbc.classifier.LaneSettings;
import io.heliosjdbc.classifier.LearnedSettings;
import io.heliosjdbc.classifier.RouteMatch;
import io.heliosjdbc.classifier.criteria.Criterion;
import io.heliosjdbc.classifier.criteria.CriterionSyntaxException;
import io.heliosjdbc.classifier.hints.Hints;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What is measured: the classifier with its built-in criteria, and statements of several kinds. Immutable. */
final class Subject {
    private static final int LARGE = 10_000;

    private static final String SHORT =
            "SELECT o.id, o.total, c.name FROM orders%1$d o JOIN customers c ON c.id = o.customer_id"
                    + " WHERE o.id = ? AND o.status = 'open' ORDER BY o.created_at DESC LIMIT 20";

    private static final String LONG = """
            WITH regional%1$d AS (
              SELECT n.name AS nation, DATE_TRUNC('month', o.placed_at) AS period, SUM(l.price * (1 - l.discount)) AS revenue,
                     COUNT(DISTINCT o.customer_id) AS customers
              FROM lines l JOIN orders o ON o.id = l.order_id JOIN customers c ON c.id = o.customer_id
                   JOIN nations n ON n.id = c.nation_id LEFT JOIN returns r ON r.line_id = l.id
              WHERE o.placed_at >= '2026-01-01' AND o.placed_at < '2026-07-01' AND l.status IN ('F', 'O') AND r.id IS NULL
              GROUP BY n.name, DATE_TRUNC('month', o.placed_at)
              HAVING SUM(l.price * (1 - l.discount)) > 1000)
            SELECT nation, period, revenue, customers, revenue / NULLIF(customers, 0) AS per_customer,
                   SUM(revenue) OVER (PARTITION BY nation ORDER BY period ROWS UNBOUNDED PRECEDING) AS running,
                   CASE WHEN revenue > 2 * AVG(revenue) OVER (PARTITION BY period) THEN 'strong' ELSE 'usual' END AS standing
            FROM regional%1$d WHERE nation <> 'none' ORDER BY period, revenue DESC LIMIT 500""";

    private Subject() {}

    /**
     * A statement with a place for a number that makes it another one.
     *
     * @param text {@code short}; {@code traced}: the short one, always the same but for sqlcommenter's traceparent; {@code long};
     *     {@code list}: the keys of a long IN list, 10,000 characters; {@code large}: the long one with more and more of it behind UNION
     *     ALL, up to as many
     */
    static String pattern(String text) {
        return switch (text) {
            case "short" -> SHORT;
            case "traced" ->
                SHORT.replace("%1$d", "") + " /*application='shop',traceparent='00-%1$032x-c532cb4098ac3dd2-01'*/";
            case "long" -> LONG;
            case "list" -> list();
            case "large" -> large();
            default -> throw new IllegalArgumentException("there is no text " + text);
        };
    }

    private static String list() {
        String ids = IntStream.iterate(1_000_000, id -> id + 37)
                .limit(LARGE / 9)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(", "));
        return "SELECT o.id, o.total FROM orders%1$d o WHERE o.id IN (" + ids + ")";
    }

    private static String large() {
        String part = LONG.substring(LONG.indexOf("SELECT nation, period"), LONG.indexOf(" ORDER BY period, revenue"));
        String end = LONG.substring(LONG.indexOf(" ORDER BY period, revenue"));
        StringBuilder large = new StringBuilder(LONG.substring(0, LONG.length() - end.length()));
        while (large.length() + part.length() + end.length() < LARGE) {
            large.append("\nUNION ALL\n").append(part);
        }
        return large.append(end).toString();
    }

    /** A classifier that has not seen anything yet, in {@code rule_based} or {@code ml_based} mode. */
    static Classifier classifier(String mode) throws CriterionSyntaxException {
        Set<String> classes = Set.of("fast_lane", "parallel_lanes", "background_queue");
        List<LaneSettings> lanes = List.of(
                lane(
                        "background_queue",
                        RouteMatch.ANY,
                        "write_heavy = true",
                        "bulk_operation = true",
                        "estimated_duration_ms > 60000",
                        "client_tag = 'background_job'"),
                lane(
                        "parallel_lanes",
                        RouteMatch.ALL,
                        "select_only = true",
                        "join_count > 2 OR aggregation_count > 0",
                        "estimated_duration_ms > 500"),
                lane("fast_lane", RouteMatch.ALL, "transaction_context = true", "join_count <= 2"));
        return new Classifier(
                new ClassifierSettings(classes, lanes, "fast_lane", null),
                mode.equals("ml_based") ? new LearnedSettings(0.75, true) : null,
                Agreements.builtIn());
    }

    static Attributes attributes() {
        return new Attributes("app", "shop-web", "terminal-1", "acme", Hints.NONE);
    }

    private static LaneSettings lane(String serviceClass, RouteMatch match, String... criteria)
            throws CriterionSyntaxException {
        List<Criterion> compiled = new ArrayList<>();
        for (String criterion : criteria) {
            compiled.add(Criterion.parse(criterion));
        }
        return new LaneSettings(serviceClass, compiled, match);
    }
}
