package io.heliosjdbc.classifier.shape;

import io.heliosjdbc.classifier.learned.FeatureVector;
import io.heliosjdbc.classifier.reading.FeatureScanner;
import io.heliosjdbc.classifier.reading.Reading;
import io.heliosjdbc.classifier.reading.TableNames;
import io.heliosjdbc.classifier.statement.Feature;
import io.heliosjdbc.classifier.statement.Features;
import io.heliosjdbc.classifier.tokens.Keyword;
import io.heliosjdbc.classifier.tokens.Lexer;
import io.heliosjdbc.classifier.tokens.TokenKind;
import io.heliosjdbc.classifier.tokens.Tokens;
import io.heliosjdbc.classifier.tokens.Vocabulary;

/**
 * Turns a text into the features that the learned classifier goes by: the statement's structure, alone and crossed, and the
 * words around which it is built, alone and with their neighbours. Names count by what they suggest and values not at all, so
 * that what was learned of one schema holds for others. Not thread-safe.
 */
public final class FeatureReader {
    /** Words beyond this many are not looked at: the structure of a longer text tells enough. */
    private static final int MOST_WORDS = 1_500;

    /** More than there are classes of limits. */
    private static final int LIMITS = 8;

    private static final int LONGEST_HINT = 64;
    private static final int VALUE = 1;
    private static final int LIST = 2;
    private static final int NAME = 16;
    private static final int ROUTINE = 32;

    private final Tokens tokens;
    private final Features features;
    private final ShapeReader shape;
    private final FeatureVector.Builder out = new FeatureVector.Builder();
    private int last;
    private int beforeLast;

    private FeatureReader(Tokens tokens, Features features) {
        this.tokens = tokens;
        this.features = features;
        this.shape = new ShapeReader(tokens);
        shape.read();
    }

    /** A reader of a text that nothing is known of. */
    public static FeatureReader of(String sql) {
        Tokens tokens = Lexer.read(sql);
        return of(tokens, Reading.of(tokens).features());
    }

    /**
     * A reader of a text with these tokens and features. Of {@code sp_executesql} it reads the statement that is executed.
     */
    public static FeatureReader of(Tokens tokens, Features features) {
        boolean executes = tokens.is(0, Keyword.EXEC) || tokens.is(0, Keyword.EXECUTE);
        return executes && tokens.textIs(1, "sp_executesql") && tokens.kind(2) == TokenKind.STRING
                ? executed(Lexer.read(tokens.unquoted(2)))
                : new FeatureReader(tokens, features);
    }

    private static FeatureReader executed(Tokens tokens) {
        return new FeatureReader(tokens, Reading.of(tokens).features());
    }

    /** How many rows are written out and asked for, in steps: what a template does not keep and the vector does. */
    public int magnitude() {
        return rows(shape.rows) * LIMITS + shape.main.limit;
    }

    /** The features; to be asked for once. */
    public FeatureVector vector() {
        structure();
        words();
        return out.build();
    }

