package io.heliosjdbc.classifier.reading;

import io.heliosjdbc.classifier.tokens.Keyword;
import io.heliosjdbc.classifier.tokens.TokenKind;
import io.heliosjdbc.classifier.tokens.Tokens;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which session variables of MariaDB or MySQL a SET assigns. Those on the list can be read, and set again to what was read, in any order;
 * a text that assigns anything else, or what is no plain value, pins. Used for one text, by one thread.
 */
final class VariableUse {
    /**
     * Not here: what belongs to a transaction or ends one ({@code completion_type}), what the next statement uses up ({@code insert_id},
     * {@code timestamp}), what sets another one as well ({@code max_join_size}), what changes how texts are to be read ({@code old_mode},
     * {@code sql_auto_is_null}), and what drivers set and remember themselves ({@code sql_select_limit}, {@code auto_increment_increment}).
     */
    private static final Set<String> VARIABLES = Set.of(
            "bulk_insert_buffer_size",
            "check_constraint_checks",
            "cte_max_recursion_depth",
            "default_storage_engine",
            "default_tmp_storage_engine",
            "default_week_format",
            "div_precision_increment",
            "eq_range_index_dive_limit",
            "explicit_defaults_for_timestamp",
            "foreign_key_checks",
            "group_concat_max_len",
            "idle_readonly_transaction_timeout",
            "idle_transaction_timeout",
            "idle_write_transaction_timeout",
            "innodb_lock_wait_timeout",
            "join_buffer_size",
            "join_cache_level",
            "lc_messages",
            "lc_time_names",
            "lock_wait_timeout",
            "max_execution_time",
            "max_heap_table_size",
            "max_length_for_sort_data",
            "max_recursive_iterations",
            "max_sort_length",
            "max_statement_time",
            "net_read_timeout",
            "net_write_timeout",
            "optimizer_prune_level",
            "optimizer_search_depth",
            "optimizer_switch",
            "optimizer_use_condition_selectivity",
            "read_buffer_size",
            "read_rnd_buffer_size",
            "sort_buffer_size",
            "sql_notes",
            "sql_quote_show_create",
            "sql_safe_updates",
            "time_zone",
            "tmp_table_size",
            "unique_checks",
            "updatable_views_with_limit",
            "use_stat_tables",
            "wait_timeout");

    /** Modes with which a text is still what it looks like: no other quotes or escapes, no other grammar. */
    private static final Set<String> MODES = Set.of(
            "",
            "allow_invalid_dates",
            "error_for_division_by_zero",
            "high_not_precedence",
            "no_auto_create_user",
            "no_auto_value_on_zero",
            "no_engine_substitution",
            "no_unsigned_subtraction",
            "no_zero_date",
            "no_zero_in_date",
            "only_full_group_by",
            "pad_char_to_full_length",
            "pipes_as_concat",
            "real_as_float",
            "simultaneous_assignment",
            "strict_all_tables",
            "strict_trans_tables",
            "time_round_fractional",
            "time_truncate_fractional",
            "traditional");

    /** In others a part of a character may be a backslash, and what drivers send is UTF-8. */
    private static final Set<String> CHARACTER_SETS = Set.of("utf8", "utf8mb3", "utf8mb4");

    private static final String CLIENT = "character_set_client";
    private static final String RESULTS = "character_set_results";
    /** Sets what literals are converted to, as {@code character_set_connection} does. */
    private static final String CONNECTION = "collation_connection";

    private final Tokens tokens;
    private final int to;
    private final Set<String> names = new LinkedHashSet<>();
    private int at;

    /** A reader of what follows the SET. */
    VariableUse(Tokens tokens, int from, int to) {
        this.tokens = tokens;
        this.at = from;
        this.to = to;
    }

    /** Why it pins, or null where it does not: then all that it assigns is noted. */
    @Nullable
    String set(UseNotes notes) {
        do {
            String reason = tokens.textIs(at, "names") && !assigns(at + 1) ? names() : assignment();
            if (reason != null) {
                return reason;
            }
        } while (at < to && tokens.is(at++, ','));
        if (at < to) {
            return "SET";
        }
        names.forEach(notes::sets);
        return null;
    }

    private boolean assigns(int i) {
        return tokens.is(i, '=') || tokens.textIs(i, ":=");
    }

    private @Nullable String names() {
        boolean known = CHARACTER_SETS.contains(value(at + 1));
        at += 2;
        if (tokens.textIs(at, "collate")) {
            known &= value(at + 1) != null;
            at += 2;
        }
        names.add(CLIENT);
        names.add(CONNECTION);
        names.add(RESULTS);
        return known ? null : "SET NAMES";
    }

    private @Nullable String assignment() {
        if (isScope(at) && !assigns(at + 1)) {
            at++;
        }
        String name = name();
        if (name == null || !assigns(at)) {
            return "SET";
        }
        at++;
        if (tokens.is(at, '-') && tokens.kind(at + 1) == TokenKind.NUMBER) {
            at++;
        }
        String value = value(at++);
        if (value == null || !isKnown(name, value)) {
            return "the setting " + name;
        }
        names.add(name.equals("character_set_connection") ? CONNECTION : name);
        return null;
    }

    private boolean isScope(int i) {
        return tokens.is(i, Keyword.SESSION) || tokens.is(i, Keyword.LOCAL);
    }

    /** The variable's, however it is written, which is behind it then; null for what is none of the session's, or another kind. */
    private @Nullable String name() {
        if (tokens.kind(at) == TokenKind.VARIABLE) {
            String name = tokens.text(at++).toLowerCase(Locale.ROOT);
            if (!tokens.is(at, '.')) {
                return name.startsWith("@@") ? name.substring(2) : null;
            }
            at++;
            if (!name.equals("@@session") && !name.equals("@@local")) {
                return null;
            }
        }
        boolean plain = tokens.kind(at) == TokenKind.WORD
                || (tokens.kind(at) == TokenKind.QUOTED_NAME && tokens.sql().charAt(tokens.start(at)) == '`');
        return plain ? tokens.name(at++).toLowerCase(Locale.ROOT) : null;
    }

    private static boolean isKnown(String name, String value) {
        return switch (name) {
            case "sql_mode" -> areKnownModes(value);
            case CLIENT, RESULTS -> CHARACTER_SETS.contains(value);
            case "character_set_connection", CONNECTION -> !value.equals("?");
            default -> VARIABLES.contains(name);
        };
    }

    private static boolean areKnownModes(String value) {
        return value.equals("default")
                || Arrays.stream(value.split(",", -1)).allMatch(mode -> MODES.contains(mode.strip()));
    }

    /** A literal or a word in lower case, without its quotes, {@code ?} for a parameter; null for anything that is more. */
    private @Nullable String value(int i) {
        if (i >= to || !(i + 1 >= to || tokens.is(i + 1, ',') || tokens.textIs(i + 1, "collate"))) {
            return null;
        }
        char first = tokens.sql().charAt(tokens.start(i));
        return switch (tokens.kind(i)) {
            case WORD, NUMBER -> tokens.text(i).toLowerCase(Locale.ROOT);
            case PARAMETER -> first == '?' ? "?" : null;
            case STRING, QUOTED_NAME -> {
                boolean plain =
                        (first == '\'' || first == '"') && tokens.text(i).indexOf('\\') < 0;
                yield plain ? tokens.unquoted(i).toLowerCase(Locale.ROOT) : null;
            }
            default -> null;
        };
    }
}
