package io.heliosjdbc.scheduler;

import io.heliosjdbc.slo.Account;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fisher-Krieger: the steepest growth of the penalty between now and the time horizon goes first (thesis 3.5, figure 3.7). The
 * horizon is now plus the estimates of everything queued: a request whose start-by instant lies behind it loses nothing by
 * going last.
 *
 * <p>The horizon moves with every request that joins or leaves, and a request's rank with it, so the choice is one scan of the
 * queue: O(n) per decision, where the algorithm as published takes O(n^2) to order the whole queue.
 */
final class FisherKriegerDiscipline implements Discipline {
    private final List<Request> queue = new ArrayList<>();
    private long work;

    @Override
    public void add(Request request) {
        request.positions[0] = queue.size();
        queue.add(request);
        work += request.estimateNanos;
    }

    @Override
    public void remove(Request request) {
        int at = request.positions[0];
        Request last = queue.remove(queue.size() - 1);
        if (last != request) {
            queue.set(at, last);
            last.positions[0] = at;
        }
        request.positions[0] = -1;
        work -= request.estimateNanos;
    }

    @Override
    public void repriced(Account account) {}

    @Override
    public @Nullable Request best(long now) {
        Request best = null;
        double most = 0;
        for (int i = 0; i < queue.size(); i++) {
            Request request = queue.get(i);
            double urgency = urgency(request, now);
            if (best == null || urgency > most || (urgency == most && TIES.compare(request, best) < 0)) {
                best = request;
                most = urgency;
            }
        }
        return best;
    }

    @Override
    public double urgency(Request request, long now) {
        boolean stepsBeforeHorizon = request.startBy - now < work && request.startBy != Long.MAX_VALUE;
        return stepsBeforeHorizon ? request.nextStep(now) / request.estimateNanos : 0;
    }
}
