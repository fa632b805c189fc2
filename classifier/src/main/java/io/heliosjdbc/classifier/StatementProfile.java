package io.heliosjdbc.classifier;

/** What a statement's text alone tells; computed once per text and cached. Immutable to its users, thread-safe. */
public final class StatementProfile {

    /** The text as the application sent it. */
    public String sql() {
        throw new UnsupportedOperationException();
    }

    /** The text with literals replaced by {@code ?}, comments removed and white space folded: what statements share. */
    public String template() {
        throw new UnsupportedOperationException();
    }

    /** What the text means to the driver. */
    public StatementKind kind() {
        throw new UnsupportedOperationException();
    }

    /** What its comments say. */
    public Hints hints() {
        throw new UnsupportedOperationException();
    }

    /** What is known of it for the criteria. */
    public Features features() {
        throw new UnsupportedOperationException();
    }

    /** For {@link StatementKind#SETTING}: the application name that {@code SET application_name} sets; else null. */
    public @org.jspecify.annotations.Nullable String applicationName() {
        throw new UnsupportedOperationException();
    }
}
