package io.heliosjdbc.scheduler;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A queue with an MPL of its own: the unit that the scheduler controls. Its state is guarded by the scheduler's lock. */
public final class ServiceClass {
    private static final int ENFORCED = 3;
    /** A target is a 95th percentile. */
    private static final double MAY_MISS_TARGET = 0.05;

    private final String name;
    ServiceClassSettings settings;
    private final GivingWay givingWay;
    /** Whether the settings name it; else it is there for those that it has still. */
    boolean named = true;

    private Discipline discipline;
    private final IndexedHeap<Request> byEnforcement = new IndexedHeap<>(
            Comparator.<Request>comparingLong(request -> request.enforceAt)
                    .thenComparingLong(request -> request.sequence),
            request -> request.positions,
            ENFORCED);

    int active;
    int lent;
    long admitted;
    long waited;
    long refused;
    long gaveUp;
    long wouldHaveWaited;
    long wouldHaveBeenRefused;

    /** @param givingWay shared by the classes of one scheduler */
    ServiceClass(ServiceClassSettings settings, String discipline, GivingWay givingWay) {
        this.name = settings.name();
        this.settings = settings;
        this.discipline = Disciplines.of(discipline);
        this.givingWay = givingWay;
    }

    /** The name. */
    public String name() {
        return name;
    }

    Discipline discipline() {
        return discipline;
    }

    int queued() {
        return byEnforcement.size();
    }

    boolean hasFreeSlot() {
        return active < settings.maxConcurrency() && !givesWay();
    }

    void configure(ServiceClassSettings next) {
        givingWay.running += (next.yields() ? active : 0) - (settings.yields() ? active : 0);
        settings = next;
    }

    /** One of its transactions has completed: what gives way is limited by how it fared. */
    void suffered(Request request, long responseNanos) {
        if (settings.yields()) {
            givingWay.done(request.transactionType(), request.alone, request.executionNanos);
            return;
        }
        boolean own = settings.targetNanos() != Long.MAX_VALUE;
        givingWay.completed(
                responseNanos
                        > (own ? settings.targetNanos() : request.account().timelyNanos()),
                own ? MAY_MISS_TARGET : request.account().mayBeLate());
    }

    /** Whether as many of all that give way run as others bear. */
    private boolean givesWay() {
        return settings.yields() && givingWay.running >= givingWay.limit();
    }

    /** Whether somebody waits for nothing but that others suffer less. */
    boolean waitsToGiveWay() {
        return queued() > 0 && active < settings.maxConcurrency() && givesWay();
    }

    /** The MPL in force. */
    private int concurrency() {
        return settings.yields() ? Math.min(settings.maxConcurrency(), givingWay.limit()) : settings.maxConcurrency();
    }

    void enter(Request request) {
        active++;
        request.alone = givingWay.running == 0;
        givingWay.running += settings.yields() ? 1 : 0;
    }

    void leave() {
        active--;
        givingWay.running -= settings.yields() ? 1 : 0;
    }

    boolean isFull() {
        return settings.rejectOnOverload() && queued() >= settings.maxQueueDepth();
    }

    void enqueue(Request request) {
        price(discipline, request);
        discipline.add(request);
        byEnforcement.add(request);
    }

    private static void price(Discipline discipline, Request request) {
        discipline.price(request);
        if (request.deadlineNanos < Long.MAX_VALUE - Math.max(0, request.arrival)) {
            request.enforceAt = Math.min(request.enforceAt, request.arrival + request.deadlineNanos);
        }
    }

    void dequeue(Request request) {
        discipline.remove(request);
        byEnforcement.remove(request);
    }

    /** The queued request whose enforce-at instant has passed first; null where none has. */
    @Nullable
    Request enforced(long now) {
        Request first = byEnforcement.top();
        return first != null && now >= first.enforceAt ? first : null;
    }

    /** The queued request that ranks last by load and arrival; null where nothing is queued. Scans the queue. */
    @Nullable
    Request leastImportant() {
        Request least = null;
        for (int i = 0; i < byEnforcement.size(); i++) {
            Request request = byEnforcement.element(i);
            if (least == null || Discipline.TIES.compare(request, least) > 0) {
                least = request;
            }
        }
        return least;
    }

    /** Orders what is queued by another discipline. */
    void reorder(String name) {
        Discipline next = Disciplines.of(name);
        List<Request> waiting = new ArrayList<>();
        while (byEnforcement.size() > 0) {
            Request request = byEnforcement.element(byEnforcement.size() - 1);
            dequeue(request);
            waiting.add(request);
        }
        discipline = next;
        waiting.forEach(this::enqueue);
    }

    Request queued(int index) {
        return byEnforcement.element(index);
    }

    /** Whether there is nothing to be seen of it. */
    boolean isGone() {
        return !named && active == 0 && lent == 0 && queued() == 0;
    }

    ServiceClassStatus status() {
        return new ServiceClassStatus(
                name,
                concurrency(),
                active,
                lent,
                queued(),
                admitted,
                waited,
                refused,
                gaveUp,
                wouldHaveWaited,
                wouldHaveBeenRefused);
    }

    @Override
    public String toString() {
        return name;
    }
}
