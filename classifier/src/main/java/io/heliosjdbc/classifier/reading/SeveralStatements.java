package io.heliosjdbc.classifier.reading;

import io.heliosjdbc.classifier.statement.Dialect;
import io.heliosjdbc.classifier.tokens.Keyword;
import io.heliosjdbc.classifier.tokens.Tokens;
import java.util.List;

/**
 * Whether a text has more than one statement, to a database that executes what stands behind a semicolon: all but the body of a
 * routine. Stateless.
 */
final class SeveralStatements {
    private SeveralStatements() {}

    /**
     * Of a text that has a statement at all.
     *
     * @param cut the statements as they were cut, which leaves the rest from the beginning of a block on in one
     */
    static boolean are(Tokens tokens, List<StatementScanner.Range> cut, Dialect dialect) {
        int from = cut.get(0).from();
        return cut.size() > 1 || (tokens.lastSemicolon() > from && isMoreBehindSemicolon(tokens, from, dialect));
    }

    private static boolean isMoreBehindSemicolon(Tokens tokens, int from, Dialect dialect) {
        int last = tokens.size() - 1;
        while (tokens.is(last, ';')) {
            last--;
        }
        boolean routine = dialect == Dialect.MARIADB && DefinitionUse.definesRoutine(tokens);
        int depth = 0;
        for (int i = from; i < last; i = tokens.endOfList(i) + 1) {
            switch (tokens.symbol(i)) {
                case '(' -> depth++;
                case ')' -> depth--;
                case ';' -> {
                    if (depth <= 0) {
                        return true;
                    }
                }
                default -> depth += routine ? blocks(tokens, i) : 0;
            }
        }
        return false;
    }

    /** How many blocks a word of a routine opens, or closes: those that END closes without saying what they are, and CASE. */
    private static int blocks(Tokens tokens, int i) {
        return switch (tokens.keyword(i)) {
            case BEGIN -> 1;
            case CASE -> tokens.is(i - 1, Keyword.END) ? 0 : 1;
            case END -> closesAnother(tokens, i + 1) ? 0 : -1;
            default -> 0;
        };
    }

    private static boolean closesAnother(Tokens tokens, int i) {
        return tokens.is(i, Keyword.IF)
                || tokens.is(i, Keyword.FOR)
                || tokens.textIs(i, "loop")
                || tokens.textIs(i, "while")
                || tokens.textIs(i, "repeat");
    }
}
