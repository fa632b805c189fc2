package io.heliosjdbc.classifier.reading;

import io.heliosjdbc.classifier.statement.Dialect;
import io.heliosjdbc.classifier.statement.SessionUse;
import io.heliosjdbc.classifier.tokens.Keyword;
import io.heliosjdbc.classifier.tokens.TokenKind;
import io.heliosjdbc.classifier.tokens.Tokens;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a query or a change leaves behind, word by word: nothing, but for the functions that it calls, user variables, what goes around
 * the language, and SELECT INTO. Used for one text, by one thread.
 */
final class WorkUse {
    private final Tokens tokens;
    private final Dialect dialect;
    private final EarlierResultUse earlier;
    private final FunctionUse functions;

    WorkUse(Tokens tokens, Dialect dialect, EarlierResultUse earlier, FunctionUse functions) {
        this.tokens = tokens;
        this.dialect = dialect;
        this.earlier = earlier;
        this.functions = functions;
    }

    /** Why a query or a change pins, or null. */
    @Nullable
    String pins(int from, int to) {
        boolean reads = !tokens.is(from, Keyword.INSERT) && !tokens.is(from, Keyword.MERGE);
        for (int i = from; i < to; i++) {
            String pins = switch (tokens.kind(i)) {
                case WORD -> word(from, i, to, reads);
                case QUOTED_NAME -> name(i);
                case VARIABLE, OPERATOR -> isUserVariable(i) ? "a user variable" : null;
                case PUNCTUATION -> tokens.is(i, '{') && !isValueEscape(i) ? "an escape" : null;
                case STRING, NUMBER, PARAMETER, OPTIMIZER_HINT, END -> null;
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
        if (reads && tokens.is(i, Keyword.INTO) && !isOfChange(from, i)) {
            return "SELECT INTO";
        }
        if (dialect == Dialect.POSTGRESQL) {
            // Before version 15 they were two.
            if (isDigit(tokens.chars()[tokens.start(i)])) {
                return "a word that begins with a number";
            }
            if (tokens.is(i, Keyword.UPDATE) && isOfSettings(i, to)) {
                return "an update of pg_settings";
            }
        }
        return CalledNames.maySayMore(tokens, i) ? name(i) : null;
    }

    private @Nullable String name(int i) {
        String name = tokens.name(i).toLowerCase(Locale.ROOT);
        return name.equals("sql_calc_found_rows") ? "SQL_CALC_FOUND_ROWS" : functions.pins(i, name);
    }

    private static boolean isDigit(char c) {
        return (c >= '0' && c <= '9') || c == '.';
    }

    /** Whether an INTO is that of an INSERT or the like, and not behind a column or an alias of that name, which PostgreSQL has. */
    private boolean isOfChange(int from, int into) {
        int verb = into - 1;
        boolean isVerb =
                tokens.is(verb, Keyword.INSERT) || tokens.is(verb, Keyword.MERGE) || tokens.is(verb, Keyword.REPLACE);
        return isVerb
                && (dialect != Dialect.POSTGRESQL
                        || verb == from
                        || tokens.is(verb - 1, '(')
                        || (tokens.is(verb - 1, ')') && !isTemporary(into + 1)));
    }

    private boolean isTemporary(int i) {
        return tokens.textIs(i, "temp")
                || tokens.textIs(i, "temporary")
                || tokens.textIs(i, "global")
                || tokens.is(i, Keyword.LOCAL);
    }

    /** A rule of PostgreSQL's own makes {@code SET} of it, by whatever name. */
    private boolean isOfSettings(int update, int to) {
        for (int i = update + 1; i < to; i++) {
            boolean quoted = tokens.kind(i) == TokenKind.QUOTED_NAME && !FunctionUse.isBracketed(tokens, i);
            if (tokens.textIs(i, "pg_settings")
                    || (quoted
                            && (tokens.sql().charAt(tokens.start(i)) != '"'
                                    || tokens.name(i).equals("pg_settings")))) {
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
    boolean isUserVariable(int i) {
        return switch (tokens.kind(i)) {
            case VARIABLE -> {
                String name = earlier.variable(i);
                yield !earlier.readVariable(name) && !(dialect == Dialect.MARIADB && name.startsWith("@@"));
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

    /** {@code {ts '..'}} and the like: the driver makes a literal of it. */
    private boolean isValueEscape(int brace) {
        boolean known = tokens.textIs(brace + 1, "d")
                || tokens.textIs(brace + 1, "t")
                || tokens.textIs(brace + 1, "ts")
                || tokens.textIs(brace + 1, "escape");
        return known && tokens.kind(brace + 2) == TokenKind.STRING && tokens.is(brace + 3, '}');
    }
}
