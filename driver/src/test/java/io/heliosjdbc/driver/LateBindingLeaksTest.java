package io.heliosjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two logical connections on one physical one of a PostgreSQL: whatever the one does, the other finds what a new one finds. */
class LateBindingLeaksTest extends LateBindingFixture {
    private static final AtomicInteger MANAGERS = new AtomicInteger();

    /** What a session may have kept of another one. */
    private static final String EVERYTHING =
            "SELECT concat(nullif(current_setting('app.tenant', true), ''), ' ', current_user, ' ',"
                    + " current_setting('search_path'), ' ', current_setting('timezone'), ' ', to_regclass('leaky'), ' ',"
                    + " (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' "
                    + " AND pid = (SELECT pid FROM pg_stat_activity WHERE client_port = inet_client_port())), ' ',"
                    + " (SELECT count(*) FROM pg_cursors WHERE is_holdable))";

    private static @Nullable EmbeddedPostgres server;

    private final String url = "jdbc:helios:" + location() + "&helios.manager=leaks-" + MANAGERS.incrementAndGet()
            + "&helios.connections=late&helios.max_concurrency=1&helios.pool.reserve=1"
            + "&helios.pool.connection_timeout_ms=20000&helios.idle_in_transaction_lend_ms=0";

    @BeforeAll
    static void startServer() throws IOException, SQLException {
        server = PostgresServer.embedded().start();
        try (Connection connection = straight()) {
            execute(connection, """
                    CREATE ROLE leaks_role;
                    CREATE SCHEMA leaks;
                    GRANT ALL ON SCHEMA leaks TO leaks_role;
                    CREATE FUNCTION leaks.leak(what text) RETURNS text
                        AS $$ SELECT set_config('app.tenant', what, false) $$ LANGUAGE sql;
                    CREATE FUNCTION public.lower(what int) RETURNS text
                        AS $$ SELECT leaks.leak('overload') $$ LANGUAGE sql;
                    CREATE TABLE leaks.rows (id int);
                    INSERT INTO leaks.rows VALUES (1);
                    CREATE TABLE leaks.triggers (id int);
                    CREATE FUNCTION leaks.trigger() RETURNS trigger
                        AS $$ BEGIN SET ROLE leaks_role; SET search_path = leaks; SET timezone = 'Asia/Tokyo'; RETURN new; END $$
                        LANGUAGE plpgsql;
                    CREATE TRIGGER t BEFORE INSERT ON leaks.triggers FOR EACH ROW EXECUTE FUNCTION leaks.trigger();
                    CREATE FUNCTION public.leaks_number(what int) RETURNS int
                        AS $$ SELECT length(leaks.leak('number')) $$ LANGUAGE sql;
                    CREATE FUNCTION leaks.expression() RETURNS int
                        AS $$ BEGIN RETURN extract(epoch FROM timestamptz '1970-01-02 00:00')::int; END $$ LANGUAGE plpgsql;
                    CREATE FUNCTION leaks.query() RETURNS int AS $$ DECLARE found int;
                        BEGIN SELECT extract(epoch FROM timestamptz '1970-01-02 00:00')::int INTO found FROM leaks.rows LIMIT 1;
                        RETURN found; END $$ LANGUAGE plpgsql;
                    CREATE VIEW leaks.zoned AS SELECT leaks.expression() AS expression, leaks.query() AS query;
                    """);
        }
    }

