package io.heliosjdbc.classifier.reading;

import io.heliosjdbc.classifier.tokens.Keyword;
import io.heliosjdbc.classifier.tokens.TokenKind;
import io.heliosjdbc.classifier.tokens.Tokens;
import io.heliosjdbc.classifier.tokens.Vocabulary;
import java.util.Locale;
import java.util.Set;

/** Functions that databases bring along and that leave nothing behind in a session. Stateless. */
final class KnownFunctions {
    /** They answer with what an earlier statement of the same session has left. */
    private static final Set<String> EARLIER_RESULTS = Set.of(
            "currval",
            "lastval",
            "identity",
            "scope_identity",
            "last_insert_id",
            "found_rows",
            "row_count",
            "identity_val_local",
            "last_insert_rowid",
            "changes",
            "total_changes",
            "@@identity",
            "@@last_insert_id",
            "@@rowcount",
            "@@error_count",
            "@@warning_count");

    /** Besides {@link PlannableReader#FUNCTIONS}: what may answer differently each time, but keeps nothing. */
    private static final Set<String> MORE = Set.of(
            "age",
            "array_agg",
            "array_append",
            "array_length",
            "array_position",
            "array_to_string",
            "ascii",
            "bool_and",
            "bool_or",
            "cardinality",
            "chr",
            "clock_timestamp",
            "connection_id",
            "current_database",
            "current_schema",
            "current_schemas",
            "current_setting",
            "current_user",
            "database",
            "dateadd",
            "dayofmonth",
            "dayofweek",
            "decode",
            "encode",
            "format",
            "gen_random_uuid",
            "generate_series",
            "group_concat",
            "has_table_privilege",
            "initcap",
            "json_agg",
            "json_array_elements",
            "json_build_object",
            "json_extract",
            "jsonb_agg",
            "jsonb_array_elements",
            "jsonb_build_object",
            "jsonb_set",
            "jsonb_typeof",
            "left",
            "listagg",
            "ln",
            "log",
            "make_date",
            "make_interval",
            "md5",
            "nextval",
            "pg_advisory_xact_lock",
            "pg_advisory_xact_lock_shared",
            "pg_backend_pid",
            "pg_cancel_backend",
            "pg_get_constraintdef",
            "pg_get_expr",
            "pg_get_indexdef",
            "pg_get_viewdef",
            "pg_is_in_recovery",
            "pg_sleep",
            "pg_table_is_visible",
            "pg_table_size",
            "pg_terminate_backend",
            "pg_total_relation_size",
            "pg_try_advisory_xact_lock",
            "pg_typeof",
            "quote_ident",
            "quote_literal",
            "quote_nullable",
            "rand",
            "random",
            "random_uuid",
            "regexp_like",
            "regexp_match",
            "regexp_matches",
            "regexp_replace",
            "regexp_split_to_table",
            "repeat",
            "replace",
            "right",
            "row_to_json",
            "session_id",
            "session_user",
            "sleep",
            "space",
            "starts_with",
            "statement_timestamp",
            "string_agg",
            "string_to_array",
            "system_range",
            "timeofday",
            "to_json",
            "to_jsonb",
            "to_number",
            "to_regclass",
            "to_tsquery",
            "to_tsvector",
            "transaction_timestamp",
            "translate",
            "unnest",
            "user",
            "uuid",
            "version",
            "week");

    /** What they leave behind in the session the server tells. */
    private static final Set<String> LOCKS = Set.of(
            "pg_advisory_lock",
            "pg_advisory_lock_shared",
            "pg_try_advisory_lock",
            "pg_try_advisory_lock_shared",
            "pg_advisory_unlock",
            "pg_advisory_unlock_all",
            "pg_advisory_unlock_shared");

    private static final Set<String> TYPES = Set.of(
            "bigint",
            "binary",
            "bit",
            "blob",
            "character",
            "clob",
            "float",
            "int",
            "integer",
            "text",
            "varbinary",
            "varying");

