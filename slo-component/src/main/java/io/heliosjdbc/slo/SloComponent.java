package io.heliosjdbc.slo;

import io.heliosjdbc.agreements.Agreements;
import io.heliosjdbc.agreements.UserLoad;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The books of one workload manager: accounts and estimates per user load. Looking up is thread-safe; what is found is
 * guarded by the scheduler's lock.
 */
public final class SloComponent {

    /**
     * Opens the books.
     *
     * @param agreements what was promised
     * @param degree the degree k of opportunity cost and marginal gain, positive (thesis 3.4.1)
     * @param opened the beginning of the first measurement interval
     */
    public SloComponent(Agreements agreements, double degree, Instant opened) {
        throw new UnsupportedOperationException();
    }

    /** The account of a load, or of one owner of it; opened on first use. */
    public Account account(UserLoad load, @Nullable String owner) {
        throw new UnsupportedOperationException();
    }

    /** Every open account. */
    public Collection<Account> accounts() {
        throw new UnsupportedOperationException();
    }

    /**
     * The estimator of a statement template within a load.
     *
     * @param defaultNanos the estimate before the first observation, positive
     */
    public RequestType requestType(UserLoad load, String template, long defaultNanos) {
        throw new UnsupportedOperationException();
    }

    /** The estimator of a transaction type within a load. */
    public TransactionType transactionType(UserLoad load, String name) {
        throw new UnsupportedOperationException();
    }

    /** Settles every account whose measurement interval has ended by now, and opens its next interval. */
    public List<Settlement> settle(Instant now) {
        throw new UnsupportedOperationException();
    }
}
