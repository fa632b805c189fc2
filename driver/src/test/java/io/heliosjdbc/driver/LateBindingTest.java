package io.heliosjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import java.util.TimeZone;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.jdbc.JdbcException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Logical connections on H2, whose driver does not tell whether a transaction is open. */
class LateBindingTest extends LateBindingFixture {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    /** The session's, in milliseconds. */
    private static final String QUERY_TIMEOUT =
            "SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME = 'QUERY_TIMEOUT'";

    private final String url = "jdbc:helios:h2:mem:late_" + DATABASES.incrementAndGet()
            + ";helios.connections=late;helios.max_concurrency=1;helios.pool.reserve=1"
            + ";helios.pool.connection_timeout_ms=20000;helios.idle_in_transaction_lend_ms=0";

    @Override
    String url() {
        return url;
    }

    @Test
    void theDatabaseStaysWhileNobodyIsBound() throws SQLException {
        Connection one = open();
        execute(one, "CREATE TABLE t (id INT)");
        one.close();
        assertThat(text(open(), "SELECT COUNT(*) FROM t")).isEqualTo("0");
    }

    @Test
    void aTransactionIsHeldToItsEnd() throws SQLException {
        Connection one = open();
        execute(one, "CREATE TABLE t (id INT)");
        one.setAutoCommit(false);
        assertThat(state(one)).isEqualTo("unbound");
        execute(one, "INSERT INTO t VALUES (1)");
        assertThat(state(one)).isEqualTo("bound: an open transaction");
        one.rollback();
        assertThat(state(one)).isEqualTo("unbound");
        execute(one, "INSERT INTO t VALUES (1)");
        one.setAutoCommit(true);
        assertThat(state(one)).isEqualTo("unbound");
        assertThat(text(open(), "SELECT COUNT(*) FROM t")).isEqualTo("1");
    }

    @Test
    void schemasAreTheirOwners() throws SQLException {
        Connection a = open();
        execute(a, "CREATE SCHEMA a");
        execute(a, "CREATE SCHEMA b");
        Connection b = open();
        Connection neither = open();
        a.setSchema("A");
        execute(b, "SET SCHEMA b");
        for (int i = 0; i < 3; i++) {
            assertThat(text(a, "SELECT CURRENT_SCHEMA")).isEqualTo("A");
            assertThat(text(b, "SELECT CURRENT_SCHEMA")).isEqualTo("B");
            assertThat(text(neither, "SELECT CURRENT_SCHEMA")).isEqualTo("PUBLIC");
        }
        assertThat(b.getSchema()).isEqualTo("B");
        assertThat(state(b)).isEqualTo("unbound");
    }

    @Test
    void settingsAreTheirOwners() throws SQLException {
        Connection one = open();
        Connection other = open();
        String asked =
                "SELECT LOCK_TIMEOUT() || ' ' || CAST(TIMESTAMP '2026-01-01 00:00:00' AS TIMESTAMP WITH TIME ZONE)";
        String before = text(other, asked);
        execute(one, "SET LOCK_TIMEOUT 77");
        execute(one, "SET TIME ZONE '+11:00'");
        execute(one, "SET VARIABLE_BINARY TRUE");
        for (int i = 0; i < 3; i++) {
            assertThat(prepared(one, asked)).isEqualTo("77 2026-01-01 00:00:00+11");
            assertThat(prepared(other, asked)).isEqualTo(before);
        }
        assertThat(text(one, VARIABLE_BINARY)).isEqualTo("TRUE");
        assertThat(text(other, VARIABLE_BINARY)).isEqualTo("FALSE");
        assertThat(state(one)).isEqualTo("unbound");
        assertThatThrownBy(() -> execute(one, "SET TIME ZONE 'nowhere'")).isInstanceOf(SQLException.class);
        assertThat(state(one)).isEqualTo("unbound");
        assertThat(text(one, asked)).isEqualTo("77 2026-01-01 00:00:00+11");
    }

