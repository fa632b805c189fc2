package io.heliosjdbc.driver.engines;

/** MariaDB, with connections that are bound late. */
class LateMariaDbEngineTest extends MariaDbEngineTest {
    @Override
    String boundLate() {
        return "MariaDB";
    }
}
