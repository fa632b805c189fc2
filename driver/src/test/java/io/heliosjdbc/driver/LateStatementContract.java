package io.heliosjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the next owner of a vendor's prepared statement is told: nothing of those before, as if it were a new one. The engines are the subclasses. */
abstract class LateStatementContract extends LateBindingFixture {
    private static final AtomicInteger MANAGERS = new AtomicInteger();

    private static final String INSERT = "INSERT INTO kept (note) VALUES (?)";

    private final String manager = "kept-" + MANAGERS.incrementAndGet();

    /** The engine, straight. */
    abstract String straight();

    /** What stands before each setting of a URL. */
    abstract String separator();

    /** What a column is that makes its own numbers, from one. */
    abstract String numbered();

    /** What the vendor's statements are, and ours are not. */
    abstract Class<? extends Statement> vendors();

    @Override
    final String url() {
        return String.join(
                separator(),
                straight().replaceFirst("jdbc:", "jdbc:helios:"),
                "helios.manager=" + manager,
                "helios.connections=late",
                "helios.max_concurrency=1",
                "helios.pool.reserve=1",
                "helios.pool.connection_timeout_ms=20000",
                "helios.idle_in_transaction_lend_ms=0");
    }

    @BeforeEach
    final void createTable() throws SQLException {
        try (Connection connection = DriverManager.getConnection(straight())) {
            execute(connection, "DROP TABLE IF EXISTS kept");
            execute(connection, "CREATE TABLE kept (id " + numbered() + " PRIMARY KEY, note VARCHAR(20) UNIQUE)");
        }
    }

    private static PreparedStatement insert(Connection connection) throws SQLException {
        return connection.prepareStatement(INSERT, Statement.RETURN_GENERATED_KEYS);
    }

    /** An execution of somebody else's, with a statement that is there for the next one then. */
    private void anotherInserts(String note) throws SQLException {
        try (Connection another = open();
                PreparedStatement statement = insert(another)) {
            insert(statement, note);
            assertThat(keys(statement)).hasSize(1);
        }
    }

    private static void insert(PreparedStatement statement, String note) throws SQLException {
        statement.setString(1, note);
        assertThat(statement.executeUpdate()).isEqualTo(1);
    }

    private static List<Integer> keys(Statement statement) throws SQLException {
        List<Integer> keys = new ArrayList<>();
        try (ResultSet rows = statement.getGeneratedKeys()) {
            while (rows.next()) {
                keys.add(rows.getInt(1));
            }
        }
        return keys;
    }

    /** From now on the physical connection stays. */
    private static void inTransaction(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        assertThat(text(connection, "SELECT COUNT(*) FROM kept")).isNotEmpty();
    }

