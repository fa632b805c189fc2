package io.heliosjdbc.classifier.reading;

import io.heliosjdbc.classifier.statement.Dialect;
import io.heliosjdbc.classifier.statement.SessionUse;
import io.heliosjdbc.classifier.tokens.Keyword;
import io.heliosjdbc.classifier.tokens.TokenKind;
import io.heliosjdbc.classifier.tokens.Tokens;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What CREATE and ALTER leave behind in the session: temporary tables, and what the functions leave that they call on the way. Used for
 * one text, by one thread.
 */
final class DefinitionUse {
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

    /** What is created, or whose words stand before it, and holds no statements that are for those who call it. */
    private static final Set<String> NO_ROUTINES = Set.of(
            "as", "database", "domain", "index", "on", "role", "schema", "select", "sequence", "table", "user", "view");

    /** As in {@code CREATE OR REPLACE DEFINER = a @ b AGGREGATE FUNCTION}. */
    private static final int LONGEST_ADJECTIVES = 10;

    private final Tokens tokens;
    private final Dialect dialect;
    private final UseNotes notes;
    private final EarlierResultUse earlier;
    private final FunctionUse functions;
    private final VerbUse statements;

    DefinitionUse(
            Tokens tokens,
            Dialect dialect,
            UseNotes notes,
            EarlierResultUse earlier,
            FunctionUse functions,
            VerbUse statements) {
        this.tokens = tokens;
        this.dialect = dialect;
        this.notes = notes;
        this.earlier = earlier;
        this.functions = functions;
        this.statements = statements;
    }

    /** Whether a text creates something that is called. */
    static boolean definesRoutine(Tokens tokens) {
        return tokens.is(0, Keyword.CREATE) && isRoutine(tokens, 0);
    }

    /** Where in a text stands what is not evaluated now, but for those who call what it creates; behind the last token where nothing does. */
    static int evaluatedTo(Tokens tokens) {
        if (!definesRoutine(tokens)) {
            return tokens.size();
        }
        int schedule = schedule(tokens);
        return schedule < 0 ? 0 : endOfSchedule(tokens, schedule);
    }

    /** Whether CREATE or ALTER, at this position, is followed by something that is called. */
    static boolean isRoutine(Tokens tokens, int at) {
        for (int i = at + 1; i < at + LONGEST_ADJECTIVES && i < tokens.size(); i++) {
            boolean routine = tokens.is(i, Keyword.FUNCTION)
                    || tokens.is(i, Keyword.PROCEDURE)
                    || tokens.is(i, Keyword.TRIGGER)
                    || tokens.is(i, Keyword.PACKAGE)
                    || tokens.textIs(i, "event");
            if (routine || NO_ROUTINES.contains(tokens.name(i))) {
                return routine;
            }
        }
        return false;
    }

    /** Where an event says when it is due, which is evaluated when it is created; -1 where there is none. */
    private static int schedule(Tokens tokens) {
        for (int i = 1; i < tokens.size(); i++) {
            if (tokens.textIs(i, "schedule") && tokens.is(i - 1, Keyword.ON)) {
                return i;
            }
        }
        return -1;
    }

    private static int endOfSchedule(Tokens tokens, int schedule) {
        int i = schedule;
        while (i < tokens.size() && !tokens.is(i, Keyword.DO)) {
            i++;
        }
        return i;
    }

    /** Why a CREATE pins, or null. */
    @Nullable
    String create(int at, int to) {
        return dialect == Dialect.POSTGRESQL ? postgresCreate(at + 1, to) : otherCreate(at, to);
    }

    private @Nullable String otherCreate(int at, int to) {
        if (createsTemporary(at, to)) {
            return SessionUse.TEMPORARY_TABLE;
        }
        if (dialect == Dialect.MARIADB && replacesDatabase(at)) {
            return "CREATE OR REPLACE DATABASE";
        }
        if (definesRoutine(tokens)) {
            int schedule = schedule(tokens);
            return schedule < 0 ? null : statements.work(schedule, endOfSchedule(tokens, schedule));
        }
        String pins = isTable(at) ? evaluatedInTable(at, to) : null;
        if (pins != null) {
            return pins;
        }
        int depth = 0;
        for (int i = at; i < to; i++) {
            depth += tokens.is(i, '(') ? 1 : tokens.is(i, ')') ? -1 : 0;
            if (beginsRows(i) || (depth == 0 && tokens.is(i, Keyword.AS) && !tokens.isValue(i + 1))) {
                return statements.work(i, to);
            }
        }
        return null;
    }

    /** It may be that of the session, which has none then: the one that is made is not entered. */
    private boolean replacesDatabase(int at) {
        return tokens.textIs(at + 2, "replace")
                && (tokens.textIs(at + 3, "database") || tokens.textIs(at + 3, "schema"));
    }

    /** Not the bounds of a partition: {@code VALUES LESS THAN (10)}. */
    private boolean beginsRows(int i) {
        return tokens.is(i, Keyword.SELECT)
                || (tokens.is(i, Keyword.VALUES) && (tokens.is(i + 1, '(') || tokens.is(i + 1, Keyword.ROW)));
    }

    private boolean isTable(int at) {
        int i = at + 1;
        while (isAdjective(i)) {
            i++;
        }
        return tokens.is(i, Keyword.TABLE);
    }

    /** What the defaults of columns evaluate for rows that are there; MariaDB lets them call no function that somebody has made. */
    private @Nullable String evaluatedInTable(int from, int to) {
        for (int i = from; i < to; i++) {
            if (statements.isUserVariable(i)) {
                return "a user variable";
            }
            if (CalledNames.maySayMore(tokens, i)) {
                boolean unused = earlier.readName(i, tokens.name(i).toLowerCase(Locale.ROOT));
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
            notes.leavesVisibly(SessionUse.TEMPORARY_TABLE);
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

    /** Why the query pins whose rows a table takes, if there is one. */
    private @Nullable String afterAs(int at, int to) {
        for (int i = at; i < to; i++) {
            if (tokens.is(i, '(')) {
                i = VerbUse.closing(tokens, i, to);
            } else if (tokens.is(i, Keyword.AS)) {
                return statements.pins(i + 1, to);
            }
        }
        return null;
    }

    /** Why an ALTER pins, or null. */
    @Nullable
    String alter(int at, int to) {
        String what = tokens.isName(at + 1) ? tokens.name(at + 1) : "";
        return switch (what) {
            case "table", "index", "sequence", "view", "materialized", "schema", "type", "domain" ->
                dialect == Dialect.POSTGRESQL ? definition(at, to) : evaluatedInTable(at, to);
            case "function" -> dialect == Dialect.POSTGRESQL ? "ALTER FUNCTION" : null;
            default -> "ALTER " + what.toUpperCase(Locale.ROOT);
        };
    }

    /** The definition of a table or an index: besides functions, words of the definition stand before parentheses. */
    private @Nullable String definition(int from, int to) {
        for (int i = from; i < to; i++) {
            if (tokens.is(i, '{')) {
                return "an escape";
            }
            if (tokens.isName(i) && !isOfDefinition(from, i)) {
                String pins = functions.pins(i, tokens.name(i).toLowerCase(Locale.ROOT));
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
        int before = CalledNames.first(tokens, i) - 1;
        if (tokens.is(before, Keyword.USING)) {
            return tokens.textIs(from, "index") || tokens.textIs(before - 1, "exclude");
        }
        boolean indexed = tokens.is(before, Keyword.ON) || tokens.is(before, Keyword.ONLY);
        return tokens.textIs(before, "references") || (indexed && tokens.textIs(from, "index"));
    }
}
