package io.heliosjdbc.driver.engines;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
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

    @Override
    String location() {
        return "duckdb::memory:engines";
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
