package io.heliosjdbc.driver.engines;

/** H2, with connections that are bound late. */
class LateH2EngineTest extends H2EngineTest {
    @Override
    String boundLate() {
        return "H2";
    }
}
