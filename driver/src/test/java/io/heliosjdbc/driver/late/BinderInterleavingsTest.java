package io.heliosjdbc.driver.late;

import io.heliosjdbc.classifier.statement.Dialect;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.Lincheck;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Named races for a physical connection in many of the orders in which their steps can fall, chosen by a model checker: it is lent to one
 * at a time, comes back once, and nothing reaches it when it is somebody else's.
 *
 * <p>The model checker knows no interrupts: {@code LateBindingTest} breaks off waits.
 */
class BinderInterleavingsTest {
    private static final int INVOCATIONS = 10;
    /** Where three steps must meet for what the test looks for. */
    private static final int MORE_INVOCATIONS = 100;

    /** Logical connections on one physical one, and what threads do with them. */
    private static final class Race {
        final OneConnection lender = new OneConnection(Dialect.H2, () -> true);
        final Binder first = binder();
        final Binder second = binder();
        private final List<Thread> threads = new ArrayList<>();
        /** Who is at work on the physical connection: one logical connection's threads only. */
        private volatile @Nullable Binder owner;

        private volatile @Nullable Throwable failure;
        private volatile @Nullable Binding firsts;
        private final CountDownLatch sent = new CountDownLatch(1);
        /** When it goes on; null where that is at once. */
        private @Nullable CountDownLatch heldUp;

        /** What a cancel is on its way to. */
        private volatile @Nullable Binding cancelled;

        /** How often the first one was told to be the one that ended it. */
        private final AtomicInteger ends = new AtomicInteger();
        /** Whether the vendor has a transaction of the first one's open. */
        private volatile boolean open;

        Race() {
            lender.whenCalled(method -> {
                if (method.equals("abort")) {
                    require(lender.isOut(), "nobody's is aborted");
                    require(owner != second, "another one's is aborted");
                }
            });
        }

        private Binder binder() {
            return new Binder(lender, new SessionState(new Defaults(Map.of(), Map.of())));
        }

        void work(Binder binder) {
            try {
                boolean unused = binder.work(bound -> {
                    require(owner == null || owner == binder, "two have it");
                    require(cancelled == null || binder == first, "a cancel meets another one's work");
                    owner = binder;
                    if (binder == first) {
                        firsts = bound;
                    }
                    owner = null;
                    return true;
                });
            } catch (SQLException closedOrOut) {
                // So it was not there to work on.
            }
        }

        void beginFirst() {
            try {
                first.autoCommit(false);
            } catch (SQLException never) {
                throw new AssertionError(never);
            }
            changeFirst();
        }

        /** As a statement of a transaction does. */
        void changeFirst() {
            try {
                boolean unused = first.work(bound -> {
                    first.worked(bound);
                    open = true;
                    return true;
                });
            } catch (SQLException never) {
                throw new AssertionError(never);
            }
        }

        void commitFirst() {
            try {
                boolean unused = first.end(true, physical -> open = false);
            } catch (SQLException never) {
                throw new AssertionError(never);
            }
        }

        void closeFirst() {
            count(first.close());
        }

        void abortFirst() {
            count(first.abort(Runnable::run));
        }

        private void count(boolean wasOpen) {
            if (wasOpen) {
                ends.incrementAndGet();
            }
        }

        /** As a cancel does, which takes its time. */
        void cancelFirst() {
            Binding known = firsts;
            if (known == null) {
                return;
            }
            try {
                first.cancel(known, () -> {
                    sent.countDown();
                    if (heldUp != null) {
                        await(heldUp);
                    }
                    for (int i = 0; i < 2; i++) {
                        require(lender.isOut(known.physical()), "it is nobody's");
                        require(owner != second, "it is another one's");
                        cancelled = known;
                    }
                    cancelled = null;
                });
            } catch (SQLException never) {
                throw new AssertionError(never);
            }
        }

        /** A statement is at work until its cancel is on its way. */
        void workOfFirstThatIsCancelled() {
            try {
                boolean unused = first.work(bound -> {
                    firsts = bound;
                    start(this::cancelFirst);
                    await(sent);
                    return true;
                });
            } catch (SQLException never) {
                throw new AssertionError(never);
            }
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException never) {
                throw new AssertionError(never);
            }
        }

        void start(Runnable work) {
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
        }

