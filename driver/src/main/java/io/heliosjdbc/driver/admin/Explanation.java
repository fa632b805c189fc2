package io.heliosjdbc.driver.admin;

import io.heliosjdbc.classifier.Attributes;
import io.heliosjdbc.classifier.Classification;
import io.heliosjdbc.scheduler.ServiceClassStatus;
import io.heliosjdbc.slo.EstimateInterval;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a statement would go, and why. Immutable.
 *
 * @param classification the decision
 * @param who who asks, with what the statement's comment adds to what the connection says
 * @param penalty what one more late transaction of its account is thought to cost now
 * @param conformance how its account stands, 0 to 1
 * @param features what is known of the statement
 * @param probabilities of the built-in classes by the learned classifier; empty where it is not asked
 * @param expectedNanos how long it is taken to run, if it began now
 * @param expectedInterval between what times its mean is with 95 percent confidence; null while too little was observed
 * @param expectedBy what that is known by
 * @param ahead what its class is doing now, or null
 * @param wouldBe what would become of it now: admitted, or what it would wait for, or why it would be refused
 * @param totalMaxConcurrency the MPL over all classes, 0 for none
 * @param totalActive how many count against it
 * @param priorityBoost by what its tier's penalties are multiplied where waiting requests are compared
 * @param guaranteedSlots slots of its class that are kept for its tier
 * @param starvationBoundNanos how long others may go before it in its class; {@link Long#MAX_VALUE} for no bound
 */
public record Explanation(
        Classification classification,
        Attributes who,
        double penalty,
        double conformance,
        Map<String, Object> features,
        Map<String, Double> probabilities,
        long expectedNanos,
        @Nullable EstimateInterval expectedInterval,
        String expectedBy,
        @Nullable ServiceClassStatus ahead,
        String wouldBe,
        int totalMaxConcurrency,
        int totalActive,
        double priorityBoost,
        int guaranteedSlots,
        long starvationBoundNanos) {}
