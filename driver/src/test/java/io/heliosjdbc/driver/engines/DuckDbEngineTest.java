package io.heliosjdbc.driver.engines;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** DuckDB, in memory. */
class DuckDbEngineTest extends EngineContract {
    /** The database lives as long as a connection. */
    private @Nullable Connection keeper;

    @BeforeAll
    void open() throws SQLException {
        keeper = straight();
    }

    @AfterAll
    void close() throws SQLException {
        if (keeper != null) {
            keeper.close();
        }
    }

    /** It knows fewer types, closes a statement that has failed, and answers nothing more then. */
    @Override
    int answersAtLeast() {
        return 4_000;
    }

    @Override
    String location() {
        return "duckdb::memory:engines";
    }

    /** It lists its functions in an order that is another one each time. */
    @Override
    String lasting(String label, String answer) {
        return answer.chars().filter(each -> each == ',').count() < 20 || answer.contains(" | ")
                ? answer
                : Arrays.stream(answer.replaceFirst("^String ", "").split(",", -1))
                        .sorted()
                        .collect(Collectors.joining(","));
    }

    @Override
    Dialect dialect() {
        return new Dialect(
                "INTEGER PRIMARY KEY DEFAULT nextval('thing_ids')",
                "BLOB",
                "VARCHAR",
                "BLOB",
                List.of("DROP SEQUENCE thing_ids", "CREATE SEQUENCE thing_ids"),
                List.of(),
                List.of("{? = call abs(?)}"),
                "SELECT count(*) FROM range(100000) a(x), range(100000) b(y) WHERE (x * y) % 7 = 3");
    }
}
