package io.heliosjdbc.driver.late;

import org.jspecify.annotations.Nullable;

/**
 * What a logical connection has to do with a physical one. Immutable.
 *
 * @param state {@code unbound}, {@code bound}, {@code pinned} or {@code closed}
 * @param reason what it is bound by, or null
 * @param nanos for how long it has been bound, nanoseconds
 */
public record BindingStatus(String state, @Nullable String reason, long nanos) {}
