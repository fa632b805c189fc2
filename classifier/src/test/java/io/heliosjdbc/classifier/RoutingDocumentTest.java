package io.heliosjdbc.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.agreements.AccountPer;
import io.heliosjdbc.agreements.Agreement;
import io.heliosjdbc.agreements.Context;
import io.heliosjdbc.agreements.Match;
import io.heliosjdbc.agreements.UserLoad;
import io.heliosjdbc.classifier.criteria.Criterion;
import io.heliosjdbc.classifier.criteria.CriterionSyntaxException;
import io.heliosjdbc.classifier.hints.Hints;
import io.heliosjdbc.classifier.hints.Priority;
import io.heliosjdbc.classifier.statement.StatementKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The routing document's example configurations send statements of the shape of its examples where it says. */
class RoutingDocumentTest {
    private static final Set<String> CLASSES = Set.of("fast_lane", "parallel_lanes", "background_queue");

    private static final Classifier SAAS = classifier(
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
                    "estimated_duration_ms > 500",
                    "estimated_rows_scanned > 100000"),
            lane(
                    "fast_lane",
                    RouteMatch.ALL,
                    "transaction_context = true",
                    "estimated_duration_ms < 500",
                    "table_row_count < 100000",
                    "join_count <= 2"));

    private static final Classifier SHOP = classifier(
            lane(
                    "parallel_lanes",
                    RouteMatch.ALL,
                    "table_names CONTAINS 'user_embeddings' OR table_names CONTAINS 'product_scores'",
                    "aggregation_count > 2",
                    "estimated_rows_scanned > 1000000"),
            lane(
                    "fast_lane",
                    RouteMatch.ALL,
                    "query_type = 'INSERT' OR query_type = 'UPDATE'",
                    "transaction_context = true"));

    private static final Classifier GATEWAY = classifier();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void dashboardOfTheSaasPlatformTakesTheFastLane(boolean inTransaction) {
        String sql = "select id, title, visitors, revenue from summary_by_tenant where id = ?";
        assertThat(route(SAAS, sql, "web", inTransaction).serviceClass()).isEqualTo("fast_lane");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void reportOfTheSaasPlatformTakesTheParallelLanes(boolean inTransaction) {
        String sql = "SELECT date_trunc('day', s.at) AS d, g.kind, count(DISTINCT s.id), sum(s.paid), avg(s.paid)"
                + " FROM sales s JOIN goods g ON s.good = g.id"
                + " WHERE s.tenant = ? AND s.at > now() - INTERVAL '90 days'"
                + " GROUP BY date_trunc('day', s.at), g.kind ORDER BY d DESC";
        Classification routed = route(SAAS, sql, "web", inTransaction);
        assertThat(routed.serviceClass()).isEqualTo("parallel_lanes");
        assertThat(routed.reason())
                .isEqualTo("parallel_lanes: select_only = true AND (join_count > 2 OR aggregation_count > 0);"
                        + " user load default");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nightlyUpdateOfTheSaasPlatformTakesTheBackgroundQueue(boolean inTransaction) {
        String sql = "UPDATE summary_by_tenant SET"
                + " visitors = (SELECT count(DISTINCT who) FROM visits v"
                + "   WHERE v.id = summary_by_tenant.id AND v.day = CURRENT_DATE),"
                + " revenue = (SELECT coalesce(sum(paid), 0) FROM sales s WHERE s.id = summary_by_tenant.id)";
        assertThat(route(SAAS, sql, "web", inTransaction).reason())
                .isEqualTo("background_queue: write_heavy = true; user load default");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whateverTheBackgroundJobAsksTakesTheBackgroundQueue(boolean inTransaction) {
        StatementProfile setting = SAAS.profile("SET application_name = 'background_job'");
        assertThat(setting.kind()).isEqualTo(StatementKind.SETTING);
        String application = setting.applicationName();
        assertThat(application).isEqualTo("background_job");
        assertThat(route(SAAS, "SELECT 1 FROM t WHERE id = ?", application, inTransaction)
                        .reason())
                .isEqualTo("background_queue: client_tag = 'background_job'; user load default");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO orders (buyer, total, state, at) VALUES ($1, $2, 'open', now()) RETURNING id",
                "INSERT INTO positions (order_id, good, pieces, price) VALUES ($1, $2, $3, $4)",
                "UPDATE goods SET stock = stock - $1 WHERE id = $2"
            })
    void checkoutOfTheShopTakesTheFastLane(String sql) {
        assertThat(route(SHOP, sql, "shop", true).reason())
                .isEqualTo("fast_lane: (query_type = 'INSERT' OR query_type = 'UPDATE') AND transaction_context = true;"
                        + " user load default");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void recommendationsOfTheShopTakeTheParallelLanes(boolean inTransaction) {
        String sql = "WITH mine AS (SELECT vec FROM user_embeddings WHERE who = $1),"
                + " product_scores AS (SELECT p.id, p.price, -- cosine\n"
                + "   (SELECT 1 - ((m.vec <-> g.vec) / (sqrt(sum(m.vec * m.vec)) * sqrt(sum(g.vec * g.vec))))"
                + "     FROM mine m, good_embeddings g WHERE g.id = p.id) AS near,"
                + "   p.sold / (SELECT max(sold) FROM products) AS liked"
                + "   FROM products p WHERE p.active = true AND p.stock > 0)"
                + " SELECT id, price, near * 0.7 + liked * 0.3 AS score FROM product_scores"
                + " ORDER BY score DESC LIMIT $2";
        assertThat(SHOP.profile(sql).features().asMap())
                .containsEntry("table_names", List.of("user_embeddings", "good_embeddings", "products"))
                .containsEntry("aggregation_count", 3L)
                .containsEntry("join_count", 1L)
                .containsEntry("subquery_count", 4L)
                .containsEntry("query_type", "SELECT")
                .containsEntry("has_limit", true);
        assertThat(route(SHOP, sql, "shop", inTransaction).serviceClass()).isEqualTo("parallel_lanes");
    }

    @Test
    void tiersOfTheGatewayGetTheirPriorities() {
        String sql = "SELECT who, tier, quota FROM keys WHERE key = $1 AND active = true";
        assertThat(route(GATEWAY, "/* priority=high */\n" + sql, "api", false))
                .returns("fast_lane", Classification::serviceClass)
                .returns("high", routed -> routed.userLoad().name())
                .returns(Priority.HIGH, Classification::priority);
        assertThat(route(GATEWAY, "/* priority=medium */\n" + sql, "api", false)
                        .userLoad()
                        .name())
                .isEqualTo("medium");
        assertThat(route(GATEWAY, "/* priority=low */\n" + sql, "api", false)
                        .userLoad()
                        .name())
                .isEqualTo("low");
        assertThat(route(GATEWAY, sql, "api", false).userLoad().name()).isEqualTo("medium");
    }

    @Test
    void analyticsOfTheGatewayTakesTheParallelLanes() {
        String sql = "/* priority=low, workload=analytics */ SELECT date_trunc('hour', timestamp) AS hour, count(*),"
                + " count(*) FILTER (WHERE status >= 500) FROM requests"
                + " WHERE timestamp > now() - INTERVAL '24 hours' GROUP BY 1 ORDER BY hour DESC";
        assertThat(route(GATEWAY, sql, "api", false))
                .returns("parallel_lanes", Classification::serviceClass)
                .returns(
                        "hint workload=analytics; agreement built-in, user load low: priority=low",
                        Classification::reason);
    }

    private static Classification route(
            Classifier classifier, String sql, @Nullable String application, boolean inTransaction) {
        Attributes attributes = new Attributes("app_user", application, null, null, Hints.NONE);
        return classifier.classify(classifier.profile(sql), attributes, inTransaction);
    }

    private static Classifier classifier(LaneSettings... lanes) {
        List<UserLoad> loads = new ArrayList<>();
        if (lanes.length == 0) {
            for (String priority : List.of("high", "medium", "low")) {
                Match match = new Match(null, null, null, null, null, null, priority, null, null);
                loads.add(new UserLoad(priority, null, AccountPer.LOAD, List.of(match), null, null));
            }
        }
        Agreement agreement = new Agreement("built-in", "Built in", new Context(null, null, null), loads);
        return new Classifier(new ClassifierSettings(CLASSES, List.of(lanes), "fast_lane", null), List.of(agreement));
    }

    private static LaneSettings lane(String name, RouteMatch match, String... criteria) {
        List<Criterion> compiled = new ArrayList<>();
        for (String criterion : criteria) {
            try {
                compiled.add(Criterion.parse(criterion));
            } catch (CriterionSyntaxException refused) {
                throw new AssertionError(criterion, refused);
            }
        }
        return new LaneSettings(name, compiled, match);
    }
}