    /** What says something of a session's use without parentheses too. */
    private static final Vocabulary BARE =
            new Vocabulary("sql_calc_found_rows current previous prevval " + String.join(" ", EARLIER_RESULTS));

    private KnownFunctions() {}

    /** Whether a token can be more than a column, a table or a word of the language: most names need not be made a string. */
    static boolean maySayMore(Tokens tokens, int i) {
        return tokens.kind(i) == TokenKind.WORD
                ? tokens.is(i + 1, '(') || BARE.has(tokens.hash(i))
                : tokens.kind(i) == TokenKind.QUOTED_NAME;
    }

    static boolean readsEarlierResult(String name) {
        return EARLIER_RESULTS.contains(name);
    }

    /** Whether it is asked for behind a sequence's name without parentheses; what else is called so there is a column. */
    static boolean isPseudocolumn(String name) {
        return name.equals("currval");
    }

    /** Whether it takes or gives back a lock of the session. */
    static boolean locks(String name) {
        return LOCKS.contains(name);
    }

    /** Whether nobody's schema stands before the name: it is one of the database's own functions, or shares its name. */
    static boolean isUnqualified(Tokens tokens, int i) {
        return tokens.kind(i) == TokenKind.WORD && (!tokens.is(i - 1, '.') || isOfCatalog(tokens, i));
    }

    private static boolean isOfCatalog(Tokens tokens, int i) {
        return tokens.is(i - 1, '.') && tokens.textIs(i - 2, "pg_catalog") && !tokens.is(i - 3, '.');
    }

    /** Whether an unquoted name before a parenthesis may be that of a function that somebody has made. */
    static boolean mayBeSomebodysOwn(Tokens tokens, int i) {
        if (isOfCatalog(tokens, i) || tokens.is(i - 1, Keyword.INTO) || tokens.is(i - 1, Keyword.AS)) {
            return false;
        }
        return switch (tokens.keyword(i)) {
            case ALL,
                    AND,
                    ANY,
                    ARRAY,
                    AS,
                    BETWEEN,
                    CASE,
                    CAST,
                    DISTINCT,
                    ELSE,
                    EXCEPT,
                    EXISTS,
                    FETCH,
                    FOR,
                    FROM,
                    GROUP,
                    HAVING,
                    IN,
                    INTERSECT,
                    INTERVAL,
                    LATERAL,
                    LIMIT,
                    NOT,
                    OFFSET,
                    ON,
                    ONLY,
                    OR,
                    RETURNING,
                    ROW,
                    SELECT,
                    TABLE,
                    THEN,
                    TIME,
                    TIMESTAMP,
                    TO,
                    UNION,
                    USING,
                    VALUES,
                    WHEN,
                    WHERE,
                    WITH -> false;
            default -> true;
        };
    }

    /** Whether the name before a parenthesis is a word of the language, a list's table, or a function that leaves nothing behind. */
    static boolean mayStandBeforeParenthesis(Tokens tokens, int i) {
        int first = i;
        while (tokens.is(first - 1, '.')) {
            first -= 2;
        }
        if (tokens.is(first - 1, Keyword.INTO) || tokens.is(first - 1, Keyword.AS)) {
            return true;
        }
        if ((first < i && !isOfCatalog(tokens, i)) || tokens.kind(i) != TokenKind.WORD) {
            return false;
        }
        String name = tokens.text(i).toLowerCase(Locale.ROOT);
        return PlannableReader.isSyntax(tokens.keyword(i))
                || isMoreSyntax(tokens.keyword(i))
                || PlannableReader.FUNCTIONS.contains(name)
                || MORE.contains(name)
                || TYPES.contains(name)
                || Verbs.isAggregate(tokens, i);
    }

    private static boolean isMoreSyntax(Keyword keyword) {
        return switch (keyword) {
            case TABLE, KEY, INTERVAL, WITH, EXPLAIN, UPDATE, ONLY, FOR, IS, OF, TO -> true;
            default -> false;
        };
    }
}
