package io.heliosjdbc.scheduler;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The requests that hold slots, in no order; each knows its place. Guarded by the scheduler's lock. An array, and no list by way of
 * the requests: who comes and goes writes into his own request and not into those of others, which other processors are working with. The
 * threads stand in an array beside it, so that who looks for one reads that alone.
 */
final class Holders {
    /** Which of a request's places it is; one that is queued, and has places there, holds no slot. */
    static final int HOLDING = 0;

    private @Nullable Request[] requests = new Request[64];
    private long[] threads = new long[64];
    private int size;

    int size() {
        return size;
    }

    Request get(int place) {
        return Objects.requireNonNull(requests[place]);
    }

    void add(Request request) {
        if (size == requests.length) {
            requests = Arrays.copyOf(requests, 2 * size);
            threads = Arrays.copyOf(threads, 2 * size);
        }
        requests[size] = request;
        threads[size] = request.thread;
        request.place(HOLDING, size++);
    }

    /** Another thread sends its statements from here on, or none. */
    void sent(Request request) {
        threads[request.place(HOLDING)] = request.thread;
    }

    /** Whether one of them is of that thread, which is not 0. */
    boolean have(long thread) {
        for (int i = 0; i < size; i++) {
            if (threads[i] == thread) {
                return true;
            }
        }
        return false;
    }

    /** The last one takes its place. */
    void remove(Request request) {
        int at = request.place(HOLDING);
        int last = --size;
        if (at != last) {
            Request moved = get(last);
            requests[at] = moved;
            threads[at] = threads[last];
            moved.place(HOLDING, at);
        }
        request.place(HOLDING, Placed.NOWHERE);
        requests[last] = null;
    }
}