    @AfterAll
    static void stopServer() throws IOException {
        if (server != null) {
            server.close();
        }
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

    @Override
    String url() {
        return url;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT set_config('app.tenant', 'acme', false)",
                "SELECT set_config('app.ten'||'ant', 'acme', false)",
                "SELECT set_config('app.t'||substr('xenant', 2), 'acme', false)",
                "SELECT set_config('app.ten'\n'ant', 'acme', false)",
                "SELECT set_config(/* , */ 'app.ten' /* , */ || 'ant', 'acme', false)",
                "SELECT set_config(E'app.te\\x6eant', 'acme', false)",
                "SELECT set_config(U&'app.te\\006eant', 'acme', false)",
                "SELECT set_config($$app.tenant$$, 'acme', false)",
                "SELECT set_config('app.tenant'::text, 'acme', false)",
                "SELECT set_config(setting_name => 'app.tenant', new_value => 'acme', is_local => false)",
                "SELECT \"set_config\"('app.tenant', 'acme', false)",
                "SELECT set_config('role', 'leaks_role', false)",
                "SELECT set_config('ro'||'le', 'leaks_role', false)",
                "SELECT lower(1)",
                "SELECT public.lower(1)",
                "SELECT leaks.leak('function')",
                "SELECT \"leaks\" . /* it */ \"leak\" ('function')",
                "WITH q AS (VALUES (leaks.leak('with'))) SELECT * FROM q",
                "VALUES (leaks.leak('values'))",
                "UPDATE leaks.rows SET id = id RETURNING leaks.leak('returning')",
                "MERGE INTO leaks.rows r USING (VALUES (1)) v ON leaks.leak('merge') = '' WHEN MATCHED THEN DELETE",
                "DO $$ BEGIN PERFORM leaks.leak('do'); END $$",
                "COPY (SELECT leaks.leak('copy')) TO PROGRAM 'cat > /dev/null'",
                "PREPARE p AS SELECT leaks.leak('prepared')",
                "EXPLAIN ANALYZE CREATE TEMP TABLE leaky AS SELECT 42 AS secret",
                "EXPLAIN (ANALYZE, COSTS OFF) CREATE TEMPORARY TABLE leaky AS SELECT 42 AS secret",
                "EXPLAIN ANALYZE SELECT leaks.leak('explained')",
                "SELECT 42 AS secret INTO TEMP leaky",
                "SELECT 42 AS secret INTO pg_temp.leaky",
                "SELECT 42 AS replace INTO TEMP leaky",
                "SELECT (SELECT 42) insert INTO TEMP leaky",
                "SELECT t.insert INTO TEMP leaky FROM (SELECT 42 AS insert) t",
                "UPDATE ONLY postgres.pg_catalog.pg_settings SET setting = 'leaks' WHERE name = 'search_path'",
                "UPDATE U&\"pg\\005fsettings\" SET setting = 'leaks' WHERE name = 'search_path'",
                "SELECT begin FROM (SELECT 1 AS begin) t; SET app.tenant = 'acme'",
                "DECLARE c CURSOR WITH /*+ x */ HOLD FOR SELECT 42",
                "CREATE TABLE leaks.n AS VALUES (leaks.leak('table'))",
                "CREATE TABLE leaks.n AS WITH q AS (VALUES (leaks.leak('table'))) SELECT * FROM q",
                "CREATE MATERIALIZED VIEW leaks.n AS VALUES (leaks.leak('view'))",
                "CREATE INDEX n ON leaks.rows ((pg_try_advisory_lock(id)))",
                "ALTER TABLE leaks.rows ADD COLUMN n text DEFAULT leaks.leak('default')",
                "ALTER TABLE leaks.rows ALTER COLUMN id TYPE text USING leaks.leak('using')",
                "ALTER TABLE leaks.rows ADD CHECK (leaks.leak('check') <> '')",
                "ALTER TABLE leaks.rows ADD CHECK (@leaks_number(id) > 0)",
                "SELECT 1 @@leaks_number(1)",
                "SELECT @leaks_number(1)",
                "SELECT pg_advisory_lock(7)",
                "SELECT pg_catalog.pg_advisory_lock(7)",
                "SET \"app.tenant\" = 'acme'",
                "SET U&\"app.te\\006eant\" = 'acme'",
                "SET app.tenant = 'acme'",
                "SET SESSION AUTHORIZATION leaks_role",
                "SET LOCAL app.tenant = 'acme'"
            })
    void nothingIsLeftForTheNextOne(String text) throws SQLException {
        Connection reader = open();
        String before = text(reader, EVERYTHING);
        try {
            Connection writer = open();
            try {
                execute(writer, text);
            } catch (SQLException refused) {
                // Some are refused, by the table that is altered or the index; the session has seen them all the same.
                assertThat(refused.getSQLState()).doesNotStartWith("53H");
            }
            writer.close();
            assertThat(text(reader, EVERYTHING)).isEqualTo(before);
        } finally {
            restore();
        }
    }

