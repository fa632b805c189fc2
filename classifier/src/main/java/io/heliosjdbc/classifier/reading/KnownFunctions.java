package io.heliosjdbc.classifier.reading;

import io.heliosjdbc.classifier.statement.Dialect;
import io.heliosjdbc.classifier.statement.LastResult;
import io.heliosjdbc.classifier.tokens.Keyword;
import io.heliosjdbc.classifier.tokens.TokenKind;
import io.heliosjdbc.classifier.tokens.Tokens;
import io.heliosjdbc.classifier.tokens.Vocabulary;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What names before parentheses are, and what functions have to do with their session. Stateless. */
final class KnownFunctions {
    /** They answer with what an earlier statement of the same session has left, on one engine or another. */
    private static final Set<String> EARLIER_RESULTS = Set.of(
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

    private static final Set<String> OF_POSTGRES = Set.of("currval", "lastval");
    private static final Set<String> WITH_ARGUMENTS = Set.of("currval", "lastval", "last_insert_id");

    /** Names of somebody's own functions there. */
    private static final Set<String> NOT_OF_H2 =
            Set.of("found_rows", "row_count", "identity_val_local", "last_insert_rowid", "changes", "total_changes");

    private static final Set<String> NOT_OF_MARIADB =
            Set.of("identity", "scope_identity", "identity_val_local", "last_insert_rowid", "changes", "total_changes");

    /** What a text has in it, however it is read, that asks for any of these. */
    private static final Pattern ASKS = Pattern.compile(
            "(?:last_insert_id|found_rows|row_count|identity|identity_val_local|last_insert_rowid|changes)[\"`\\]]?"
                    + LastResult.GAP + "*+\\(" + LastResult.GAP + "*+\\)"
                    + "|(?:lastval|currval)[\"`\\]]?" + LastResult.GAP + "*+\\("
                    + "|(?:previous|prevval|current)" + LastResult.GAP + "++value" + LastResult.GAP + "++for\\b"
                    + "|@@(?:\\w+\\.)?`?(?:identity|insert_id|last_insert_id|last_gtid|rowcount|error_count|warning_count)\\b"
                    + "|\\.[\"`]?currval",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern OF_SEQUENCE =
            Pattern.compile("lastval|currval|previous|prevval", Pattern.CASE_INSENSITIVE);

    /** What they leave behind in the session the server tells. */
    private static final Set<String> LOCKS = Set.of(
            "pg_advisory_lock",
            "pg_advisory_lock_shared",
            "pg_try_advisory_lock",
            "pg_try_advisory_lock_shared",
            "pg_advisory_unlock",
            "pg_advisory_unlock_all",
            "pg_advisory_unlock_shared");

    /** What says something of a session's use without parentheses too. */
    private static final Vocabulary BARE =
            new Vocabulary("sql_calc_found_rows current previous prevval " + String.join(" ", EARLIER_RESULTS));

    private KnownFunctions() {}

    /** Whether a token can be more than a column, a table or a word of the language: most names need not be made a string. */
    static boolean maySayMore(Tokens tokens, int i) {
        return tokens.kind(i) == TokenKind.WORD
                ? tokens.is(i + 1, '(') || BARE.has(tokens.hash(i))
                : tokens.kind(i) == TokenKind.QUOTED_NAME;
    }

    static boolean readsEarlierResult(String name, Dialect dialect) {
        return switch (dialect) {
            case POSTGRESQL -> OF_POSTGRES.contains(name);
            case H2 -> EARLIER_RESULTS.contains(name) && !NOT_OF_H2.contains(name);
            case MARIADB -> EARLIER_RESULTS.contains(name) && !NOT_OF_MARIADB.contains(name);
            case OTHER -> EARLIER_RESULTS.contains(name);
        };
    }

    /** Whether what such a text asks for may be a sequence's last value. */
    static boolean mayNameSequence(String sql) {
        return OF_SEQUENCE.matcher(sql).find();
    }

    /** Whether it asks also with something in its parentheses. */
    static boolean takesArguments(String name) {
        return WITH_ARGUMENTS.contains(name);
    }

    /** Whether a text may do so of which nobody can say what its words are. */
    static boolean mayReadEarlierResult(String sql) {
        return ASKS.matcher(sql).find();
    }

    /** Whether it is asked for behind a sequence's name without parentheses; what else is called so there is a column. */
    static boolean isPseudocolumn(String name) {
        return name.equals("currval");
    }

    /** Whether it takes or gives back a lock of the session. */
    static boolean locks(String name) {
        return LOCKS.contains(name);
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
        if (isOfCatalog(tokens, i)
                || tokens.is(i - 1, Keyword.INTO)
                || tokens.is(i - 1, Keyword.AS)
                || isCommonTable(tokens, i)) {
            return false;
        }
        return switch (tokens.keyword(i)) {
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
                    FOR,
                    FROM,
                    GROUP,
                    HAVING,
                    IN,
                    INTERSECT,
                    INTERVAL,
                    LATERAL,
                    LIMIT,
                    NOT,
                    OFFSET,
                    ON,
                    ONLY,
                    OR,
                    RETURNING,
                    ROW,
                    SELECT,
                    TABLE,
                    THEN,
                    TIME,
                    TIMESTAMP,
                    TO,
                    UNION,
                    USING,
                    VALUES,
                    WHEN,
                    WHERE,
                    WITH -> false;
            default -> true;
        };
    }

    /** Whether the name before a parenthesis is a word of the language, a list's table, or a function that leaves nothing behind. */
    static boolean mayStandBeforeParenthesis(Tokens tokens, int i, Dialect dialect) {
        int first = i;
        while (tokens.is(first - 1, '.')) {
            first -= 2;
        }
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
            return PlannableReader.isSyntax(keyword) || isMoreSyntax(keyword);
        }
        return switch (keyword) {
            case FILTER -> tokens.is(i - 1, ')');
            case TOP -> tokens.is(i - 1, Keyword.SELECT) || tokens.is(i - 1, Keyword.DISTINCT);
            case MATERIALIZED -> tokens.is(i - 1, Keyword.AS) || tokens.is(i - 1, Keyword.NOT);
            case CONFLICT -> tokens.is(i - 1, Keyword.ON);
            case ARRAY, ILIKE, LATERAL -> dialect != Dialect.MARIADB;
            default -> PlannableReader.isSyntax(keyword) || isMoreSyntax(keyword);
        };
    }

    private static boolean isMoreSyntax(Keyword keyword) {
        return switch (keyword) {
            case TABLE, KEY, INTERVAL, WITH, EXPLAIN, UPDATE, ONLY, FOR, IS, OF, TO -> true;
            default -> false;
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