    private void structure() {
        QueryShape main = shape.main;
        int verb = features.value(Feature.QUERY_TYPE) instanceof String type ? type.hashCode() : 0;
        int joins = bucket(number(Feature.JOIN_COUNT));
        int aggregations = bucket(number(Feature.AGGREGATION_COUNT));
        int subqueries = bucket(number(Feature.SUBQUERY_COUNT));
        int access = main.access();
        int unkeyed = Math.min(3, shape.unkeyedQueries);
        int keyed = Math.min(2, shape.keyedQueries);
        int groups = shape.groupings > 0 ? 2 : aggregations > 0 ? 1 : 0;
        int summary = groups + (shape.windows > 0 ? 3 : 0);
        int limit = main.limit;
        int size = Integer.SIZE - Integer.numberOfLeadingZeros(tokens.size());
        int rows = rows(shape.rows);
        int bulk = (truth(Feature.BULK_OPERATION) ? 1 : 0) + (truth(Feature.WRITE_HEAVY) ? 2 : 0);
        int ranges = (shape.anyTimeRange ? 1 : 0) + (shape.anyContains ? 2 : 0);
        int order = (main.ordered ? 1 : 0) + (main.locks ? 2 : 0);

        add(1, verb);
        add(2, joins);
        add(3, aggregations);
        add(4, subqueries);
        add(5, access);
        add(6, unkeyed * 4 + keyed);
        add(7, summary);
        add(8, limit);
        add(9, size);
        add(10, rows);
        add(11, bulk);
        add(12, ranges);
        add(13, order);
        add(14, Math.min(4, shape.statements));
        add(15, Math.min(4, shape.commonTables));
        add(16, Math.min(4, shape.unions));
        add(17, Math.min(4, shape.windows));
        add(18, Math.min(4, shape.cases));
        add(19, shape.anyDistinct ? 1 : 0);
        add(20, Math.min(4, shape.groupings));
        add(21, main.alternatives() ? 1 : 0);
        add(22, bucket(number(Feature.PARAMETER_COUNT)));

        add(30, verb, access);
        add(31, verb, summary);
        add(32, verb, joins);
        add(33, verb, limit);
        add(34, verb, rows);
        add(35, verb, bulk);
        add(36, verb, unkeyed * 4 + keyed);
        add(37, verb, subqueries);
        add(38, verb, ranges);
        add(39, verb, order);
        add(40, verb, size);
        add(41, verb, Math.min(4, shape.commonTables));
        add(50, verb, access * 8 + summary);
        add(51, verb, access * 8 + joins);
        add(52, verb, access * 8 + limit);
        add(53, verb, access * 8 + bulk);
        add(54, verb, access * 16 + unkeyed * 4 + keyed);
        add(55, verb, summary * 8 + joins);
        add(56, verb, summary * 8 + limit);
        add(57, verb, summary * 16 + unkeyed * 4 + keyed);
        add(58, verb, joins * 16 + unkeyed * 4 + keyed);
        add(59, verb, subqueries * 16 + unkeyed * 4 + keyed);
        add(60, verb, (access * 8 + summary) * 8 + limit);
        add(61, verb, (access * 8 + summary) * 8 + joins);
        add(62, verb, (access * 8 + joins) * 8 + limit);
        add(63, verb, (access * 8 + limit) * 4 + order);
        add(64, verb, ((access * 8 + summary) * 8 + joins) * 8 + limit);
        add(65, verb, (ranges * 8 + summary) * 8 + limit);
        add(66, verb, (main.hasFrom ? 1 : 0) + (main.star ? 2 : 0) + access * 4);
        add(67, verb, (main.subqueryTest ? 1 : 0) + (main.exists ? 2 : 0) + (main.isKeyed() ? 4 : 0) + summary * 8);
    }

    private void words() {
        boolean table = false;
        boolean called = false;
        int words = 0;
        for (int i = 0; i < tokens.size() && words < MOST_WORDS; i++) {
            words++;
            switch (tokens.kind(i)) {
                case WORD, QUOTED_NAME -> {
                    int chainEnd = TableNames.end(tokens, i);
                    for (int part = i; part <= chainEnd; part++) {
                        if (tokens.isName(part)) {
                            parts(part, tokens.is(chainEnd + 1, '(') || called ? 2 : table ? 1 : 3);
                        }
                    }
                    int symbol = symbol(i, chainEnd);
                    symbol(symbol);
                    table = beginsTable(i);
                    called = calls(i);
                    i = chainEnd;
                }
                case STRING, NUMBER, PARAMETER, VARIABLE -> {
                    symbol(VALUE);
                    table = false;
                    int end = tokens.endOfList(i);
                    if (end > i && words + 2 <= MOST_WORDS) {
                        // What follows the second value of a list adds nothing.
                        symbol(VALUE);
                    }
                    words += end - i;
                    i = end;
                }
                case PUNCTUATION -> {
                    char symbol = tokens.symbol(i);
                    if (symbol == '(' || symbol == ')' || symbol == ';') {
                        symbol(symbol);
                    }
                }
                case OPERATOR -> {
                    symbol(64 + (int) tokens.hash(i));
                    table = false;
                }
                case OPTIMIZER_HINT -> hint(tokens.start(i), tokens.end(i));
                case END -> {}
            }
        }
        symbol(0);
        int versioned = tokens.sql().indexOf("/*!");
        if (versioned >= 0) {
            hint(versioned, Math.min(tokens.sql().length(), versioned + LONGEST_HINT));
        }
    }

