package io.heliosjdbc.tpcc.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClockTest {
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong ticks = new AtomicLong(77 * SECOND);
    private final Clock clock = new Clock(100 * SECOND, ticks::get);

    @Test
    void beforeItIsStartedTheMeasurementIsAgesAhead() throws Exception {
        assertThat(clock.now()).isLessThan(-TimeUnit.DAYS.toNanos(36_500));
        assertThat(clock.isOver()).isFalse();
        ticks.addAndGet(500 * SECOND);
        assertThat(clock.isOver()).isFalse();
        clock.start(3 * SECOND);
        assertThat(clock.now()).isEqualTo(-3 * SECOND);
    }

    @Test
    void whatIsDueIsNotWaitedForAndTheEndIsNot() throws Exception {
        clock.start(0);
        assertThat(clock.waitFor(-SECOND)).isTrue();
        assertThat(clock.waitFor(0)).isTrue();
        assertThat(clock.waitFor(100 * SECOND)).as("the end comes first").isFalse();
        assertThat(clock.endsWithin(1)).isFalse();
        ticks.addAndGet(100 * SECOND);
        assertThat(clock.waitFor(99 * SECOND)).isFalse();
        assertThat(clock.endsWithin(1)).isTrue();
        clock.waitForEnd();
    }

    @Test
    void whoWaitsIsWokenByTheEnd() throws Exception {
        clock.start(SECOND);
        FutureTask<Boolean> due = new FutureTask<>(() -> clock.waitFor(90 * SECOND));
        FutureTask<Boolean> ended = new FutureTask<>(() -> clock.endsWithin(90 * SECOND));
        new Thread(due).start();
        new Thread(ended).start();
        clock.end();
        assertThat(due.get()).isFalse();
        assertThat(ended.get()).isTrue();
        assertThat(clock.isOver()).as("once it is ended, whatever the time").isTrue();
    }
}
