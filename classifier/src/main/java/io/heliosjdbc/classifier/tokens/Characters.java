package io.heliosjdbc.classifier.tokens;

/** What single characters are to the lexer; told by a table as far as ASCII goes. */
final class Characters {
    /** It may stand within an unquoted name. */
    static final int WORD_PART = 1;

    static final int SPACE = 1 << 1;
    /** Operators are made of it. */
    static final int OPERATOR = 1 << 2;

    static final int SMALL = 1 << 3;
    static final int CAPITAL = 1 << 4;
    static final int UNDERSCORE = 1 << 5;
    static final int SHARP = 1 << 6;
    /** A digit or a dollar. */
    static final int DIGIT_OR_DOLLAR = 1 << 7;
    /** Beyond ASCII, and no space. */
    static final int WIDE = 1 << 8;

    /** Names may begin with it in every database; of ASCII. */
    static final int LETTER = SMALL | CAPITAL | UNDERSCORE;

    private static final int ASCII = 128;
    private static final String OPERATORS = "+-*/<>=~!@#%^&|";
    private static final short[] OF_ASCII = new short[ASCII];

    static {
        for (char c = 0; c < ASCII; c++) {
            OF_ASCII[c] = (short) (withinWord(c) | (c <= ' ' ? SPACE : 0) | (OPERATORS.indexOf(c) >= 0 ? OPERATOR : 0));
        }
    }

    private Characters() {}

    private static int withinWord(char c) {
        if (c >= 'a' && c <= 'z') {
            return WORD_PART | SMALL;
        }
        if (c >= 'A' && c <= 'Z') {
            return WORD_PART | CAPITAL;
        }
        return switch (c) {
            case '_' -> WORD_PART | UNDERSCORE;
            case '#' -> WORD_PART | SHARP;
            case '$' -> WORD_PART | DIGIT_OR_DOLLAR;
            default -> isDigit(c) ? WORD_PART | DIGIT_OR_DOLLAR : 0;
        };
    }

    /** All that a character is, of the bits above. */
    static int of(char c) {
        return c < ASCII ? OF_ASCII[c] : isWideSpace(c) ? SPACE : WORD_PART | WIDE;
    }

    /** Whether a character of ASCII is any of these. */
    static boolean is(char c, int any) {
        return c < ASCII && (OF_ASCII[c] & any) != 0;
    }

    static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }

    static boolean isSpace(char c) {
        return (of(c) & SPACE) != 0;
    }

    private static boolean isWideSpace(char c) {
        return c == '\u00a0' || c == '\ufeff' || Character.isWhitespace(c);
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isWordStart(char c) {
        return isWordPart(c) && !isDigit(c) && c != '#' && c != '$';
    }

    static boolean isWordPart(char c) {
        return (of(c) & WORD_PART) != 0;
    }
}
