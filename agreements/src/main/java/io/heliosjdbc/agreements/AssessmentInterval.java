package io.heliosjdbc.agreements;

import java.time.temporal.TemporalAmount;

/** How long transactions are counted on an account before it is settled. Immutable. */
public sealed interface AssessmentInterval {

    /**
     * An interval of the calendar, the same for all accounts of a load.
     *
     * @param length a {@link java.time.Period} or a {@link java.time.Duration}, positive
     */
    record Calendar(TemporalAmount length) implements AssessmentInterval {}

    /**
     * As many transactions, of each account for itself.
     *
     * @param count at least 1
     */
    record Transactions(long count) implements AssessmentInterval {}
}
