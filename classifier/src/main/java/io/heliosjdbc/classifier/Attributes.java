package io.heliosjdbc.classifier;

import io.heliosjdbc.classifier.hints.Hints;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a request besides its text: who sends it, and what the connection said of itself by client info or
 * application name. Immutable; one instance lives as long as nothing changes, and decisions are cached by its identity.
 *
 * @param user the database user
 * @param application the application's name
 * @param client {@code helios.client}, or the standard {@code ClientUser}
 * @param tenant {@code helios.tenant}
 * @param schema the schema in which it looks names up first, where that is known
 * @param hints the other {@code helios.*} client info keys
 */
public record Attributes(
        @Nullable String user,
        @Nullable String application,
        @Nullable String client,
        @Nullable String tenant,
        @Nullable String schema,
        Hints hints) {
    /** Of an unknown schema. */
    public Attributes(
            @Nullable String user,
            @Nullable String application,
            @Nullable String client,
            @Nullable String tenant,
            Hints hints) {
        this(user, application, client, tenant, null, hints);
    }
}
