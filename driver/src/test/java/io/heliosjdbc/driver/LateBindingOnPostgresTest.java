package io.heliosjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.PGStatement;
import org.postgresql.util.PGobject;
import org.postgresql.util.PSQLException;

/** Logical connections on a PostgreSQL that takes thirty. */
class LateBindingOnPostgresTest extends LateBindingFixture {
    private static final AtomicInteger MANAGERS = new AtomicInteger();
    /** Unlike {@code pg_backend_pid()} the port of the client holds nothing. */
    private static final String PROCESS = "SELECT inet_client_port()";

    private static @Nullable EmbeddedPostgres server;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private String url = url(1, 1);

    @BeforeAll
    static void startServer() throws IOException, SQLException {
        server = PostgresServer.embedded()
                .setServerConfig("max_connections", "30")
                .start();
        try (Connection connection = straight();
                Statement statement = connection.createStatement()) {
            for (String tenant : List.of("a", "b")) {
                statement.execute("CREATE SCHEMA " + tenant);
                statement.execute("CREATE TABLE " + tenant + ".things (id serial PRIMARY KEY, name text)");
                statement.execute("INSERT INTO " + tenant + ".things (name) VALUES ('of " + tenant + "')");
                statement.execute("CREATE ROLE role_" + tenant);
                statement.execute("GRANT USAGE ON SCHEMA " + tenant + " TO role_" + tenant);
            }
            statement.execute(
                    "CREATE FUNCTION public.hidden() RETURNS text AS 'SELECT set_config(''search_path'', ''a'', false)' LANGUAGE sql");
        }
    }

    @AfterAll
    static void stopServer() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    @Override
    String url() {
        return url;
    }

    private static String location() {
        if (server == null) {
            throw new IllegalStateException("no server");
        }
        return server.getJdbcUrl("postgres", "postgres").substring("jdbc:".length());
    }

    private static Connection straight() throws SQLException {
        return DriverManager.getConnection("jdbc:" + location());
    }

    /** A pool of that MPL and reserve; each test's own. */
    private static String url(int mpl, int reserve) {
        return "jdbc:helios:" + (server == null ? "" : location()) + "&helios.manager=late-"
                + MANAGERS.incrementAndGet()
                + "&helios.connections=late&helios.max_concurrency=" + mpl + "&helios.pool.reserve=" + reserve
                + "&helios.pool.validate_after_ms=0&helios.pool.connection_timeout_ms=20000"
                + "&helios.idle_in_transaction_lend_ms=0&helios.admission_control.queue_timeout_ms=0"
                + "&helios.admission_control.max_queue_depth=100000";
    }

    /** What SHOW HELIOS CONNECTIONS says of every connection but the one that asks, as state and reason. */
    private static List<String> states(Connection asks) throws SQLException {
        List<String> states = new ArrayList<>();
        try (Statement statement = asks.createStatement();
                ResultSet rows = statement.executeQuery("SHOW HELIOS CONNECTIONS")) {
            while (rows.next()) {
                String reason = rows.getString("reason");
                states.add(rows.getString("state") + (reason == null ? "" : ": " + reason));
            }
        }
        return states;
    }

    /** HikariCP would give each thread what that thread had. */
    @Test
    void aServiceClassGoesOnWithThePhysicalConnectionsThatItHad() throws Exception {
        url = url(4, 4);
        Connection report = open();
        report.setAutoCommit(false);
        String reports = text(report, "/* class=background_queue */ " + PROCESS);
        String pages = text(open(), "/* class=fast_lane */ " + PROCESS);
        assertThat(pages).isNotEqualTo(reports);
        report.rollback();
        Connection another = open();
        for (int i = 0; i < 3; i++) {
            assertThat(text(another, "/* class=fast_lane */ " + PROCESS)).isEqualTo(pages);
            assertThat(text(another, "/* class=background_queue */ " + PROCESS)).isEqualTo(reports);
            assertThat(threads.submit(() -> text(another, "/* class=fast_lane */ " + PROCESS))
                            .get())
                    .isEqualTo(pages);
        }
        assertThat(text(another, "/* class=parallel_lanes */ " + PROCESS)).isIn(pages, reports);
    }

