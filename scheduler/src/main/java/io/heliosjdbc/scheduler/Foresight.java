package io.heliosjdbc.scheduler;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks at what a request would find if it were queued, and leaves everything as it is. Stateless; under the scheduler's lock. */
final class Foresight {
    private Foresight() {}

    /**
     * Whether a slot would be lent to it at once: idle transactions keep theirs longer than they may as long as nobody waits.
     *
     * @param firstIdle of the paused transactions, the longest idle one first
     */
    static boolean findsLentSlot(
            Request request, Slots total, @Nullable Request firstIdle, long lendAfterNanos, long now) {
        ServiceClass into = request.serviceClass();
        TierQueue queue = request.queue();
        if (queue.size() > 0) {
            return false;
        }
        Slots ofAll = total.copy();
        Slots ofClass = into.copyOfSlots();
        Map<TierQueue, Integer> active = new HashMap<>();
        int yielding = 0;
        for (Request idle = firstIdle; idle != null && now - idle.since >= lendAfterNanos; idle = idle.nextIdle) {
            if (now - idle.idleSince(now) < lendAfterNanos) {
                continue;
            }
            ServiceClass from = idle.serviceClass();
            boolean givesWay = from.settings.yields() && ofClass.isFree(false) && into.wouldGiveWay(yielding, now);
            if (from != into && from.queued() == 0 && ofAll.isFree(false) && !givesWay) {
                continue;
            }
            TierQueue of = idle.queue();
            int left = active.getOrDefault(of, of.active) - 1;
            active.put(of, left);
            ofAll.giveBack(left < of.guaranteed);
            if (from == into) {
                ofClass.giveBack(left < of.guaranteed);
            }
            yielding += from.settings.yields() ? 1 : 0;
        }
        boolean isKept = active.getOrDefault(queue, queue.active) < queue.guaranteed;
        return ofAll.isFree(isKept) && ofClass.isFree(isKept) && (isKept || !into.wouldGiveWay(yielding, now));
    }
}
