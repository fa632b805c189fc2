package io.heliosjdbc.classifier.reading;

import io.heliosjdbc.classifier.statement.Dialect;
import io.heliosjdbc.classifier.statement.LastResult;
import io.heliosjdbc.classifier.statement.SessionUse;
import io.heliosjdbc.classifier.tokens.Keyword;
import io.heliosjdbc.classifier.tokens.TokenKind;
import io.heliosjdbc.classifier.tokens.Tokens;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What asks for something that an earlier statement of the session has left: the last key, how many rows there were. By a function, a
 * variable, or a word or two without parentheses, on one engine or another. Used for one text, by one thread.
 */
final class EarlierResultUse {
    /** They answer with what an earlier statement of the same session has left, on one engine or another. */
    static final Set<String> NAMES = Set.of(
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
            "@@insert_id",
            "@@last_insert_id",
            "@@last_gtid",
            "@@rowcount",
            "@@error_count",
            "@@warning_count");

    /** Of these, what tells how the last statement has gone. */
    private static final Set<String> OF_LAST_STATEMENT =
            Set.of("row_count", "changes", "@@last_gtid", "@@rowcount", "@@error_count", "@@warning_count");

    private static final Set<String> OF_POSTGRES = Set.of("currval", "lastval");

    /** They ask also with something in their parentheses. */
    private static final Set<String> WITH_ARGUMENTS = Set.of("currval", "lastval", "last_insert_id");

    /** Names of somebody's own functions there. */
    private static final Set<String> NOT_OF_H2 =
            Set.of("found_rows", "row_count", "identity_val_local", "last_insert_rowid", "changes", "total_changes");

    private static final Set<String> NOT_OF_MARIADB =
            Set.of("identity", "scope_identity", "identity_val_local", "last_insert_rowid", "changes", "total_changes");

    /** Asked for behind a sequence's name without parentheses; what else is called so there is a column. */
    private static final String PSEUDOCOLUMN = "currval";

    /** What may stand between two words of such a text: the bounds of a comment that is executed, too. */
    private static final String GAP = "(?>\\*/|/\\*M?!\\d*+|" + LastResult.GAP + ")";

    private static final String DIAGNOSTICS = "\\bshow" + GAP + "++(?:warnings|errors|count)\\b|\\bget" + GAP
            + "++(?:(?:current|stacked)" + GAP + "++)?diagnostics\\b";

