package io.heliosjdbc.agreements;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is promised for one user load (thesis 3.2, 5.2). Immutable; an objective that is null is not promised.
 *
 * @param name the guarantee term's name
 * @param percentile the percentile objective
 * @param deadline the deadline objective, static or dynamic
 * @param minTransactionsPerSecond the throughput objective
 * @param maxAverageResponseTime the average response time objective
 * @param penalty what a violated percentile objective costs
 */
public record Guarantee(
        String name,
        @Nullable PercentileObjective percentile,
        @Nullable DeadlineObjective deadline,
        @Nullable Double minTransactionsPerSecond,
        @Nullable Duration maxAverageResponseTime,
        @Nullable Penalty penalty) {}
