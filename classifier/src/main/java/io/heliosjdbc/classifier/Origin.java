package io.heliosjdbc.classifier;

import org.jspecify.annotations.Nullable;

/**
 * Where a statement's comment says that it comes from, as far as that counts: what the connection says itself is not repeated here.
 * Immutable.
 *
 * @param application the application, where the connection names none
 * @param client the client, where the connection names none
 */
public record Origin(@Nullable String application, @Nullable String client) {
    /** Nothing said, or nothing that counts. */
    public static final Origin NONE = new Origin(null, null);

    /** Who asks: what the connection says, completed by this. */
    public Attributes completed(Attributes connection) {
        return application == null && client == null
                ? connection
                : new Attributes(
                        connection.user(),
                        connection.application() != null ? connection.application() : application,
                        connection.client() != null ? connection.client() : client,
                        connection.tenant(),
                        connection.schema(),
                        connection.hints());
    }
}