    /** What a statement answers that has executed nothing. */
    private void assertTellsNothing(PreparedStatement statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(straight());
                PreparedStatement fresh = insert(connection)) {
            assertThat(statement.getUpdateCount()).isEqualTo(fresh.getUpdateCount());
            assertThat(statement.getLargeUpdateCount()).isEqualTo(fresh.getLargeUpdateCount());
        }
        assertThat(statement.getResultSet()).isNull();
        assertThat(statement.getWarnings() == null).isTrue();
        assertThat(statement.getMoreResults()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keysAreNobodyElses(boolean read) throws SQLException {
        try (PreparedStatement statement = insert(open())) {
            insert(statement, "another's");
            if (read) {
                assertThat(keys(statement)).containsExactly(1);
            }
        }
        try (PreparedStatement statement = insert(open())) {
            assertThat(keys(statement)).isEmpty();
            insert(statement, "mine");
            assertThat(keys(statement)).containsExactly(2);
            assertThat(keys(statement)).isEmpty();
        }
    }

    /** Of the first of a pool the driver is asked whether it can be told so, which tells it; of the next ones it is not. */
    @Test
    void whatIsToldToCloseOnCompletionWhileItsRowsAreReadClosesWithThem() throws SQLException {
        Connection mine = open();
        for (int i = 0; i < 2; i++) {
            for (boolean toTheirEnd : List.of(false, true)) {
                Statement statement = mine.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM kept");
                statement.closeOnCompletion();
                assertThat(rows.next()).isTrue();
                assertThat(toTheirEnd && rows.next()).isFalse();
                rows.close();
                assertThat(statement.isClosed()).isTrue();
                assertThat(state(mine)).isEqualTo("unbound");
            }
        }
    }

    @Test
    void keysAreNobodyElsesInATransaction() throws SQLException {
        anotherInserts("another's");
        Connection mine = open();
        inTransaction(mine);
        try (PreparedStatement statement = insert(mine)) {
            assertThat(statement.getParameterMetaData().getParameterCount()).isEqualTo(1);
            assertThat(keys(statement)).isEmpty();
            insert(statement, "mine");
            assertThat(keys(statement)).containsExactly(2);
        }
    }

    @Test
    void whatHasExecutedNothingTellsNothing() throws SQLException {
        anotherInserts("another's");
        try (PreparedStatement statement = insert(open())) {
            assertTellsNothing(statement);
        }
        Connection mine = open();
        inTransaction(mine);
        try (PreparedStatement statement = insert(mine)) {
            assertThat(statement.getParameterMetaData().getParameterCount()).isEqualTo(1);
            assertTellsNothing(statement);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatFailsBeforeTheVendorExecutesItTellsNothing(boolean valueIsMissing) throws SQLException {
        anotherInserts("another's");
        Connection mine = open();
        inTransaction(mine);
        try (PreparedStatement statement = insert(mine)) {
            if (!valueIsMissing) {
                statement.setObject(1, new Object());
            }
            assertThatThrownBy(statement::executeUpdate).isInstanceOf(SQLException.class);
            assertThat(statement.getUpdateCount()).isEqualTo(-1);
            assertThat(statement.getResultSet()).isNull();
            assertThat(keys(statement)).isEmpty();
        }
        mine.rollback();
    }

    /** How many keys are told of a batch of which the second entry fails. */
    private static int keysOfHalfABatch(Connection connection) throws SQLException {
        try (PreparedStatement statement = insert(connection)) {
            for (String note : List.of("mine", "mine")) {
                statement.setString(1, note);
                statement.addBatch();
            }
            assertThatThrownBy(statement::executeBatch).isInstanceOf(SQLException.class);
            List<Integer> keys = keys(statement);
            assertThat(keys).doesNotContain(1);
            return keys.size();
        } finally {
            connection.rollback();
        }
    }

    @Test
    void aBatchThatFailsHasItsOwnKeys() throws SQLException {
        anotherInserts("another's");
        int told;
        try (Connection connection = DriverManager.getConnection(straight())) {
            connection.setAutoCommit(false);
            told = keysOfHalfABatch(connection);
        }
        Connection mine = open();
        inTransaction(mine);
        assertThat(keysOfHalfABatch(mine)).isEqualTo(told);
    }

    @Test
    void anEmptyBatchHasNoKeysOfAnothers() throws SQLException {
        anotherInserts("another's");
        Connection mine = open();
        inTransaction(mine);
        try (PreparedStatement statement = insert(mine)) {
            assertThat(statement.executeBatch()).isEmpty();
            assertThat(keys(statement)).isEmpty();
            assertThat(statement.getUpdateCount()).isEqualTo(-1);
        }
    }

    /** Whether keys can be read whose statement is closed: of MariaDB they are in memory. */
    private static boolean readsKeysOfAClosedStatement(Connection connection, String note) throws SQLException {
        ResultSet keys;
        try (PreparedStatement statement = insert(connection)) {
            insert(statement, note);
            keys = statement.getGeneratedKeys();
        }
        try {
            return keys.next();
        } catch (SQLException closed) {
            return false;
        }
    }

    @Test
    void keysAreClosedWithTheirStatement() throws SQLException {
        boolean reads;
        try (Connection connection = DriverManager.getConnection(straight())) {
            reads = readsKeysOfAClosedStatement(connection, "straight");
        }
        assertThat(readsKeysOfAClosedStatement(open(), "mine")).isEqualTo(reads);
    }

    @Test
    void keysThatAreNotClosedHoldNothingAfterTheNextExecution() throws SQLException {
        Connection mine = open();
        try (PreparedStatement statement = insert(mine)) {
            for (String note : List.of("one", "two")) {
                insert(statement, note);
                ResultSet keys = statement.getGeneratedKeys();
                assertThat(keys.next()).isTrue();
                assertThat(state(mine)).isEqualTo("bound: an open result set");
            }
            insert(statement, "three");
            assertThat(keys(statement)).containsExactly(3);
            assertThat(state(mine)).isEqualTo("unbound");
        }
    }

    @Test
    void keysThatAreNotClosedHoldNothingAfterAllResultsAreClosed() throws SQLException {
        Connection mine = open();
        try (PreparedStatement statement = insert(mine)) {
            insert(statement, "mine");
            ResultSet keys = statement.getGeneratedKeys();
            assertThat(keys.next()).isTrue();
            assertThat(statement.getMoreResults(Statement.CLOSE_ALL_RESULTS)).isFalse();
            assertThat(state(mine)).isEqualTo("unbound");
        }
    }

    @Test
    void whatWasReadBeforeIsNotUpdatedInAnothersSession() throws SQLException {
        Connection mine = open();
        execute(mine, "INSERT INTO kept (note) VALUES ('one')");
        String query = "SELECT id, note FROM kept";
        ResultSet former;
        try (PreparedStatement statement =
                mine.prepareStatement(query, ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE)) {
            former = statement.executeQuery();
            assertThat(former.next()).isTrue();
            statement.executeQuery().close();
        }
        Connection another = open();
        inTransaction(another);
        assertThatThrownBy(() -> {
                    former.updateString(2, "two");
                    former.updateRow();
                })
                .isInstanceOf(SQLException.class);
        assertThat(text(another, "SELECT note FROM kept")).isEqualTo("one");
    }

    @Test
    void whatIsUnwrappedTellsNothing() throws SQLException {
        anotherInserts("another's");
        try (PreparedStatement statement = insert(open())) {
            Statement vendors = statement.unwrap(vendors());
            try (Connection connection = DriverManager.getConnection(straight());
                    PreparedStatement fresh = insert(connection)) {
                assertThat(vendors.getUpdateCount()).isEqualTo(fresh.getUpdateCount());
            }
        }
    }

    @Test
    void holdabilityIsOnesOwn() throws SQLException {
        int usual;
        try (Connection connection = DriverManager.getConnection(straight());
                PreparedStatement statement = insert(connection)) {
            usual = statement.getResultSetHoldability();
        }
        try (Connection another = open()) {
            another.setHoldability(
                    usual == ResultSet.HOLD_CURSORS_OVER_COMMIT
                            ? ResultSet.CLOSE_CURSORS_AT_COMMIT
                            : ResultSet.HOLD_CURSORS_OVER_COMMIT);
            try (PreparedStatement statement = insert(another)) {
                insert(statement, "another's");
                assertThat(keys(statement)).hasSize(1);
            }
        }
        try (PreparedStatement statement = insert(open())) {
            assertThat(statement.getResultSetHoldability()).isEqualTo(usual);
        }
    }
}
