package io.heliosjdbc.classifier;

import org.jspecify.annotations.Nullable;

/** Where a classifier learns what the database thinks of statements. Asked on the path of statements: answers at once. Thread-safe. */
public interface DatabaseEstimates {

    /** What becomes known of one template over time. Thread-safe. */
    interface OfTemplate {

        /** What is known now; the same instance as long as nothing noticeable changes. Null where nothing is known yet. */
        @Nullable
        Estimate now();

        /** Tells how long an execution took that did not fail. */
        void executed(long nanos);
    }

    /** The place of a text's template; asked for once a text, but as often as it comes where there is no room for it now, which is null. */
    @Nullable
    OfTemplate of(StatementProfile profile);
}
