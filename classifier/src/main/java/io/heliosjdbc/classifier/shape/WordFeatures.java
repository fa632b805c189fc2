package io.heliosjdbc.classifier.shape;

import static io.heliosjdbc.classifier.shape.StructureFeatures.mix;

import io.heliosjdbc.classifier.learned.FeatureVector;
import io.heliosjdbc.classifier.reading.TableNames;
import io.heliosjdbc.classifier.tokens.TokenKind;
import io.heliosjdbc.classifier.tokens.Tokens;
import io.heliosjdbc.classifier.tokens.Vocabulary;

/** The features of a text's words, alone and with their neighbours. Not thread-safe. */
final class WordFeatures {
    /** Words beyond this many are not looked at: the structure of a longer text tells enough. */
    private static final int MOST_WORDS = 1_500;

    private static final int LONGEST_HINT = 64;
    private static final int VALUE = 1;
    private static final int LIST = 2;
    private static final int NAME = 16;
    private static final int ROUTINE = 32;

    /** What a name stands for. */
    private static final int TABLE = 1;

    private static final int CALLED = 2;
    private static final int COLUMN = 3;

    private final Tokens tokens;
    private final FeatureVector.Builder out;
    private int last;
    private int beforeLast;

    WordFeatures(Tokens tokens, FeatureVector.Builder out) {
        this.tokens = tokens;
        this.out = out;
    }

    void add() {
        boolean table = false;
        boolean called = false;
        int words = 0;
        for (int i = 0; i < tokens.size() && words < MOST_WORDS; i++) {
            words++;
            switch (tokens.kind(i)) {
                case WORD, QUOTED_NAME -> {
                    int chainEnd = TableNames.end(tokens, i);
                    int role = called || tokens.is(chainEnd + 1, '(') ? CALLED : table ? TABLE : COLUMN;
                    for (int name = i; name <= chainEnd; name++) {
                        if (tokens.isName(name)) {
                            parts(name, role);
                        }
                    }
                    symbol(symbolOf(i, chainEnd));
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

    private int symbolOf(int first, int chainEnd) {
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

    /** The parts of a name between underscores and where small letters end; that of a column is none itself. */
    private void parts(int name, int role) {
        int from = tokens.start(name);
        int to = tokens.end(name);
        if (tokens.isOneCase(name)) {
            if (role != COLUMN) {
                part(from, to, tokens.hash(name), role);
            }
            return;
        }
        char[] text = tokens.chars();
        int begin = from;
        long hash = Vocabulary.EMPTY;
        for (int i = from; i <= to; i++) {
            boolean letter = i < to && isLetter(text[i]);
            boolean hump = letter && i > begin && isUpperCase(text[i]) && Character.isLowerCase(text[i - 1]);
            if (!letter || hump) {
                if (role != COLUMN || i - begin < to - from) {
                    part(begin, i, Vocabulary.known(hash), role);
                }
                begin = hump ? i : i + 1;
                hash = Vocabulary.EMPTY;
            }
            if (letter) {
                hash = Vocabulary.with(hash, text[i]);
            }
        }
    }

    private void part(int from, int to, long hash, int role) {
        if (to - from > 1 && Vocabulary.NAMES.has(hash)) {
            out.word(mix(mix(4, role), (int) hash));
        }
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
}
