package io.heliosjdbc.driver.late;

import io.heliosjdbc.driver.configuration.PoolSettings;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Test;

/** Who asks a pool that has one connection, in many of the orders in which their steps can fall: nobody waits that nobody is told of. */
class DemandInterleavingsTest {
    private static final int INVOCATIONS = 100;

    /** A pool, and who is told that somebody waits. */
    private static final class Race {
        private final PoolSettings settings = new PoolSettings(1, 0, 2_000, 600_000, 1_800_000, 0, 0);
        private final AtomicInteger inUse = new AtomicInteger();
        private final AtomicInteger told = new AtomicInteger();
        private final Demand demand =
                new Demand(() -> settings, new OpenConnections(), inUse::get, told::incrementAndGet);

        /** Asks, and is given one or waits on. */
        void ask() {
            demand.begins();
            demand.tellIfShort();
            if (inUse.compareAndSet(0, 1)) {
                demand.ends();
            }
        }
    }

    private static void explore(Runnable one, Runnable other) {
        Thread first = new Thread(one);
        Thread second = new Thread(other);
        first.start();
        second.start();
        try {
            first.join();
            second.join();
        } catch (InterruptedException never) {
            throw new AssertionError(never);
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    @Test
    void twoWantTheOnlyOne() {
        Lincheck.runConcurrentTest(INVOCATIONS, () -> {
            Race race = new Race();
            explore(race::ask, race::ask);
            require(race.told.get() > 0, "one waits, and nobody knows");
            require(race.demand.isShort(), "one waits, and it is not seen");
        });
    }

    /** Who has the only one is queued for his slot when another asks for it. */
    @Test
    void whoIsQueuedMeetsWhoAsksForHis() {
        Lincheck.runConcurrentTest(INVOCATIONS, () -> {
            Race race = new Race();
            race.ask();
            AtomicBoolean queued = new AtomicBoolean();
            AtomicBoolean letIn = new AtomicBoolean();
            explore(
                    () -> {
                        queued.set(true);
                        if (race.demand.isShort()) {
                            letIn.set(true);
                        }
                    },
                    () -> {
                        int before = race.told.get();
                        race.ask();
                        if (race.told.get() > before && queued.get()) {
                            letIn.set(true);
                        }
                    });
            require(letIn.get(), "he is not let in, and the other waits");
        });
    }
}
