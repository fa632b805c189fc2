package io.heliosjdbc.classifier.statement;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a text does to the session that it runs in, beyond its transaction. Immutable.
 *
 * @param pins why the session must stay where it is from then on, or null where the text leaves nothing behind that could not be
 *     read and set again
 * @param visible whether the server tells when nothing is left of what pins: of temporary objects, locks, channels, prepared
 *     statements and cursors
 * @param mayEnd whether nothing may be left, after it, of what has pinned the session before
 * @param readsEarlierResult whether it asks for what an earlier statement of the session left, such as the last key
 * @param settings the settings that it may change, by the names that the database knows them by, or {@link #SCHEMA},
 *     {@link #CATALOG}, {@link #LOCAL_PATH}, {@link #LOCAL_READING} or {@link #ALL}
 * @param functions names that it calls the database's own functions by, in lower case and without a schema: where somebody has
 *     made a function of that name, the call may be one of that
 * @param unknown likewise, where nothing else pins for good, names that it calls functions by of which nothing is known here
 * @param known what it does where all of these are the database's own and leave nothing behind; null where there are none
 */
public record SessionUse(
        @Nullable String pins,
        boolean visible,
        boolean mayEnd,
        boolean readsEarlierResult,
        Set<String> settings,
        Set<String> functions,
        Set<String> unknown,
        @Nullable SessionUse known) {
    /** The schema, as the connection tells it. */
    public static final String SCHEMA = "(schema)";
    /** The catalog, as the connection tells it. */
    public static final String CATALOG = "(catalog)";
    /** PostgreSQL's search path to the end of the transaction, and no longer: what is prepared meanwhile is prepared in it. */
    public static final String LOCAL_PATH = "(local path)";
    /** To the end of the transaction something that PostgreSQL reads literals by, such as the time zone: likewise. */
    public static final String LOCAL_READING = "(local reading)";
    /** The time zone of H2, whose name is two words. */
    public static final String TIME_ZONE = "time zone";
    /** Everything that the session has set. */
    public static final String ALL = "(all)";
    /** Why a text pins that makes a table of the session's own. */
    public static final String TEMPORARY_TABLE = "a temporary table";
    /** Why a text pins that has more than one statement. */
    public static final String SEVERAL_STATEMENTS = "several statements in one text";
    /** What {@code PREVIOUS VALUE FOR} is called among the functions. */
    public static final String PREVIOUS_VALUE = "previous value";
    /** What asks how the last statement has gone is called among the functions: its warnings, how many rows it has changed. */
    public static final String LAST_STATEMENT = "last statement";

    /** A text that leaves nothing behind. */
    public static final SessionUse NONE = new SessionUse(null, false, false, false, Set.of(), Set.of(), Set.of(), null);

    /** Copies the collections. */
    public SessionUse {
        settings = Set.copyOf(settings);
        functions = Set.copyOf(functions);
        unknown = Set.copyOf(unknown);
    }
}
