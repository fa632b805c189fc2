package io.heliosjdbc.driver.late;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HabitsTest {
    private final Habits habits = new Habits();

    /** A schema for each tenant is usual. */
    @Test
    void manyValuesHaveNothingElseForgotten() throws SQLException {
        AtomicInteger asked = new AtomicInteger();
        for (int i = 0; i < 2_000; i++) {
            String schema = "tenant_" + i;
            assertThat(habits.answerOf("schema", schema, () -> schema)).isEqualTo(schema);
            assertThat(habits.<Integer>answer("of the driver", asked::incrementAndGet))
                    .isEqualTo(1);
        }
        for (int i = 0; i < 2_000; i++) {
            assertThat(habits.<String>answerOf("schema", "tenant_" + i, () -> "asked again"))
                    .isEqualTo("tenant_" + i);
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void valuesThatAreMadeUpDoNotFillTheMemory() throws SQLException {
        AtomicInteger asked = new AtomicInteger();
        for (int i = 0; i < 50_000; i++) {
            Integer unused = habits.answerOf("cursor", i, asked::incrementAndGet);
        }
        assertThat(habits.<Integer>answerOf("cursor", 0, asked::incrementAndGet))
                .isEqualTo(50_001);
    }
}
