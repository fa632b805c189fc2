package io.heliosjdbc.classifier.reading;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            select  A , b from T where Id=5                    | SELECT a, b FROM t WHERE id = ?
            SELECT a FROM t WHERE id = $1                      | SELECT a FROM t WHERE id = ?
            SELECT a FROM t WHERE id = :id                     | SELECT a FROM t WHERE id = ?
            SELECT a/*x*/FROM t--y                             | SELECT a FROM t
            SELECT "A b", `C`, [D e] FROM "T"."U"              | SELECT "A b", `C`, [D e] FROM "T"."U"
            SELECT COUNT ( * ) FROM t ;                        | SELECT count(*) FROM t
            SELECT 'it''s', E'\\'', $x$ 'a' $x$, 0x1F, 1.5e-3  | SELECT ?, ?, ?, ?, ?
            SELECT a FROM t WHERE b = -5 AND c = - 5 AND d-5>0 | SELECT a FROM t WHERE b = ? AND c = ? AND d - ? > ?
            SELECT a::int, b[1], ARRAY[1,2,3] FROM t           | SELECT a::int, b[?], ARRAY[?] FROM t
            SELECT a FROM t WHERE b IN (1,2, 3)                | SELECT a FROM t WHERE b IN (?)
            SELECT a FROM t WHERE b IN (?::int, ?::int)        | SELECT a FROM t WHERE b IN (?::int)
            SELECT a FROM t WHERE b IN (?, ?, ? + 1, ?, ?)     | SELECT a FROM t WHERE b IN (?, ? + ?, ?)
            SELECT a FROM t WHERE b IN (1 + 2, 3, 4, 5)        | SELECT a FROM t WHERE b IN (? + ?, ?)
            SELECT a FROM t WHERE b IN (1, 2, 3, f(4, 5, 6))   | SELECT a FROM t WHERE b IN (?, f(?, ?, ?))
            SELECT a FROM t WHERE b IN (1, 2, ?, ?, -3, :n, 4  | SELECT a FROM t WHERE b IN (?, ?
            SELECT a FROM t WHERE (b,c) IN ((1,2),(3,4))       | SELECT a FROM t WHERE (b, c) IN ((?, ?))
            SELECT a FROM t WHERE b IN (SELECT 1, 1 FROM u)    | SELECT a FROM t WHERE b IN (SELECT ?, ? FROM u)
            SELECT f(1, 1)                                     | SELECT f(?, ?)
            INSERT INTO t (a, b) VALUES (1, now()), (2, NULL)  | INSERT INTO t(a, b) VALUES (?, now())
            INSERT INTO t VALUES ROW(1), ROW(2) RETURNING a    | INSERT INTO t VALUES ROW (?) RETURNING a
            SELECT a FROM t WHERE b IS NULL OR c = NULL        | SELECT a FROM t WHERE b IS NULL OR c = ?
            SELECT a FROM t WHERE b = true AND NOT false       | SELECT a FROM t WHERE b = ? AND NOT FALSE
            SELECT /*+ Seq   Scan(t) */ a FROM t               | SELECT /*+ Seq Scan(t) */ a FROM t
            BEGIN; UPDATE t SET a = 1;                         | BEGIN; UPDATE t SET a = ?
            SELECT a FROM t WHERE b="x@y" AND "c" <> "d"       | SELECT a FROM t WHERE b = ? AND "c" <> ?
            SELECT a FROM t WHERE b LIKE "x" AND c != "d"      | SELECT a FROM t WHERE b LIKE ? AND c != ?
            SELECT a FROM t WHERE b BETWEEN "x" AND "y"        | SELECT a FROM t WHERE b BETWEEN ? AND ?
            SELECT a FROM t WHERE b IN ("x", 'y', "z")         | SELECT a FROM t WHERE b IN (?)
            INSERT INTO t ("a") VALUES ("x", now()), ("y", 2)  | INSERT INTO t("a") VALUES (?, now())
            UPDATE t SET "a" = "x", b = f("c")                 | UPDATE t SET "a" = ?, b = f(?)
            SELECT a FROM "t" JOIN "u" ON "t"."a" = "u"."a"    | SELECT a FROM "t" JOIN "u" ON "t"."a" = "u"."a"
            SELECT a->"b", a @> "c" FROM t WHERE a = "f"(b)    | SELECT a -> "b", a @> "c" FROM t WHERE a = "f"(b)
            """)
    void templateKeepsTheStructureOnly(String sql, String template) {
        assertThat(Reading.of(sql).template()).isEqualTo(template);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            SELECT a FROM t WHERE b = 'x'        | /* priority=high */ select A from T where B='yyy' -- z
            SELECT a FROM t WHERE b IN (1)       | SELECT a FROM t WHERE b IN (1, -2, 3.0, ?, 'x', NULL)
            INSERT INTO t VALUES (1, 'a')        | INSERT INTO t VALUES (NULL, '), (') , (3, true), (4, $1)
            SELECT a FROM t LIMIT 5              | SELECT a FROM t LIMIT ?
            SELECT a FROM t WHERE b = +1         | SELECT a FROM t WHERE b = 1
            """)
    void statementsThatDifferInValuesShareATemplate(String one, String other) {
        assertThat(Reading.of(one).template()).isEqualTo(Reading.of(other).template());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            SELECT a FROM t              | SELECT b FROM t
            SELECT a FROM "T"            | SELECT a FROM "t"
            SELECT a FROM t WHERE b = 1  | SELECT a FROM t WHERE b > 1
            SELECT /*+ x */ a FROM t     | SELECT a FROM t
            SELECT a-b FROM t            | SELECT a FROM t
            VALUES (1, 2)                | VALUES (1, 2, 3)
            """)
    void statementsThatDifferInStructureDoNot(String one, String other) {
        assertThat(Reading.of(one).template()).isNotEqualTo(Reading.of(other).template());
    }

    @Test
    void operatorsStayWhole() {
        assertThat(Reading.of("SELECT d?|array['a'], e@>'{}', f<->g, h->>'i', j??'k', l||-1, m<=-2 FROM t")
                        .template())
                .isEqualTo("SELECT d ?| ARRAY[?], e @> ?, f <-> g, h ->> ?, j ?? ?, l || ?, m <= ? FROM t");
    }

    @Test
    void templateOfAHugeInsertIsShort() {
        String sql = "INSERT INTO t (a, b) VALUES (1, 'x')" + ", (2, 'y')".repeat(100_000);
        assertThat(Reading.of(sql).template()).isEqualTo("INSERT INTO t(a, b) VALUES (?, ?)");
    }

    @Test
    void templateOfATemplateIsItself() {
        String template = Reading.of(
                        "WITH x AS (SELECT 1) SELECT a.b, count(*) FROM x a JOIN \"Y\" ON a.c = 'd' WHERE e IN (1,2)"
                                + " AND f[3] = g::int GROUP BY 1 ORDER BY 2 DESC LIMIT 10")
                .template();
        assertThat(Reading.of(template).template()).isEqualTo(template);
    }
}
