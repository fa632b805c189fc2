package io.heliosjdbc.classifier.reading;

import io.heliosjdbc.classifier.statement.Dialect;
import io.heliosjdbc.classifier.statement.SessionUse;
import io.heliosjdbc.classifier.statement.TransactionEffect;
import io.heliosjdbc.classifier.tokens.Keyword;
import io.heliosjdbc.classifier.tokens.TokenKind;
import io.heliosjdbc.classifier.tokens.Tokens;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a text does to its session. What it does not know for certain pins: a statement that is none of those below, a
 * function that is not one of the database's own, a setting that is not on the list. What triggers, views and the database's own
 * functions call in turn cannot be seen in a text. Used once, by one thread.
 */
public final class SessionUseReader {
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

    /** Words before parentheses where tables and indexes are defined. */
    private static final Set<String> DEFINITIONS = Set.of(
            "check",
            "hash",
            "identity",
            "include",
            "inherits",
            "key",
            "list",
            "options",
            "range",
            "reset",
            "set",
            "unique");

    /** As in {@code CREATE OR REPLACE DEFINER = a @ b AGGREGATE FUNCTION}. */
    private static final int LONGEST_ADJECTIVES = 10;

    private static final String TEMPORARY_SCHEMA = "pg_temp";

    private final Tokens tokens;
    private final StatementScanner statements;
    private final Dialect dialect;
    private final Set<String> settings = new HashSet<>();
    private final Set<String> functions = new HashSet<>();
    /** What only PostgreSQL's server knows, in order of mention. */
    private final Set<String> unknown = new LinkedHashSet<>();

    private boolean readsEarlierResult;
    /** What pins of which the server tells when nothing is left; what else pins counts for more. */
    private @Nullable String visible;

    private boolean mayEnd;

    private SessionUseReader(Tokens tokens, StatementScanner statements, Dialect dialect) {
        this.tokens = tokens;
        this.statements = statements;
        this.dialect = dialect;
    }

    public static SessionUse read(Tokens tokens, Dialect dialect) {
        StatementScanner statements = new StatementScanner(tokens);
        boolean isExecuted = tokens.hasVersionedComment();
        if (statements.statements().isEmpty() && !isExecuted) {
            return SessionUse.NONE;
        }
        SessionUseReader reader = new SessionUseReader(tokens, statements, dialect);
        if (tokens.unterminated()
                || tokens.readableTwoWays()
                || isExecuted
                || (tokens.hasDoubleMinus() && dialect == Dialect.MARIADB)
                || hasCommentOfItsOwn(tokens, dialect)) {
            reader.readsAnyWay();
            return reader.pinned("a text that can be read in two ways");
        }
        return statements.statements().size() > 1 ? reader.pinned(SessionUse.SEVERAL_STATEMENTS) : reader.use();
    }

    /** Whether something begins a comment there that is an operator elsewhere. */
    private static boolean hasCommentOfItsOwn(Tokens tokens, Dialect dialect) {
        return switch (dialect) {
            case MARIADB -> hasOperatorWith(tokens, "#");
            case H2 -> hasOperatorWith(tokens, "//");
            default -> false;
        };
    }

