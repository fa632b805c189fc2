package io.heliosjdbc.classifier.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.classifier.statement.Plannable;
import io.heliosjdbc.classifier.tokens.Lexer;
import io.heliosjdbc.classifier.tokens.Tokens;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which statements a database may be asked to plan. */
class PlannableTest {
    private static @Nullable Plannable plannable(String sql) {
        Tokens tokens = Lexer.read(sql);
        return PlannableReader.read(tokens, Reading.of(tokens).features());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SELECT 1                                                    | SELECT 1                                    | 0
            /* hint */ SELECT a FROM t WHERE b = ? AND c = ?; -- end    | SELECT a FROM t WHERE b = $1 AND c = $2     | 2
            SELECT '?' FROM t WHERE a = ?                               | SELECT '?' FROM t WHERE a = $1              | 1
            SELECT a FROM t WHERE b = $2 AND c = $1                     | SELECT a FROM t WHERE b = $2 AND c = $1     | 2
            INSERT INTO s.t (a, b) VALUES (?, 2)                        | INSERT INTO s.t (a, b) VALUES ($1, 2)       | 1
            UPDATE t SET a = a + 1 WHERE b IN (?, ?)                    | UPDATE t SET a = a + 1 WHERE b IN ($1, $2)  | 2
            DELETE FROM t WHERE EXISTS (SELECT 1 FROM u)                | DELETE FROM t WHERE EXISTS (SELECT 1 FROM u)| 0
            WITH x AS (SELECT 1) SELECT COUNT(*), Max(a) FROM x         | WITH x AS (SELECT 1) SELECT COUNT(*), Max(a) FROM x | 0
            SELECT /*+ x */ (a) FROM t                                  | SELECT /*+ x */ (a) FROM t                  | 0
            SELECT a FROM (VALUES (1)) AS v(a)                          | SELECT a FROM (VALUES (1)) AS v(a)          | 0
            SELECT a FROM t ORDER BY a LIMIT ? FOR UPDATE               | SELECT a FROM t ORDER BY a LIMIT $1 FOR UPDATE | 1
            """)
    void oneStatementAloneIs(String sql, String plannable, int parameters) {
        assertThat(plannable(sql)).isEqualTo(new Plannable(plannable, parameters));
    }

    @Test
    void aCommentThatMySqlSubtractsIsLeftOut() {
        assertThat(plannable("SELECT a --1, mine(2)\n FROM t WHERE b = ? --1"))
                .isEqualTo(new Plannable("SELECT a\nFROM t WHERE b = $1", 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SELECT 1; DELETE FROM t",
                "SELECT 1; SELECT 2",
                "EXPLAIN ANALYZE DELETE FROM t",
                "CALL p()",
                "MERGE INTO t USING u ON t.a = u.a WHEN MATCHED THEN DELETE",
                "TRUNCATE t",
                "CREATE TABLE t AS SELECT 1",
                "SELECT a INTO b FROM t",
                "SELECT a FROM t INTO OUTFILE '/tmp/a'",
                "WITH d AS (DELETE FROM t RETURNING a) SELECT a FROM d",
                "SELECT transfer(1)",
                "SELECT transfer /*+ x */ (1)",
                "SELECT 1 /*M!100100 , transfer(1) */ FROM t",
                "SELECT s.lower(a) FROM t",
                "SELECT \"lower\"(a) FROM t",
                "SELECT nextval('s')",
                "SELECT NEXT VALUE FOR s",
                "SELECT refresh(1)",
                "SELECT * FROM generate_series(1, 1000000000)",
                "SELECT @a := 1",
                "SELECT {fn now()}",
                "SELECT a ?? 'b' FROM t",
                "SELECT a FROM t WHERE b = ? AND c = $1",
                "SELECT a FROM t WHERE b = :name",
                "SELECT 'a\\' FROM t WHERE b = '; DELETE FROM t --'",
                "SELECT 'open FROM t",
                "SELECT /*!50000 1 */ FROM t",
                "BEGIN",
                "SET a = 1",
                "SHOW HELIOS CLASSES"
            })
    void whatMightDoSomethingIsNot(String sql) {
        assertThat(plannable(sql)).isNull();
    }

    @Test
    void neitherIsALongOne() {
        assertThat(plannable("SELECT a FROM t WHERE b = '" + "x".repeat(10_000) + "'"))
                .isNull();
    }

    @Test
    void itsWordsHaveNoLiterals() {
        assertThat(plannable("SELECT 'secret' FROM t WHERE a = ?")).hasToString("a statement with 1 parameters");
    }
}
