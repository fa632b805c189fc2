package io.heliosjdbc.scheduler;

import io.heliosjdbc.slo.Account;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fisher-Krieger: the steepest growth of the penalty between now and the time horizon goes first (thesis 3.5, figure 3.7). The
 * horizon is now plus the estimates of everything queued: a request whose start-by instant lies behind it loses nothing by
 * going last.
 *
 * <p>The choice is that of the algorithm as published, which takes O(n^2) to order a queue. Growth over time is a request's next
 * step over its estimate, which changes only with its account; what moves with every request is the span of start-by instants
 * that count, from now to the horizon. So the requests stand in a tree by start-by instant that knows the best of any span:
 * O(log n) to join, to leave and to choose, and O(k log n) where an account with k queued requests is repriced.
 */
final class FisherKriegerDiscipline implements Discipline {
    /** The estimates of everything that waits in a class, whatever its tier. */
    static final class Work {
        private long nanos;
    }

    private static final int TIED = 0;
    private static final int OF_ACCOUNT = 1;

    private final StartTree byStart = new StartTree();
    private final IndexedHeap<Request> tied = new IndexedHeap<>(TIES, request -> request.positions, TIED);
    private final Map<Account, List<Request>> accounts = new HashMap<>();
    private final Work work;

    FisherKriegerDiscipline(Work work) {
        this.work = work;
    }

    @Override
    public void add(Request request) {
        request.rank = rank(request);
        byStart.add(request);
        tied.add(request);
        List<Request> ofAccount = accounts.computeIfAbsent(request.account(), account -> new ArrayList<>(2));
        request.positions[OF_ACCOUNT] = ofAccount.size();
        ofAccount.add(request);
        work.nanos += request.estimateNanos;
    }

    private static double rank(Request request) {
        return request.account().penalty() / request.estimateNanos;
    }

    @Override
    public void remove(Request request) {
        byStart.remove(request);
        tied.remove(request);
        List<Request> ofAccount = accounts.get(request.account());
        if (ofAccount != null) {
            Request last = ofAccount.remove(ofAccount.size() - 1);
            if (last != request) {
                ofAccount.set(request.positions[OF_ACCOUNT], last);
                last.positions[OF_ACCOUNT] = request.positions[OF_ACCOUNT];
            }
            if (ofAccount.isEmpty()) {
                accounts.remove(request.account());
            }
        }
        request.positions[OF_ACCOUNT] = -1;
        work.nanos -= request.estimateNanos;
    }

    @Override
    public void repriced(Account account) {
        List<Request> ofAccount = accounts.get(account);
        if (ofAccount != null) {
            for (Request each : ofAccount) {
                each.rank = rank(each);
                byStart.update(each);
            }
        }
    }

    @Override
    public @Nullable Request best(long now) {
        Request steepest = byStart.best(now, horizon(now));
        return steepest != null && steepest.rank > 0 ? steepest : tied.top();
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
