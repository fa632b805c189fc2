package io.heliosjdbc.classifier.reading;

import io.heliosjdbc.classifier.statement.Dialect;
import io.heliosjdbc.classifier.statement.SessionUse;
import io.heliosjdbc.classifier.tokens.Keyword;
import io.heliosjdbc.classifier.tokens.Tokens;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which settings a text changes, by SET, RESET or what sets likewise. What is not on the list, or is not set by a plain assignment, pins.
 * Used for one text, by one thread.
 */
final class SettingUse {
    /** Settings of PostgreSQL that can be read, set and reset at any time, and that its driver does not care about. */
    private static final Set<String> SETTINGS = Set.of(
            "application_name",
            "bytea_output",
            "client_min_messages",
            "constraint_exclusion",
            "cursor_tuple_fraction",
            "default_tablespace",
            "effective_cache_size",
            "enable_bitmapscan",
            "enable_hashagg",
            "enable_hashjoin",
            "enable_indexonlyscan",
            "enable_indexscan",
            "enable_material",
            "enable_memoize",
            "enable_mergejoin",
            "enable_nestloop",
            "enable_partitionwise_join",
            "enable_seqscan",
            "enable_sort",
            "extra_float_digits",
            "from_collapse_limit",
            "geqo",
            "hash_mem_multiplier",
            "idle_in_transaction_session_timeout",
            "jit",
            "join_collapse_limit",
            "lock_timeout",
            "maintenance_work_mem",
            "max_parallel_workers_per_gather",
            "plan_cache_mode",
            "random_page_cost",
            "role",
            "row_security",
            "search_path",
            "seq_page_cost",
            "statement_timeout",
            "synchronous_commit",
            "timezone",
            "work_mem");

    /** Somebody's own settings have a dot in their name. */
    private static final Pattern SOMEBODYS_OWN = Pattern.compile("[a-z_][a-z0-9_]*\\.[a-z0-9_.]+");

    private final Tokens tokens;
    private final Dialect dialect;
    private final UseNotes notes;

    SettingUse(Tokens tokens, Dialect dialect, UseNotes notes) {
        this.tokens = tokens;
        this.dialect = dialect;
        this.notes = notes;
    }

    /** Why a SET pins, by what follows it, or null. */
    @Nullable
    String set(int at) {
        if (dialect == Dialect.H2) {
            return tokens.textIs(at, "schema") ? setting(SessionUse.SCHEMA) : "SET";
        }
        if (dialect != Dialect.POSTGRESQL) {
            return "SET";
        }
        int name = at;
        if (tokens.is(at, Keyword.LOCAL)) {
            // What is created then may be the session's own.
            return tokens.sql().indexOf('\\') < 0 ? null : "SET LOCAL";
        }
        if (tokens.is(at, Keyword.SESSION)) {
            name++;
        } else if (tokens.is(at, Keyword.TRANSACTION) || tokens.textIs(at, "constraints")) {
            return null;
        }
        if (tokens.is(name, Keyword.TIME) && tokens.textIs(name + 1, "zone")) {
            return setting("timezone");
        }
        if (tokens.textIs(name, "role")) {
            return setting("role");
        }
        if (tokens.textIs(name, "schema")) {
            return setting("search_path");
        }
        int after = tokens.is(name + 1, '.') ? name + 3 : name + 1;
        boolean assigns = tokens.is(after, '=') || tokens.is(after, Keyword.TO);
        if (assigns) {
            return setting(settingName(name));
        }
        return (name > at ? "SET SESSION " : "SET ") + settingName(name).toUpperCase(Locale.ROOT);
    }

    /** The same of PostgreSQL's RESET. */
    @Nullable
    String reset(int at, int to) {
        if (tokens.is(at, Keyword.TIME) && tokens.textIs(at + 1, "zone")) {
            return setting("timezone");
        }
        if (to == at + 1 && tokens.is(at, Keyword.ALL)) {
            notes.sets(SessionUse.ALL);
            return null;
        }
        boolean alone = to == at + 1 || (to == at + 3 && tokens.is(at + 1, '.'));
        return alone ? setting(settingName(at)) : "RESET";
    }

    private String settingName(int at) {
        if (!tokens.isName(at)) {
            return "";
        }
        String name = tokens.name(at).toLowerCase(Locale.ROOT);
        return tokens.is(at + 1, '.') && tokens.isName(at + 2)
                ? name + "." + tokens.name(at + 2).toLowerCase(Locale.ROOT)
                : name;
    }

    /** Why a change of this setting pins; null where it is known, which is noted then. */
    @Nullable
    String setting(String name) {
        boolean known = name.startsWith("(")
                || SETTINGS.contains(name)
                || SOMEBODYS_OWN.matcher(name).matches();
        if (!known) {
            return "the setting " + name;
        }
        notes.sets(name);
        return null;
    }
}
