package io.heliosjdbc.driver.manager;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlWordsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "SELECT 1 | SELECT",
                "BEGIN; UPDATE t SET a = 1; COMMIT | BEGIN,UPDATE,COMMIT",
                "INSERT INTO t VALUES ('; COMMIT; ') | INSERT",
                "INSERT INTO t VALUES ('it''s; COMMIT'); SELECT 1 | INSERT,SELECT",
                "SELECT \"; COMMIT\" FROM t; DELETE FROM t | SELECT,DELETE",
                "SELECT `; COMMIT` FROM t; DELETE FROM t | SELECT,DELETE",
                "SELECT $$; COMMIT; $$; DELETE FROM t | SELECT,DELETE",
                "SELECT $body$; $$ COMMIT; $body$; DELETE FROM t | SELECT,DELETE",
                "SELECT $1; DELETE FROM t WHERE a = $2 | SELECT,DELETE",
                "/* a; /* b; */ c; */ SELECT 1; /* ; */ COMMIT | SELECT,COMMIT",
                "^-- one;\nSELECT 1; -- two;\nCOMMIT^ | SELECT,COMMIT",
                "SELECT 'open; COMMIT | SELECT",
                "SELECT 1;; COMMIT; | SELECT,,COMMIT",
            })
    void eachStatementsFirstWordIsFound(String sql, String expected) {
        SqlWords words = new SqlWords(sql);
        List<String> found = new ArrayList<>();
        while (words.nextStatement()) {
            found.add(words.next());
        }

        assertThat(String.join(",", found)).isEqualTo(expected);
    }
}
