package io.heliosjdbc.tpcc.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.heliosjdbc.tpcc.TimeSpan;
import io.heliosjdbc.tpcc.TransactionType;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadShapeTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void phasesScaleByTheirPercentage() {
        Phases phases = Phases.parse("80%:15m, 200%:8m", 0.5);
        assertThat(phases.duration()).isEqualTo(Duration.ofMinutes(23));
        assertThat(phases.factorAt(-SECOND)).isEqualTo(0.625);
        assertThat(phases.factorAt(15 * 60 * SECOND - 1)).isEqualTo(0.625);
        assertThat(phases.factorAt(15 * 60 * SECOND)).isEqualTo(0.25);
        assertThat(phases.factorAt(24 * 60 * SECOND)).isEqualTo(0.25);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "80%", "80:15m", "80%:15", "80%:15m,", "0%:1m", "80%:0s", "-5%:1m", "80%:1d"})
    void phasesOfAnotherFormAreRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Phases.parse(text, 1));
    }

    @Test
    void timeSpansHaveFourUnits() {
        assertThat(TimeSpan.parse("500ms")).isEqualTo(Duration.ofMillis(500));
        assertThat(TimeSpan.parse("60s")).isEqualTo(Duration.ofMinutes(1));
        assertThat(TimeSpan.parse("15m")).isEqualTo(Duration.ofMinutes(15));
        assertThat(TimeSpan.parse("2h")).isEqualTo(Duration.ofHours(2));
    }

    @Test
    void dueIsTheEndOfKeyingAfterTheUserThought() {
        DueClock clock = new DueClock(Phases.constant(0.5, Duration.ofSeconds(100)), 0);
        assertThat(clock.due(TransactionType.NEW_ORDER)).isEqualTo(9 * SECOND);
        clock.answered(20 * SECOND, Duration.ofSeconds(10));
        assertThat(clock.due(TransactionType.PAYMENT)).isEqualTo((20 + 5) * SECOND + SECOND * 3 / 2);
    }

    @Test
    void dueDoesNotWaitForWhoeverServesIt() {
        DueClock clock = new DueClock(Phases.constant(1, Duration.ofSeconds(100)), 0);
        clock.answered(0, Duration.ofSeconds(1));
        long due = clock.due(TransactionType.DELIVERY);
        assertThat(due).isEqualTo(3 * SECOND);
        assertThat(clock.due(TransactionType.DELIVERY)).isEqualTo(due);
    }

    @Test
    void whoDoesNotThinkPausesAfterAFailureInstead() {
        DueClock hasty = new DueClock(Phases.constant(0, Duration.ofSeconds(100)), 0);
        hasty.failed(SECOND, Duration.ofSeconds(10));
        assertThat(hasty.due(TransactionType.PAYMENT)).isEqualTo(SECOND + SECOND / 10);
        hasty.failed(2 * SECOND, Duration.ofSeconds(10));
        assertThat(hasty.due(TransactionType.PAYMENT)).isEqualTo(2 * SECOND + SECOND / 5);
        hasty.answered(3 * SECOND, Duration.ofSeconds(10));
        assertThat(hasty.due(TransactionType.PAYMENT)).isEqualTo(3 * SECOND);
        hasty.failed(4 * SECOND, Duration.ofSeconds(10));
        assertThat(hasty.due(TransactionType.PAYMENT)).isEqualTo(4 * SECOND + SECOND / 10);
        DueClock thinking = new DueClock(Phases.constant(0.5, Duration.ofSeconds(100)), 0);
        thinking.failed(SECOND, Duration.ofSeconds(10));
        assertThat(thinking.due(TransactionType.PAYMENT)).isEqualTo(6 * SECOND + SECOND * 3 / 2);
    }

    @Test
    void keyingTakesTheFactorOfThePhaseInWhichItBegins() {
        DueClock clock = new DueClock(Phases.parse("100%:10s,200%:10s", 1), 0);
        clock.answered(10 * SECOND, Duration.ZERO);
        assertThat(clock.due(TransactionType.NEW_ORDER)).isEqualTo(19 * SECOND);
    }
}
