package io.heliosjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliosjdbc.driver.wrapper.ConnectionWrapper;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.sql.Statement;
import java.sql.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Helios answers itself never reaches the vendor, by whatever method it comes. */
class AdminTextTest {
    private static final String TEXT = "SHOW HELIOS CLASSES";

    private final RecordingVendor vendor = new RecordingVendor();
    private final RecordingSession session = new RecordingSession();
    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        connection = ConnectionWrapper.wrap(vendor.proxy(Connection.class), session);
        session.events.clear();
    }

    private static void assertAnswer(ResultSet rows, Statement statement) throws SQLException {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isEqualTo("CLASSES");
        assertThat(rows.getStatement()).isSameAs(statement);
    }

    @Test
    void aPlainStatementAnswers() throws SQLException {
        Statement statement = connection.createStatement();
        vendor.calls.clear();
        assertAnswer(statement.executeQuery(TEXT), statement);
        assertThat(statement.execute(TEXT, Statement.NO_GENERATED_KEYS)).isTrue();
        assertAnswer(statement.getResultSet(), statement);
        assertThat(statement.getUpdateCount()).isEqualTo(-1);
        assertThat(vendor.calls).noneMatch(call -> call.startsWith("execute"));
        assertThat(session.events).isEmpty();
    }

    @Test
    void whatFollowsAnAnswerIsNoResultOfAnEarlierExecution() throws SQLException {
        Statement statement = connection.createStatement();
        statement.execute(TEXT);
        ResultSet answer = statement.getResultSet();
        vendor.calls.clear();
        assertThat(statement.getMoreResults()).isFalse();
        assertThat(answer.isClosed()).isTrue();
        assertThat(statement.getUpdateCount()).isEqualTo(-1);
        assertThat(statement.getLargeUpdateCount()).isEqualTo(-1);
        assertThat(statement.getResultSet()).isNull();
        assertThat(vendor.calls).isEmpty();
        statement.execute("SELECT 1");
        assertThat(statement.getUpdateCount()).isZero();
    }

    @Test
    void theNextExecutionAndCloseEndAnAnswer() throws SQLException {
        Statement statement = connection.createStatement();
        ResultSet first = statement.executeQuery(TEXT);
        statement.executeQuery("SELECT 1");
        assertThat(first.isClosed()).isTrue();
        ResultSet second = statement.executeQuery(TEXT);
        statement.close();
        assertThat(second.isClosed()).isTrue();
    }

    @Test
    void anAnswerThatIsClosedClosesItsStatementWhereThatIsAskedFor() throws SQLException {
        Statement statement = connection.createStatement();
        statement.executeQuery(TEXT).close();
        vendor.calls.clear();
        statement.closeOnCompletion();
        ResultSet first = statement.executeQuery(TEXT);
        ResultSet second = statement.executeQuery(TEXT);
        assertThat(first.isClosed()).isTrue();
        assertThat(vendor.calls).contains("closeOnCompletion").doesNotContain("close");
        second.close();
        assertThat(vendor.calls).containsOnlyOnce("close");
    }

    @Test
    void methodsThatGiveNoRowsRefuseBeforeTheVendorSeesAnything() throws SQLException {
        Statement statement = connection.createStatement();
        vendor.calls.clear();
        assertRefused(() -> statement.executeUpdate(TEXT));
        assertRefused(() -> statement.executeUpdate(TEXT, new String[0]));
        assertRefused(() -> statement.executeLargeUpdate(TEXT));
        assertRefused(() -> statement.addBatch(TEXT));
        assertThat(vendor.calls).isEmpty();
        assertThat(session.events).isEmpty();
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(SQLNonTransientException.class)
                .hasMessageContaining("executeQuery")
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("42000");
    }

    @Test
    void aPreparedStatementAnswersAndTheVendorPreparesNothing() throws SQLException {
        vendor.calls.clear();
        PreparedStatement prepared = connection.prepareStatement(TEXT);
        assertThat(prepared).isNotInstanceOf(CallableStatement.class);
        assertAnswer(prepared.executeQuery(), prepared);
        assertThat(prepared.execute()).isTrue();
        assertAnswer(prepared.getResultSet(), prepared);
        assertThat(prepared.getMetaData().getColumnLabel(1)).isEqualTo("shown");
        assertThat(prepared.getParameterMetaData().getParameterCount()).isZero();
        prepared.clearParameters();
        assertRefused(prepared::executeUpdate);
        assertRefused(prepared::executeLargeUpdate);
        assertRefused(prepared::addBatch);
        assertThatThrownBy(() -> prepared.setInt(1, 1)).hasMessageContaining("no parameters");
        assertThat(prepared.getConnection()).isSameAs(connection);
        prepared.close();
        assertThat(vendor.calls).noneMatch(call -> call.startsWith("prepare") || call.startsWith("execute"));
    }

    @Test
    void askingForTheColumnsLeavesTheResultAsItIs() throws SQLException {
        PreparedStatement prepared = connection.prepareStatement(TEXT);
        prepared.closeOnCompletion();
        assertThat(prepared.execute()).isTrue();
        assertThat(prepared.getMetaData().getColumnCount()).isPositive();
        assertAnswer(prepared.getResultSet(), prepared);
    }

    @Test
    void theStatementToBeExplainedMayHaveParameters() throws SQLException {
        PreparedStatement prepared =
                connection.prepareStatement("EXPLAIN HELIOS SELECT a FROM t WHERE b = ? AND c = ?");
        vendor.calls.clear();
        prepared.setInt(1, 7);
        prepared.setString(2, "x");
        prepared.setNull(2, Types.VARCHAR);
        assertThat(prepared.executeQuery().next()).isTrue();
        prepared.clearParameters();
        assertThat(prepared.executeQuery().next()).isTrue();
        CallableStatement call = connection.prepareCall("EXPLAIN HELIOS SELECT a FROM t WHERE b = ?");
        call.setLong(1, 7);
        call.setString("b", "x");
        assertThatThrownBy(() -> call.getString(1)).hasMessageContaining("no parameters");
        assertThat(vendor.calls).noneMatch(each -> each.contains("7"));
    }

    @Test
    void everyWayToPrepareIsTaken() throws SQLException {
        vendor.calls.clear();
        for (PreparedStatement prepared : new PreparedStatement[] {
            connection.prepareStatement(TEXT, Statement.RETURN_GENERATED_KEYS),
            connection.prepareStatement(TEXT, new int[] {1}),
            connection.prepareStatement(TEXT, new String[] {"id"}),
            connection.prepareStatement(TEXT, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY),
            connection.prepareStatement(TEXT, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY, 1),
            connection.prepareCall(TEXT),
            connection.prepareCall(TEXT, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY),
            connection.prepareCall(TEXT, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY, 1)
        }) {
            assertAnswer(prepared.executeQuery(), prepared);
        }
        assertThat(vendor.calls).noneMatch(call -> call.startsWith("prepare") || call.startsWith("execute"));
    }
}
