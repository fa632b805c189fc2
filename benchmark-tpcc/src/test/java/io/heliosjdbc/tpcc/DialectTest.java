package io.heliosjdbc.tpcc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialectTest {
    @ParameterizedTest
    @CsvSource({
        "40001, 0, true",
        "40XL1, 30000, true",
        "61000, 60, true",
        "61000, 28, false",
        "72000, 8177, true",
        "72000, 1555, false",
        "23505, 60, false"
    })
    void collisionsAreTriedAgainWhereverTheyHappen(String state, int code, boolean again) {
        assertThat(Dialect.GENERIC.retryable(new SQLException("collided", state, code)))
                .isEqualTo(again);
    }
}
