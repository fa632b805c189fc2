package io.heliosjdbc.scheduler;

import static io.heliosjdbc.scheduler.Fixture.EVER;
import static io.heliosjdbc.scheduler.Fixture.SECOND;

import io.heliosjdbc.agreements.AccountPer;
import io.heliosjdbc.agreements.UserLoad;
import io.heliosjdbc.slo.Account;
import io.heliosjdbc.slo.AccountKey;
import io.heliosjdbc.slo.RequestType;
import io.heliosjdbc.slo.TransactionType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jetbrains.lincheck.Lincheck;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Named races of the adapter in many of the orders in which their steps can fall, chosen by a model checker. Time does not
 * pass by itself, so that nothing but the order of steps decides.
 *
 * <p>The model checker knows no interrupts, and lets parked threads wake for no reason, so that a lost wake-up does not show:
 * {@link WorkloadSchedulerTest} has both.
 */
class InterleavingsTest {
    private static final int INVOCATIONS = 100;

    // Made once, and simple: the model checker traces every step that it sees.
    private static final SchedulerSettings SETTINGS =
            Fixture.settings("fifo", 0, EVER, Fixture.serviceClass("only", 1, 10, EVER));
    private static final SchedulerSettings TIERED =
            Fixture.settings("fifo", 0, EVER, Fixture.tiered("only", 2, EVER, Map.of("gold", 1)));
    private static final AccountKey KEY = new AccountKey("load", null);
    private static final UserLoad LOAD = new UserLoad("load", null, AccountPer.LOAD, List.of(), null, null);

    /** One scheduler with one slot that anybody may have, and what its threads do. */
    private static final class Race {
        final WorkloadScheduler scheduler;
        private final ServiceClass only;
        private final Account account = new Account(KEY, LOAD, 1, Instant.EPOCH);
        private final TransactionType transactionType = new TransactionType();
        private final RequestType requestType = new RequestType(SECOND);
        private final List<Thread> threads = new ArrayList<>();
        /** Written by whoever has the slot, and by nobody else. */
        private int holders;

        private volatile @Nullable Throwable failure;

        Race(LongSupplier clock) {
            this(SETTINGS, clock);
        }

        Race(SchedulerSettings settings, LongSupplier clock) {
            scheduler = new WorkloadScheduler(settings, clock);
            only = Objects.requireNonNull(scheduler.serviceClass("only"));
        }

        Request request(String owner) {
            Request request = new Request(owner);
            request.prepare(only, account, transactionType, requestType, 0, EVER);
            return request;
        }

        void use(Request request, long giveUpAt) {
            Admission admission = scheduler.acquire(request, giveUpAt);
            if (admission == Admission.GRANTED) {
                holders++;
                require(holders == 1, "two in one slot");
                holders--;
                scheduler.release(request, Ending.COMPLETED, 0);
            }
        }

        /** Uses the slot that is kept for its tier, which never makes it wait. */
        void useKept(Request request) {
            require(scheduler.submit(request, 0) == Admission.GRANTED, "a slot that is kept was not given at once");
            scheduler.release(request, Ending.COMPLETED, 0);
        }

        Thread start(Runnable work) {
            Thread thread = new Thread(() -> {
                try {
                    work.run();
                } catch (Throwable thrown) {
                    // What leaves a thread is not seen by the model checker.
                    failure = thrown;
                }
            });
            threads.add(thread);
            thread.start();
            return thread;
        }

