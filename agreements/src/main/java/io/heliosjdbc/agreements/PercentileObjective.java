package io.heliosjdbc.agreements;

import java.time.Duration;

/**
 * So many percent of all transactions respond within a time (thesis 3.2.1). Immutable.
 *
 * @param percent greater than 0, at most 100
 * @param responseTime positive
 */
public record PercentileObjective(double percent, Duration responseTime) {}
