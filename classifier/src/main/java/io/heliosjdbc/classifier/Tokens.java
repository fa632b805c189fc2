package io.heliosjdbc.classifier;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The tokens of one text, in arrays because texts of megabytes exist. Comments are no tokens; those before the first and
 * after the last one are kept apart. Positions beyond either end answer {@link TokenKind#END}. Filled by the lexer, then
 * read by one thread.
 */
final class Tokens {
    private static final int SPARSE_TEXT = 8;

    private final String sql;
    private final List<String> leadingComments = new ArrayList<>();
    private final List<String> trailingComments = new ArrayList<>();
    private int size;
    private TokenKind[] kinds;
    private Keyword[] keywords;
    private int[] starts;
    private int[] ends;
    private boolean started;
    private boolean readableTwoWays;
    private boolean unterminated;

    Tokens(String sql) {
        this.sql = sql;
        int capacity = Math.max(SPARSE_TEXT, sql.length() / SPARSE_TEXT);
        kinds = new TokenKind[capacity];
        keywords = new Keyword[capacity];
        starts = new int[capacity];
        ends = new int[capacity];
    }

    void add(TokenKind kind, int start, int end) {
        if (size == kinds.length) {
            int capacity = size * 2;
            kinds = Arrays.copyOf(kinds, capacity);
            keywords = Arrays.copyOf(keywords, capacity);
            starts = Arrays.copyOf(starts, capacity);
            ends = Arrays.copyOf(ends, capacity);
        }
        kinds[size] = kind;
        keywords[size] = kind == TokenKind.WORD ? Keyword.at(sql, start, end) : Keyword.NONE;
        starts[size] = start;
        ends[size] = end;
        size++;
        if (kind != TokenKind.OPTIMIZER_HINT && !is(size - 1, ';')) {
            started = true;
            trailingComments.clear();
        }
    }

    /** Takes a complete comment without its marks. */
    void addComment(String content) {
        (started ? trailingComments : leadingComments).add(content);
    }

    /** The text may mean something else to another database; what follows its tokens is not to be trusted. */
    void markReadableTwoWays() {
        readableTwoWays = true;
    }

    void markUnterminated() {
        unterminated = true;
    }

    boolean readableTwoWays() {
        return readableTwoWays;
    }

    boolean unterminated() {
        return unterminated;
    }

    /** The contents of the comments before the first token. */
    List<String> leadingComments() {
        return leadingComments;
    }

    /** The contents of the comments after the last token but semicolons; empty where the lexer cannot be sure of them. */
    List<String> trailingComments() {
        return readableTwoWays || unterminated ? List.of() : trailingComments;
    }

    String sql() {
        return sql;
    }

    int size() {
        return size;
    }

    TokenKind kind(int index) {
        return index < 0 || index >= size ? TokenKind.END : kinds[index];
    }

    Keyword keyword(int index) {
        return index < 0 || index >= size ? Keyword.NONE : keywords[index];
    }

    boolean is(int index, Keyword keyword) {
        return keyword(index) == keyword;
    }

    /** Whether the token is this one character of punctuation or this operator. */
    boolean is(int index, char symbol) {
        if (index < 0 || index >= size || ends[index] - starts[index] != 1 || sql.charAt(starts[index]) != symbol) {
            return false;
        }
        TokenKind kind = kind(index);
        return kind == TokenKind.PUNCTUATION || kind == TokenKind.OPERATOR;
    }

    boolean isName(int index) {
        TokenKind kind = kind(index);
        return kind == TokenKind.WORD || kind == TokenKind.QUOTED_NAME;
    }

    /** A literal or a parameter. */
    boolean isValue(int index) {
        TokenKind kind = kind(index);
        return kind == TokenKind.STRING || kind == TokenKind.NUMBER || kind == TokenKind.PARAMETER;
    }

    int start(int index) {
        return starts[index];
    }

    int end(int index) {
        return ends[index];
    }

    String text(int index) {
        return sql.substring(starts[index], ends[index]);
    }

    boolean textIs(int index, String lowerCase) {
        return index >= 0
                && index < size
                && ends[index] - starts[index] == lowerCase.length()
                && text(index).toLowerCase(Locale.ROOT).equals(lowerCase);
    }

    /** The name at a position as the database keeps it, near enough: unquoted ones in lower case, quoted ones without quotes. */
    String name(int index) {
        if (kind(index) != TokenKind.QUOTED_NAME) {
            return text(index).toLowerCase(Locale.ROOT);
        }
        return unquoted(index);
    }

    /** What stands between the quotes, doubled ones halved; prefixes and escapes are left as they are. */
    String unquoted(int index) {
        String quoted = text(index);
        int open = 0;
        while (open < quoted.length() && "'\"`[".indexOf(quoted.charAt(open)) < 0) {
            open++;
        }
        if (open >= quoted.length()) {
            return quoted;
        }
        char close = quoted.charAt(open) == '[' ? ']' : quoted.charAt(open);
        int last = quoted.length() - 1;
        boolean closed = last > open && quoted.charAt(last) == close;
        String content = quoted.substring(open + 1, closed ? last : quoted.length());
        return content.indexOf(close) < 0 ? content : content.replace("" + close + close, "" + close);
    }
}
