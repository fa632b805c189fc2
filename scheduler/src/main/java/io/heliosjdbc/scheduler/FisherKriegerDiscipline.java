package io.heliosjdbc.scheduler;

import io.heliosjdbc.slo.Account;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fisher-Krieger: the steepest growth of the penalty between now and the time horizon goes first (thesis 3.5, figure 3.7). The
 * horizon is now plus the estimates of everything queued: a request whose start-by instant lies behind it loses nothing by
 * going last.
 *
 * <p>The choice is that of the algorithm as published, which takes O(n^2) to order a queue. Growth over time is an account's penalty
 * over a request's estimate, as it is for KAFKA; only the requests count whose start-by instants lie between now and the horizon. Those
 * stand in groups, one for each account, ordered by their estimates, which nothing changes; and the groups stand in a heap. Joining,
 * leaving, a repriced account, and each start-by instant that is passed by now or by the horizon cost O(log n). The horizon moves by
 * one request's estimate at a time, and passes as many instants as lie within it: a few where the queue is long for its work, all where
 * a single request is estimated to take longer than everything else.
 */
final class FisherKriegerDiscipline implements Discipline {
    /** The estimates of everything that waits in a class, whatever its tier. */
    static final class Work {
        private long nanos;
    }

    private static final Comparator<Request> BY_ESTIMATE = Comparator.<Request>comparingLong(
                    request -> request.estimateNanos)
            .thenComparingLong(request -> request.sequence);
    private static final Comparator<Request> BY_START = Comparator.comparingLong(request -> request.startBy);
    private static final int RANKED = 0;
    private static final int STARTS = 1;
    private static final int LAST_STARTS = 2;
    private static final int TIED = 4;

    /** The requests of one account that count. */
    private static final class Group extends Placed {
        final Account account;
        final IndexedHeap<Request> ranked = new IndexedHeap<>(BY_ESTIMATE, RANKED);

        Group(Account account) {
            this.account = account;
        }
    }

    private final Map<Account, Group> groups = new HashMap<>();
    private final IndexedHeap<Group> order = new IndexedHeap<>(FisherKriegerDiscipline::compare, 0);
    /** Those that count, from the side that now passes and from the side that the horizon passes. */
    private final IndexedHeap<Request> first = new IndexedHeap<>(BY_START, STARTS);

    private final IndexedHeap<Request> last = new IndexedHeap<>(BY_START.reversed(), LAST_STARTS);
    /** Those that start behind the horizon. What is too late stands in none of these. */
    private final IndexedHeap<Request> beyond = new IndexedHeap<>(BY_START, STARTS);

    private final IndexedHeap<Request> tied = new IndexedHeap<>(TIES, TIED);
    private final Work work;

    FisherKriegerDiscipline(Work work) {
        this.work = work;
    }

    private static int compare(Group one, Group other) {
        Request first = one.ranked.element(0);
        Request second = other.ranked.element(0);
        int byRank = Double.compare(rank(second), rank(first));
        return byRank != 0 ? byRank : TIES.compare(first, second);
    }

    private static double rank(Request request) {
        return request.account().penalty() / request.estimateNanos;
    }

    @Override
    public void add(Request request) {
        tied.add(request);
        beyond.add(request);
        work.nanos += request.workNanos();
    }

    @Override
    public void remove(Request request) {
        tied.remove(request);
        if (first.contains(request)) {
            countNoMore(request);
        } else {
            beyond.remove(request);
        }
        work.nanos -= request.workNanos();
    }

    private void count(Request request) {
        first.add(request);
        last.add(request);
        Group group = groups.computeIfAbsent(request.account(), Group::new);
        group.ranked.add(request);
        if (group.ranked.size() == 1) {
            order.add(group);
        } else {
            order.update(group);
        }
    }

    private void countNoMore(Request request) {
        first.remove(request);
        last.remove(request);
        Group group = groups.get(request.account());
        if (group == null) {
            return;
        }
        if (group.ranked.size() == 1) {
            order.remove(group);
            groups.remove(group.account);
            group.ranked.remove(request);
        } else {
            group.ranked.remove(request);
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
        long horizon = horizon(now);
        for (Request next = last.top(); next != null && next.startBy >= horizon; next = last.top()) {
            countNoMore(next);
            beyond.add(next);
        }
        for (Request next = beyond.top(); next != null && next.startBy < horizon; next = beyond.top()) {
            beyond.remove(next);
            if (next.startBy >= now) {
                count(next);
            }
        }
        for (Request next = first.top(); next != null && next.startBy < now; next = first.top()) {
            countNoMore(next);
        }
        Group steepest = order.top();
        return steepest != null && steepest.account.penalty() > 0 ? steepest.ranked.element(0) : tied.top();
    }

    /** A request without an objective has never to start. */
    private long horizon(long now) {
        return work.nanos > Long.MAX_VALUE - Math.max(0, now) ? Long.MAX_VALUE : now + work.nanos;
    }

    @Override
    public double urgency(Request request, long now) {
        return now <= request.startBy && request.startBy < horizon(now) ? request.boost() * rank(request) : 0;
    }
}
