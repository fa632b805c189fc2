package io.heliosjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.heliosjdbc.driver.wrapper.JdbcWrapper;
import java.io.IOException;
import java.io.StringReader;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.PGStatement;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;
import org.postgresql.fastpath.FastpathArg;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.largeobject.LargeObject;
import org.postgresql.largeobject.LargeObjectManager;

/** The contract on PostgreSQL, and what only its driver has. */
@ExtendWith(PostgresServer.class)
class PostgresDatabaseTest extends DatabaseContract {
    private final String location;

    PostgresDatabaseTest(String location) {
        this.location = location;
    }

    @Override
    String location() {
        return location;
    }

    @Override
    String with(String location, String... parameters) {
        String joined = String.join("&", parameters);
        return parameters.length == 0 ? location : location + (location.contains("?") ? "&" : "?") + joined;
    }

    @Test
    void castsToTheVendorsInterfacesHold() throws SQLException, IOException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            assertThat(((PGConnection) connection).getBackendPID()).isPositive();
            assertThat(((PGStatement) statement).isUseServerPrepare()).isFalse();
            statement.execute("CREATE TEMPORARY TABLE cast_and_copied (n INTEGER)");
            assertThat(new CopyManager((BaseConnection) connection)
                            .copyIn("COPY cast_and_copied FROM STDIN", new StringReader("1\n2\n")))
                    .isEqualTo(2);
            assertThat(count(connection, "SELECT sum(n) FROM cast_and_copied")).isEqualTo(3);
            assertThat(connection.isWrapperFor(PgConnection.class)).isTrue();
            assertThat(connection.unwrap(PgConnection.class)).isNotNull();
        }
    }

    @Test
    void aRefCursorComesBackWrapped() throws SQLException {
        try (Connection connection = connect()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE OR REPLACE FUNCTION three() RETURNS refcursor LANGUAGE plpgsql AS"
                        + " $$DECLARE c refcursor; BEGIN OPEN c FOR SELECT generate_series(1, 3); RETURN c; END$$");
            }
            connection.setAutoCommit(false);
            try (CallableStatement call = connection.prepareCall("{? = call three()}")) {
                call.registerOutParameter(1, Types.REF_CURSOR);
                call.execute();
                ResultSet cursor = (ResultSet) call.getObject(1);
                assertThat(call.getObject(1)).isSameAs(cursor);
                assertThat(cursor.getStatement()).as("one of the driver's own").isNotSameAs(call);
                assertThat(cursor.getStatement()).isSameAs(cursor.getStatement());
                assertRows(cursor, connection);
            }
            try (Statement statement = connection.createStatement();
                    ResultSet cursors = statement.executeQuery("SELECT three()")) {
                assertThat(cursors.next()).isTrue();
                assertRows((ResultSet) cursors.getObject(1), connection);
            }
            connection.rollback();
        }
    }

    private static void assertRows(ResultSet rows, Connection connection) throws SQLException {
        assertThat(rows).isInstanceOf(JdbcWrapper.class);
        assertThat(rows.getStatement().getConnection()).isSameAs(connection);
        int sum = 0;
        while (rows.next()) {
            sum += rows.getInt(1);
        }
        assertThat(sum).isEqualTo(6);
    }

    @Test
    @SuppressWarnings("deprecation")
    void whatGoesAroundStatementsWorksInTheTransactionsSlot() throws SQLException, IOException {
        String manager = "helios.manager=around";
        try (Connection connection = connect(manager);
                Connection observer = connect(manager)) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TEMPORARY TABLE copied (n INTEGER) ON COMMIT DROP");
            }
            PGConnection vendors = connection.unwrap(PGConnection.class);
            assertThat(vendors.getCopyAPI().copyIn("COPY copied FROM STDIN", new StringReader("1\n2\n3\n")))
                    .isEqualTo(3);
            assertThat(count(connection, "SELECT sum(n) FROM copied")).isEqualTo(6);
            LargeObjectManager objects = vendors.getLargeObjectAPI();
            long id = objects.createLO();
            try (LargeObject object = objects.open(id)) {
                object.write(new byte[] {1, 2, 3});
                object.seek(0);
                assertThat(object.read(3)).containsExactly(1, 2, 3);
            }
            objects.delete(id);
            vendors.getFastpathAPI().addFunction("pg_backend_pid", (int)
                    count(connection, "SELECT CAST(CAST('pg_backend_pid' AS regproc) AS oid)"));
            assertThat(vendors.getFastpathAPI().getInteger("pg_backend_pid", new FastpathArg[0]))
                    .isEqualTo(vendors.getBackendPID());
            assertThat(status(observer, "active")).isEqualTo(1);
            connection.commit();
            assertThat(status(observer, "active")).isZero();
        }
    }

    /** The third row has to wait for a lock, and the transaction keeps its slot for much longer than an idle one does. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTransactionWhoseCursorIsFetchedIsNotIdle(boolean late) throws Exception {
        String[] parameters = {
            "helios.manager=cursor-" + late,
            "helios.connections=" + (late ? "late" : "direct"),
            "helios.fast_lane.max_concurrency=1",
            "helios.admission_control.queue_timeout_ms=0",
            "helios.idle_in_transaction_lend_ms=1"
        };
        try (Connection reader = connect(parameters);
                Connection other = connect(parameters);
                Connection observer = connect(parameters);
                Connection holder = connect();
                Statement cursor = reader.createStatement()) {
            assertThat(count(holder, "SELECT count(*) FROM pg_advisory_lock(7003)"))
                    .isEqualTo(1);
            reader.setAutoCommit(false);
            cursor.setFetchSize(1);
            ResultSet rows = cursor.executeQuery(
                    "/* class=fast_lane */ SELECT n, CASE WHEN n = 3 THEN pg_advisory_xact_lock(7003) END FROM generate_series(1, 4) AS n");
            FutureTask<Integer> reading = new FutureTask<>(() -> {
                int read = 0;
                while (rows.next()) {
                    read++;
                }
                return read;
            });
            new Thread(reading, "reads").start();
            while (count(
                            holder,
                            "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'advisory' AND query LIKE '%7003%'")
                    == 0) {
                assertThat(reading.isDone()).isFalse();
                Thread.sleep(1);
            }
            FutureTask<Long> waiting = new FutureTask<>(() -> count(other, "/* class=fast_lane */ SELECT 5"));
            new Thread(waiting, "waits").start();
            untilQueued(observer, 1, waiting);

            // An idle one would have lent its slot fifty times.
            Thread.sleep(50);
            assertThat(status(observer, "queued")).isEqualTo(1);
            assertThat(waiting.isDone()).isFalse();

            assertThat(count(holder, "SELECT CASE WHEN pg_advisory_unlock(7003) THEN 1 END"))
                    .isEqualTo(1);
            assertThat(reading.get()).isEqualTo(4);
            // From then on it is an idle one.
            assertThat(waiting.get()).isEqualTo(5);
            reader.commit();
        }
    }

    /** Deferred: it is the commit that fails, and ends the transaction. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTransactionWhoseCommitFailsWhenAutocommitIsSwitchedOnGivesItsSlotBack(boolean late) throws SQLException {
        String[] parameters = {
            "helios.manager=failed-switch-" + late, "helios.connections=" + (late ? "late" : "direct")
        };
        try (Connection connection = connect(parameters);
                Connection observer = connect(parameters);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE one_each (n INTEGER UNIQUE DEFERRABLE INITIALLY DEFERRED)");
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO one_each VALUES (1), (1)");
            assertThat(status(observer, "active")).isEqualTo(1);
            assertThatThrownBy(() -> connection.setAutoCommit(true)).hasFieldOrPropertyWithValue("SQLState", "23505");
            assertThat(status(observer, "active")).isZero();
            try (Statement shown = observer.createStatement();
                    ResultSet running = shown.executeQuery("SHOW HELIOS RUNNING")) {
                assertThat(running.next()).isFalse();
            }
            assertThat(connection.getAutoCommit()).isFalse();
            statement.execute("DROP TABLE one_each");
            assertThat(status(observer, "active")).isEqualTo(1);
            connection.setAutoCommit(true);
            assertThat(status(observer, "active")).isZero();
        }
    }

    @Test
    void healthChecksMetadataAndAdminGoAroundAFullHouse() throws Exception {
        String[] parameters = {
            "helios.manager=full-house",
            "helios.fast_lane.max_concurrency=1",
            "helios.max_concurrency=1",
            "helios.idle_in_transaction_lend_ms=0",
            "helios.admission_control.max_queue_depth=0"
        };
        try (Connection holder = connect(parameters)) {
            holder.setAutoCommit(false);
            count(holder, "SELECT 1");
            // A thread of its own: one that holds a slot never waits.
            FutureTask<Void> others = new FutureTask<>(() -> {
                try (Connection connection = connect(parameters)) {
                    assertThatThrownBy(() -> count(connection, "SELECT 1"))
                            .hasFieldOrPropertyWithValue("SQLState", "53H01");
                    assertThat(connection.isValid(5)).isTrue();
                    try (ResultSet tables = connection.getMetaData().getTables(null, "pg_catalog", "pg_class", null)) {
                        assertThat(tables.next()).isTrue();
                    }
                    assertThat(status(connection, "active")).isEqualTo(1);
                    connection.setAutoCommit(false);
                    connection.rollback();
                }
                return null;
            });
            new Thread(others).start();
            others.get();
            holder.rollback();
        }
    }

    @Test
    void cancelAndAbortReturnWhileAnotherThreadExecutes() throws Exception {
        int process;
        try (Connection connection = connect("helios.manager=at-once");
                Statement statement = connection.createStatement()) {
            process = connection.unwrap(PGConnection.class).getBackendPID();
            assertThat(endOf(statement, connection, Statement::cancel)).isEqualTo("57014");
            assertThat(count(connection, "SELECT 7")).isEqualTo(7);
            assertThat(endOf(statement, connection, executing -> connection.abort(Runnable::run)))
                    .startsWith("08");
            assertThat(connection.isClosed()).isTrue();
        }
        try (Connection observer = connect("helios.manager=at-once")) {
            assertThat(status(observer, "active")).isZero();
            // The server finds out late that nobody is there any more, and its snapshot would keep what others delete.
            assertThat(count(
                            observer,
                            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
                                    + " AND pid = " + process))
                    .isEqualTo(1);
        }
    }

    /** What another thread does to a statement. */
    @FunctionalInterface
    private interface Act {
        void on(Statement statement) throws SQLException;
    }

    /** The state with which a statement ends that would run for a minute, and in the middle of which something is done to it. */
    private String endOf(Statement statement, Connection connection, Act act) throws Exception {
        long process = connection.unwrap(PGConnection.class).getBackendPID();
        FutureTask<Boolean> execution = new FutureTask<>(() -> statement.execute("SELECT pg_sleep(60)"));
        Thread thread = new Thread(execution);
        thread.start();
        try (Connection other = connect()) {
            while (count(
                            other,
                            "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND pid = " + process)
                    == 0) {
                Thread.onSpinWait();
            }
        }
        act.on(statement);
        Throwable end =
                catchThrowableOfType(ExecutionException.class, execution::get).getCause();
        thread.join();
        if (end instanceof SQLException failure) {
            return failure.getSQLState();
        }
        throw new AssertionError("it did not end as a statement does", end);
    }
}
