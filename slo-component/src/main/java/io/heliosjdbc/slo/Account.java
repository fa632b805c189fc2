package io.heliosjdbc.slo;

import io.heliosjdbc.agreements.UserLoad;

/**
 * The conformance book of one user load, or of one client of it. Not thread-safe: guarded by the scheduler's lock.
 *
 * <p>All instants are nanoseconds of one monotonic clock; {@link Long#MAX_VALUE} means never.
 */
public final class Account {

    /** Who it is kept for. */
    public AccountKey key() {
        throw new UnsupportedOperationException();
    }

    /** The user load it belongs to. */
    public UserLoad userLoad() {
        throw new UnsupportedOperationException();
    }

    /**
     * Books a finished transaction: timely where its response time keeps the percentile objective.
     *
     * @param responseNanos from the first execute call to the end of the transaction
     */
    public void book(long responseNanos) {
        throw new UnsupportedOperationException();
    }

    /** Books a transaction that was refused or timed out in the queue: it counts as late. */
    public void bookRefused() {
        throw new UnsupportedOperationException();
    }

    /** Transactions booked in the running interval. */
    public long transactions() {
        throw new UnsupportedOperationException();
    }

    /** Transactions of the running interval that were late. */
    public long late() {
        throw new UnsupportedOperationException();
    }

    /** Timely transactions over all transactions, 0 to 1; 1 before the first transaction. */
    public double conformance() {
        throw new UnsupportedOperationException();
    }

    /** pen(c) at the present conformance; constant time, for it is asked on every decision. */
    public double penalty() {
        throw new UnsupportedOperationException();
    }

    /** The most that can become due in one interval; the rank of the static discipline. */
    public double maximumPenalty() {
        throw new UnsupportedOperationException();
    }

    /** What would be due if the interval ended now. */
    public double due() {
        throw new UnsupportedOperationException();
    }

    /**
     * The instant until which a transaction may start without becoming late: arrival + x_p - remaining (thesis 3.4.1).
     *
     * @param remainingNanos the estimated execution time of the requests still to come, this one included
     * @return never ({@link Long#MAX_VALUE}) without a percentile objective
     */
    public long startBy(long arrival, long remainingNanos) {
        throw new UnsupportedOperationException();
    }

    /** The instant from which a transaction goes before every other one: arrival + x_d - remaining (thesis 3.4.1). */
    public long enforceAt(long arrival, long remainingNanos) {
        throw new UnsupportedOperationException();
    }
}
