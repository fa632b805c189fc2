package io.heliosjdbc.driver.manager;

import io.heliosjdbc.driver.late.Supply;
import io.heliosjdbc.scheduler.Request;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Requests that wait for a slot though their connections have a physical one already, by a savepoint or a pin say. Whoever has the slot may
 * wait for just theirs: as soon as anybody waits for a physical connection of the same supply they are let in, above the MPL, and no more of
 * them than there are physical connections. Thread-safe.
 */
final class BoundWaiters {
    private final Consumer<Request> letIn;
    /**
     * With where their physical connections are from. Written before it is asked whether anybody waits, and read after somebody has said that he
     * does: one of the two sees the other.
     */
    private final Map<Request, Supply> waiting = new ConcurrentHashMap<>();

    /**
     * Nobody waits for a slot.
     *
     * @param letIn gives a queued request a slot at once; does nothing where it is not queued
     */
    BoundWaiters(Consumer<Request> letIn) {
        this.letIn = letIn;
    }

    /** One has been queued; {@link #remove} follows when its wait has ended. */
    void add(Request request, Supply supply) {
        waiting.put(request, supply);
        if (supply.isShort()) {
            letIn.accept(request);
        }
    }

    void remove(Request request) {
        waiting.remove(request);
    }

    /** Somebody begins to wait for a physical connection. */
    @SuppressWarnings("ReferenceEquality")
    void letIn(Supply shortOne) {
        waiting.forEach((request, supply) -> {
            if (supply == shortOne) {
                letIn.accept(request);
            }
        });
    }
}