    private void restore() throws SQLException {
        try (Connection connection = straight()) {
            execute(
                    connection,
                    "DROP TABLE leaks.rows; CREATE TABLE leaks.rows (id int); INSERT INTO leaks.rows VALUES (1);"
                            + "DROP MATERIALIZED VIEW IF EXISTS leaks.n");
        } catch (SQLException isTable) {
            assertThat((Throwable) isTable).hasMessageContaining("not a materialized view");
        }
        try (Connection connection = straight()) {
            execute(connection, "DROP TABLE IF EXISTS leaks.n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET LOCAL search_path = E'pg\\x5ftemp'",
                "SET LOCAL search_path = 'pg_te'\n'mp'",
                "SET LOCAL \"search_path\" TO U&'pg!005ftemp' UESCAPE '!'",
                "SET LOCAL SCHEMA 'pg_te'\n'mp'",
                "SET search_path = E'pg\\x5ftemp'; SET search_path = public",
                "SELECT set_config('search_path', 'pg_'||'temp', true)"
            })
    void aSearchPathInOtherWordsLeavesNoTable(String texts) throws SQLException {
        Connection reader = open();
        String before = text(reader, EVERYTHING);
        Connection writer = open();
        writer.setAutoCommit(false);
        String[] parts = texts.split("; ", -1);
        execute(writer, parts[0]);
        execute(writer, "CREATE TABLE leaky AS SELECT 42 AS secret");
        if (parts.length > 1) {
            execute(writer, parts[1]);
        }
        writer.commit();
        writer.close();
        assertThat(text(reader, EVERYTHING)).isEqualTo(before);
    }

    /** The session is asked under its tenant's search path, who may have functions and operators of his own in front of it. */
    @ParameterizedTest
    @ValueSource(strings = {"leaks_front, pg_catalog", "leaks_front, pg_catalog, pg_temp"})
    void functionsInFrontOfTheServersOwnHideNothing(String path) throws SQLException {
        Connection reader = open();
        String before = text(reader, EVERYTHING);
        try (Connection connection = straight()) {
            execute(connection, """
                    DROP SCHEMA IF EXISTS leaks_front CASCADE;
                    CREATE SCHEMA leaks_front;
                    CREATE FUNCTION leaks_front.current_setting(text, boolean) RETURNS text
                        AS 'SELECT NULL::text' LANGUAGE sql;
                    CREATE FUNCTION leaks_front.set_config(text, text, boolean) RETURNS text AS 'SELECT $2' LANGUAGE sql;
                    CREATE FUNCTION leaks_front.never(oid, oid) RETURNS boolean AS 'SELECT false' LANGUAGE sql;
                    CREATE OPERATOR leaks_front.= (LEFTARG = oid, RIGHTARG = oid, FUNCTION = leaks_front.never);
                    """);
        }
        Connection writer = open();
        execute(writer, "SET search_path TO " + path);
        assertThat(text(reader, EVERYTHING)).isEqualTo(before);
        execute(writer, "SET app.tenant = 'acme'");
        assertThat(text(reader, EVERYTHING)).isEqualTo(before);
        assertThat(text(writer, "SELECT pg_catalog.current_setting('app.tenant', true)"))
                .isEqualTo("acme");
        execute(writer, "CREATE TEMP TABLE leaky AS SELECT 42 AS secret");
        assertThat(text(reader, EVERYTHING)).isEqualTo(before);
        writer.close();
        assertThat(text(reader, EVERYTHING)).isEqualTo(before);
        try (Connection connection = straight()) {
            execute(connection, "DROP SCHEMA leaks_front CASCADE");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SET work_mem = '6MB'", "SET app.tenant = 'acme'", "SET app.other = '1'", "SELECT 1"})
    void whatATriggerSetsIsFoundWhateverElseWasSet(String text) throws SQLException {
        Connection reader = open();
        String before = text(reader, EVERYTHING);
        Connection writer = open();
        writer.setAutoCommit(false);
        execute(writer, text);
        execute(writer, "INSERT INTO leaks.triggers VALUES (1)");
        writer.commit();
        assertThat(text(reader, EVERYTHING)).isEqualTo(before);
    }

    @Test
    void aFunctionThatIsMadeLaterIsFound() throws SQLException {
        Connection reader = open();
        String before = text(reader, EVERYTHING);
        Connection writer = open();
        execute(
                writer,
                "CREATE FUNCTION public.upper(int) RETURNS text AS 'SELECT leaks.leak(''later'')' LANGUAGE sql");
        writer.close();
        Connection caller = open();
        assertThat(text(caller, "SELECT upper(1)")).isEqualTo("later");
        caller.close();
        assertThat(text(reader, EVERYTHING)).isEqualTo(before);
    }

    @Test
    void aFunctionOfTheSameNameIsAnotherOne() throws SQLException {
        try (Connection admin = straight()) {
            execute(
                    admin,
                    "CREATE FUNCTION leaks.set_config(a text, b text, c boolean) RETURNS text"
                            + " AS 'SELECT leaks.leak(b)' LANGUAGE sql");
            Connection reader = open();
            String before = text(reader, EVERYTHING);
            Connection writer = open();
            execute(writer, "SELECT leaks.set_config('app.other', 'acme', false)");
            writer.close();
            assertThat(text(reader, EVERYTHING)).isEqualTo(before);
            execute(admin, "DROP FUNCTION leaks.set_config");
        }
    }

    @Test
    void aSettingMayBeCalledByAWordOfTheLanguage() throws SQLException {
        Connection writer = open();
        execute(writer, "SELECT set_config('app.user', 'acme', false)");
        Connection reader = open();
        assertThat(text(reader, "SELECT current_setting('app.user', true)")).isEmpty();
        assertThat(text(writer, "SELECT current_setting('app.user', true)")).isEqualTo("acme");
    }

    @Test
    void severalSettingsGoTogether() throws SQLException {
        Connection one = open();
        Connection other = open();
        String before = text(other, EVERYTHING);
        execute(one, "SET app.tenant = 'one'");
        execute(one, "SET timezone = 'Asia/Tokyo'");
        execute(one, "SET search_path = leaks");
        execute(one, "SET application_name = 'mine'");
        execute(one, "SET ROLE leaks_role");
        for (int i = 0; i < 2; i++) {
            assertThat(text(one, EVERYTHING)).startsWith("one leaks_role leaks Asia/Tokyo");
            assertThat(text(one, "SHOW application_name")).isEqualTo("mine");
            assertThat(text(other, EVERYTHING)).isEqualTo(before);
            assertThat(text(other, "SHOW application_name")).isNotEqualTo("mine");
        }
        assertThat(state(one)).isEqualTo("unbound");
    }

    /** The server reads a literal when a statement is prepared. */
    @Test
    void literalsOfAPreparedStatementAreReadInItsOwnersTimeZone() throws SQLException {
        Connection one = open();
        Connection other = open();
        execute(one, "SET timezone = 'Asia/Tokyo'");
        execute(other, "SET timezone = 'UTC'");
        String sql = "SELECT extract(epoch FROM '1970-01-02 00:00'::timestamptz)::int";
        for (int i = 0; i < 8; i++) {
            assertThat(prepared(one, sql)).isEqualTo(15 * 3600);
        }
        for (int i = 0; i < 8; i++) {
            assertThat(prepared(other, sql)).isEqualTo(24 * 3600);
        }
        assertThat(prepared(one, sql)).isEqualTo(15 * 3600);
        other.setAutoCommit(false);
        execute(other, "SET timezone = 'Asia/Tokyo'");
        for (int i = 0; i < 8; i++) {
            assertThat(prepared(other, sql)).isEqualTo(15 * 3600);
        }
        other.rollback();
        assertThat(prepared(other, sql)).isEqualTo(24 * 3600);
        other.rollback();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SET LOCAL timezone = 'Asia/Tokyo'|SELECT extract(epoch FROM '1970-01-02 00:00'::timestamptz)::int|54000|86400",
                "SET LOCAL TIME ZONE 'Asia/Tokyo'|SELECT extract(epoch FROM '1970-01-02 00:00'::timestamptz)::int|54000|86400",
                "SET LOCAL \"TimeZone\" TO 'Asia/Tokyo'|SELECT extract(epoch FROM '1970-01-02 00:00'::timestamptz)::int|54000|86400",
                "SET timezone = 'Asia/Tokyo'|SELECT extract(epoch FROM '1970-01-02 00:00'::timestamptz)::int|54000|86400",
                "SELECT set_config('TimeZone', 'Asia/Tokyo', true)|SELECT extract(epoch FROM '1970-01-02 00:00'::timestamptz)::int|54000|86400",
                "SET LOCAL DateStyle = 'ISO, DMY'|SELECT extract(month FROM date '01/02/2026')::int|2|1",
                "SET LOCAL IntervalStyle TO sql_standard|SELECT extract(hour FROM interval '-1 2:03:04')::int|-2|2",
                "SET LOCAL standard_conforming_strings = off|SELECT length('a\\bc')|3|4",
                "SET LOCAL transform_null_equals = on|SELECT count(*) FROM leaks.rows WHERE nullif(id, 1) = NULL|1|0",
                "SET LOCAL array_nulls = off|SELECT count(x) FROM unnest('{NULL}'::text[]) AS t (x)|1|0"
            })
    void literalsReadAsATransactionReadsThemAreNobodyElses(String text, String sql, int here, int elsewhere)
            throws SQLException {
        Connection one = open();
        Connection other = open();
        // Both, so that nothing differs between them that is told.
        execute(one, "SET timezone = 'UTC'");
        execute(other, "SET timezone = 'UTC'");
        for (int i = 0; i < 8; i++) {
            assertThat(prepared(other, sql)).isEqualTo(elsewhere);
        }
        one.setAutoCommit(false);
        execute(one, text);
        for (int i = 0; i < 8; i++) {
            assertThat(prepared(one, sql)).isEqualTo(here);
        }
        end(one, text.startsWith("SET LOCAL"));
        assertThat(state(one)).isEqualTo("unbound");
        assertThat(prepared(other, sql)).isEqualTo(elsewhere);
    }

    @Test
    void aSeedThatGoesWithItsTransactionPins() throws SQLException {
        Connection one = open();
        one.setAutoCommit(false);
        execute(one, "SET LOCAL seed = 0.5");
        one.commit();
        assertThat(state(one)).isEqualTo("pinned: the setting seed");
    }

    /** A function's plans are the session's, whoever has had them made. */
    @ParameterizedTest
    @ValueSource(strings = {"expression", "query"})
    void literalsOfAFunctionAreReadInItsCallersTimeZone(String which) throws SQLException {
        String sql = "SELECT " + which + " FROM leaks.zoned";
        Connection one = open();
        Connection other = open();
        execute(one, "SET timezone = 'Asia/Tokyo'");
        execute(other, "SET timezone = 'UTC'");
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 8; j++) {
                assertThat(prepared(one, sql)).isEqualTo(15 * 3600);
            }
            assertThat(prepared(other, sql)).isEqualTo(24 * 3600);
        }
        one.setAutoCommit(false);
        execute(one, "SET timezone = 'America/New_York'");
        assertThat(prepared(one, sql)).isEqualTo(29 * 3600);
        one.rollback();
        assertThat(prepared(other, sql)).isEqualTo(24 * 3600);
        assertThat(state(one)).isEqualTo("unbound");
    }

