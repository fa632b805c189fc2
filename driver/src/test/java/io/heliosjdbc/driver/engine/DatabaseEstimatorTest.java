package io.heliosjdbc.driver.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.heliosjdbc.agreements.Agreements;
import io.heliosjdbc.classifier.Attributes;
import io.heliosjdbc.classifier.Classifier;
import io.heliosjdbc.classifier.ClassifierSettings;
import io.heliosjdbc.classifier.Estimate;
import io.heliosjdbc.classifier.hints.Hints;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is asked, when, and what becomes of it; on H2, whose catalog answers at once. */
class DatabaseEstimatorTest {
    private static final String H2 = "jdbc:h2:mem:estimator";
    private static final String ALL = "SELECT * FROM item";
    private static final Attributes ANYBODY = new Attributes(null, null, null, null, Hints.NONE);

    private final ManualBackground background = new ManualBackground();
    private final List<Connection> opened = new ArrayList<>();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private @Nullable Connection keeper;
    private DatabaseEstimator estimator = estimator(() -> DriverManager.getConnection(H2));
    private Classifier classifier = classifier();

    @BeforeEach
    void start() throws SQLException {
        keeper = DriverManager.getConnection(H2);
        execute("CREATE TABLE item(id INT PRIMARY KEY)", "INSERT INTO item SELECT x FROM SYSTEM_RANGE(1, 70)");
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(DatabaseEstimator.class);
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
    }

    @AfterEach
    void end() throws SQLException {
        Logger logger = (Logger) LoggerFactory.getLogger(DatabaseEstimator.class);
        logger.detachAppender(log);
        logger.setLevel(null);
        estimator.close();
        Objects.requireNonNull(keeper).close();
    }

    @Test
    void whoSeesATemplateForTheFirstTimeDoesNotWaitForTheDatabase() {
        assertThat(estimate("SELECT * FROM item WHERE id = 1")).isNull();
        assertThat(opened).isEmpty();

        background.collect();

        assertThat(estimate("SELECT * FROM item WHERE id = 2"))
                .isEqualTo(new Estimate(null, null, null, 70L, null, "H2, catalog"));
        assertThat(opened).hasSize(1);
    }

    @Test
    void theConnectionIsClosedWhenThereIsNothingMoreToAsk() throws SQLException {
        estimate("SELECT * FROM item");
        estimate("SELECT COUNT(*) FROM item");

        background.collect();

        assertThat(opened).hasSize(1);
        assertThat(opened.get(0).isClosed()).isTrue();
        background.collect();
        assertThat(opened).hasSize(1);
    }

    @Test
    void whatIsStillWantedIsAskedForAgain() throws SQLException {
        estimate(ALL);
        background.collect();
        execute("DELETE FROM item WHERE id > 10");

        background.refresh();

        assertThat(Objects.requireNonNull(estimate(ALL)).tableRowCount()).isEqualTo(10);
        background.refresh();
        assertThat(opened).hasSize(3);
    }

    @Test
    void whatIsNoLongerWantedIsForgottenUntilItIsAgain() throws SQLException {
        estimate(ALL);
        background.collect();
        background.refresh();
        assertThat(opened).hasSize(2);

        background.refresh();
        assertThat(opened).hasSize(2);
        assertThat(background.tasks()).isZero();

        execute("DELETE FROM item WHERE id > 10");
        assertThat(estimate(ALL)).as("out of date").isNull();
        background.collect();
        assertThat(opened).hasSize(3);
        assertThat(Objects.requireNonNull(estimate(ALL)).tableRowCount()).isEqualTo(10);
    }

    @Test
    void twoTextsOfAForgottenTemplateFindTheSameAgain() {
        estimate("SELECT * FROM item WHERE id = 1");
        background.collect();
        background.refresh();
        background.refresh();

        assertThat(estimate("SELECT * FROM item WHERE id = 2")).isNull();
        assertThat(estimate("SELECT * FROM item WHERE id = 1")).isNull();
        background.collect();

        assertThat(estimate("SELECT * FROM item WHERE id = 2")).isNotNull();
        assertThat(estimate("SELECT * FROM item WHERE id = 1")).isSameAs(estimate("SELECT * FROM item WHERE id = 2"));
        classifier.executed(classifier.profile("SELECT * FROM item WHERE id = 1"), 1);
    }

