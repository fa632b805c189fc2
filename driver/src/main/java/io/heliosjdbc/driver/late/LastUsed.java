package io.heliosjdbc.driver.late;

import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What was given back lately, and is the next one's before the source is asked: the last one first, of those that were used for the same
 * purpose if there are any. Who comes back at once has his own again: a thread and a database's process that have just worked together are
 * close to each other, and two threads that work without a pause would else exchange theirs for ever. They would exchange cache lines, too,
 * at each step of a stack that they shared: so what a thread has given back lies in its own place, until it gives back the next one.
 *
 * <p> So the few that are needed are used again and again for what they were used for, and the others not at all; a
 * source that remembers who had what lets all take turns. Nobody waits for the source while something lies here: either who gives back
 * sees that somebody asks the source, or who asks it sees what was given back. What lies here from one sweep to the next goes to the
 * source. Thread-safe, without locks.
 *
 * @param <P> a purpose; few of them, for they are remembered
 * @param <T> what is lent
 */
final class LastUsed<P, T> {
    /** How soon is at once: the operating system moves nobody about within that time. */
    static final long AT_ONCE_NANOS = 10_000_000L;

    private final Consumer<T> source;
    private final Executor later;
    /** What each thread has given back last. */
    private final Places<Entry<P, T>> places;
    /** What was given back before, by purpose. */
    private final Map<P, Deque<Entry<P, T>>> stacks = new ConcurrentHashMap<>();
    /** How many ask the source, or are about to. */
    private final AtomicInteger asking = new AtomicInteger();

    private final AtomicBoolean sweepComes = new AtomicBoolean();
    /** How many sweeps there have been. */
    private volatile int sweeps;

    private volatile boolean closed;

    /**
     * One is nobody else's equal: it is found, and taken, as itself.
     *
     * @param <P> a purpose
     * @param <T> what is lent
     */
    private static final class Entry<P, T> {
        private final P purpose;
        private final T what;
        /** How many sweeps there had been. */
        private final int sweep;
        /** Who gave it back, by number: nobody's thread is held. */
        private final long thread = Thread.currentThread().getId();
        /** Since when. */
        private final long since;

        Entry(P purpose, T what, int sweep, long since) {
            this.purpose = purpose;
            this.what = what;
            this.sweep = sweep;
            this.since = since;
        }
    }

    /** Where things come from; may wait. */
    @FunctionalInterface
    interface Source<T, E extends Exception> {
        T take() throws E;
    }

    /**
     * Nothing.
     *
     * @param source is given what nobody has used for a while, or somebody asks it for
     * @param later runs a sweep after the time that things may lie here unused, and up to twice that time
     * @param places how many threads have a place of their own, as long as their numbers differ by less; a power of two
     */
    LastUsed(Consumer<T> source, Executor later, int places) {
        this.source = source;
        this.later = later;
        this.places = new Places<>(places);
    }

    /**
     * What this thread has given back for the same purpose a moment ago; null where there is nothing, or that is longer ago.
     *
     * @param now an instant in nanoseconds, like that of {@link #put}
     * @param nanos how long a moment is
     */
    @Nullable
    T takeOwn(P purpose, long now, long nanos) {
        Entry<P, T> own = places.own();
        if (own == null || own.thread != Thread.currentThread().getId()) {
            return null;
        }
        boolean serves = now - own.since < nanos && own.purpose.equals(purpose);
        return serves && places.remove(own.thread, own) ? own.what : null;
    }

    /**
     * What this thread has given back at once before, else the last one that was given back, of those for the same purpose if there are any, or
     * else one of the source's.
     *
     * @param now an instant in nanoseconds, like that of {@link #put}
     */
    <E extends Exception> T takeOr(P purpose, long now, Source<T, E> otherwise) throws E {
        T last = takeOwn(purpose, now, AT_ONCE_NANOS);
        if (last == null) {
            last = takeLast(purpose);
        }
        if (last != null) {
            return last;
        }
        asking.incrementAndGet();
        try {
            // Whoever gave back before it could see that somebody asks has put it here.
            last = takeAny();
            return last != null ? last : otherwise.take();
        } finally {
            asking.decrementAndGet();
        }
    }

    private @Nullable T takeLast(P purpose) {
        Entry<P, T> last = last(purpose);
        while (last != null && !remove(last)) {
            last = last(purpose);
        }
        return last == null ? null : last.what;
    }

    private @Nullable Entry<P, T> last(P purpose) {
        Deque<Entry<P, T>> stack = stacks.get(purpose);
        Entry<P, T> last = stack == null ? null : stack.peekFirst();
        for (int i = 0; i < places.count(); i++) {
            Entry<P, T> each = places.get(i);
            if (each != null && each.purpose.equals(purpose) && (last == null || each.since - last.since > 0)) {
                last = each;
            }
        }
        return last;
    }

    /** Whether it lay here still. */
    private boolean remove(Entry<P, T> entry) {
        return places.remove(entry.thread, entry) || stack(entry.purpose).removeFirstOccurrence(entry);
    }

    private @Nullable T takeAny() {
        for (int i = 0; i < places.count(); i++) {
            Entry<P, T> each = places.take(i);
            if (each != null) {
                return each.what;
            }
        }
        for (Deque<Entry<P, T>> stack : stacks.values()) {
            Entry<P, T> last = stack.pollFirst();
            if (last != null) {
                return last.what;
            }
        }
        return null;
    }

    private Deque<Entry<P, T>> stack(P purpose) {
        Deque<Entry<P, T>> known = stacks.get(purpose);
        return known != null ? known : stacks.computeIfAbsent(purpose, first -> new ConcurrentLinkedDeque<>());
    }

    /**
     * Somebody does not need it any more.
     *
     * @param now an instant in nanoseconds
     */
    void put(P purpose, T what, long now) {
        Entry<P, T> before = places.put(new Entry<>(purpose, what, sweeps, now));
        if (before != null) {
            stack(before.purpose).addFirst(before);
        }
        if (closed || asking.get() > 0) {
            toSource(takeAny());
        } else {
            letSweep();
        }
    }

    private void letSweep() {
        if (!sweepComes.get() && sweepComes.compareAndSet(false, true)) {
            later.execute(this::sweep);
        }
    }

    private void sweep() {
        int now = sweeps;
        try {
            for (int i = 0; i < places.count(); i++) {
                Entry<P, T> each = places.get(i);
                if (each != null && each.sweep != now && places.remove(each.thread, each)) {
                    toSource(each.what);
                }
            }
            for (Deque<Entry<P, T>> stack : stacks.values()) {
                sweep(stack, now);
            }
        } finally {
            // A source that fails with one thing shall be given the others.
            sweeps = now + 1;
            sweepComes.set(false);
            if (size() > 0) {
                letSweep();
            }
        }
    }

    /** The least lately used lie at the bottom. */
    private void sweep(Deque<Entry<P, T>> stack, int now) {
        for (Entry<P, T> least = stack.peekLast(); least != null && least.sweep != now; least = stack.peekLast()) {
            // Where somebody took it meanwhile it is another one, which the source may have as well.
            Entry<P, T> unused = stack.pollLast();
            toSource(unused == null ? null : unused.what);
        }
    }

    private void toSource(@Nullable T what) {
        if (what != null) {
            source.accept(what);
        }
    }

    /** How many lie here. */
    int size() {
        int size = places.size();
        for (Deque<Entry<P, T>> stack : stacks.values()) {
            size += stack.size();
        }
        return size;
    }

    /** From now on everything goes to the source. */
    void close() {
        closed = true;
        for (T what = takeAny(); what != null; what = takeAny()) {
            toSource(what);
        }
    }
}
