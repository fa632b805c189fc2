package io.heliosjdbc.classifier.reading;

import io.heliosjdbc.classifier.tokens.Keyword;
import io.heliosjdbc.classifier.tokens.TokenKind;
import io.heliosjdbc.classifier.tokens.Tokens;
import io.heliosjdbc.classifier.tokens.Vocabulary;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What the first words of a statement, and the names of functions, tell. */
final class Verbs {
    /** Work on whole tables, whatever else the statement says. */
    static final Set<Keyword> BULK = Set.copyOf(EnumSet.of(
            Keyword.COPY,
            Keyword.REFRESH,
            Keyword.VACUUM,
            Keyword.ANALYZE,
            Keyword.REINDEX,
            Keyword.CLUSTER,
            Keyword.OPTIMIZE,
            Keyword.LOAD));

    private static final Set<String> OBJECTS = Set.of(
            "database",
            "domain",
            "extension",
            "function",
            "index",
            "package",
            "procedure",
            "role",
            "schema",
            "sequence",
            "table",
            "trigger",
            "type",
            "user",
            "view");

    private static final Vocabulary AGGREGATES = new Vocabulary("""
            any_value approx_count_distinct approx_distinct array_agg avg bit_and bit_or bit_xor bool_and
            bool_or corr count count_big covar_pop covar_samp every group_concat json_agg json_arrayagg
            json_object_agg json_objectagg jsonb_agg jsonb_object_agg listagg max median min mode
            percentile_cont percentile_disc range_agg regr_avgx regr_avgy regr_count regr_intercept regr_r2
            regr_slope regr_sxx regr_sxy regr_syy std stddev stddev_pop stddev_samp stdev stdevp string_agg sum
            var_pop var_samp variance varp xmlagg
            """);

    private static final int MODIFIERS_OF_CREATE = 6;

    private Verbs() {}

    /**
     * Whether an optimizer's hint, to most databases a comment, stands where it is none to any: between two words that have to be
     * looked at together, or before the parentheses of a call.
     */
    static boolean separates(Tokens tokens, int hint) {
        int before = hint - 1;
        if (before < 0 || tokens.is(before, ';')) {
            return false;
        }
        boolean isVerb =
                tokens.is(before, Keyword.SELECT) || (isWrite(tokens.keyword(before)) && !tokens.is(hint + 1, '('));
        return !(isVerb && !tokens.is(before - 1, '.')) && !(before == 0 && tokens.is(before, Keyword.WITH));
    }

    /** The type of the statement that begins at a token; empty where only its main query tells. */
    static String type(Tokens tokens, int from, int to) {
        int at = from;
        while (at < to && !tokens.isName(at)) {
            if (tokens.is(at, '(')) {
                return "";
            }
            at++;
        }
        if (at >= to || tokens.kind(at) != TokenKind.WORD) {
            return "OTHER";
        }
        return switch (tokens.keyword(at)) {
            case WITH -> "";
            case VALUES, TABLE -> "SELECT";
            case REPLACE, UPSERT -> "INSERT";
            case EXEC, EXECUTE, DO, DECLARE -> "CALL";
            case BEGIN -> StatementScanner.opensTransaction(tokens, at) ? "BEGIN" : "CALL";
            case CREATE, ALTER, DROP -> definition(tokens, at, to);
            default -> tokens.text(at).toUpperCase(Locale.ROOT);
        };
    }

    private static String definition(Tokens tokens, int verb, int to) {
        String name = tokens.keyword(verb).name();
        for (int i = verb + 1; i < Math.min(to, verb + MODIFIERS_OF_CREATE); i++) {
            String word = tokens.name(i);
            if (OBJECTS.contains(word)) {
                boolean materialized = tokens.is(i - 1, Keyword.MATERIALIZED);
                return name + (materialized ? " MATERIALIZED " : " ") + word.toUpperCase(Locale.ROOT);
            }
        }
        return name;
    }

    /** Whether a keyword before parentheses is the name of a function too. */
    static boolean isFunction(Keyword keyword) {
        return switch (keyword) {
            case CAST, DATE, IF, LEFT, REPLACE, RIGHT, ROW, TIME, TIMESTAMP, TRUNCATE -> true;
            default -> false;
        };
    }

    /** Whether statements of this type only open, close and set things up around the work. */
    static boolean isPlumbing(String type) {
        return switch (type) {
            case "BEGIN",
                    "START",
                    "COMMIT",
                    "END",
                    "ROLLBACK",
                    "ABORT",
                    "SAVEPOINT",
                    "RELEASE",
                    "SAVE",
                    "SET",
                    "RESET",
                    "SHOW",
                    "DISCARD",
                    "USE" -> true;
            default -> false;
        };
    }

    static boolean isWrite(Keyword verb) {
        return switch (verb) {
            case INSERT, UPDATE, DELETE, MERGE, REPLACE, UPSERT -> true;
            default -> false;
        };
    }

    /** Whether a query may begin with this word behind WITH and behind EXPLAIN with its options. */
    static boolean isMain(Keyword keyword) {
        return isWrite(keyword) || keyword == Keyword.SELECT || keyword == Keyword.VALUES;
    }

    /** Whether the word at a position, before a parenthesis, is the name of an aggregate function. */
    static boolean isAggregate(Tokens tokens, int i) {
        return tokens.kind(i) == TokenKind.WORD && AGGREGATES.has(tokens.hash(i));
    }
}
