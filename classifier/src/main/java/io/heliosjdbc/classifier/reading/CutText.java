package io.heliosjdbc.classifier.reading;

import io.heliosjdbc.classifier.statement.DoubleQuotes;
import io.heliosjdbc.classifier.tokens.Lexer;
import io.heliosjdbc.classifier.tokens.Tokens;
import org.jspecify.annotations.Nullable;

/**
 * A text cut into tokens the way that its database does, and where a backslash before a quote lets others cut it in another way, that one
 * too. Used by one thread.
 *
 * @param tokens the way of the database; of one that is not known the way that most share
 * @param other the other way, where there is one that closes every quote; else null
 * @param quotes what the database has between double quotes
 */
public record CutText(Tokens tokens, @Nullable Tokens other, DoubleQuotes quotes) {
    /**
     * What the lexer has cut without knowing the database; literals in double quotes are marked as such in it.
     *
     * @param quotes what the database has between double quotes
     */
    public static CutText of(Tokens tokens, DoubleQuotes quotes) {
        boolean twofold = tokens.readableTwoWays()
                && !tokens.escaped()
                && !tokens.unterminated()
                && tokens.sql().indexOf('\\') >= 0;
        Tokens escaped = twofold ? Lexer.readEscaped(tokens.sql()) : null;
        if (quotes == DoubleQuotes.NAMES) {
            tokens.takeSharpForOperator();
        }
        if (quotes != DoubleQuotes.LITERALS) {
            return new CutText(tokens, escaped, quotes);
        }
        Tokens own = escaped == null ? tokens : escaped;
        own.takeDoubleQuotesForLiterals();
        return new CutText(own, escaped == null ? null : tokens, quotes);
    }

    /** The other way, where nobody knows which one is the database's; else null. */
    @Nullable
    Tokens rival() {
        return quotes == DoubleQuotes.EITHER ? other : null;
    }
}
