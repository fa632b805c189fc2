package io.heliosjdbc.driver.late;

import java.util.ArrayList;
import java.util.List;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Test;

/**
 * Givers, takers and the sweep in many of the orders in which their steps can fall, chosen by a model checker: nobody waits for the source
 * while something lies elsewhere, and nothing is lent twice.
 */
class LastUsedInterleavingsTest {
    private static final int INVOCATIONS = 30;

    /** Few: a loop of many steps is taken for one that never ends. */
    private static final int PLACES = 2;

    /** Lets its callers wait. */
    private static final class Source {
        private final List<String> things = new ArrayList<>();

        synchronized void give(String what) {
            things.add(what);
            notifyAll();
        }

        synchronized String take() throws InterruptedException {
            while (things.isEmpty()) {
                wait();
            }
            return things.remove(0);
        }

        synchronized List<String> all() {
            return List.copyOf(things);
        }
    }

    /** A source, and things that are out. */
    private static final class Race {
        private final Source source = new Source();
        private final List<Runnable> later = new ArrayList<>();
        private final LastUsed<String, String> lastUsed = new LastUsed<>(source::give, this::later, PLACES);
        private final List<Thread> threads = new ArrayList<>();

        private synchronized void later(Runnable sweep) {
            later.add(sweep);
        }

        private synchronized List<Runnable> due() {
            List<Runnable> due = List.copyOf(later);
            later.clear();
            return due;
        }

        void put(String purpose, String what) {
            start(() -> lastUsed.put(purpose, what, 0));
        }

        /** The second one lies where the first one lay, and that on the stack. */
        void putTwo(String purpose, String first, String second) {
            start(() -> {
                lastUsed.put(purpose, first, 0);
                lastUsed.put(purpose, second, 0);
            });
        }

        void close() {
            start(lastUsed::close);
        }

        /** Takes one, waiting for it where there is none, and gives it back. */
        void use(String purpose) {
            start(() -> {
                try {
                    lastUsed.put(purpose, lastUsed.takeOr(purpose, 0, source::take), 0);
                } catch (InterruptedException never) {
                    throw new AssertionError(never);
                }
            });
        }

        void sweep() {
            start(() -> due().forEach(Runnable::run));
        }

        private void start(Runnable work) {
            Thread thread = new Thread(work);
            threads.add(thread);
            thread.start();
        }

        void join(int things) {
            try {
                for (Thread thread : threads) {
                    thread.join();
                }
            } catch (InterruptedException never) {
                throw new AssertionError(never);
            }
            lastUsed.close();
            List<String> all = source.all();
            if (all.size() != things || all.stream().distinct().count() != things) {
                throw new AssertionError(all + " of " + things);
            }
        }
    }

    @Test
    void aGiverMeetsWhoAsks() {
        Lincheck.runConcurrentTest(INVOCATIONS, () -> {
            Race race = new Race();
            race.put("reports", "one");
            race.use("work");
            race.join(1);
        });
    }

    @Test
    void twoWantTheSameOne() {
        Lincheck.runConcurrentTest(INVOCATIONS, () -> {
            Race race = new Race();
            race.put("reports", "one");
            race.use("work");
            race.use("reports");
            race.join(1);
        });
    }

    @Test
    void twoWantWhatOneGivesBackOneAfterTheOther() {
        Lincheck.runConcurrentTest(INVOCATIONS, () -> {
            Race race = new Race();
            race.putTwo("reports", "one", "two");
            race.use("work");
            race.use("reports");
            race.join(2);
        });
    }

    @Test
    void theCloseMeetsWhoGivesBack() {
        Lincheck.runConcurrentTest(INVOCATIONS, () -> {
            Race race = new Race();
            race.putTwo("work", "one", "two");
            race.put("work", "three");
            race.close();
            race.join(3);
        });
    }

    @Test
    void theSweepMeetsWhoTakes() {
        Lincheck.runConcurrentTest(INVOCATIONS, () -> {
            Race race = new Race();
            race.lastUsed.put("work", "one", 0);
            race.sweep();
            race.use("work");
            race.sweep();
            race.join(1);
        });
    }
}
