package io.heliosjdbc.scheduler;

import io.heliosjdbc.slo.Account;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** First come, first served. */
final class FifoDiscipline implements Discipline {
    private final IndexedHeap<Request> queue =
            new IndexedHeap<>(Comparator.comparingLong(request -> request.sequence), 0);

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
        return -request.sequence;
    }
}
