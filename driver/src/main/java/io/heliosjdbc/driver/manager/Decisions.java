package io.heliosjdbc.driver.manager;

import io.heliosjdbc.classifier.Attributes;
import io.heliosjdbc.classifier.Classification;
import io.heliosjdbc.driver.admin.DecisionStatus;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The last thousand decisions. Writing one waits for nobody and allocates nothing: each thread writes round a ring of places that it
 * shares with few others, so that processors do not wait for each other's cache lines, and each place has a version that is odd while
 * it is written, so that a reader sees a decision whole or not at all. Thread-safe.
 */
final class Decisions {
    /** A power of two, so that a place is a mask away. Each ring keeps as many, for one thread may have made all of the last ones. */
    static final int KEPT = 1024;

    static final String SUCCESS = "success";
    static final String ERROR = "error";

    private static final long NEVER_EXECUTED = -1;
    private static final VarHandle VERSION;
    private static final VarHandle NEXT = MethodHandles.arrayElementVarHandle(long[].class);

    /** A power of two; more than processors are of no use, and each takes 80 kB once a thread writes to it. */
    private static final int RINGS =
            Math.min(8, 2 * Integer.highestOneBit(Runtime.getRuntime().availableProcessors()));

    private static final Comparator<DecisionStatus> LATEST_FIRST = Comparator.comparing((DecisionStatus each) ->
                    each.executedNanos() == null ? each.at() : each.at().plusNanos(each.executedNanos()))
            .reversed();

    static {
        try {
            VERSION = MethodHandles.lookup().findVarHandle(Place.class, "version", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final class Place {
        @SuppressWarnings("UnusedVariable") // by its handle
        private volatile long version;

        private long at;
        private long connection;
        private @Nullable Attributes who;
        private @Nullable Classification decision;
        private @Nullable String traceparent;
        private long waited;
        private @Nullable HeldUp heldUp;
        private long executed;
        private String outcome = SUCCESS;
    }

    private static final class Ring {
        /** In the middle of an array of two cache lines, so that nothing else is in its own. */
        private static final int MIDDLE = 8;

        private final Place[] places = new Place[KEPT];
        /** Twice how many were written; odd while one is being written. */
        private final long[] next = new long[2 * MIDDLE];

        Ring() {
            for (int i = 0; i < KEPT; i++) {
                places[i] = new Place();
            }
        }

        /** Whether nobody else was writing, so that it is written. */
        boolean write(
                long at,
                long connection,
                Attributes who,
                Classification decision,
                @Nullable String traceparent,
                long waited,
                @Nullable HeldUp heldUp,
                long executed,
                String outcome) {
            long turn = (long) NEXT.getOpaque(next, MIDDLE);
            if ((turn & 1) != 0 || !NEXT.compareAndSet(next, MIDDLE, turn, turn + 1)) {
                return false;
            }
            Place place = places[(int) (turn >> 1) & (KEPT - 1)];
            VERSION.setOpaque(place, turn + 1);
            VarHandle.storeStoreFence();
            place.at = at;
            place.connection = connection;
            place.who = who;
            place.decision = decision;
            place.traceparent = traceparent;
            place.waited = waited;
            place.heldUp = heldUp;
            place.executed = executed;
            place.outcome = outcome;
            VERSION.setRelease(place, turn + 2);
            NEXT.setRelease(next, MIDDLE, turn + 2);
            return true;
        }

        /** How many were written. */
        long written() {
            return (long) NEXT.getAcquire(next, MIDDLE) >> 1;
        }
    }

    private final AtomicReferenceArray<@Nullable Ring> rings = new AtomicReferenceArray<>(RINGS);
    private final LongSupplier clock;
    private final InstantSource calendar;

    /**
     * None as yet.
     *
     * @param clock monotonic nanoseconds
     * @param calendar the time of day; it may be set, and goes on where the clock rests: what it shows counts when decisions are read
     */
    Decisions(LongSupplier clock, InstantSource calendar) {
        this.clock = clock;
        this.calendar = calendar;
    }

    void executed(
            long at,
            long connection,
            Attributes who,
            Classification decision,
            @Nullable String traceparent,
            long waited,
            @Nullable HeldUp heldUp,
            long executed,
            String outcome) {
        int first = (int) Thread.currentThread().getId();
        for (int i = 0; i < RINGS; i++) {
            // Whoever finds every ring taken, by threads that were interrupted in the middle of it, lets it be.
            if (ring((first + i) & (RINGS - 1))
                    .write(at, connection, who, decision, traceparent, waited, heldUp, executed, outcome)) {
                return;
            }
        }
    }

    private Ring ring(int index) {
        Ring known = rings.get(index);
        if (known != null) {
            return known;
        }
        Ring made = new Ring();
        return rings.compareAndSet(index, null, made) ? made : Objects.requireNonNull(rings.get(index));
    }

    void notAdmitted(
            long at,
            long connection,
            Attributes who,
            Classification decision,
            @Nullable String traceparent,
            long waited,
            @Nullable HeldUp heldUp,
            String outcome) {
        executed(at, connection, who, decision, traceparent, waited, heldUp, NEVER_EXECUTED, outcome);
    }

    /** Those that are kept, the latest first. */
    List<DecisionStatus> last() {
        List<DecisionStatus> all = new ArrayList<>();
        long now = clock.getAsLong();
        Instant today = calendar.instant();
        for (int i = 0; i < RINGS; i++) {
            Ring ring = rings.get(i);
            if (ring != null) {
                read(ring, now, today, all);
            }
        }
        all.sort(LATEST_FIRST);
        return all.size() <= KEPT ? all : new ArrayList<>(all.subList(0, KEPT));
    }

    private static void read(Ring ring, long now, Instant today, List<DecisionStatus> into) {
        long end = ring.written();
        for (long n = end - 1; n >= Math.max(0, end - KEPT); n--) {
            DecisionStatus status = read(ring.places[(int) (n & (KEPT - 1))], now, today);
            if (status != null) {
                into.add(status);
            }
        }
    }

    private static @Nullable DecisionStatus read(Place place, long now, Instant today) {
        long before = place.version;
        long at = place.at;
        long connection = place.connection;
        Attributes who = place.who;
        Classification decision = place.decision;
        String traceparent = place.traceparent;
        long waited = place.waited;
        HeldUp heldUp = place.heldUp;
        long executed = place.executed;
        String outcome = place.outcome;
        VarHandle.loadLoadFence();
        if (decision == null || who == null || (before & 1) != 0 || place.version != before) {
            return null;
        }
        Attributes asks = decision.origin().completed(who);
        return new DecisionStatus(
                today.minusNanos(now - at),
                connection,
                asks.user(),
                asks.application(),
                asks.client(),
                decision.priority(),
                traceparent,
                decision.template(),
                decision.serviceClass(),
                decision.userLoad().name(),
                decision.reason(),
                waited,
                heldUp == null ? null : heldUp.by().words(),
                heldUp == null ? null : heldUp.holder(),
                executed == NEVER_EXECUTED ? null : executed,
                outcome);
    }
}