        void join() throws InterruptedException {
            for (Thread thread : threads) {
                thread.join();
            }
            if (failure != null) {
                throw new AssertionError(failure);
            }
            ServiceClassStatus status = scheduler.status().get(0);
            require(status.active() == 0, "a slot is lost");
            require(status.queued() == 0, "somebody is queued still");
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    /** What may be interrupted, because it joins threads. */
    private interface Work {
        void run() throws InterruptedException;
    }

    private static void explore(Work work) {
        Lincheck.runConcurrentTest(INVOCATIONS, () -> {
            try {
                work.run();
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        });
    }

    @Test
    void twoUseOneSlot() {
        explore(() -> {
            Race race = new Race(() -> 0L);
            Request first = race.request("first");
            Request second = race.request("second");
            race.start(() -> race.use(first, EVER));
            race.start(() -> race.use(second, EVER));
            race.join();
            require(race.scheduler.status().get(0).admitted() == 2, "both were granted");
        });
    }

    @Test
    void aGrantMeetsACancel() {
        explore(() -> {
            Race race = new Race(() -> 0L);
            Request first = race.request("first");
            Request second = race.request("second");
            race.start(() -> race.use(first, EVER));
            race.start(() -> race.use(second, EVER));
            race.start(() -> {
                boolean cancelled = race.scheduler.cancel(second);
                require(!cancelled || second.answer() == Admission.CANCELLED, "cancelled, and yet not");
            });
            race.join();
        });
    }

    /** Every look at the clock takes one nanosecond: who looks late has waited for too long. */
    @Test
    void aGrantMeetsATimeout() {
        explore(() -> {
            AtomicLong time = new AtomicLong();
            Race race = new Race(time::getAndIncrement);
            Request first = race.request("first");
            Request second = race.request("second");
            race.start(() -> race.use(first, EVER));
            race.start(() -> race.use(second, 4));
            race.join();
        });
    }

    @Test
    void aGrantMeetsTheClose() {
        explore(() -> {
            Race race = new Race(() -> 0L);
            Request first = race.request("first");
            Request second = race.request("second");
            race.start(() -> race.use(first, EVER));
            race.start(() -> race.use(second, EVER));
            race.start(race.scheduler::close);
            race.join();
        });
    }

    /** The slot of an open transaction is given back by its end, while somebody who waits gives up and the MPL shrinks. */
    @Test
    void anEndMeetsACancelAndASmallerMpl() {
        explore(() -> {
            Race race = new Race(() -> 0L);
            Request first = race.request("first");
            Request second = race.request("second");
            race.start(() -> race.use(first, EVER));
            race.start(() -> race.use(second, EVER));
            race.start(() -> {
                race.scheduler.reconfigure(SETTINGS);
                race.scheduler.cancel(second);
            });
            race.join();
        });
    }

    /** Two share the common slot, and a tier comes and goes in the one that is kept for it, while somebody gives up. */
    @Test
    void aTiersSlotIsThereWhateverOthersDo() {
        explore(() -> {
            Race race = new Race(TIERED, () -> 0L);
            Request first = race.request("first");
            Request second = race.request("second");
            Request gold = Fixture.ofTier(race.request("gold"), race.scheduler.tier("gold"));
            race.start(() -> race.use(first, EVER));
            race.start(() -> race.use(second, EVER));
            race.start(() -> {
                race.useKept(gold);
                race.scheduler.cancel(second);
                race.useKept(gold);
            });
            race.join();
            require(race.scheduler.status().get(0).admitted() >= 3, "somebody was forgotten");
        });
    }

    /** Whoever is let in has a slot of his own, above the MPL, unless he has one already or has given up. */
    @Test
    void aLettingInMeetsAnEndAndACancel() {
        explore(() -> {
            Race race = new Race(() -> 0L);
            Request first = race.request("first");
            Request second = race.request("second");
            require(race.scheduler.submit(first, 0) == Admission.GRANTED, "the slot was free");
            race.start(() -> {
                if (race.scheduler.acquire(second, EVER) == Admission.GRANTED) {
                    race.scheduler.release(second, Ending.COMPLETED, 0);
                }
            });
            race.start(() -> race.scheduler.letIn(second));
            race.start(() -> {
                race.scheduler.cancel(second);
                race.scheduler.release(first, Ending.COMPLETED, 0);
            });
            race.join();
        });
    }

    /** A cancel that comes when its request has long been answered hits nothing. */
    @Test
    void aLateCancelHitsNobodyElse() {
        explore(() -> {
            Race race = new Race(() -> 0L);
            Request first = race.request("first");
            Request second = race.request("second");
            race.start(() -> race.use(first, EVER));
            Thread user = race.start(() -> race.use(second, EVER));
            race.start(() -> {
                race.scheduler.cancel(first);
                race.scheduler.cancel(first);
            });
            user.join();
            require(second.answer() == null || second.answer() == Admission.GRANTED, "the other was cancelled");
            race.join();
        });
    }
}
