package io.heliosjdbc.classifier.reading;

import io.heliosjdbc.classifier.statement.Dialect;
import io.heliosjdbc.classifier.statement.SessionUse;
import io.heliosjdbc.classifier.tokens.Keyword;
import io.heliosjdbc.classifier.tokens.TokenKind;
import io.heliosjdbc.classifier.tokens.Tokens;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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

    /**
     * Settings of PostgreSQL that its driver depends on, and the values with which nothing is other than before: the driver has the server
     * begin with the encoding and the style of dates, and gives a connection up that has others.
     */
    private static final Map<String, Set<String>> DRIVERS = Map.of(
            "client_encoding", Set.of("utf8", "utf-8", "unicode"),
            "datestyle", Set.of("iso"),
            "standard_conforming_strings", Set.of("on", "true", "yes", "1"));

    /** Settings of an H2 session that can be read and set at any time. */
    private static final Set<String> OF_H2 = Set.of("lock_timeout", "variable_binary");

    /** By it PostgreSQL reads what is said without an offset; of the settings above the only one that literals are read by. */
    private static final String ZONE = "timezone";

    /** What its setting does to the session no end of a transaction undoes. */
    private static final String SEED = "seed";

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
    String set(int at, int to) {
        return switch (dialect) {
            case POSTGRESQL -> postgres(at, to);
            case MARIADB -> new VariableUse(tokens, at, to).set(notes);
            case H2 -> h2(at, to);
            case OTHER -> "SET";
        };
    }

    /** H2's settings are the database's, but for a few: of these not those that cannot be taken back, or that its driver remembers. */
    private @Nullable String h2(int at, int to) {
        if (tokens.textIs(at, "schema")) {
            return setting(SessionUse.SCHEMA);
        }
        boolean zone = tokens.is(at, Keyword.TIME) && tokens.textIs(at + 1, "zone");
        int value = at + (zone ? 2 : 1);
        if (!zone && (tokens.is(value, '=') || tokens.is(value, Keyword.TO))) {
            value++;
        }
        boolean plain = value + 1 == to && (tokens.isValue(value) || tokens.kind(value) == TokenKind.WORD);
        if (plain && zone) {
            notes.sets(SessionUse.TIME_ZONE);
            return null;
        }
        for (String name : OF_H2) {
            if (plain && tokens.textIs(at, name)) {
                notes.sets(name);
                return null;
            }
        }
        return "SET";
    }

    /**
     * It ends with the transaction; but what is prepared in it was read by its time zone, its style of dates, its search path, and stays. So does
     * what is created where a search path in words of its own leads to the session's own schema, which is asked for where that is noted.
     */
    private @Nullable String local(int name, int to) {
        if (tokens.is(name, Keyword.TRANSACTION)) {
            return null;
        }
        if (tokens.kind(name) == TokenKind.QUOTED_NAME && first(name) != '"') {
            return "SET LOCAL";
        }
        String set = settingName(name);
        if (tokens.textIs(name, "schema") || set.equals("search_path")) {
            notes.sets(SessionUse.LOCAL_PATH);
            return arePlain(name + 1, to) ? null : setting("search_path");
        }
        if (set.equals(SEED)) {
            return "the setting " + SEED;
        }
        boolean leavesReading = (SETTINGS.contains(set) && !set.equals(ZONE))
                || SOMEBODYS_OWN.matcher(set).matches();
        if (!leavesReading) {
            notes.sets(SessionUse.LOCAL_READING);
        }
        return null;
    }

    /** Whether what follows a setting's name is names and literals with commas between them, which say what they mean. */
    private boolean arePlain(int behind, int to) {
        int at = tokens.is(behind, '=') || tokens.is(behind, Keyword.TO) ? behind + 1 : behind;
        while (at < to) {
            boolean plain = tokens.kind(at) == TokenKind.WORD
                    || (tokens.kind(at) == TokenKind.QUOTED_NAME && first(at) == '"')
                    || (tokens.kind(at) == TokenKind.STRING
                            && first(at) == '\''
                            && tokens.text(at).indexOf('\\') < 0);
            if (!plain || (at + 1 < to && !tokens.is(at + 1, ','))) {
                return false;
            }
            at += 2;
        }
        return true;
    }

    private char first(int i) {
        return tokens.sql().charAt(tokens.start(i));
    }

    private @Nullable String postgres(int at, int to) {
        int name = at;
        if (tokens.is(at, Keyword.LOCAL)) {
            return local(at + 1, to);
        }
        if (tokens.is(at, Keyword.SESSION)) {
            name++;
        } else if (tokens.is(at, Keyword.TRANSACTION) || tokens.textIs(at, "constraints")) {
            return null;
        }
        if (tokens.is(name, Keyword.TIME) && tokens.textIs(name + 1, "zone")) {
            return setting(ZONE);
        }
        if (tokens.textIs(name, "role")) {
            return setting("role");
        }
        if (tokens.textIs(name, "schema")) {
            return setting("search_path");
        }
        if (tokens.textIs(name, "names")) {
            return drivers("client_encoding", name + 1, to);
        }
        int after = tokens.is(name + 1, '.') ? name + 3 : name + 1;
        boolean assigns = tokens.is(after, '=') || tokens.is(after, Keyword.TO);
        if (assigns) {
            String set = settingName(name);
            return DRIVERS.containsKey(set) ? drivers(set, after + 1, to) : setting(set);
        }
        return (name > at ? "SET SESSION " : "SET ") + settingName(name).toUpperCase(Locale.ROOT);
    }

    /** A setting that the driver depends on: only to what it has in any case. */
    private @Nullable String drivers(String name, int value, int to) {
        boolean literal = value + 1 == to && (tokens.kind(value) == TokenKind.STRING || tokens.isName(value));
        if (!literal
                || !Objects.requireNonNull(DRIVERS.get(name))
                        .contains(tokens.unquoted(value).toLowerCase(Locale.ROOT))) {
            return "the setting " + name;
        }
        notes.sets(name);
        return null;
    }

    /** The same of PostgreSQL's RESET. */
    @Nullable
    String reset(int at, int to) {
        if (tokens.is(at, Keyword.TIME) && tokens.textIs(at + 1, "zone")) {
            return setting(ZONE);
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
