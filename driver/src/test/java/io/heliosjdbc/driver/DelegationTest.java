package io.heliosjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliosjdbc.driver.wrapper.ConnectionWrapper;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every method of {@code java.sql} reaches the vendor, and every execution the session: by reflection, so that none is forgotten. */
class DelegationTest {
    /** What the wrapper answers itself, by the vendor's state or not. */
    private static final Set<String> OWN = Set.of("unwrap Class", "isWrapperFor Class");

    private final RecordingVendor vendor = new RecordingVendor();
    private final RecordingSession session = new RecordingSession();
    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        connection = ConnectionWrapper.wrap(vendor.proxy(Connection.class), session);
        session.events.clear();
    }

    private Object wrapper(Class<?> type) throws SQLException {
        if (type == Connection.class) {
            return connection;
        }
        if (type == Statement.class) {
            return connection.createStatement();
        }
        if (type == PreparedStatement.class) {
            return connection.prepareStatement("SELECT 1");
        }
        if (type == CallableStatement.class) {
            return connection.prepareCall("SELECT 1");
        }
        return type == DatabaseMetaData.class
                ? connection.getMetaData()
                : connection.createStatement().executeQuery("SELECT 1");
    }

    static Stream<Class<?>> types() {
        return Stream.of(
                Connection.class,
                Statement.class,
                PreparedStatement.class,
                CallableStatement.class,
                ResultSet.class,
                DatabaseMetaData.class);
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyMethodIsPassedOnOnce(Class<?> type) throws Throwable {
        List<String> missed = new ArrayList<>();
        for (Method method : type.getMethods()) {
            String key = RecordingVendor.key(method);
            if (Modifier.isStatic(method.getModifiers())
                    || OWN.contains(key)
                    || key.startsWith("executeBatch")
                    || key.startsWith("executeLargeBatch")) {
                continue;
            }
            Object wrapper = wrapper(type);
            vendor.calls.clear();
            RecordingVendor.call(wrapper, method);
            if (vendor.calls.stream().filter(key::equals).count() != 1) {
                missed.add(key + " gave " + vendor.calls);
            }
        }
        assertThat(missed).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("types")
    void nothingRawLeaks(Class<?> type) throws Throwable {
        List<String> raw = new ArrayList<>();
        for (Method method : type.getMethods()) {
            if (Modifier.isStatic(method.getModifiers()) || OWN.contains(RecordingVendor.key(method))) {
                continue;
            }
            Object result = RecordingVendor.call(wrapper(type), method);
            if (result != null && java.lang.reflect.Proxy.isProxyClass(result.getClass())) {
                raw.add(RecordingVendor.key(method));
            }
        }
        assertThat(raw).isEmpty();
    }

    /** Logs and traces tell a statement by it. */
    @ParameterizedTest
    @MethodSource("types")
    void theTextIsTheVendors(Class<?> type) throws SQLException {
        assertThat(wrapper(type)).hasToString("recorded");
    }

    private static List<Method> executions(Class<?> type) {
        return Stream.of(type.getMethods())
                .filter(method -> method.getName().startsWith("execute"))
                .toList();
    }

    static Stream<Class<?>> statementTypes() {
        return Stream.of(Statement.class, PreparedStatement.class, CallableStatement.class);
    }

    @ParameterizedTest
    @MethodSource("statementTypes")
    void everyExecutionAsksOnceAndReportsOnce(Class<?> type) throws Throwable {
        for (Method method : executions(type)) {
            Statement statement = (Statement) wrapper(type);
            statement.addBatch("SELECT 1");
            session.events.clear();
            session.statements.clear();
            RecordingVendor.call(statement, method);
            assertThat(session.events).as(method.toString()).containsExactly("before SELECT 1", "after SELECT 1");
            assertThat(session.statements).allSatisfy(told -> assertThat(told).isSameAs(statement));
        }
    }

    @ParameterizedTest
    @MethodSource("statementTypes")
    void everyFailedExecutionReportsTheVendorsOwnException(Class<?> type) throws Throwable {
        for (Method method : executions(type)) {
            Statement statement = (Statement) wrapper(type);
            statement.addBatch("SELECT 1");
            session.events.clear();
            session.failures.clear();
            SQLException thrown = new SQLException("vendor's", "23505");
            vendor.failure = thrown;
            try {
                Object given = RecordingVendor.call(statement, method);
                throw new AssertionError(method + " gave " + given);
            } catch (SQLException received) {
                assertThat((Throwable) received).isSameAs(thrown);
            } finally {
                vendor.failure = null;
            }
            assertThat(session.events).as(method.toString()).containsExactly("before SELECT 1", "failed SELECT 1");
            assertThat(session.failures).containsExactly(thrown);
        }
    }

    @ParameterizedTest
    @MethodSource("statementTypes")
    void nothingOfARefusedExecutionReachesTheVendor(Class<?> type) throws Throwable {
        for (Method method : executions(type)) {
            Statement statement = (Statement) wrapper(type);
            statement.addBatch("SELECT 1");
            session.events.clear();
            vendor.calls.clear();
            SQLException refusal = new SQLException("refused", "53H01");
            session.refusal = refusal;
            try {
                Object given = RecordingVendor.call(statement, method);
                throw new AssertionError(method + " gave " + given);
            } catch (SQLException received) {
                assertThat((Throwable) received).isSameAs(refusal);
            } finally {
                session.refusal = null;
            }
            assertThat(session.events).as(method.toString()).isEmpty();
            assertThat(vendor.calls).as(method.toString()).isEmpty();
        }
    }

    @Test
    void nothingButExecutionsAsksTheSession() throws Throwable {
        for (Class<?> type : types().toList()) {
            for (Method method : type.getMethods()) {
                if (method.getName().startsWith("execute") || OWN.contains(RecordingVendor.key(method))) {
                    continue;
                }
                if (!Modifier.isStatic(method.getModifiers())) {
                    Object wrapper = wrapper(type);
                    session.events.clear();
                    RecordingVendor.call(wrapper, method);
                    assertThat(session.events)
                            .as(method.toString())
                            .noneMatch(event -> event.startsWith("before") || event.startsWith("after"));
                }
            }
        }
    }

    @Test
    void aPreparedStatementAsksForItsProfileOnce() throws SQLException {
        PreparedStatement prepared = connection.prepareStatement("SELECT 1");
        session.profiles = 0;
        prepared.executeQuery();
        prepared.executeUpdate();
        prepared.execute();
        assertThat(session.profiles).isZero();
    }

    @Test
    void aBatchGoesByItsFirstTextOfWorkAndARefusedOneCanBeExecutedAgain() throws SQLException {
        Statement statement = connection.createStatement();
        statement.addBatch("INSERT 1");
        statement.addBatch("INSERT 2");
        session.refusal = new SQLException("refused", "53H01");
        try {
            statement.executeBatch();
        } catch (SQLException refused) {
            session.refusal = null;
        }
        statement.executeBatch();
        assertThat(session.events).containsExactly("before many of INSERT 1", "after INSERT 1");
        session.events.clear();
        statement.addBatch("INSERT 3");
        statement.clearBatch();
        statement.addBatch("INSERT 4");
        statement.executeLargeBatch();
        assertThat(session.events).containsExactly("before INSERT 4", "after INSERT 4");
        session.events.clear();
        for (String text : List.of("BEGIN", "SET x = 1", "INSERT 5", "INSERT 6", "COMMIT")) {
            statement.addBatch(text);
        }
        statement.executeBatch();
        assertThat(session.events).containsExactly("before many of INSERT 5", "after INSERT 5");
    }

    @Test
    void aBatchOfOneRowIsTheStatementItself() throws SQLException {
        PreparedStatement prepared = connection.prepareStatement("INSERT ?");
        prepared.addBatch();
        prepared.executeBatch();
        assertThat(session.events).containsExactly("before INSERT ?", "after INSERT ?");
        session.events.clear();
        prepared.addBatch();
        prepared.addBatch();
        prepared.executeLargeBatch();
        assertThat(session.events).containsExactly("before many of INSERT ?", "after INSERT ?");
        session.events.clear();
        prepared.addBatch();
        prepared.addBatch();
        prepared.clearBatch();
        prepared.addBatch();
        prepared.executeBatch();
        assertThat(session.events).containsExactly("before INSERT ?", "after INSERT ?");
    }

    @Test
    void whatWasWaitedIsTakenOffTheTimeoutForThatExecution() throws SQLException {
        Statement statement = connection.createStatement();
        statement.setQueryTimeout(10);
        session.waitedNanos = 2_500_000_000L;
        vendor.calls.clear();
        statement.executeQuery("SELECT 1");
        assertThat(session.events).containsExactly("before SELECT 1 in 10 s", "after SELECT 1");
        assertThat(vendor.calls).containsExactly("setQueryTimeout int", "executeQuery String", "setQueryTimeout int");
        session.waitedNanos = 0;
        vendor.calls.clear();
        statement.executeQuery("SELECT 1");
        assertThat(vendor.calls).containsExactly("executeQuery String");
    }

    /** Of any kind: the slot would be lost. */
    @Test
    void theSessionHearsOfTheEndThoughTheTimeoutCannotBeRestored() throws SQLException {
        Statement statement = connection.createStatement();
        statement.setQueryTimeout(10);
        session.waitedNanos = 2_500_000_000L;
        vendor.fault = method -> restores(method) ? new IllegalStateException("vendor's") : null;
        assertThat(statement.executeQuery("SELECT 1")).isNotNull();
        assertThat(session.events).containsExactly("before SELECT 1 in 10 s", "after SELECT 1");
        session.events.clear();
        vendor.calls.clear();
        vendor.fault = method -> restores(method) ? new LinkageError("vendor's") : null;
        session.waitedNanos = 3_500_000_000L;
        assertThatThrownBy(() -> statement.executeQuery("SELECT 1")).isInstanceOf(LinkageError.class);
        assertThat(session.events).containsExactly("before SELECT 1 in 10 s", "after SELECT 1");
    }

    private boolean restores(Method method) {
        return method.getName().equals("setQueryTimeout") && vendor.calls.contains("executeQuery String");
    }

    /** MySQL's driver for one does not hear it. */
    @Test
    void theSessionHearsOfAnAutocommitThatATextSwitchesOff() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET autocommit = 0");
            statement.execute("SET autocommit = 1");
        }
        assertThat(session.events)
                .containsSubsequence("autocommit false", "after SET autocommit = 0")
                .containsSubsequence("after SET autocommit = 0", "autocommit true", "after SET autocommit = 1");
    }

    @Test
    void anAutocommitThatTheDatabaseRefusesIsNoneAndOneThatCannotBeAskedForFailsNothing() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            vendor.failure = new SQLException("vendor's");
            assertThatThrownBy(() -> statement.execute("SET autocommit = 0")).isSameAs(vendor.failure);
            vendor.failure = null;
            vendor.fault = method -> method.getName().equals("getAutoCommit") ? new SQLException("vendor's") : null;
            statement.execute("SET autocommit = 1");
        }
        assertThat(session.events)
                .containsExactly(
                        "before SET autocommit = 0",
                        "failed SET autocommit = 0",
                        "before SET autocommit = 1",
                        "after SET autocommit = 1");
    }

    @Test
    void cancelReachesTheVendorOnlyWhereNothingWaits() throws SQLException {
        Statement statement = connection.createStatement();
        vendor.calls.clear();
        session.waiting = true;
        statement.cancel();
        assertThat(vendor.calls).isEmpty();
        session.waiting = false;
        statement.cancel();
        assertThat(vendor.calls).containsExactly("cancel");
    }

    /** What moves in the rows of a cursor may have the server work for it, and closing may have it send the rest. */
    @ParameterizedTest
    @ValueSource(strings = {"next", "previous", "last", "absolute int", "relative int", "afterLast", "isLast", "close"})
    void theSessionHearsThatACursorIsRead(String key) throws Throwable {
        for (int fetchSize : new int[] {0, 1}) {
            ResultSet rows = connection.createStatement().executeQuery("SELECT 1");
            vendor.fetchSize = fetchSize;
            List<String> heardBefore = new ArrayList<>();
            vendor.fault = method -> {
                if (RecordingVendor.key(method).equals(key)) {
                    heardBefore.addAll(session.events);
                }
                return null;
            };
            session.events.clear();
            for (Method method : ResultSet.class.getMethods()) {
                if (RecordingVendor.key(method).equals(key)) {
                    RecordingVendor.call(rows, method);
                }
            }
            assertThat(heardBefore).isEqualTo(fetchSize == 0 ? List.of() : List.of("fetches"));
            assertThat(session.events).isEqualTo(fetchSize == 0 ? List.of() : List.of("fetches", "has fetched"));
        }
    }

    @Test
    void theSessionHearsOfTransactionsAndTheEnd() throws SQLException {
        connection.setAutoCommit(false);
        connection.commit();
        connection.rollback();
        connection.abort(Runnable::run);
        connection.close();
        assertThat(session.events)
                .containsExactly("autocommit false", "transaction ended", "transaction ended", "abort", "close");
    }
}
