package io.heliosjdbc.classifier;

import org.jspecify.annotations.Nullable;

/**
 * All that a decision goes by: the text's profile, the hints that count, and who asks. Immutable.
 *
 * @param profile the text's profile
 * @param hints the comments' hints, completed by the client info's, without those that the user may not give
 * @param user the database user
 * @param application by hint, else by the connection
 * @param client by hint, else by the connection
 * @param tenant by the connection, else by hint: whose connection it is says nobody's SQL
 * @param inTransaction whether the request is part of an explicit transaction
 * @param estimate what the database thinks of it, or null
 * @param withheld hints that the user may not give, in words for the reason; empty where there is none
 */
record Situation(
        StatementProfile profile,
        Hints hints,
        @Nullable String user,
        @Nullable String application,
        @Nullable String client,
        @Nullable String tenant,
        boolean inTransaction,
        @Nullable Estimate estimate,
        String withheld)
        implements Condition.Values {

    /** Puts together what statement and connection say; the statement's word comes first, but for the tenant. */
    static Situation of(
            StatementProfile profile,
            Attributes attributes,
            boolean inTransaction,
            @Nullable Estimate estimate,
            boolean restricted) {
        Hints given = profile.hints().orElse(attributes.hints());
        Hints hints = restricted ? HintRestriction.apply(given) : given;
        return new Situation(
                profile,
                hints,
                attributes.user(),
                hints.application() != null ? hints.application() : attributes.application(),
                hints.client() != null ? hints.client() : attributes.client(),
                attributes.tenant() != null ? attributes.tenant() : hints.tenant(),
                inTransaction,
                estimate,
                restricted ? HintRestriction.withheld(given) : "");
    }

    /** Whether the text claims another tenant than the connection's. */
    boolean claimsAnotherTenant() {
        return hints.tenant() != null && !hints.tenant().equals(tenant);
    }

    Priority priority() {
        Priority hinted = hints.priority();
        return hinted == null ? Priority.MEDIUM : hinted;
    }

    /** A feature's value; the client tag is the application's name, and the client's where no application is named. */
    @Override
    public @Nullable Object value(Feature feature) {
        return switch (feature) {
            case TRANSACTION_CONTEXT -> inTransaction;
            case CLIENT_TAG -> application != null ? application : client;
            case APPLICATION -> application;
            case USER -> user;
            case TENANT -> tenant;
            case TABLE_ROW_COUNT, ESTIMATED_ROWS_SCANNED, ESTIMATED_DURATION_MS, ESTIMATED_COST ->
                estimate == null ? null : estimate.value(feature);
            default -> profile.features().value(feature);
        };
    }
}
