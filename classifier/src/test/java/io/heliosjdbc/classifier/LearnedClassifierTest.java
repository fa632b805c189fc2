package io.heliosjdbc.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliosjdbc.classifier.criteria.Criterion;
import io.heliosjdbc.classifier.criteria.CriterionSyntaxException;
import io.heliosjdbc.classifier.hints.Hints;
import io.heliosjdbc.classifier.learned.Model;
import io.heliosjdbc.classifier.learned.Probabilities;
import io.heliosjdbc.classifier.shape.FeatureReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LearnedClassifierTest {
    private static final Attributes WEB = new Attributes("app", "shop-web", null, null, Hints.NONE);
    private static final String POINT = "SELECT name, price FROM product WHERE id = ?";
    private static final String REPORT =
            "SELECT region, SUM(amount) FROM sales WHERE sold_on > ? GROUP BY region ORDER BY 2 DESC";
    private static final String BATCH =
            "INSERT INTO sales_archive SELECT * FROM sales WHERE sold_on < now() - interval '2 years'";
    static final Set<String> CLASSES = Set.of("fast_lane", "parallel_lanes", "background_queue");

    private final Classifier classifier = classifier(CLASSES, 0.75);

    private static Classifier classifier(Set<String> classes, double minConfidence) {
        List<LaneSettings> lanes = List.of(lane());
        return new Classifier(
                new ClassifierSettings(classes, lanes, "fast_lane", null),
                new LearnedSettings(minConfidence, true),
                List.of());
    }

    private static LaneSettings lane() {
        try {
            return new LaneSettings("parallel_lanes", List.of(Criterion.parse("has_order_by = true")), RouteMatch.ALL);
        } catch (CriterionSyntaxException wrong) {
            throw new AssertionError(wrong);
        }
    }

    private Classification classify(String sql) {
        return classifier.classify(classifier.profile(sql), WEB, false);
    }

    private void executed(Classifier by, String sql, int times, long millis) {
        for (int i = 0; i < times; i++) {
            by.executed(by.profile(sql), TimeUnit.MILLISECONDS.toNanos(millis));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SELECT name, price FROM product WHERE id = ?                                   | fast_lane
            SELECT region, SUM(amount) FROM sales WHERE sold_on > ? GROUP BY region        | parallel_lanes
            VACUUM ANALYZE sales                                                           | background_queue
            """)
    void theReasonNamesTheLaneAndItsConfidence(String sql, String serviceClass) {
        Classification decision = classify(sql);

        assertThat(decision.serviceClass()).isEqualTo(serviceClass);
        assertThat(decision.reason()).matches("learned: " + serviceClass + " (0\\.\\d\\d|1\\.00); user load default");
    }

    @Test
    void everyBuiltInClassHasAProbability() {
        assertThat(classifier.probabilities(classifier.profile(REPORT)).keySet())
                .containsExactly("fast_lane", "parallel_lanes", "background_queue");
        assertThat(classifier.probabilities(classifier.profile(REPORT)).values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum())
                .isBetween(0.999, 1.001);
        assertThat(classifier.probabilities(classifier.profile(REPORT)).get("parallel_lanes"))
                .isGreaterThan(0.75);
    }

    @Test
    void threadsThatTeachAtOnceLeaveItSound() throws Exception {
        List<FutureTask<Void>> tasks = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            int own = thread;
            tasks.add(new FutureTask<>(() -> {
                for (int i = 0; i < 4_000; i++) {
                    executed(classifier, "SELECT kind, COUNT(*) FROM log" + (i + own) % 50 + " GROUP BY kind", 1, 2);
                    classify(REPORT);
                }
                return null;
            }));
        }
        tasks.forEach(task -> new Thread(task).start());
        for (FutureTask<Void> task : tasks) {
            task.get();
        }

        assertThat(classify("SELECT kind, COUNT(*) FROM log7 GROUP BY kind").serviceClass())
                .isEqualTo("fast_lane");
        assertThat(classify(REPORT).serviceClass()).isEqualTo("parallel_lanes");
        Classifier other = classifier(CLASSES, 0.75);
        other.restoreLearning(classifier.learningSnapshot());
        assertThat(other.learningSnapshot()).hasSameSizeAs(classifier.learningSnapshot());
    }

    @Test
    void aHintComesFirst() {
        assertThat(classify("/* workload=batch */ " + POINT).reason()).startsWith("hint workload=batch");
    }

    @Test
    void belowTheLeastConfidenceTheCriteriaDecide() {
        Classifier unsure = classifier(CLASSES, 1);

        Classification byCriterion = unsure.classify(unsure.profile(REPORT), WEB, false);
        Classification byDefault = unsure.classify(unsure.profile(BATCH), WEB, false);

        assertThat(byCriterion.serviceClass()).isEqualTo("parallel_lanes");
        assertThat(byCriterion.reason())
                .startsWith("parallel_lanes: has_order_by = true; learned, but unsure: parallel_lanes 0.");
        assertThat(byDefault.serviceClass()).isEqualTo("fast_lane");
        assertThat(byDefault.reason()).startsWith("default class; learned, but unsure: background_queue 0.");
    }

    @Test
    void whereTheClassIsNotEnabledTheCriteriaDecide() {
        Classifier without = classifier(Set.of("fast_lane", "parallel_lanes"), 0.75);

        assertThat(without.classify(without.profile(BATCH), WEB, false).reason())
                .startsWith("default class; learned, but not enabled: background_queue");
    }

    @Test
    void whatATemplateLeavesOutStillCounts() {
        String rows = "INSERT INTO reading (sensor_id, value) VALUES (1, 2)" + ", (1, 2)".repeat(400);

        assertThat(classifier.profile(rows).template())
                .isEqualTo(classifier
                        .profile("INSERT INTO reading (sensor_id, value) VALUES (1, 2)")
                        .template());
        assertThat(classify("INSERT INTO reading (sensor_id, value) VALUES (1, 2)")
                        .serviceClass())
                .isEqualTo("fast_lane");
        assertThat(classify(rows).serviceClass()).isEqualTo("background_queue");
    }

    @Test
    void whatAStatementTurnsOutToBeOutweighsWhatItLooksLike() {
        assertThat(classify(REPORT).serviceClass()).isEqualTo("parallel_lanes");

        executed(classifier, REPORT, 40, 3);

        assertThat(classify(REPORT).serviceClass()).isEqualTo("fast_lane");
        assertThat(classify(REPORT).reason()).matches("learned: fast_lane 0\\.\\d\\d, measured; user load default");

        executed(classifier, REPORT, 200, 90_000);

        assertThat(classify(REPORT).serviceClass()).isEqualTo("background_queue");
    }

    @Test
    void aFewExecutionsSayNothing() {
        Classification before = classify(REPORT);

        executed(classifier, REPORT, 7, 3);

        assertThat(classify(REPORT)).isSameAs(before);
    }

    @Test
    void outliersSayNothingHoweverFarOut() {
        for (int i = 0; i < 50; i++) {
            executed(classifier, POINT, 19, 1);
            executed(classifier, POINT, 1, 3_600_000);
        }

        assertThat(classify(POINT).serviceClass()).isEqualTo("fast_lane");
        assertThat(classify(POINT).reason()).startsWith("learned: fast_lane 0.9");
    }

    @Test
    void aWriteThatTakesSecondsSpeaksForNoLane() {
        String update = "UPDATE product SET price = ? WHERE id = ?";

        executed(classifier, update, 300, 5_000);

        assertThat(classify(update).serviceClass()).isEqualTo("fast_lane");
        assertThat(classify(update).reason()).startsWith("default class; learned, but unsure: ");
    }

    @Test
    void aSlowDatabaseIsNotTakenForSlowStatements() {
        for (int round = 0; round < 100; round++) {
            for (int table = 0; table < 30; table++) {
                executed(classifier, "SELECT * FROM t" + table + " WHERE id = ?", 1, 120_000);
            }
        }

        for (int table = 0; table < 30; table++) {
            assertThat(classify("SELECT * FROM t" + table + " WHERE id = ?").serviceClass())
                    .isEqualTo("fast_lane");
        }
    }

    @Test
    void manyLyingTemplatesDoNotCarryOthersOverAnySureDecision() {
        for (int table = 0; table < 400; table++) {
            executed(classifier, "SELECT kind, COUNT(*) FROM lie" + table + " GROUP BY kind", 40, 1);
        }

        assertThat(classify(REPORT).serviceClass()).isEqualTo("parallel_lanes");
        assertThat(classify(BATCH).serviceClass()).isEqualTo("background_queue");
        assertThat(classify(POINT).serviceClass()).isEqualTo("fast_lane");
    }

    @Test
    void aSnapshotBringsBackWhatWasLearned() throws Exception {
        executed(classifier, REPORT, 40, 3);
        classify(BATCH);
        Classifier restarted = classifier(CLASSES, 0.75);
        Classification fresh = restarted.classify(restarted.profile(REPORT), WEB, false);

        restarted.restoreLearning(classifier.learningSnapshot());

        assertThat(fresh.serviceClass()).isEqualTo("parallel_lanes");
        Classification restored = restarted.classify(restarted.profile(REPORT), WEB, false);
        assertThat(restored.serviceClass()).isEqualTo("fast_lane");
        assertThat(restored.reason()).contains(", measured");
        assertThat(restarted.learningSnapshot()).hasSameSizeAs(classifier.learningSnapshot());
    }

    @Test
    void aDamagedSnapshotIsRefusedAsAWhole() {
        executed(classifier, REPORT, 40, 3);
        byte[] snapshot = classifier.learningSnapshot();
        Random random = new Random(5);
        for (int i = 0; i < 300; i++) {
            byte[] damaged = snapshot.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            Classifier other = classifier(CLASSES, 0.75);

            assertThatThrownBy(() -> other.restoreLearning(damaged)).isInstanceOf(IOException.class);
            assertThat(other.classify(other.profile(REPORT), WEB, false).serviceClass())
                    .isEqualTo("parallel_lanes");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 20, 40})
    void aSnapshotThatEndsEarlyIsRefused(int length) {
        byte[] part = java.util.Arrays.copyOf(classifier.learningSnapshot(), length);

        assertThatThrownBy(() -> classifier.restoreLearning(part)).isInstanceOf(IOException.class);
    }

    @Test
    void withoutLearningTimesChangeNothing() {
        Classifier fixed = new Classifier(
                new ClassifierSettings(CLASSES, List.of(), "fast_lane", null),
                new LearnedSettings(0.75, false),
                List.of());
        Classification before = fixed.classify(fixed.profile(REPORT), WEB, false);

        executed(fixed, REPORT, 100, 1);

        assertThat(fixed.learns()).isFalse();
        assertThat(fixed.classify(fixed.profile(REPORT), WEB, false)).isSameAs(before);
    }

    @Test
    void aDecisionIsTheSameInstanceWhileNothingChanges() {
        Classification first = classify(POINT);
        executed(classifier, POINT, 5, 1);

        assertThat(classify(POINT)).isSameAs(first);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void aConfidenceOutOfRangeIsRefused(double confidence) {
        assertThatIllegalArgumentException().isThrownBy(() -> new LearnedSettings(confidence, true));
    }

    @Test
    void anyTextHasProbabilities() {
        Random random = new Random(11);
        String alphabet =
                "SELECT FROM WHERE ( ) ' \" ` $$ /* */ /*+ -- ; , . = < > LIKE '% LIMIT 9 VALUES id \u0000 \u0131 \uD800 ? :a @b [ ]";
        String[] pieces = alphabet.split(" ", -1);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int piece = random.nextInt(40); piece > 0; piece--) {
                text.append(pieces[random.nextInt(pieces.length)]).append(random.nextBoolean() ? " " : "");
            }
            Probabilities probabilities = probabilities(text.toString());
            assertThat(probabilities.fastLane() + probabilities.parallelLanes() + probabilities.backgroundQueue())
                    .isBetween(0.999, 1.001);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "a.",
                "SELECT (SELECT ",
                "x LIKE '%",
                "WITH a AS (",
                "/*!",
                "CASE WHEN ",
                "UNION SELECT ",
                "'",
                "[",
                ";",
                "id = id OR "
            })
    void longTextsAreReadInTheirTime(String piece) {
        assertThat(probabilities("SELECT " + piece.repeat(200_000)).confidence())
                .isBetween(0.3, 1.0);
    }

    private static Probabilities probabilities(String sql) {
        return Model.shipped().probabilities(FeatureReader.of(sql).vector());
    }
}
