package io.heliosjdbc.driver.engines;

/** HSQLDB, with connections that are bound late. */
class LateHsqldbEngineTest extends HsqldbEngineTest {
    @Override
    String boundLate() {
        return "HSQLDB";
    }
}
