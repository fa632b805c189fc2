package io.heliosjdbc.driver;

import java.sql.Statement;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.jdbc.PgStatement;

/** PostgreSQL, the real server. */
@ExtendWith(PostgresServer.class)
class LateStatementOnPostgresTest extends LateStatementContract {
    private final String straight;

    LateStatementOnPostgresTest(String location) {
        straight = "jdbc:" + location;
    }

    @Override
    String straight() {
        return straight;
    }

    @Override
    String separator() {
        return "&";
    }

    @Override
    String numbered() {
        return "INT GENERATED ALWAYS AS IDENTITY";
    }

    @Override
    Class<? extends Statement> vendors() {
        return PgStatement.class;
    }
}
