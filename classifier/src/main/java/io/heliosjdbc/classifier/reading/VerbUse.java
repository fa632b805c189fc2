package io.heliosjdbc.classifier.reading;

import io.heliosjdbc.classifier.statement.Dialect;
import io.heliosjdbc.classifier.statement.SessionUse;
import io.heliosjdbc.classifier.statement.TransactionEffect;
import io.heliosjdbc.classifier.tokens.Keyword;
import io.heliosjdbc.classifier.tokens.TokenKind;
import io.heliosjdbc.classifier.tokens.Tokens;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a statement leaves behind by its leading verb, which says also who reads the rest of it: as work, as a definition, as a setting. A
 * verb that is none of those below pins. Used for one text, by one thread.
 */
final class VerbUse {
    private final Tokens tokens;
    private final Dialect dialect;
    private final TransactionEffect effect;
    private final UseNotes notes;
    private final EarlierResultUse earlier;
    private final SettingUse settings;
    private final FunctionUse functions;
    private final WorkUse work;

    /** A reader of statements of a text that does this to its transaction. */
    VerbUse(Tokens tokens, Dialect dialect, TransactionEffect effect, UseNotes notes, EarlierResultUse earlier) {
        this.tokens = tokens;
        this.dialect = dialect;
        this.effect = effect;
        this.notes = notes;
        this.earlier = earlier;
        settings = new SettingUse(tokens, dialect, notes);
        functions = new FunctionUse(tokens, dialect, notes, earlier, settings);
        work = new WorkUse(tokens, dialect, earlier, functions);
    }

    /** Why a statement, or one within another, pins for good, or null. */
    @Nullable
    String pins(int at, int to) {
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

    /** The same of a query or a change. */
    @Nullable
    String work(int from, int to) {
        return work.pins(from, to);
    }

    /** Whether it is one of the session's variables that somebody has made. */
    boolean isUserVariable(int i) {
        return work.isUserVariable(i);
    }

    private static String unknown(String verb) {
        return verb.isEmpty() ? "a statement that is not known" : verb.toUpperCase(Locale.ROOT);
    }

    private @Nullable String special(String verb, int at, int to) {
        if (effect != TransactionEffect.NONE) {
            // Only of PostgreSQL can it be seen afterwards whether a transaction is open.
            return dialect == Dialect.POSTGRESQL ? null : verb.toUpperCase(Locale.ROOT) + " as a text";
        }
        return switch (verb) {
            case "create" -> definitions().create(at, to);
            case "drop" -> {
                notes.mayEnd();
                // It may be that of the session, which has none then, though another is made with its name.
                boolean isPlace = tokens.textIs(at + 1, "database") || tokens.textIs(at + 1, "schema");
                yield dialect == Dialect.MARIADB && isPlace ? "DROP DATABASE" : null;
            }
            case "truncate", "comment", "grant", "revoke", "savepoint", "release", "rollback" -> null;
            case "analyze" -> dialect == Dialect.MARIADB ? analyzed(at + 1, to) : null;
            case "alter" -> definitions().alter(at, to);
            case "explain" -> dialect == Dialect.POSTGRESQL ? explained(at + 1, to) : work(at, to);
            case "desc", "describe" -> dialect == Dialect.MARIADB ? work(at, to) : unknown(verb);
            case "rename", "optimize", "check", "checksum" ->
                dialect == Dialect.MARIADB && isOfTables(at + 1, to) ? null : unknown(verb);
            case "show" -> shown(at, to);
            case "use" -> dialect == Dialect.MARIADB ? settings.setting(SessionUse.CATALOG) : unknown(verb);
            case "set" -> settings.set(at + 1, to);
            case "notify", "vacuum", "reindex", "refresh", "fetch", "move", "lock", "checkpoint", "cluster" ->
                dialect == Dialect.POSTGRESQL ? null : unknown(verb);
            case "listen", "prepare", "execute" ->
                dialect == Dialect.POSTGRESQL ? keeps(verb, at + 1, to) : unknown(verb);
            case "close", "unlisten", "deallocate", "discard" ->
                dialect == Dialect.POSTGRESQL ? givesUp(verb, at + 1) : unknown(verb);
            case "table" -> dialect == Dialect.POSTGRESQL ? work(at, to) : unknown(verb);
            case "declare" -> dialect == Dialect.POSTGRESQL ? declare(at, to) : unknown(verb);
            case "reset" -> dialect == Dialect.POSTGRESQL ? settings.reset(at + 1, to) : unknown(verb);
            default -> unknown(verb);
        };
    }

    private DefinitionUse definitions() {
        return new DefinitionUse(tokens, dialect, notes, earlier, functions, this);
    }

    /** Which rows MariaDB's {@code SHOW} tells a condition may say. */
    private @Nullable String shown(int at, int to) {
        earlier.readDiagnostics(at);
        int condition = at;
        while (condition < to && !tokens.is(condition, Keyword.WHERE)) {
            condition++;
        }
        return work(condition, to);
    }

    /** What MariaDB's {@code ANALYZE} is followed by: a table, or a statement that it executes. */
    private @Nullable String analyzed(int at, int to) {
        return isOfTables(at, to) ? null : work(at, to);
    }

    /** Whether tables follow, maybe behind a word that keeps it out of the log. */
    private boolean isOfTables(int at, int to) {
        boolean tables = false;
        for (int i = at; i < to && i < at + 2; i++) {
            tables |= tokens.is(i, Keyword.TABLE) || tokens.textIs(i, "tables");
        }
        return tables;
    }

    /** What {@code EXPLAIN} is followed by: with ANALYZE it is executed. */
    private @Nullable String explained(int from, int to) {
        int at = from;
        if (tokens.is(at, '(') && !tokens.is(at + 1, '(') && !beginsQuery(at + 1)) {
            at = closing(tokens, at, to) + 1;
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

    /** What PostgreSQL keeps by name in a session, and tells of. */
    private @Nullable String keeps(String verb, int name, int to) {
        String told = unknown(verb);
        notes.leavesVisibly(told);
        int at = tokens.is(name + 1, '(') ? closing(tokens, name + 1, to) + 1 : name + 1;
        return switch (verb) {
            case "prepare" -> tokens.is(at, Keyword.AS) ? pins(at + 1, to) : told;
            // What is executed was read when it was prepared.
            case "execute" -> work(name + 1, to);
            default -> null;
        };
    }

    /** What PostgreSQL gives up of that. */
    private @Nullable String givesUp(String verb, int what) {
        notes.mayEnd();
        if (verb.equals("discard") && tokens.is(what, Keyword.ALL)) {
            notes.sets(SessionUse.ALL);
        }
        // The driver's own statements have quoted names.
        boolean driversOwn = verb.equals("deallocate") && tokens.sql().indexOf('"') >= 0;
        return driversOwn ? unknown(verb) : null;
    }

    private @Nullable String declare(int at, int to) {
        for (int i = at; i < to; i++) {
            if (tokens.textIs(i, "hold") && tokens.is(i - 1, Keyword.WITH)) {
                notes.leavesVisibly("a cursor WITH HOLD");
            }
        }
        return work(at, to);
    }

    /** The parenthesis that closes the one at a position; where none does, what is behind the statement. */
    static int closing(Tokens tokens, int open, int to) {
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
}