    @Test
    void aThousandConnectionsWorkOnAServerThatTakesThirty() throws Exception {
        url = url(15, 5);
        List<Future<String>> pids = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            Connection connection = open();
            assertThat(connection.isValid(30)).isTrue();
            pids.add(threads.submit(() -> text(connection, PROCESS)));
        }
        Set<String> processes = new HashSet<>();
        for (Future<String> pid : pids) {
            processes.add(pid.get());
        }
        assertThat(processes.size()).isBetween(1, 20);
        assertThat(states(opened.get(0))).hasSize(1000).containsOnly("unbound");
    }

    @Test
    void openingOneMoreReachesNoServer() throws SQLException {
        // Of a name of their own: backends of the test before may still be ending.
        url = url(1, 5) + "&ApplicationName=reachesNoServer";
        Connection first = open();
        int before = backends(first);
        assertThat(before).isPositive();
        for (int i = 0; i < 50; i++) {
            Connection connection = open();
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            assertThat(connection.getMetaData().getDatabaseProductName()).isEqualTo("PostgreSQL");
            connection.prepareStatement("SELECT 1").setFetchSize(7);
            connection.rollback();
        }
        assertThat(states(first)).containsOnly("unbound");
        assertThat(backends(first)).isEqualTo(before);
    }

    private static int backends(Connection connection) throws SQLException {
        return Integer.parseInt(
                text(connection, "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'reachesNoServer'"));
    }

    @Test
    void wrongCredentialsAreFoundOutWhenItIsOpened() {
        url = url.replace("user=postgres", "user=nobody");
        assertThatThrownBy(this::open).isInstanceOf(SQLException.class).hasMessageContaining("nobody");
    }

    @Test
    void autocommitStatementsShareABackend() throws SQLException {
        Set<String> processes = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            processes.add(text(open(), PROCESS));
        }
        assertThat(processes).hasSize(1);
    }

    @Test
    void aTransactionKeepsItsBackend() throws SQLException {
        url = url(2, 1);
        Connection one = open();
        Connection other = open();
        one.setAutoCommit(false);
        String process = text(one, PROCESS);
        assertThat(states(other)).containsExactlyInAnyOrder("bound: an open transaction", "unbound");
        assertThat(text(other, PROCESS)).isNotEqualTo(process);
        assertThat(text(one, PROCESS)).isEqualTo(process);
        one.commit();
        assertThat(states(other)).containsOnly("unbound");
    }

    @ParameterizedTest
    @ValueSource(strings = {"COMMIT", "ROLLBACK"})
    void aTransactionOfTextsKeepsItsBackend(String end) throws SQLException {
        url = url(2, 1);
        Connection one = open();
        execute(one, "BEGIN");
        execute(one, "CREATE TABLE of_text (id int)");
        assertThat(states(one)).containsOnly("bound: an open transaction");
        execute(one, end);
        assertThat(states(one)).containsOnly("unbound");
        execute(one, "DROP TABLE IF EXISTS of_text");
    }

    @Test
    void closingEndsWhatIsOpen() throws SQLException {
        Connection one = open();
        one.setAutoCommit(false);
        execute(one, "INSERT INTO a.things (name) VALUES ('lost')");
        one.close();
        Connection text = open();
        execute(text, "BEGIN");
        execute(text, "INSERT INTO a.things (name) VALUES ('lost')");
        text.close();
        assertThat(text(open(), "SELECT count(*) FROM a.things WHERE name = 'lost'"))
                .isEqualTo("0");
    }

    @Test
    void tenantsReadTheirOwnRowsOnly() throws SQLException {
        Connection a = open();
        Connection b = open();
        Connection neither = open();
        execute(a, "SET search_path = a");
        b.setSchema("b");
        for (int i = 0; i < 5; i++) {
            assertThat(text(a, "SELECT name FROM things")).isEqualTo("of a");
            assertThat(text(b, "SELECT name FROM things")).isEqualTo("of b");
            assertThatThrownBy(() -> text(neither, "SELECT name FROM things")).hasMessageContaining("does not exist");
        }
        assertThat(a.getSchema()).isEqualTo("a");
        assertThat(b.getSchema()).isEqualTo("b");
        assertThat(states(a)).containsOnly("unbound");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET ROLE role_a; SELECT current_user; role_a",
                "SET TIME ZONE 'Asia/Tokyo'; SHOW timezone; Asia/Tokyo",
                "SET application_name TO 'mine'; SHOW application_name; mine",
                "SET statement_timeout = '17s'; SHOW statement_timeout; 17s",
                "SET app.tenant = '42'; SELECT current_setting('app.tenant', true); 42",
                "SELECT set_config('work_mem', '5MB', false); SHOW work_mem; 5MB"
            })
    void whatOneSetsIsItsOwn(String line) throws SQLException {
        String[] parts = line.split("; ", -1);
        Connection one = open();
        Connection other = open();
        String before = text(other, parts[1]);
        execute(one, parts[0]);
        for (int i = 0; i < 3; i++) {
            assertThat(text(one, parts[1])).isEqualTo(parts[2]);
            assertThat(text(other, parts[1])).isNotEqualTo(parts[2]);
        }
        assertThat(before).isNotEqualTo(parts[2]);
        assertThat(states(one)).containsOnly("unbound");
    }

    @Test
    void whatJdbcSetsIsItsOwn() throws SQLException {
        Connection one = open();
        Connection other = open();
        one.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        one.setReadOnly(true);
        one.setClientInfo("ApplicationName", "mine");
        one.setAutoCommit(false);
        for (int i = 0; i < 3; i++) {
            assertThat(text(one, "SHOW transaction_isolation")).isEqualTo("serializable");
            assertThat(text(one, "SHOW transaction_read_only")).isEqualTo("on");
            assertThat(text(one, "SHOW application_name")).isEqualTo("mine");
            one.commit();
            assertThat(text(other, "SHOW transaction_isolation")).isEqualTo("read committed");
            assertThat(text(other, "SHOW transaction_read_only")).isEqualTo("off");
            assertThat(text(other, "SHOW application_name")).isNotEqualTo("mine");
        }
        assertThat(one.getClientInfo("ApplicationName")).isEqualTo("mine");
    }

    /** The driver keeps what was sent until somebody fetches it. */
    /** Before PostgreSQL 18 the driver does not see each change of the path, and the server refuses rows of another type in a transaction. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET SCHEMA 'a'",
                "SET LOCAL SCHEMA 'a'",
                "SET LOCAL search_path TO a",
                "SET search_path TO a",
                "SELECT set_config('search_path', 'a', false)",
                "SELECT set_config('search_path', 'a', true)"
            })
    void whatIsPreparedInASearchPathIsNobodyElses(String set) throws SQLException {
        try (Connection straight = straight()) {
            execute(straight, "DROP TABLE IF EXISTS a.shape, public.shape");
            execute(straight, "CREATE TABLE a.shape AS SELECT 'a' AS side");
            execute(straight, "CREATE TABLE public.shape AS SELECT 1 AS side");
        }
        for (boolean commits : List.of(true, false)) {
            Connection one = open();
            one.setAutoCommit(false);
            execute(one, set);
            sides(one, "a");
            if (commits) {
                one.commit();
            } else {
                one.rollback();
            }
            assertThat(state(one)).isEqualTo("unbound");
            Connection other = open();
            other.setAutoCommit(false);
            sides(other, "1");
            other.commit();
            one.close();
            other.close();
        }
    }

    /** Often enough for the driver to have the server keep it. */
    private static void sides(Connection connection, String side) throws SQLException {
        for (int i = 0; i < 7; i++) {
            try (PreparedStatement statement = connection.prepareStatement("SELECT * FROM shape");
                    ResultSet rows = statement.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo(side);
                assertThat(rows.next()).isFalse();
            }
        }
    }

    @Test
    void metadataThatAreTheSessionsAreTheirOwners() throws SQLException {
        Connection one = open();
        Connection other = open();
        execute(one, "SET default_transaction_isolation = 'serializable'");
        for (int i = 0; i < 2; i++) {
            assertThat(one.getMetaData().getDefaultTransactionIsolation())
                    .isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
            assertThat(other.getMetaData().getDefaultTransactionIsolation())
                    .isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
        }
    }

    @Test
    void whatWasSentToOneIsNotToldTheNext() throws SQLException {
        Connection one = open();
        String process = text(one, PROCESS);
        execute(one, "LISTEN news");
        try (Connection sender = straight()) {
            execute(sender, "NOTIFY news, 'of one'");
        }
        execute(one, "SELECT 1");
        execute(one, "UNLISTEN news");
        assertThat(state(one)).isEqualTo("unbound");
        Connection other = open();
        assertThat(text(other, PROCESS)).isEqualTo(process);
        assertThat(other.unwrap(PGConnection.class).getNotifications()).isEmpty();
    }

    @Test
    void aSchemaIsSetWithoutAPhysicalConnection() throws SQLException {
        url = url(1, 1).replace("connection_timeout_ms=20000", "connection_timeout_ms=250");
        Connection one = open();
        one.setSchema("a");
        one.setSchema("b, \"a\"");
        one.setSchema("b");
        Connection first = open();
        Connection second = open();
        for (Connection each : List.of(first, second)) {
            each.setAutoCommit(false);
            execute(each, "SELECT 1");
        }
        Connection other = open();
        one.setSchema("a");
        other.setSchema("b, \"a\"");
        first.rollback();
        assertThat(text(one, "SELECT name FROM things")).isEqualTo("of a");
        assertThat(text(other, "SHOW search_path")).isEqualTo("\"b, \"\"a\"\"\"");
        assertThat(other.getSchema()).isNull();
        other.setSchema("b");
        assertThat(text(other, "SELECT name FROM things")).isEqualTo("of b");
        assertThat(text(first, "SHOW search_path")).contains("public");
    }

    @Test
    void aSchemaThatIsSetInATransactionGoesWithItsRollback() throws SQLException {
        Connection one = open();
        one.setSchema("a");
        one.setAutoCommit(false);
        one.setSchema("b");
        assertThat(text(one, "SELECT name FROM things")).isEqualTo("of b");
        one.rollback();
        assertThat(text(one, "SELECT name FROM things")).isEqualTo("of a");
        one.setSchema("b");
        one.rollback();
        assertThat(text(one, "SELECT name FROM things")).isEqualTo("of a");
    }

    @Test
    void aTypeMapThatIsNullStaysNull() throws SQLException {
        Connection one = open();
        one.setTypeMap(null);
        assertThat(one.getTypeMap()).isNull();
        assertThat(open().getTypeMap()).isEmpty();
        one.setTypeMap(new HashMap<>());
        assertThat(one.getTypeMap()).isEmpty();
    }

    @Test
    void rowsThatNobodyExpectedAreHeldUntilTheirStatementIsClosed() throws SQLException {
        Connection one = open();
        Statement statement = one.createStatement();
        assertThatThrownBy(() -> statement.executeUpdate("SELECT 7")).hasMessageContaining("none was expected");
        assertThat(state(one)).isEqualTo("bound: an open result set");
        assertThat(statement.getResultSet()).isNotNull();
        statement.close();
        assertThat(state(one)).isEqualTo("unbound");
    }

    @Test
    void rowsOfAnUpdateThatWasAskedForKeysAreThere() throws SQLException {
        Connection one = open();
        try (Statement statement = one.createStatement()) {
            assertThat(statement.executeUpdate("SHOW server_version_num", Statement.RETURN_GENERATED_KEYS))
                    .isEqualTo(-1);
            try (ResultSet keys = statement.getGeneratedKeys()) {
                assertThat(keys.next()).isFalse();
            }
            try (ResultSet rows = statement.getResultSet()) {
                assertThat(rows.next()).isTrue();
            }
            assertThat(states(one)).containsOnly("unbound");
        }
    }

    @Test
    void aSettingGoesWithTheTransactionThatIsRolledBack() throws SQLException {
        Connection one = open();
        execute(one, "SET statement_timeout = '11s'");
        one.setAutoCommit(false);
        execute(one, "SET statement_timeout = '12s'");
        one.rollback();
        assertThat(text(one, "SHOW statement_timeout")).isEqualTo("11s");
        Savepoint savepoint = one.setSavepoint();
        execute(one, "SET statement_timeout = '13s'");
        one.rollback(savepoint);
        one.commit();
        assertThat(text(one, "SHOW statement_timeout")).isEqualTo("11s");
        execute(one, "SET LOCAL statement_timeout = '14s'");
        one.commit();
        assertThat(text(one, "SHOW statement_timeout")).isEqualTo("11s");
        one.rollback();
        assertThatThrownBy(() -> one.rollback(savepoint)).isInstanceOf(SQLException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET client_encoding = 'UTF8'",
                "SET NAMES 'utf8'",
                "SET DateStyle = 'ISO'",
                "SET standard_conforming_strings = on"
            })
    void whatChangesNothingPinsNobody(String sql) throws SQLException {
        Connection one = open();
        execute(one, sql);
        assertThat(state(one)).isEqualTo("unbound");
        assertThat(text(one, "SELECT '2026-03-01'::date")).isEqualTo("2026-03-01");
        assertThat(state(one)).isEqualTo("unbound");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TEMPORARY TABLE mine (id int); a temporary table",
                "LISTEN news; LISTEN",
                "SELECT pg_advisory_lock(7); the function pg_advisory_lock",
                "PREPARE mine AS SELECT 1; PREPARE",
                "SELECT hidden(); the function hidden",
                "SET DateStyle = 'ISO, DMY'; the setting datestyle",
                "SET SESSION AUTHORIZATION postgres; SET SESSION AUTHORIZATION",
                "DO 'BEGIN END'; DO",
                "SELECT 1\\; SELECT 2; several statements in one text"
            })
    void whatCannotBeUndonePins(String line) throws SQLException {
        String[] parts = line.split("(?<!\\\\); ", -1);
        url = url(1, 2);
        Connection one = open();
        Connection other = open();
        execute(one, parts[0].replace("\\;", ";"));
        String process = text(one, PROCESS);
        assertThat(states(other)).containsExactlyInAnyOrder("pinned: " + parts[1], "unbound");
        assertThat(text(other, PROCESS)).isNotEqualTo(process);
        assertThat(text(one, PROCESS)).isEqualTo(process);
        one.close();
        assertThat(states(other)).containsExactly("unbound");
        for (int i = 0; i < 3; i++) {
            assertThat(text(open(), PROCESS)).isNotEqualTo(process);
        }
    }

    @Test
    void whatTheServerKnowsOfItsFunctionsIsAsked() throws SQLException {
        Connection one = open();
        for (String sql : List.of(
                "SELECT exp(pi()), hashtext('a'), hashtextextended('a', 0), array_remove(ARRAY[1], 1), jsonb_array_length('[]')",
                "SELECT * FROM jsonb_array_elements_text('[]')",
                "SELECT jsonb_path_query_first('[]', '$'), plainto_tsquery('a'), ts_rank(to_tsvector('a'), to_tsquery('a'))",
                "SELECT overlay('ab' placing 'c' from 1), format_type(23, 1), obj_description(1, 'pg_class'), timezone('UTC', now())",
                "SELECT pg_notify('a', 'b'), random()",
                "SELECT count(*) FILTER (WHERE true), pg_try_advisory_xact_lock_shared(1)")) {
            execute(one, sql);
            assertThat(states(one)).as(sql).containsOnly("unbound");
        }
        for (String sql : List.of(
                "SELECT table_to_xml('a.things', true, true, '')",
                "SELECT query_to_xml('SELECT 1', true, true, '')",
                "SELECT setseed(0.5)")) {
            try (Connection pinned = DriverManager.getConnection(url)) {
                execute(pinned, sql);
                assertThat(states(one)).as(sql).contains("unbound").hasSize(2).doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void aFunctionOfOnesOwnThatTheServerKnowsTooPins() throws SQLException {
        try (Connection admin = straight()) {
            execute(
                    admin,
                    "CREATE FUNCTION public.exp(text) RETURNS text AS 'SELECT set_config(''a.b'', $1, false)' LANGUAGE sql");
        }
        Connection one = open();
        assertThat(text(one, "SELECT exp('mine'::text)")).isEqualTo("mine");
        assertThat(states(one)).containsOnly("pinned: a function that is called like one of the database's own");
        try (Connection admin = straight()) {
            execute(admin, "DROP FUNCTION public.exp(text)");
        }
    }

    @Test
    void whatAFunctionHidesNeverReachesAnother() throws SQLException {
        Connection one = open();
        execute(one, "SELECT hidden()");
        assertThat(text(one, "SELECT name FROM things")).isEqualTo("of a");
        one.close();
        assertThatThrownBy(() -> text(open(), "SELECT name FROM things")).hasMessageContaining("does not exist");
    }

    @Test
    void whatATriggerChangesDoesNotReachAnother() throws SQLException {
        try (Connection admin = straight()) {
            execute(admin, "CREATE TABLE sly (id int)");
            execute(
                    admin,
                    "CREATE FUNCTION sly() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN SET TIME ZONE 3; RETURN new; END'");
            execute(admin, "CREATE TRIGGER sly BEFORE INSERT ON sly FOR EACH ROW EXECUTE FUNCTION sly()");
        }
        Connection one = open();
        String zone = text(one, "SHOW timezone");
        execute(one, "INSERT INTO sly VALUES (1)");
        assertThat(text(open(), "SHOW timezone")).isEqualTo(zone);
    }

    @Test
    void askingOpensNoTransactionThatStays() throws SQLException {
        Connection one = open();
        one.setAutoCommit(false);
        assertThat(one.getSchema()).isEqualTo("public");
        try (ResultSet tables = one.getMetaData().getTables(null, "a", null, null)) {
            assertThat(tables.next()).isTrue();
        }
        assertThat(states(one)).containsOnly("unbound");
    }

    @Test
    void anArrayIsTheReaders() throws SQLException {
        Connection one = open();
        Array array;
        try (Statement statement = one.createStatement();
                ResultSet rows = statement.executeQuery("SELECT ARRAY[1, 2, NULL]")) {
            assertThat(rows.next()).isTrue();
            array = rows.getArray(1);
        }
        assertThat(states(one)).containsOnly("unbound");
        assertThat((Object[]) array.getArray()).isInstanceOf(Integer[].class).containsExactly(1, 2, null);
        assertThat(array).hasToString("{1,2,NULL}");
        try (PreparedStatement again = one.prepareStatement("SELECT ?")) {
            again.setArray(1, array);
            try (ResultSet rows = again.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("{1,2,NULL}");
            }
        }
    }

    /** Made anew of its elements it would have no offsets, and be read in the session's time zone. */
    @Test
    void anArrayThatWasReadIsSentAsTheServerHasWrittenIt() throws SQLException {
        Connection one = open();
        for (String zone : List.of("Asia/Tokyo", "America/Lima")) {
            execute(one, "SET TIME ZONE '" + zone + "'");
            Array array;
            try (Statement statement = one.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT ARRAY['2026-01-01 00:00+00', 'infinity', '2026-10-25 01:30+00']::timestamptz[]")) {
                assertThat(rows.next()).isTrue();
                array = rows.getArray(1);
            }
            try (PreparedStatement again = one.prepareStatement(
                    "SELECT ? = " + "ARRAY['2026-01-01 00:00+00', 'infinity', '2026-10-25 01:30+00']::timestamptz[]")) {
                again.setArray(1, array);
                assertThat(truth(again)).isTrue();
                again.setObject(1, array);
                assertThat(truth(again)).isTrue();
            }
        }
    }

    private static boolean truth(PreparedStatement asked) throws SQLException {
        try (ResultSet rows = asked.executeQuery()) {
            assertThat(rows.next()).isTrue();
            return rows.getBoolean(1);
        }
    }

    @Test
    void anArrayWhoseElementsTheDriverCannotReadTellsItsText() throws SQLException {
        Connection one = open();
        try (Statement statement = one.createStatement();
                ResultSet rows = statement.executeQuery("SELECT ARRAY['NaN', 1]::numeric[]")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getArray(1)).hasToString("{NaN,1}");
            assertThat(rows.getObject(1)).hasToString("{NaN,1}");
        }
        assertThat(states(one)).containsOnly("unbound");
    }

    /** Pools throw it away then. */
    @Test
    void aConnectionWhoseRoleIsGoneIsNotValid() throws SQLException {
        Connection one = open();
        try (Connection straight = straight()) {
            execute(straight, "CREATE ROLE passing");
            execute(one, "SET ROLE passing");
            assertThat(text(one, "SELECT current_user")).isEqualTo("passing");
            assertThat(one.isValid(5)).isTrue();
            // Whatever has the role now goes with it.
            execute(straight, "DROP ROLE passing");
            assertThat(text(open(), "SELECT current_user")).isEqualTo("postgres");
            assertThatThrownBy(() -> text(one, "SELECT 1")).hasMessageContaining("passing");
            assertThat(one.isValid(5)).isFalse();
            execute(straight, "CREATE ROLE passing");
            assertThat(one.isValid(5)).isTrue();
            assertThat(text(one, "SELECT current_user")).isEqualTo("passing");
            execute(one, "RESET ROLE");
            execute(straight, "DROP ROLE passing");
        }
    }

    @Test
    void theApplicationsNameIsWhatTheServerMakesOfIt() throws SQLException {
        Connection one = open();
        for (String name : List.of("short", "a".repeat(100), "für alle")) {
            one.setClientInfo("ApplicationName", name);
            try (Connection straight = straight()) {
                straight.setClientInfo("ApplicationName", name);
                String told = straight.getClientInfo("ApplicationName");
                assertThat(one.getClientInfo("ApplicationName")).isEqualTo(told);
                assertThat(text(one, "SHOW application_name")).isEqualTo(told);
                assertThat(one.getClientInfo("ApplicationName")).isEqualTo(told);
            }
            assertThat(states(one)).containsOnly("unbound");
        }
    }

    /** Pools and frameworks ask it again and again. */
    @Test
    void whatAConnectionIsAWrapperForIsAskedOnce() throws SQLException {
        Connection one = open();
        assertThat(one.isWrapperFor(PGConnection.class)).isTrue();
        assertThat(one.isWrapperFor(org.h2.jdbc.JdbcConnection.class)).isFalse();
        Connection holder = open();
        holder.setAutoCommit(false);
        Connection other = open();
        other.setAutoCommit(false);
        execute(holder, "SELECT 1");
        execute(other, "SELECT 1");
        assertThat(one.isWrapperFor(PGConnection.class)).isTrue();
        assertThat(one.isWrapperFor(org.h2.jdbc.JdbcConnection.class)).isFalse();
        holder.rollback();
        other.rollback();
    }

    /** The driver keeps on each physical connection what a name without a schema has meant. */
    @Test
    void aTypeThatSaysItsSchemaIsItsTenants() throws SQLException {
        try (Connection straight = straight()) {
            for (String tenant : List.of("a", "b")) {
                execute(straight, "DROP TYPE IF EXISTS " + tenant + ".kind");
                execute(straight, "CREATE TYPE " + tenant + ".kind AS ENUM ('of " + tenant + "')");
            }
        }
        for (int i = 0; i < 2; i++) {
            for (String tenant : List.of("a", "b")) {
                Connection one = open();
                one.setSchema(tenant);
                try (PreparedStatement asked = one.prepareStatement("SELECT ?::kind, ?::text[]::kind[]")) {
                    PGobject kind = new PGobject();
                    kind.setType(tenant + ".kind");
                    kind.setValue("of " + tenant);
                    asked.setObject(1, kind);
                    asked.setArray(2, one.createArrayOf("text", new String[] {"of " + tenant}));
                    try (ResultSet rows = asked.executeQuery()) {
                        assertThat(rows.next()).isTrue();
                        assertThat(rows.getString(1)).isEqualTo("of " + tenant);
                        assertThat(rows.getString(2)).isEqualTo("{\"of " + tenant + "\"}");
                    }
                }
            }
        }
    }

    @Test
    void theVendorsInterfacesHoldAndPinWhenTheyAreUsed() throws SQLException {
        Connection one = open();
        try (Statement statement = one.createStatement();
                PreparedStatement prepared = one.prepareStatement("SELECT 1")) {
            assertThat(statement).isInstanceOf(PGStatement.class).isNotInstanceOf(PreparedStatement.class);
            assertThat(prepared).isInstanceOf(PGStatement.class);
            PGConnection vendors = (PGConnection) one;
            assertThat(states(one)).containsOnly("unbound");
            String process = String.valueOf(vendors.getBackendPID());
            assertThat(states(one)).containsOnly("pinned: unwrap");
            assertThat(text(one, "SELECT pg_backend_pid()")).isEqualTo(process);
            ((PGStatement) prepared).setPrepareThreshold(7);
            assertThat(((PGStatement) prepared).getPrepareThreshold()).isEqualTo(7);
        }
    }

    @Test
    void whatIsClosedIsAnsweredForByTheVendor() throws SQLException {
        Connection one = open();
        PreparedStatement prepared = one.prepareStatement("SELECT 1");
        prepared.close();
        assertThatThrownBy(prepared::executeQuery)
                .isInstanceOf(PSQLException.class)
                .hasMessage("This statement has been closed.");
        one.close();
        one.close();
        assertThat(one.isClosed()).isTrue();
        assertThatThrownBy(one::createStatement)
                .isInstanceOf(PSQLException.class)
                .hasMessage("This connection has been closed.");
        assertThatThrownBy(((PGConnection) one)::getNotifications).isInstanceOf(SQLException.class);
    }

    @Test
    void unwrappingPins() throws SQLException {
        Connection one = open();
        assertThat(one.isWrapperFor(PGConnection.class)).isTrue();
        assertThat(states(one)).containsOnly("unbound");
        assertThat(one.unwrap(PGConnection.class).getBackendPID()).isPositive();
        assertThat(states(one)).containsOnly("pinned: unwrap");
    }

    @Test
    void theLastKeyIsThatOfTheSameTransactionOrNone() throws SQLException {
        Connection one = open();
        execute(one, "INSERT INTO a.things (name) VALUES ('key')");
        assertThatThrownBy(() -> text(one, "SELECT lastval()")).hasMessageContaining("generated keys");
        one.setAutoCommit(false);
        execute(one, "INSERT INTO a.things (name) VALUES ('key')");
        assertThat(Integer.parseInt(text(one, "SELECT lastval()"))).isPositive();
        one.rollback();
    }

    @Test
    void aKeyThatIsAskedForEachTimeIsKeptUntilItIsRead() throws SQLException {
        Connection one = open();
        String insert = "INSERT INTO a.things (name) VALUES ('key') /* is asked for */";
        execute(one, insert);
        assertThatThrownBy(() -> text(one, "SELECT lastval()")).hasMessageContaining("generated keys");
        Connection other = open();
        execute(other, insert);
        assertThat(states(one)).containsExactlyInAnyOrder("unbound", "bound: its last key");
        assertThat(text(other, "SELECT 1")).isEqualTo("1");
        assertThat(text(other, "SELECT lastval()"))
                .isEqualTo(text(one, "SELECT max(id) FROM a.things WHERE name = 'key'"));
        assertThat(states(one)).containsOnly("unbound");
        execute(one, "DELETE FROM a.things WHERE name = 'key'");
        assertThat(states(one)).containsOnly("unbound");
    }

    @Test
    void aKeyThatIsReadTwiceIsKeptUntilItWasReadTwice() throws SQLException {
        Connection one = open();
        String insert = "INSERT INTO a.things (name) VALUES ('key') /* is read twice */";
        String key = "SELECT lastval()";
        execute(one, insert);
        assertThatThrownBy(() -> text(one, key)).hasMessageContaining("generated keys");
        execute(one, insert);
        String first = text(one, key);
        assertThat(states(one)).containsOnly("unbound");
        assertThatThrownBy(() -> text(one, key)).hasMessageContaining("generated keys");
        assertThatThrownBy(() -> text(one, key)).hasMessageContaining("generated keys");
        for (int i = 0; i < 2; i++) {
            execute(one, insert);
            assertThat(text(one, key)).isNotEqualTo(first);
            assertThat(states(one)).containsOnly("bound: its last key");
            assertThat(text(one, key)).isNotEqualTo(first);
            assertThat(states(one)).containsOnly("unbound");
        }
        execute(one, "DELETE FROM a.things WHERE name = 'key'");
    }

    @Test
    void aKeyThatIsReadInItsTransactionIsNotKeptBeyondIt() throws SQLException {
        Connection one = open();
        one.setAutoCommit(false);
        for (int i = 0; i < 3; i++) {
            execute(one, "INSERT INTO a.things (name) VALUES ('parent')");
            execute(one, "INSERT INTO b.things (id, name) VALUES (-currval('a.things_id_seq'), 'child')");
            execute(one, "INSERT INTO b.things (id, name) VALUES (-1000 - currval('a.things_id_seq'), 'child')");
            one.commit();
            assertThat(states(one)).containsOnly("unbound");
        }
        execute(one, "DELETE FROM a.things WHERE name = 'parent'");
        execute(one, "DELETE FROM b.things WHERE name = 'child'");
        one.commit();
    }

    @Test
    void nobodyReadsAnothersLastKey() throws SQLException {
        Connection one = open();
        execute(one, "INSERT INTO a.things (name) VALUES ('key')");
        Connection pinned = open();
        execute(pinned, "SELECT hidden()");
        assertThatThrownBy(() -> text(pinned, "SELECT lastval()")).isInstanceOf(SQLException.class);
        Connection bound = open();
        bound.setAutoCommit(false);
        execute(bound, "DELETE FROM a.things WHERE name = 'key'");
        assertThatThrownBy(() -> text(bound, "SELECT lastval()")).hasMessageContaining("not yet defined");
        bound.rollback();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DO $$ BEGIN INSERT INTO b.things (id, name) VALUES (-lastval(), 'child'); END $$",
                "DO $$ BEGIN INSERT INTO b.things (id, name) VALUES (-currval('a.things_id_seq'), 'child'); END $$"
            })
    void whoAsksOutOfSightIsToldNothingOfAnothersKeys(String text) throws SQLException {
        Connection one = open();
        execute(one, "INSERT INTO a.things (name) VALUES ('key')");
        Connection first = open();
        assertThatThrownBy(() -> execute(first, text)).hasMessageContaining("not yet defined");
        first.close();
        execute(one, "DELETE FROM a.things WHERE name = 'key'");
    }

    /** Until somebody has asked, sessions are lent with the keys of those who had them before. */
    @ParameterizedTest
    @ValueSource(strings = {"SELECT lastval()", "SELECT currval('a.things_id_seq')"})
    void whoAsksFirstIsToldNothingOfAnothersKeys(String key) throws SQLException {
        Connection one = open();
        execute(one, "INSERT INTO a.things (name) VALUES ('key')");
        Connection first = open();
        first.setAutoCommit(false);
        execute(first, "INSERT INTO b.things (id, name) VALUES (-7, 'has one')");
        assertThatThrownBy(() -> text(first, key)).hasMessageContaining("generated keys");
        for (int i = 0; i < 3; i++) {
            execute(first, "INSERT INTO a.things (name) VALUES ('key')");
            assertThat(text(first, key)).isEqualTo(text(first, "SELECT max(id) FROM a.things"));
            first.rollback();
            assertThat(states(first)).containsOnly("unbound");
        }
        execute(one, "DELETE FROM a.things WHERE name = 'key'");
    }

    @Test
    void aChangeThatAsksForTheKeyBeforeItIsToldThatOrNone() throws SQLException {
        Connection one = open();
        execute(one, "INSERT INTO a.things (name) VALUES ('parent')");
        one.setAutoCommit(false);
        for (int i = 0; i < 2; i++) {
            execute(one, "INSERT INTO a.things (name) VALUES ('parent')");
            String child = "INSERT INTO b.things (id, name) VALUES (-currval('a.things_id_seq'), 'child')";
            if (i == 0) {
                assertThatThrownBy(() -> execute(one, child)).hasMessageContaining("generated keys");
            } else {
                execute(one, child);
                assertThat(text(one, "SELECT -min(id) FROM b.things"))
                        .isEqualTo(text(one, "SELECT max(id) FROM a.things"));
            }
            one.rollback();
        }
        one.setAutoCommit(true);
        execute(one, "DELETE FROM a.things WHERE name = 'parent'");
    }

    @Test
    void whoWantsFewBytesOfAnAnswerIsConnected() throws SQLException {
        try (Connection modest = DriverManager.getConnection(url(2, 2) + "&maxResultBuffer=300")) {
            assertThat(text(modest, "SELECT name FROM a.things WHERE id < 0 UNION SELECT 'few'"))
                    .isEqualTo("few");
        }
    }

    @Test
    void nothingExecutedIsNoTransaction() throws SQLException {
        Connection one = open();
        one.setAutoCommit(false);
        try (PreparedStatement prepared = one.prepareStatement("INSERT INTO a.things (name) VALUES (?)");
                Statement statement = one.createStatement()) {
            assertThat(prepared.executeBatch()).isEmpty();
            assertThat(states(one)).containsOnly("unbound");
            assertThat(statement.executeBatch()).isEmpty();
            assertThat(states(one)).containsOnly("unbound");
            assertThat(statement.execute("")).isFalse();
            assertThat(states(one)).containsOnly("unbound");
        }
    }

    @Test
    void aKeyOfARowThatAResultSetInsertsIsNobodyElses() throws SQLException {
        Connection one = open();
        Connection other = open();
        try (Statement statement = one.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_UPDATABLE);
                ResultSet rows = statement.executeQuery("SELECT id, name FROM a.things")) {
            rows.moveToInsertRow();
            rows.updateString("name", "inserted");
            rows.insertRow();
        }
        assertThatThrownBy(() -> text(other, "SELECT lastval()")).hasMessageContaining("generated keys");
        assertThatThrownBy(() -> text(other, "SELECT lastval()")).hasMessageContaining("not yet defined");
        execute(one, "DELETE FROM a.things WHERE name = 'inserted'");
    }

    @Test
    void aQueryWhoseRowsCanBeUpdatedTakesNoChangesPlace() throws SQLException {
        Connection one = open();
        for (String expected : List.of("refused", "told", "told")) {
            String key = text(one, "INSERT INTO a.things (name) VALUES ('updatable') RETURNING id");
            try (Statement statement = one.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_UPDATABLE);
                    ResultSet rows = statement.executeQuery("SELECT id, name FROM a.things")) {
                assertThat(rows.next()).isTrue();
            }
            if (expected.equals("refused")) {
                assertThatThrownBy(() -> text(one, "SELECT lastval()")).hasMessageContaining("generated keys");
            } else {
                assertThat(text(one, "SELECT lastval()")).isEqualTo(key);
            }
        }
        execute(one, "DELETE FROM a.things WHERE name = 'updatable'");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsChangedThroughAResultSetAfterACommitIsTheNextTransactions(boolean commits) throws SQLException {
        assertRowsChangedAfterACommitAreTheNextTransactions("a.things", commits);
    }

    @Test
    void sayingAgainThatThereIsNoAutocommitEndsNothing() throws SQLException {
        Connection one = open();
        one.setAutoCommit(false);
        execute(one, "INSERT INTO a.things (name) VALUES ('again')");
        one.setAutoCommit(false);
        assertThat(text(one, "SELECT count(*) FROM a.things WHERE name = 'again'"))
                .isEqualTo("1");
        one.rollback();
        one.setAutoCommit(true);
        execute(one, "BEGIN");
        execute(one, "INSERT INTO a.things (name) VALUES ('again')");
        one.setAutoCommit(true);
        assertThat(states(one)).containsOnly("bound: an open transaction");
        one.setAutoCommit(false);
        assertThat(text(one, "SELECT count(*) FROM a.things WHERE name = 'again'"))
                .isEqualTo("1");
        one.rollback();
    }

    @Test
    void autocommitThatIsSwitchedOnStaysOnWhereAPinLasts() throws SQLException {
        Connection one = open();
        execute(one, "CREATE TABLE switched (id int)");
        one.setAutoCommit(false);
        execute(one, "PREPARE mine AS SELECT 1");
        one.setAutoCommit(true);
        execute(one, "INSERT INTO switched VALUES (1)");
        assertThat(state(one)).isEqualTo("pinned: PREPARE");
        assertThat(text(open(), "SELECT count(*) FROM switched")).isEqualTo("1");
    }

    @Test
    void whatNobodyHasSetIsWhatTheDriverSet() throws SQLException {
        Connection one = open();
        String before = text(one, "SHOW application_name");
        execute(one, "SET application_name = 'mine'");
        one.close();
        Connection other = open();
        assertThat(text(other, "SHOW application_name")).isEqualTo(before).isNotEmpty();
        other.setAutoCommit(false);
        execute(other, "SET application_name = 'its'");
        assertThat(other.getClientInfo("ApplicationName")).isEqualTo("its");
    }

    @Test
    void warningsOfEarlierBindingsAreKept() throws SQLException {
        Connection one = open();
        one.setClientInfo("ClientUser", "nobody knows it");
        one.setClientInfo("ClientUser", "nobody knows it");
        one.setAutoCommit(false);
        assertThat(text(one, "SELECT 1")).isEqualTo("1");
        for (int i = 0; i < 2; i++) {
            assertThat((Throwable) one.getWarnings()).hasMessageContaining("not supported");
            assertThat((Throwable) one.getWarnings().getNextWarning()).hasMessageContaining("not supported");
        }
        one.rollback();
        assertThat((Throwable) one.getWarnings()).isNotNull();
        one.clearWarnings();
        assertThat((Throwable) one.getWarnings()).isNull();
    }

    @Test
    void warningsOfAStatementAreKeptWhateverIsAskedOfIt() throws SQLException {
        Connection one = open();
        try (Statement statement = one.createStatement()) {
            statement.executeUpdate("COMMIT");
            try (ResultSet keys = statement.getGeneratedKeys()) {
                assertThat(keys.next()).isFalse();
            }
            assertThat((Throwable) statement.getWarnings()).hasMessageContaining("no transaction");
        }
    }

    @Test
    void modesAreRefusedInATransactionThoughTheyWereNothingNew() throws SQLException {
        Connection one = open();
        one.setAutoCommit(false);
        assertThat(text(one, "SELECT 1")).isEqualTo("1");
        assertThatThrownBy(() -> one.setReadOnly(false)).hasMessageContaining("in the middle of a transaction");
        assertThatThrownBy(() -> one.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED))
                .hasMessageContaining("in the middle of a transaction");
    }

    @Test
    void aResultSetThatHasEndedIsClosedByWhatFollowsIt() throws SQLException {
        Connection one = open();
        try (Statement statement = one.createStatement()) {
            ResultSet rows = statement.executeQuery("SELECT 1");
            while (rows.next()) {
                assertThat(rows.getInt(1)).isEqualTo(1);
            }
            assertThat(rows.isClosed()).isFalse();
            assertThat((Throwable) rows.getWarnings()).isNull();
            assertThat(statement.getMoreResults()).isFalse();
            assertThat(rows.isClosed()).isTrue();
            assertThatThrownBy(rows::next).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void aBrokenConnectionIsReplacedOutsideATransaction() throws SQLException {
        Connection one = open();
        execute(one, "SET search_path = a");
        String process = text(one, PROCESS);
        terminate(process);
        assertThat(text(one, "SELECT name FROM things LIMIT 1")).isEqualTo("of a");
        assertThat(text(one, PROCESS)).isNotEqualTo(process);
        assertThat(one.isValid(30)).isTrue();
    }

    /** A sequence does not go back with its transaction. */
    /** Not asked before whether it works, and found dead by what the session is to be: nothing of the application's has met it. */
    @Test
    void oneThatIsDeadBeforeAnythingRunsIsReplaced() throws SQLException {
        url = url(2, 2).replace("validate_after_ms=0", "validate_after_ms=60000");
        Connection one = open();
        Connection other = open();
        execute(one, "SET app.tenant = 'a'");
        execute(other, "SET app.tenant = 'b'");
        List<String> processes = new ArrayList<>();
        for (Connection each : List.of(one, other)) {
            each.setAutoCommit(false);
            processes.add(text(each, PROCESS));
        }
        assertThat(processes).doesNotHaveDuplicates();
        other.commit();
        one.commit();
        processes.forEach(LateBindingOnPostgresTest::terminated);
        Connection neither = open();
        neither.setAutoCommit(false);
        assertThat(text(neither, PROCESS)).isNotIn(processes);
        neither.commit();
        assertThat(text(one, "SELECT current_setting('app.tenant')")).isEqualTo("a");
    }

    private static void terminated(String process) {
        try {
            terminate(process);
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void whatBreaksItsConnectionIsExecutedOnce() throws SQLException {
        try (Connection admin = straight()) {
            execute(admin, "CREATE SEQUENCE executions");
            Connection one = open();
            String kills = "SELECT nextval('executions'), pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE client_port = inet_client_port()";
            assertThatThrownBy(() -> execute(one, kills)).hasFieldOrPropertyWithValue("SQLState", "57P01");
            try (PreparedStatement prepared = one.prepareStatement(kills)) {
                assertThatThrownBy(prepared::execute).hasFieldOrPropertyWithValue("SQLState", "57P01");
            }
            assertThat(text(one, "SELECT 1")).isEqualTo("1");
            assertThat(text(admin, "SELECT last_value FROM executions")).isEqualTo("2");
            execute(admin, "DROP SEQUENCE executions");
        }
    }

    /** Planning so many takes longer than what it allows. */
    @Test
    void aLimitThatIsTooShortToReadWhatWasSetHitsNobody() throws SQLException {
        Connection one = open();
        one.setAutoCommit(false);
        StringBuilder sets = new StringBuilder("SELECT set_config('app.x', 'one', false)");
        for (int i = 0; i < 1500; i++) {
            sets.append(", set_config('app.x")
                    .append(i)
                    .append("', '")
                    .append(i)
                    .append("', false)");
        }
        execute(one, sets.toString());
        execute(one, "SET statement_timeout = 1");
        one.commit();
        assertThat(states(one)).containsOnly("pinned: settings that cannot be read");
        worksOnAndHitsNobody(one);
    }

    @Test
    void aShortLimitOnStatementsStaysWithWhoHasSetIt() throws SQLException {
        Connection one = open();
        one.setAutoCommit(false);
        execute(one, "SET app.x = 'one'");
        execute(one, "SET statement_timeout = 99");
        one.commit();
        assertThat(states(one)).containsOnly("pinned: a limit on statements of less than 100 ms");
        worksOnAndHitsNobody(one);
    }

    private void worksOnAndHitsNobody(Connection one) throws SQLException {
        Connection other = open();
        for (int i = 0; i < 3; i++) {
            assertThat(one.getAutoCommit()).isFalse();
            assertThat(text(one, "SHOW app.x")).isEqualTo("one");
            assertThatThrownBy(() -> execute(one, "SELECT pg_sleep(60)"))
                    .hasFieldOrPropertyWithValue("SQLState", "57014");
            one.rollback();
            assertThat(text(other, "SHOW statement_timeout")).isEqualTo("0");
            assertThat(text(other, "SELECT 1 FROM pg_sleep(0.2)")).isEqualTo("1");
        }
        one.close();
        assertThat(text(open(), "SHOW statement_timeout")).isEqualTo("0");
    }

    @Test
    void aLongerLimitOnStatementsHoldsNothing() throws SQLException {
        Connection one = open();
        execute(one, "SET statement_timeout = 100");
        assertThat(states(one)).containsOnly("unbound");
        assertThat(text(open(), "SELECT 1 FROM pg_sleep(0.2)")).isEqualTo("1");
        assertThatThrownBy(() -> execute(one, "SELECT pg_sleep(60)")).hasFieldOrPropertyWithValue("SQLState", "57014");
        execute(one, "SET statement_timeout = 0");
        assertThat(text(one, "SELECT 1 FROM pg_sleep(0.2)")).isEqualTo("1");
        assertThat(states(one)).containsOnly("unbound");
    }

    @Test
    void aTransactionThatIsLostIsRolledBackFirst() throws SQLException {
        Connection one = open();
        one.setAutoCommit(false);
        terminate(text(one, PROCESS));
        assertThatThrownBy(() -> text(one, "SELECT 1")).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> text(one, "SELECT 1")).hasMessageContaining("roll back");
        one.rollback();
        assertThat(text(one, "SELECT 1")).isEqualTo("1");
    }

    @Test
    void aSessionThatIsLostIsClosed() throws SQLException {
        Connection one = open();
        execute(one, "CREATE TEMPORARY TABLE mine (id int)");
        terminate(text(one, PROCESS));
        assertThatThrownBy(() -> text(one, "SELECT 1")).isInstanceOf(SQLException.class);
        assertThat(one.isClosed()).isTrue();
        assertThat(one.isValid(1)).isFalse();
        assertThat(text(open(), "SELECT 1")).isEqualTo("1");
    }

    private static void terminate(String process) throws SQLException {
        try (Connection admin = straight()) {
            text(admin, "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE client_port = " + process);
        }
    }

    @Test
    void aResultSetHoldsUntilItIsReadOrClosed() throws SQLException {
        Connection one = open();
        try (Statement statement = one.createStatement()) {
            ResultSet rows = statement.executeQuery("SELECT generate_series(1, 2)");
            assertThat(states(one)).containsOnly("bound: an open result set");
            assertThat(rows.getStatement()).isSameAs(statement);
            assertThat(rows.next()).isTrue();
            assertThat(rows.next()).isTrue();
            assertThat(states(one)).containsOnly("bound: an open result set");
            assertThat(rows.next()).isFalse();
            assertThat(states(one)).containsOnly("unbound");
            assertThat(rows.next()).isFalse();
            assertThat(rows.isClosed()).isFalse();
            assertThat(statement.getMoreResults()).isFalse();
            assertThat(statement.getUpdateCount()).isEqualTo(-1);
            rows.close();
            assertThat(rows.isClosed()).isTrue();

            ResultSet more = statement.executeQuery("SELECT 1");
            assertThat(states(one)).containsOnly("bound: an open result set");
            more.close();
            assertThat(states(one)).containsOnly("unbound");
            assertThatThrownBy(more::next).isInstanceOf(SQLException.class);
        }
        ResultSet abandoned;
        try (Statement statement = one.createStatement()) {
            abandoned = statement.executeQuery("SELECT 1");
        }
        assertThat(abandoned.isClosed()).isTrue();
        assertThat(states(one)).containsOnly("unbound");
    }

    @Test
    void metadataOfAResultSetEndWithIt() throws SQLException {
        Connection one = open();
        try (Statement statement = one.createStatement()) {
            ResultSet rows = statement.executeQuery("SELECT id, name FROM a.things");
            ResultSetMetaData metaData = rows.getMetaData();
            assertThat(metaData.getColumnLabel(2)).isEqualTo("name");
            assertThat(metaData.isNullable(1)).isEqualTo(ResultSetMetaData.columnNoNulls);
            while (rows.next()) {
                assertThat(rows.getString("name")).isNotNull();
            }
            assertThat(metaData.getColumnCount()).isEqualTo(2);
            rows.close();
            assertThatThrownBy(() -> metaData.getColumnLabel(1)).hasMessageContaining("closed");
        }
        one.setAutoCommit(false);
        try (Statement statement = one.createStatement()) {
            ResultSet rows = statement.executeQuery("SELECT id, name FROM a.things");
            ResultSetMetaData metaData = rows.getMetaData();
            rows.close();
            assertThat(metaData.getColumnLabel(2)).isEqualTo("name");
            one.commit();
            assertThatThrownBy(() -> metaData.getColumnLabel(2)).hasMessageContaining("closed");
        }
        one.setAutoCommit(true);
        try (ResultSet tables = one.getMetaData().getTables(null, "a", "things", null)) {
            assertThat(tables.next()).isTrue();
        }
        assertThat(states(one)).containsOnly("unbound");
    }

    @Test
    void parametersAreKeptUntilThereIsAConnection() throws SQLException {
        Connection one = open();
        try (PreparedStatement insert = one.prepareStatement(
                        "INSERT INTO b.things (name) VALUES (?)", Statement.RETURN_GENERATED_KEYS);
                PreparedStatement select = one.prepareStatement("SELECT name FROM b.things WHERE id = ANY (?)")) {
            insert.setString(1, "one");
            assertThat(states(one)).containsOnly("unbound");
            assertThat(insert.executeUpdate()).isEqualTo(1);
            assertThat(states(one)).containsOnly("bound: an open result set");
            int key;
            try (ResultSet keys = insert.getGeneratedKeys()) {
                assertThat(keys.next()).isTrue();
                key = keys.getInt(1);
            }
            assertThat(states(one)).containsOnly("unbound");
            assertThat(insert.getUpdateCount()).isEqualTo(1);
            Array array = one.createArrayOf("int4", new Object[] {key});
            select.setArray(1, array);
            for (int i = 0; i < 3; i++) {
                try (ResultSet rows = select.executeQuery()) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getString(1)).isEqualTo("one");
                }
                assertThat(text(open(), "SELECT 1")).isEqualTo("1");
            }
            assertThat(select.getParameterMetaData().getParameterCount()).isEqualTo(1);
            ResultSetMetaData columns = select.getMetaData();
            assertThat(columns == null ? "" : columns.getColumnLabel(1)).isEqualTo("name");
            insert.setString(1, "two");
            insert.addBatch();
            insert.setString(1, "three");
            insert.addBatch();
            assertThat(insert.executeBatch()).containsExactly(1, 1);
        }
        assertThat(states(one)).containsOnly("unbound");
        assertThat(text(one, "SELECT count(*) FROM b.things WHERE name IN ('one', 'two', 'three')"))
                .isEqualTo("3");
    }

    @Test
    void theMplHolds() throws Exception {
        url = url(2, 5);
        List<Future<String>> counts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Connection connection = open();
            counts.add(threads.submit(() -> text(
                    connection,
                    "SELECT count(*) FROM pg_stat_activity, pg_sleep(0.01)"
                            + " WHERE state = 'active' AND backend_type = 'client backend' AND query LIKE '%the mpl holds%'"
                            + " /* the mpl holds */")));
        }
        for (Future<String> count : counts) {
            assertThat(Integer.parseInt(count.get())).isBetween(1, 2);
        }
    }

    @Test
    void aCancelReachesTheBoundConnectionOnly() throws Exception {
        Connection one = open();
        Connection other = open();
        try (Statement mine = one.createStatement();
                Statement its = other.createStatement()) {
            Future<?> sleeping = threads.submit(() -> mine.execute("SELECT pg_sleep(60)"));
            awaitSleeper(sleeping);
            mine.cancel();
            assertThatThrownBy(sleeping::get)
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .hasMessageContaining("cancel");

            mine.execute("SELECT 1");
            try (Connection admin = straight()) {
                execute(admin, "SELECT pg_advisory_lock(97)");
                Future<Boolean> undisturbed = threads.submit(() -> its.execute("SELECT pg_advisory_xact_lock(97)"));
                while (!undisturbed.isDone()
                        && text(admin, "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'advisory'")
                                .equals("0")) {
                    Thread.onSpinWait();
                }
                for (int i = 0; i < 100; i++) {
                    mine.cancel();
                }
                assertThat(undisturbed.isDone()).isFalse();
                execute(admin, "SELECT pg_advisory_unlock(97)");
                assertThat(undisturbed.get()).isTrue();
            }
        }
    }

    private static void awaitSleeper(Future<?> sleeping) throws SQLException {
        try (Connection admin = straight()) {
            while (!sleeping.isDone()
                    && text(
                                    admin,
                                    "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%' AND state = 'active'")
                            .equals("0")) {
                Thread.onSpinWait();
            }
        }
    }

    /** The driver has it wait for the commit, which a trigger has wait for a lock. */
    @Test
    void aStatementThatMeetsACommitIsInTheNextTransaction() throws Exception {
        try (Connection admin = straight()) {
            execute(admin, "CREATE TABLE slow (n int)");
            execute(
                    admin,
                    "CREATE FUNCTION waits() RETURNS trigger LANGUAGE plpgsql AS"
                            + " 'BEGIN PERFORM pg_advisory_xact_lock(99); RETURN NULL; END'");
            execute(
                    admin,
                    "CREATE CONSTRAINT TRIGGER waits AFTER INSERT ON slow DEFERRABLE INITIALLY DEFERRED"
                            + " FOR EACH ROW EXECUTE FUNCTION waits()");
            execute(admin, "SELECT pg_advisory_lock(99)");
            Connection one = open();
            one.setAutoCommit(false);
            try (Statement first = one.createStatement();
                    Statement second = one.createStatement()) {
                assertThat(first.executeUpdate("INSERT INTO slow VALUES (1)")).isEqualTo(1);
                Future<?> commit = threads.submit(() -> {
                    one.commit();
                    return null;
                });
                while (text(admin, "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'advisory'")
                        .equals("0")) {
                    Thread.onSpinWait();
                }
                FutureTask<Integer> meets = new FutureTask<>(() -> second.executeUpdate("INSERT INTO slow VALUES (2)"));
                Thread thread = new Thread(meets);
                thread.start();
                while (thread.getState() != Thread.State.WAITING && !meets.isDone()) {
                    Thread.onSpinWait();
                }
                execute(admin, "SELECT pg_advisory_unlock(99)");
                commit.get();
                assertThat(meets.get()).isEqualTo(1);
                one.commit();
            }
            assertThat(text(admin, "SELECT count(*) FROM slow")).isEqualTo("2");
        }
    }

    @Test
    void aPoolThatIsPinnedSaysSoAtOnce() throws SQLException {
        Connection one = open();
        Connection two = open();
        execute(one, "LISTEN news");
        execute(two, "LISTEN news");
        assertThatThrownBy(() -> text(open(), "SELECT 1"))
                .isInstanceOf(SQLTransientException.class)
                .hasMessageContaining("2 by LISTEN");
        two.close();
        assertThat(text(open(), "SELECT 1")).isEqualTo("1");
    }

    @Test
    void usersHavePoolsOfTheirOwn() throws SQLException {
        try (Connection admin = straight()) {
            execute(admin, "CREATE USER somebody");
        }
        Connection one = open();
        assertThat(text(one, "SELECT current_user")).isEqualTo("postgres");
        url = url.replace("user=postgres", "user=somebody");
        assertThat(text(open(), "SELECT current_user")).isEqualTo("somebody");
        assertThat(text(one, "SELECT current_user")).isEqualTo("postgres");
    }
}
