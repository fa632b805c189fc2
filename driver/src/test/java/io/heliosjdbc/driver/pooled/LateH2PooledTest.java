package io.heliosjdbc.driver.pooled;

/** The contract on H2, with late binding asked for. */
class LateH2PooledTest extends H2PooledTest {
    @Override
    boolean late() {
        return true;
    }
}
