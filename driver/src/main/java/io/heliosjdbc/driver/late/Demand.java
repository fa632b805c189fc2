package io.heliosjdbc.driver.late;

import io.heliosjdbc.driver.configuration.PoolSettings;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** How many of a pool's connections are in use or wanted: where these are more than there may be, somebody waits. Thread-safe, without locks. */
final class Demand {
    private final Supplier<PoolSettings> settings;
    private final OpenConnections open;
    private final Runnable whenShort;
    private final AtomicInteger wanted = new AtomicInteger();

    /**
     * None is wanted.
     *
     * @param settings in force
     * @param whenShort is run when somebody begins to wait; see {@link PhysicalPools}
     */
    Demand(Supplier<PoolSettings> settings, OpenConnections open, Runnable whenShort) {
        this.settings = settings;
        this.open = open;
        this.whenShort = whenShort;
    }

    /** One more is wanted, or in use. */
    void more() {
        int unused = wanted.incrementAndGet();
    }

    /** One of them is not any more. */
    void less() {
        int unused = wanted.decrementAndGet();
    }

    boolean isShort() {
        int most = open.most(settings.get().maximumSize());
        return wanted.get() > most;
    }

    void tellIfShort() {
        if (isShort()) {
            whenShort.run();
        }
    }
}
