package io.heliosjdbc.classifier;

import io.heliosjdbc.classifier.criteria.Criterion;
import io.heliosjdbc.classifier.hints.HintKey;
import io.heliosjdbc.classifier.hints.Hints;
import io.heliosjdbc.classifier.hints.Priority;
import io.heliosjdbc.classifier.hints.Tags;
import io.heliosjdbc.classifier.statement.Feature;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a decision goes by: the text's profile, the hints that count, and who asks. Immutable.
 *
 * @param profile the text's profile
 * @param hints those of the comment that count, completed by those of the client info that do
 * @param tags what else the comment says, where it counts
 * @param user the database user
 * @param application by the connection, else by hint, as the next two: whose connection it is says nobody's SQL
 * @param client who sends it
 * @param tenant on whose behalf
 * @param schema the schema of its connection
 * @param inTransaction whether the request is part of an explicit transaction
 * @param estimate what the database thinks of it, or null
 */
record Situation(
        StatementProfile profile,
        Hints hints,
        Tags tags,
        @Nullable String user,
        @Nullable String application,
        @Nullable String client,
        @Nullable String tenant,
        @Nullable String schema,
        boolean inTransaction,
        @Nullable Estimate estimate)
        implements Criterion.Values {

    /**
     * What somebody asks for who may give any hint. Where the connection names the tenant, load and tier are the connection's to say as
     * well: they belong to tenants.
     */
    static Situation of(
            StatementProfile profile, Attributes attributes, boolean inTransaction, @Nullable Estimate estimate) {
        Hints comment = profile.hints();
        Hints counting = attributes.tenant() == null
                ? comment
                : comment.with(HintKey.LOAD, null).with(HintKey.TIER, null);
        return of(profile, counting.orElse(attributes.hints()), profile.tags(), attributes, inTransaction, estimate);
    }

    /** What somebody asks for who may not raise his priority by hints, by his connection alone. */
    static Situation ofConnection(
            StatementProfile profile, Attributes attributes, boolean inTransaction, @Nullable Estimate estimate) {
        Hints counting = HintRestriction.ofConnection(attributes.hints());
        return of(profile, counting, Tags.NONE, attributes, inTransaction, estimate);
    }

    private static Situation of(
            StatementProfile profile,
            Hints hints,
            Tags tags,
            Attributes attributes,
            boolean inTransaction,
            @Nullable Estimate estimate) {
        return new Situation(
                profile,
                hints,
                tags,
                attributes.user(),
                attributes.application() != null ? attributes.application() : hints.application(),
                attributes.client() != null ? attributes.client() : hints.client(),
                attributes.tenant() != null ? attributes.tenant() : hints.tenant(),
                attributes.schema(),
                inTransaction,
                estimate);
    }

    /** The same with what may count of the comment of such a user; this where nothing may. */
    Situation lowered() {
        Hints lower = HintRestriction.ofComment(profile.hints(), priority());
        return lower.equals(Hints.NONE)
                ? this
                : new Situation(
                        profile,
                        lower.orElse(hints),
                        tags,
                        user,
                        application,
                        client,
                        tenant,
                        schema,
                        inTransaction,
                        estimate);
    }

    /** Those of the hints that do not count, as {@code key=value}. */
    List<String> unheard(Hints said) {
        if (said.equals(Hints.NONE)) {
            return List.of();
        }
        List<String> unheard = new ArrayList<>();
        for (HintKey key : HintKey.values()) {
            Object value = said.value(key);
            if (value != null && !value.equals(counting(key))) {
                unheard.add(key.inWords(value));
            }
        }
        return unheard;
    }

    private @Nullable Object counting(HintKey key) {
        return switch (key) {
            case APPLICATION -> application;
            case CLIENT -> client;
            case TENANT -> tenant;
            default -> hints.value(key);
        };
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
            case SCHEMA -> schema;
            case ROUTE -> tags.route();
            case CONTROLLER -> tags.controller();
            case ACTION -> tags.action();
            case TABLE_ROW_COUNT, ESTIMATED_ROWS_SCANNED, ESTIMATED_DURATION_MS, ESTIMATED_COST ->
                estimate == null ? null : estimate.value(feature);
            default -> profile.features().value(feature);
        };
    }
}