    @Test
    void theSameAnswerIsTheSameInstance() {
        estimate(ALL);
        background.collect();
        Estimate before = estimate(ALL);

        background.refresh();

        assertThat(opened).hasSize(2);
        assertThat(estimate(ALL)).isSameAs(before);
    }

    @Test
    void whatFindsTheQueueFullIsCountedAndAskedForLater() {
        String last = "";
        for (int i = 0; i < DatabaseEstimator.MOST_PENDING + 7; i++) {
            last = "SELECT id AS name" + i + " FROM item";
            estimate(last);
        }
        assertThat(estimator.dropped()).isEqualTo(7);
        background.collect();
        assertThat(estimate("SELECT id AS name0 FROM item")).isNotNull();
        assertThat(estimate(last)).isNull();

        background.refresh();

        assertThat(estimate(last)).isNotNull();
        assertThat(estimator.dropped()).isEqualTo(7);
    }

    @Test
    void whileTheDatabaseCannotBeReachedTheQueueDoesNotGrow() {
        AtomicBoolean down = new AtomicBoolean(true);
        estimator = estimator(() -> {
            if (down.get()) {
                throw new SQLException("down", "08001");
            }
            return DriverManager.getConnection(H2);
        });
        classifier = classifier();
        for (int i = 0; i < 5; i++) {
            estimate(ALL);
            background.refresh();
        }
        estimate("SELECT id FROM item");
        background.refresh();
        background.refresh();
        assertThat(estimator.pending()).isZero();
        down.set(false);

        estimate(ALL);
        background.collect();

        assertThat(opened).hasSize(1);
        assertThat(estimate(ALL)).isNotNull();
        assertThat(estimator.pending()).isZero();
    }

    @Test
    void templatesBeyondTheBoundAreNotKept() {
        for (int i = 0; i <= DatabaseEstimator.MOST_TEMPLATES; i++) {
            estimate("SELECT id AS name" + i + " FROM item");
        }
        String beyond = "SELECT id AS name" + DatabaseEstimator.MOST_TEMPLATES + " FROM item";
        background.collect();
        assertThat(estimate(beyond)).isNull();

        background.refresh();
        background.refresh();

        assertThat(estimate(beyond)).isNull();
        background.collect();
        assertThat(estimate(beyond)).as("met while there was no room").isNotNull();
    }

    @Test
    void whatWasForgottenAndFoundNoRoomIsAskedForWhenThereIsSome() {
        estimate(ALL);
        background.refresh();
        background.refresh();
        for (int i = 0; i < DatabaseEstimator.MOST_TEMPLATES; i++) {
            estimate("SELECT id AS name" + i + " FROM item");
        }
        assertThat(estimate(ALL)).isNull();
        background.refresh();
        background.refresh();

        assertThat(estimate(ALL)).isNull();
        background.collect();
        assertThat(estimate(ALL)).isNotNull();
    }

    @Test
    void aDatabaseThatCannotBeReachedIsNamedOnceAndNothingElse() {
        estimator = estimator(() -> {
            throw new SQLException("no access for anna with password secret", "28000");
        });
        classifier = classifier();
        estimate("SELECT 1 FROM item");
        background.collect();
        estimate("SELECT 2 FROM item, item b");
        background.collect();

        assertThat(estimate("SELECT 1 FROM item")).isNull();
        assertThat(log.list)
                .singleElement()
                .satisfies(event -> assertThat(event.getFormattedMessage())
                        .isEqualTo(
                                "Workload manager test: the database cannot be asked for estimates (SQLException 28000);"
                                        + " statements go by their texts"));
    }

    @Test
    void whereTheDatabaseTellsNothingItIsAskedOnce() {
        estimator = estimator(() -> DriverManager.getConnection("jdbc:hsqldb:mem:estimator"));
        classifier = classifier();
        estimate("SELECT 1 FROM item");

        background.collect();

        assertThat(background.isClosed()).isTrue();
        assertThat(opened).hasSize(1);
        assertThat(estimate("SELECT 1 FROM item, item b")).isNull();
        background.collect();
        assertThat(opened).hasSize(1);
    }

    @Test
    void afterTheEndNothingIsAsked() {
        estimate("SELECT * FROM item");

        estimator.close();
        background.collect();

        assertThat(opened).isEmpty();
        assertThat(estimate("SELECT id FROM item")).isNull();
    }