        void join() throws InterruptedException {
            for (Thread thread : threads) {
                thread.join();
            }
            if (failure != null) {
                throw new AssertionError(failure);
            }
            require(!open || first.isBound(), "an open transaction was given back");
            closeFirst();
            boolean unused = second.close();
            require(ends.get() == 1, "it was ended twice");
            lender.checkAllIsBack();
        }
    }

    /** To make the classes of proxies takes the model checker longer than it lets anything take, and it never ends then for who comes next. */
    @BeforeAll
    static void makeProxyClasses() {
        new OneConnection(Dialect.H2, () -> true).checkAllIsBack();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    /** What may be interrupted, because it joins threads. */
    private interface Work {
        void on(Race race) throws InterruptedException;
    }

    private static void explore(Work work) {
        explore(INVOCATIONS, work);
    }

    private static void explore(int invocations, Work work) {
        Lincheck.runConcurrentTest(invocations, () -> {
            try {
                Race race = new Race();
                work.on(race);
                race.join();
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        });
    }

    @Test
    void twoConnectionsShareIt() {
        explore(race -> {
            race.start(() -> race.work(race.first));
            race.start(() -> race.work(race.second));
        });
    }

    @Test
    void twoThreadsOfOneConnection() {
        explore(race -> {
            race.start(() -> race.work(race.first));
            race.start(() -> race.work(race.first));
        });
    }

    @Test
    void aCloseMeetsWork() {
        explore(race -> {
            race.start(() -> race.work(race.first));
            race.start(race::closeFirst);
        });
    }

    @Test
    void anAbortMeetsWorkAndAClose() {
        explore(race -> {
            race.start(() -> race.work(race.first));
            race.start(race::abortFirst);
            race.start(race::closeFirst);
        });
    }

    /** The physical connection is the other's as soon as the first has given it back. */
    @Test
    void anAbortMeetsTheNextOwner() {
        explore(race -> {
            race.start(() -> {
                race.work(race.first);
                race.work(race.second);
            });
            race.start(race::abortFirst);
        });
    }

    /** Who finds it where he left it waits for nobody, so that there is no wait to end. */
    @Test
    void anAbortMeetsWhoWaitsForNobodyAndTheNextOwner() {
        explore(race -> {
            race.lender.lies();
            race.start(() -> {
                race.work(race.first);
                race.work(race.second);
            });
            race.start(race::abortFirst);
        });
    }

    @Test
    void aCloseMeetsTwoWhoWaitForNobody() {
        explore(race -> {
            race.lender.lies();
            race.start(() -> race.work(race.first));
            race.start(() -> race.work(race.second));
            race.start(race::closeFirst);
        });
    }

    @Test
    void aDropMeetsWork() {
        explore(race -> {
            race.start(() -> race.work(race.first));
            race.start(() -> race.count(race.first.drop()));
        });
    }

    /** The physical connection is the other's as soon as the first has done; the cancel was for the first. */
    @Test
    void aCancelMeetsTheNextOwner() {
        explore(race -> {
            race.start(() -> {
                race.work(race.first);
                race.work(race.second);
            });
            race.start(race::cancelFirst);
        });
    }

    @Test
    void aCancelMeetsAClose() {
        explore(race -> {
            race.start(() -> race.work(race.first));
            race.start(race::cancelFirst);
            race.start(race::closeFirst);
        });
    }

    /** The statement is over before its cancel has arrived, and would leave its physical connection to the next owner. */
    @Test
    void aCancelOnItsWayMeetsTheNextOwner() {
        explore(race -> {
            CountDownLatch heldUp = new CountDownLatch(1);
            race.heldUp = heldUp;
            race.workOfFirstThatIsCancelled();
            race.work(race.second);
            heldUp.countDown();
        });
    }

    @Test
    void aCancelMeetsAnAbortAndTheNextOwner() {
        explore(race -> {
            race.start(() -> {
                race.work(race.first);
                race.work(race.second);
            });
            race.start(race::cancelFirst);
            race.start(race::abortFirst);
        });
    }

    /** Who commits begins only when the cancel has arrived; who has left meanwhile leaves the giving back to it. */
    @Test
    void aCancelMeetsATransaction() {
        explore(race -> {
            race.beginFirst();
            race.work(race.first);
            race.start(race::cancelFirst);
            race.start(() -> {
                race.commitFirst();
                race.work(race.second);
            });
        });
    }

    /** The vendor has one wait for the other: what comes after the commit is in the next transaction. */
    @Test
    void aStatementMeetsACommit() {
        explore(MORE_INVOCATIONS, race -> {
            race.beginFirst();
            race.start(race::changeFirst);
            race.start(race::commitFirst);
        });
    }

    /** Either the cancel comes before the connection, and the statement is not executed, or it goes to the vendor. */
    @Test
    void aCancelMeetsTheEndOfTheAsking() {
        explore(MORE_INVOCATIONS, race -> {
            Asking asking = new Asking();
            AtomicBoolean cancelled = new AtomicBoolean();
            asking.begin(Asking.FOR_EVER);
            Thread cancels = new Thread(() -> cancelled.set(asking.cancel()));
            cancels.start();
            boolean seen = asking.end();
            cancels.join();
            require(cancelled.get() == seen, "a cancel is lost");
        });
    }
}
