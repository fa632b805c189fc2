package io.heliosjdbc.driver.admin;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What would have become of some statements without a dry run, by a replay of the last ones. Immutable.
 *
 * @param since when the first of the statements came that were replayed
 * @param figures where their time would have gone
 * @param standing of a user load with a percentile objective: how it would stand; else null
 * @param penalty of a user load: what would have become due, and would be due now; else null
 */
public record Outlook(
        Instant since,
        Figures figures,
        @Nullable Standing standing,
        @Nullable Double penalty) {}
