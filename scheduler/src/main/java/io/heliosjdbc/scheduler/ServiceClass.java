package io.heliosjdbc.scheduler;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A queue with an MPL of its own: the unit that the scheduler controls. Its state is guarded by the scheduler's lock. */
public final class ServiceClass {
    /** A target is a 95th percentile. */
    private static final double MAY_MISS_TARGET = 0.05;

    private final String name;
    ServiceClassSettings settings;
    private final GivingWay givingWay;
    /** Whether the settings name it; else it is there for those that it has still. */
    boolean named = true;

    private Discipline discipline;
    private final Slots slots = new Slots();
    /** By the tiers' indexes. */
    private TierQueue[] queues = {};

    private final IdleQueue idle = new IdleQueue();
    private int queued;
    int lent;
    long admitted;
    long waited;
    long refused;
    long gaveUp;

    /**
     * A class without requests.
     *
     * @param givingWay shared by the classes of one scheduler
     * @param tiers by their indexes
     */
    ServiceClass(ServiceClassSettings settings, String discipline, GivingWay givingWay, List<Tier> tiers) {
        this.name = settings.name();
        this.settings = settings;
        this.givingWay = givingWay;
        configure(settings, tiers);
        this.discipline = Disciplines.of(discipline, List.of(queues));
    }

    /** The name. */
    public String name() {
        return name;
    }

    Discipline discipline() {
        return discipline;
    }

    int queued() {
        return queued;
    }

    int active() {
        return slots.active();
    }

    /** Its transactions that are idle and hold a slot. */
    IdleQueue idle() {
        return idle;
    }

    /** How many of its requests do not hold a slot that is kept for their tier. */
    int common() {
        return slots.common();
    }

    /** How many hold a slot beyond the MPL, because they went on without one that was free. */
    int beyond() {
        return slots.beyond();
    }

    TierQueue queue(Tier tier) {
        return queues[tier.index];
    }

    int queues() {
        return queues.length;
    }

    TierQueue queue(int tier) {
        return queues[tier];
    }

    /**
     * Whether a slot of the class is free for somebody for whom one is kept, or for anybody else. A class that gives way gives its tiers
     * what is kept for them all the same.
     */
    boolean hasFreeSlot(boolean isKept, long now) {
        return slots.isFree(isKept) && (isKept || !givesWay(now));
    }

    /** Whether slots are free, but kept for other tiers than that of who asks. */
    boolean keepsSlotsForOthers(boolean isKept) {
        return slots.areKeptForOthers(isKept);
    }

    Slots copyOfSlots() {
        return slots.copy();
    }

    /** Takes other settings in; {@link #reorder} follows where something waits. */
    void configure(ServiceClassSettings next, List<Tier> tiers) {
        givingWay.changes((next.yields() ? active() : 0) - (settings.yields() ? active() : 0));
        settings = next;
        if (queues.length < tiers.size()) {
            int known = queues.length;
            queues = Arrays.copyOf(queues, tiers.size());
            for (int i = known; i < queues.length; i++) {
                queues[i] = new TierQueue(tiers.get(i));
            }
        }
        int common = 0;
        for (TierQueue each : queues) {
            each.guaranteed = next.guaranteedSlots().getOrDefault(each.tier.name(), 0);
            common += each.common();
        }
        slots.resize(next.maxConcurrency(), next.keptSlots(), common);
    }

    /** One of its transactions has completed: what gives way is limited by how it fared. */
    void suffered(Request request, long responseNanos) {
        if (settings.yields()) {
            givingWay.done(request.transactionType(), givingWay.isAlone(request.aloneSince), request.executionNanos);
            return;
        }
        long timely = timelyNanos(request);
        if (timely == Long.MAX_VALUE) {
            givingWay.completed();
        } else {
            givingWay.completed(promisedTo(request), responseNanos > timely, mayMiss(request));
        }
    }

