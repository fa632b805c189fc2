package io.heliosjdbc.driver;

import java.sql.Statement;

/** H2, of whose batches the keys are told that were made before one failed. */
class LateStatementOnH2Test extends LateStatementContract {
    @Override
    String straight() {
        return "jdbc:h2:mem:kept;DB_CLOSE_DELAY=-1";
    }

    @Override
    String separator() {
        return ";";
    }

    @Override
    String numbered() {
        return "INT GENERATED ALWAYS AS IDENTITY";
    }

    @Override
    Class<? extends Statement> vendors() {
        return org.h2.jdbc.JdbcStatement.class;
    }
}
