package io.heliosjdbc.classifier.statement;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What criteria can ask for; the names are those of the routing document. */
public enum Feature {
    QUERY_TYPE(Type.WORD),
    SELECT_ONLY(Type.TRUTH),
    TRANSACTION_CONTEXT(Type.TRUTH),
    JOIN_COUNT(Type.NUMBER),
    AGGREGATION_COUNT(Type.NUMBER),
    SUBQUERY_COUNT(Type.NUMBER),
    TABLE_NAMES(Type.NAMES),
    TABLE_ROW_COUNT(Type.NUMBER),
    ESTIMATED_ROWS_SCANNED(Type.NUMBER),
    ESTIMATED_DURATION_MS(Type.NUMBER),
    ESTIMATED_COST(Type.NUMBER),
    WRITE_HEAVY(Type.TRUTH),
    BULK_OPERATION(Type.TRUTH),
    CLIENT_TAG(Type.TEXT),
    APPLICATION(Type.TEXT),
    USER(Type.TEXT),
    TENANT(Type.TEXT),
    SCHEMA(Type.WORD),
    ROUTE(Type.TEXT),
    CONTROLLER(Type.TEXT),
    ACTION(Type.TEXT),
    HAS_GROUP_BY(Type.TRUTH),
    HAS_ORDER_BY(Type.TRUTH),
    HAS_LIMIT(Type.TRUTH),
    PARAMETER_COUNT(Type.NUMBER);

    /** What values a feature has. */
    public enum Type {
        /** A number. */
        NUMBER("a number"),
        /** True or false. */
        TRUTH("true or false"),
        /** A text that is compared as it is. */
        TEXT("a text"),
        /** A text that is compared without regard to case. */
        WORD("a text"),
        /** A list of names, compared without regard to case. */
        NAMES("a list of names");

        private final String description;

        Type(String description) {
            this.description = description;
        }

        /** In words, for messages. */
        public String description() {
            return description;
        }
    }

    private static final Map<String, Feature> BY_NAME = new HashMap<>();

    static {
        Arrays.stream(values()).forEach(feature -> BY_NAME.put(feature.featureName(), feature));
    }

    private final Type type;
    private final String featureName = name().toLowerCase(Locale.ROOT);

    Feature(Type type) {
        this.type = type;
    }

    /** The feature of that name in any case, or null. */
    public static @Nullable Feature of(String name) {
        return BY_NAME.get(name.toLowerCase(Locale.ROOT));
    }

    /** As criteria write it. */
    public String featureName() {
        return featureName;
    }

    /** What values it has. */
    public Type type() {
        return type;
    }
}
