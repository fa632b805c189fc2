package io.heliosjdbc.scheduler;

import io.heliosjdbc.scheduler.Request.State;
import io.heliosjdbc.slo.Account;
import io.heliosjdbc.slo.RequestType;
import io.heliosjdbc.slo.TransactionType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The deterministic core of the scheduler: a state machine without threads and without a clock. Every call says what time it is, in
 * nanoseconds that never run backwards; what follows from it for requests that were queued is in {@link #takeDecided()}. The same
 * core runs in virtual time in simulations. Not thread-safe: {@link WorkloadScheduler} guards it with its lock.
 */
public final class SchedulerCore {
    private static final Request[] NOBODY = {};
    /** What an experiment makes of estimates is bounded like those that were learned, so that instants stay in the clock's range. */
    private static final long LONGEST_ESTIMATE = TimeUnit.DAYS.toNanos(366);

    private final Estimator estimator;
    private final GivingWay givingWay = new GivingWay();
    private final Presence presence = new Presence(givingWay);
    private final Map<String, Tier> tiers = new LinkedHashMap<>();
    private final Map<String, ServiceClass> byName = new LinkedHashMap<>();
    /** Every class that is configured, or that still has requests. */
    private ServiceClass[] classes = {};

    private SchedulerSettings settings;
    /** The MPL over all classes. */
    private final Slots total = new Slots();

    private int queued;
    private long sequence;
    private final List<Request> decided = new ArrayList<>();
    /** Everyone with an open transaction who is counted: running or paused. */
    private final Holders holders = new Holders();
    /** Whose slot is lent: no MPL says how many they may be. */
    private final Holders lenders = new Holders();

    private final LargestShare largestShare = new LargestShare();
    private final IdleTransactions idle = new IdleTransactions(total);

    /** A core with nothing queued or running. */
    public SchedulerCore(SchedulerSettings settings) {
        this(settings, Estimator.LEARNED);
    }

    /** A core with nothing queued or running, and with estimates of its own. */
    public SchedulerCore(SchedulerSettings settings, Estimator estimator) {
        this.estimator = estimator;
        this.settings = settings;
        apply(settings);
    }

    private void apply(SchedulerSettings next) {
        List<Tier> known = tiers(next);
        for (ServiceClassSettings each : next.classes()) {
            if (!byName.containsKey(each.name())) {
                byName.put(each.name(), new ServiceClass(each, next.discipline(), givingWay, known));
            }
        }
        Map<String, ServiceClassSettings> named = new LinkedHashMap<>();
        next.classes().forEach(each -> named.put(each.name(), each));
        int kept = 0;
        int common = 0;
        for (ServiceClass each : byName.values()) {
            ServiceClassSettings of = named.get(each.name());
            each.named = of != null;
            each.configure(of == null ? each.settings.withoutGuarantees() : of, known);
            kept += each.settings.keptSlots();
            common += each.common();
        }
        total.resize(next.maxConcurrency() == 0 ? Integer.MAX_VALUE : next.maxConcurrency(), kept, common);
        classes = byName.values().toArray(ServiceClass[]::new);
        idle.configure(classes, next.lendAfterNanos());
        presence.configure(classes, next.classes().stream().anyMatch(ServiceClassSettings::yields));
        settings = next;
    }

    /** All tiers there are or were, by their indexes; those that are no longer named count as the standard tier does. */
    private List<Tier> tiers(SchedulerSettings next) {
        Map<String, Double> boosts = new LinkedHashMap<>();
        next.classes()
                .forEach(each ->
                        each.guaranteedSlots().keySet().stream().sorted().forEach(name -> boosts.put(name, 1.0)));
        next.tiers().forEach(each -> boosts.put(each.name(), each.priorityBoost()));
        tiers.computeIfAbsent(Tier.STANDARD_NAME, name -> new Tier(name, 0));
        boosts.keySet().forEach(each -> tiers.computeIfAbsent(each, name -> new Tier(name, tiers.size())));
        tiers.values().forEach(each -> each.boost = boosts.getOrDefault(each.name(), 1.0));
        return List.copyOf(tiers.values());
    }

    /** The tier of that name; the standard one where there is none. */
    public Tier tier(String name) {
        Tier known = tiers.get(name);
        return known != null ? known : Objects.requireNonNull(tiers.get(Tier.STANDARD_NAME));
    }

    /** The class of that name, or null. */
    public @Nullable ServiceClass serviceClass(String name) {
        return byName.get(name);
    }

    List<ServiceClassStatus> status(long now) {
        List<ServiceClassStatus> status = new ArrayList<>(classes.length);
        for (ServiceClass each : classes) {
            if (!each.isGone()) {
                status.add(each.status(now));
            }
        }
        return status;
    }

    /**
     * A prepared request asks for a slot.
     *
     * @return {@link Admission#GRANTED}, or a refusal, or null where it is queued
     */
    public @Nullable Admission submit(Request request, long now) {
        if (request.state != State.IDLE) {
            throw new IllegalStateException("a request that is " + request.state + " cannot ask for a slot");
        }
        ServiceClass into = request.serviceClass();
        request.followAccount();
        request.arrival = now;
        request.waitedNanos = 0;
        request.queueDepth = into.queued();
        request.answer = null;
        if (into.isTooDear(request)) {
            return submitTooDear(request, into, now);
        }
        if (into.yields()) {
            adaptGivingWay(false, now);
        }
        if (findsFreeSlot(request, into, now)) {
            grant(request, now);
            return Admission.GRANTED;
        }
        return submitToBusy(request, into, now);
    }

    private boolean findsFreeSlot(Request request, ServiceClass into, long now) {
        TierQueue queue = request.queue();
        boolean isKept = queue.hasKeptSlot();
        return queue.size() == 0 && into.hasFreeSlot(isKept, now) && total.isFree(isKept);
    }

    private Admission submitTooDear(Request request, ServiceClass into, long now) {
        if (settings.dryRun()) {
            grant(request, now);
            return Admission.GRANTED;
        }
        into.refused++;
        bookRefused(request);
        return Admission.COST_LIMIT;
    }

    private @Nullable Admission submitToBusy(Request request, ServiceClass into, long now) {
        if (settings.dryRun() || holdsSlot(request.thread)) {
            grant(request, now);
            return Admission.GRANTED;
        }
        findWhatHoldsUp(request, into, now);
        largestShare.tell(request, holders);
        price(request);
        if (into.isFull()) {
            // Those who wait already come first.
            advance(now);
        }
        if (into.isFull() && !idle.wouldLend(request, now)) {
            Request least = into.lessImportant(request);
            if (least == null) {
                into.refused++;
                refuse(request);
                return Admission.QUEUE_FULL;
            }
            leaveQueue(least, now);
            presence.went(least, now);
            into.refused++;
            refuse(least);
            decide(least, Admission.SHED);
        }
        request.queueDeadline = later(now, into.settings.queueTimeoutNanos());
        into.enqueue(request);
        // Only now: were it queued by half because something threw, its connection could never ask again.
        request.state = State.QUEUED;
        queued++;
        presence.came(request, now);
        advance(now);
        if (request.state == State.QUEUED) {
            return null;
        }
        decided.remove(request);
        return Admission.GRANTED;
    }

    private void findWhatHoldsUp(Request request, ServiceClass into, long now) {
        boolean isKept = request.queue().hasKeptSlot();
        request.yieldLimit = into.yieldLimit(isKept, now);
        request.heldUpByTotal = into.hasFreeSlot(isKept, now);
        request.heldUpByGuarantees =
                request.heldUpByTotal ? total.areKeptForOthers(isKept) : into.keepsSlotsForOthers(isKept);
    }

    /** What would become of a prepared request if it asked for a slot now. It asks for nothing, and nobody else notices. */
    public Prospect foresee(Request request, long now) {
        ServiceClass into = request.serviceClass();
        request.followAccount();
        findWhatHoldsUp(request, into, now);
        int ahead = request.heldUpByTotal ? queued : into.queued();
        Admission answer = null;
        boolean sheds = false;
        if (into.isTooDear(request)) {
            answer = Admission.COST_LIMIT;
        } else if (findsFreeSlot(request, into, now) || holdsSlot(request.thread)) {
            answer = Admission.GRANTED;
        } else if (settings.dryRun()) {
            Foresight without = idle.foresee(request, now);
            ahead = without.letIn(request.heldUpByTotal);
            boolean refused = into.wouldBeFull(without.letIn(false));
            answer = without.findsSlot() ? Admission.GRANTED : refused ? Admission.QUEUE_FULL : null;
        } else if (idle.wouldLend(request, now)) {
            answer = Admission.GRANTED;
        } else if (into.isFull()) {
            sheds = into.lessImportant(request) != null;
            answer = sheds ? null : Admission.QUEUE_FULL;
        }
        return new Prospect(
                answer,
                sheds,
                ahead - (sheds ? 1 : 0),
                request.heldUpByTotal,
                request.heldUpByGuarantees,
                request.yieldLimit,
                settings.dryRun(),
                settings.maxConcurrency(),
                total.active());
    }

    /** Whether the thread has an open transaction: it would wait for itself. */
    private boolean holdsSlot(long thread) {
        return thread != 0 && (holders.have(thread) || lenders.have(thread));
    }

    private Holders holdersLike(Request request) {
        return request.state == State.LENT ? lenders : holders;
    }

    /** How long it will take; what it costs to let it wait follows when it joins a queue. */
    private void price(Request request) {
        request.sequence = sequence++;
        request.pricedConcurrency = total.active() + 1;
        request.estimateNanos = Math.min(LONGEST_ESTIMATE, estimator.remainingNanos(request, total.active() + 1));
    }

    private static long later(long now, long nanos) {
        return nanos == Long.MAX_VALUE ? Long.MAX_VALUE : now + nanos;
    }

    private void grant(Request request, long now) {
        ServiceClass into = request.serviceClass();
        total.take(into.enter(request));
        into.admitted++;
        request.state = State.RUNNING;
        request.requests = 1;
        request.countStart();
        request.executionNanos = 0;
        request.since = now;
        request.concurrency = total.active();
        request.firstConcurrency = request.concurrency;
        holders.add(request);
        presence.came(request, now);
    }

    private void adaptGivingWay(boolean hasCompleted, long now) {
        if (presence.adapts(hasCompleted, now)) {
            dispatch(now);
        }
    }

    private void leaveQueue(Request request, long now) {
        ServiceClass from = request.serviceClass();
        from.dequeue(request);
        queued--;
        request.state = State.IDLE;
        request.waitedNanos = now - request.arrival;
        request.queueDepth = from.queued();
    }

    private void decide(Request request, Admission answer) {
        request.answer = answer;
        decided.add(request);
    }

    /** It got no slot in time, because others had them. */
    private void refuse(Request request) {
        bookRefused(request);
        presence.turnedAway(request);
    }

    /** A refused transaction was not timely: its account says so. */
    private void bookRefused(Request request) {
        request.account().bookRefused();
        repriced(request.account().current());
    }

    private void repriced(Account account) {
        if (queued > 0) {
            for (ServiceClass each : classes) {
                each.discipline().repriced(account);
            }
        }
    }

    /**
     * A queued request gives up.
     *
     * @param answer why; after a timeout its account is booked as for a refusal
     * @return whether it was queued, and now is as if it had never come
     */
    public boolean cancel(Request request, Admission answer, long now) {
        if (request.state != State.QUEUED) {
            return false;
        }
        endWait(request, answer, now);
        adaptGivingWay(false, now);
        return true;
    }

    private void endWait(Request request, Admission answer, long now) {
        leaveQueue(request, now);
        presence.went(request, now);
        request.serviceClass().gaveUp++;
        if (answer == Admission.QUEUE_TIMEOUT || answer == Admission.QUERY_TIMEOUT) {
            refuse(request);
        }
        decide(request, answer);
    }

    /** The running statement of an open transaction has ended; its slot is idle, and lent where somebody needs it and no rows are fetched. */
    public void pause(Request request, long now) {
        if (request.state != State.RUNNING) {
            return;
        }
        statementEnded(request, now);
        presence.went(request, now);
        request.state = State.PAUSED;
        request.paused(now);
        if (settings.lendAfterNanos() == 0) {
            lend(request);
            adaptGivingWay(false, now);
            dispatch(now);
            return;
        }
        idle.add(request);
        adaptGivingWay(false, now);
    }

    /** No thread waits for itself by this transaction any more. */
    void disown(Request request) {
        if (request.state == State.QUEUED) {
            return;
        }
        request.thread = 0;
        if (request.state != State.IDLE) {
            holdersLike(request).sent(request);
        }
    }

    private void statementEnded(Request request, long now) {
        long nanos = now - request.since;
        request.executionNanos += nanos;
        request.requestType().observe(request.concurrency, nanos);
        request.countEnd(nanos);
    }

    private void lend(Request request) {
        ServiceClass from = request.serviceClass();
        holders.remove(request);
        lenders.add(request);
        request.state = State.LENT;
        total.giveBack(from.leave(request));
        from.lent++;
    }

    /** The next statement of an open transaction starts; where its slot has been lent it runs above the MPL if need be. */
    public void resume(Request request, RequestType requestType, long now) {
        if (request.state == State.PAUSED) {
            idle.remove(request);
            holders.sent(request);
        } else if (request.state == State.LENT) {
            ServiceClass into = request.serviceClass();
            total.take(into.enter(request));
            into.lent--;
            lenders.remove(request);
            holders.add(request);
        } else {
            throw new IllegalStateException("a request that is " + request.state + " has no transaction to go on with");
        }
        request.state = State.RUNNING;
        request.requestType(requestType);
        request.requests++;
        request.countStart();
        request.since = now;
        request.concurrency = total.active();
        presence.came(request, now);
    }

    /**
     * A transaction has ended: its response time is booked, estimates learn, and its slot goes on. Does nothing where the request
     * holds no slot.
     */
    public void complete(Request request, Ending ending, long now) {
        ServiceClass from = request.serviceClass();
        switch (request.state) {
            case IDLE, QUEUED -> {
                return;
            }
            case RUNNING -> {
                if (ending != Ending.UNUSED) {
                    statementEnded(request, now);
                }
            }
            case PAUSED -> idle.remove(request);
            case LENT -> from.lent--;
        }
        if (request.isCounted()) {
            total.giveBack(from.leave(request));
        }
        holdersLike(request).remove(request);
        presence.went(request, now);
        request.thread = 0;
        request.state = State.IDLE;
        if (ending == Ending.COMPLETED) {
            TransactionType type = request.transactionType();
            type.observeSlot(now - request.arrival - request.waitedNanos, request.firstConcurrency);
            type.observe(request.requests, request.executionNanos, request.firstConcurrency);
            request.responseNanos = now - request.arrival + request.heldBackNanos;
            request.account().book(request.responseNanos);
            repriced(request.account().current());
            presence.suffered(request);
        } else if (ending == Ending.ABANDONED) {
            presence.abandoned(request);
        }
        adaptGivingWay(true, now);
        dispatch(now);
    }

    /** Time has passed: idle slots that somebody waits for are lent, and free slots given out. */
    public void advance(long now) {
        if (queued == 0) {
            return;
        }
        adaptGivingWay(false, now);
        if (queued == 0) {
            return;
        }
        for (Request next = lendable(now); next != null; next = lendable(now)) {
            idle.remove(next);
            lend(next);
        }
        dispatch(now);
    }

    private @Nullable Request lendable(long now) {
        return idle.lendable(presence.someWaitToGiveWay(now), now);
    }

    /**
     * The next instant at which {@link #advance} has something to do by itself, as far as is known at that time; {@link Long#MAX_VALUE}
     * for none.
     */
    public long nextAlarm(long now) {
        if (queued == 0) {
            return Long.MAX_VALUE;
        }
        boolean someWaitToGiveWay = presence.someWaitToGiveWay(now);
        return Math.min(
                idle.nextLending(someWaitToGiveWay), someWaitToGiveWay ? givingWay.silentFrom() : Long.MAX_VALUE);
    }

    private void dispatch(long now) {
        while (queued > 0) {
            Request next = next(now);
            if (next == null) {
                return;
            }
            admit(next, now);
        }
    }

    /** Among tiers with a free slot in their class and in total: past its enforce-at instant, the earliest first; else the most urgent. */
    private @Nullable Request next(long now) {
        Request enforced = null;
        Request best = null;
        double most = 0;
        for (ServiceClass each : classes) {
            if (each.queued() == 0 || !each.open(total, now)) {
                continue;
            }
            Request due = each.enforced(now);
            if (due != null && (enforced == null || due.enforceAt < enforced.enforceAt)) {
                enforced = due;
            }
            Request candidate = enforced != null ? null : each.discipline().best(now);
            if (candidate != null) {
                double urgency = each.discipline().urgency(candidate, now);
                if (best == null
                        || urgency > most
                        || (urgency == most && Discipline.TIES.compare(candidate, best) < 0)) {
                    best = candidate;
                    most = urgency;
                }
            }
        }
        return enforced != null ? enforced : best;
    }

    /** The requests whose wait has ended since the last call, by grant, refusal or giving up, each with its answer. */
    public Request[] takeDecided() {
        if (decided.isEmpty()) {
            return NOBODY;
        }
        Request[] taken = decided.toArray(NOBODY);
        decided.clear();
        return taken;
    }

    /**
     * Takes new settings into force. Never more than the new MPL are admitted from then on; what waits is ordered anew, by its
     * present price. A class that is no longer named takes no new requests from its owner, and what waits in it is served. How long
     * a request may wait was said when it came. Where nothing is to be delayed any more, nobody waits on.
     */
    public void reconfigure(SchedulerSettings next, long now) {
        apply(next);
        presence.count(holders, now);
        for (ServiceClass each : classes) {
            each.reorder(next.discipline());
        }
        if (next.dryRun()) {
            for (ServiceClass each : classes) {
                for (int tier = 0; tier < each.queues(); tier++) {
                    TierQueue queue = each.queue(tier);
                    while (queue.size() > 0) {
                        admit(queue.element(0), now);
                    }
                }
            }
        }
        advance(now);
        dispatch(now);
    }

    /** A queued request is given a slot at once, above the MPL if need be; does nothing where it is not queued. */
    public void letIn(Request request, long now) {
        if (request.state == State.QUEUED) {
            admit(request, now);
        }
    }

    private void admit(Request next, long now) {
        leaveQueue(next, now);
        if (next.waitedNanos > 0) {
            next.serviceClass().waited++;
        }
        grant(next, now);
        decide(next, Admission.GRANTED);
    }

    /** Any account may have changed, by a settlement for instance: what waits is ordered anew. */
    public void repriceAll() {
        if (queued > 0) {
            for (ServiceClass each : classes) {
                each.reorder(settings.discipline());
            }
        }
    }

    /** Ends every wait with the given answer. */
    void refuseAll(Admission answer, long now) {
        for (ServiceClass each : classes) {
            for (int tier = 0; tier < each.queues(); tier++) {
                TierQueue queue = each.queue(tier);
                while (queue.size() > 0) {
                    endWait(queue.element(0), answer, now);
                }
            }
        }
    }

    /** Throws where the books of the state machine do not agree with each other; for tests. */
    void checkInvariants(long now) {
        new Invariants(classes, holders, lenders).check(total, queued, now);
    }
}
