package io.heliosjdbc.classifier;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a text does to the session that it runs in, beyond its transaction. Immutable.
 *
 * @param pins why the session must stay where it is from then on, or null where the text leaves nothing behind that could not be
 *     read and set again
 * @param readsEarlierResult whether it asks for what an earlier statement of the session left, such as the last key
 * @param settings the settings that it may change, by the names that the database knows them by, or {@link #SCHEMA} or
 *     {@link #CATALOG}
 */
public record SessionUse(@Nullable String pins, boolean readsEarlierResult, Set<String> settings) {
    /** The schema, as the connection tells it. */
    public static final String SCHEMA = "(schema)";
    /** The catalog, as the connection tells it. */
    public static final String CATALOG = "(catalog)";

    /** A text that leaves nothing behind. */
    static final SessionUse NONE = new SessionUse(null, false, Set.of());

    /** Copies the collection. */
    public SessionUse {
        settings = Set.copyOf(settings);
    }

    static SessionUse pin(String reason) {
        return new SessionUse(reason, false, Set.of());
    }

    static SessionUse of(String setting) {
        return new SessionUse(null, false, Set.of(setting));
    }
}
