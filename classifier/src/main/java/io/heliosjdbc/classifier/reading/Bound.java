package io.heliosjdbc.classifier.reading;

import io.heliosjdbc.classifier.tokens.Keyword;
import io.heliosjdbc.classifier.tokens.TokenKind;
import io.heliosjdbc.classifier.tokens.Tokens;

/** How a word or operator of a WHERE clause bounds the rows: by comparing a plain column with a literal or a parameter. */
enum Bound {
    /** Not at all. */
    NONE,
    /** To a range, a pattern or the like. */
    RANGE,
    /** To a value, a list of values, or a cursor's row. */
    EQUALITY;

    /** What the token at a position does. */
    static Bound at(Tokens tokens, int i) {
        if (tokens.kind(i) == TokenKind.OPERATOR) {
            Bound bound = of(tokens, i);
            return bound == NONE || compares(tokens, i) ? bound : NONE;
        }
        return switch (tokens.keyword(i)) {
            case IN -> isColumn(tokens, i - 1) && tokens.is(i + 1, '(') && isValue(tokens, i + 2) ? EQUALITY : NONE;
            case LIKE, ILIKE, BETWEEN -> isColumn(tokens, i - 1) && isValue(tokens, i + 1) ? RANGE : NONE;
            case CURRENT -> tokens.is(i + 1, Keyword.OF) ? EQUALITY : NONE;
            default -> NONE;
        };
    }

    private static Bound of(Tokens tokens, int operator) {
        return switch (tokens.symbol(operator)) {
            case '=' -> EQUALITY;
            case '<', '>', '~' -> RANGE;
            case 0 ->
                switch (tokens.text(operator)) {
                    case "==", "<=>" -> EQUALITY;
                    case "<=", ">=", "<>", "!=", "~*", "@>", "<@", "&&" -> RANGE;
                    default -> NONE;
                };
            default -> NONE;
        };
    }

    private static boolean compares(Tokens tokens, int i) {
        boolean columnFirst = isColumn(tokens, i - 1) && isValue(tokens, i + 1);
        boolean valueFirst = endsValue(tokens, i - 1)
                && tokens.isName(i + 1)
                && tokens.is(i + 1, Keyword.NONE)
                && !tokens.is(TableNames.end(tokens, i + 1) + 1, '(');
        return columnFirst || valueFirst;
    }

    /** A name, qualified or not, that is no part of a calculation. */
    private static boolean isColumn(Tokens tokens, int last) {
        if (!tokens.isName(last)) {
            return false;
        }
        switch (tokens.keyword(last)) {
            case ALL, AND, ANY, ARRAY, CASE, CAST, CURRENT, END, EXISTS, FALSE, NOT, NULL, OR, ROW, SELECT, TRUE -> {
                return false;
            }
            default -> {}
        }
        int first = last;
        while (tokens.is(first - 1, '.') && tokens.isName(first - 2)) {
            first -= 2;
        }
        return tokens.kind(first - 1) != TokenKind.OPERATOR;
    }

    private static boolean endsValue(Tokens tokens, int i) {
        return tokens.isValue(i) || tokens.kind(i) == TokenKind.VARIABLE;
    }

    /** Whether a literal or parameter begins there, with its sign, parenthesis or type. */
    static boolean isValue(Tokens tokens, int i) {
        if (endsValue(tokens, i)) {
            return true;
        }
        if (tokens.is(i, '-') || tokens.is(i, '+') || tokens.is(i, '(')) {
            return endsValue(tokens, i + 1);
        }
        return switch (tokens.keyword(i)) {
            case DATE, TIME, TIMESTAMP, INTERVAL -> endsValue(tokens, i + 1);
            case ANY -> tokens.is(i + 1, '(') && endsValue(tokens, i + 2);
            case TRUE, FALSE -> true;
            default -> false;
        };
    }
}
