package io.heliosjdbc.classifier.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.classifier.statement.DoubleQuotes;
import io.heliosjdbc.classifier.tokens.Lexer;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeaturesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            select 1                                             | SELECT       | true
            (SELECT 1) UNION ALL (SELECT 2)                      | SELECT       | true
            ((SELECT 1))                                         | SELECT       | true
            VALUES (1)                                           | SELECT       | true
            TABLE t                                              | SELECT       | true
            WITH x AS (SELECT 1) SELECT * FROM x                 | SELECT       | true
            WITH x AS (DELETE FROM t RETURNING a) SELECT * FROM x| SELECT       | false
            WITH x (a, b) AS (SELECT 1, 2), y AS MATERIALIZED (SELECT 3) INSERT INTO t SELECT * FROM x | INSERT | false
            SELECT * FROM t FOR UPDATE                           | SELECT       | false
            SELECT * FROM t LOCK IN SHARE MODE                   | SELECT       | false
            SELECT a INTO b FROM t                               | SELECT       | false
            EXPLAIN SELECT 1                                     | EXPLAIN      | true
            EXPLAIN (ANALYZE, BUFFERS) DELETE FROM t             | EXPLAIN      | false
            EXPLAIN ANALYZE SELECT 1                             | EXPLAIN      | true
            INSERT INTO t VALUES (1)                             | INSERT       | false
            REPLACE INTO t VALUES (1)                            | INSERT       | false
            MERGE INTO t USING u ON t.a = u.a WHEN MATCHED THEN DELETE | MERGE  | false
            { call p(?) }                                        | CALL         | false
            {? = call f(?)}                                      | CALL         | false
            EXEC p                                               | CALL         | false
            DO $$ BEGIN END $$                                   | CALL         | false
            BEGIN UPDATE t SET a = 1; END;                       | CALL         | false
            CREATE TABLE t (a INT)                               | CREATE TABLE | false
            CREATE OR REPLACE VIEW v AS SELECT 1                 | CREATE VIEW  | false
            create unique index i on t (a)                       | CREATE INDEX | false
            CREATE MATERIALIZED VIEW v AS SELECT 1               | CREATE MATERIALIZED VIEW | false
            DROP TABLE IF EXISTS t                               | DROP TABLE   | false
            ALTER TABLE t ADD COLUMN a INT                       | ALTER TABLE  | false
            COPY t FROM STDIN                                    | COPY         | false
            VACUUM t                                             | VACUUM       | false
            GRANT SELECT ON t TO u                               | GRANT        | false
            BEGIN; SET a = 1; UPDATE t SET a = 1; COMMIT         | UPDATE       | false
            BEGIN; SELECT 1; COMMIT                              | SELECT       | true
            SELECT 1; DELETE FROM t WHERE a = 1                  | SELECT       | false
            COMMIT                                               | COMMIT       | false
            """)
    void queryTypeIsThatOfTheMainStatement(String sql, String type, boolean selectOnly) {
        assertThat(features(sql)).containsEntry("query_type", type).containsEntry("select_only", selectOnly);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            SELECT 1                                                             | 0
            SELECT a, b FROM t                                                   | 0
            SELECT * FROM t, u                                                   | 1
            SELECT * FROM t x, (SELECT 1) y, u AS z(a, b), f(1, 2) w             | 3
            SELECT * FROM t JOIN u ON a = b LEFT JOIN v USING (c, d)             | 2
            SELECT * FROM t NATURAL JOIN u CROSS JOIN v, w                       | 3
            SELECT * FROM (t JOIN u ON a = b) JOIN (v CROSS JOIN w) ON c = d     | 3
            SELECT * FROM (t, u)                                                 | 1
            SELECT * FROM t WHERE a IN (SELECT b FROM u, v) ORDER BY 1, 2        | 1
            SELECT extract(YEAR FROM a), trim(b FROM c), d FROM t GROUP BY a, b  | 0
            SELECT a IS DISTINCT FROM b, c FROM t                                | 0
            SELECT * FROM t CROSS APPLY f(t.a) OUTER APPLY g(t.a)                | 2
            SELECT * FROM t, LATERAL (SELECT * FROM u WHERE u.a = t.a) x         | 1
            UPDATE t SET a = 1, b = 2 WHERE c = 3                                | 0
            UPDATE t SET a = u.a FROM u, v WHERE t.b = u.b                       | 2
            UPDATE t, u SET t.a = u.a                                            | 1
            UPDATE t JOIN u ON t.a = u.a SET t.b = 1                             | 1
            DELETE FROM t USING u, v WHERE t.a = u.a                             | 2
            DELETE t FROM t INNER JOIN u ON t.a = u.a                            | 1
            INSERT INTO t (a, b) SELECT a, b FROM u, v                           | 1
            MERGE INTO t USING u ON (t.a = u.a) WHEN MATCHED THEN UPDATE SET a = 1, b = 2 | 1
            SELECT * FROM t x JOIN u y ON x.a = y.a, v WHERE x.b = 1 OR (y.c, y.d) = (1, 2) | 2
            """)
    void joinsAreCounted(String sql, long joins) {
        assertThat(features(sql)).containsEntry("join_count", joins);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            SELECT a FROM Orders                                         | orders
            SELECT a FROM "Orders" o                                     | Orders
            SELECT a FROM shop.Orders                                    | shop.orders
            SELECT a FROM [dbo].[Or ders]                                | dbo.Or ders
            SELECT a FROM `a`.`b`, ONLY c                                | a.b c
            SELECT a FROM generate_series(1, 2)                          |
            SELECT a FROM dual                                           |
            SELECT 1                                                     |
            SELECT a FROM t WHERE b = (SELECT max(c) FROM u)             | t u
            WITH x AS (SELECT * FROM t) SELECT * FROM x JOIN u ON 1 = 1  | t u
            WITH t AS (SELECT * FROM t) SELECT * FROM t                  | t
            WITH RECURSIVE x AS (SELECT 1 UNION SELECT a FROM x) SELECT * FROM x |
            WITH x AS (SELECT 1), y AS (SELECT * FROM x) SELECT * FROM y, z | z
            SELECT * FROM (WITH x AS (SELECT 1) SELECT * FROM x) q, x    | x
            INSERT INTO t (a) WITH x AS (SELECT 1), y AS (SELECT 2) SELECT * FROM x, y | t
            INSERT INTO t (a) VALUES (1)                                 | t
            INSERT INTO t SELECT * FROM u                                | t u
            UPDATE t SET a = 1 FROM u                                    | t u
            DELETE FROM t USING u                                        | t u
            MERGE INTO t USING (SELECT * FROM u) s ON t.a = s.a          | t u
            TRUNCATE TABLE t, u                                          | t u
            COPY t (a, b) FROM STDIN                                     | t
            VACUUM (FULL, ANALYZE) t                                     | t
            CREATE TABLE IF NOT EXISTS t AS SELECT * FROM u              | t u
            CREATE INDEX CONCURRENTLY i ON t (a)                         | t
            ALTER TABLE t ADD a INT, ADD b INT                           | t
            DROP TABLE IF EXISTS t, u CASCADE                            | t u
            REFRESH MATERIALIZED VIEW CONCURRENTLY v                     | v
            SELECT extract(DAY FROM a) FROM t                            | t
            SELECT 'FROM x' FROM t -- FROM y                             | t
            SELECT * FROM a; SELECT * FROM b                             | a b
            SELECT * FROM t LEFT JOIN LATERAL f(t.a) ON true             | t
            SELECT a FROM t FOR UPDATE OF t                              | t
            """)
    void tablesAreNamed(String sql, String tables) {
        List<String> wanted = tables == null
                ? List.of()
                : List.of(tables.replace("Or ders", "Or_ders").split(" ")).stream()
                        .map(name -> name.replace("Or_ders", "Or ders"))
                        .toList();
        assertThat(features(sql)).containsEntry("table_names", wanted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE t SET a = 1",
                "SET NOCOUNT ON UPDATE t SET a = 1",
                "BEGIN TRAN DELETE FROM t COMMIT",
                "UPDATE t SET a = 1 WHERE b = c",
                "UPDATE t SET a = 1 WHERE 1 = 1",
                "UPDATE t SET a = 1 WHERE b + c = 3",
                "UPDATE t SET a = 1 WHERE lower(b) = 'x'",
                "UPDATE t SET a = 1 WHERE b IS NULL",
                "UPDATE t SET a = 1 WHERE b IN (SELECT c FROM u WHERE d = 1)",
                "UPDATE t SET a = (SELECT b FROM u WHERE c = 1)",
                "DELETE FROM t",
                "WITH x AS (DELETE FROM t RETURNING a) SELECT * FROM x",
                "INSERT INTO t SELECT * FROM u WHERE a = 1",
                "INSERT INTO t (SELECT * FROM u)",
                "MERGE INTO t USING u ON t.a = u.a WHEN MATCHED THEN UPDATE SET b = 1",
                "CREATE TABLE t AS SELECT * FROM u",
                "CREATE MATERIALIZED VIEW t AS (SELECT * FROM u)",
                "CREATE INDEX i ON t (a)",
                "SELECT * INTO t FROM u",
                "COPY t FROM STDIN",
                "REFRESH MATERIALIZED VIEW v",
                "VACUUM FULL t",
                "LOAD DATA INFILE 'x' INTO TABLE t"
            })
    void bulkWritesAreBulkAndWriteHeavy(String sql) {
        assertThat(features(sql)).containsEntry("bulk_operation", true).containsEntry("write_heavy", true);
    }

    /** What is compared with a column, with a call of nothing, or within a call bounds no rows that a text could tell. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM t WHERE id = coalesce(?, id)",
                "DELETE FROM t WHERE id = CAST(b AS uuid)",
                "DELETE FROM t WHERE id = CONVERT(b, UNSIGNED)",
                "DELETE FROM t WHERE id = CONVERT(varchar(10), b, 120)",
                "DELETE FROM t WHERE id = f((SELECT 1))",
                "DELETE FROM t WHERE id = f(1",
                "DELETE FROM t WHERE id = f(? = 1)",
                "DELETE FROM t WHERE at < now() - INTERVAL '1 day'",
                "DELETE FROM t WHERE at < to_date(?, 'YYYY')",
                "DELETE FROM t WHERE at < date_sub(now(), INTERVAL 1 DAY)",
                "DELETE FROM t WHERE f(a, b) = (?, ?)",
                "DELETE FROM t WHERE (a, b) = (c, d)",
                "DELETE FROM t WHERE (a, b) IN (SELECT a, b FROM u)",
                "DELETE FROM t WHERE (a, 1) = (?, ?)",
                "DELETE FROM t WHERE 1 + (a) = ?"
            })
    void changesThatNothingBoundsAreBulk(String sql) {
        assertThat(features(sql)).containsEntry("bulk_operation", true).containsEntry("write_heavy", true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"COPY t TO STDOUT", "COPY (SELECT * FROM t) TO STDOUT", "ANALYZE t"})
    void bulkReadsAreNotWriteHeavy(String sql) {
        assertThat(features(sql)).containsEntry("bulk_operation", true).containsEntry("write_heavy", false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM t WHERE at < ?",
                "DELETE FROM t WHERE at BETWEEN ? AND ?",
                "UPDATE t SET a = 1 WHERE at >= DATE '2026-01-01'",
                "UPDATE t SET a = 1 WHERE at < {ts '2026-01-01 00:00:00'}",
                "UPDATE t SET a = 1 WHERE name LIKE 'a%'"
            })
    void rangesOfWritesAreWriteHeavyButNotBulk(String sql) {
        assertThat(features(sql)).containsEntry("bulk_operation", false).containsEntry("write_heavy", true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM t",
                "INSERT INTO t VALUES (1), (2)",
                "INSERT INTO t SELECT 1, 2 WHERE NOT EXISTS (SELECT 1 FROM t WHERE a = 1)",
                "INSERT INTO t SELECT 1 FROM dual",
                "INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET b = 2",
                "INSERT INTO t VALUES ((SELECT max(a) FROM u))",
                "UPDATE t SET a = 1 WHERE id = ?",
                "UPDATE t SET a = 1 WHERE t.id = $1 AND b < 3",
                "UPDATE t SET a = 1 WHERE (id = -5)",
                "UPDATE t SET a = 1 WHERE ? = id",
                "UPDATE t SET a = 1 WHERE id IN (1, 2)",
                "UPDATE t SET a = 1 WHERE id = ANY(?)",
                "UPDATE t SET a = 1 WHERE id = @id",
                "UPDATE t SET a = 1 WHERE CURRENT OF c",
                "UPDATE t SET a = 1 WHERE id = CAST(? AS uuid)",
                "UPDATE t SET a = 1 WHERE id = cast('1' AS numeric(10, 2)) AND b < 3",
                "UPDATE t SET a = 1 WHERE id = UUID_TO_BIN(?)",
                "UPDATE t SET a = 1 WHERE id = unhex(replace(?, '-', ''))",
                "UPDATE t SET a = 1 WHERE id = dbo.decoded('a', ?::text)",
                "UPDATE t SET a = 1 WHERE id = CONVERT(uniqueidentifier, ?)",
                "UPDATE t SET a = 1 WHERE id = CONVERT(?, UNSIGNED INTEGER)",
                "UPDATE t SET a = 1 WHERE id IN (UUID_TO_BIN(?), UUID_TO_BIN(?))",
                "UPDATE t SET a = 1 WHERE id = ANY(CAST(? AS uuid[]))",
                "UPDATE t SET a = 1 WHERE id = ANY(ARRAY[?, ?])",
                "UPDATE t SET a = 1 WHERE id = ((?))",
                "UPDATE t SET a = 1 WHERE id = uuid '6d1b'",
                "UPDATE t SET a = 1 WHERE at = {ts '2026-01-01 00:00:00'}",
                "UPDATE t SET a = 1 WHERE code = {fn UCASE(?)}",
                "UPDATE t SET a = 1 WHERE (a, b) = (?, ?)",
                "UPDATE t SET a = 1 WHERE c > 1 AND (t.a, \"b\") = (1, -2)",
                "UPDATE t SET a = 1 WHERE ROW(a, b) = ROW(?, ?)",
                "DELETE FROM t WHERE (a, b) IN ((?, ?), (?, ?))",
                "DELETE FROM t WHERE key = $1",
                "MERGE INTO t USING (VALUES (1)) s (a) ON t.a = s.a WHEN MATCHED THEN UPDATE SET b = 1",
                "MERGE INTO t USING (SELECT ? AS a FROM dual) s ON (t.a = s.a) WHEN MATCHED THEN UPDATE SET b = 1",
                "EXPLAIN ANALYZE UPDATE t SET a = 1",
                "CREATE VIEW v AS SELECT * FROM t",
                "CREATE TABLE t (a INT)",
                "TRUNCATE t"
            })
    void boundedWritesAreNeither(String sql) {
        assertThat(features(sql)).containsEntry("bulk_operation", false).containsEntry("write_heavy", false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM cart WHERE session_id = \"abc\"",
                "DELETE FROM cart WHERE session_id IN (\"abc\", \"it\\\"s\")",
                "UPDATE cart SET a = 1 WHERE id = UUID_TO_BIN(\"abc\")",
                "UPDATE \"cart\" SET \"a\" = 1 WHERE \"id\" = ?"
            })
    void literalsInDoubleQuotesBoundWrites(String sql) {
        assertThat(features(sql, DoubleQuotes.LITERALS))
                .containsEntry("table_names", List.of("cart"))
                .containsEntry("bulk_operation", false)
                .containsEntry("write_heavy", false);
    }

    @Test
    void namesInDoubleQuotesBoundNothing() {
        String join = "DELETE FROM t WHERE a = \"b\"";
        assertThat(features(join, DoubleQuotes.NAMES)).containsEntry("bulk_operation", true);
        assertThat(features(join, DoubleQuotes.EITHER)).containsEntry("bulk_operation", true);
        assertThat(features("SELECT 1 FROM t AS \"a\" JOIN s.\"u\"", DoubleQuotes.LITERALS))
                .containsEntry("table_names", List.of("t", "s.u"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1 FROM \"orders\" o, \"order_line\" l",
                "SELECT (SELECT 2 FROM \"orders\"), \"text\", \"more\" FROM \"order_line\"",
                "SELECT f(\"text\", \"more\") FROM orders, \"order_line\" WHERE a IN (\"x\", \"y\")",
                "SELECT 1 FROM orders JOIN order_line ON a IN (\"x\", \"y\") GROUP BY f(\"x\"), \"y\"",
                "DELETE FROM orders USING \"order_line\" WHERE a = b",
                "WITH \"a\" AS (SELECT 1 FROM orders), \"b\" AS (SELECT 2 FROM order_line) SELECT \"x\", \"y\" FROM \"a\", \"b\""
            })
    void tablesInDoubleQuotesAreNoLiterals(String sql) {
        assertThat(features(sql, DoubleQuotes.LITERALS).get("table_names"))
                .asInstanceOf(InstanceOfAssertFactories.list(String.class))
                .containsExactlyInAnyOrder("orders", "order_line");
    }

    @Test
    void manyRowsOfValuesAreBulk() {
        String few = "INSERT INTO t (a, b) VALUES (1, (2))" + ", (3, 4)".repeat(98);
        assertThat(features(few)).containsEntry("bulk_operation", false);
        assertThat(features(few + ", (5, 6)")).containsEntry("bulk_operation", true);
    }

    @Test
    void countsAndFlagsAreOfTheWholeText() {
        assertThat(features("SELECT count(*), sum(a) OVER (ORDER BY b), max (c), \"min\"(d), counter(e), count"
                        + " FROM (SELECT a FROM t GROUP BY a LIMIT 3) x WHERE f = ? AND g = $1 AND h = $1 AND i = :j"
                        + " AND k = @l AND m = @@n AND o ?| ARRAY['p'] AND EXISTS (SELECT 1)"))
                .containsEntry("aggregation_count", 3L)
                .containsEntry("subquery_count", 2L)
                .containsEntry("has_group_by", true)
                .containsEntry("has_order_by", false)
                .containsEntry("has_limit", false)
                .containsEntry("parameter_count", 4L);
    }

    @Test
    void listsOfValuesCountAsManyParametersAsTheyHave() {
        assertThat(features(
                        "SELECT ?, ?, ?, a FROM t, ?, ?, u WHERE b IN (?, ?, ?, ?, 1, 2) AND f(?, ?) AND c = ? AND d = :x"
                                + " AND e IN (:x, :y)"))
                .containsEntry("parameter_count", 14L)
                .containsEntry("join_count", 3L)
                .containsEntry("table_names", List.of("t", "u"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT a FROM t ORDER BY a LIMIT 5",
                "SELECT a FROM t ORDER BY a FETCH FIRST 5 ROWS ONLY",
                "SELECT TOP 5 a FROM t ORDER BY a",
                "SELECT TOP (5) a FROM t ORDER BY a"
            })
    void limitsOfTheOutermostQueryAreSeen(String sql) {
        assertThat(features(sql)).containsEntry("has_limit", true).containsEntry("has_order_by", true);
    }

    @Test
    void estimatesAreNotKnownFromTheText() {
        assertThat(features("SELECT a FROM t"))
                .containsOnlyKeys(
                        "query_type",
                        "select_only",
                        "join_count",
                        "aggregation_count",
                        "subquery_count",
                        "table_names",
                        "write_heavy",
                        "bulk_operation",
                        "has_group_by",
                        "has_order_by",
                        "has_limit",
                        "parameter_count");
    }

    private static Map<String, Object> features(String sql) {
        return Reading.of(sql).features().asMap();
    }

    private static Map<String, Object> features(String sql, DoubleQuotes quotes) {
        return Reading.of(CutText.of(Lexer.read(sql), quotes)).features().asMap();
    }
}