    private int symbol(int first, int chainEnd) {
        if (first == chainEnd && tokens.kind(first) == TokenKind.WORD) {
            long hash = tokens.hash(first);
            if (Vocabulary.SQL.has(hash)) {
                out.word((int) hash);
                return (int) (hash >>> 20) | 0x40000000;
            }
        }
        if (tokens.is(chainEnd + 1, '(')) {
            return ROUTINE;
        }
        return NAME + NameClass.of(tokens, chainEnd).index();
    }

    /** A list of the same things is one of them. */
    private void symbol(int symbol) {
        if (symbol == last && symbol < 64) {
            if (beforeLast == LIST) {
                return;
            }
            beforeLast = LIST;
            return;
        }
        out.word(mix(mix(2, last), symbol));
        out.word(mix(mix(mix(3, beforeLast), last), symbol));
        beforeLast = last;
        last = symbol;
    }

    private boolean calls(int i) {
        return switch (tokens.keyword(i)) {
            case EXEC, EXECUTE, CALL -> true;
            default -> false;
        };
    }

    private boolean beginsTable(int i) {
        return switch (tokens.keyword(i)) {
            case FROM,
                    JOIN,
                    INTO,
                    UPDATE,
                    TABLE,
                    USING,
                    VIEW,
                    ONLY,
                    TRUNCATE,
                    ANALYZE,
                    VACUUM,
                    COPY,
                    REFRESH,
                    EXISTS,
                    IF -> true;
            default -> false;
        };
    }

    /** The parts of a name between underscores and where small letters end. */
    private void parts(int token, int role) {
        char[] text = tokens.chars();
        int from = tokens.start(token);
        int to = tokens.end(token);
        if (role == 3 && isOnePart(text, from, to)) {
            return;
        }
        int begin = from;
        long hash = Vocabulary.EMPTY;
        for (int i = from; i <= to; i++) {
            boolean letter = i < to && isLetter(text[i]);
            boolean hump = letter && i > begin && isUpperCase(text[i]) && Character.isLowerCase(text[i - 1]);
            if (!letter || hump) {
                if (i - begin > 1 && (i - begin < to - from || role != 3)) {
                    long part = Vocabulary.known(hash);
                    if (Vocabulary.NAMES.has(part)) {
                        out.word(mix(mix(4, role), (int) part));
                    }
                }
                begin = hump ? i : i + 1;
                hash = Vocabulary.EMPTY;
            }
            if (letter) {
                hash = Vocabulary.with(hash, text[i]);
            }
        }
    }

    private static boolean isOnePart(char[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!isLetter(text[i]) || (i > from && isUpperCase(text[i]) && Character.isLowerCase(text[i - 1]))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(char c) {
        return c < 128 ? (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') : Character.isLetter(c);
    }

    private static boolean isUpperCase(char c) {
        return c < 128 ? c >= 'A' && c <= 'Z' : Character.isUpperCase(c);
    }

    /** The words of an optimizer hint, and of MySQL's comments for newer versions, that say that much is done. */
    private void hint(int from, int to) {
        int begin = from;
        for (int i = begin; i <= to; i++) {
            char c = i == to ? ' ' : tokens.chars()[i];
            if (!isLetter(c) && c != '_') {
                long hash = Vocabulary.hash(tokens.chars(), begin, i);
                if (i > begin && Vocabulary.SQL.has(hash)) {
                    out.word(mix(5, (int) hash));
                }
                begin = i + 1;
            }
        }
    }

    private boolean truth(Feature feature) {
        return Boolean.TRUE.equals(features.value(feature));
    }

    private long number(Feature feature) {
        return features.value(feature) instanceof Long number ? number : 0;
    }

    private static int bucket(long count) {
        return (int) (count < 4 ? count : count < 6 ? 4 : count < 11 ? 5 : 6);
    }

    static int rows(int rows) {
        return rows < 2 ? rows : rows < 10 ? 2 : rows < 50 ? 3 : rows < FeatureScanner.MANY_ROWS ? 4 : 5;
    }

    private void add(int kind, int value) {
        out.structure(mix(mix(7, kind), value));
    }

    private void add(int kind, int verb, int value) {
        out.structure(mix(mix(mix(7, kind), verb), value));
    }

    private static int mix(int hash, int value) {
        int mixed = (hash ^ value) * 0x9E3779B1;
        return (mixed ^ (mixed >>> 15)) + hash * 31;
    }
}
