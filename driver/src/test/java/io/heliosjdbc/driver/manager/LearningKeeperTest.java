package io.heliosjdbc.driver.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.heliosjdbc.classifier.StatementProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What was learned, over restarts; a restart is a manager that closes and another one that opens. */
@Timeout(60)
class LearningKeeperTest {
    private static final String REPORT = "SELECT region, SUM(amount) FROM sales WHERE sold_on > ? GROUP BY region";

    @TempDir
    private Path directory;

    private final AtomicLong clock = new AtomicLong();
    private final Registry registry = new Registry(clock::get, () -> Instant.parse("2026-03-01T00:00:00Z"));
    private final List<ManagedSession> sessions = new ArrayList<>();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        ((Logger) LoggerFactory.getLogger(LearningKeeper.class)).addAppender(log);
    }

    @AfterEach
    void end() {
        restart();
        ((Logger) LoggerFactory.getLogger(LearningKeeper.class)).detachAppender(log);
    }

    @Test
    void whatOneManagerLearnedTheNextOneKnows() throws Exception {
        run(open(Map.of()));

        restart();

        assertThat(reason(open(Map.of()))).startsWith("learned: fast_lane").contains(", measured;");
        assertThat(files()).containsExactly("learned.bin");
        assertThat(log.list).isEmpty();
    }

    @Test
    void itIsWrittenFromTimeToTimeWhileTheManagerIsOpen() throws Exception {
        run(open(Map.of()));
        registry.keepLearning();
        assertThat(files()).isEmpty();

        clock.addAndGet(LearningKeeper.INTERVAL_NANOS);
        registry.keepLearning();

        assertThat(files()).containsExactly("learned.bin");
        assertThat(registry.watches()).isTrue();
    }

    @Test
    void whatHasNotChangedIsNotWrittenAgain() throws Exception {
        run(open(Map.of()));
        clock.addAndGet(LearningKeeper.INTERVAL_NANOS);
        registry.keepLearning();
        Files.delete(file());

        clock.addAndGet(LearningKeeper.INTERVAL_NANOS);
        registry.keepLearning();
        assertThat(files()).isEmpty();

        run(sessions.get(0));
        clock.addAndGet(LearningKeeper.INTERVAL_NANOS);
        registry.keepLearning();
        assertThat(files()).containsExactly("learned.bin");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 40, 200})
    void aDamagedFileIsSetAside(int length) throws Exception {
        run(open(Map.of()));
        restart();
        byte[] whole = Files.readAllBytes(file());
        byte[] damaged = java.util.Arrays.copyOf(whole, Math.min(length, whole.length - 1));
        Files.write(file(), damaged);

        ManagedSession session = open(Map.of());

        assertThat(reason(session)).startsWith("learned: parallel_lanes").doesNotContain("measured");
        assertThat(Files.readAllBytes(directory.resolve("learned.bin.damaged"))).isEqualTo(damaged);
        assertThat(log.list)
                .singleElement()
                .satisfies(event -> assertThat(event.getFormattedMessage())
                        .startsWith("learning_file " + file() + " is damaged: ")
                        .endsWith("starting without it. It is set aside as " + file() + ".damaged"));
        run(session);
        restart();
        assertThat(Files.readAllBytes(file())).isEqualTo(whole);
    }

    @Test
    void byRulesNothingIsReadOrWritten() throws Exception {
        Files.writeString(file(), "not ours");

        run(open(Map.of("classifier.mode", "rule_based")));
        clock.addAndGet(LearningKeeper.INTERVAL_NANOS);
        registry.keepLearning();
        restart();

        assertThat(files()).containsExactly("learned.bin");
        assertThat(file()).hasContent("not ours");
        assertThat(log.list).isEmpty();
    }

    @Test
    void withoutAdaptiveLearningTheFileIsReadAndNotWritten() throws Exception {
        run(open(Map.of()));
        restart();
        byte[] before = Files.readAllBytes(file());
        ManagedSession session = open(Map.of("classifier.adaptive_learning", "false"));
        assertThat(reason(session)).startsWith("learned: fast_lane").contains(", measured;");
        Files.delete(file());

        restart();

        assertThat(files()).isEmpty();
        assertThat(before).isNotEmpty();
    }

    @Test
    void twoManagersDoNotShareAFile() throws Exception {
        run(open(Map.of()));

        ManagedSession other = registry.open("jdbc:test:other", settings(Map.of()), "app", null);
        sessions.add(other);

        assertThat(other.manager().classifiers().untilKept()).isEqualTo(Long.MAX_VALUE);
        assertThat(log.list)
                .singleElement()
                .satisfies(event -> assertThat(event.getFormattedMessage())
                        .isEqualTo("learning_file " + file()
                                + " belongs to workload manager jdbc:test:learning; jdbc:test:other"
                                + " starts without it, and keeps nothing. Give each a file of its own"));
    }

    @Test
    void aFileThatCannotBeWrittenIsNamedOnce() throws Exception {
        Path nowhere = directory.resolve("missing").resolve("learned.bin");
        ManagedSession session = open(Map.of("classifier.learning_file", nowhere.toString()));
        for (int i = 0; i < 3; i++) {
            run(session);
            clock.addAndGet(LearningKeeper.INTERVAL_NANOS);
            registry.keepLearning();
        }

        assertThat(log.list)
                .singleElement()
                .satisfies(event -> assertThat(event.getFormattedMessage())
                        .startsWith("What was learned cannot be written to learning_file " + nowhere));
    }

    @Test
    void aNameInAFileIsRelativeToTheFile() throws Exception {
        Path toml = directory.resolve("helios.toml");
        Files.writeString(toml, """
                [workload_routing.classifier]
                mode = "ml_based"
                learning_file = "learned.bin"
                """);
        ManagedSession session = registry.open("jdbc:test:learning", Map.of("config", toml.toString()), "app", null);
        sessions.add(session);
        run(session);

        restart();

        assertThat(files()).containsExactly("helios.toml", "learned.bin");
    }

    @Test
    void aDirectoryIsRefused() {
        assertThatThrownBy(() -> open(Map.of("classifier.learning_file", directory.toString())))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("'" + directory + "' is a directory; give the path of a file");
    }

    private Path file() {
        return directory.resolve("learned.bin");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private Map<String, String> settings(Map<String, String> more) {
        Map<String, String> all =
                new HashMap<>(Map.of("classifier.mode", "ml_based", "classifier.learning_file", file().toString()));
        all.putAll(more);
        return all;
    }

    private ManagedSession open(Map<String, String> more) throws SQLException {
        ManagedSession session = registry.open("jdbc:test:learning", settings(more), "app", null);
        sessions.add(session);
        return session;
    }

    private void restart() {
        sessions.forEach(ManagedSession::close);
        sessions.clear();
        registry.closeIdle();
        assertThat(registry.size()).isZero();
    }

    private void run(ManagedSession session) throws SQLException {
        StatementProfile profile = session.profile(REPORT);
        for (int i = 0; i < 40; i++) {
            session.before(session, profile, 0);
            clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(2));
            session.after(session, profile, null);
        }
    }

    private static String reason(ManagedSession session) throws SQLException {
        try (ResultSet answer = session.answer(session.profile("EXPLAIN HELIOS " + REPORT))) {
            while (answer != null && answer.next()) {
                if ("reason".equals(answer.getString("property"))) {
                    return String.valueOf(answer.getString("value"));
                }
            }
        }
        return "";
    }
}
