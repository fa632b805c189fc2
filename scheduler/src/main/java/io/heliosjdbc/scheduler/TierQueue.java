package io.heliosjdbc.scheduler;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** The requests of one tier in one service class: who waits, and how many hold a slot. Guarded by the scheduler's lock. */
final class TierQueue {
    private static final int ENFORCED = 3;
    private static final Comparator<Request> BY_ENFORCEMENT = Comparator.<Request>comparingLong(
                    request -> request.enforceAt)
            .thenComparingLong(request -> request.sequence);

    final Tier tier;
    /** Slots that are kept for it. */
    int guaranteed;
    /** Its requests that are counted against the MPL. */
    int active;
    /** Whether somebody waits in it who may be given a slot; as of the decision that is being made. */
    boolean open;

    private final IndexedHeap<Request> byEnforcement = new IndexedHeap<>(BY_ENFORCEMENT, ENFORCED);

    TierQueue(Tier tier) {
        this.tier = tier;
    }

    /** Whether it holds fewer slots than are kept for it. */
    boolean hasKeptSlot() {
        return active < guaranteed;
    }

    /** How many of its requests do not hold a slot that is kept for it. */
    int common() {
        return Math.max(0, active - guaranteed);
    }

    int size() {
        return byEnforcement.size();
    }

    Request element(int index) {
        return byEnforcement.element(index);
    }

    void add(Request request) {
        byEnforcement.add(request);
    }

    void remove(Request request) {
        byEnforcement.remove(request);
    }

    /** The one whose enforce-at instant has passed first; null where none has. */
    @Nullable
    Request enforced(long now) {
        Request first = byEnforcement.top();
        return first != null && now >= first.enforceAt ? first : null;
    }

    TierStatus status() {
        return new TierStatus(tier.name(), guaranteed, active, size());
    }

    /** Orders by the instants from which on requests go first. */
    static boolean isEnforcedBefore(Request one, Request other) {
        return BY_ENFORCEMENT.compare(one, other) < 0;
    }
}
