package io.heliosjdbc.driver.engines;

/** Derby, with connections that are bound late. */
class LateDerbyEngineTest extends DerbyEngineTest {
    @Override
    String boundLate() {
        return "Derby";
    }
}
