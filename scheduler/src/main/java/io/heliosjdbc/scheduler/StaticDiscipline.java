package io.heliosjdbc.scheduler;

import io.heliosjdbc.slo.Account;
import org.jspecify.annotations.Nullable;

/** Static prioritisation: by the user load's maximum penalty, then first come, first served (thesis 3.7.2). */
final class StaticDiscipline implements Discipline {
    private final IndexedHeap<Request> queue = new IndexedHeap<>(TIES, 0);

    @Override
    public void add(Request request) {
        queue.add(request);
    }

    @Override
    public void remove(Request request) {
        queue.remove(request);
    }

    @Override
    public void repriced(Account account) {}

    @Override
    public @Nullable Request best(long now) {
        return queue.top();
    }

    @Override
    public double urgency(Request request, long now) {
        return request.stake();
    }
}
