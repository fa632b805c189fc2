package io.heliosjdbc.driver.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.classifier.StatementProfile;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sessions with {@code mode = "ml_based"}, over a clock that the test moves. */
@Timeout(60)
class LearnedModeTest {
    private static final String REPORT = "SELECT region, SUM(amount) FROM sales WHERE sold_on > ? GROUP BY region";

    private final AtomicLong clock = new AtomicLong();
    private final Registry registry = ManualRegistry.of(clock, () -> Instant.parse("2026-03-01T00:00:00Z"));

    @Test
    void explainShowsWhatTheLearnedClassifierDecided() throws Exception {
        ManagedSession session = open(Map.of("classifier.mode", "ml_based"));

        assertThat(reason(session, "VACUUM FULL sales")).startsWith("learned: background_queue 0.9");
        assertThat(reason(session, "SELECT name FROM product WHERE id = ?")).startsWith("learned: fast_lane 0.9");
    }

    @Test
    void withoutTheModeTheCriteriaDecide() throws Exception {
        assertThat(reason(open(Map.of()), "VACUUM FULL sales")).startsWith("background_queue: bulk_operation = true;");
    }

    @Test
    void theLeastConfidenceIsKept() throws Exception {
        ManagedSession session = open(Map.of("classifier.mode", "ml_based", "classifier.min_confidence", "1"));

        assertThat(reason(session, "VACUUM FULL sales")).contains("; learned, but unsure: background_queue 0.9");
    }

    @Test
    void executionTimesTeach() throws Exception {
        ManagedSession session = open(Map.of("classifier.mode", "ml_based", "observability.export_metrics", "false"));
        assertThat(reason(session, REPORT)).startsWith("learned: parallel_lanes");

        run(session, 40, null);

        assertThat(reason(session, REPORT)).startsWith("learned: fast_lane").contains(", measured;");
    }

    @Test
    void failedExecutionsDoNotTeach() throws Exception {
        ManagedSession session = open(Map.of("classifier.mode", "ml_based"));

        run(session, 40, new SQLException("refused"));

        assertThat(reason(session, REPORT))
                .startsWith("learned: parallel_lanes")
                .doesNotContain("measured");
    }

    @Test
    void withoutAdaptiveLearningExecutionTimesDoNotTeach() throws Exception {
        ManagedSession session = open(Map.of("classifier.mode", "ml_based", "classifier.adaptive_learning", "false"));

        run(session, 40, null);

        assertThat(reason(session, REPORT))
                .startsWith("learned: parallel_lanes")
                .doesNotContain("measured");
    }

    private ManagedSession open(Map<String, String> settings) throws SQLException {
        return registry.open("jdbc:test:learned", settings, "app", null);
    }

    private void run(ManagedSession session, int times, @Nullable Exception failure) throws SQLException {
        StatementProfile profile = session.profile(REPORT);
        for (int i = 0; i < times; i++) {
            session.before(session, profile, 0);
            clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(2));
            session.after(session, profile, failure);
        }
    }

    private static String reason(ManagedSession session, String sql) throws SQLException {
        try (ResultSet answer = session.answer(session.profile("EXPLAIN HELIOS " + sql))) {
            while (answer != null && answer.next()) {
                if ("reason".equals(answer.getString("property"))) {
                    return String.valueOf(answer.getString("value"));
                }
            }
        }
        return "";
    }
}
