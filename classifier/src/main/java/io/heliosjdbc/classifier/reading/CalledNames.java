package io.heliosjdbc.classifier.reading;

import io.heliosjdbc.classifier.statement.Dialect;
import io.heliosjdbc.classifier.tokens.Keyword;
import io.heliosjdbc.classifier.tokens.TokenKind;
import io.heliosjdbc.classifier.tokens.Tokens;
import io.heliosjdbc.classifier.tokens.Vocabulary;
import java.util.Locale;

/** What a name before a parenthesis may be: a word of the language, a table, or a function, and whose. Stateless. */
final class CalledNames {
    /** What says something of a session's use without parentheses too. */
    private static final Vocabulary BARE =
            new Vocabulary("sql_calc_found_rows current previous prevval " + String.join(" ", EarlierResultUse.NAMES));

    private CalledNames() {}

    /** Whether a token can be more than a column, a table or a word of the language: most names need not be made a string. */
    static boolean maySayMore(Tokens tokens, int i) {
        return tokens.kind(i) == TokenKind.WORD
                ? tokens.is(i + 1, '(') || BARE.has(tokens.hash(i))
                : tokens.kind(i) == TokenKind.QUOTED_NAME;
    }

    /** Where a name begins, schema and all, of which this is the last part. */
    static int first(Tokens tokens, int i) {
        int first = i;
        while (tokens.is(first - 1, '.')) {
            first -= 2;
        }
        return first;
    }

    /** Whether nobody's schema stands before the name: it is one of the database's own functions, or shares its name. */
    static boolean isUnqualified(Tokens tokens, int i) {
        return tokens.kind(i) == TokenKind.WORD && (!tokens.is(i - 1, '.') || isOfCatalog(tokens, i));
    }

    private static boolean isOfCatalog(Tokens tokens, int i) {
        return tokens.is(i - 1, '.') && tokens.textIs(i - 2, "pg_catalog") && !tokens.is(i - 3, '.');
    }

    /** Whether an unquoted name before a parenthesis may be that of a function that somebody has made. */
    static boolean mayBeSomebodysOwn(Tokens tokens, int i) {
        return !LanguageWords.isReserved(tokens.keyword(i))
                && !isOfCatalog(tokens, i)
                && !tokens.is(i - 1, Keyword.INTO)
                && !tokens.is(i - 1, Keyword.AS)
                && !isCommonTable(tokens, i);
    }

    /** Whether the name before a parenthesis is a word of the language, a list's table, or a function that leaves nothing behind. */
    static boolean mayStandBeforeParenthesis(Tokens tokens, int i, Dialect dialect) {
        int first = first(tokens, i);
        if (tokens.is(first - 1, Keyword.INTO) || tokens.is(first - 1, Keyword.AS) || isCommonTable(tokens, i)) {
            return true;
        }
        if ((first < i && !isOfCatalog(tokens, i)) || tokens.kind(i) != TokenKind.WORD) {
            return false;
        }
        String name = tokens.text(i).toLowerCase(Locale.ROOT);
        return isSyntaxThere(tokens, i, dialect)
                || ServerFunctions.has(dialect, name)
                || isWordThere(tokens, i, name)
                || (dialect == Dialect.POSTGRESQL && Verbs.isAggregate(tokens, i));
    }

    /** Words of the language wherever they stand, but for those that somebody's function may be called where there are no such words. */
    private static boolean isSyntaxThere(Tokens tokens, int i, Dialect dialect) {
        Keyword keyword = tokens.keyword(i);
        if (dialect == Dialect.POSTGRESQL) {
            return LanguageWords.has(keyword);
        }
        return switch (keyword) {
            case FILTER -> tokens.is(i - 1, ')');
            case TOP -> tokens.is(i - 1, Keyword.SELECT) || tokens.is(i - 1, Keyword.DISTINCT);
            case MATERIALIZED -> tokens.is(i - 1, Keyword.AS) || tokens.is(i - 1, Keyword.NOT);
            case CONFLICT -> tokens.is(i - 1, Keyword.ON);
            case ARRAY, ILIKE, LATERAL -> dialect != Dialect.MARIADB;
            default -> LanguageWords.has(keyword);
        };
    }

    /** Words of the language where they stand, elsewhere maybe somebody's functions. */
    private static boolean isWordThere(Tokens tokens, int i, String name) {
        return switch (name) {
            case "zone" -> tokens.is(i - 1, Keyword.TIME);
            case "sets" -> tokens.textIs(i - 1, "grouping");
            case "overlaps", "against" -> tokens.is(i - 1, ')');
            case "columns" -> tokens.isValue(i - 1);
            case "bernoulli", "system" -> tokens.textIs(i - 1, "tablesample");
            case "system_range" ->
                tokens.is(i - 1, Keyword.FROM) || tokens.is(i - 1, Keyword.JOIN) || tokens.is(i - 1, ',');
            case "regexp", "rlike", "div", "xor", "option" -> followsOperand(tokens, i);
            case "hint" -> tokens.is(i - 1, Keyword.USE);
            case "insert" -> tokens.is(i - 1, Keyword.THEN) && beginsAsMerge(tokens);
            default -> false;
        };
    }

    private static boolean followsOperand(Tokens tokens, int i) {
        return tokens.is(i - 1, ')')
                || tokens.isValue(i - 1)
                || (tokens.isName(i - 1) && tokens.is(i - 1, Keyword.NONE));
    }

    /** {@code WHEN NOT MATCHED THEN INSERT (a) ..}, and not the CASE of something else. */
    private static boolean beginsAsMerge(Tokens tokens) {
        return tokens.is(0, Keyword.MERGE) || tokens.is(0, Keyword.WITH) || tokens.is(0, Keyword.EXPLAIN);
    }

    /** {@code tree (id, depth) AS (SELECT ..)}: no table has columns of a type that is a query. */
    private static boolean isCommonTable(Tokens tokens, int i) {
        if (!tokens.is(i - 1, Keyword.WITH) && !tokens.is(i - 1, Keyword.RECURSIVE) && !tokens.is(i - 1, ',')) {
            return false;
        }
        int at = i + 2;
        while (tokens.isName(at) && tokens.is(at + 1, ',')) {
            at += 2;
        }
        if (!tokens.isName(at) || !tokens.is(at + 1, ')') || !tokens.is(at + 2, Keyword.AS)) {
            return false;
        }
        int open = at + 3;
        open += tokens.is(open, Keyword.NOT) ? 1 : 0;
        open += tokens.is(open, Keyword.MATERIALIZED) ? 1 : 0;
        return tokens.is(open, '(') && beginsQuery(tokens, open + 1);
    }

    /** Some of these words are columns' names to PostgreSQL, but not with what follows them. */
    private static boolean beginsQuery(Tokens tokens, int at) {
        return switch (tokens.keyword(at)) {
            case SELECT, WITH, TABLE -> true;
            case VALUES -> tokens.is(at + 1, '(');
            case INSERT, MERGE -> tokens.is(at + 1, Keyword.INTO);
            case DELETE -> tokens.is(at + 1, Keyword.FROM);
            case UPDATE -> assigns(tokens, at);
            default -> false;
        };
    }

    /** Whether an equals sign stands before the parenthesis that closes. */
    private static boolean assigns(Tokens tokens, int from) {
        for (int i = from; i < tokens.size() && !tokens.is(i, ')'); i++) {
            if (tokens.is(i, '=')) {
                return true;
            }
        }
        return false;
    }
}
