package io.heliosjdbc.slo;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands in one account's book, to be written down and restored. Immutable.
 *
 * @param owner the user, application, client or tenant it is kept for, or null for the load's own account
 * @param transactions booked in the running interval
 * @param late how many of them were late
 * @param refused how many of the late ones were refused
 * @param responseNanos the sum of the response times of the others
 * @param responseTimes what a dynamic deadline has seen so far; empty where there is none
 * @param from the beginning of an interval of its own, which ends after so many transactions; null where it has its load's
 */
public record AccountState(
        @Nullable String owner,
        long transactions,
        long late,
        long refused,
        double responseNanos,
        List<ResponseTimeCount> responseTimes,
        @Nullable Instant from) {
    /**
     * Checks the counts, and copies the list.
     *
     * @throws IllegalArgumentException if they cannot be
     */
    public AccountState {
        if (refused < 0 || late < refused || transactions < late) {
            throw new IllegalArgumentException(
                    transactions + " transactions, " + late + " of them late, " + refused + " refused cannot be");
        }
        if (!(responseNanos >= 0 && responseNanos < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("response times of " + responseNanos + " ns together cannot be");
        }
        responseTimes = List.copyOf(responseTimes);
    }

    /** Of an account whose interval is its load's. */
    public AccountState(
            @Nullable String owner,
            long transactions,
            long late,
            long refused,
            double responseNanos,
            List<ResponseTimeCount> responseTimes) {
        this(owner, transactions, late, refused, responseNanos, responseTimes, null);
    }

    /** The same account when everything that is booked on it is settled. */
    public AccountState settled() {
        return new AccountState(owner, 0, 0, 0, 0, responseTimes);
    }

    /** What is on it, to be counted on an account that has an interval of its own already, or begins one. */
    AccountState moved() {
        return new AccountState(owner, transactions, late, refused, responseNanos, responseTimes);
    }

    /** Whether there is nothing in it. */
    boolean isEmpty() {
        return transactions == 0 && responseTimes.isEmpty();
    }
}
