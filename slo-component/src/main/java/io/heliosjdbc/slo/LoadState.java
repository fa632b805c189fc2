package io.heliosjdbc.slo;

import io.heliosjdbc.agreements.AccountPer;
import io.heliosjdbc.agreements.Guarantee;
import io.heliosjdbc.agreements.Penalty;
import io.heliosjdbc.agreements.PercentileObjective;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the books of one user load, with the terms that it is to be settled by, to be written down and restored.
 * Immutable.
 *
 * @param load the user load's name
 * @param accountPer whose transactions share an account
 * @param from the beginning of the running interval
 * @param until its end, exclusive; {@link Instant#MAX} without a penalty
 * @param percentile the percentile objective, or null
 * @param penalty what missing it costs, or null
 * @param accounts its accounts
 * @param requestTypes what was learned of statement templates
 * @param transactionTypes what was learned of transaction types
 */
public record LoadState(
        String load,
        AccountPer accountPer,
        Instant from,
        Instant until,
        @Nullable PercentileObjective percentile,
        @Nullable Penalty penalty,
        List<AccountState> accounts,
        List<RequestTypeState> requestTypes,
        List<TransactionTypeState> transactionTypes) {
    /**
     * Checks interval and terms, and copies the lists.
     *
     * @throws IllegalArgumentException if they cannot be
     */
    public LoadState {
        if (!from.isBefore(until)) {
            throw new IllegalArgumentException("an interval from " + from + " until " + until + " cannot be");
        }
        ServiceLevels unused = levels(percentile, penalty);
        accounts = List.copyOf(accounts);
        requestTypes = List.copyOf(requestTypes);
        transactionTypes = List.copyOf(transactionTypes);
    }

    private static ServiceLevels levels(@Nullable PercentileObjective percentile, @Nullable Penalty penalty) {
        return ServiceLevels.of(new Guarantee("", percentile, null, null, null, penalty));
    }

    boolean hasEnded(Instant now) {
        return penalty != null && !now.isBefore(until);
    }

    /** Settles what is booked by the terms that are written down with it; nothing where there is no penalty. */
    void settle(Instant end, List<Settlement> settlements) {
        if (penalty == null) {
            return;
        }
        ServiceLevels levels = levels(percentile, penalty);
        for (AccountState account : accounts) {
            if (account.transactions() > 0) {
                settlements.add(Settlement.of(
                        new AccountKey(load, account.owner()),
                        account.from() == null
                                ? MeasurementInterval.ended(from, end)
                                : MeasurementInterval.ended(account.from(), end),
                        account.transactions(),
                        account.late(),
                        levels,
                        percentile,
                        penalty));
            }
        }
    }
}