    /** One of its transactions has failed: where it timed out or took longer than it may, it has suffered; else that says nothing. */
    void abandoned(Request request) {
        if (settings.yields()) {
            if (request.hasFailed()) {
                givingWay.failed(request.transactionType(), request.executionNanos);
            }
        } else if (maySuffer(request)
                && (request.hasTimedOut() || request.waitedNanos + request.executionNanos > timelyNanos(request))) {
            givingWay.completed(promisedTo(request), true, mayMiss(request));
        }
    }

    /** One of its requests was refused because too many wait, or has waited in vain. */
    void turnedAway(Request request) {
        if (maySuffer(request)) {
            givingWay.completed(promisedTo(request), true, mayMiss(request));
        }
    }

    /** Whether others give way to it: there is something that it can miss. */
    boolean maySuffer(Request request) {
        return !settings.yields() && timelyNanos(request) != Long.MAX_VALUE;
    }

    private long timelyNanos(Request request) {
        return hasTarget() ? settings.targetNanos() : request.account().timelyNanos();
    }

    private boolean hasTarget() {
        return settings.targetNanos() != Long.MAX_VALUE;
    }

    /** Who would suffer: all of its transactions alike where it has a target, else those of the same user load in all classes. */
    private Object promisedTo(Request request) {
        return hasTarget() ? this : request.account().key().userLoad();
    }

    private double mayMiss(Request request) {
        return hasTarget() ? MAY_MISS_TARGET : request.account().mayBeLate();
    }

    /** Whether as many of all that give way run as others bear. */
    private boolean givesWay(long now) {
        return wouldGiveWay(0, now);
    }

    /** Likewise if so many fewer of them ran. */
    boolean wouldGiveWay(int fewer, long now) {
        return settings.yields() && givingWay.running - fewer >= givingWay.limit(now);
    }

    /** How many of all that give way would be too many for the others if so many fewer of them ran. */
    int tooManyToGiveWay(int fewer, long now) {
        return settings.yields() ? Math.max(0, givingWay.running - fewer - givingWay.limit(now)) : 0;
    }

    /** How many of all that give way may run, where that alone keeps a slot of the class from somebody; else 0. */
    int yieldLimit(boolean isKept, long now) {
        return !isKept && slots.isFree(false) && givesWay(now) ? givingWay.limit(now) : 0;
    }

    boolean yields() {
        return settings.yields();
    }

    /** Whether somebody waits for nothing but that others suffer less. */
    boolean waitsToGiveWay(long now) {
        return queued > 0 && slots.isFree(false) && givesWay(now);
    }

    /** The MPL in force. */
    private int concurrency(long now) {
        return settings.yields()
                ? Math.min(settings.maxConcurrency(), givingWay.limit(now))
                : settings.maxConcurrency();
    }

    /** Takes a slot for it, and answers whether that is one that is kept for its tier. */
    boolean enter(Request request) {
        TierQueue queue = request.queue();
        boolean isKept = queue.hasKeptSlot();
        queue.active++;
        slots.take(isKept);
        if (!settings.yields()) {
            request.aloneSince = GivingWay.NOT_ALONE;
        } else if (request.state == Request.State.LENT) {
            request.aloneSince = givingWay.goesOn(request.aloneSince);
        } else {
            request.aloneSince = givingWay.begins();
        }
        return isKept;
    }

    /** Gives its slot back, and answers whether that is one that is kept for its tier. */
    boolean leave(Request request) {
        TierQueue queue = request.queue();
        queue.active--;
        boolean isKept = queue.hasKeptSlot();
        slots.giveBack(isKept);
        if (settings.yields()) {
            givingWay.leaves();
        }
        return isKept;
    }

    boolean isTooDear(Request request) {
        return request.estimatedCost > settings.maxEstimatedCost();
    }

    boolean isFull() {
        return wouldBeFull(queued);
    }

