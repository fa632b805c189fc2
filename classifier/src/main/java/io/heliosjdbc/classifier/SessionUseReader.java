package io.heliosjdbc.classifier;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a text does to its session. What it does not know for certain pins: a statement that is none of those below, a
 * function that is not one of the database's own, a setting that is not on the list. What triggers, views and the database's own
 * functions call in turn cannot be seen in a text. Used once, by one thread.
 */
final class SessionUseReader {
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

    private final Tokens tokens;
    private final StatementScanner statements;
    private final Dialect dialect;
    private final Set<String> settings = new HashSet<>();
    private boolean readsEarlierResult;

    private SessionUseReader(Tokens tokens, StatementScanner statements, Dialect dialect) {
        this.tokens = tokens;
        this.statements = statements;
        this.dialect = dialect;
    }

    static SessionUse read(Tokens tokens, Dialect dialect) {
        StatementScanner statements = new StatementScanner(tokens);
        if (statements.statements().isEmpty()) {
            return SessionUse.NONE;
        }
        if (tokens.unterminated()
                || tokens.readableTwoWays()
                || tokens.sql().contains("/*!")
                || tokens.sql().contains("/*M!")) {
            return SessionUse.pin("a text that can be read in two ways");
        }
        if (dialect == Dialect.POSTGRESQL && mentionsTemporarySchema(tokens)) {
            return SessionUse.pin("a temporary table");
        }
        if (statements.statements().size() > 1) {
            return SessionUse.pin("several statements in one text");
        }
        SessionUseReader reader = new SessionUseReader(tokens, statements, dialect);
        String pins = reader.pins();
        return pins == null && !reader.readsEarlierResult && reader.settings.isEmpty()
                ? SessionUse.NONE
                : new SessionUse(pins, reader.readsEarlierResult, reader.settings);
    }

