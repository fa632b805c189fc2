package io.heliosjdbc.classifier.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.classifier.statement.Dialect;
import io.heliosjdbc.classifier.statement.SessionUse;
import io.heliosjdbc.classifier.tokens.Lexer;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionUseTest {
    private static SessionUse use(String sql, Dialect dialect) {
        return SessionUseReader.read(Lexer.read(sql), dialect);
    }

    private static void leavesNothing(SessionUse use, String sql) {
        assertThat(use.pins()).as(sql).isNull();
        assertThat(use.settings()).as(sql).isEmpty();
        assertThat(use.readsEarlierResult()).as(sql).isFalse();
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
            leavesNothing(use(sql, dialect), sql);
        }
    }

    @Test
    void aCommentThatMySqlSubtractsPinsThere() {
        for (String sql : new String[] {"SELECT 1--1, GET_LOCK('x', 1)", "SELECT a --note\nFROM t"}) {
            assertThat(use(sql, Dialect.MARIADB).pins()).as(sql).isNotNull();
            leavesNothing(use(sql, Dialect.POSTGRESQL), sql);
            leavesNothing(use(sql, Dialect.H2), sql);
        }
        leavesNothing(use("SELECT 1 -- 1, GET_LOCK('x', 1)", Dialect.MARIADB), "a comment to all");
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
            "SELECT a INTO b FROM t",
            "SELECT 'a\\' , 1 -- '",
            "SELECT 'open",
            "SET unheard_of = 1",
            "LISTEN a",
            "{call p()}",
            "CREATE TEMPORARY TABLE t (id int)",
            "EXECUTE p",
            "LOCK TABLES t READ /*! x */",
            "/*!40101 SET time_zone = '+00:00' */",
            "/*M!100100 SET ROLE x */;",
            "SELECT upper /*+ x */ (1)",
            "SELECT set_config /*+ x */ /*+ y */ ('search_path', 'evil', false)",
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
                "SELECT @@session.`last_insert_id`",
                "SELECT @@insert_id",
                "SELECT PREVIOUS VALUE FOR s",
                "SET @x = LAST_INSERT_ID()",
                "DO LAST_INSERT_ID()",
                "SELECT @x, LAST_INSERT_ID()",
                "SELECT mine(1), `last_insert_id` ( )",
                "SELECT 1; SELECT LAST_INSERT_ID()",
                "SELECT 'it\\'s', LAST_INSERT_ID /* ) */ ()",
                "SELECT 'it\\'s', @@last_insert_id",
                "/*! SELECT LAST_INSERT_ID() */",
                "SELECT LAST_INSERT_ID() #"
            })
    void whatAnEarlierStatementLeftIsAskedFor(String sql) {
        assertThat(use(sql, Dialect.MARIADB).readsEarlierResult()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "VALUES IDENTITY_VAL_LOCAL()",
                "CALL IDENTITY()",
                "SELECT last_insert_rowid()",
                "SELECT s.currval FROM dual",
                "INSERT INTO t (a) VALUES (1); SELECT SCOPE_IDENTITY()"
            })
    void whatAnEarlierStatementLeftOnOtherEnginesIsAskedFor(String sql) {
        assertThat(use(sql, Dialect.OTHER).readsEarlierResult()).isTrue();
    }

    @Test
    void whatARoutineAsksForItAsksWhenItIsCalled() {
        for (String sql : new String[] {
            "CREATE PROCEDURE p() BEGIN INSERT INTO t VALUES (1); SELECT LAST_INSERT_ID(); END",
            "CREATE OR REPLACE DEFINER = 'a'@'b' TRIGGER t BEFORE INSERT ON u FOR EACH ROW BEGIN SET @a = LAST_INSERT_ID(); END",
            "CREATE FUNCTION f() RETURNS INT BEGIN SELECT 'it\\'s'; RETURN LAST_INSERT_ID(); END"
        }) {
            assertThat(use(sql, Dialect.MARIADB).readsEarlierResult()).as(sql).isFalse();
        }
        String twice = "CREATE TABLE t (a INT); SELECT LAST_INSERT_ID()";
        assertThat(use(twice, Dialect.MARIADB).readsEarlierResult()).isTrue();
    }

    @Test
    void onlyWhoNamesASequenceAsksForItsLastValue() {
        assertThat(use("SELECT 'it\\'s', LAST_INSERT_ID()", Dialect.MARIADB).functions())
                .doesNotContain(SessionUse.PREVIOUS_VALUE);
        assertThat(use("SELECT 'it\\'s', LASTVAL(s)", Dialect.MARIADB).functions())
                .contains(SessionUse.PREVIOUS_VALUE);
    }

    @Test
    void whoAsksHowTheLastStatementHasGoneIsKnown() {
        for (String sql : new String[] {
            "SHOW WARNINGS",
            "SHOW COUNT(*) ERRORS",
            "SELECT ROW_COUNT()",
            "SELECT @@session.warning_count",
            "SELECT @@error_count",
            "SELECT 'it\\'s', ROW_COUNT()",
            "SHOW WARNINGS; SELECT 1",
            "/*!50000 SHOW WARNINGS */",
            "/*!50000 SHOW*/ COUNT(*) ERRORS",
            "GET DIAGNOSTICS CONDITION 1 @m = MESSAGE_TEXT",
            "GET CURRENT DIAGNOSTICS @n = NUMBER",
            "/*! GET */ DIAGNOSTICS @n = NUMBER"
        }) {
            assertThat(use(sql, Dialect.MARIADB).readsEarlierResult()).as(sql).isTrue();
            assertThat(use(sql, Dialect.MARIADB).functions()).as(sql).contains(SessionUse.LAST_STATEMENT);
        }
        for (String sql : new String[] {
            "SELECT LAST_INSERT_ID()",
            "SELECT FOUND_ROWS()",
            "SHOW TABLES",
            "SELECT 'it\\'s', LAST_INSERT_ID(), COUNT(*)",
            "INSERT INTO diagnostics VALUES ('it\\'s')",
            "SELECT * FROM warnings WHERE a = 'it\\'s'"
        }) {
            assertThat(use(sql, Dialect.MARIADB).functions()).as(sql).doesNotContain(SessionUse.LAST_STATEMENT);
        }
    }

    @Test
    void functionsThatAreCalledLikeThoseOfOtherEnginesAskForNothing() {
        for (String sql :
                new String[] {"SELECT changes(1)", "SELECT identity(1)", "SELECT row_count()", "SELECT last_insert_id()"
                }) {
            assertThat(use(sql, Dialect.POSTGRESQL).readsEarlierResult())
                    .as(sql)
                    .isFalse();
            assertThat(use(sql, Dialect.POSTGRESQL).pins()).as(sql).isNotNull();
        }
        assertThat(use("SELECT changes(1)", Dialect.MARIADB).readsEarlierResult())
                .isFalse();
        assertThat(use("SELECT changes(1)", Dialect.H2).pins()).isNotNull();
        assertThat(use("SELECT lastval()", Dialect.POSTGRESQL).readsEarlierResult())
                .isTrue();
        // What it sets is for others, whatever the rest is.
        assertThat(use("INSERT INTO t VALUES ('it\\'s') ON DUPLICATE KEY UPDATE a = LAST_INSERT_ID(a)", Dialect.MARIADB)
                        .readsEarlierResult())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT @`tenant` := 5",
                "SELECT @'t' := 5",
                "SELECT @\"t\" := 5",
                "SELECT 1=@'t'",
                "SELECT @1",
                "SELECT @$x",
                "SELECT @x",
                "SELECT @@version, @x := 1"
            })
    void aUserVariableHoweverItIsWrittenPins(String sql) {
        assertThat(use(sql, Dialect.MARIADB).pins()).isEqualTo("a user variable");
    }

    @Test
    void userVariablesOfOthersPin() {
        for (String sql :
                new String[] {"SELECT @\"v\" := 1", "SELECT @ v := 1", "SELECT SET(@\"v\", 1)", "SELECT @v"}) {
            assertThat(use(sql, Dialect.H2).pins()).as(sql).isNotNull();
        }
        assertThat(use("SELECT @ v", Dialect.OTHER).pins()).isNotNull();
        assertThat(use("SELECT @v", Dialect.OTHER).pins()).isEqualTo("a user variable");
    }

    /** An operator, and a name behind it that may be called. */
    @Test
    void postgresHasNoVariables() {
        for (String sql : new String[] {
            "SELECT @ 5",
            "SELECT a <@ b, c @> d, e @@ f FROM t",
            "SELECT @x",
            "SELECT @@x FROM t",
            "SELECT a FROM t WHERE b <@c OR d @>e OR @f = 1",
            "SELECT a FROM t WHERE b @@to_tsquery('c') AND @abs(d) > 1",
            "SELECT @pg_catalog.abs(a), @(b), @coalesce(c, 1), e @E'it\\'s' FROM t",
            "CREATE INDEX i ON t ((@n))",
            "ALTER TABLE t ADD CHECK (@n > 0)"
        }) {
            assertThat(harmless(sql)).as(sql).isTrue();
        }
        assertThat(use("SELECT @@mine(1)", Dialect.POSTGRESQL).unknown()).containsExactly("mine");
        assertThat(use("SELECT a <@pg_advisory_lock(1)", Dialect.POSTGRESQL).visible())
                .isTrue();
        for (String sql : new String[] {
            "SELECT @s.mine(1)",
            "SELECT @\"mine\"(1)",
            "CREATE INDEX i ON t ((@mine(n)))",
            "ALTER TABLE t ADD CHECK (@mine(n) > 0)",
            "SELECT @E'it\\'s', pg_backend_pid() -- '"
        }) {
            assertThat(use(sql, Dialect.POSTGRESQL).pins()).as(sql).isNotNull();
        }
        assertThat(use("SELECT @currval('s')", Dialect.POSTGRESQL).readsEarlierResult())
                .isTrue();
        assertThat(use("SELECT @lastval(), mine()", Dialect.POSTGRESQL).readsEarlierResult())
                .isTrue();
    }

    /** Where what is unknown here is known to the server to leave nothing behind. */
    private static boolean harmless(String sql) {
        SessionUse use = use(sql, Dialect.POSTGRESQL);
        SessionUse known = use.known() == null ? use : use.known();
        return known.pins() == null
                && !known.readsEarlierResult()
                && known.settings().isEmpty();
    }

    /** What is a literal to PostgreSQL has names around it elsewhere. */
    @Test
    void dollarsAreQuotesOfPostgresOnly() {
        String sql = "SELECT 1 AS $$, (@tenant := 'acme') AS b, 2 AS $$";
        String tagged = "SELECT 1 AS $a$, (@tenant := 'acme') AS b, LAST_INSERT_ID() AS $a$";
        for (Dialect dialect : new Dialect[] {Dialect.MARIADB, Dialect.OTHER}) {
            assertThat(use(sql, dialect).pins()).isEqualTo("a text that can be read in two ways");
            assertThat(use(tagged, dialect).readsEarlierResult()).isTrue();
        }
        leavesNothing(use(sql, Dialect.H2), sql);
        assertThat(use(tagged, Dialect.H2).pins()).isEqualTo("a text that can be read in two ways");
        leavesNothing(use(sql, Dialect.POSTGRESQL), sql);
        leavesNothing(use(tagged, Dialect.POSTGRESQL), tagged);
        leavesNothing(use("SELECT a$, '$$', $1 FROM t$$", Dialect.MARIADB), "names");
    }

    @Test
    void aConditionOfWhatMariaDbShowsIsEvaluated() {
        assertThat(use("SHOW TABLES WHERE (@tenant := 'acme') IS NOT NULL", Dialect.MARIADB)
                        .pins())
                .isEqualTo("a user variable");
        assertThat(use("SHOW STATUS WHERE GET_LOCK('l', 0)", Dialect.MARIADB).pins())
                .isEqualTo("the function get_lock");
        assertThat(use("SHOW TABLES WHERE LAST_INSERT_ID() > 0", Dialect.MARIADB)
                        .readsEarlierResult())
                .isTrue();
        for (String sql : new String[] {
            "SHOW VARIABLES WHERE Variable_name IN ('a', 'b') AND lower(Value) = 'on'",
            "SHOW FULL TABLES FROM a LIKE 'b%'",
            "SHOW FULL COLUMNS FROM t",
            "SHOW GRANTS FOR 'a'@'b'",
            "SHOW CREATE TABLE t"
        }) {
            leavesNothing(use(sql, Dialect.MARIADB), sql);
        }
    }

    @Test
    void whatMariaDbEvaluatesAsItCreatesIsRead() {
        for (String sql : new String[] {
            "CREATE EVENT e ON SCHEDULE AT now() + INTERVAL (@tenant := 5) DAY DO SELECT 1",
            "CREATE EVENT e ON SCHEDULE EVERY GET_LOCK('l', 0) DAY DO SELECT 1",
            "CREATE TABLE t (a INT) VALUES (GET_LOCK('l', 0))",
            "CREATE TABLE t VALUES ROW(GET_LOCK('l', 0))",
            "CREATE TABLE t WITH x AS (VALUES (GET_LOCK('l', 0))) SELECT * FROM x",
            "CREATE TABLE t (a INT, b INT DEFAULT (@tenant := 5)) SELECT 1 AS a",
            "ALTER TABLE t ADD COLUMN a INT DEFAULT (@tenant := 5)"
        }) {
            assertThat(use(sql, Dialect.MARIADB).pins()).as(sql).isNotNull();
        }
        for (String sql : new String[] {
            "CREATE EVENT e ON SCHEDULE AT now() + INTERVAL (LAST_INSERT_ID()) DAY DO SELECT 1",
            "CREATE EVENT e ON SCHEDULE AT now() + INTERVAL (@a + LAST_INSERT_ID()) DAY DO SELECT 1",
            "ALTER TABLE t ADD COLUMN a INT DEFAULT (LASTVAL(s))"
        }) {
            assertThat(use(sql, Dialect.MARIADB).readsEarlierResult()).as(sql).isTrue();
        }
        for (String sql : new String[] {
            "CREATE DEFINER = 'a'@'b' EVENT e ON SCHEDULE EVERY 1 HOUR STARTS now() + INTERVAL 1 DAY"
                    + " DO BEGIN SET @a = 1; SELECT LAST_INSERT_ID(); END",
            "CREATE TABLE t (a INT) PARTITION BY RANGE (a)"
                    + " (PARTITION p VALUES LESS THAN (10), PARTITION q VALUES LESS THAN MAXVALUE)",
            "CREATE TABLE t (a INT) PARTITION BY LIST (a) (PARTITION p VALUES IN (1))",
            "ALTER TABLE t ADD COLUMN a DECIMAL(10, 2) DEFAULT 0, ADD KEY k (a), ADD FOREIGN KEY (a) REFERENCES u (a)"
        }) {
            leavesNothing(use(sql, Dialect.MARIADB), sql);
        }
    }

    /** What is a comment to the end of a line elsewhere goes on there, or is none. */
    @Test
    void aLineEndsAtALineFeedAndASpaceIsOneOfAsciiToMariaDb() {
        for (String sql : new String[] {
            "-- \rSELECT '\nSET @tenant = 1 -- '",
            "SELECT 1 -- a\r, 'b\n, GET_LOCK(1) -- '",
            "SELECT 1 --\u00a01, GET_LOCK(1)"
        }) {
            assertThat(use(sql, Dialect.MARIADB).pins()).as(sql).isEqualTo("a text that can be read in two ways");
            leavesNothing(use(sql, Dialect.POSTGRESQL), sql);
        }
        for (String sql : new String[] {"-- a\r\nSELECT 1 --\tb\r\n, 2 --\n", "SELECT 1 -- a\r"}) {
            leavesNothing(use(sql, Dialect.MARIADB), sql);
        }
    }

    @Test
    void whatMariaDbsServerTellsOfItselfLeavesNothing() {
        for (String sql : new String[] {"SELECT @@version", "SELECT @@session.transaction_isolation, @@GLOBAL.x"}) {
            leavesNothing(use(sql, Dialect.MARIADB), sql);
        }
    }

    @Test
    void aCommentOfOneEngineIsNoOperatorThere() {
        assertThat(use("SELECT 1 # ' \n, GET_LOCK('a', 1) -- '", Dialect.MARIADB)
                        .pins())
                .isEqualTo("a text that can be read in two ways");
        assertThat(use("SELECT 1 // ' \n, leak('a') -- '", Dialect.H2).pins())
                .isEqualTo("a text that can be read in two ways");
        for (Dialect dialect : new Dialect[] {Dialect.MARIADB, Dialect.H2, Dialect.POSTGRESQL}) {
            leavesNothing(use("SELECT a / 2, 'x # //' FROM t", dialect), "a literal");
        }
        leavesNothing(use("SELECT 5 # 3", Dialect.POSTGRESQL), "an operator");
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void wordsOfTheLanguageAreNoFunctions(Dialect dialect) {
        for (String sql : new String[] {
            "WITH RECURSIVE tree(id, depth) AS (SELECT 1, 2 UNION ALL SELECT id, depth + 1 FROM tree) SELECT * FROM tree",
            "WITH a(x) AS (VALUES (1)), b(x, y) AS NOT MATERIALIZED (SELECT 1, 2) SELECT * FROM a, b",
            "WITH gone(id) AS (DELETE FROM t RETURNING id), made(id) AS (UPDATE t SET a = 1 RETURNING id) SELECT * FROM gone, made",
            "MERGE INTO t USING s ON (t.a = s.a) WHEN NOT MATCHED THEN INSERT (a) VALUES (1)",
            "SELECT * FROM t WHERE a = SOME (SELECT 1)",
            "SELECT * FROM t WHERE (a, b) OVERLAPS (c, d)",
            "SELECT a AT TIME ZONE ('UTC') FROM t"
        }) {
            leavesNothing(use(sql, dialect), sql);
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void functionsThatLookLikeWordsOfTheLanguagePin(Dialect dialect) {
        for (String sql : new String[] {
            "SELECT * FROM a, f(x) AS (y int)",
            "SELECT * FROM a, leak(x) AS (values int)",
            "SELECT * FROM a, leak(x) AS (update int, set int)",
            "WITH w AS (SELECT 1) SELECT * FROM w, leak(x) AS (insert int)",
            "SELECT CASE WHEN a THEN leak(b) END",
            "SELECT zone(a)",
            "SELECT against(a)",
            "SELECT sets(a)"
        }) {
            assertThat(use(sql, dialect).pins()).as(sql).isNotNull();
        }
    }

    @Test
    void aFunctionMayBeOnesOwnWhereTheServerHasNone() {
        String[] names = {
            "age", "initcap", "split_part", "to_json", "string_to_array", "current_setting", "gen_random_uuid"
        };
        for (String name : names) {
            for (Dialect dialect : new Dialect[] {Dialect.MARIADB, Dialect.H2, Dialect.OTHER}) {
                assertThat(use("SELECT " + name + "(a) FROM t", dialect).pins())
                        .as(dialect + " " + name)
                        .isNotNull();
            }
        }
        leavesNothing(use("SELECT age(a), initcap(b) FROM t", Dialect.POSTGRESQL), "its own");
        assertThat(use("SELECT insert(a)", Dialect.POSTGRESQL).pins()).isNotNull();
    }

    @Test
    void aColumnOfIdentitiesAsksForNone() {
        for (Dialect dialect : new Dialect[] {Dialect.OTHER, Dialect.H2}) {
            for (String sql : new String[] {
                "CREATE TABLE t (id INT IDENTITY(1,1))",
                "CREATE TABLE t (id INT GENERATED ALWAYS AS IDENTITY (START WITH 1, INCREMENT BY 1))",
                "CREATE LOCAL TEMPORARY TABLE t (id INT GENERATED ALWAYS AS IDENTITY (START WITH 1))",
                "ALTER TABLE t ADD id INT IDENTITY(1,1)",
                "CREATE TABLE a (id INT IDENTITY(1,1)); CREATE TABLE b (id INT IDENTITY(1,1))",
                "CREATE TABLE changes (id INT)",
                "INSERT INTO changes (a) VALUES (1)"
            }) {
                assertThat(use(sql, dialect).readsEarlierResult()).as(sql).isFalse();
            }
        }
        assertThat(use("SELECT IDENTITY()", Dialect.H2).readsEarlierResult()).isTrue();
        assertThat(use("SELECT changes()", Dialect.OTHER).readsEarlierResult()).isTrue();
    }

    /** It may be killed by that number, and has to be the one who has asked for as long. */
    @ParameterizedTest
    @CsvSource({
        "POSTGRESQL, SELECT pg_backend_pid()",
        "POSTGRESQL, SELECT pg_catalog.PG_BACKEND_PID ()",
        "POSTGRESQL, SELECT \"pg_backend_pid\"()",
        "POSTGRESQL, INSERT INTO jobs SELECT pid FROM pg_stat_activity WHERE pid = pg_backend_pid()",
        "MARIADB, SELECT CONNECTION_ID()",
        "H2, SELECT SESSION_ID()"
    })
    void whoAsksWhichSessionItIsPins(Dialect dialect, String sql) {
        SessionUse use = use(sql, dialect);
        assertThat(use.pins()).startsWith("the function ");
        assertThat(use.visible()).isFalse();
        assertThat(use.known()).isNull();
    }

    @Test
    void functionsOfEveryDayDoNotPin() {
        for (String sql : new String[] {
            "SELECT utc_timestamp(), timestampadd(DAY, 1, a), unix_timestamp(), from_unixtime(a), curdate() FROM t",
            "SELECT str_to_date(a, '%Y'), substring_index(a, '.', 1), find_in_set('a', b), isnull(a), pow(2, 3) FROM t",
            "SELECT hex(a), unhex(a), sha2(a, 256), json_extract(a, '$.b'), json_arrayagg(a) FROM t",
            "SELECT * FROM t WHERE MATCH (a, b) AGAINST ('c' IN BOOLEAN MODE) AND d REGEXP ('e') AND (f) DIV (2) = 1",
            "SELECT CAST(a AS DECIMAL(10, 2)), CONVERT(b, CHAR(10)), IF(a, b, c), COUNT(*), GROUP_CONCAT(a) FROM t",
            "SELECT ANY_VALUE(a), b FROM t WHERE REGEXP_LIKE(b, 'c') GROUP BY b"
        }) {
            leavesNothing(use(sql, Dialect.MARIADB), sql);
        }
        for (String sql : new String[] {
            "SELECT formatdatetime(a, 'y'), parsedatetime('1', 'y'), bitand(1, 2), timestampadd(DAY, 1, a) FROM t",
            "SELECT x FROM SYSTEM_RANGE(1, 2), SYSTEM_RANGE(3, 4)",
            "SELECT CAST(a AS DECIMAL(10, 2)), a REGEXP ('b'), COUNT(*), LISTAGG(a) FROM t",
            "SELECT CAST(a AS CHARACTER VARYING(10)), CAST(b AS BINARY VARYING(10)), ARRAY_LENGTH(c), DATABASE() FROM t",
            "SELECT CONVERT(a, DECIMAL(10, 2)), CONVERT(a, VARCHAR(9)), a::DECIMAL(10, 2) FROM t"
        }) {
            leavesNothing(use(sql, Dialect.H2), sql);
        }
        for (String sql : new String[] {
            "SELECT a, GROUPING(a), count(*) FROM t GROUP BY GROUPING SETS ((a), ()), ROLLUP (a), CUBE (a)",
            "SELECT * FROM t TABLESAMPLE BERNOULLI (10)",
            "SELECT * FROM t TABLESAMPLE SYSTEM (10)",
            "SELECT pg_notify('a', 'b'), overlay('a' placing 'b' from 1), random()",
            "SELECT * FROM json_table(a, '$' COLUMNS (b int PATH '$.b'))",
            "TABLE t",
            "SELECT arr [i], arr [i + 1], arr [1:n] FROM t"
        }) {
            leavesNothing(use(sql, Dialect.POSTGRESQL), sql);
        }
    }

    @Test
    void whatOtherEnginesSayEveryDayDoesNotPin() {
        for (String sql : new String[] {
            "SELECT isnull(a, 0), len(b), datediff(DAY, c, getdate()) FROM t OPTION (RECOMPILE, USE HINT ('X'))",
            "SELECT a FROM t FOR UPDATE WITH RS USE AND KEEP UPDATE LOCKS",
            "SELECT nvl(a, 0), to_char(b, 'YYYY'), listagg(c, ',') WITHIN GROUP (ORDER BY c) FROM t",
            "UPDATE t SET a = (SELECT max(b) FROM u) WHERE c = 1",
            "MERGE INTO t USING s ON (t.a = s.a) WHEN MATCHED THEN UPDATE SET a = 1 WHEN NOT MATCHED THEN INSERT (a) VALUES (1)"
        }) {
            leavesNothing(use(sql, Dialect.OTHER), sql);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1 EXEC p",
                "SELECT 1 EXECUTE p 1",
                "UPDATE t SET a = 1 DECLARE @x int",
                "SELECT 1 SET CONTEXT_INFO 0x1",
                "UPDATE t SET a = 1 SET ROLE x",
                "SELECT a FROM t FOR UPDATE SET x = 1",
                "SELECT 1 USE db",
                "INSERT INTO t (a) EXEC p"
            })
    void aSecondStatementWithoutASemicolonPins(String sql) {
        assertThat(use(sql, Dialect.OTHER).pins()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT r.changes FROM revisions r",
                "SELECT u.\"identity\", u.row_count FROM users u",
                "INSERT INTO t (k) VALUES (1) ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id)",
                "UPDATE seq SET id = LAST_INSERT_ID(id + 1)"
            })
    void whatIsOnlyCalledSoReadsNothingEarlier(String sql) {
        for (Dialect dialect : new Dialect[] {Dialect.H2, Dialect.MARIADB}) {
            assertThat(use(sql, dialect).readsEarlierResult()).as(sql).isFalse();
            assertThat(use(sql, dialect).pins()).as(sql).isNull();
        }
        assertThat(use("UPDATE seq SET id = LAST_INSERT_ID(LAST_INSERT_ID() + 1)", Dialect.MARIADB)
                        .readsEarlierResult())
                .isTrue();
    }

    @Test
    void whatMariaDbAnalyzesItExecutes() {
        for (String sql : new String[] {
            "ANALYZE SELECT GET_LOCK('a', 1)",
            "ANALYZE FORMAT=JSON SELECT @tenant := 5",
            "ANALYZE UPDATE t SET a = mine()"
        }) {
            assertThat(use(sql, Dialect.MARIADB).pins()).as(sql).isNotNull();
        }
        for (String sql : new String[] {
            "ANALYZE TABLE t",
            "ANALYZE LOCAL TABLE t PERSISTENT FOR COLUMNS (a) INDEXES ()",
            "ANALYZE SELECT a FROM t WHERE b = 1"
        }) {
            assertThat(use(sql, Dialect.MARIADB).pins()).as(sql).isNull();
        }
    }

    @Test
    void whatMariaDbTellsAndDoesOfTablesLeavesNothing() {
        for (String sql : new String[] {
            "DESC t",
            "DESCRIBE a.t name",
            "DESC SELECT a FROM t WHERE b = 1",
            "RENAME TABLE a TO b, c TO d",
            "RENAME TABLES a TO b",
            "OPTIMIZE NO_WRITE_TO_BINLOG TABLE t",
            "CHECK TABLE t FOR UPGRADE",
            "CHECKSUM TABLE t EXTENDED"
        }) {
            leavesNothing(use(sql, Dialect.MARIADB), sql);
            assertThat(use(sql, Dialect.POSTGRESQL).pins()).as(sql).isNotNull();
        }
        for (String sql : new String[] {
            "DESC SELECT GET_LOCK('a', 1)", "DESCRIBE SELECT @x := 1", "RENAME USER a TO b", "CHECK", "DESC t; SELECT 1"
        }) {
            assertThat(use(sql, Dialect.MARIADB).pins()).as(sql).isNotNull();
        }
    }

    @Test
    void aDatabaseThatIsDroppedMayBeTheSessions() {
        assertThat(use("DROP DATABASE a", Dialect.MARIADB).pins()).isEqualTo("DROP DATABASE");
        assertThat(use("DROP SCHEMA IF EXISTS a", Dialect.MARIADB).pins()).isEqualTo("DROP DATABASE");
        for (String sql : new String[] {"CREATE OR REPLACE DATABASE a", "create or replace /* x */ schema `a`"}) {
            assertThat(use(sql, Dialect.MARIADB).pins()).as(sql).isEqualTo("CREATE OR REPLACE DATABASE");
        }
        assertThat(use("CREATE DATABASE IF NOT EXISTS a", Dialect.MARIADB).pins())
                .isNull();
        assertThat(use("CREATE OR REPLACE TABLE a (b int)", Dialect.MARIADB).pins())
                .isNull();
        assertThat(use("DROP TABLE a", Dialect.MARIADB).pins()).isNull();
        assertThat(use("DROP SCHEMA a", Dialect.POSTGRESQL).pins()).isNull();
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
        for (String sql : new String[] {"SET LOCAL search_path = a", "SET LOCAL search_path TO a, \"B\", 'c'"}) {
            assertThat(use(sql, Dialect.POSTGRESQL).settings()).as(sql).containsExactly(SessionUse.LOCAL_PATH);
            assertThat(use(sql, Dialect.POSTGRESQL).pins()).as(sql).isNull();
        }
        for (String sql : new String[] {
            "SET LOCAL search_path = E'pg\\x5ftemp'",
            "SET LOCAL search_path TO 'pg_te'\n'mp'",
            "SET LOCAL \"search_path\" = a, U&'pg!005ftemp' UESCAPE '!'",
            "SET LOCAL SCHEMA 'pg_te'\n'mp'"
        }) {
            assertThat(use(sql, Dialect.POSTGRESQL).settings())
                    .as(sql)
                    .containsExactlyInAnyOrder("search_path", SessionUse.LOCAL_PATH);
        }
        assertThat(use("SET TRANSACTION READ ONLY", Dialect.POSTGRESQL)).isEqualTo(SessionUse.NONE);
    }

    @Test
    void whatPostgresReadsLiteralsByIsToldThoughItEndsWithItsTransaction() {
        for (String sql : new String[] {
            "SET LOCAL TIME ZONE 'Asia/Tokyo'",
            "SET LOCAL TimeZone = 'Asia/Tokyo'",
            "SET LOCAL \"TimeZone\" TO 'Asia/Tokyo'",
            "SET LOCAL DateStyle = 'ISO, DMY'",
            "SET LOCAL IntervalStyle TO sql_standard",
            "SET LOCAL standard_conforming_strings = off",
            "SET LOCAL transform_null_equals = on",
            "SET LOCAL array_nulls = off",
            "SET LOCAL XML OPTION DOCUMENT",
            "SET LOCAL lc_monetary = 'C'",
            "SET LOCAL of_a_later_version = 1"
        }) {
            assertThat(use(sql, Dialect.POSTGRESQL).settings()).as(sql).containsExactly(SessionUse.LOCAL_READING);
            assertThat(use(sql, Dialect.POSTGRESQL).pins()).as(sql).isNull();
        }
        for (String sql : new String[] {
            "SET LOCAL statement_timeout = 1",
            "SET LOCAL \"Work_Mem\" = '1MB'",
            "SET LOCAL app.tenant = 'a'",
            "SET LOCAL ROLE a",
            "SET LOCAL TRANSACTION READ ONLY"
        }) {
            leavesNothing(use(sql, Dialect.POSTGRESQL), sql);
        }
        for (String sql :
                new String[] {"SET LOCAL seed = 0.5", "SET LOCAL \"Seed\" TO 0.5", "SET LOCAL U&\"se\\0065d\" = 0.5"}) {
            assertThat(use(sql, Dialect.POSTGRESQL).pins()).as(sql).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET search_path = pg_temp, a",
                "SELECT set_config(?, 'a', false)",
                "SELECT set_config('session_authorization', 'a', false)",
                "SET SESSION AUTHORIZATION a",
                "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
                "RESET SESSION AUTHORIZATION",
                "DECLARE c CURSOR WITH HOLD FOR SELECT 1",
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
                "SELECT pg_try_advisory_lock(1)",
                "CREATE TEMP TABLE t AS SELECT pg_advisory_lock(1)"
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
        leavesNothing(use(sql, Dialect.POSTGRESQL), sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT set_config('app.ten'||'ant', 'a', false)",
                "SELECT set_config('app.ten' 'ant', 'a', false)",
                "SELECT set_config(E'app.te\\x6eant', 'a', false)",
                "SELECT set_config(U&'app.te\\006eant', 'a', false)",
                "SELECT set_config(U&'app.tenant' UESCAPE '!', 'a', false)",
                "SELECT set_config($$app.tenant$$, 'a', false)",
                "SELECT set_config(setting_name => 'app.tenant', new_value => 'a', is_local => false)",
                "SELECT set_config(('app.tenant'), 'a', false)",
                "SELECT a.set_config('app.tenant', 'a', false)",
                "SELECT \"set_config\"('app.tenant', 'a', false)",
                "SELECT a.lastval()",
                "SELECT a /* of mine */ . lower /**/ ('a')",
                "EXPLAIN ANALYZE CREATE TEMP TABLE t AS SELECT 1",
                "EXPLAIN (ANALYZE, COSTS OFF) CREATE TEMP TABLE t AS SELECT 1",
                "EXPLAIN ANALYZE VERBOSE SELECT 1 INTO TEMP t",
                "EXPLAIN ANALYZE EXECUTE p",
                "EXPLAIN (ANALYZE) (VALUES (leak()))",
                "EXPLAIN ANALYZE DECLARE c CURSOR WITH HOLD FOR SELECT 1",
                "CREATE TABLE a.n AS VALUES (leak('app.tenant'))",
                "CREATE TABLE a.n (x) WITH (fillfactor = 70) AS WITH q AS (VALUES (leak())) SELECT * FROM q",
                "CREATE TABLE a.n AS EXECUTE p",
                "CREATE TABLE p PARTITION OF a.n FOR VALUES FROM (leak('a')) TO ('b')",
                "CREATE MATERIALIZED VIEW v AS VALUES (leak())",
                "CREATE INDEX ON a.n USING btree (a, leak(b))",
                "CREATE OR REPLACE FUNCTION lower(int) RETURNS text LANGUAGE sql AS 'SELECT 1'",
                "ALTER TABLE a.w ALTER COLUMN id TYPE text USING a.leak('using')",
                "ALTER TABLE a.w ADD COLUMN c text DEFAULT a.leak('default')",
                "ALTER TABLE a.w ADD CHECK (leak(id))",
                "ALTER DOMAIN d ADD CHECK (leak(value))",
                "ALTER FUNCTION leak() RENAME TO lower",
                "WITH q AS (VALUES (leak())) SELECT * FROM q",
                "MERGE INTO t USING s ON (leak(t.id)) WHEN MATCHED THEN DELETE",
                "INSERT INTO t (a) VALUES (1) RETURNING leak(a)",
                "DECLARE c CURSOR FOR SELECT leak()",
                "PREPARE p AS SELECT leak()",
                "EXECUTE p(leak())",
                "DEALLOCATE \"S_1\"",
                "COPY (SELECT leak()) TO STDOUT",
                "COPY t FROM PROGRAM 'x'",
                "TABLE t UNION ALL SELECT set_config('a', 'b', false)",
                "TABLE t ORDER BY leak(a)",
                "UPDATE pg_settings SET setting = 'a' WHERE name = 'search_path'",
                "UPDATE ONLY postgres.pg_catalog.pg_settings SET setting = 'a' WHERE name = 'search_path'",
                "SELECT 42 AS replace INTO TEMP leaky",
                "SELECT 42 insert INTO leaky",
                "SELECT t.insert INTO TEMP leaky FROM t",
                "SELECT (SELECT 1) merge INTO TEMP leaky",
                "SELECT 1INTO TEMP leaky",
                "SELECT .5INTO TEMP leaky",
                "DECLARE c CURSOR WITH /*+ x */ HOLD FOR SELECT 1",
                "DISCARD /*+ x */ ALL",
                "CREATE /*+ x */ TEMP TABLE t (a int)",
                "SELECT s.select /*+ x */ (1)",
                "WITH x AS (UPDATE ONLY pg_catalog.\"pg_settings\" SET setting = 'a' RETURNING 1) SELECT 1",
                "CREATE INDEX i ON t (leak /*+ x */ (a))",
                "SELECT arr [leak()] FROM t",
                "SELECT arr [a@b] FROM t",
                "ALTER DATABASE d SET app.tenant = 'a'"
            })
    void whatHidesPins(String sql) {
        assertThat(use(sql, Dialect.POSTGRESQL).pins()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM t WHERE at >= {ts '2024-01-01 00:00:00'} AND d < {d '2024-01-01'} AND t = {t '10:00:00'}",
                "SELECT * FROM t WHERE a LIKE 'x' {escape '!'}",
                "EXPLAIN (ANALYZE, BUFFERS) SELECT * FROM t WHERE lower(a) = 'x'",
                "EXPLAIN ANALYZE (SELECT 1)",
                "EXPLAIN (SELECT 1)",
                "CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY, n geometry(Point, 4326) DEFAULT mine(), CHECK (mine(n)))",
                "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON a.t USING gin (a, lower(b)) INCLUDE (c) WHERE (d IS NULL)",
                "CREATE INDEX i ON ONLY t(a)",
                "CREATE TABLE p PARTITION OF t FOR VALUES FROM ('2024-01-01') TO ('2024-02-01') PARTITION BY RANGE (a)",
                "CREATE OR REPLACE VIEW v AS SELECT mine()",
                "CREATE TABLE n AS SELECT upper(a) FROM t",
                "ALTER TABLE t ADD COLUMN c numeric(10, 2) NOT NULL DEFAULT 0 CHECK (c > 0)",
                "ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (a, b) REFERENCES s.u (a, b), ADD UNIQUE (c)",
                "ALTER TABLE t ADD EXCLUDE USING gist (a WITH &&), SET (fillfactor = 70)",
                "ALTER TABLE ONLY t ALTER c TYPE integer USING (trim(c)::integer)",
                "UNLISTEN *",
                "DEALLOCATE ALL",
                "CLOSE ALL",
                "DISCARD TEMP"
            })
    void whatIsWrittenEveryDayDoesNotPin(String sql) {
        leavesNothing(use(sql, Dialect.POSTGRESQL), sql);
    }

    /** Whether PostgreSQL tells of it is not known before the name is. */
    @Test
    void anUpdateOfANameInOtherLettersPinsForGood() {
        SessionUse use = use("UPDATE U&\"pg\\005fsettings\" SET setting = 'a'", Dialect.POSTGRESQL);
        assertThat(use.pins()).isEqualTo("an update of pg_settings");
        assertThat(use.visible()).isFalse();
        leavesNothing(use("UPDATE \"t\" SET a [i] = \"b\"", Dialect.POSTGRESQL), "names as they are");
    }

    @Test
    void anIntoOfAChangeIsNone() {
        for (String sql : new String[] {
            "WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a",
            "WITH a AS (SELECT 1) MERGE INTO t USING u ON (t.a = u.a) WHEN MATCHED THEN DELETE",
            "WITH a AS (INSERT INTO t (b) VALUES (1) RETURNING b) SELECT * FROM a",
            "EXPLAIN ANALYZE INSERT INTO t (b) VALUES (1)"
        }) {
            leavesNothing(use(sql, Dialect.POSTGRESQL), sql);
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aHintBehindAVerbHidesNothing(Dialect dialect) {
        for (String sql : new String[] {
            "/*+ x */ SELECT /*+ y */ a FROM t",
            "SELECT /*+ x */ (a) FROM (SELECT /*+ y */ b FROM u) v",
            "INSERT /*+ x */ INTO t (a) SELECT /*+ y */ a FROM u",
            "UPDATE /*+ x */ t SET a = 1",
            "DELETE /*+ x */ FROM t",
            "MERGE /*+ x */ INTO t USING s ON (t.id = s.id) WHEN MATCHED THEN UPDATE SET a = 1",
            "WITH /*+ x */ a AS (SELECT 1) SELECT * FROM a"
        }) {
            leavesNothing(use(sql, dialect), sql);
        }
    }

    /** A column may be called so, and then no block begins. */
    @ParameterizedTest
    @EnumSource(Dialect.class)
    void nothingIsHiddenBehindAWordThatBeginsABlockElsewhere(Dialect dialect) {
        for (String sql : new String[] {
            "SELECT begin, finish FROM shifts; SET search_path TO tenant_a",
            "SELECT begin FROM s; USE tenant_a",
            "SELECT begin FROM s; SET SCHEMA a",
            "SELECT a AS begin; SELECT 1",
            "UPDATE t begin SET a = 1; SELECT 1",
            "INSERT INTO begin SELECT 1; SELECT 1",
            "IF 1 = 1 BEGIN UPDATE t SET a = 1; END",
            "SELECT 1 BEGIN SELECT 2; SELECT 3",
            "CREATE VIEW v AS SELECT begin FROM event; SET ROLE a"
        }) {
            assertThat(use(sql, dialect).pins()).as(sql).isEqualTo(SessionUse.SEVERAL_STATEMENTS);
        }
        for (String sql : new String[] {"SELECT a FROM s;", ";WITH a AS (SELECT b FROM s) SELECT * FROM a;;"}) {
            leavesNothing(use(sql, dialect), sql);
        }
    }

    @Test
    void aColumnMayBeCalledBegin() {
        for (Dialect dialect : new Dialect[] {Dialect.POSTGRESQL, Dialect.MARIADB, Dialect.H2}) {
            leavesNothing(use("SELECT begin FROM s;", dialect), "a column");
        }
    }

    @Test
    void nothingIsHiddenBehindARoutine() {
        String routine = "CREATE PROCEDURE p() BEGIN SELECT 1; IF a THEN SELECT CASE b WHEN 1 THEN 2 END; END IF;"
                + " CASE c WHEN 1 THEN SELECT 1; END CASE; WHILE d DO SELECT 1; END WHILE; END";
        leavesNothing(use(routine, Dialect.MARIADB), routine);
        leavesNothing(use(routine + ";", Dialect.MARIADB), routine);
        assertThat(use(routine + "; SET @a = 1", Dialect.MARIADB).pins()).isEqualTo(SessionUse.SEVERAL_STATEMENTS);
        assertThat(use("CREATE TRIGGER begin BEFORE INSERT ON t FOR EACH ROW CALL \"a\"; SET SCHEMA a", Dialect.H2)
                        .pins())
                .isEqualTo(SessionUse.SEVERAL_STATEMENTS);
    }

    @Test
    void whatTheServerTellsOfMayEnd() {
        for (String sql : new String[] {
            "CREATE TEMP TABLE t (id int)",
            "LISTEN a",
            "SELECT pg_advisory_lock(1)",
            "PREPARE p (int) AS SELECT $1",
            "EXECUTE p (1)",
            "DECLARE c CURSOR WITH HOLD FOR SELECT 1"
        }) {
            SessionUse use = use(sql, Dialect.POSTGRESQL);
            assertThat(use.pins()).as(sql).isNotNull();
            assertThat(use.visible()).as(sql).isTrue();
            assertThat(use.mayEnd()).as(sql).isFalse();
        }
        for (String sql : new String[] {"DROP TABLE t", "UNLISTEN a", "SELECT pg_advisory_unlock(1)", "DEALLOCATE p"}) {
            assertThat(use(sql, Dialect.POSTGRESQL).mayEnd()).as(sql).isTrue();
        }
        assertThat(use("SELECT pg_advisory_lock(1), leak()", Dialect.POSTGRESQL).visible())
                .isFalse();
        assertThat(use("CREATE TEMP TABLE t AS SELECT leak()", Dialect.POSTGRESQL)
                        .visible())
                .isFalse();
        assertThat(use("DISCARD ALL", Dialect.POSTGRESQL).settings()).containsExactly(SessionUse.ALL);
        assertThat(use("RESET ALL", Dialect.POSTGRESQL).settings()).containsExactly(SessionUse.ALL);
    }

    @Test
    void aNameOfTheDatabasesOwnFunctionsIsTold() {
        assertThat(use("SELECT lower(a), pg_catalog.upper(a) FROM t WHERE b IN (1)", Dialect.POSTGRESQL)
                        .functions())
                .containsExactly("lower");
    }

    @Test
    void whatOnlyTheServerKnowsIsTold() {
        SessionUse use = use("SELECT exp(1), pg_catalog.isfinite(now()), lower(a) FROM t", Dialect.POSTGRESQL);
        assertThat(use.pins()).isEqualTo("the function exp");
        assertThat(use.unknown()).containsExactlyInAnyOrder("exp", "isfinite");
        SessionUse known = Objects.requireNonNull(use.known());
        assertThat(known.pins()).isNull();
        assertThat(known.functions()).containsExactlyInAnyOrder("exp", "now", "lower");
        SessionUse visible = Objects.requireNonNull(
                use("SELECT pg_advisory_lock(1), exp(1)", Dialect.POSTGRESQL).known());
        assertThat(visible.pins()).isEqualTo("the function pg_advisory_lock");
        assertThat(visible.visible()).isTrue();
        for (String sql :
                new String[] {"SELECT exp(1), s.leak()", "SELECT \"exp\"(1)", "SELECT exp(1) INTO b FROM t"}) {
            assertThat(use(sql, Dialect.POSTGRESQL).unknown()).as(sql).isEmpty();
            assertThat(use(sql, Dialect.POSTGRESQL).pins()).as(sql).isNotNull();
        }
        assertThat(use("SELECT leak()", Dialect.H2).unknown()).isEmpty();
    }

    @Test
    void otherEnginesHaveTheirOwn() {
        assertThat(use("SET SCHEMA a", Dialect.H2).settings()).containsExactly(SessionUse.SCHEMA);
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "SET time_zone = '+00:00'|time_zone",
                "SET @@time_zone := '+00:00'|time_zone",
                "set session Lock_Wait_Timeout=5|lock_wait_timeout",
                "SET LOCAL sort_buffer_size = 262144|sort_buffer_size",
                "SET @@session.unique_checks = OFF|unique_checks",
                "SET @@Local . foreign_key_checks = 0|foreign_key_checks",
                "SET `group_concat_max_len` = DEFAULT|group_concat_max_len",
                "SET max_statement_time = ?|max_statement_time",
                "SET default_week_format = 1, SESSION lc_time_names = de_DE|default_week_format lc_time_names",
                "SET optimizer_switch = \"mrr=on\"|optimizer_switch",
                "SET sql_mode = ''|sql_mode",
                "SET SESSION sql_mode = 'STRICT_TRANS_TABLES, NO_ZERO_DATE'|sql_mode",
                "SET sql_mode = TRADITIONAL|sql_mode",
                "SET sql_mode = DEFAULT|sql_mode",
                "SET NAMES utf8mb4|character_set_client collation_connection character_set_results",
                "SET NAMES 'utf8mb4' COLLATE utf8mb4_bin, sql_notes = 0"
                        + "|character_set_client collation_connection character_set_results sql_notes",
                "SET character_set_connection = latin1|collation_connection",
                "SET collation_connection = utf8mb4_bin|collation_connection",
                "SET character_set_results = utf8|character_set_results"
            })
    void variablesOfMariaDbAreTold(String sql, String names) {
        assertThat(use(sql, Dialect.MARIADB).pins()).as(sql).isNull();
        assertThat(use(sql, Dialect.MARIADB).settings()).as(sql).containsExactlyInAnyOrder(names.split(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET GLOBAL time_zone = '+00:00'",
                "SET @@global.time_zone = '+00:00'",
                "SET time_zone = '+00:00', GLOBAL sort_buffer_size = 1",
                "SET time_zone = '+00:00', @x = 1",
                "SET @time_zone = '+00:00'",
                "SET @x.time_zone = '+00:00'",
                "SET time_zone = @x",
                "SET time_zone = @@global.time_zone",
                "SET time_zone = concat('+00', ':00')",
                "SET time_zone = (SELECT 1)",
                "SET time_zone = '+00' ':00'",
                "SET sort_buffer_size = 1 + 1",
                "SET time_zone",
                "SET time_zone = ",
                "SET time_zone = '+00:00',",
                "SET time_zone '+00:00'",
                "SET STATEMENT max_statement_time = 1 FOR SELECT 1",
                "SET unheard_of = 1",
                "SET a.time_zone = 1",
                "SET sql_mode = 'ANSI_QUOTES'",
                "SET sql_mode = 'STRICT_TRANS_TABLES,NO_BACKSLASH_ESCAPES'",
                "SET sql_mode = ansi",
                "SET sql_mode = 'oracle'",
                "SET sql_mode = 4",
                "SET sql_mode = ?",
                "SET sql_mode = 'a\\'",
                "SET NAMES gbk",
                "SET NAMES DEFAULT",
                "SET NAMES ?",
                "SET NAMES utf8mb4 COLLATE concat('a', 'b')",
                "SET CHARACTER SET utf8mb4",
                "SET character_set_client = sjis",
                "SET character_set_client = DEFAULT",
                "SET tx_isolation = 'SERIALIZABLE'",
                "SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE",
                "SET TRANSACTION READ ONLY",
                "SET autocommit = 0, time_zone = '+00:00'",
                "SET max_join_size = 7",
                "SET sql_select_limit = 7",
                "SET last_insert_id = 7",
                "SET insert_id = 7",
                "SET timestamp = 7",
                "SET ROLE admin",
                "SET PASSWORD = 'a'",
                "SET time_zone = '+00:00'; SELECT 1"
            })
    void whatElseMariaDbSetsPins(String sql) {
        assertThat(use(sql, Dialect.MARIADB).pins()).as(sql).isNotNull();
        assertThat(use(sql, Dialect.MARIADB).settings()).as(sql).isEmpty();
    }

    @Test
    void settingsOfAnH2SessionAreTold() {
        for (String sql : new String[] {"SET LOCK_TIMEOUT 1", "set lock_timeout = 1", "SET LOCK_TIMEOUT TO ?"}) {
            assertThat(use(sql, Dialect.H2).pins()).as(sql).isNull();
            assertThat(use(sql, Dialect.H2).settings()).as(sql).containsExactly("lock_timeout");
        }
        for (String sql : new String[] {"SET TIME ZONE 'UTC'", "SET TIME ZONE LOCAL"}) {
            assertThat(use(sql, Dialect.H2).pins()).as(sql).isNull();
            assertThat(use(sql, Dialect.H2).settings()).as(sql).containsExactly(SessionUse.TIME_ZONE);
        }
        assertThat(use("SET VARIABLE_BINARY TRUE", Dialect.H2).settings()).containsExactly("variable_binary");
        for (String sql : new String[] {
            "SET DEFAULT_LOCK_TIMEOUT 1",
            "SET LOCK_TIMEOUT 1 + 1",
            "SET LOCK_TIMEOUT",
            "SET LOCK_TIMEOUT mine()",
            "SET TIME ZONE CONCAT('U', 'TC')",
            "SET QUERY_TIMEOUT 1",
            "SET SCHEMA_SEARCH_PATH A",
            "SET NON_KEYWORDS VALUE",
            "SET MODE MySQL",
            "SET THROTTLE 1",
            "SET EXCLUSIVE 1",
            "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SERIALIZABLE"
        }) {
            assertThat(use(sql, Dialect.H2).pins()).as(sql).isNotNull();
        }
    }

    @Test
    void whatPostgresDriverDependsOnIsSetToWhatItIs() {
        for (String sql : new String[] {
            "SET client_encoding = 'UTF8'",
            "SET SESSION client_encoding TO utf8",
            "SET NAMES 'UTF-8'",
            "SET NAMES UNICODE"
        }) {
            assertThat(use(sql, Dialect.POSTGRESQL).pins()).as(sql).isNull();
            assertThat(use(sql, Dialect.POSTGRESQL).settings()).as(sql).containsExactly("client_encoding");
        }
        assertThat(use("SET DateStyle = ISO", Dialect.POSTGRESQL).pins()).isNull();
        assertThat(use("SET standard_conforming_strings = on", Dialect.POSTGRESQL)
                        .settings())
                .containsExactly("standard_conforming_strings");
        for (String sql : new String[] {
            "SET client_encoding = 'LATIN1'",
            "SET client_encoding TO DEFAULT",
            "SET NAMES",
            "SET NAMES 'SJIS'",
            "SET DateStyle = ISO, DMY",
            "SET DateStyle = 'German'",
            "SET standard_conforming_strings = off",
            "RESET client_encoding"
        }) {
            assertThat(use(sql, Dialect.POSTGRESQL).pins()).as(sql).isNotNull();
        }
    }

    /** Of most names no string is made: those that count must be known without one, in any case and in quotes. */
    @Test
    void wordsThatNeedNoParenthesesAreFoundHoweverTheyAreWritten() {
        assertThat(use("SELECT Sql_Calc_Found_Rows a FROM t", Dialect.MARIADB).pins())
                .isEqualTo("SQL_CALC_FOUND_ROWS");
        assertThat(use("SELECT s.CurrVal", Dialect.H2).readsEarlierResult()).isTrue();
        assertThat(use("SELECT s.\"CURRVAL\"", Dialect.H2).readsEarlierResult()).isTrue();
        assertThat(use("SELECT Previous Value FOR s", Dialect.POSTGRESQL).readsEarlierResult())
                .isTrue();
        assertThat(use("SELECT Current Value FOR s", Dialect.POSTGRESQL).readsEarlierResult())
                .isTrue();
        assertThat(use("SELECT Prevval Value FOR s", Dialect.POSTGRESQL).readsEarlierResult())
                .isTrue();
        assertThat(use("SELECT a_b, _ FROM pG_tEmP.t", Dialect.POSTGRESQL).pins())
                .isEqualTo("a temporary table");
        assertThat(use("SELECT pg_tem, g_temp, _", Dialect.POSTGRESQL)).isEqualTo(SessionUse.NONE);
    }
}
