package io.heliosjdbc.driver.forecast;

import io.heliosjdbc.agreements.UserLoad;
import org.jspecify.annotations.Nullable;

/**
 * What a replay needs to know of a statement beside when it came and how long it took. Immutable.
 *
 * @param serviceClass the name of its class
 * @param userLoad its user load
 * @param accountOwner whose account of that load, or null
 * @param transactionType the type of its transaction, where it is the first one
 * @param requestType what its time is measured as: batches are apart from single executions
 * @param template the statement without literals
 * @param estimatedCost the database's cost estimate, 0 where there is none
 * @param deadlineNanos the time after which it must be complete (hint {@code deadline_ms}), or {@link Long#MAX_VALUE}
 * @param firstEstimateNanos how long it is thought to take before it has been seen, positive
 * @param tier the name of its tier
 */
public record RequestKind(
        String serviceClass,
        UserLoad userLoad,
        @Nullable String accountOwner,
        String transactionType,
        String requestType,
        String template,
        double estimatedCost,
        long deadlineNanos,
        long firstEstimateNanos,
        String tier) {}
