package io.heliosjdbc.driver.manager;

import io.heliosjdbc.scheduler.Request;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Requests that wait for a slot though their connections have a physical one already, by a savepoint or a pin say. Whoever has the slot may
 * wait for just theirs: as soon as anybody waits for a physical connection they are let in, above the MPL, and no more of them than there are
 * physical connections. Thread-safe.
 */
final class BoundWaiters {
    private final Consumer<Request> letIn;
    private final BooleanSupplier somebodyWaits;
    /** Written before it is asked whether anybody waits, and read after somebody has said that he does: one of the two sees the other. */
    private final List<Request> waiting = new CopyOnWriteArrayList<>();

    /**
     * Nobody waits for a slot.
     *
     * @param letIn gives a queued request a slot at once; does nothing where it is not queued
     * @param somebodyWaits whether anybody waits for a physical connection
     */
    BoundWaiters(Consumer<Request> letIn, BooleanSupplier somebodyWaits) {
        this.letIn = letIn;
        this.somebodyWaits = somebodyWaits;
    }

    /** One has been queued; {@link #remove} follows when its wait has ended. */
    void add(Request request) {
        waiting.add(request);
        if (somebodyWaits.getAsBoolean()) {
            letIn.accept(request);
        }
    }

    void remove(Request request) {
        waiting.remove(request);
    }

    /** Somebody begins to wait for a physical connection. */
    void letIn() {
        waiting.forEach(letIn);
    }
}
