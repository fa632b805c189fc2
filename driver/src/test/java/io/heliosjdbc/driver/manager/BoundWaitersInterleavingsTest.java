package io.heliosjdbc.driver.manager;

import io.heliosjdbc.driver.late.Supply;
import io.heliosjdbc.scheduler.Request;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Test;

/** Somebody begins to wait for a physical connection while a request that has one is queued, in the orders in which that can fall. */
class BoundWaitersInterleavingsTest {
    private static final int INVOCATIONS = 100;

    /** Else the one who waits for the connection would wait for the one who waits for the slot. */
    @Test
    void oneOfTheTwoSeesTheOther() {
        Lincheck.runConcurrentTest(INVOCATIONS, () -> {
            AtomicInteger waiting = new AtomicInteger();
            AtomicBoolean isIn = new AtomicBoolean();
            Request bound = new Request("bound");
            Supply supply = () -> waiting.get() > 0;
            BoundWaiters waiters = new BoundWaiters(request -> isIn.compareAndSet(false, request == bound));
            Thread other = new Thread(() -> {
                waiting.incrementAndGet();
                waiters.letIn(supply);
            });
            other.start();
            waiters.add(bound, supply);
            try {
                other.join();
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
            if (!isIn.get()) {
                throw new AssertionError("each waits for the other");
            }
        });
    }
}
