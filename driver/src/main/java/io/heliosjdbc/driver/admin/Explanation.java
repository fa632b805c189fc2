package io.heliosjdbc.driver.admin;

import io.heliosjdbc.classifier.Classification;
import java.util.Map;

/**
 * Where a statement would go, and why. Immutable.
 *
 * @param classification the decision
 * @param penalty what one more late transaction of its account is thought to cost now
 * @param conformance how its account stands, 0 to 1
 * @param features what is known of the statement
 * @param priorityBoost by what its tier's penalties are multiplied where waiting requests are compared
 * @param guaranteedSlots slots of its class that are kept for its tier
 * @param starvationBoundNanos how long others may go before it in its class; {@link Long#MAX_VALUE} for no bound
 */
public record Explanation(
        Classification classification,
        double penalty,
        double conformance,
        Map<String, Object> features,
        double priorityBoost,
        int guaranteedSlots,
        long starvationBoundNanos) {}
