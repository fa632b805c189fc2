package io.heliosjdbc.driver.manager;

import io.heliosjdbc.classifier.Classification;
import io.heliosjdbc.driver.admin.DecisionStatus;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The last thousand decisions. Writing one takes no lock and allocates nothing: places are reused, each under a version that is odd
 * while it is written, so that a reader sees a decision whole or not at all. Thread-safe.
 */
final class Decisions {
    /** A power of two, so that a place is a mask away. */
    static final int KEPT = 1024;

    static final String SUCCESS = "success";
    static final String ERROR = "error";

    private static final long NEVER_EXECUTED = -1;
    private static final VarHandle VERSION;

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
        private @Nullable Classification decision;
        private long waited;
        private @Nullable String heldUpBy;
        private long executed;
        private String outcome = SUCCESS;
    }

    private final Place[] places = new Place[KEPT];
    private final AtomicLong next = new AtomicLong();
    private final long zero;
    private final Instant opened;

    /** Knows what the clock showed when the calendar showed the given instant. */
    Decisions(long now, Instant opened) {
        this.zero = now;
        this.opened = opened;
        for (int i = 0; i < KEPT; i++) {
            places[i] = new Place();
        }
    }

    void executed(
            long at,
            long connection,
            Classification decision,
            long waited,
            @Nullable String heldUpBy,
            long executed,
            String outcome) {
        Place place = places[(int) (next.getAndIncrement() & (KEPT - 1))];
        long version = place.version;
        // Whoever overtakes a thousand others in the middle of this leaves the place to them.
        if ((version & 1) != 0 || !VERSION.compareAndSet(place, version, version + 1)) {
            return;
        }
        VarHandle.storeStoreFence();
        place.at = at;
        place.connection = connection;
        place.decision = decision;
        place.waited = waited;
        place.heldUpBy = heldUpBy;
        place.executed = executed;
        place.outcome = outcome;
        VERSION.setRelease(place, version + 2);
    }

    void notAdmitted(
            long at, long connection, Classification decision, long waited, @Nullable String heldUpBy, String outcome) {
        executed(at, connection, decision, waited, heldUpBy, NEVER_EXECUTED, outcome);
    }

    /** Those that are kept, the latest first. */
    List<DecisionStatus> last() {
        List<DecisionStatus> last = new ArrayList<>();
        long end = next.get();
        for (long n = end - 1; n >= Math.max(0, end - KEPT); n--) {
            DecisionStatus status = read(places[(int) (n & (KEPT - 1))]);
            if (status != null) {
                last.add(status);
            }
        }
        return last;
    }

    private @Nullable DecisionStatus read(Place place) {
        long before = place.version;
        long at = place.at;
        long connection = place.connection;
        Classification decision = place.decision;
        long waited = place.waited;
        String heldUpBy = place.heldUpBy;
        long executed = place.executed;
        String outcome = place.outcome;
        VarHandle.loadLoadFence();
        if (decision == null || (before & 1) != 0 || place.version != before) {
            return null;
        }
        return new DecisionStatus(
                opened.plusNanos(at - zero),
                connection,
                decision.template(),
                decision.serviceClass(),
                decision.userLoad().name(),
                decision.reason(),
                waited,
                heldUpBy,
                executed == NEVER_EXECUTED ? null : executed,
                outcome);
    }
}
