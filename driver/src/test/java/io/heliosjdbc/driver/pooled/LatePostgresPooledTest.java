package io.heliosjdbc.driver.pooled;

/** The contract on PostgreSQL, with late binding asked for. */
class LatePostgresPooledTest extends PostgresPooledTest {
    LatePostgresPooledTest(String location) {
        super(location);
    }

    @Override
    boolean late() {
        return true;
    }
}
