package io.heliosjdbc.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionUseTest {
    private static SessionUse use(String sql, Dialect dialect) {
        return StatementProfile.of(sql).sessionUse(dialect);
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void workLeavesNothingBehind(Dialect dialect) {
        for (String sql : new String[] {
            "SELECT * FROM a JOIN b USING (id) WHERE x IN (1, 2) AND upper(name) = ? ORDER BY count(*)",
            "INSERT INTO t (a, b) VALUES (?, ?)",
            "insert into \"S\".\"t\" (a) select max(a) from t",
            "UPDATE t SET a = coalesce(a, 0) + 1 WHERE id = ?",
            "DELETE FROM t WHERE id = 1;",
            "WITH x AS (SELECT 1) SELECT * FROM x",
            "(SELECT 1) UNION (SELECT 2)",
            "MERGE INTO t USING s ON (t.id = s.id) WHEN MATCHED THEN UPDATE SET a = 1",
            ""
        }) {
            assertThat(use(sql, dialect)).as(sql).isEqualTo(SessionUse.NONE);
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void whatIsNotKnownPins(Dialect dialect) {
        for (String sql : new String[] {
            "SELECT mine(1)",
            "SELECT s.upper(1)",
            "SELECT \"upper\"(a) FROM t",
            "SELECT * FROM mine(1)",
            "CALL p()",
            "DO 'x'",
            "SELECT 1; SELECT 2",
            "SELECT @x",
            "SELECT a INTO b FROM t",
            "SELECT 'a\\' , 1 -- '",
            "SELECT 'open",
            "SET unheard_of = 1",
            "LISTEN a",
            "{call p()}",
            "CREATE TEMPORARY TABLE t (id int)",
            "EXECUTE p",
            "LOCK TABLES t READ /*! x */",
            "FROBNICATE"
        }) {
            assertThat(use(sql, dialect).pins()).as(sql).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT currval('s')",
                "SELECT lastval()",
                "SELECT LAST_INSERT_ID()",
                "SELECT @@identity",
                "VALUES IDENTITY_VAL_LOCAL()",
                "SELECT PREVIOUS VALUE FOR s"
            })
    void whatAnEarlierStatementLeftIsAskedFor(String sql) {
        assertThat(use(sql, Dialect.MARIADB).readsEarlierResult()).isTrue();
    }

    @Test
    void settingsOfPostgresAreTold() {
        assertThat(use("SET search_path = a, b", Dialect.POSTGRESQL).settings()).containsExactly("search_path");
        assertThat(use("SET SESSION Work_Mem TO '1MB'", Dialect.POSTGRESQL).settings())
                .containsExactly("work_mem");
        assertThat(use("SET TIME ZONE LOCAL", Dialect.POSTGRESQL).settings()).containsExactly("timezone");
        assertThat(use("RESET ROLE", Dialect.POSTGRESQL).settings()).containsExactly("role");
        assertThat(use("SET app.tenant = '1'", Dialect.POSTGRESQL).settings()).containsExactly("app.tenant");
        assertThat(use("SELECT set_config('app.tenant', ?, false)", Dialect.POSTGRESQL)
                        .settings())
                .containsExactly("app.tenant");
        assertThat(use("SET LOCAL search_path = a", Dialect.POSTGRESQL)).isEqualTo(SessionUse.NONE);
        assertThat(use("SET TRANSACTION READ ONLY", Dialect.POSTGRESQL)).isEqualTo(SessionUse.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET search_path = pg_temp, a",
                "SELECT set_config(?, 'a', false)",
                "SELECT set_config('session_authorization', 'a', false)",
                "SET SESSION AUTHORIZATION a",
                "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
                "RESET ALL",
                "RESET SESSION AUTHORIZATION",
                "DISCARD ALL",
                "DECLARE c CURSOR WITH HOLD FOR SELECT 1",
                "DEALLOCATE ALL",
                "LOAD 'x'",
                "CREATE UNLOGGED TABLE IF NOT EXISTS pg_temp.t (id int)",
                "CREATE TABLE \"pg_temp\".t (id int)",
                "CREATE TABLE U&\"pg\\005ftemp\".t (id int)",
                "SELECT set_config('search_path', 'pg_temp', false)",
                "CREATE TEMP TABLE t AS SELECT 1",
                "CREATE LOCAL TEMPORARY TABLE t (id int)",
                "CREATE TABLE t AS SELECT mine()",
                "EXPLAIN ANALYZE SELECT mine()",
                "ALTER ROLE a SET search_path = b",
                "SELECT 1 INTO TEMP t",
                "COPY t FROM STDIN",
                "SELECT pg_advisory_lock(1)",
                "SELECT pg_try_advisory_lock(1)"
            })
    void whatPostgresCannotUndoPins(String sql) {
        assertThat(use(sql, Dialect.POSTGRESQL).pins()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN",
                "COMMIT",
                "ROLLBACK TO a",
                "SAVEPOINT a",
                "CREATE TABLE t (id int PRIMARY KEY, n numeric(10, 2) CHECK (n > 0))",
                "CREATE INDEX i ON t (lower(name))",
                "DROP TABLE t",
                "TRUNCATE t",
                "LOCK TABLE t IN SHARE MODE",
                "SELECT pg_advisory_xact_lock(1)",
                "SHOW timezone",
                "EXPLAIN SELECT 1",
                "DECLARE c CURSOR FOR SELECT 1",
                "FETCH 1 FROM c",
                "VACUUM t",
                "INSERT INTO t (a) VALUES (nextval('s')) ON CONFLICT (a) DO NOTHING RETURNING id"
            })
    void whatPostgresUndoesDoesNotPin(String sql) {
        assertThat(use(sql, Dialect.POSTGRESQL)).isEqualTo(SessionUse.NONE);
    }

    @Test
    void otherEnginesHaveTheirOwn() {
        assertThat(use("SET SCHEMA a", Dialect.H2).settings()).containsExactly(SessionUse.SCHEMA);
        assertThat(use("SET LOCK_TIMEOUT 1", Dialect.H2).pins()).isNotNull();
        assertThat(use("BEGIN", Dialect.H2).pins()).isNotNull();
        assertThat(use("SELECT s.currval", Dialect.H2).readsEarlierResult()).isTrue();
        assertThat(use("USE a", Dialect.MARIADB).settings()).containsExactly(SessionUse.CATALOG);
        assertThat(use("SET @a = 1", Dialect.MARIADB).pins()).isNotNull();
        assertThat(use("SELECT GET_LOCK('a', 1)", Dialect.MARIADB).pins()).isNotNull();
        assertThat(use("LOCK TABLES t READ", Dialect.MARIADB).pins()).isNotNull();
        assertThat(use("SELECT SQL_CALC_FOUND_ROWS * FROM t", Dialect.MARIADB).pins())
                .isNotNull();
        assertThat(use("CREATE TABLE t (id int)", Dialect.OTHER).pins()).isNotNull();
        assertThat(use("REPLACE INTO t (a) VALUES (1)", Dialect.MARIADB)).isEqualTo(SessionUse.NONE);
    }
}
