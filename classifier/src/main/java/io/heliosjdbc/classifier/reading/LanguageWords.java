package io.heliosjdbc.classifier.reading;

import io.heliosjdbc.classifier.tokens.Keyword;

/** Words of the language that stand before parentheses, each with what else it can be. Stateless. */
final class LanguageWords {
    /** What a word is. */
    private enum Standing {
        /** Of queries and changes, and no name of a function. */
        RESERVED,
        /** No name of a function either; where it stands, more may be meant than rows and values. */
        RESERVED_FOR_MORE,
        /** Of queries and changes, or a function that is a word of the language; somebody may have made one of that name. */
        SHARED,
        /** Somebody may have made a function of that name; where it is a word, more may be meant than rows and values. */
        SHARED_FOR_MORE,
        /** None of these. */
        NONE
    }

    private LanguageWords() {}

    /** Whether it is one of them. */
    static boolean has(Keyword keyword) {
        return standing(keyword) != Standing.NONE;
    }

    /** Whether it is one of queries and changes, or a function that is a word of the language: a database may plan with it. */
    static boolean isPlain(Keyword keyword) {
        return switch (standing(keyword)) {
            case RESERVED, SHARED -> true;
            case RESERVED_FOR_MORE, SHARED_FOR_MORE, NONE -> false;
        };
    }

    /** Whether no function can be called so without quotes. */
    static boolean isReserved(Keyword keyword) {
        return switch (standing(keyword)) {
            case RESERVED, RESERVED_FOR_MORE -> true;
            case SHARED, SHARED_FOR_MORE, NONE -> false;
        };
    }

    private static Standing standing(Keyword keyword) {
        return switch (keyword) {
            case ALL,
                    AND,
                    ANY,
                    ARRAY,
                    AS,
                    BETWEEN,
                    CASE,
                    CAST,
                    DISTINCT,
                    ELSE,
                    EXCEPT,
                    EXISTS,
                    FETCH,
                    FROM,
                    GROUP,
                    HAVING,
                    IN,
                    INTERSECT,
                    LATERAL,
                    LIMIT,
                    NOT,
                    OFFSET,
                    ON,
                    OR,
                    RETURNING,
                    ROW,
                    SELECT,
                    THEN,
                    TIME,
                    TIMESTAMP,
                    UNION,
                    USING,
                    VALUES,
                    WHEN,
                    WHERE -> Standing.RESERVED;
            case FOR, INTERVAL, ONLY, TABLE, TO, WITH -> Standing.RESERVED_FOR_MORE;
            case BY,
                    CONFLICT,
                    DATE,
                    FILTER,
                    IF,
                    ILIKE,
                    INDEX,
                    JOIN,
                    LEFT,
                    LIKE,
                    MATERIALIZED,
                    MINUS,
                    OVER,
                    PARTITION,
                    REPLACE,
                    RIGHT,
                    SET,
                    TOP,
                    TRUNCATE,
                    WITHIN -> Standing.SHARED;
            case EXPLAIN, IS, KEY, OF, UPDATE -> Standing.SHARED_FOR_MORE;
            default -> Standing.NONE;
        };
    }
}
