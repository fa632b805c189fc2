package io.heliosjdbc.scheduler;

import static io.heliosjdbc.scheduler.Fixture.EVER;
import static io.heliosjdbc.scheduler.Fixture.SECOND;
import static io.heliosjdbc.scheduler.Fixture.serviceClass;
import static io.heliosjdbc.scheduler.Fixture.settings;
import static io.heliosjdbc.scheduler.Fixture.unpromised;
import static io.heliosjdbc.scheduler.Fixture.yielding;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.slo.Account;
import io.heliosjdbc.slo.RequestType;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Whatever makes an idle slot, or a limit, the one thing that somebody waits for sets the alarm: nobody comes or goes afterwards, and
 * time alone passes.
 */
class AlarmsTest {
    private static final long LEND_AFTER = SECOND / 10;

    private final Account account = unpromised("load");
    private final AtomicLong clock = new AtomicLong();
    private final WorkloadScheduler scheduler = new WorkloadScheduler(
            settings(
                    "fifo",
                    4,
                    LEND_AFTER,
                    serviceClass("a", 1, 9, EVER),
                    serviceClass("b", 2, 9, EVER),
                    serviceClass("c", 9, 9, EVER),
                    serviceClass("d", 1, 9, EVER),
                    yielding("reports", 2, 9)),
            clock::get);
    private int users;

    @AfterEach
    void close() {
        scheduler.close();
    }

    private Request request(String serviceClass) {
        return Fixture.prepare(
                new Request(serviceClass + users++),
                Objects.requireNonNull(scheduler.serviceClass(serviceClass)),
                account,
                SECOND,
                EVER);
    }

    /** In a thread of another one: who holds a slot would not have to wait. */
    private Request submit(String serviceClass, Admission... expected) {
        Request request = request(serviceClass);
        assertThat(CompletableFuture.supplyAsync(() -> {
                            Admission answer = scheduler.submit(request, clock.get());
                            // The thread is another one's next.
                            request.thread = 0;
                            return Optional.ofNullable(answer);
                        })
                        .join()
                        .orElse(null))
                .isEqualTo(expected.length == 0 ? null : expected[0]);
        return request;
    }

    private Request granted(String serviceClass) {
        return submit(serviceClass, Admission.GRANTED);
    }

    /** A class's slot is given back, and who waited for it waits for a slot in total from then on. Then time passes. */
    private void thenItIsTheTotal(Request holder, Request waiter) {
        scheduler.release(holder, Ending.COMPLETED, clock.get());
        assertThat(waiter.answer()).isNull();
        passes(LEND_AFTER);
        assertThat(answer(waiter)).isEqualTo(Admission.GRANTED);
    }

    private void passes(long nanos) {
        clock.addAndGet(nanos);
    }

    /** Looks on: only the thread that asked is woken. */
    private static @Nullable Admission answer(Request waiter) {
        long until = System.nanoTime() + 120 * SECOND;
        while (waiter.answer == null && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(SECOND / 1_000);
        }
        return waiter.answer();
    }

    @Test
    void whoIsGrantedTheLastSlotSetsIt() {
        Request holder = granted("a");
        Request waiter = submit("a");
        scheduler.pause(granted("b"), clock.get());
        assertThat(scheduler.submit(request("c"), clock.get())).isEqualTo(Admission.GRANTED);
        assertThat(scheduler.submit(request("c"), clock.get())).isEqualTo(Admission.GRANTED);
        assertThat(scheduler.submit(request("c"), clock.get()))
                .as("above the MPL")
                .isEqualTo(Admission.GRANTED);
        thenItIsTheTotal(holder, waiter);
    }

    @Test
    void whoIsLetInSetsIt() {
        Request holder = granted("a");
        granted("d");
        Request waiter = submit("a");
        Request one = submit("d");
        Request other = submit("d");
        scheduler.pause(granted("c"), clock.get());
        scheduler.letIn(one);
        scheduler.letIn(other);
        thenItIsTheTotal(holder, waiter);
    }

    @Test
    void whoGoesOnAboveTheMplSetsIt() {
        Request one = granted("b");
        Request other = granted("b");
        scheduler.pause(one, clock.get());
        scheduler.pause(other, clock.get());
        passes(LEND_AFTER);
        scheduler.release(granted("b"), Ending.COMPLETED, clock.get());
        Request holder = granted("a");
        Request waiter = submit("a");
        granted("c");
        scheduler.pause(granted("c"), clock.get());
        scheduler.resume(one, new RequestType(1), clock.get());
        scheduler.resume(other, new RequestType(1), clock.get());
        thenItIsTheTotal(holder, waiter);
    }

    @Test
    void whoEndsSetsItWhereTheNextOneGivesWay() {
        Request holder = granted("reports");
        Request other = granted("reports");
        Request waiter = submit("reports");
        for (int window = 0; window < 2; window++) {
            for (int i = 0; i < GivingWay.ENOUGH; i++) {
                scheduler.release(granted("c"), Ending.COMPLETED, clock.get());
            }
            passes(GivingWay.WINDOW);
        }
        scheduler.release(granted("c"), Ending.COMPLETED, clock.get());
        scheduler.release(holder, Ending.COMPLETED, clock.get());
        assertThat(waiter.answer()).as("one at a time").isNull();
        passes(10 * GivingWay.WINDOW);
        assertThat(answer(waiter)).isEqualTo(Admission.GRANTED);
        scheduler.release(other, Ending.COMPLETED, clock.get());
    }
}
