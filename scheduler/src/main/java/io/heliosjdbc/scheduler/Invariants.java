package io.heliosjdbc.scheduler;

import io.heliosjdbc.scheduler.Request.State;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Holds the books of {@link SchedulerCore} against each other, for tests. Used once, under the scheduler's lock. */
final class Invariants {
    /** What was counted of one class. */
    private static final class Count {
        int active;
        int lent;
        int idle;
    }

    private final ServiceClass[] classes;
    private final Holders holders;
    private final Holders lenders;
    private final Map<ServiceClass, Count> counts = new LinkedHashMap<>();

    Invariants(ServiceClass[] classes, Holders holders, Holders lenders) {
        this.classes = classes;
        this.holders = holders;
        this.lenders = lenders;
    }

    /** Throws where they do not agree. */
    void check(Slots total, int queued, long now) {
        count(holders);
        count(lenders);
        int activeInAll = 0;
        int commonInAll = 0;
        int queuedInAll = 0;
        for (ServiceClass each : classes) {
            check(each, of(each));
            activeInAll += each.active();
            commonInAll += each.common();
            queuedInAll += each.queued();
            require(each.queued() == 0 || !each.open(total, now), each + " has a free slot and somebody waits");
        }
        require(
                activeInAll == total.active() && commonInAll == total.common() && queuedInAll == queued,
                "the totals are wrong");
    }

    private Count of(ServiceClass each) {
        return counts.computeIfAbsent(each, name -> new Count());
    }

    private void count(Holders some) {
        for (int i = 0; i < some.size(); i++) {
            Request each = some.get(i);
            boolean isLent = each.state == State.LENT;
            require(
                    each.place(Holders.HOLDING) == i
                            && (each.isCounted() || isLent)
                            && isLent == (some == lenders)
                            && (each.thread == 0 || some.have(each.thread)),
                    "a holder is " + each);
            Count count = of(each.serviceClass());
            count.active += isLent ? 0 : 1;
            count.lent += isLent ? 1 : 0;
            count.idle += each.state == State.PAUSED ? 1 : 0;
        }
    }

    private static void check(ServiceClass each, Count count) {
        require(each.active() == count.active && each.lent == count.lent, each + " counts its holders wrong");
        List<Request> idle = each.idle().all();
        require(idle.size() == count.idle && each.idle().size() == count.idle, each + " counts its idle ones wrong");
        idle.forEach(one -> require(one.state == State.PAUSED, "an idle one is " + one));
        each.checkInvariants();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
