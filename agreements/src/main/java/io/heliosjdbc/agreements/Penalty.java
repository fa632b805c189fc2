package io.heliosjdbc.agreements;

import java.math.BigDecimal;
import java.time.temporal.TemporalAmount;

/**
 * What the violation of a percentile objective costs per assessment interval (thesis 3.2.1): so much for every started
 * step of percentage points by which the conformance falls short, up to a maximum. Immutable.
 *
 * @param assessmentInterval how long transactions are counted
 * @param valueUnit the currency
 * @param perPercentagePoints the width of one step in percentage points, positive
 * @param value what one step costs, positive
 * @param maximum the most that is due for one interval, at least {@code value}
 */
public record Penalty(
        AssessmentInterval assessmentInterval,
        String valueUnit,
        double perPercentagePoints,
        BigDecimal value,
        BigDecimal maximum) {

    /** Per interval of the calendar: a {@link java.time.Period} or a {@link java.time.Duration}, positive. */
    public Penalty(
            TemporalAmount length, String valueUnit, double perPercentagePoints, BigDecimal value, BigDecimal maximum) {
        this(new AssessmentInterval.Calendar(length), valueUnit, perPercentagePoints, value, maximum);
    }
}