    /** The server refuses rows of another type, and a transaction is lost with that. */
    @ParameterizedTest
    @CsvSource({
        "(id int) ON COMMIT DROP, (name text) ON COMMIT DROP, true",
        "(id int), (name text), false",
        "ON COMMIT DROP AS SELECT 0 AS id LIMIT 0, ON COMMIT DROP AS SELECT CAST(0 AS text) AS name LIMIT 0, true"
    })
    void whatIsPreparedOnATemporaryTableIsNobodyElses(String numbers, String names, boolean commits)
            throws SQLException {
        String sql = "SELECT * FROM leaks_pick";
        Connection one = open();
        Connection other = open();
        one.setAutoCommit(false);
        other.setAutoCommit(false);
        for (int i = 0; i < 2; i++) {
            execute(one, "CREATE TEMP TABLE leaks_pick " + numbers);
            execute(one, "INSERT INTO leaks_pick VALUES (1)");
            for (int j = 0; j < 8; j++) {
                assertThat(prepared(one, sql)).isEqualTo(1);
            }
            end(one, commits);
            assertThat(state(one)).isEqualTo("unbound");
            execute(other, "CREATE TEMP TABLE leaks_pick " + names);
            execute(other, "INSERT INTO leaks_pick VALUES ('2')");
            for (int j = 0; j < 8; j++) {
                assertThat(prepared(other, sql)).isEqualTo(2);
            }
            end(other, commits);
        }
    }

