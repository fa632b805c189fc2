package io.heliosjdbc.scheduler;

import org.jspecify.annotations.Nullable;

/**
 * Open transactions that hold a slot while none of their statements runs. Each class knows its own, the longest idle one first, for it
 * depends on the class alone whether a slot would help somebody: who looks for one to lend looks at one transaction of each class. Guarded
 * by the scheduler's lock.
 */
final class IdleTransactions {
    private final Slots total;
    private ServiceClass[] classes = {};
    private long lendAfterNanos;

    /**
     * None.
     *
     * @param total the MPL over all classes
     */
    IdleTransactions(Slots total) {
        this.total = total;
    }

    void configure(ServiceClass[] all, long newLendAfterNanos) {
        classes = all;
        lendAfterNanos = newLendAfterNanos;
    }

    void add(Request request) {
        request.serviceClass().idle().add(request);
    }

    void remove(Request request) {
        request.serviceClass().idle().remove(request);
    }

    /**
     * The longest idle one whose slot would help somebody and may be lent by now; null where there is none. Who has fetched rows is idle
     * from then on, and who fetches them from now on.
     */
    @Nullable
    Request lendable(boolean someWaitToGiveWay, long now) {
        Request longest = longestHelpful(someWaitToGiveWay);
        while (longest != null && now - longest.since >= lendAfterNanos) {
            long since = longest.idleSince(now);
            if (since == longest.since) {
                return longest;
            }
            longest.serviceClass().idle().move(longest, since);
            longest = longestHelpful(someWaitToGiveWay);
        }
        return null;
    }

    /** From when on there is a {@link #lendable} one, as far as is known; {@link Long#MAX_VALUE} for never. */
    long nextLending(boolean someWaitToGiveWay) {
        if (lendAfterNanos == Long.MAX_VALUE) {
            return Long.MAX_VALUE;
        }
        Request longest = longestHelpful(someWaitToGiveWay);
        return longest == null ? Long.MAX_VALUE : longest.since + lendAfterNanos;
    }

    private @Nullable Request longestHelpful(boolean someWaitToGiveWay) {
        boolean isTotalTaken = !total.isFree(false);
        Request longest = null;
        for (ServiceClass each : classes) {
            Request first = each.idle().longest();
            if (first != null
                    && (longest == null || IdleQueue.isLonger(first, longest))
                    && (isTotalTaken || each.queued() > 0 || (each.yields() && someWaitToGiveWay))) {
                longest = first;
            }
        }
        return longest;
    }

    /** What a request would find if it were queued now; all stays as it is. */
    Foresight foresee(Request request, long now) {
        return new Foresight(request, total, classes, lendAfterNanos, now);
    }

    /** Whether a slot would be lent to a request at once if it were queued; all stays as it is. */
    boolean wouldLend(Request request, long now) {
        return request.queue().size() == 0 && foresee(request, now).findsSlot();
    }
}
