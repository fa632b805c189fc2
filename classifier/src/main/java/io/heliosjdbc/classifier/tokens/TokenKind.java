package io.heliosjdbc.classifier.tokens;

/** What a piece of SQL text is to the lexer. */
public enum TokenKind {
    /** An unquoted name or keyword. */
    WORD,
    /** A quoted name: {@code "a"}, {@code `a`}, {@code [a]}. */
    QUOTED_NAME,
    /** A literal in quotes of any kind. */
    STRING,
    /** A number without sign. */
    NUMBER,
    /** {@code ?}, {@code $1}, {@code :name}. */
    PARAMETER,
    /** {@code @name}, {@code @@name}. */
    VARIABLE,
    /** Parentheses, brackets, braces, comma, semicolon, dot. */
    PUNCTUATION,
    /** Everything else. */
    OPERATOR,
    /** {@code /*+ ... }: it changes the plan, so it belongs to the statement. */
    OPTIMIZER_HINT,
    /** Beyond either end of the text. */
    END;

    private static final TokenKind[] ALL = values();

    /** A small number for it, of this build alone. */
    @SuppressWarnings("EnumOrdinal") // it is kept nowhere
    byte code() {
        return (byte) ordinal();
    }

    /** The kind of a code. */
    static TokenKind of(byte code) {
        return ALL[code];
    }
}
