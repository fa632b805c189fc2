package io.heliosjdbc.driver.engines;

/** SQLite, with connections that are bound late. */
class LateSqliteEngineTest extends SqliteEngineTest {
    @Override
    String boundLate() {
        return "SQLite";
    }
}
