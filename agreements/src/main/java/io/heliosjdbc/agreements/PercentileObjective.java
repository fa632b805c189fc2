package io.heliosjdbc.agreements;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * So many percent of all transactions respond within a time (thesis 3.2.1). Immutable.
 *
 * @param percent greater than 0, at most 100
 * @param responseTime positive
 */
public record PercentileObjective(double percent, Duration responseTime) {
    /**
     * Which part of all transactions is to respond in time, greater than 0, at most 1: the double nearest to the exact decimal, as a
     * conformance is that was divided from two counts. So 999 of 1000 keep 99.9 percent.
     */
    public double share() {
        return BigDecimal.valueOf(percent).movePointLeft(2).doubleValue();
    }
}
