package io.heliosjdbc.scheduler;

import static io.heliosjdbc.scheduler.Fixture.EVER;
import static io.heliosjdbc.scheduler.Fixture.SECOND;
import static io.heliosjdbc.scheduler.Fixture.account;
import static io.heliosjdbc.scheduler.Fixture.serviceClass;
import static io.heliosjdbc.scheduler.Fixture.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.slo.Account;
import io.heliosjdbc.slo.RequestType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkloadSchedulerTest {
    private final Account account = account("load", 1000, null);

    private WorkloadScheduler scheduler(int maxConcurrency, int depth, long timeout, long lendAfter) {
        return new WorkloadScheduler(
                settings("kafka", 0, lendAfter, serviceClass("fast", maxConcurrency, depth, timeout)),
                System::nanoTime);
    }

    private Request request(WorkloadScheduler scheduler, String name) {
        return Fixture.prepare(
                new Request(name), Objects.requireNonNull(scheduler.serviceClass("fast")), account, SECOND, EVER);
    }

    /** Asks in a thread of its own: one that holds a slot would not have to wait. */
    private static Future<Admission> acquire(WorkloadScheduler scheduler, Request request, long giveUpAt) {
        FutureTask<Admission> task = new FutureTask<>(() -> scheduler.acquire(request, giveUpAt));
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private static void untilQueued(WorkloadScheduler scheduler, int queued) {
        long until = System.nanoTime() + 120 * SECOND;
        while (scheduler.status().get(0).queued() != queued) {
            assertThat(System.nanoTime() - until).as("nanoseconds too late").isNegative();
            Thread.onSpinWait();
        }
    }

    @Test
    void afterATimedOutWaitTheNextOneIsGrantedAtOnce() throws Exception {
        WorkloadScheduler scheduler = scheduler(1, 10, SECOND / 100, EVER);
        Request holder = request(scheduler, "holder");
        assertThat(acquire(scheduler, holder, EVER).get()).isEqualTo(Admission.GRANTED);
        assertThat(acquire(scheduler, request(scheduler, "late"), EVER).get()).isEqualTo(Admission.QUEUE_TIMEOUT);
        scheduler.release(holder, Ending.COMPLETED, System.nanoTime());
        assertThat(acquire(scheduler, request(scheduler, "next"), EVER).get()).isEqualTo(Admission.GRANTED);
        scheduler.checkInvariants();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatWaitsIsPricedAnewOnlyWhereSettlingHasChangedAPenalty(boolean changed) throws Exception {
        WorkloadScheduler scheduler = scheduler(1, 10, EVER, EVER);
        Request holder = request(scheduler, "holder");
        assertThat(acquire(scheduler, holder, EVER).get()).isEqualTo(Admission.GRANTED);
        Account cheap = account("cheap", 40, null);
        List<Request> waiting = new ArrayList<>();
        for (Account each : List.of(cheap, account("dear", 1000, null))) {
            ServiceClass fast = Objects.requireNonNull(scheduler.serviceClass("fast"));
            Request request = Fixture.prepare(new Request(each), fast, each, SECOND, EVER);
            assertThat(scheduler.submit(request, System.nanoTime())).isNull();
            waiting.add(request);
        }
        scheduler.settleBooks(() -> {
            // Nine of ten are promised: another one that is late breaks it.
            for (int i = 0; i < 9; i++) {
                cheap.book(1);
            }
            cheap.bookRefused();
            return changed;
        });
        scheduler.release(holder, Ending.UNUSED, System.nanoTime());
        Request first = waiting.get(changed ? 0 : 1);
        assertThat(first.answer()).isEqualTo(Admission.GRANTED);
        scheduler.checkInvariants();
    }

    @Test
    void theStatementsOwnTimeoutIsToldFromTheQueues() throws Exception {
        WorkloadScheduler scheduler = scheduler(1, 10, EVER, EVER);
        assertThat(acquire(scheduler, request(scheduler, "holder"), EVER).get()).isEqualTo(Admission.GRANTED);
        Future<Admission> late = acquire(scheduler, request(scheduler, "late"), System.nanoTime() + SECOND / 100);
        assertThat(late.get()).isEqualTo(Admission.QUERY_TIMEOUT);
    }

    @Test
    void cancelAndInterruptEndTheWait() throws Exception {
        WorkloadScheduler scheduler = scheduler(1, 10, EVER, EVER);
        assertThat(acquire(scheduler, request(scheduler, "holder"), EVER).get()).isEqualTo(Admission.GRANTED);
        Request cancelled = request(scheduler, "cancelled");
        Future<Admission> wait = acquire(scheduler, cancelled, EVER);
        untilQueued(scheduler, 1);
        assertThat(scheduler.cancel(cancelled)).isTrue();
        assertThat(scheduler.cancel(cancelled)).isFalse();
        assertThat(wait.get()).isEqualTo(Admission.CANCELLED);
        List<Admission> answers = new ArrayList<>();
        Thread interrupted = new Thread(() -> answers.add(scheduler.acquire(request(scheduler, "other"), EVER)));
        interrupted.start();
        untilQueued(scheduler, 1);
        interrupted.interrupt();
        interrupted.join();
        assertThat(answers).containsExactly(Admission.INTERRUPTED);
        assertThat(scheduler.status().get(0).gaveUp()).isEqualTo(2);
    }

    /** Nobody here has a timeout that would wake it: each hand-over is the one wake-up that there is. */
    @Test
    void aReleasedSlotWakesWhoeverIsNext() throws Exception {
        WorkloadScheduler scheduler = scheduler(1, 1000, EVER, EVER);
        Request holder = request(scheduler, "holder");
        assertThat(acquire(scheduler, holder, EVER).get()).isEqualTo(Admission.GRANTED);
        List<Future<Admission>> users = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            Request request = request(scheduler, "user-" + i);
            FutureTask<Admission> user = new FutureTask<>(() -> {
                Admission admission = scheduler.acquire(request, EVER);
                scheduler.release(request, Ending.COMPLETED, System.nanoTime());
                return admission;
            });
            Thread thread = new Thread(user);
            thread.setDaemon(true);
            thread.start();
            users.add(user);
        }
        untilQueued(scheduler, 16);
        scheduler.release(holder, Ending.COMPLETED, System.nanoTime());
        for (Future<Admission> user : users) {
            assertThat(user.get(30, TimeUnit.SECONDS)).isEqualTo(Admission.GRANTED);
        }
        scheduler.checkInvariants();
    }

    @Test
    void theTimekeeperLendsAnIdleSlotToAWaiter() throws Exception {
        WorkloadScheduler scheduler = scheduler(1, 10, EVER, SECOND / 100);
        Request idle = request(scheduler, "idle");
        assertThat(acquire(scheduler, idle, EVER).get()).isEqualTo(Admission.GRANTED);
        scheduler.pause(idle, System.nanoTime());
        assertThat(acquire(scheduler, request(scheduler, "waiter"), EVER).get()).isEqualTo(Admission.GRANTED);
        scheduler.resume(idle, new RequestType(1), System.nanoTime());
        assertThat(scheduler.status().get(0).active()).isEqualTo(2);
        scheduler.close();
    }

    /** Whose thread stands still between clock and lock has waited all the same. */
    @Test
    void aTransactionsTimeBeginsWhenItCame() {
        WorkloadScheduler scheduler =
                new WorkloadScheduler(settings("kafka", 0, EVER, serviceClass("fast", 2, 10, EVER)), () -> 0);
        Request overtaken = request(scheduler, "overtaken");
        assertThat(scheduler.submit(request(scheduler, "other"), 4 * SECOND)).isEqualTo(Admission.GRANTED);
        assertThat(scheduler.submit(overtaken, 0)).isEqualTo(Admission.GRANTED);
        scheduler.release(overtaken, Ending.COMPLETED, 6 * SECOND);
        assertThat(overtaken.responseNanos()).isEqualTo(6 * SECOND);
        assertThat(account.late()).isEqualTo(1);
        scheduler.submit(overtaken, 7 * SECOND);
        scheduler.release(overtaken, Ending.COMPLETED, 8 * SECOND);
        assertThat(overtaken.responseNanos()).isEqualTo(SECOND);
        assertThat(account.late()).isEqualTo(1);
    }

    @Test
    void closingEndsEveryWait() throws Exception {
        WorkloadScheduler scheduler = scheduler(1, 10, EVER, EVER);
        assertThat(acquire(scheduler, request(scheduler, "holder"), EVER).get()).isEqualTo(Admission.GRANTED);
        Future<Admission> wait = acquire(scheduler, request(scheduler, "waiter"), EVER);
        untilQueued(scheduler, 1);
        scheduler.close();
        assertThat(wait.get()).isEqualTo(Admission.CANCELLED);
        assertThat(acquire(scheduler, request(scheduler, "too late"), EVER).get())
                .isEqualTo(Admission.CANCELLED);
    }

    @ParameterizedTest
    @ValueSource(longs = {EVER, 0, 50_000})
    void underRandomCancelsInterruptsAndTimeoutsNoSlotIsLostOrDoubled(long lendAfter) throws Exception {
        int maxConcurrency = 4;
        WorkloadScheduler scheduler = scheduler(maxConcurrency, 1_000, EVER, lendAfter);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Request> requests = new ArrayList<>();
        List<FutureTask<Void>> tasks = new ArrayList<>();
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            requests.add(new Request("worker-" + i));
        }
        for (int i = 0; i < requests.size(); i++) {
            Request request = requests.get(i);
            SplittableRandom random = new SplittableRandom(i);
            FutureTask<Void> task = new FutureTask<>(() -> {
                for (int round = 0; round < 2_000; round++) {
                    work(scheduler, request, random, inside, most);
                }
                return null;
            });
            tasks.add(task);
            workers.add(new Thread(task));
        }
        FutureTask<Void> trouble = new FutureTask<>(() -> {
            SplittableRandom random = new SplittableRandom(99);
            while (!Thread.currentThread().isInterrupted()) {
                int victim = random.nextInt(requests.size());
                if (random.nextBoolean()) {
                    scheduler.cancel(requests.get(victim));
                } else {
                    workers.get(victim).interrupt();
                }
            }
            return null;
        });
        Thread troublemaker = new Thread(trouble);
        workers.forEach(Thread::start);
        troublemaker.start();
        for (Thread worker : workers) {
            worker.join();
        }
        troublemaker.interrupt();
        trouble.get();
        for (FutureTask<Void> task : tasks) {
            task.get();
        }
        scheduler.checkInvariants();
        ServiceClassStatus status = scheduler.status().get(0);
        assertThat(status.active()).isZero();
        assertThat(status.lent()).isZero();
        assertThat(status.queued()).isZero();
        if (lendAfter == EVER) {
            assertThat(most.get()).isBetween(1, maxConcurrency);
        }
    }

    private void work(
            WorkloadScheduler scheduler,
            Request request,
            SplittableRandom random,
            AtomicInteger inside,
            AtomicInteger most) {
        Fixture.prepare(
                request,
                Objects.requireNonNull(scheduler.serviceClass("fast")),
                account,
                random.nextLong(1, SECOND),
                EVER);
        long giveUpAt = random.nextInt(3) == 0 ? System.nanoTime() + random.nextLong(200_000) : EVER;
        if (scheduler.acquire(request, giveUpAt) == Admission.GRANTED) {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            if (random.nextInt(4) == 0) {
                scheduler.pause(request, System.nanoTime());
                Thread.onSpinWait();
                scheduler.resume(request, new RequestType(1), System.nanoTime());
            }
            inside.decrementAndGet();
            scheduler.release(request, random.nextBoolean() ? Ending.COMPLETED : Ending.ABANDONED, System.nanoTime());
        }
    }
}
