package io.heliosjdbc.scheduler;

import io.heliosjdbc.slo.Account;
import io.heliosjdbc.slo.TransactionType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Budget: an objective is a budget of misses, to be spent where it costs nothing, and no slot goes to what is late anyway. The
 * figures behind it are in {@code docs/scheduling.md}.
 *
 * <p>For every free slot it plans what is queued: in the order of the instants until which requests have to start, it adds up
 * their work, and where one would start too late it drops from what came before the request whose miss saves the most work
 * per cost (Moore and Hodgson's rule, weighted). Of what is left the most valuable goes that makes none before it late; while nothing has to be dropped, the one whose miss would cost most. Nothing stays dropped: the next
 * decision plans anew, for conformances, estimates and the queue have changed meanwhile. That is O(n log n) per decision, and
 * the reason for it: the step-by-step form, O(log n), makes worse choices in heavy overload.
 *
 * <p>What has missed its last chance leaves the plan, but its work is reserved where its deadline is near.
 */
final class BudgetDiscipline implements Discipline {
    /** Of the estimate: deadlines are enforced so much earlier, for the slot that is to become free may not be. */
    private static final double MARGIN = 0.3;
    /**
     * Of the estimate: as long as this a transaction is expected to take at most. Where one in a hundred takes ten times as long, by
     * a pause of the machine for instance, making room for it would make everything urgent.
     */
    private static final long MOST_CAUTION = 3;
    /** Of the estimate: how near a deadline has to be for its work to be reserved. */
    private static final double RESERVED = 5;
    /** The chance to be timely of a request that starts when it is planned to, and of one that starts at its last chance. */
    private static final double PLANNED_CHANCE = 0.85;

    private static final double LAST_CHANCE = 0.5;
    /** Its place in the queue, among those of a request. */
    private static final int QUEUED = 0;

    private static final Comparator<Planned> BY_START =
            Comparator.<Planned>comparingLong(planned -> planned.start).thenComparing(planned -> planned.request, TIES);
    private static final Comparator<Planned> BY_VALUE = Comparator.<Planned>comparingDouble(planned -> planned.value)
            .thenComparing(planned -> planned.request, TIES.reversed());

    private static final Comparator<Planned> BY_IMPORTANCE = Comparator.<Planned>comparingDouble(
                    planned -> planned.request.costOfMiss())
            .thenComparing(planned -> planned.request, TIES.reversed());

    /** One line of the plan; reused from decision to decision. */
    private static final class Planned {
        Request request;
        /** The instant until which it has to start. */
        long start;
        /** What dropping it would cost per work. */
        double value;

        boolean reserved;
        boolean dropped;

        Planned(Request request) {
            this.request = request;
        }

        /** Nanoseconds for which it occupies the whole database. */
        long work() {
            return BudgetDiscipline.work(request);
        }
    }

    private final List<Request> queue = new ArrayList<>();
    private final PriorityQueue<Planned> droppable = new PriorityQueue<>(BY_VALUE);
    private Planned[] plan = {};
    private int lines;

    @Override
    public void price(Request request) {
        Account account = request.account();
        TransactionType type = request.transactionType();
        long mostly = type.slotMostly(request.estimateNanos);
        long nearlyAlways = Math.max(
                mostly, Math.min(type.slotNearlyAlways(request.estimateNanos), MOST_CAUTION * request.estimateNanos));
        long usually = Math.min(mostly, type.slotUsually(request.estimateNanos));
        request.startBy = account.startBy(request.arrival, usually);
        request.planBy = account.startBy(request.arrival, mostly);
        request.caution = nearlyAlways - mostly;
        request.enforceAt = account.enforceAt(
                request.arrival, nearlyAlways + Math.round(MARGIN * request.estimateNanos), request.deadlineNanos);
    }

    @Override
    public void add(Request request) {
        request.place(QUEUED, queue.size());
        queue.add(request);
    }

    @Override
    public void remove(Request request) {
        int at = request.place(QUEUED);
        Request last = queue.remove(queue.size() - 1);
        if (last != request) {
            queue.set(at, last);
            last.place(QUEUED, at);
        }
        request.place(QUEUED, Placed.NOWHERE);
    }

    @Override
    public void repriced(Account account) {}

    @Override
    public @Nullable Request best(long now) {
        Request late = draw(now);
        Arrays.sort(plan, 0, lines, BY_START);
        boolean enough = drop(now);
        Request first = served(now, enough ? BY_IMPORTANCE : BY_VALUE);
        Request best = first != null ? first : mostValuable();
        if (best == null || (late != null && best.costOfMiss() == 0 && TIES.compare(late, best) < 0)) {
            // Neither costs anything more by waiting: that the one is late and the other cannot be is no reason.
            return late;
        }
        return best;
    }

    /** Of all that the plan drops: it is the best of them. */
    private @Nullable Request mostValuable() {
        Planned mostValuable = null;
        for (int i = 0; i < lines; i++) {
            Planned each = plan[i];
            if (!each.reserved
                    && each.request.queue().open
                    && (mostValuable == null || BY_VALUE.compare(each, mostValuable) > 0)) {
                mostValuable = each;
            }
        }
        return mostValuable == null ? null : mostValuable.request;
    }

    /**
     * The first in an order of those that the plan serves and that may go first without making one before it late; null where
     * it serves none.
     */
    private @Nullable Request served(long now, Comparator<Planned> order) {
        Planned most = null;
        long before = 0;
        long slack = Long.MAX_VALUE;
        for (int i = 0; i < lines; i++) {
            Planned each = plan[i];
            if (each.dropped) {
                continue;
            }
            if (!each.reserved
                    && each.request.queue().open
                    && each.work() <= slack
                    && (most == null || order.compare(each, most) > 0)) {
                most = each;
            }
            slack = Math.min(slack, each.start - now - before);
            before += each.work();
        }
        return most == null ? null : most.request;
    }

    /** Draws the plan up, of all tiers; the answer is the late request whose deadline is nearest of those that may go. */
    private @Nullable Request draw(long now) {
        Request late = null;
        lines = 0;
        for (int i = 0; i < queue.size(); i++) {
            Request request = queue.get(i);
            if (now <= request.startBy) {
                double cost = request.account().costOfMiss();
                double most = request.account().maximumPenalty();
                long earlier = most == 0 ? 0 : Math.round(request.caution * (cost / most));
                Planned line = line(request, request.planBy - earlier, now);
                line.value = value(request, now);
            } else {
                late = request.queue().open && (late == null || isDueBefore(request, late)) ? request : late;
                if (request.enforceAt - now <= RESERVED * request.estimateNanos) {
                    line(request, request.enforceAt, now).reserved = true;
                }
            }
        }
        return late;
    }

    private static boolean isDueBefore(Request one, Request other) {
        return one.enforceAt != other.enforceAt ? one.enforceAt < other.enforceAt : TIES.compare(one, other) < 0;
    }

    private Planned line(Request request, long start, long now) {
        if (lines == plan.length) {
            plan = Arrays.copyOf(plan, Math.max(16, 2 * lines));
        }
        Planned line = plan[lines];
        if (line == null) {
            line = new Planned(request);
            plan[lines] = line;
        }
        lines++;
        line.request = request;
        line.start = Math.max(now, start);
        line.value = 0;
        line.reserved = false;
        line.dropped = false;
        return line;
    }

    /** Its share of the database is one of those that were there when it was estimated. */
    private static long work(Request request) {
        return request.workNanos() / request.pricedConcurrency;
    }

    private static double value(Request request, long now) {
        double left = now <= request.planBy ? 1 : (double) (request.startBy - now) / (request.startBy - request.planBy);
        double chance = LAST_CHANCE + (PLANNED_CHANCE - LAST_CHANCE) * left;
        return chance * request.costOfMiss() / work(request);
    }

    /** Whether nothing had to be dropped. */
    private boolean drop(long now) {
        boolean enough = true;
        droppable.clear();
        long before = 0;
        for (int i = 0; i < lines; i++) {
            Planned each = plan[i];
            if (!each.reserved) {
                droppable.add(each);
            }
            while (now + before > each.start && !each.dropped) {
                Planned cheapest = droppable.poll();
                if (cheapest == null) {
                    break;
                }
                cheapest.dropped = true;
                enough = false;
                if (cheapest != each) {
                    before -= cheapest.work();
                }
            }
            if (!each.dropped) {
                before += each.work();
            }
        }
        return enough;
    }

    @Override
    public double urgency(Request request, long now) {
        return now <= request.startBy ? value(request, now) : 0;
    }
}
