package io.heliosjdbc.driver.late;

import io.heliosjdbc.driver.configuration.PoolSettings;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Who asks for a connection beside those that are in use: where these are together more than there may be, somebody waits. Who finds one where
 * it was left a moment ago has asked nobody, and is not counted. Thread-safe, without locks.
 */
final class Demand {
    private final Supplier<PoolSettings> settings;
    private final OpenConnections open;
    private final IntSupplier inUse;
    private final Runnable whenShort;
    private final AtomicInteger asking = new AtomicInteger();

    /**
     * Nobody asks.
     *
     * @param settings in force
     * @param inUse how many are in use, and asked for by nobody
     * @param whenShort is run when somebody begins to wait; see {@link PhysicalPools}
     */
    Demand(Supplier<PoolSettings> settings, OpenConnections open, IntSupplier inUse, Runnable whenShort) {
        this.settings = settings;
        this.open = open;
        this.inUse = inUse;
        this.whenShort = whenShort;
    }

    /** Somebody asks. */
    void begins() {
        int unused = asking.incrementAndGet();
    }

    /** He does not any more: what he was given is in use by then. */
    void ends() {
        int unused = asking.decrementAndGet();
    }

    /** For a moment who has just been given one may be counted twice, but nobody is ever passed over: those who ask are counted first. */
    boolean isShort() {
        int asked = asking.get();
        return asked > 0 && asked + inUse.getAsInt() > open.most(settings.get().maximumSize());
    }

    void tellIfShort() {
        if (isShort()) {
            whenShort.run();
        }
    }
}
