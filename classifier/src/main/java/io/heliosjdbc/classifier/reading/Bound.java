package io.heliosjdbc.classifier.reading;

import io.heliosjdbc.classifier.tokens.Keyword;
import io.heliosjdbc.classifier.tokens.TokenKind;
import io.heliosjdbc.classifier.tokens.Tokens;

/** How a word or operator of a WHERE clause bounds the rows: by comparing plain columns with literals, parameters, or what is made of these alone. */
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
            return bound == NONE || compares(tokens, i, bound) ? bound : NONE;
        }
        return switch (tokens.keyword(i)) {
            case IN -> isColumn(tokens, i - 1) && tokens.is(i + 1, '(') && isFixed(tokens, i + 2) ? EQUALITY : NONE;
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

    private static boolean compares(Tokens tokens, int i, Bound bound) {
        boolean value = bound == EQUALITY ? isFixed(tokens, i + 1) : isValue(tokens, i + 1);
        boolean columnFirst = value && isColumn(tokens, i - 1);
        boolean valueFirst = endsValue(tokens, i - 1)
                && tokens.isName(i + 1)
                && tokens.is(i + 1, Keyword.NONE)
                && !tokens.is(TableNames.end(tokens, i + 1) + 1, '(');
        return columnFirst || valueFirst;
    }

    /** A name, qualified or not, or a list of them in parentheses, that is no part of a calculation. */
    private static boolean isColumn(Tokens tokens, int last) {
        if (tokens.is(last, ')')) {
            return isColumnList(tokens, last);
        }
        if (!isColumnName(tokens, last)) {
            return false;
        }
        return tokens.kind(beginOfName(tokens, last) - 1) != TokenKind.OPERATOR;
    }

    private static boolean isColumnName(Tokens tokens, int last) {
        if (!tokens.isName(last)) {
            return false;
        }
        return switch (tokens.keyword(last)) {
            case ALL, AND, ANY, ARRAY, CASE, CAST, CURRENT, END, EXISTS, FALSE, NOT, NULL, OR, ROW, SELECT, TRUE ->
                false;
            default -> true;
        };
    }

    private static int beginOfName(Tokens tokens, int last) {
        int first = last;
        while (tokens.is(first - 1, '.') && tokens.isName(first - 2)) {
            first -= 2;
        }
        return first;
    }

    /** {@code (a, t.b)}, not the arguments of a call. */
    private static boolean isColumnList(Tokens tokens, int close) {
        int at = close;
        do {
            if (!isColumnName(tokens, at - 1)) {
                return false;
            }
            at = beginOfName(tokens, at - 1) - 1;
        } while (tokens.is(at, ','));
        if (!tokens.is(at, '(')) {
            return false;
        }
        return switch (tokens.keyword(at - 1)) {
            case WHERE, AND, OR, NOT, ROW -> true;
            default -> tokens.is(at - 1, '(');
        };
    }

    private static boolean endsValue(Tokens tokens, int i) {
        return tokens.isValue(i) || tokens.kind(i) == TokenKind.VARIABLE;
    }

    /** Whether a literal or parameter begins there, with its sign, parentheses or type. */
    static boolean isValue(Tokens tokens, int i) {
        return endsValue(tokens, bare(tokens, i)) || isTruth(tokens, bare(tokens, i));
    }

    /** Whether a value begins there, or a call of values alone, which may be a key as one alone may; a range rather is many rows then. */
    private static boolean isFixed(Tokens tokens, int i) {
        return isValue(tokens, i) || isCallOfValues(tokens, bare(tokens, i));
    }

    private static boolean isTruth(Tokens tokens, int i) {
        return tokens.is(i, Keyword.TRUE) || tokens.is(i, Keyword.FALSE);
    }

    /** Behind all that may stand before a value. */
    private static int bare(Tokens tokens, int i) {
        int at = i;
        int inner = inner(tokens, at);
        while (inner > at) {
            at = inner;
            inner = inner(tokens, at);
        }
        return at;
    }

    /** Behind one such thing; the position itself where nothing of the kind does. */
    private static int inner(Tokens tokens, int i) {
        if (tokens.is(i, '-') || tokens.is(i, '+') || tokens.is(i, '(')) {
            return i + 1;
        }
        if (tokens.is(i, '{') && tokens.isName(i + 1)) {
            return i + 2;
        }
        return switch (tokens.keyword(i)) {
            case DATE, TIME, TIMESTAMP, INTERVAL -> endsValue(tokens, i + 1) ? i + 1 : i;
            case ANY -> tokens.is(i + 1, '(') ? i + 2 : i;
            case ARRAY -> tokens.is(i + 1, '[') ? i + 2 : i;
            // uuid '..', _utf8mb4'..'
            case NONE -> tokens.isName(i) && tokens.kind(i + 1) == TokenKind.STRING ? i + 1 : i;
            default -> i;
        };
    }

    /**
     * Whether a call begins there that is the same for every row: of values, of such calls, and of the types that they are cast to. A call
     * of nothing, as {@code now()}, is none: it tells little of how many rows are meant.
     */
    private static boolean isCallOfValues(Tokens tokens, int name) {
        int open = openOfCall(tokens, name);
        if (open < 0) {
            return false;
        }
        boolean converts = tokens.textIs(name, "convert");
        boolean typeFirst = converts && !endsValue(tokens, open + 1);
        boolean type = typeFirst;
        boolean value = false;
        int depth = 0;
        for (int at = open; at < tokens.size(); at++) {
            switch (tokens.kind(at)) {
                case STRING, NUMBER, PARAMETER, VARIABLE -> {
                    value |= !type;
                    at = tokens.endOfList(at);
                }
                case OPERATOR -> {
                    if (of(tokens, at) != NONE) {
                        return false;
                    }
                    type = tokens.textIs(at, "::");
                }
                case WORD, QUOTED_NAME -> {
                    boolean typed = tokens.is(at, Keyword.AS) || (converts && tokens.is(at, Keyword.USING));
                    if (typed) {
                        type = true;
                    } else if (!type) {
                        int inner = openOfCall(tokens, at);
                        if (inner < 0 && !isConstant(tokens, at)) {
                            return false;
                        }
                        at = Math.max(at, inner - 1);
                    }
                }
                case PUNCTUATION -> {
                    switch (tokens.symbol(at)) {
                        case '(' -> {
                            depth++;
                            if (tokens.is(at + 1, ')')) {
                                return false;
                            }
                        }
                        case ')' -> {
                            depth--;
                            if (depth == 0) {
                                return value;
                            }
                        }
                        case ',' -> type = converts && !typeFirst;
                        case '[', ']', '}' -> {}
                        case '{' -> at++;
                        default -> {
                            return false;
                        }
                    }
                }
                case OPTIMIZER_HINT, END -> {
                    return false;
                }
            }
        }
        return false;
    }

    /** The parenthesis behind a function's name that begins there; -1 where none does. */
    private static int openOfCall(Tokens tokens, int name) {
        boolean named =
                tokens.isName(name) && (tokens.is(name, Keyword.NONE) || Verbs.isFunction(tokens.keyword(name)));
        int open = named ? TableNames.end(tokens, name) + 1 : -1;
        return tokens.is(open, '(') ? open : -1;
    }

    private static boolean isConstant(Tokens tokens, int i) {
        return tokens.is(i, Keyword.NULL) || isTruth(tokens, i) || inner(tokens, i) > i;
    }
}
