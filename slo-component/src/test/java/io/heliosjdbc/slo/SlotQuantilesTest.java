package io.heliosjdbc.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** How long a slot is held, in relation to the estimate. */
class SlotQuantilesTest {
    private static final long MILLISECOND = 1_000_000;

    @Test
    void beforeTheFirstObservationTheyAreMultiplesOfTheEstimate() {
        TransactionType type = new TransactionType();
        assertThat(type.slotUsually(100)).isEqualTo(100);
        assertThat(type.slotMostly(100)).isEqualTo(150);
        assertThat(type.slotNearlyAlways(100)).isEqualTo(250);
    }

    @Test
    void nothingIsLearnedWithoutAnEstimate() {
        TransactionType type = new TransactionType();
        type.observeSlot(1000 * MILLISECOND, 3);
        assertThat(type.slotMostly(100)).isEqualTo(150);
    }

    @Test
    void theyFollowTheSharesOfWhatWasHeld() {
        TransactionType type = new TransactionType();
        SplittableRandom random = new SplittableRandom(7);
        double usually = 0;
        double mostly = 0;
        double nearlyAlways = 0;
        int rounds = 40_000;
        for (int i = 0; i < rounds; i++) {
            long held = random.nextLong(2 * 100 * MILLISECOND);
            type.observeSlot(held, 1);
            type.observe(1, 100 * MILLISECOND, 1);
            if (i >= rounds / 2) {
                usually += type.slotUsually(100) / (rounds / 2.0);
                mostly += type.slotMostly(100) / (rounds / 2.0);
                nearlyAlways += type.slotNearlyAlways(100) / (rounds / 2.0);
            }
        }
        assertThat(usually).isCloseTo(100, within(5.0));
        assertThat(mostly).isCloseTo(170, within(6.0));
        assertThat(nearlyAlways).isCloseTo(198, within(8.0));
    }
}
