package io.heliosjdbc.driver.engines;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.driver.wrapper.JdbcWrapper;
import java.io.IOException;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Wrapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The JDBC surface of an engine, asked for the same things straight and through Helios: the answers are the same, values and errors
 * alike. What an engine cannot do straight, it cannot do through Helios, in the same words. The engines are the subclasses.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EngineContract {
    /** Hash codes in texts, as of {@code Object.toString}. */
    private static final Pattern HASH = Pattern.compile("@[0-9a-f]{4,}\\b");

    private final AtomicInteger questions = new AtomicInteger();
    private final AtomicInteger errors = new AtomicInteger();
    private final List<Differences.Difference> lateDifferences = new ArrayList<>();

    /** A series of questions to one connection. */
    @FunctionalInterface
    interface Questions {
        void put(Connection connection, Transcript transcript) throws Exception;
    }

    /** The URL behind {@code jdbc:}. */
    abstract String location();

    /** What the engine calls its types, and how it is kept busy. */
    abstract Dialect dialect();

    /** What the documentation of late binding calls the engine, where connections are bound late; empty where they are one to one. */
    String boundLate() {
        return "";
    }

    private boolean late() {
        return !boundLate().isEmpty();
    }

    /**
     * Takes out of an answer what differs from one run to the next on this engine.
     *
     * @param label what was asked
     */
    String lasting(String label, String answer) {
        return answer;
    }

    final Connection straight() throws SQLException {
        return DriverManager.getConnection("jdbc:" + location());
    }

    final Connection wrapped() throws SQLException {
        Properties options = new Properties();
        // Said in either case: the manager of the last test lingers, and is shared by who does not contradict it.
        options.setProperty("helios.connections", late() ? "late" : "direct");
        return DriverManager.getConnection("jdbc:helios:" + location(), options);
    }

    /** Puts the questions to the engine, then to Helios in front of it, on tables that are new each time. */
    final void same(Questions... series) throws Exception {
        List<Differences.Difference> differences = new ArrayList<>();
        for (Questions asked : series) {
            Transcript straight = transcript(asked, false);
            Transcript wrapped = transcript(asked, true);
            assertThat(straight.lines()).isNotEmpty();
            questions.addAndGet(straight.lines().size());
            errors.addAndGet(straight.errors());
            differences.addAll(Differences.between(straight.lines(), wrapped.lines()));
        }
        if (late()) {
            lateDifferences.addAll(differences);
        } else {
            assertThat(differences).isEmpty();
        }
    }

    private Transcript transcript(Questions asked, boolean throughHelios) throws Exception {
        try (Connection owner = straight()) {
            Tables.create(owner, dialect());
        }
        Transcript transcript = new Transcript(
                new Description(throughHelios, late()),
                (label, answer) -> HASH.matcher(lasting(label, answer)).replaceAll("@"));
        Connection connection = throughHelios ? wrapped() : straight();
        try {
            asked.put(connection, transcript);
        } catch (SQLException e) {
            // An engine that closes a statement after a failure answers nothing more: neither straight nor through
            // Helios.
            transcript.tell("no more answers", () -> {
                throw e;
            });
        } finally {
            transcript.tell("leaving", () -> Tables.leave(connection));
        }
        return transcript;
    }

    /** How many answers there are at least: an engine that stops answering in the middle of a series would be compared on less. */
    int answersAtLeast() {
        return 5_000;
    }

    @AfterAll
    void sumUp() throws IOException {
        assertThat(questions.get()).isGreaterThanOrEqualTo(answersAtLeast());
        assertThat(LateDifference.counted(lateDifferences))
                .as("what differs: %s", lateDifferences)
                .isEqualTo(LateDifference.documented(boundLate()));
        System.out.printf(
                "%s: %d answers compared, %d of them errors%n",
                getClass().getSimpleName(), questions.get(), errors.get());
    }

    @Test
    void statements() throws Exception {
        same(
                StatementQuestions::plain,
                StatementQuestions::prepared,
                StatementQuestions::everyMethodOfAStatement,
                StatementQuestions::everyMethodOfAPreparedStatement,
                StatementQuestions::everyWayToSetAParameter);
    }

    @Test
    void batches() throws Exception {
        same(StatementQuestions::batches);
    }

    @Test
    void generatedKeys() throws Exception {
        same(StatementQuestions::generatedKeys);
    }

    @Test
    void calls() throws Exception {
        same((connection, transcript) -> CallQuestions.calls(connection, transcript, dialect()));
    }

    @Test
    void largeObjects() throws Exception {
        same(LargeObjectQuestions::created, LargeObjectQuestions::stored);
    }

    @Test
    void cursors() throws Exception {
        same(
                ResultQuestions::everyGetter,
                ResultQuestions::everyMethod,
                ResultQuestions::scrolling,
                ResultQuestions::updating,
                ResultQuestions::severalAtOnce);
    }

    @Test
    void transactions() throws Exception {
        same(
                TransactionQuestions::commitAndRollback,
                TransactionQuestions::failures,
                TransactionQuestions::modes,
                TransactionQuestions::closing);
    }

    @Test
    void savepoints() throws Exception {
        same(TransactionQuestions::savepoints);
    }

    @Test
    void connections() throws Exception {
        same(ConnectionQuestions::everyMethod, ConnectionQuestions::clientInfo, ConnectionQuestions::aborting);
    }

    @Test
    void cancels() throws Exception {
        try (Connection watcher = straight()) {
            same((connection, transcript) -> EndingQuestions.cancel(connection, watcher, transcript, dialect()));
        }
    }

    @Test
    void timeouts() throws Exception {
        same((connection, transcript) -> EndingQuestions.timeout(connection, transcript, dialect()));
    }

    @Test
    void metadata() throws Exception {
        same(MetadataQuestions::everyMethod, MetadataQuestions::ofResults, MetadataQuestions::ofParameters);
    }

    @Test
    void errors() throws Exception {
        same(
                ErrorQuestions::texts,
                ErrorQuestions::closedConnection,
                ErrorQuestions::closedStatements,
                ErrorQuestions::closedResult);
    }

    @Test
    void objectsKnowTheirWrappersAndNothingRawLeaks() throws Exception {
        try (Connection owner = straight()) {
            Tables.create(owner, dialect());
        }
        try (Connection connection = wrapped();
                Statement statement = connection.createStatement();
                PreparedStatement prepared = connection.prepareStatement("SELECT n FROM numbers ORDER BY n")) {
            assertThat(statement).isNotInstanceOf(PreparedStatement.class);
            assertThat(prepared).isNotInstanceOf(CallableStatement.class);
            assertThat(statement.getConnection()).isSameAs(connection);
            assertThat(prepared.getConnection()).isSameAs(connection);
            ResultSet rows = statement.executeQuery("SELECT n FROM numbers ORDER BY n");
            assertThat(rows.getStatement()).isSameAs(statement);
            assertThat(prepared.executeQuery().getStatement()).isSameAs(prepared);
            assertThat(prepared.execute()).isTrue();
            ResultSet result = prepared.getResultSet();
            assertThat(result.getStatement()).isSameAs(prepared);
            DatabaseMetaData metaData = connection.getMetaData();
            assertThat(metaData.getConnection()).isSameAs(connection);
            ResultSet keys = keysOf(statement);
            assertThat(keys)
                    .satisfiesAnyOf(
                            none -> assertThat(none).isNull(),
                            some -> assertThat(some).isInstanceOf(JdbcWrapper.class));
            ResultSet made = keysOfAnInsert(statement);
            Statement maker = made == null ? null : ownerOf(made);
            assertThat(maker == null || maker == statement).isTrue();
            ResultSet tables = metaData.getTables(null, null, "%", null);
            assertThat(tables).isInstanceOf(JdbcWrapper.class);
            Statement owner = ownerOf(tables);
            assertThat(owner == null || owner.getConnection() == connection).isTrue();
            assertThat(metaData.getURL()).doesNotContain("helios");
        }
    }

    private static @Nullable ResultSet keysOfAnInsert(Statement statement) {
        try {
            statement.executeUpdate(
                    "INSERT INTO things (name, amount) VALUES ('keys', 1)", Statement.RETURN_GENERATED_KEYS);
            return statement.getGeneratedKeys();
        } catch (SQLException cannot) {
            return null;
        }
    }

    /** Some drivers have none, and say so in an error. */
    private static @Nullable ResultSet keysOf(Statement statement) {
        try {
            return statement.getGeneratedKeys();
        } catch (SQLException none) {
            return null;
        }
    }

    /** Some drivers know no statement of metadata and say so in an error. */
    private static @Nullable Statement ownerOf(ResultSet rows) {
        try {
            return rows.getStatement();
        } catch (SQLException none) {
            return null;
        }
    }

    @Test
    void metadataAreTheSameObjectWhereTheEngineSaysSo() throws Exception {
        try (Connection connection = wrapped();
                Connection raw = straight()) {
            DatabaseMetaData first = connection.getMetaData();
            DatabaseMetaData rawFirst = raw.getMetaData();
            boolean same = first == connection.getMetaData();
            boolean rawSame = rawFirst == raw.getMetaData();
            assertThat(late() || same == rawSame).isTrue();
        }
    }

    @Test
    void unwrappingReachesWhatTheEngineReachesAndTheQuestionAgrees() throws Exception {
        try (Connection owner = straight()) {
            Tables.create(owner, dialect());
        }
        try (Connection connection = wrapped();
                Statement statement = connection.createStatement();
                PreparedStatement prepared = connection.prepareStatement("SELECT n FROM numbers");
                ResultSet rows = prepared.executeQuery();
                Connection raw = straight();
                Statement rawStatement = raw.createStatement();
                PreparedStatement rawPrepared = raw.prepareStatement("SELECT n FROM numbers");
                ResultSet rawRows = rawPrepared.executeQuery()) {
            assertUnwraps(connection, raw);
            assertUnwraps(statement, rawStatement);
            assertUnwraps(prepared, rawPrepared);
            assertUnwraps(rows, rawRows);
            assertUnwraps(connection.getMetaData(), raw.getMetaData());
        }
    }

    private void assertUnwraps(Wrapper wrapper, Wrapper raw) throws SQLException {
        assertThat(wrapper.unwrap(raw.getClass()).getClass()).isEqualTo(raw.getClass());
        List<Class<?>> types = new ArrayList<>(List.of(List.class, String.class, Connection.class, Statement.class));
        for (Class<?> type = raw.getClass(); type != null; type = type.getSuperclass()) {
            types.add(type);
            types.addAll(List.of(type.getInterfaces()));
        }
        for (Class<?> type : types) {
            boolean reached = reaches(wrapper, type);
            assertThat(wrapper.isWrapperFor(type))
                    .as("%s asked for %s", raw.getClass(), type)
                    .isEqualTo(reached);
            assertThat(reached)
                    .as("%s unwrapped to %s", raw.getClass(), type)
                    .isEqualTo(type.isInstance(raw) || reaches(raw, type));
            questions.incrementAndGet();
        }
    }

    private static boolean reaches(Wrapper wrapper, Class<?> type) {
        try {
            return wrapper.unwrap(type) != null;
        } catch (SQLException | RuntimeException no) {
            return false;
        }
    }
}
