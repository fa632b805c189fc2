package io.heliosjdbc.driver.engines;

/** DuckDB, with connections that are bound late. */
class LateDuckDbEngineTest extends DuckDbEngineTest {
    @Override
    String boundLate() {
        return "DuckDB";
    }
}
