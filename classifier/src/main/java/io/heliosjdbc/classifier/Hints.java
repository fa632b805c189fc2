package io.heliosjdbc.classifier;

import org.jspecify.annotations.Nullable;

/**
 * What a comment or the client info says of a request. Immutable; null where nothing is said.
 *
 * @param priority how much it matters
 * @param workload what kind of work it is
 * @param serviceClass {@code class=}
 * @param userLoad {@code load=}
 * @param tenant {@code tenant=}
 * @param client {@code client=}
 * @param transaction {@code transaction=}
 * @param application {@code application=}
 * @param deadlineMillis {@code deadline_ms=}, positive
 * @param estimateMillis {@code estimate_ms=}, positive
 */
public record Hints(
        @Nullable Priority priority,
        @Nullable Workload workload,
        @Nullable String serviceClass,
        @Nullable String userLoad,
        @Nullable String tenant,
        @Nullable String client,
        @Nullable String transaction,
        @Nullable String application,
        @Nullable Long deadlineMillis,
        @Nullable Long estimateMillis) {

    /** Nothing said. */
    public static final Hints NONE = new Hints(null, null, null, null, null, null, null, null, null, null);
}