    private static final String VARIABLE_BINARY =
            "SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME = 'VARIABLE_BINARY'";

    private static String prepared(Connection connection, String sql) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(sql);
                ResultSet rows = prepared.executeQuery()) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    @Test
    void aSchemaThatATextSetsInATransactionIsTold() throws SQLException {
        Connection one = open();
        execute(one, "CREATE SCHEMA a");
        one.setAutoCommit(false);
        execute(one, "SET SCHEMA a");
        assertThat(one.getSchema()).isEqualTo("A");
        one.commit();
        assertThat(one.getSchema()).isEqualTo("A");
    }

    @Test
    void whoseSchemaIsGoneGoesToAnother() throws SQLException {
        Connection other = open();
        execute(other, "CREATE SCHEMA a");
        execute(other, "CREATE SCHEMA b");
        Connection one = open();
        one.setSchema("A");
        execute(other, "DROP SCHEMA a");
        assertThatThrownBy(() -> text(one, "SELECT 1")).hasMessageContaining("Schema \"A\" not found");
        assertThatThrownBy(() -> one.setSchema("C")).hasMessageContaining("Schema \"C\" not found");
        assertThat(one.getSchema()).isEqualTo("A");
        one.setSchema("B");
        assertThat(text(one, "SELECT CURRENT_SCHEMA")).isEqualTo("B");
    }

    @Test
    void nobodyReadsAnothersLastKey() throws SQLException {
        Connection one = open();
        execute(one, "CREATE SEQUENCE s");
        execute(one, "SELECT NEXT VALUE FOR s");
        Connection other = open();
        execute(other, "SET @x = 1");
        String current = "SELECT CURRENT VALUE FOR s";
        assertThatThrownBy(() -> text(other, current)).hasMessageContaining("generated keys");
        assertThatThrownBy(() -> text(one, current)).hasMessageContaining("generated keys");
        other.close();
        execute(one, "SELECT NEXT VALUE FOR s");
        assertThat(state(one)).isEqualTo("bound: its last key");
        assertThat(text(one, current)).isEqualTo("2");
        assertThat(state(one)).isEqualTo("unbound");
        Connection third = open();
        third.setAutoCommit(false);
        execute(third, "SET @x = 1");
        assertThatThrownBy(() -> text(third, current)).isInstanceOf(SQLException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cancel", "close the statement", "close", "abort"})
    void aWaitForAPhysicalConnectionIsEnded(String how) throws Exception {
        Connection waits = open();
        execute(waits, "CREATE TABLE t (n INT)");
        Statement statement = waits.createStatement();
        try (Statement first = open().createStatement();
                ResultSet one = first.executeQuery("SELECT 1");
                Statement second = open().createStatement();
                ResultSet other = second.executeQuery("SELECT 1")) {
            assertThat(one.next() && other.next()).isTrue();
            SQLException[] failure = new SQLException[1];
            boolean[] interrupted = new boolean[1];
            Thread thread = new Thread(() -> {
                try {
                    boolean unused = statement.execute("INSERT INTO t VALUES (1)");
                } catch (SQLException ended) {
                    failure[0] = ended;
                }
                interrupted[0] = Thread.currentThread().isInterrupted();
            });
            thread.start();
            while (thread.getState() != Thread.State.TIMED_WAITING && thread.isAlive()) {
                Thread.onSpinWait();
            }
            switch (how) {
                case "cancel" -> statement.cancel();
                case "close the statement" -> statement.close();
                case "close" -> waits.close();
                default -> waits.abort(Runnable::run);
            }
            thread.join(60_000);
            assertThat(thread.isAlive()).isFalse();
            boolean isTheStatements = how.equals("cancel") || how.equals("close the statement");
            assertThat(failure[0].getSQLState()).isEqualTo(isTheStatements ? "57014" : "08003");
            assertThat(interrupted[0]).isFalse();
        }
        assertThat(text(open(), "SELECT COUNT(*) FROM t")).isEqualTo("0");
    }

    private static long admitted(Connection connection) throws SQLException {
        long admitted = 0;
        try (Statement statement = connection.createStatement();
                ResultSet classes = statement.executeQuery("SHOW HELIOS CLASSES")) {
            while (classes.next()) {
                admitted += classes.getLong("admitted");
            }
        }
        return admitted;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBatchThatGotNoPhysicalConnectionIsThereForAnotherTry(boolean prepares) throws SQLException {
        String insert = "INSERT INTO t VALUES (1)";
        Connection mine = open();
        execute(mine, "CREATE TABLE t (n INT)");
        try (Statement statement = prepares ? mine.prepareStatement(insert) : mine.createStatement()) {
            for (int i = 0; i < 2; i++) {
                if (statement instanceof PreparedStatement prepared) {
                    prepared.addBatch();
                } else {
                    statement.addBatch(insert);
                }
            }
            try (Connection first = open();
                    Connection second = open()) {
                // Both are pinned, so that nobody waits.
                execute(first, "SET @x = 1");
                execute(second, "SET @x = 1");
                assertThatThrownBy(statement::executeBatch)
                        .isInstanceOf(SQLTransientException.class)
                        .extracting("SQLState")
                        .isEqualTo("53H05");
            }
            long admitted = admitted(mine);
            assertThat(statement.executeBatch()).containsExactly(1, 1);
            assertThat(admitted(mine)).isEqualTo(admitted + 1);
            assertThat(statement.executeBatch()).isEmpty();
        }
        assertThat(text(mine, "SELECT COUNT(*) FROM t")).isEqualTo("2");
    }

    @Test
    void ofABatchThatTheDriverRefusesInItsMiddleNothingIsLeft() throws SQLException {
        Connection mine = open();
        execute(mine, "CREATE TABLE t (n INT)");
        mine.setAutoCommit(false);
        try (Statement statement = mine.createStatement()) {
            statement.addBatch("INSERT INTO t VALUES (1)");
            statement.addBatch("INSERT INTO t VALUES ({fn wrong");
            assertThatThrownBy(statement::executeBatch).isInstanceOf(SQLException.class);
            statement.addBatch("INSERT INTO t VALUES (2)");
            assertThat(statement.executeBatch()).containsExactly(1);
        }
        mine.commit();
        assertThat(text(mine, "SELECT COUNT(*) FROM t")).isEqualTo("1");
    }

    @Test
    void aWaitForAPhysicalConnectionCountsAgainstTheQueryTimeout() throws SQLException {
        Connection waits = open();
        try (Statement statement = waits.createStatement()) {
            statement.setQueryTimeout(1);
            try (Statement first = open().createStatement();
                    ResultSet one = first.executeQuery("SELECT 1");
                    Statement second = open().createStatement();
                    ResultSet other = second.executeQuery("SELECT 1")) {
                assertThat(one.next() && other.next()).isTrue();
                assertThatThrownBy(() -> statement.execute("SELECT 1"))
                        .isInstanceOf(SQLTimeoutException.class)
                        .hasFieldOrPropertyWithValue("SQLState", "57014")
                        .hasMessageStartingWith(
                                "The statement's own query timeout passed while it waited for a physical")
                        .extracting(thrown -> new HikariExceptionOverride().adjudicate((SQLException) thrown))
                        .isEqualTo(SQLExceptionOverride.Override.DO_NOT_EVICT);
            }
            assertThat(statement.execute("SELECT 1")).isTrue();
        }
    }

    @Test
    void whatRefusesAModeMayCommitBefore() throws SQLException {
        Connection one = open();
        execute(one, "CREATE TABLE t (id INT)");
        one.setAutoCommit(false);
        execute(one, "INSERT INTO t VALUES (1)");
        assertThatThrownBy(() -> one.setTransactionIsolation(42)).hasMessageContaining("isolation level");
        one.rollback();
        assertThat(text(open(), "SELECT COUNT(*) FROM t")).isEqualTo("1");
    }

    @Test
    void aSavepointReachesNobodyElsesTransaction() throws SQLException {
        Connection one = open();
        execute(one, "CREATE TABLE t (id INT)");
        one.setAutoCommit(false);
        Savepoint savepoint = one.setSavepoint("mine");
        one.commit();
        Connection other = open();
        other.setAutoCommit(false);
        Savepoint namesake = other.setSavepoint("mine");
        execute(other, "INSERT INTO t VALUES (1)");
        assertThatThrownBy(() -> one.rollback(savepoint)).hasMessageContaining("has ended");
        assertThatThrownBy(() -> one.releaseSavepoint(savepoint)).hasMessageContaining("has ended");
        other.releaseSavepoint(namesake);
        other.commit();
        assertThat(text(other, "SELECT COUNT(*) FROM t")).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsChangedThroughAResultSetAfterACommitIsTheNextTransactions(boolean commits) throws SQLException {
        execute(open(), "CREATE TABLE things (id INT PRIMARY KEY, name VARCHAR)");
        assertRowsChangedAfterACommitAreTheNextTransactions("things", commits);
    }

    @Test
    void anEmptyBatchHasNoCount() throws SQLException {
        Connection one = open();
        execute(one, "CREATE TABLE t (n INT)");
        try (Statement plain = one.createStatement();
                PreparedStatement prepared = one.prepareStatement("INSERT INTO t VALUES (1)")) {
            assertThat(plain.executeBatch()).isEmpty();
            assertThat(plain.getUpdateCount()).isEqualTo(-1);
            assertThat(prepared.executeUpdate()).isEqualTo(1);
            assertThat(prepared.executeBatch()).isEmpty();
            assertThat(prepared.getLargeUpdateCount()).isEqualTo(-1);
        }
    }

    @Test
    void aResultSetThatIsKeptIsStillTheStatements() throws SQLException {
        Connection one = open();
        try (Statement statement = one.createStatement()) {
            ResultSet rows = statement.executeQuery("SELECT 1");
            rows.close();
            assertThat(state(one)).isEqualTo("unbound");
            assertThat(statement.getMoreResults(Statement.KEEP_CURRENT_RESULT)).isFalse();
            assertThat(statement.getResultSet()).isSameAs(rows);
            assertThat(statement.executeUpdate("CREATE TABLE t (n INT)")).isZero();
            assertThat(statement.getMoreResults(Statement.KEEP_CURRENT_RESULT)).isFalse();
            assertThat(statement.getUpdateCount()).isZero();
            assertThat(statement.getMoreResults()).isFalse();
            assertThat(statement.getUpdateCount()).isEqualTo(-1);
        }
    }

    @Test
    void whatABatchHasDoneBeforeItFailsHasKeys() throws SQLException {
        Connection one = open();
        execute(one, "CREATE TABLE t (id INT GENERATED ALWAYS AS IDENTITY, n INT UNIQUE)");
        try (PreparedStatement insert =
                one.prepareStatement("INSERT INTO t (n) VALUES (?)", Statement.RETURN_GENERATED_KEYS)) {
            for (int n : List.of(1, 1, 2)) {
                insert.setInt(1, n);
                insert.addBatch();
            }
            assertThatThrownBy(insert::executeBatch).isInstanceOf(BatchUpdateException.class);
            List<Integer> keys = new ArrayList<>();
            try (ResultSet rows = insert.getGeneratedKeys()) {
                while (rows.next()) {
                    keys.add(rows.getInt(1));
                }
            }
            assertThat(keys).containsExactly(1, 3);
            assertThat(state(one)).isEqualTo("unbound");
        }
    }

    @Test
    void aStreamThatWasReadIsNotReadAgain() throws SQLException {
        Connection one = open();
        execute(one, "CREATE TABLE t (data BLOB)");
        try (PreparedStatement insert = one.prepareStatement("INSERT INTO t VALUES (?)")) {
            insert.setBinaryStream(1, new ByteArrayInputStream(new byte[] {7}));
            assertThat(insert.executeUpdate()).isEqualTo(1);
            assertThatThrownBy(insert::executeUpdate).hasMessageContaining("set again");
            assertThatThrownBy(insert::addBatch).hasMessageContaining("set again");
            insert.setBinaryStream(1, new ByteArrayInputStream(new byte[] {7}));
            assertThat(insert.executeUpdate()).isEqualTo(1);
        }
        assertThat(text(one, "SELECT COUNT(*) FROM t WHERE LENGTH(data) = 1")).isEqualTo("2");
    }

    @Test
    void aStreamThatIsSetAsAnObjectIsNotReadAgain() throws SQLException {
        Connection one = open();
        execute(one, "CREATE TABLE t (data BLOB, doc CLOB)");
        one.setAutoCommit(false);
        try (PreparedStatement insert = one.prepareStatement("INSERT INTO t VALUES (?, ?)")) {
            insert.setObject(1, new ByteArrayInputStream(new byte[] {7}));
            insert.setObject(2, new StringReader("doc"), Types.CLOB);
            assertThat(insert.getParameterMetaData().getParameterCount()).isEqualTo(2);
            assertThat(insert.toString()).contains("INSERT INTO t");
            assertThat(insert.executeUpdate()).isEqualTo(1);
            assertThatThrownBy(insert::executeUpdate).hasMessageContaining("set again");
            assertThatThrownBy(insert::addBatch).hasMessageContaining("set again");
            insert.setObject(1, new byte[] {7});
            insert.setObject(2, new StringReader("doc"), Types.CLOB, 0);
            insert.addBatch();
            assertThat(insert.executeBatch()).containsExactly(1);
        }
        one.commit();
        assertThat(text(one, "SELECT COUNT(*) FROM t WHERE LENGTH(data) = 1 AND doc LIKE 'doc'"))
                .isEqualTo("2");
    }

    @Test
    void aSavepointUnderAutocommitIsKept() throws SQLException {
        Connection one = open();
        one.releaseSavepoint(one.setSavepoint("mine"));
        assertThat(state(one)).isEqualTo("pinned: a savepoint under autocommit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SET @\"v\" = 7", "SELECT SET(@\"v\", 7)", "SELECT SET(@ \"v\", 7)", "SELECT @\"v\""})
    void aVariablePinsHoweverItIsWritten(String sql) throws SQLException {
        Connection one = open();
        execute(one, sql);
        assertThat(state(one)).startsWith("pinned");
    }

    @Test
    void variablesAndTransactionsOfTextsPin() throws SQLException {
        Connection one = open();
        execute(one, "SET @x = 7");
        assertThat(state(one)).isEqualTo("pinned: SET");
        assertThat(text(one, "SELECT @x")).isEqualTo("7");
        Connection other = open();
        assertThat(text(other, "SELECT @x")).isEqualTo("null");
        one.close();
        other.close();
        Connection text = open();
        execute(text, "CREATE TABLE t (id INT)");
        execute(text, "BEGIN");
        execute(text, "INSERT INTO t VALUES (1)");
        text.close();
        assertThat(text(open(), "SELECT COUNT(*) FROM t")).isEqualTo("0");
    }

    @Test
    void aPreparedStatementGoesFromOnePhysicalConnectionToAnother() throws SQLException {
        Connection one = open();
        Connection other = open();
        execute(one, "CREATE TABLE t (id INT GENERATED ALWAYS AS IDENTITY, name VARCHAR(9))");
        try (PreparedStatement insert = one.prepareStatement("INSERT INTO t (name) VALUES (?)", new String[] {"ID"})) {
            insert.setString(1, "x");
            for (int i = 1; i <= 3; i++) {
                if (i == 2) {
                    other.setAutoCommit(false);
                    assertThat(text(other, "SELECT 1")).isEqualTo("1");
                }
                assertThat(insert.executeUpdate()).isEqualTo(1);
                try (ResultSet keys = insert.getGeneratedKeys()) {
                    assertThat(keys.next()).isTrue();
                    assertThat(keys.getInt(1)).isEqualTo(i);
                }
                other.commit();
            }
        }
    }

    @Test
    void aPreparedStatementReadsItsOwnersSchema() throws SQLException {
        Connection a = open();
        for (String schema : List.of("a", "b")) {
            execute(a, "CREATE SCHEMA " + schema);
            execute(a, "CREATE TABLE " + schema + ".whose AS SELECT '" + schema + "' AS name");
        }
        Connection b = open();
        a.setSchema("A");
        b.setSchema("B");
        for (int i = 0; i < 3; i++) {
            assertThat(prepared(a)).isEqualTo("a");
            assertThat(prepared(b)).isEqualTo("b");
        }
        a.setAutoCommit(false);
        execute(a, "SET SCHEMA b");
        assertThat(prepared(a)).isEqualTo("b");
        a.rollback();
        a.setSchema("A");
        assertThat(prepared(b)).isEqualTo("b");
        assertThat(prepared(a)).isEqualTo("a");
        a.setSchema("B");
        assertThat(prepared(a)).isEqualTo("b");
        a.commit();
        a.setSchema("A");
        assertThat(prepared(a)).isEqualTo("a");
    }

    private static String prepared(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT name FROM whose");
                ResultSet rows = query.executeQuery()) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    @Test
    void theDriverRefusesInItsOwnWordsAndOnce() throws SQLException {
        Connection one = open();
        try (Statement statement = one.createStatement()) {
            statement.setMaxRows(2);
            assertThatThrownBy(() -> statement.setFetchSize(100))
                    .as("more than the most rows")
                    .isInstanceOf(JdbcException.class);
            try (ResultSet rows = statement.executeQuery("SELECT 1")) {
                assertThat(rows.next()).isTrue();
            }
            assertThatThrownBy(() -> statement.addBatch(null)).isInstanceOf(JdbcException.class);
            assertThatThrownBy(() -> statement.setMaxRows(-1)).isInstanceOf(JdbcException.class);
        }
        assertThatThrownBy(() -> one.createStatement(7, 7)).isInstanceOf(JdbcException.class);
        one.close();
        assertThatThrownBy(one::createStatement).isInstanceOf(JdbcException.class);
    }

    @Test
    void autocommitThatATextSwitchesIsTheDriversWord() throws SQLException {
        Connection one = open();
        execute(one, "CREATE TABLE t (id INT)");
        execute(one, "SET AUTOCOMMIT FALSE");
        assertThat(one.getAutoCommit()).isFalse();
        execute(one, "INSERT INTO t VALUES (1)");
        one.setAutoCommit(true);
        assertThat(text(open(), "SELECT COUNT(*) FROM t")).isEqualTo("1");
    }

    @Test
    void whatTheDriverMakesOfAModeIsToldWhileItIsBound() throws SQLException {
        Connection one = open();
        one.setAutoCommit(false);
        execute(one, "SELECT 1");
        assertThat(state(one)).isEqualTo("bound: an open transaction");
        one.setReadOnly(true);
        one.setNetworkTimeout(Runnable::run, 1_000);
        assertThat(one.isReadOnly()).isFalse();
        assertThat(one.getNetworkTimeout()).isZero();
    }

    @Test
    void whatAnExecutionHasDoneIsKnownWhateverIsAskedLater() throws SQLException {
        Connection one = open();
        execute(one, "CREATE TABLE t (id INT)");
        PreparedStatement insert = one.prepareStatement("INSERT INTO t VALUES (1), (2)");
        insert.executeUpdate();
        assertThat(state(one)).isEqualTo("unbound");
        execute(one, "SET @x = 1");
        assertThat(insert.getMetaData()).isNull();
        assertThat(insert.getUpdateCount()).isEqualTo(2);
        assertThat(insert.getMoreResults()).isFalse();
        assertThat(insert.getUpdateCount()).isEqualTo(-1);
    }

    @Test
    void whatIsFetchedAtOnceIsNotMoreThanALimitOfAnyKind() throws SQLException {
        try (Statement statement = open().createStatement()) {
            statement.setFetchSize(100);
            statement.setFetchSize(1);
            statement.setLargeMaxRows(2);
            assertThatThrownBy(() -> statement.setFetchSize(100)).isInstanceOf(JdbcException.class);
        }
    }

    @Test
    void parametersThatWereClearedAreMissing() throws SQLException {
        Connection one = open();
        one.setAutoCommit(false);
        try (PreparedStatement select = one.prepareStatement("SELECT CAST(? AS INT)")) {
            select.setInt(1, 7);
            assertThat(select.execute()).isTrue();
            select.clearParameters();
            assertThatThrownBy(select::execute).isInstanceOf(JdbcException.class);
        }
    }

    @Test
    void aQueryTimeoutIsItsStatementsOnly() throws SQLException {
        Connection one = open();
        try (Statement statement = one.createStatement()) {
            statement.setQueryTimeout(7);
            statement.execute("SELECT 1");
        }
        assertThat(text(open(), QUERY_TIMEOUT)).isEqualTo("0");
    }

    @Test
    void theQueryTimeoutsOfATransactionEndWithIt() throws SQLException {
        Connection one = open();
        execute(one, "CREATE TABLE t (n INT)");
        one.setAutoCommit(false);
        try (Statement first = one.createStatement();
                Statement second = one.createStatement()) {
            for (Statement each : List.of(first, second)) {
                each.setQueryTimeout(7);
                each.execute("INSERT INTO t VALUES (1)");
            }
            one.commit();
            assertThat(text(open(), QUERY_TIMEOUT)).isEqualTo("0");
        }
    }

    @Test
    void theQueryTimeoutOfAStatementThatClosesItselfEndsWithIt() throws SQLException {
        Statement statement = open().createStatement();
        statement.setQueryTimeout(7);
        statement.closeOnCompletion();
        try (ResultSet rows = statement.executeQuery(QUERY_TIMEOUT)) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("7000");
        }
        assertThat(statement.isClosed()).isTrue();
        assertThat(text(open(), QUERY_TIMEOUT)).isEqualTo("0");
    }

    @Test
    void inATransactionEachStatementHasItsOwnQueryTimeout() throws SQLException {
        Connection one = open();
        one.setAutoCommit(false);
        try (Statement second = one.createStatement()) {
            try (Statement first = one.createStatement()) {
                first.setQueryTimeout(5);
                second.setQueryTimeout(7);
                assertThat(text(first, QUERY_TIMEOUT)).isEqualTo("5000");
                assertThat(text(second, QUERY_TIMEOUT)).isEqualTo("7000");
                assertThat(text(first, QUERY_TIMEOUT)).isEqualTo("5000");
                assertThat(text(one, QUERY_TIMEOUT)).isEqualTo("0");
            }
            assertThat(text(second, QUERY_TIMEOUT)).isEqualTo("7000");
        }
    }

    /** The application fills the same objects for each row, as drivers allow that read them when they are set. */
    @Test
    @SuppressWarnings("JavaUtilDate")
    void aValueIsWhatItWasWhenItWasSet() throws SQLException {
        Connection one = open();
        execute(
                one,
                "CREATE TABLE t (n INT, ts TIMESTAMP, d DATE, o TIMESTAMP, b VARBINARY(9), l INT ARRAY, c TIMESTAMP, z TIMESTAMP)");
        Timestamp instant = new Timestamp(0);
        Date day = new Date(0);
        java.util.Date object = new java.util.Date(0);
        byte[] bytes = new byte[1];
        Integer[] list = new Integer[1];
        Calendar calendar = Calendar.getInstance();
        Calendar zone = Calendar.getInstance();
        try (PreparedStatement insert = one.prepareStatement("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (int row = 0; row < 2; row++) {
                long time = TimeUnit.DAYS.toMillis(1_000L + row);
                instant.setTime(time);
                day.setTime(time);
                object.setTime(time);
                bytes[0] = (byte) row;
                list[0] = row;
                calendar.setTimeInMillis(time);
                zone.setTimeZone(TimeZone.getTimeZone(row == 0 ? "UTC" : "Asia/Tokyo"));
                insert.setInt(1, row);
                insert.setTimestamp(2, instant);
                insert.setDate(3, day);
                insert.setObject(4, object);
                insert.setBytes(5, bytes);
                insert.setObject(6, list);
                insert.setObject(7, calendar);
                insert.setTimestamp(8, instant, zone);
                insert.addBatch();
            }
            instant.setTime(0);
            bytes[0] = 9;
            assertThat(insert.executeBatch()).containsExactly(1, 1);
        }
        String whole = "SELECT COUNT(DISTINCT ts), COUNT(DISTINCT d), COUNT(DISTINCT o), COUNT(DISTINCT b),"
                + " COUNT(DISTINCT l), COUNT(DISTINCT c), MAX(b), DATEDIFF(HOUR, MIN(z), MAX(z)) FROM t";
        try (Statement statement = one.createStatement();
                ResultSet rows = statement.executeQuery(whole)) {
            assertThat(rows.next()).isTrue();
            for (int column = 1; column <= 6; column++) {
                assertThat(rows.getInt(column)).as("column %d", column).isEqualTo(2);
            }
            assertThat(rows.getBytes(7)).containsExactly(1);
            assertThat(rows.getInt(8)).isEqualTo(24 + 9);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2:mem:;", "sqlite::memory:?", "duckdb:;"})
    void aDatabaseOfOneConnectionIsRefused(String location) {
        String late = location + (location.endsWith("?") ? "helios.connections=late&" : "helios.connections=late;");
        assertThatThrownBy(() -> DriverManager.getConnection("jdbc:helios:" + late + "helios.manager=private"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("one connection");
    }

    @Test
    void theSettingMustBeOneThatIsThere() {
        assertThatThrownBy(() -> DriverManager.getConnection("jdbc:helios:h2:mem:late;helios.connections=later"))
                .hasMessageContaining("connections");
    }

    /** The vendor's text of a prepared statement has its values, which tells whether he was asked. */
    @Test
    void toBeToldInALogBindsNobody() throws SQLException {
        Connection one = open();
        PreparedStatement prepared = one.prepareStatement("SELECT ?");
        prepared.setInt(1, 7);
        Statement plain = one.createStatement();
        assertThat(prepared).hasToString("SELECT ?");
        assertThat(plain.toString()).startsWith("a statement of ");
        one.setAutoCommit(false);
        assertThat(text(one, "SELECT 1")).isEqualTo("1");
        assertThat(prepared.toString()).contains("SELECT ?").contains("7");
        one.rollback();
        prepared.close();
        assertThat(prepared).hasToString("SELECT ?");
        assertThat(state(one)).isEqualTo("unbound");
    }

    @Test
    void aPinThatLastsIsLoggedOnceWithItsReason() throws Exception {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        String mine = url.substring("jdbc:helios:".length(), url.indexOf(';')) + ": ";
        AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                String line = event.getFormattedMessage();
                if (event.getLevel() == Level.WARN && line.contains(mine)) {
                    lines.add(line);
                }
            }
        };
        Logger logger = (Logger) LoggerFactory.getLogger("io.heliosjdbc.driver.late");
        appender.start();
        logger.addAppender(appender);
        try (Connection one = DriverManager.getConnection(url + ";helios.pool.warn_pinned_ms=1")) {
            execute(one, "SET @x = 1");
            assertThat(lines.poll(120, TimeUnit.SECONDS))
                    .contains("pinned for 1 ms")
                    .contains(state(one).substring("pinned: ".length()));
        } finally {
            logger.detachAppender(appender);
        }
    }
}
