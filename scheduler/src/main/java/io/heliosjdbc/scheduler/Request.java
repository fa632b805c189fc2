package io.heliosjdbc.scheduler;

import io.heliosjdbc.slo.Account;
import io.heliosjdbc.slo.RequestType;
import io.heliosjdbc.slo.TransactionType;
import org.jspecify.annotations.Nullable;

/**
 * A transaction's claim on a slot, from its first request to its end. One object serves one connection for all its
 * transactions, one after the other, so that the path through a free slot allocates nothing. Guarded by the scheduler's
 * lock, but for what its owner sets before it asks for a slot.
 */
public final class Request {

    /**
     * A claim that asks for nothing yet.
     *
     * @param owner whom it belongs to, for the administrator's eyes: its {@code toString} names the connection
     */
    public Request(Object owner) {
        throw new UnsupportedOperationException();
    }

    /**
     * Says what the next transaction is. Called by the owner while the request is idle.
     *
     * @param serviceClass one of {@link WorkloadScheduler#serviceClass}
     * @param account the account its transaction is booked on
     * @param transactionType what is known of its kind of transaction
     * @param requestType what is known of its first statement
     * @param estimatedCost the database's cost estimate of the statement, 0 where there is none
     * @param deadlineNanos an enforce-after time of its own (hint deadline_ms), {@link Long#MAX_VALUE} for none
     * @param statement the statement, for the administrator's eyes
     */
    public void prepare(
            ServiceClass serviceClass,
            Account account,
            TransactionType transactionType,
            RequestType requestType,
            double estimatedCost,
            long deadlineNanos,
            @Nullable Object statement) {
        throw new UnsupportedOperationException();
    }

    /** How long the last wait for a slot took, nanoseconds; 0 where a slot was free. Read by the owner after acquire. */
    public long waitedNanos() {
        throw new UnsupportedOperationException();
    }

    /** How many requests of its class were queued when its wait ended, it not included. Read by the owner after acquire. */
    public int queueDepth() {
        throw new UnsupportedOperationException();
    }
}
