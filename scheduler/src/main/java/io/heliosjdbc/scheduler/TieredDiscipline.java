package io.heliosjdbc.scheduler;

import io.heliosjdbc.slo.Account;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A discipline that keeps each tier's requests apart, because at times only some tiers may be given a slot: of the first ones of those
 * that may, the most urgent. That is the choice of the same discipline over all their requests, in O(log n) for each tier.
 */
final class TieredDiscipline implements Discipline {
    private final List<TierQueue> tiers;
    private final Discipline[] byTier;

    /** @param each makes the discipline of one tier */
    TieredDiscipline(List<TierQueue> tiers, Supplier<Discipline> each) {
        this.tiers = List.copyOf(tiers);
        this.byTier = new Discipline[tiers.size()];
        for (int i = 0; i < byTier.length; i++) {
            byTier[i] = each.get();
        }
    }

    private Discipline of(Request request) {
        return byTier[request.queue().tier.index];
    }

    @Override
    public void price(Request request) {
        of(request).price(request);
    }

    @Override
    public void add(Request request) {
        of(request).add(request);
    }

    @Override
    public void remove(Request request) {
        of(request).remove(request);
    }

    @Override
    public void repriced(Account account) {
        for (Discipline each : byTier) {
            each.repriced(account);
        }
    }

    @Override
    public @Nullable Request best(long now) {
        Request best = null;
        double most = 0;
        for (int i = 0; i < byTier.length; i++) {
            Request first = tiers.get(i).open ? byTier[i].best(now) : null;
            if (first != null) {
                double urgency = byTier[i].urgency(first, now);
                if (best == null || urgency > most || (urgency == most && TIES.compare(first, best) < 0)) {
                    best = first;
                    most = urgency;
                }
            }
        }
        return best;
    }

    @Override
    public double urgency(Request request, long now) {
        return of(request).urgency(request, now);
    }
}
