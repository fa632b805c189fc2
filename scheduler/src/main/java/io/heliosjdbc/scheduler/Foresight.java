package io.heliosjdbc.scheduler;

import java.util.HashMap;
import java.util.Map;

/**
 * What a request would find if it were queued: idle transactions, which keep their slots longer than they may as long as nobody waits, would
 * have lent them. It counts on copies, and leaves everything as it is. Used once, under the scheduler's lock.
 */
final class Foresight {
    private final Request request;
    private final ServiceClass into;
    private final long now;
    private final Slots ofAll;
    private final Slots ofClass;
    private final Map<TierQueue, Integer> active = new HashMap<>();
    /** How many of those that give way would have lent theirs. */
    private int yielding;

    Foresight(Request request, Slots total, ServiceClass[] classes, long lendAfterNanos, long now) {
        this.request = request;
        this.into = request.serviceClass();
        this.now = now;
        this.ofAll = total.copy();
        this.ofClass = into.copyOfSlots();
        // For some somebody waits in any case; others lend theirs for want of more.
        for (ServiceClass each : classes) {
            if (isWaitedFor(each)) {
                lend(each, lendAfterNanos);
            }
        }
        for (ServiceClass each : classes) {
            if (!isWaitedFor(each)) {
                lend(each, lendAfterNanos);
            }
        }
    }

    /** Whether there would be a slot for it, if nobody waits before it. */
    boolean findsSlot() {
        TierQueue queue = request.queue();
        boolean isKept = active.getOrDefault(queue, queue.active) < queue.guaranteed;
        return ofAll.isFree(isKept) && ofClass.isFree(isKept) && (isKept || !into.wouldGiveWay(yielding, now));
    }

    /** How many a dry run has let in who would wait otherwise: for a slot of all classes, or of the request's own. */
    int letIn(boolean ofAllClasses) {
        return ofAllClasses ? ofAll.tooMany() : Math.max(ofClass.tooMany(), into.tooManyToGiveWay(yielding, now));
    }

    private boolean isWaitedFor(ServiceClass from) {
        return from == into || from.queued() > 0;
    }

    private void lend(ServiceClass from, long lendAfterNanos) {
        Request longest = from.idle().longest();
        if (longest == null || now - longest.since < lendAfterNanos) {
            return;
        }
        for (Request each : from.idle().all()) {
            if (now - each.idleSince(now) >= lendAfterNanos && wouldHelp(from)) {
                giveBack(each.queue(), from);
            }
        }
    }

    private boolean wouldHelp(ServiceClass from) {
        return isWaitedFor(from)
                || !ofAll.isFree(false)
                || (from.yields() && ofClass.isFree(false) && into.wouldGiveWay(yielding, now));
    }

    private void giveBack(TierQueue of, ServiceClass from) {
        int left = active.getOrDefault(of, of.active) - 1;
        active.put(of, left);
        ofAll.giveBack(left < of.guaranteed);
        if (from == into) {
            ofClass.giveBack(left < of.guaranteed);
        }
        yielding += from.yields() ? 1 : 0;
    }
}