    private static void end(Connection connection, boolean commits) throws SQLException {
        if (commits) {
            connection.commit();
        } else {
            connection.rollback();
        }
    }

    @Test
    void whatIsPreparedOnATableIsNotForATemporaryOneOfItsName() throws SQLException {
        try (Connection straight = straight()) {
            execute(straight, "CREATE TABLE public.leaks_shadowed (id int); INSERT INTO leaks_shadowed VALUES (1)");
        }
        String sql = "SELECT * FROM leaks_shadowed";
        Connection one = open();
        Connection other = open();
        other.setAutoCommit(false);
        for (int i = 0; i < 8; i++) {
            assertThat(prepared(one, sql)).isEqualTo(1);
        }
        // The driver sees a CREATE TABLE, but not one AS.
        execute(other, "CREATE TEMP TABLE leaks_shadowed ON COMMIT DROP AS SELECT '2' AS name");
        for (int i = 0; i < 8; i++) {
            assertThat(prepared(other, sql)).isEqualTo(2);
        }
        other.commit();
        one.setAutoCommit(false);
        assertThat(prepared(one, sql)).isEqualTo(1);
        one.rollback();
    }

    /** As docs/late-binding.md says; what is prepared anew is not refused again. */
    @Test
    void whatIsPreparedForATableThatWasAlteredIsRefusedOnceInATransaction() throws SQLException {
        String sql = "SELECT * FROM leaks.altered";
        Connection one = open();
        Connection other = open();
        try (Connection straight = straight()) {
            execute(straight, "CREATE TABLE leaks.altered (id int); INSERT INTO leaks.altered VALUES (1)");
            for (int i = 0; i < 8; i++) {
                assertThat(prepared(one, sql)).isEqualTo(1);
            }
            execute(straight, "ALTER TABLE leaks.altered ADD COLUMN name text");
            other.setAutoCommit(false);
            assertThatThrownBy(() -> prepared(other, sql))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            refused -> assertThat(refused.getSQLState()).isEqualTo("0A000"));
            other.rollback();
            for (int i = 0; i < 8; i++) {
                assertThat(prepared(other, sql)).isEqualTo(1);
            }
            other.rollback();
            execute(straight, "ALTER TABLE leaks.altered ADD COLUMN born date");
            assertThat(prepared(one, sql)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT to_tsvector('a') @@to_tsquery('a')",
                "SELECT ARRAY[id] <@ids FROM (SELECT id, ARRAY[1, 2] AS ids FROM leaks.rows) AS t",
                "SELECT @id FROM leaks.rows"
            })
    void anOperatorWithNoSpaceBehindItPinsNobody(String sql) throws SQLException {
        Connection one = open();
        execute(one, sql);
        assertThat(state(one)).isEqualTo("unbound");
    }

