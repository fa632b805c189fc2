package io.heliosjdbc.slo;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * What one account owes for one measurement interval. Immutable.
 *
 * @param account whose
 * @param from the beginning of the interval
 * @param until its end, exclusive
 * @param transactions how many were booked
 * @param late how many of them were late
 * @param conformance timely over all
 * @param due what is owed
 * @param unit the currency
 */
public record Settlement(
        AccountKey account,
        Instant from,
        Instant until,
        long transactions,
        long late,
        double conformance,
        BigDecimal due,
        String unit) {}
