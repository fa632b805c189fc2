package io.heliosjdbc.agreements;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The parties of an agreement and its expiration. Immutable.
 *
 * @param serviceProvider who promises, or null
 * @param serviceConsumer to whom, or null
 * @param expirationTime from when on the agreement no longer holds, or null where it holds for ever
 */
public record Context(
        @Nullable String serviceProvider,
        @Nullable String serviceConsumer,
        @Nullable Instant expirationTime) {
    static boolean hasExpired(@Nullable Instant expirationTime, Instant now) {
        return expirationTime != null && !now.isBefore(expirationTime);
    }
}
