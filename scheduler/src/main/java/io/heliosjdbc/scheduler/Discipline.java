package io.heliosjdbc.scheduler;

import io.heliosjdbc.slo.Account;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The order in which the queued requests of one service class get slots. Not thread-safe: guarded by the scheduler's lock.
 *
 * <p>Where two requests are equally urgent, the one whose load can cost more goes first, then the one that came first.
 */
interface Discipline {
    /** Equally urgent requests: the higher maximum penalty, as its tier counts it, then first come, first served. */
    Comparator<Request> TIES = (one, other) -> {
        int byPenalty = Double.compare(other.stake(), one.stake());
        return byPenalty != 0 ? byPenalty : Long.compare(one.sequence, other.sequence);
    };

    /**
     * Sets from when on a request is late to start and from when on it goes first; its account, arrival and estimate are set.
     * These are the thesis's instants (3.4.1).
     */
    default void price(Request request) {
        request.startBy = request.account().startBy(request.arrival, request.estimateNanos);
        request.enforceAt = request.account().enforceAt(request.arrival, request.estimateNanos, request.deadlineNanos);
    }

    /** A request has joined the queue; its estimate, start-by instant and sequence are set. */
    void add(Request request);

    /** A request has left the queue. */
    void remove(Request request);

    /** The penalty of an account has changed. */
    void repriced(Account account);

    /** The request that goes first now, of those whose tier may be given a slot ({@link TierQueue#open}); null where there is none. */
    @Nullable
    Request best(long now);

    /**
     * How urgent a queued request is, as its tier counts it; comparable between the tiers and classes of one scheduler: the highest goes
     * first.
     */
    double urgency(Request request, long now);
}
