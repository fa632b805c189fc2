package io.heliosjdbc.scheduler;

/**
 * Tells those that give way who is there to suffer, and how they fare: {@link GivingWay} knows neither classes nor requests. Where no class
 * gives way it costs next to nothing. Guarded by the scheduler's lock.
 */
final class Presence {
    private final GivingWay givingWay;
    private ServiceClass[] classes = {};
    private boolean someGiveWay;

    Presence(GivingWay givingWay) {
        this.givingWay = givingWay;
    }

    void configure(ServiceClass[] all, boolean someOfThemGiveWay) {
        classes = all;
        someGiveWay = someOfThemGiveWay;
    }

    /** It runs or waits from here on. */
    void came(Request request, long now) {
        if (someGiveWay && !request.present && request.serviceClass().maySuffer(request)) {
            request.present = true;
            givingWay.came(now);
        }
    }

    void went(Request request, long now) {
        if (request.present) {
            request.present = false;
            givingWay.went(now);
        }
    }

    /** Other classes give way now, or have other targets. */
    void count(Holders holders, long now) {
        for (int i = 0; i < holders.size(); i++) {
            Request each = holders.get(i);
            went(each, now);
            if (each.state == Request.State.RUNNING) {
                came(each, now);
            }
        }
        for (ServiceClass each : classes) {
            for (int tier = 0; tier < each.queues(); tier++) {
                TierQueue queue = each.queue(tier);
                for (int i = 0; i < queue.size(); i++) {
                    went(queue.element(i), now);
                    came(queue.element(i), now);
                }
            }
        }
    }

    /** It has completed, and given its slot back. */
    void suffered(Request request) {
        if (someGiveWay) {
            request.serviceClass().suffered(request, request.responseNanos);
        }
    }

    /** It has failed. */
    void abandoned(Request request) {
        if (someGiveWay) {
            request.serviceClass().abandoned(request);
        }
    }

    /** It was refused because too many wait, or has waited in vain. */
    void turnedAway(Request request) {
        if (someGiveWay) {
            request.serviceClass().turnedAway(request);
        }
    }

    /** Whether somebody waits for nothing but that others suffer less. */
    boolean someWaitToGiveWay(long now) {
        for (ServiceClass each : classes) {
            if (each.waitsToGiveWay(now)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the limit may be another one now that time has passed: then somebody may go who could not. */
    boolean adapts(boolean hasCompleted, long now) {
        if (someGiveWay && givingWay.isDue(hasCompleted, now)) {
            givingWay.advance(someWaitToGiveWay(now), now);
            return true;
        }
        return false;
    }
}
