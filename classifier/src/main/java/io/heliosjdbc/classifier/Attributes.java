package io.heliosjdbc.classifier;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a request besides its text: who sends it, and what the connection said of itself by client info or
 * application name. Immutable; one instance lives as long as nothing changes, and decisions are cached by its identity.
 *
 * @param user the database user
 * @param application the application's name
 * @param client {@code helios.client}, or the standard {@code ClientUser}
 * @param tenant {@code helios.tenant}
 * @param hints the other {@code helios.*} client info keys
 */
public record Attributes(
        @Nullable String user,
        @Nullable String application,
        @Nullable String client,
        @Nullable String tenant,
        Hints hints) {}