    private static boolean hasOperatorWith(Tokens tokens, String part) {
        if (!tokens.sql().contains(part)) {
            return false;
        }
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.kind(i) == TokenKind.OPERATOR && tokens.text(i).contains(part)) {
                return true;
            }
        }
        return false;
    }

    /** What it asks for, whatever its words are. */
    private void readsAnyWay() {
        readsEarlierResult = !definesRoutine() && KnownFunctions.mayReadEarlierResult(tokens.sql());
        if (readsEarlierResult && KnownFunctions.mayNameSequence(tokens.sql())) {
            functions.add(SessionUse.PREVIOUS_VALUE);
        }
    }

    /** What stands in it is for those who call it. */
    private boolean definesRoutine() {
        if (!tokens.is(0, Keyword.CREATE)) {
            return false;
        }
        for (int i = 1; i < LONGEST_ADJECTIVES; i++) {
            boolean routine = tokens.is(i, Keyword.FUNCTION)
                    || tokens.is(i, Keyword.PROCEDURE)
                    || tokens.is(i, Keyword.TRIGGER)
                    || tokens.is(i, Keyword.PACKAGE)
                    || tokens.textIs(i, "event");
            if (routine || tokens.is(i, Keyword.TABLE)) {
                return routine;
            }
        }
        return false;
    }

    /** For that reason, wherever the reading has stopped: what it asks for counts all the same. */
    private SessionUse pinned(String reason) {
        for (int i = definesRoutine() ? tokens.size() : 0; i < tokens.size(); i++) {
            if (tokens.kind(i) == TokenKind.VARIABLE) {
                boolean unused = isEarlierResult(variable(i));
            } else if (KnownFunctions.maySayMore(tokens, i)) {
                boolean unused = readsEarlierResult(i, tokens.name(i).toLowerCase(Locale.ROOT));
            }
        }
        return new SessionUse(reason, false, mayEnd, readsEarlierResult, settings, functions, Set.of(), null);
    }

    private SessionUse use() {
        if (dialect == Dialect.POSTGRESQL && mentionsTemporarySchema(tokens)) {
            visible = "a temporary table";
        }
        StatementScanner.Range statement = statements.statements().get(0);
        String pins = pins(statement.from(), statement.to());
        if (pins != null) {
            return pinned(pins);
        }
        SessionUse use = new SessionUse(
                visible, visible != null, mayEnd, readsEarlierResult, settings, functions, Set.of(), null);
        if (unknown.isEmpty()) {
            return use.equals(SessionUse.NONE) ? SessionUse.NONE : use;
        }
        String reason = "the function " + unknown.iterator().next();
        return new SessionUse(reason, false, mayEnd, readsEarlierResult, settings, functions, unknown, use);
    }

    /** However it is written: what is created there, and what is found there first, is the session's own. */
    private static boolean mentionsTemporarySchema(Tokens tokens) {
        String sql = tokens.sql();
        int underscore = TEMPORARY_SCHEMA.indexOf('_');
        for (int at = sql.indexOf('_'); at >= 0; at = sql.indexOf('_', at + 1)) {
            if (sql.regionMatches(true, at - underscore, TEMPORARY_SCHEMA, 0, TEMPORARY_SCHEMA.length())) {
                return true;
            }
        }
        for (int i = 0; i < tokens.size(); i++) {
            boolean quoted = tokens.kind(i) == TokenKind.QUOTED_NAME && !isBracketed(tokens, i);
            if (quoted && tokens.sql().charAt(tokens.start(i)) != '"') {
                return true;
            }
        }
        return false;
    }

    private static boolean isBracketed(Tokens tokens, int i) {
        return tokens.kind(i) == TokenKind.QUOTED_NAME && tokens.sql().charAt(tokens.start(i)) == '[';
    }

    /** What pins for good, or null; of a statement, or of one within another. */
    private @Nullable String pins(int at, int to) {
        String verb = tokens.kind(at) == TokenKind.WORD ? tokens.text(at).toLowerCase(Locale.ROOT) : "";
        if (tokens.is(at, '(')) {
            verb = "select";
        }
        return switch (verb) {
            case "select", "with", "insert", "update", "delete", "merge", "values" -> work(at, to);
            case "replace" -> dialect == Dialect.MARIADB ? work(at, to) : unknown(verb);
            default -> dialect == Dialect.OTHER ? unknown(verb) : special(verb, at, to);
        };
    }

    private static String unknown(String verb) {
        return verb.isEmpty() ? "a statement that is not known" : verb.toUpperCase(Locale.ROOT);
    }

    /** A query or a change: nothing but its functions can leave anything behind. */
    private @Nullable String work(int from, int to) {
        boolean reads = !tokens.is(from, Keyword.INSERT) && !tokens.is(from, Keyword.MERGE);
        for (int i = from; i < to; i++) {
            String pins = switch (tokens.kind(i)) {
                case WORD -> word(from, i, to, reads);
                case QUOTED_NAME -> name(i);
                case VARIABLE, OPERATOR -> isUserVariable(i) ? "a user variable" : null;
                case PUNCTUATION -> tokens.is(i, '{') && !isValueEscape(i) ? "an escape" : null;
                case OPTIMIZER_HINT -> Verbs.isHiddenCall(tokens, i) ? "a comment before parentheses" : null;
                case STRING, NUMBER, PARAMETER, END -> null;
            };
            if (pins != null) {
                return pins;
            }
        }
        return null;
    }

    private @Nullable String word(int from, int i, int to, boolean reads) {
        if (dialect == Dialect.OTHER && beginsAnother(from, i)) {
            return SessionUse.SEVERAL_STATEMENTS;
        }
        if (reads && tokens.is(i, Keyword.INTO) && !tokens.is(i - 1, Keyword.INSERT) && !merges(i)) {
            return "SELECT INTO";
        }
        if (dialect == Dialect.POSTGRESQL && tokens.is(i, Keyword.UPDATE) && isOfSettings(i, to)) {
            return "an update of pg_settings";
        }
        return KnownFunctions.maySayMore(tokens, i) ? name(i) : null;
    }

    /** A rule of PostgreSQL's own makes {@code SET} of it. */
    private boolean isOfSettings(int update, int to) {
        for (int i = update + 1; i < to && i < update + 6; i++) {
            if (tokens.isName(i) && tokens.name(i).equals("pg_settings")) {
                return true;
            }
        }
        return false;
    }

    /** SQL Server has no need of a semicolon between two statements. */
    private boolean beginsAnother(int from, int i) {
        boolean begins = switch (tokens.keyword(i)) {
            case EXEC, EXECUTE, DECLARE, CREATE, ALTER, BEGIN -> true;
            // As in Db2's USE AND KEEP UPDATE LOCKS.
            case USE -> !tokens.is(i + 1, Keyword.AND);
            case SET -> !isOfUpdate(from, i);
            default -> false;
        };
        return begins && i > from && !tokens.is(i - 1, '.') && !tokens.is(i - 1, '(') && !tokens.is(i - 1, ',');
    }

    /** Whether an UPDATE stands before it, with no other SET between them. */
    private boolean isOfUpdate(int from, int set) {
        for (int i = set - 1; i >= from && !tokens.is(i, Keyword.SET); i--) {
            if (tokens.is(i, Keyword.UPDATE) && !tokens.is(i - 1, Keyword.FOR)) {
                return true;
            }
        }
        return false;
    }

    /** However its name is written: in quotes, behind a space, of digits. */
    private boolean isUserVariable(int i) {
        return switch (tokens.kind(i)) {
            case VARIABLE -> {
                String name = variable(i);
                yield !isEarlierResult(name) && !(dialect == Dialect.MARIADB && name.startsWith("@@"));
            }
            case OPERATOR ->
                switch (dialect) {
                    case MARIADB, H2 ->
                        tokens.symbol(i) == '@'
                                || (tokens.symbol(i) == 0 && tokens.text(i).indexOf('@') >= 0);
                    case OTHER -> tokens.is(i, '@');
                    case POSTGRESQL -> false;
                };
            default -> false;
        };
    }

    /** What it is called, whatever its scope. */
    private String variable(int i) {
        boolean scoped = dialect == Dialect.MARIADB && tokens.is(i + 1, '.') && tokens.isName(i + 2);
        return (scoped ? "@@" + tokens.name(i + 2) : tokens.text(i)).toLowerCase(Locale.ROOT);
    }

    private boolean isEarlierResult(String variable) {
        boolean is = KnownFunctions.readsEarlierResult(variable, dialect);
        readsEarlierResult |= is;
        return is;
    }

    /** {@code {ts '..'}} and the like: the driver makes a literal of it. */
    private boolean isValueEscape(int brace) {
        boolean known = tokens.textIs(brace + 1, "d")
                || tokens.textIs(brace + 1, "t")
                || tokens.textIs(brace + 1, "ts")
                || tokens.textIs(brace + 1, "escape");
        return known && tokens.kind(brace + 2) == TokenKind.STRING && tokens.is(brace + 3, '}');
    }

    private boolean merges(int into) {
        return tokens.is(into - 1, Keyword.MERGE) || tokens.is(into - 1, Keyword.REPLACE);
    }

    private @Nullable String name(int i) {
        String name = tokens.name(i).toLowerCase(Locale.ROOT);
        return name.equals("sql_calc_found_rows") ? "SQL_CALC_FOUND_ROWS" : function(i, name);
    }

    private boolean readsEarlierResult(int i, String name) {
        boolean postgres = dialect == Dialect.POSTGRESQL;
        if (KnownFunctions.readsEarlierResult(name, dialect)
                && (tokens.is(i + 1, '(')
                        ? asks(i, name) && (!postgres || KnownFunctions.isUnqualified(tokens, i))
                        : !postgres && KnownFunctions.isPseudocolumn(name) && tokens.is(i - 1, '.'))) {
            readsEarlierResult |= !setsKey(i, name);
            functions.add(name);
            return true;
        }
        if ((name.equals("current") || name.equals("previous") || name.equals("prevval"))
                && tokens.textIs(i + 1, "value")) {
            readsEarlierResult = true;
            functions.add(SessionUse.PREVIOUS_VALUE);
            return true;
        }
        return false;
    }

    /** {@code IDENTITY (1, 1)} is a column's, and what has columns in parentheses is a table. */
    private boolean asks(int i, String name) {
        return KnownFunctions.takesArguments(name) || tokens.is(i + 2, ')');
    }

    private @Nullable String function(int i, String name) {
        boolean postgres = dialect == Dialect.POSTGRESQL;
        if (isBracketed(tokens, i) && mayHideCall(i)) {
            return "a name in brackets";
        }
        if (readsEarlierResult(i, name)) {
            return null;
        }
        if (!tokens.is(i + 1, '(')) {
            return null;
        }
        if (KnownFunctions.mayStandBeforeParenthesis(tokens, i, dialect)) {
            if (KnownFunctions.mayBeSomebodysOwn(tokens, i)) {
                functions.add(name);
            }
            return null;
        }
        String reason = "the function " + name;
        if (!postgres || !KnownFunctions.isUnqualified(tokens, i)) {
            return reason;
        }
        if (name.equals("set_config") && isPlain(i + 2) && tokens.is(i + 3, ',')) {
            functions.add(name);
            return setting(tokens.unquoted(i + 2).toLowerCase(Locale.ROOT));
        }
        if (KnownFunctions.locks(name)) {
            functions.add(name);
            visible = reason;
            mayEnd |= name.contains("unlock");
            return null;
        }
        unknown.add(name);
        if (KnownFunctions.mayBeSomebodysOwn(tokens, i)) {
            functions.add(name);
        }
        return null;
    }

    /** Whether what is between brackets may be more than the subscript of an array, where there are no names in brackets. */
    private boolean mayHideCall(int i) {
        if (dialect != Dialect.POSTGRESQL && dialect != Dialect.H2) {
            return false;
        }
        String name = tokens.unquoted(i);
        return name.contains("--")
                || !name.chars()
                        .allMatch(
                                c -> c == '_' || c > '~' || Character.isLetterOrDigit(c) || " .:$+-*".indexOf(c) >= 0);
    }

    /** {@code LAST_INSERT_ID(id + 1)} says what the next key that is asked for is, and reads none. */
    private boolean setsKey(int i, String name) {
        return name.equals("last_insert_id") && tokens.is(i + 1, '(') && !tokens.is(i + 2, ')');
    }

    /** A literal that is what stands between its quotes. */
    private boolean isPlain(int i) {
        return tokens.kind(i) == TokenKind.STRING
                && tokens.sql().charAt(tokens.start(i)) == '\''
                && tokens.text(i).indexOf('\\') < 0;
    }

    private @Nullable String special(String verb, int at, int to) {
        if (statements.effects().transaction() != TransactionEffect.NONE) {
            // Only of PostgreSQL can it be seen afterwards whether a transaction is open.
            return dialect == Dialect.POSTGRESQL ? null : verb.toUpperCase(Locale.ROOT) + " as a text";
        }
        return switch (verb) {
            case "create" -> dialect == Dialect.POSTGRESQL ? postgresCreate(at + 1, to) : create(at, to);
            case "drop" -> {
                mayEnd = true;
                // It may be that of the session, which has none then, though another is made with its name.
                boolean isPlace = tokens.textIs(at + 1, "database") || tokens.textIs(at + 1, "schema");
                yield dialect == Dialect.MARIADB && isPlace ? "DROP DATABASE" : null;
            }
            case "truncate", "comment", "grant", "revoke", "savepoint", "release", "rollback" -> null;
            case "analyze" -> dialect == Dialect.MARIADB ? analyzed(at + 1, to) : null;
            case "alter" -> alter(at, to);
            case "explain" -> dialect == Dialect.POSTGRESQL ? explained(at + 1, to) : work(at, to);
            case "show" -> {
                readsEarlierResult = tokens.textIs(at + 1, "warnings")
                        || tokens.textIs(at + 1, "errors")
                        || tokens.textIs(at + 1, "count");
                yield null;
            }
            case "use" -> dialect == Dialect.MARIADB ? setting(SessionUse.CATALOG) : unknown(verb);
            case "set" -> set(at + 1);
            case "notify", "vacuum", "reindex", "refresh", "fetch", "move", "lock", "checkpoint", "cluster" ->
                dialect == Dialect.POSTGRESQL ? null : unknown(verb);
            case "listen", "prepare", "execute" ->
                dialect == Dialect.POSTGRESQL ? keeps(verb, at + 1, to) : unknown(verb);
            case "close", "unlisten", "deallocate", "discard" ->
                dialect == Dialect.POSTGRESQL ? givesUp(verb, at + 1) : unknown(verb);
            case "table" -> dialect == Dialect.POSTGRESQL ? work(at, to) : unknown(verb);
            case "declare" -> dialect == Dialect.POSTGRESQL ? declare(at, to) : unknown(verb);
            case "reset" -> dialect == Dialect.POSTGRESQL ? reset(at + 1, to) : unknown(verb);
            default -> unknown(verb);
        };
    }

    /** What MariaDB's {@code ANALYZE} is followed by: a table, or a statement that it executes. */
    private @Nullable String analyzed(int at, int to) {
        boolean table = false;
        for (int i = at; i < to && i < at + 2; i++) {
            table |= tokens.is(i, Keyword.TABLE);
        }
        return table ? null : work(at, to);
    }

    /** What {@code EXPLAIN} is followed by: with ANALYZE it is executed. */
    private @Nullable String explained(int from, int to) {
        int at = from;
        if (tokens.is(at, '(') && !tokens.is(at + 1, '(') && !beginsQuery(at + 1)) {
            at = closing(at, to) + 1;
        }
        while (at < to
                && (tokens.is(at, Keyword.ANALYZE) || tokens.textIs(at, "analyse") || tokens.textIs(at, "verbose"))) {
            at++;
        }
        return pins(at, to);
    }

    private boolean beginsQuery(int at) {
        return switch (tokens.keyword(at)) {
            case SELECT, WITH, VALUES, TABLE -> true;
            default -> false;
        };
    }

    private int closing(int open, int to) {
        int depth = 0;
        for (int i = open; i < to; i++) {
            if (tokens.is(i, '(')) {
                depth++;
            } else if (tokens.is(i, ')') && --depth == 0) {
                return i;
            }
        }
        return to;
    }

    /** What PostgreSQL keeps by name in a session, and tells of. */
    private @Nullable String keeps(String verb, int name, int to) {
        visible = unknown(verb);
        int at = tokens.is(name + 1, '(') ? closing(name + 1, to) + 1 : name + 1;
        return switch (verb) {
            case "prepare" -> tokens.is(at, Keyword.AS) ? pins(at + 1, to) : visible;
            // What is executed was read when it was prepared.
            case "execute" -> work(name + 1, to);
            default -> null;
        };
    }

    /** What PostgreSQL gives up of that. */
    private @Nullable String givesUp(String verb, int what) {
        mayEnd = true;
        if (verb.equals("discard") && tokens.is(what, Keyword.ALL)) {
            settings.add(SessionUse.ALL);
        }
        // The driver's own statements have quoted names.
        boolean driversOwn = verb.equals("deallocate") && tokens.sql().indexOf('"') >= 0;
        return driversOwn ? unknown(verb) : null;
    }

    private @Nullable String create(int at, int to) {
        if (createsTemporary(at, to)) {
            return "a temporary table";
        }
        if (definesRoutine()) {
            return null;
        }
        int depth = 0;
        for (int i = at; i < to; i++) {
            depth += tokens.is(i, '(') ? 1 : tokens.is(i, ')') ? -1 : 0;
            if (tokens.is(i, Keyword.SELECT) || (depth == 0 && tokens.is(i, Keyword.AS) && !tokens.isValue(i + 1))) {
                return work(i, to);
            }
        }
        return null;
    }

    private boolean createsTemporary(int at, int to) {
        for (int i = at + 1; i < to && i < at + 6; i++) {
            if (tokens.textIs(i, "temp") || tokens.textIs(i, "temporary") || tokens.textIs(i, "pg_temp")) {
                return true;
            }
        }
        return false;
    }

    /** What is created evaluates nothing but a query whose rows it takes, the expressions of an index, and a partition's bounds. */
    private @Nullable String postgresCreate(int from, int to) {
        if (createsTemporary(from - 1, to)) {
            visible = "a temporary table";
        }
        int at = from;
        while (isAdjective(at)) {
            at++;
        }
        String what = tokens.isName(at) ? tokens.name(at) : "";
        return switch (what) {
            case "table" -> createTable(at, to);
            case "materialized" -> afterAs(at, to);
            case "index" -> definition(at, to);
            case "view",
                    "schema",
                    "sequence",
                    "type",
                    "domain",
                    "trigger",
                    "constraint",
                    "rule",
                    "policy",
                    "role",
                    "user",
                    "group",
                    "database",
                    "tablespace",
                    "extension",
                    "statistics",
                    "publication",
                    "collation" -> null;
            // What a function is called it may share with one of the database's own.
            default -> "CREATE " + what.toUpperCase(Locale.ROOT);
        };
    }

    private boolean isAdjective(int at) {
        return switch (tokens.isName(at) ? tokens.name(at) : "") {
            case "or", "replace", "global", "local", "temp", "temporary", "unlogged", "unique", "recursive" -> true;
            default -> false;
        };
    }

    private @Nullable String createTable(int at, int to) {
        for (int i = at; i < to; i++) {
            if (tokens.is(i, Keyword.PARTITION) && tokens.is(i + 1, Keyword.OF)) {
                return definition(i, to);
            }
        }
        return afterAs(at, to);
    }

    /** The query whose rows a table takes; null where there is none. */
    private @Nullable String afterAs(int at, int to) {
        for (int i = at; i < to; i++) {
            if (tokens.is(i, '(')) {
                i = closing(i, to);
            } else if (tokens.is(i, Keyword.AS)) {
                return pins(i + 1, to);
            }
        }
        return null;
    }

    /** The definition of a table or an index: besides functions, words of the definition stand before parentheses. */
    private @Nullable String definition(int from, int to) {
        for (int i = from; i < to; i++) {
            if (tokens.is(i, '{')) {
                return "an escape";
            }
            if (Verbs.isHiddenCall(tokens, i)) {
                return "a comment before parentheses";
            }
            if (tokens.isName(i) && !isOfDefinition(from, i)) {
                String pins = function(i, tokens.name(i).toLowerCase(Locale.ROOT));
                if (pins != null) {
                    return pins;
                }
            }
        }
        return null;
    }

    private boolean isOfDefinition(int from, int i) {
        if (tokens.kind(i) == TokenKind.WORD && DEFINITIONS.contains(tokens.name(i))) {
            return true;
        }
        int first = i;
        while (tokens.is(first - 1, '.')) {
            first -= 2;
        }
        int before = first - 1;
        if (tokens.is(before, Keyword.USING)) {
            return tokens.textIs(from, "index") || tokens.textIs(before - 1, "exclude");
        }
        boolean indexed = tokens.is(before, Keyword.ON) || tokens.is(before, Keyword.ONLY);
        return tokens.textIs(before, "references") || (indexed && tokens.textIs(from, "index"));
    }

    private @Nullable String alter(int at, int to) {
        String what = tokens.isName(at + 1) ? tokens.name(at + 1) : "";
        return switch (what) {
            case "table", "index", "sequence", "view", "materialized", "schema", "type", "domain" ->
                dialect == Dialect.POSTGRESQL ? definition(at, to) : null;
            case "function" -> dialect == Dialect.POSTGRESQL ? "ALTER FUNCTION" : null;
            default -> "ALTER " + what.toUpperCase(Locale.ROOT);
        };
    }

    private @Nullable String declare(int at, int to) {
        for (int i = at; i < to; i++) {
            if (tokens.textIs(i, "hold") && tokens.is(i - 1, Keyword.WITH)) {
                visible = "a cursor WITH HOLD";
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

    private @Nullable String reset(int at, int to) {
        if (tokens.is(at, Keyword.TIME) && tokens.textIs(at + 1, "zone")) {
            return setting("timezone");
        }
        if (to == at + 1 && tokens.is(at, Keyword.ALL)) {
            settings.add(SessionUse.ALL);
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