    /** However it is written: what is created there, and what is found there first, is the session's own. */
    private static boolean mentionsTemporarySchema(Tokens tokens) {
        if (tokens.sql().toLowerCase(Locale.ROOT).contains("pg_temp")) {
            return true;
        }
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.kind(i) == TokenKind.QUOTED_NAME && tokens.sql().charAt(tokens.start(i)) != '"') {
                return true;
            }
        }
        return false;
    }

    private @Nullable String pins() {
        StatementScanner.Range statement = statements.statements().get(0);
        int at = statement.from();
        String verb = tokens.kind(at) == TokenKind.WORD ? tokens.text(at).toLowerCase(Locale.ROOT) : "";
        if (tokens.is(at, '(')) {
            verb = "select";
        }
        return switch (verb) {
            case "select", "with", "insert", "update", "delete", "merge" -> work(at, statement.to());
            case "values" -> dialect == Dialect.OTHER ? unknown(verb) : work(at, statement.to());
            case "replace" -> dialect == Dialect.MARIADB ? work(at, statement.to()) : unknown(verb);
            default -> dialect == Dialect.OTHER ? unknown(verb) : special(verb, at, statement.to());
        };
    }

    private static String unknown(String verb) {
        return verb.isEmpty() ? "a statement that is not known" : verb.toUpperCase(Locale.ROOT);
    }

    /** A query or a change: nothing but its functions can leave anything behind. */
    private @Nullable String work(int from, int to) {
        boolean reads = !tokens.is(from, Keyword.INSERT) && !tokens.is(from, Keyword.MERGE);
        for (int i = from; i < to; i++) {
            if (tokens.kind(i) == TokenKind.VARIABLE) {
                if (!KnownFunctions.readsEarlierResult(tokens.text(i).toLowerCase(Locale.ROOT))) {
                    return "a user variable";
                }
                readsEarlierResult = true;
            }
            if (tokens.is(i, '{')) {
                return "an escape";
            }
            if (!tokens.isName(i)) {
                continue;
            }
            String name = tokens.name(i).toLowerCase(Locale.ROOT);
            if (name.equals("sql_calc_found_rows")) {
                return "SQL_CALC_FOUND_ROWS";
            }
            if (reads && tokens.is(i, Keyword.INTO) && !tokens.is(i - 1, Keyword.INSERT) && !merges(i)) {
                return "SELECT INTO";
            }
            String pins = function(i, name);
            if (pins != null) {
                return pins;
            }
        }
        return null;
    }

    private boolean merges(int into) {
        return tokens.is(into - 1, Keyword.MERGE) || tokens.is(into - 1, Keyword.REPLACE);
    }

    private @Nullable String function(int i, String name) {
        if (KnownFunctions.readsEarlierResult(name)
                && (tokens.is(i + 1, '(') || (dialect != Dialect.POSTGRESQL && tokens.is(i - 1, '.')))) {
            readsEarlierResult = true;
            return null;
        }
        if ((name.equals("current") || name.equals("previous") || name.equals("prevval"))
                && tokens.textIs(i + 1, "value")) {
            readsEarlierResult = true;
            return null;
        }
        if (!tokens.is(i + 1, '(') || KnownFunctions.mayStandBeforeParenthesis(tokens, i)) {
            return null;
        }
        if (dialect == Dialect.POSTGRESQL && name.equals("set_config") && tokens.kind(i + 2) == TokenKind.STRING) {
            return setting(tokens.unquoted(i + 2).toLowerCase(Locale.ROOT));
        }
        return "the function " + name;
    }

    private @Nullable String special(String verb, int at, int to) {
        if (statements.effect() != TransactionEffect.NONE) {
            // Only of PostgreSQL can it be seen afterwards whether a transaction is open.
            return dialect == Dialect.POSTGRESQL ? null : verb.toUpperCase(Locale.ROOT) + " as a text";
        }
        return switch (verb) {
            case "create" -> create(at, to);
            case "drop", "truncate", "comment", "grant", "revoke", "analyze", "savepoint", "release", "rollback" ->
                null;
            case "alter" -> alter(at);
            case "explain" -> work(at, to);
            case "show" -> {
                readsEarlierResult = tokens.textIs(at + 1, "warnings")
                        || tokens.textIs(at + 1, "errors")
                        || tokens.textIs(at + 1, "count");
                yield null;
            }
            case "use" -> dialect == Dialect.MARIADB ? setting(SessionUse.CATALOG) : unknown(verb);
            case "set" -> set(at + 1);
            case "notify", "vacuum", "reindex", "refresh", "fetch", "move", "close", "lock", "checkpoint", "cluster" ->
                dialect == Dialect.POSTGRESQL ? null : unknown(verb);
            case "table" -> dialect == Dialect.POSTGRESQL ? null : unknown(verb);
            case "declare" -> dialect == Dialect.POSTGRESQL ? declare(at, to) : unknown(verb);
            case "reset" -> dialect == Dialect.POSTGRESQL ? reset(at + 1, to) : unknown(verb);
            default -> unknown(verb);
        };
    }

    private @Nullable String create(int at, int to) {
        for (int i = at + 1; i < to && i < at + 6; i++) {
            if (tokens.textIs(i, "temp") || tokens.textIs(i, "temporary") || tokens.textIs(i, "pg_temp")) {
                return "a temporary table";
            }
        }
        for (int i = at; i < to; i++) {
            if (tokens.is(i, Keyword.SELECT)) {
                return work(i, to);
            }
        }
        return null;
    }

    private @Nullable String alter(int at) {
        String what = tokens.isName(at + 1) ? tokens.name(at + 1) : "";
        return switch (what) {
            case "table", "index", "sequence", "view", "materialized", "schema", "type", "domain", "function" -> null;
            default -> "ALTER " + what.toUpperCase(Locale.ROOT);
        };
    }

    private @Nullable String declare(int at, int to) {
        for (int i = at; i < to; i++) {
            if (tokens.textIs(i, "hold") && tokens.is(i - 1, Keyword.WITH)) {
                return "a cursor WITH HOLD";
            }
        }
        return work(at, to);
    }

    private @Nullable String set(int at) {
        if (dialect == Dialect.H2) {
            return tokens.textIs(at, "schema") ? setting(SessionUse.SCHEMA) : "SET";
        }
        if (dialect != Dialect.POSTGRESQL) {
            return "SET";
        }
        int name = at;
        if (tokens.is(at, Keyword.LOCAL)) {
            return null;
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

    private @Nullable String reset(int at, int to) {
        if (tokens.is(at, Keyword.TIME) && tokens.textIs(at + 1, "zone")) {
            return setting("timezone");
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

    /** Somebody's own settings have a dot in their name. */
    private @Nullable String setting(String name) {
        boolean known =
                name.startsWith("(") || SETTINGS.contains(name) || name.matches("[a-z_][a-z0-9_]*\\.[a-z0-9_.]+");
        if (!known) {
            return "the setting " + name;
        }
        settings.add(name);
        return null;
    }
}
