package io.heliosjdbc.scheduler;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The idle transactions of one class, by how long they are idle. They come in the order of time, and leave from anywhere: a list does that in
 * a few nanoseconds. Only who is found to have fetched rows meanwhile is moved, and stands in a heap from then on. Guarded by the scheduler's
 * lock.
 */
final class IdleQueue {
    /** Its place in the heap, among those of a request. */
    private static final int FETCHED = 1;

    private static final Comparator<Request> BY_TIME = (one, other) -> Long.compare(one.since - other.since, 0);

    private @Nullable Request first;
    private @Nullable Request last;
    private final IndexedHeap<Request> fetched = new IndexedHeap<>(BY_TIME, FETCHED);
    private int size;

    int size() {
        return size;
    }

    /** It is idle from now on; nobody in it is so from later on. */
    void add(Request request) {
        request.previousIdle = last;
        if (last == null) {
            first = request;
        } else {
            last.nextIdle = request;
        }
        last = request;
        size++;
    }

    void remove(Request request) {
        size--;
        if (fetched.contains(request)) {
            fetched.remove(request);
        } else {
            unlink(request);
        }
    }

    private void unlink(Request request) {
        Request before = request.previousIdle;
        Request after = request.nextIdle;
        if (before == null) {
            first = after;
        } else {
            before.nextIdle = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.previousIdle = before;
        }
        request.previousIdle = null;
        request.nextIdle = null;
    }

    /** Rows were fetched for one of them: it is idle since a later instant. */
    void move(Request request, long since) {
        if (fetched.contains(request)) {
            request.since = since;
            fetched.update(request);
        } else {
            unlink(request);
            request.since = since;
            fetched.add(request);
        }
    }

    /** The one that is idle for the longest; null where none is. */
    @Nullable
    Request longest() {
        Request moved = fetched.top();
        return first == null || (moved != null && isLonger(moved, first)) ? moved : first;
    }

    static boolean isLonger(Request one, Request other) {
        return BY_TIME.compare(one, other) < 0;
    }

    /** All of them, in no order; a copy. */
    List<Request> all() {
        List<Request> all = new ArrayList<>(size);
        for (Request each = first; each != null; each = each.nextIdle) {
            all.add(each);
        }
        for (int i = 0; i < fetched.size(); i++) {
            all.add(fetched.element(i));
        }
        return all;
    }
}