    /** Whether its queue would be full if so many waited. */
    boolean wouldBeFull(int waiting) {
        return settings.rejectOnOverload() && waiting >= settings.maxQueueDepth();
    }

    void enqueue(Request request) {
        price(discipline, request);
        discipline.add(request);
        request.queue().add(request);
        queued++;
    }

    private void price(Discipline discipline, Request request) {
        discipline.price(request);
        // Whoever has waited for as long as the class allows goes first like one whose deadline is near.
        long bound = settings.starvationBoundNanos();
        if (bound < Long.MAX_VALUE - Math.max(0, request.arrival)) {
            request.enforceAt = Math.min(request.enforceAt, request.arrival + bound);
        }
    }

    void dequeue(Request request) {
        discipline.remove(request);
        request.queue().remove(request);
        queued--;
    }

    /** Finds the tiers in which somebody waits who may be given a slot now; whether there is one. */
    boolean open(Slots total, long now) {
        boolean some = false;
        for (TierQueue each : queues) {
            boolean isKept = each.hasKeptSlot();
            each.open = each.size() > 0 && hasFreeSlot(isKept, now) && total.isFree(isKept);
            some |= each.open;
        }
        return some;
    }

    /** Of the open tiers the queued request whose enforce-at instant has passed first; null where none has. */
    @Nullable
    Request enforced(long now) {
        Request earliest = null;
        for (TierQueue each : queues) {
            Request first = each.open ? each.enforced(now) : null;
            if (first != null && (earliest == null || TierQueue.isEnforcedBefore(first, earliest))) {
                earliest = first;
            }
        }
        return earliest;
    }

    /** The queued request that ranks last by load and arrival, where it has less at stake than the given one; else null. Scans the queue. */
    @Nullable
    Request lessImportant(Request than) {
        Request least = null;
        for (TierQueue queue : queues) {
            for (int i = 0; i < queue.size(); i++) {
                Request request = queue.element(i);
                if (least == null || Discipline.TIES.compare(request, least) > 0) {
                    least = request;
                }
            }
        }
        return least == null || least.stake() >= than.stake() ? null : least;
    }

    /** Orders what is queued by another discipline, and by the accounts that are kept now. */
    void reorder(String name) {
        Discipline next = Disciplines.of(name, List.of(queues));
        List<Request> waiting = new ArrayList<>();
        for (TierQueue queue : queues) {
            while (queue.size() > 0) {
                Request request = queue.element(queue.size() - 1);
                dequeue(request);
                waiting.add(request);
            }
        }
        discipline = next;
        for (Request request : waiting) {
            request.followAccount();
            enqueue(request);
        }
    }

    /** Whether there is nothing to be seen of it. */
    boolean isGone() {
        return !named && active() == 0 && lent == 0 && queued == 0;
    }

    ServiceClassStatus status(long now) {
        int kept = 0;
        List<TierStatus> tiers = new ArrayList<>();
        for (TierQueue each : queues) {
            kept += Math.max(0, each.guaranteed - each.active);
            if (queues.length > 1) {
                tiers.add(each.status());
            }
        }
        return new ServiceClassStatus(
                name,
                concurrency(now),
                active(),
                lent,
                queued,
                admitted,
                waited,
                refused,
                gaveUp,
                settings.keptSlots(),
                kept,
                settings.starvationBoundNanos(),
                tiers);
    }

    /** Throws where its books do not agree with each other. */
    void checkInvariants() {
        int active = 0;
        int waiting = 0;
        int common = 0;
        for (TierQueue each : queues) {
            active += each.active;
            waiting += each.size();
            common += each.common();
        }
        require(active == slots.active() && common == slots.common() && waiting == queued, "its tiers do not add up");
        require(slots.beyond() <= Math.max(0, common - (slots.size() - slots.kept())), "too many are beyond the MPL");
        require(slots.kept() <= slots.size(), "more is kept than there is");
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(name + ": " + otherwise);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
