package io.heliosjdbc.scheduler;

import static io.heliosjdbc.scheduler.Fixture.EVER;
import static io.heliosjdbc.scheduler.Fixture.SECOND;
import static io.heliosjdbc.scheduler.Fixture.account;
import static io.heliosjdbc.scheduler.Fixture.serviceClass;
import static io.heliosjdbc.scheduler.Fixture.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.slo.Account;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TimekeeperTest {
    private final AtomicLong clock = new AtomicLong();
    private final BlockingQueue<Thread> made = new LinkedBlockingQueue<>();
    private final AtomicInteger failures = new AtomicInteger();

    /** So many of them cannot be started. */
    private Thread thread(Runnable run) {
        Thread thread = new Thread(run) {
            @Override
            public synchronized void start() {
                if (failures.getAndDecrement() > 0) {
                    throw new OutOfMemoryError("unable to create native thread");
                }
                super.start();
            }
        };
        thread.setDaemon(true);
        // What the work throws is for the test to see, not for the console.
        thread.setUncaughtExceptionHandler((failed, wrong) -> {});
        made.add(thread);
        return thread;
    }

    @Test
    void whereNoThreadStartsWhoAsksIsNotHarmedAndTheNextOneTriesAgain() {
        failures.set(2);
        BlockingQueue<String> worked = new LinkedBlockingQueue<>();
        Timekeeper timekeeper = new Timekeeper(clock::get, () -> worked.add("worked") ? EVER : 0, this::thread);
        timekeeper.noLaterThan(0);
        timekeeper.noLaterThan(0);
        assertThat(worked).isEmpty();
        timekeeper.noLaterThan(0);
        assertThat(taken(worked)).isEqualTo("worked");
        timekeeper.stop();
    }

    @Test
    void whoseWorkThrowsHasAnotherThreadForTheNextAlarm() throws InterruptedException {
        BlockingQueue<String> worked = new LinkedBlockingQueue<>();
        AtomicInteger calls = new AtomicInteger();
        Timekeeper timekeeper = new Timekeeper(
                clock::get,
                () -> {
                    if (calls.getAndIncrement() == 0) {
                        throw new IllegalStateException("a fault");
                    }
                    return worked.add("worked") ? EVER : 0;
                },
                this::thread);
        timekeeper.noLaterThan(0);
        Objects.requireNonNull(made.poll(30, TimeUnit.SECONDS)).join();
        timekeeper.noLaterThan(0);
        assertThat(taken(worked)).isEqualTo("worked");
        timekeeper.stop();
    }

    @Test
    void anInterruptDoesNotKeepItAwake() throws InterruptedException {
        AtomicLong asked = new AtomicLong();
        Timekeeper timekeeper = new Timekeeper(
                () -> {
                    asked.incrementAndGet();
                    return clock.get();
                },
                () -> EVER,
                this::thread);
        timekeeper.noLaterThan(SECOND * 1000);
        Thread thread = Objects.requireNonNull(made.poll(30, TimeUnit.SECONDS));
        thread.interrupt();
        long until = System.nanoTime() + 20 * SECOND;
        while ((thread.isInterrupted() || thread.getState() != Thread.State.TIMED_WAITING)
                && System.nanoTime() - until < 0) {
            Thread.onSpinWait();
        }
        timekeeper.stop();
        thread.join();
        assertThat(asked.get()).isLessThan(100);
    }

    @Test
    void aSlotIsGivenAndGivenBackWhereNoThreadStarts() {
        failures.set(Integer.MAX_VALUE);
        WorkloadScheduler scheduler = new WorkloadScheduler(
                settings("kafka", 0, SECOND, serviceClass("fast", 1, 10, EVER)), clock::get, this::thread);
        Account account = account("load", 1000, null);
        Request idle = request(scheduler, "idle", account);
        assertThat(submitted(scheduler, idle)).isEqualTo("GRANTED");
        scheduler.pause(idle, clock.get());
        Request waiter = request(scheduler, "waiter", account);
        assertThat(submitted(scheduler, waiter)).isEqualTo("null");
        assertThat(made).as("for the lending").isNotEmpty();
        scheduler.release(idle, Ending.COMPLETED, clock.get());
        assertThat(waiter.answer()).isEqualTo(Admission.GRANTED);
        scheduler.close();
    }

    private static Request request(WorkloadScheduler scheduler, String name, Account account) {
        return Fixture.prepare(
                new Request(name), Objects.requireNonNull(scheduler.serviceClass("fast")), account, SECOND, EVER);
    }

    /** In a thread of another one: who holds a slot would not have to wait. */
    private String submitted(WorkloadScheduler scheduler, Request request) {
        return CompletableFuture.supplyAsync(() -> {
                    String answer = String.valueOf(scheduler.submit(request, clock.get()));
                    request.thread = 0;
                    return answer;
                })
                .join();
    }

    private static String taken(BlockingQueue<String> queue) {
        try {
            return String.valueOf(queue.poll(30, TimeUnit.SECONDS));
        } catch (InterruptedException asked) {
            throw new AssertionError(asked);
        }
    }
}
