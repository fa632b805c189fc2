package io.heliosjdbc.tpcc.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ActionsTest {
    private static final double NOTHING = Double.NaN;

    private static List<String> of(String sight, double... values) {
        return Actions.of(Map.of(sight, values), Duration.ofMillis(500)).stream()
                .map(Event::text)
                .toList();
    }

    @Test
    void anotherLimitIsAnAction() {
        assertThat(of("let in: parallel_lanes", NOTHING, 4, 4, NOTHING, 1, 1, 2))
                .containsExactly(
                        "  2.00 s  parallel_lanes lets in 1, before 4", "  3.00 s  parallel_lanes lets in 2, before 1");
    }

    @Test
    void whatHappenedBeforeTheFirstLookIsNone() {
        assertThat(of("refused: fast_lane", 7, 7, 7)).isEmpty();
        assertThat(of("waiting: fast_lane", 1, 2, 3)).isEmpty();
    }

    @Test
    void refusalsWithoutAPauseAreOneAction() {
        assertThat(of("refused: fast_lane", 7, 8, 10, 10, NOTHING, 11))
                .containsExactly("  0.50 s  fast_lane refused 3", "  2.50 s  fast_lane refused 1");
        assertThat(of("gave up: 100% lane", 0, 0, 2)).containsExactly("  1.00 s  2 gave up waiting for 100% lane");
    }

    @Test
    void actionsAreInTheOrderOfTime() {
        assertThat(Actions.of(
                        Map.of("let in: a", new double[] {1, 1, 2}, "let in: b", new double[] {1, 2, 2}),
                        Duration.ofMillis(500)))
                .extracting(Event::what)
                .containsExactly("b lets in 2, before 1", "a lets in 2, before 1");
    }
}
