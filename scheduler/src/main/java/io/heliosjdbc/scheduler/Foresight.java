package io.heliosjdbc.scheduler;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request would find if somebody waited: idle transactions, which keep their slots longer than they may as long as nobody does, would have
 * lent them. Looks, and leaves everything as it is. Under the scheduler's lock.
 */
final class Foresight {
    private final ServiceClass into;
    private final TierQueue queue;
    private final Slots ofAll;
    private final Slots ofClass;
    /** How many fewer of all that give way would run. */
    private final int fewerYield;

    private final boolean isKept;
    private final long now;

    /**
     * For that request, now.
     *
     * @param firstIdle of the paused transactions, the longest idle one first
     */
    Foresight(Request request, Slots total, @Nullable Request firstIdle, long lendAfterNanos, long now) {
        this.into = request.serviceClass();
        this.queue = request.queue();
        this.ofAll = total.copy();
        this.ofClass = into.copyOfSlots();
        this.now = now;
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
        this.fewerYield = yielding;
        this.isKept = active.getOrDefault(queue, queue.active) < queue.guaranteed;
    }

    /** Whether a slot would be lent to a request at once. */
    static boolean findsLentSlot(
            Request request, Slots total, @Nullable Request firstIdle, long lendAfterNanos, long now) {
        return request.queue().size() == 0 && new Foresight(request, total, firstIdle, lendAfterNanos, now).findsSlot();
    }

    /** Whether there would be a slot for it, if nobody waits before it. */
    boolean findsSlot() {
        return ofAll.isFree(isKept) && ofClass.isFree(isKept) && (isKept || !into.wouldGiveWay(fewerYield, now));
    }

    /** How many a dry run has let in who would wait otherwise: for a slot of all classes, or of the request's own. */
    int letIn(boolean ofAllClasses) {
        return ofAllClasses ? ofAll.tooMany() : Math.max(ofClass.tooMany(), into.tooManyToGiveWay(fewerYield, now));
    }
}