    @Test
    void timesComeFromCostsAndWhatWasObservedWithinBounds() {
        TemplateEstimate cheap = estimated("SELECT 1 FROM item", 10);
        TemplateEstimate odd = estimated("SELECT id, 2 FROM item", 10);
        for (int i = 0; i < DatabaseEstimator.LEAST_OBSERVATIONS - 1; i++) {
            cheap.executed(TimeUnit.MILLISECONDS.toNanos(20));
        }
        assertThat(duration(cheap)).isNull();

        cheap.executed(TimeUnit.MILLISECONDS.toNanos(20));
        assertThat(duration(cheap)).isBetween(19.0, 21.0);
        odd.take(new DatabasePlan(10.0, null, Map.of(), Map.of()), null, null, "test");
        assertThat(duration(odd)).as("never executed: by its cost alone").isBetween(19.0, 21.0);

        for (int i = 0; i < 1000; i++) {
            cheap.executed(TimeUnit.MILLISECONDS.toNanos(20));
        }
        for (int i = 0; i < 12; i++) {
            odd.executed(TimeUnit.HOURS.toNanos(1));
        }
        double rate = Math.exp(estimator.rate().mean()) * 10 / 1e6;
        assertThat(duration(odd)).as("corrected, up to the bound").isBetween(rate * 20, rate * 65);
    }

    @Test
    void aTimeThatHardlyChangesKeepsTheInstance() {
        TemplateEstimate template = estimated("SELECT 1 FROM item", 10);
        for (int i = 0; i < DatabaseEstimator.LEAST_OBSERVATIONS; i++) {
            template.executed(TimeUnit.MILLISECONDS.toNanos(20));
        }
        Estimate before = template.now();

        for (int i = 0; i < 50; i++) {
            template.executed(TimeUnit.MILLISECONDS.toNanos(i % 2 == 0 ? 17 : 23));
        }

        assertThat(template.now()).isSameAs(before);
    }

    @Test
    void whatTookTooLongOrFoundALockIsAskedForAgain() {
        assertThat(DatabaseEstimator.isLasting(new SQLException("PostgreSQL: timeout", "57014")))
                .isFalse();
        assertThat(DatabaseEstimator.isLasting(new SQLException("MariaDB: max_statement_time", "70100", 1969)))
                .isFalse();
        assertThat(DatabaseEstimator.isLasting(new SQLException("MySQL: max_execution_time", "HY000", 3024)))
                .isFalse();
        assertThat(DatabaseEstimator.isLasting(new SQLException("lock_wait_timeout", "HY000", 1205)))
                .isFalse();
        assertThat(DatabaseEstimator.isLasting(new SQLException("something", "HY000", 1105)))
                .isTrue();
        assertThat(DatabaseEstimator.isLasting(new SQLException("no such table", "42S02", 1146)))
                .isTrue();
        assertThat(DatabaseEstimator.isLasting(new SQLException("no state"))).isTrue();
        assertThat(DatabaseEstimator.isLasting(new IllegalStateException())).isTrue();
    }

    private TemplateEstimate estimated(String sql, double cost) {
        TemplateEstimate template = (TemplateEstimate) Objects.requireNonNull(estimator.of(classifier.profile(sql)));
        template.take(new DatabasePlan(cost, null, Map.of(), Map.of()), null, null, "test");
        return template;
    }

    private static @Nullable Double duration(TemplateEstimate template) {
        return Objects.requireNonNull(template.now()).durationMillis();
    }

    private @Nullable Estimate estimate(String sql) {
        return classifier.classify(classifier.profile(sql), ANYBODY, false).estimate();
    }

    private DatabaseEstimator estimator(ConnectionSource source) {
        return new DatabaseEstimator(
                "test",
                () -> {
                    Connection connection = source.open();
                    opened.add(connection);
                    return connection;
                },
                background);
    }

    private Classifier classifier() {
        return new Classifier(
                new ClassifierSettings(Set.of("fast_lane"), List.of(), "fast_lane", null),
                null,
                estimator,
                Agreements.builtIn());
    }

    private void execute(String... statements) throws SQLException {
        try (Statement statement = Objects.requireNonNull(keeper).createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
