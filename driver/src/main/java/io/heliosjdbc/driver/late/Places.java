package io.heliosjdbc.driver.late;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A place for each thread, in which one thing may lie. Threads are told apart by their numbers; some have the same place. Thread-safe, without
 * locks; nothing that a thread does to its own place is felt at another one's.
 */
final class Places<E> {
    /** No two of them in one line of a processor's cache, nor in two that it reads together: 128 bytes, with references of four. */
    private static final int APART = 32;

    private final AtomicReferenceArray<@Nullable E> all;
    private final int count;

    /** @param count how many there are; a power of two */
    Places(int count) {
        // The first line has the array's length, too, which everybody reads.
        this.all = new AtomicReferenceArray<>((count + 1) * APART);
        this.count = count;
    }

    int count() {
        return count;
    }

    private int at(long place) {
        return ((int) (place & (count - 1)) + 1) * APART;
    }

    /** What lies in this thread's. */
    @Nullable
    E own() {
        return get(Thread.currentThread().getId());
    }

    /** What lies in one; also by the number of a thread. */
    @Nullable
    E get(long place) {
        return all.get(at(place));
    }

    /** Lies in this thread's from now on; what has lain there before, which does not any more. */
    @Nullable
    E put(E what) {
        return all.getAndSet(at(Thread.currentThread().getId()), what);
    }

    /** Takes what lies in one. */
    @Nullable
    E take(int place) {
        return all.get(at(place)) == null ? null : all.getAndSet(at(place), null);
    }

    /** Takes just that one; whether it lay in that place. */
    boolean remove(long place, E what) {
        return all.compareAndSet(at(place), what, null);
    }

    int size() {
        int size = 0;
        for (int i = 0; i < count; i++) {
            if (get(i) != null) {
                size++;
            }
        }
        return size;
    }
}
