package io.heliosjdbc.driver.forecast;

import io.heliosjdbc.scheduler.Ending;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The last statements of a dry run, as they came and went: a ring of primitives, {@value #BYTES} bytes each, that is made when the first one
 * is written down. Writing one is one short section of a lock that nothing but copying holds longer. Thread-safe.
 */
public final class History {
    /** How many statements, and ends of transactions that did not end with one, are kept; 4.7 MB. */
    public static final int KEPT = 1 << 17;

    /** Of an entry, where references have four bytes. */
    static final int BYTES = 2 * Long.BYTES + 3 * Integer.BYTES + 2 * 4;

    /** Kinds beyond this many forget the others; they are shared for memory only. */
    private static final int MOST_SHARED_KINDS = 10_000;

    private final int kept;
    private final LongSupplier clock;
    private final InstantSource calendar;
    private final Map<RequestKind, RequestKind> shared = new ConcurrentHashMap<>();

    /** Guards what follows. */
    private final ReentrantLock lock = new ReentrantLock();

    private @Nullable Ring ring;
    private long written;

    private static final class Ring {
        private final long[] starts;
        private final long[] nanos;
        private final int[] connections;
        private final int[] threads;
        private final int[] queryTimeouts;
        private final @Nullable Ending[] endings;
        private final @Nullable RequestKind[] kinds;

        Ring(int size) {
            starts = new long[size];
            nanos = new long[size];
            connections = new int[size];
            threads = new int[size];
            queryTimeouts = new int[size];
            endings = new @Nullable Ending[size];
            kinds = new @Nullable RequestKind[size];
        }

        Ring(Ring of) {
            starts = of.starts.clone();
            nanos = of.nanos.clone();
            connections = of.connections.clone();
            threads = of.threads.clone();
            queryTimeouts = of.queryTimeouts.clone();
            endings = of.endings.clone();
            kinds = of.kinds.clone();
        }

        Arrival get(int place) {
            return new Arrival(
                    connections[place],
                    threads[place],
                    kinds[place],
                    starts[place],
                    nanos[place],
                    queryTimeouts[place],
                    endings[place]);
        }
    }

    /**
     * What a history holds. Immutable.
     *
     * @param since when the first one came
     * @param arrivals in the order in which they ended, by nanoseconds since then
     */
    public record Copy(Instant since, List<Arrival> arrivals) {
        /** Copies the list. */
        public Copy {
            arrivals = List.copyOf(arrivals);
        }
    }

    /**
     * An empty one of the usual size.
     *
     * @param clock monotonic nanoseconds
     * @param calendar the time of day; it may be set, and goes on where the clock rests: what it shows counts when a copy is made
     */
    public History(LongSupplier clock, InstantSource calendar) {
        this(KEPT, clock, calendar);
    }

    History(int kept, LongSupplier clock, InstantSource calendar) {
        this.kept = kept;
        this.clock = clock;
        this.calendar = calendar;
    }

    /** The same kind, in an instance that equal ones share. */
    public RequestKind shared(RequestKind kind) {
        if (shared.size() >= MOST_SHARED_KINDS) {
            shared.clear();
        }
        RequestKind known = shared.putIfAbsent(kind, kind);
        return known != null ? known : kind;
    }

    /** Writes down what the parts of an {@link Arrival} say; of one connection in the order in which they ended. */
    public void add(
            long connection,
            long thread,
            @Nullable RequestKind kind,
            long start,
            long nanos,
            int queryTimeoutSeconds,
            @Nullable Ending ending) {
        lock.lock();
        try {
            Ring into = ring;
            if (into == null) {
                into = new Ring(kept);
                ring = into;
            }
            int place = (int) (written++ % kept);
            into.starts[place] = start;
            into.nanos[place] = nanos;
            into.connections[place] = (int) connection;
            into.threads[place] = (int) thread;
            into.queryTimeouts[place] = queryTimeoutSeconds;
            into.endings[place] = ending;
            into.kinds[place] = kind;
        } finally {
            lock.unlock();
        }
    }

    /** What is kept now; null where that is nothing. */
    public @Nullable Copy copy() {
        Ring copied;
        long end;
        lock.lock();
        try {
            if (ring == null) {
                return null;
            }
            copied = new Ring(ring);
            end = written;
        } finally {
            lock.unlock();
        }
        List<Arrival> arrivals = new ArrayList<>();
        for (long i = Math.max(0, end - kept); i < end; i++) {
            arrivals.add(copied.get((int) (i % kept)));
        }
        long now = clock.getAsLong();
        Instant today = calendar.instant();
        long first = arrivals.stream()
                .min(Comparator.comparingLong(each -> each.start() - now))
                .orElseThrow()
                .start();
        return new Copy(
                today.minusNanos(now - first),
                arrivals.stream().map(each -> each.since(first)).toList());
    }
}