    /** What a text has in it, however it is read, that asks for any of these. */
    private static final Pattern ASKS = Pattern.compile(
            "(?:last_insert_id|found_rows|row_count|identity|identity_val_local|last_insert_rowid|changes)[\"`\\]]?"
                    + GAP + "*+\\(" + GAP + "*+\\)"
                    + "|(?:lastval|currval)[\"`\\]]?" + GAP + "*+\\("
                    + "|(?:previous|prevval|current)" + GAP + "++value" + GAP + "++for\\b"
                    + "|@@(?:\\w+\\.)?`?(?:identity|insert_id|last_insert_id|last_gtid|rowcount|error_count|warning_count)\\b"
                    + "|\\.[\"`]?currval"
                    + "|" + DIAGNOSTICS,
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern OF_SEQUENCE =
            Pattern.compile("lastval|currval|previous|prevval", Pattern.CASE_INSENSITIVE);

    private static final Pattern OF_ANY_STATEMENT = Pattern.compile(
            String.join("|", OF_LAST_STATEMENT) + "|" + DIAGNOSTICS, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final Tokens tokens;
    private final Dialect dialect;
    private final UseNotes notes;

    EarlierResultUse(Tokens tokens, Dialect dialect, UseNotes notes) {
        this.tokens = tokens;
        this.dialect = dialect;
        this.notes = notes;
    }

    /** What a text asks for of which nobody can say what its words are. */
    void readAnyWay() {
        int to = DefinitionUse.evaluatedTo(tokens);
        String text = to < tokens.size() ? tokens.sql().substring(0, tokens.start(to)) : tokens.sql();
        if (ASKS.matcher(text).find()) {
            notes.readsEarlierResult();
            if (OF_SEQUENCE.matcher(text).find()) {
                notes.calls(SessionUse.PREVIOUS_VALUE);
            }
            if (OF_ANY_STATEMENT.matcher(text).find()) {
                notes.calls(SessionUse.LAST_STATEMENT);
            }
        }
    }

    /** What all words of a text ask for: wherever another reading has stopped, it counts all the same. */
    void readAll() {
        int to = DefinitionUse.evaluatedTo(tokens);
        for (int i = 0; i < to; i++) {
            readDiagnostics(i);
            if (tokens.kind(i) == TokenKind.VARIABLE) {
                boolean unused = readVariable(variable(i));
            } else if (CalledNames.maySayMore(tokens, i)) {
                boolean unused = readName(i, tokens.name(i).toLowerCase(Locale.ROOT));
            }
        }
    }

    /** {@code SHOW WARNINGS} and the like, {@code GET DIAGNOSTICS}: whether a token begins such a question, which is noted then. */
    void readDiagnostics(int i) {
        if (dialect == Dialect.POSTGRESQL || dialect == Dialect.H2) {
            return;
        }
        boolean asks = tokens.is(i, Keyword.SHOW)
                ? tokens.textIs(i + 1, "warnings") || tokens.textIs(i + 1, "errors") || tokens.textIs(i + 1, "count")
                : tokens.textIs(i, "get")
                        && (tokens.textIs(i + 1, "diagnostics") || tokens.textIs(i + 2, "diagnostics"));
        if (asks) {
            notes.readsEarlierResult();
            notes.calls(SessionUse.LAST_STATEMENT);
        }
    }

    /** What a variable is called, in lower case, whatever its scope. */
    String variable(int i) {
        boolean scoped = dialect == Dialect.MARIADB && tokens.is(i + 1, '.') && tokens.isName(i + 2);
        return (scoped ? "@@" + tokens.name(i + 2) : tokens.text(i)).toLowerCase(Locale.ROOT);
    }

    /** Whether a variable, in lower case, asks for such a thing, which is noted then. */
    boolean readVariable(String name) {
        boolean is = isKnown(name);
        if (is) {
            asksFor(name);
        }
        return is;
    }

    /** Whether a name, in lower case, begins such a question, which is noted then. */
    boolean readName(int i, String name) {
        boolean postgres = dialect == Dialect.POSTGRESQL;
        if (isKnown(name)
                && (tokens.is(i + 1, '(')
                        ? asks(i, name) && (!postgres || CalledNames.isUnqualified(tokens, i))
                        : !postgres && name.equals(PSEUDOCOLUMN) && tokens.is(i - 1, '.'))) {
            if (!setsKey(i, name)) {
                asksFor(name);
            }
            notes.calls(name);
            return true;
        }
        if ((name.equals("current") || name.equals("previous") || name.equals("prevval"))
                && tokens.textIs(i + 1, "value")) {
            notes.readsEarlierResult();
            notes.calls(SessionUse.PREVIOUS_VALUE);
            return true;
        }
        return false;
    }

    private void asksFor(String name) {
        notes.readsEarlierResult();
        if (OF_LAST_STATEMENT.contains(name)) {
            notes.calls(SessionUse.LAST_STATEMENT);
        }
    }

    private boolean isKnown(String name) {
        return switch (dialect) {
            case POSTGRESQL -> OF_POSTGRES.contains(name);
            case H2 -> NAMES.contains(name) && !NOT_OF_H2.contains(name);
            case MARIADB -> NAMES.contains(name) && !NOT_OF_MARIADB.contains(name);
            case OTHER -> NAMES.contains(name);
        };
    }

    /** {@code IDENTITY (1, 1)} is a column's, and what has columns in parentheses is a table. */
    private boolean asks(int i, String name) {
        return WITH_ARGUMENTS.contains(name) || tokens.is(i + 2, ')');
    }

    /** {@code LAST_INSERT_ID(id + 1)} says what the next key that is asked for is, and reads none. */
    private boolean setsKey(int i, String name) {
        return name.equals("last_insert_id") && tokens.is(i + 1, '(') && !tokens.is(i + 2, ')');
    }
}
