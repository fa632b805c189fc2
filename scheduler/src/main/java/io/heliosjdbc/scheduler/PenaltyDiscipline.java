package io.heliosjdbc.scheduler;

import io.heliosjdbc.slo.Account;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * MEFI and KAFKA: the request with the highest next step of its penalty function goes first, as it is or per estimated
 * execution time (thesis 3.5).
 *
 * <p>The next step of a request that can still start in time is its account's penalty; afterwards there is none, and it ranks with
 * 0. A change of an account's conformance therefore moves all its timely requests at once: they stand in a group, ordered among
 * themselves by what does not change, and the groups stand in a heap. Joining, leaving, a changed account and a passed
 * start-by instant each cost O(log n).
 */
final class PenaltyDiscipline implements Discipline {
    /** What of the next step counts. */
    enum Rank {
        /** Most expensive first: its height. */
        STEP {
            @Override
            double of(double step, Request request) {
                return step;
            }

            @Override
            Comparator<Request> within() {
                return BY_ARRIVAL;
            }
        },
        /** Keep an approximation of Fisher-Krieger: its height over the estimate. */
        STEP_PER_ESTIMATE {
            @Override
            double of(double step, Request request) {
                return step / request.estimateNanos;
            }

            @Override
            Comparator<Request> within() {
                return BY_ESTIMATE;
            }
        };

        abstract double of(double step, Request request);

        /** The order of one account's timely requests as long as their penalty is not 0. */
        abstract Comparator<Request> within();
    }

    private static final Comparator<Request> BY_ARRIVAL = Comparator.comparingLong(request -> request.sequence);
    private static final Comparator<Request> BY_ESTIMATE = Comparator.<Request>comparingLong(
                    request -> request.estimateNanos)
            .thenComparingLong(request -> request.sequence);
    private static final int RANKED = 0;
    private static final int ARRIVED = 1;
    private static final int STARTS = 2;

    /** One account's timely requests. */
    private final class Group extends Placed {
        final Account account;
        final IndexedHeap<Request> ranked = new IndexedHeap<>(rank.within(), RANKED);
        final IndexedHeap<Request> arrived = new IndexedHeap<>(BY_ARRIVAL, ARRIVED);

        Group(Account account) {
            this.account = account;
        }

        Request first() {
            return account.penalty() > 0 ? ranked.element(0) : arrived.element(0);
        }
    }

    private final Rank rank;
    private final Map<Account, Group> groups = new HashMap<>();
    private final IndexedHeap<Group> order = new IndexedHeap<>(this::compare, 0);
    private final IndexedHeap<Request> late = new IndexedHeap<>(TIES, RANKED);
    private final IndexedHeap<Request> byStart =
            new IndexedHeap<>(Comparator.comparingLong(request -> request.startBy), STARTS);

    PenaltyDiscipline(Rank rank) {
        this.rank = rank;
    }

    private int compare(Group one, Group other) {
        Request first = one.first();
        Request second = other.first();
        int byRank = Double.compare(rank.of(other.account.penalty(), second), rank.of(one.account.penalty(), first));
        return byRank != 0 ? byRank : TIES.compare(first, second);
    }

    @Override
    public void add(Request request) {
        Group group = groups.computeIfAbsent(request.account(), Group::new);
        boolean known = group.arrived.size() > 0;
        group.ranked.add(request);
        group.arrived.add(request);
        if (known) {
            order.update(group);
        } else {
            order.add(group);
        }
        byStart.add(request);
    }

    @Override
    public void remove(Request request) {
        if (byStart.contains(request)) {
            byStart.remove(request);
            leaveGroup(request);
        } else {
            late.remove(request);
        }
    }

    private void leaveGroup(Request request) {
        Group group = groups.get(request.account());
        if (group == null) {
            return;
        }
        boolean last = group.arrived.size() == 1;
        if (last) {
            order.remove(group);
            groups.remove(group.account);
        }
        group.ranked.remove(request);
        group.arrived.remove(request);
        if (!last) {
            order.update(group);
        }
    }

    @Override
    public void repriced(Account account) {
        Group group = groups.get(account);
        if (group != null) {
            order.update(group);
        }
    }

    @Override
    public @Nullable Request best(long now) {
        for (Request next = byStart.top(); next != null && now > next.startBy; next = byStart.top()) {
            byStart.remove(next);
            leaveGroup(next);
            late.add(next);
        }
        Group group = order.top();
        Request timely = group == null ? null : group.first();
        Request tooLate = late.top();
        if (timely == null || tooLate == null) {
            return timely == null ? tooLate : timely;
        }
        return urgency(timely, now) > 0 || TIES.compare(timely, tooLate) < 0 ? timely : tooLate;
    }

    @Override
    public double urgency(Request request, long now) {
        return rank.of(request.nextStep(now), request);
    }
}
