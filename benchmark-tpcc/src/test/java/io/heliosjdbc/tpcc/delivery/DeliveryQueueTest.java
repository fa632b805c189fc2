package io.heliosjdbc.tpcc.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.tpcc.Input;
import io.heliosjdbc.tpcc.measure.Clock;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DeliveryQueueTest {
    @Test
    void whatIsClosedTakesNothingAndGivesWhatItHas() throws Exception {
        Clock clock = new Clock(100, () -> 0);
        clock.start(0);
        DeliveryQueue<String> queue = new DeliveryQueue<>(3, clock);
        Input.Delivery delivery = new Input.Delivery(1, 7);
        assertThat(queue.add("one", delivery, -5)).isPresent();
        assertThat(queue.add("two", delivery, -4)).isPresent();
        queue.close();
        assertThat(queue.add("late", delivery, -3)).isEmpty();
        DeliveryQueue.Entry<String> oldest = queue.take().orElseThrow();
        assertThat(oldest).isEqualTo(new DeliveryQueue.Entry<>("one", delivery, -5, 0, false));
        assertThat(queue.rest()).extracting(DeliveryQueue.Entry::who).containsExactly("two");
        assertThat(queue.take()).isEmpty();
    }

    @Test
    void whoWaitsForRoomIsToldWhenItIsClosed() throws Exception {
        Clock clock = new Clock(TimeUnit.HOURS.toNanos(1));
        clock.start(0);
        DeliveryQueue<String> queue = new DeliveryQueue<>(1, clock);
        Input.Delivery delivery = new Input.Delivery(1, 7);
        assertThat(queue.add("one", delivery, 0)).isPresent();
        FutureTask<Boolean> second =
                new FutureTask<>(() -> queue.add("two", delivery, 0).isPresent());
        Thread terminal = new Thread(second);
        terminal.start();
        while (terminal.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        queue.close();
        assertThat(second.get()).isFalse();
    }
}
