package io.heliosjdbc.agreements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Period;
import java.util.Random;
import javax.xml.datatype.DatatypeFactory;
import org.junit.jupiter.api.Test;

final class DurationsTest {
    private static final DatatypeFactory XML = DatatypeFactory.newDefaultInstance();

    @Test
    void exactTimesAgreeWithJavaTime() {
        Random random = new Random(20261120);
        for (int i = 0; i < 5_000; i++) {
            String text = (random.nextInt(5) == 0 ? "-" : "") + "P" + part(random, "D") + "T" + part(random, "H")
                    + part(random, "M") + random.nextInt(100_000)
                    + (random.nextBoolean() ? "." + random.nextInt(1_000_000_000) : "") + "S";

            assertThat(Durations.exact(XML.newDuration(text))).as(text).isEqualTo(Duration.parse(text));
        }
    }

    @Test
    void calendarIntervalsAgreeWithJavaTime() {
        Random random = new Random(20261120);
        for (int i = 0; i < 1_000; i++) {
            String text = "P" + part(random, "Y") + part(random, "M") + random.nextInt(100) + "D";

            assertThat(Durations.interval(XML.newDuration(text))).as(text).isEqualTo(Period.parse(text));
        }
    }

    @Test
    void anIntervalWithAClockTimeIsExact() {
        assertThat(Durations.interval(XML.newDuration("P1DT0S"))).isEqualTo(Duration.ofDays(1));
        assertThat(Durations.interval(XML.newDuration("P1D"))).isEqualTo(Period.ofDays(1));
    }

    @Test
    void monthsAndYearsAreNotExact() {
        assertThatThrownBy(() -> Durations.exact(XML.newDuration("P1M"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Durations.exact(XML.newDuration("P1YT1S")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String part(Random random, String unit) {
        return random.nextBoolean() ? random.nextInt(400) + unit : "";
    }
}
