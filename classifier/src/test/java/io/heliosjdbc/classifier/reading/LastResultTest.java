package io.heliosjdbc.classifier.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.classifier.statement.LastResult;
import org.junit.jupiter.api.Test;

class LastResultTest {
    private static LastResult of(String sql) {
        Reading reading = Reading.of(sql);
        return LastResult.of(reading.template(), reading.features());
    }

    @Test
    void queriesLeaveNoKey() {
        assertThat(of("SELECT a FROM t WHERE b = 'insert'"))
                .isEqualTo(new LastResult(true, false, false, false, false));
    }

    @Test
    void everyChangeMayLeaveOneAndSomeMakeThem() {
        for (String sql : new String[] {
            "INSERT INTO t VALUES (1)",
            "merge into t using s on (t.a = s.a) when matched then delete",
            "REPLACE INTO t VALUES (1)",
            "SELECT nextval('s')",
            "SELECT NEXT  VALUE FOR s",
            "SELECT setval('s', 7)",
            "SELECT LAST_INSERT_ID(7)",
            "UPDATE seq SET id = last_insert_id ( id + 1 )",
            "INSERT INTO t SELECT LAST_INSERT_ID()"
        }) {
            assertThat(of(sql).changes()).as(sql).isTrue();
            assertThat(of(sql).makesKeys()).as(sql).isTrue();
        }
        for (String sql : new String[] {"UPDATE t SET a = 1", "delete from t"}) {
            assertThat(of(sql).changes()).as(sql).isTrue();
            assertThat(of(sql).makesKeys()).as(sql).isFalse();
        }
    }

    @Test
    void whoAsksForTheLastKeyLeavesNone() {
        for (String sql : new String[] {
            "SELECT LAST_INSERT_ID()",
            "SELECT last_insert_id ( ) AS id",
            "SELECT last_insert_rowid()",
            "SELECT @@last_insert_id",
            "SELECT next, value FROM t"
        }) {
            assertThat(of(sql).changes()).as(sql).isFalse();
            assertThat(of(sql).makesKeys()).as(sql).isFalse();
        }
    }

    /** Where a template may leave out more than literals, comments are there. */
    @Test
    void commentsBetweenWordsHideNothing() {
        for (String sql : new String[] {
            "SELECT NEXT/* the */VALUE FOR s",
            "SELECT NEXT -- the\nVALUE FOR s",
            "SELECT LAST_INSERT_ID/* ) */( /**/ 7)",
            "SELECT NEXT" + "/**/ ".repeat(5_000) + "VALUE FOR s"
        }) {
            assertThat(LastResult.of(sql, Reading.of(sql).features()).makesKeys())
                    .as(sql)
                    .isTrue();
        }
        String unended = "SELECT NEXT" + "/**/ ".repeat(5_000);
        assertThat(LastResult.of(unended, Reading.of(unended).features()).makesKeys())
                .isFalse();
    }

    /** By the statement's verb: a name in it proves nothing. */
    @Test
    void whatChangesRowsIsCertain() {
        for (String sql : new String[] {
            "INSERT INTO t VALUES (1)",
            "REPLACE INTO t VALUES (1)",
            "update t set a = 1",
            "DELETE FROM t",
            "WITH old AS (SELECT 1) DELETE FROM t WHERE a IN (SELECT * FROM old)"
        }) {
            assertThat(of(sql).changesRows()).as(sql).isTrue();
        }
        for (String sql : new String[] {
            "SELECT 1 AS update_it",
            "SELECT insert_it()",
            "DO delete_it()",
            "SET @update = 1",
            "CALL insert_it()",
            "SHOW WARNINGS",
            "EXPLAIN DELETE FROM t",
            "PREPARE p FROM 'DELETE FROM t'",
            ""
        }) {
            assertThat(of(sql).changesRows()).as(sql).isFalse();
        }
    }

    @Test
    void rowsThatWereFoundAreAskedFor() {
        assertThat(of("SELECT FOUND_ROWS()").countsRows()).isTrue();
        assertThat(of("SELECT 1").countsRows()).isFalse();
    }
}