    private static int prepared(Connection connection, String sql) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(sql);
                ResultSet rows = prepared.executeQuery()) {
            assertThat(rows.next()).isTrue();
            return rows.getInt(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LISTEN c; UNLISTEN c",
                "LISTEN c; UNLISTEN *",
                "SELECT pg_advisory_lock(77); SELECT pg_advisory_unlock(77)",
                "SELECT pg_advisory_lock(1), pg_advisory_lock(2); SELECT pg_advisory_unlock_all()",
                "CREATE TEMP TABLE leaky (a int); DROP TABLE leaky",
                "CREATE TEMP TABLE leaky (a int); DISCARD TEMP",
                "PREPARE p AS SELECT 1; DEALLOCATE p",
                "PREPARE p AS SELECT 1; DEALLOCATE ALL",
                "DECLARE c CURSOR WITH HOLD FOR SELECT 1; CLOSE c",
                "LISTEN c; DISCARD ALL"
            })
    void aPinEndsWithItsCause(String texts) throws SQLException {
        String[] parts = texts.split("; ", -1);
        Connection one = open();
        execute(one, "SELECT 1");
        execute(one, parts[0]);
        assertThat(state(one)).startsWith("pinned");
        execute(one, "SELECT 1");
        assertThat(state(one)).startsWith("pinned");
        execute(one, parts[1]);
        assertThat(state(one)).isEqualTo("unbound");
        assertThat(text(open(), EVERYTHING)).isEqualTo(text(one, EVERYTHING));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TEMP TABLE leaky (a int) ON COMMIT DROP; COMMIT",
                "CREATE TEMP TABLE leaky (a int); ROLLBACK",
                "LISTEN c; ROLLBACK",
            })
    void aPinEndsWithItsTransaction(String texts) throws SQLException {
        Connection one = open();
        one.setAutoCommit(false);
        execute(one, texts.substring(0, texts.indexOf(';')));
        assertThat(state(one)).startsWith("pinned");
        if (texts.endsWith("COMMIT")) {
            one.commit();
        } else {
            one.rollback();
        }
        assertThat(state(one)).isEqualTo("unbound");
        assertThat(text(one, "SELECT 1")).isEqualTo("1");
        assertThat(state(one)).isEqualTo("bound: an open transaction");
        one.rollback();
    }

    @Test
    void whatFailsOrTakesNothingPinsNobody() throws SQLException {
        Connection one = open();
        execute(one, "CREATE TEMP TABLE leaky (a int) ON COMMIT DROP");
        assertThat(state(one)).isEqualTo("unbound");
        assertThatThrownBy(() -> execute(one, "CREATE TEMP TABLE leaky (a nothing)"))
                .isInstanceOf(SQLException.class);
        assertThat(state(one)).isEqualTo("unbound");
        assertThatThrownBy(() -> execute(one, "EXECUTE nothing")).isInstanceOf(SQLException.class);
        assertThat(state(one)).isEqualTo("unbound");
    }

    @Test
    void aPinStaysWhereAnythingIsLeft() throws SQLException {
        Connection one = open();
        execute(one, "LISTEN a");
        execute(one, "CREATE TEMP TABLE leaky (a int)");
        execute(one, "UNLISTEN *");
        assertThat(state(one)).startsWith("pinned");
        execute(one, "SELECT leaks.leak('nobody tells')");
        execute(one, "DROP TABLE leaky");
        assertThat(state(one)).startsWith("pinned");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RESET ALL", "DISCARD ALL"})
    void toResetAllPinsNobody(String reset) throws SQLException {
        Connection one = open();
        String before = text(one, EVERYTHING);
        execute(one, "SET app.tenant = 'one'");
        execute(one, "SET timezone = 'Asia/Tokyo'");
        execute(one, reset);
        assertThat(state(one)).isEqualTo("unbound");
        Connection other = open();
        execute(other, "SET app.tenant = 'other'");
        assertThat(text(one, EVERYTHING)).isEqualTo(before);
        execute(one, "SET search_path = leaks");
        one.setReadOnly(true);
        assertThat(text(other, EVERYTHING)).startsWith("other ");
        execute(one, reset);
        assertThat(state(one)).startsWith("pinned");
    }

    @Test
    void thatAllArePinnedIsSaidAtOnce() throws SQLException {
        execute(open(), "LISTEN a");
        execute(open(), "LISTEN a");
        assertThatThrownBy(() -> text(open(), "SELECT 1"))
                .hasMessageContaining("All physical connections")
                .hasMessageContaining("2 by LISTEN")
                .hasMessageNotContaining("within");
    }
}
