package io.heliosjdbc.classifier.statement;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a text may have to do with what a session remembers of its last statements: the last key, or how many rows there were. By its
 * words alone, and rather too often than too seldom: a table may be called {@code updates}. Immutable.
 *
 * @param queries whether it reads and changes nothing
 * @param changes whether it may leave a key, if only by a trigger
 * @param makesKeys whether it is of a kind that makes keys
 * @param countsRows whether it asks how many rows there were
 * @param changesRows whether it is certainly one that changes rows of a table, or tries to: nothing that the session has to say of the
 *     statements before it outlives it
 */
public record LastResult(boolean queries, boolean changes, boolean makesKeys, boolean countsRows, boolean changesRows) {
    /** Of a text that has nothing to do with it. */
    public static final LastResult NONE = new LastResult(false, false, false, false, false);

    private static final Set<String> CHANGES_ROWS = Set.of("INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE");

    /** What may stand between two words, as a pattern: a space or a comment. */
    public static final String GAP = "(?>\\s|/\\*.*?\\*/|--[^\\n]*\\n)";

    /** {@code LAST_INSERT_ID(7)} says what the last key is; without an argument it only asks for it. */
    private static final Pattern MAKES_KEYS = Pattern.compile(
            "insert(?<!last_insert)|merge|replace|nextval|setval|next" + GAP + "++value|last_insert_id" + GAP + "*+\\("
                    + GAP + "*+[^)\\s]",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern CHANGES = Pattern.compile("update|delete", Pattern.CASE_INSENSITIVE);

    private static final Pattern COUNTS_ROWS = Pattern.compile("found_rows", Pattern.CASE_INSENSITIVE);

    /**
     * Of a text with these features.
     *
     * @param words its template, or the text itself where the template may leave out more than literals
     */
    public static LastResult of(String words, Features features) {
        boolean makesKeys = MAKES_KEYS.matcher(words).find();
        return new LastResult(
                Boolean.TRUE.equals(features.value(Feature.SELECT_ONLY)),
                makesKeys || CHANGES.matcher(words).find(),
                makesKeys,
                COUNTS_ROWS.matcher(words).find(),
                features.value(Feature.QUERY_TYPE) instanceof String type && CHANGES_ROWS.contains(type));
    }

    /** Of this text or another one: what holds of either. */
    public LastResult or(LastResult other) {
        return new LastResult(
                queries || other.queries,
                changes || other.changes,
                makesKeys || other.makesKeys,
                countsRows || other.countsRows,
                changesRows && other.changesRows);
    }
}
