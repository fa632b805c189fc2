package io.heliosjdbc.classifier.reading;

import io.heliosjdbc.classifier.tokens.Tokens;

/** Reads the names of tables where tables are expected. */
public final class TableNames {
    private TableNames() {}

    /** The position itself where a name begins there, a later one where the word only modifies, -1 where no table follows. */
    static int begin(Tokens tokens, int i) {
        return switch (tokens.keyword(i)) {
            case ONLY,
                    LATERAL,
                    TABLE,
                    IF,
                    NOT,
                    EXISTS,
                    LOW_PRIORITY,
                    IGNORE,
                    QUICK,
                    DELAYED,
                    INTO,
                    OR,
                    REPLACE,
                    CONCURRENTLY,
                    FULL,
                    FREEZE,
                    VERBOSE,
                    ANALYZE -> tokens.isName(i + 1) || tokens.is(i + 1, '(') ? i + 1 : i;
            case SELECT, VALUES, SET, WHERE, WITH, ON, FROM, DEFAULT, JOIN, AS, TO, TOP -> -1;
            default -> i;
        };
    }

    /** The last token of the name that begins at a position. */
    public static int end(Tokens tokens, int begin) {
        int last = begin;
        while (tokens.is(last + 1, '.')) {
            int next = last + 2;
            while (tokens.is(next, '.')) {
                next++;
            }
            if (!tokens.isName(next)) {
                return last;
            }
            last = next;
        }
        return last;
    }

    static String name(Tokens tokens, int begin, int last) {
        if (begin == last) {
            return tokens.name(begin);
        }
        StringBuilder name = new StringBuilder();
        for (int i = begin; i <= last; i++) {
            name.append(tokens.is(i, '.') ? "." : tokens.name(i));
        }
        return name.toString();
    }
}
