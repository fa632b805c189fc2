package io.heliosjdbc.driver.late;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PinsTest {
    private final List<Runnable> later = new ArrayList<>();
    private final List<Runnable> calledOff = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final Pins pins = new Pins(
            what -> {
                later.add(what);
                return () -> calledOff.add(what);
            },
            told::add);

    @Test
    void onlyThoseThatLastAreTold() {
        Pins.Pin brief = pins.begin("LISTEN");
        Pins.Pin lasting = pins.begin("a temporary table");
        brief.end();

        later.forEach(Runnable::run);

        assertThat(told).containsExactly("a temporary table");
        lasting.end();
        assertThat(later).hasSize(2);
        assertThat(calledOff).containsExactlyElementsOf(later);
    }

    @Test
    void theyAreCountedByReason() {
        Pins.Pin first = pins.begin("unwrap");
        Pins.Pin second = pins.begin("unwrap");
        Pins.Pin third = pins.begin("LISTEN");
        third.end();

        assertThat(pins.count()).isEqualTo(2);
        assertThat(pins.inWords()).isEqualTo("2 by unwrap");
        assertThat(pins.counts()).containsEntry("LISTEN", 0).containsEntry("unwrap", 2);

        first.end();
        second.end();
        assertThat(pins.count()).isZero();
        assertThat(pins.inWords()).isEmpty();
        assertThat(pins.reasons()).isEqualTo(2);
    }

    /** A reason may have a name in it that the application makes up each time. */
    @Test
    void whatHasEndedIsForgotten() {
        Pins.Pin lasting = pins.begin("unwrap");
        for (int i = 0; i < 100_000; i++) {
            pins.begin("the function made_up_" + i).end();
        }

        assertThat(pins.counts()).hasSizeLessThan(200).containsEntry("unwrap", 1);
        assertThat(pins.reasons()).isLessThan(200);
        Pins.Pin another = pins.begin("the function made_up_99999");
        assertThat(pins.count()).isEqualTo(2);
        assertThat(pins.inWords()).isEqualTo("1 by the function made_up_99999, 1 by unwrap");
        another.end();
        lasting.end();
        assertThat(pins.count()).isZero();
        assertThat(pins.inWords()).isEmpty();
    }
}
