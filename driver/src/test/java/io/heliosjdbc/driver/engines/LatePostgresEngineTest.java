package io.heliosjdbc.driver.engines;

/** PostgreSQL, with connections that are bound late. */
class LatePostgresEngineTest extends PostgresEngineTest {
    LatePostgresEngineTest(String location) {
        super(location);
    }

    @Override
    String boundLate() {
        return "PostgreSQL";
    }
}
