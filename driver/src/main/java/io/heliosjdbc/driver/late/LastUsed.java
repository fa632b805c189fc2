package io.heliosjdbc.driver.late;

import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What was given back lately, and is the next one's before the source is asked: the last one first, of those that were used for the same
 * purpose if there are any. Who comes back at once has his own again: a thread and a database's process that have just worked together are
 * close to each other, and two threads that work without a pause would else exchange theirs for ever.
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

    /** Behind so many nobody looks for his own. */
    private static final int DEEPEST = 8;

    private final Consumer<T> source;
    private final Executor later;
    private final LongSupplier clock;
    private final Map<P, Deque<Entry<T>>> stacks = new ConcurrentHashMap<>();
    /** How many ask the source, or are about to. */
    private final AtomicInteger asking = new AtomicInteger();

    private final AtomicBoolean sweepComes = new AtomicBoolean();
    /** How many sweeps there have been. */
    private volatile int sweeps;

    private volatile boolean closed;

    /**
     * @param what what was given back
     * @param sweep how many sweeps there had been
     * @param thread who gave it back, by number: nobody's thread is held
     * @param since when
     */
    private record Entry<T>(T what, int sweep, long thread, long since) {}

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
     * @param clock in nanoseconds
     */
    LastUsed(Consumer<T> source, Executor later, LongSupplier clock) {
        this.source = source;
        this.later = later;
        this.clock = clock;
    }

    /** The last one that was given back, of those for the same purpose if there are any, or else one of the source's. */
    <E extends Exception> T takeOr(P purpose, Source<T, E> otherwise) throws E {
        T last = takeOwnOr(stacks.get(purpose));
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

    /** What this thread has just given back, else the last one. */
    private @Nullable T takeOwnOr(@Nullable Deque<Entry<T>> stack) {
        if (stack == null) {
            return null;
        }
        Entry<T> own = own(stack);
        return own != null && stack.removeFirstOccurrence(own) ? own.what() : take(stack);
    }

    private @Nullable Entry<T> own(Deque<Entry<T>> stack) {
        long thread = Thread.currentThread().getId();
        int depth = 0;
        for (Entry<T> each : stack) {
            if (each.thread() == thread) {
                return depth > 0 && clock.getAsLong() - each.since() < AT_ONCE_NANOS ? each : null;
            }
            if (++depth == DEEPEST) {
                return null;
            }
        }
        return null;
    }

    private @Nullable T takeAny() {
        for (Deque<Entry<T>> stack : stacks.values()) {
            T last = take(stack);
            if (last != null) {
                return last;
            }
        }
        return null;
    }

    private static <T> @Nullable T take(@Nullable Deque<Entry<T>> stack) {
        Entry<T> last = stack == null ? null : stack.pollFirst();
        return last == null ? null : last.what();
    }

    /** Somebody does not need it any more. */
    void put(P purpose, T what) {
        Deque<Entry<T>> stack = stacks.get(purpose);
        if (stack == null) {
            stack = stacks.computeIfAbsent(purpose, first -> new ConcurrentLinkedDeque<>());
        }
        stack.addFirst(new Entry<>(what, sweeps, Thread.currentThread().getId(), clock.getAsLong()));
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
            stacks.values().forEach(stack -> sweep(stack, now));
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
    private void sweep(Deque<Entry<T>> stack, int now) {
        for (Entry<T> least = stack.peekLast(); least != null && least.sweep() != now; least = stack.peekLast()) {
            // Where somebody took it meanwhile it is another one, which the source may have as well.
            Entry<T> unused = stack.pollLast();
            toSource(unused == null ? null : unused.what());
        }
    }

    private void toSource(@Nullable T what) {
        if (what != null) {
            source.accept(what);
        }
    }

    /** How many lie here. */
    int size() {
        return stacks.values().stream().mapToInt(Deque::size).sum();
    }

    /** From now on everything goes to the source. */
    void close() {
        closed = true;
        for (T what = takeAny(); what != null; what = takeAny()) {
            toSource(what);
        }
    }
}
