package io.heliosjdbc.driver.manager;

import io.heliosjdbc.classifier.Classification;
import io.heliosjdbc.classifier.Estimate;
import io.heliosjdbc.driver.configuration.HeliosConfiguration;
import io.heliosjdbc.driver.forecast.History;
import io.heliosjdbc.driver.forecast.RequestKind;
import io.heliosjdbc.driver.metrics.RequestMeters;
import io.heliosjdbc.scheduler.ServiceClass;
import io.heliosjdbc.scheduler.Tier;
import io.heliosjdbc.slo.Account;
import io.heliosjdbc.slo.RequestType;
import io.heliosjdbc.slo.TransactionType;
import org.jspecify.annotations.Nullable;

/**
 * A decision of the classifier with everything it leads to looked up. Immutable; what it refers to has its own guards.
 *
 * @param classification the decision
 * @param serviceClass its class
 * @param account whose book
 * @param transactionType the estimator of its transaction
 * @param requestType the estimator of its statement
 * @param estimatedCost the database's cost estimate, 0 where there is none
 * @param deadlineNanos the time after which it must be complete (hint {@code deadline_ms}), or {@link Long#MAX_VALUE}
 * @param timelyNanos the response time that keeps the percentile objective, or {@link Long#MAX_VALUE}
 * @param tier its tenant's tier
 * @param configuration what it was decided by
 * @param meters where it is counted for Micrometer
 * @param tally where it is counted for the report
 * @param history in a dry run: where it is written down for the forecast; else null
 * @param kind as what, likewise
 */
record Plan(
        Classification classification,
        ServiceClass serviceClass,
        Account account,
        TransactionType transactionType,
        RequestType requestType,
        double estimatedCost,
        long deadlineNanos,
        long timelyNanos,
        Tier tier,
        HeliosConfiguration configuration,
        RequestMeters meters,
        Tally tally,
        @Nullable History history,
        @Nullable RequestKind kind) {

    /** The database's cost estimate of a decision's statement, 0 where there is none. */
    static double cost(Classification decision) {
        Estimate estimate = decision.estimate();
        Double cost = estimate == null ? null : estimate.cost();
        return cost == null ? 0 : cost;
    }
}
