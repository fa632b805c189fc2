package io.heliosjdbc.overhead.classification;

import io.heliosjdbc.agreements.Agreements;
import io.heliosjdbc.classifier.Attributes;
import io.heliosjdbc.classifier.Classification;
import io.heliosjdbc.classifier.Classifier;
import io.heliosjdbc.classifier.ClassifierSettings;
import io.heliosjdbc.classifier.Criterion;
import io.heliosjdbc.classifier.CriterionSyntaxException;
import io.heliosjdbc.classifier.Hints;
import io.heliosjdbc.classifier.LaneSettings;
import io.heliosjdbc.classifier.LearnedSettings;
import io.heliosjdbc.classifier.RouteMatch;
import io.heliosjdbc.classifier.StatementProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Where a statement goes, from its text to its class and load. All of it happens in the caller: what a new statement costs is
 * both how long its features take and how long its caller is held up.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls open() first
public class ClassificationBenchmark {
    /** A power of two. */
    private static final int TEXTS = 64;

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

    /** What decides. */
    @Param({"rule_based", "ml_based"})
    public String mode;

    /** Which kind of text. */
    @Param({"short", "long"})
    public String text;

    private Classifier classifier;
    private Attributes attributes;
    private final String[] seen = new String[TEXTS];
    private final StatementProfile[] profiles = new StatementProfile[TEXTS];
    private String pattern;
    private int next;

    /** Shows the classifier each text once; with the built-in criteria. */
    @Setup(Level.Trial)
    public void open() throws CriterionSyntaxException {
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
        classifier = new Classifier(
                new ClassifierSettings(classes, lanes, "fast_lane", null),
                mode.equals("ml_based") ? new LearnedSettings(0.75, true) : null,
                Agreements.builtIn());
        attributes = attributes();
        pattern = text.equals("short") ? SHORT : LONG;
        for (int i = 0; i < TEXTS; i++) {
            seen[i] = pattern.formatted(i);
            profiles[i] = classifier.profile(seen[i]);
            Classification unused = classifier.classify(profiles[i], attributes, false);
        }
        next = TEXTS;
    }

    private static Attributes attributes() {
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

    /** A statement that was seen before, by its text. */
    @Benchmark
    public Classification seenBefore() {
        return classifier.classify(classifier.profile(seen[next++ & (TEXTS - 1)]), attributes, false);
    }

    /** A statement whose template was never seen: read, its features found, decided, and kept. */
    @Benchmark
    public Classification neverSeen() {
        return classifier.classify(classifier.profile(pattern.formatted(next++)), attributes, false);
    }

    /** The text that {@link #neverSeen} makes up each time, to be taken off its time. */
    @Benchmark
    public String textAlone() {
        return pattern.formatted(next++);
    }

    /** A statement that was seen before, from a connection that is new: the text is known, the decision made anew. */
    @Benchmark
    public Classification decidedAnew() {
        return classifier.classify(profiles[next++ & (TEXTS - 1)], attributes(), false);
    }
}
