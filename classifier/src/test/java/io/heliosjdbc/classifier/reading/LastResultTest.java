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
        assertThat(of("SELECT a FROM t WHERE b = 'insert'")).isEqualTo(new LastResult(true, false, false, false));
    }

    @Test
    void everyChangeMayLeaveOneAndSomeMakeThem() {
        for (String sql : new String[] {
            "INSERT INTO t VALUES (1)",
            "merge into t using s on (t.a = s.a) when matched then delete",
            "REPLACE INTO t VALUES (1)",
            "SELECT nextval('s')",
            "SELECT NEXT  VALUE FOR s"
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
    void rowsThatWereFoundAreAskedFor() {
        assertThat(of("SELECT FOUND_ROWS()").countsRows()).isTrue();
        assertThat(of("SELECT 1").countsRows()).isFalse();
    }
}
