package io.heliosjdbc.driver.admin;

import org.jspecify.annotations.Nullable;

/**
 * How one account stands in the running measurement interval. Immutable.
 *
 * @param userLoad the user load
 * @param owner whose account of that load, or null where the load has one account
 * @param transactions booked so far
 * @param late how many of them were late
 * @param conformance timely over all, 0 to 1
 * @param penalty what one more late transaction is thought to cost now
 * @param due what would be due if the interval ended now
 * @param maximum the most that can become due in one interval
 * @param unit the currency, or null where nothing is due ever
 * @param averageMillis the average response time of those that were completed; null before the first of them
 * @param unkept which objectives would be broken if the interval ended now, in words; null where none would
 * @param standing against its percentile objective; null where there is none, or nothing was booked
 */
public record LoadStatus(
        String userLoad,
        @Nullable String owner,
        long transactions,
        long late,
        double conformance,
        double penalty,
        double due,
        double maximum,
        @Nullable String unit,
        @Nullable Double averageMillis,
        @Nullable String unkept,
        @Nullable Standing standing) {}
