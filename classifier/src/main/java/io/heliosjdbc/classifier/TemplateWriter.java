package io.heliosjdbc.classifier;

import java.util.Arrays;
import java.util.Locale;

/**
 * Writes what statements of one type share: literals and parameters become {@code ?}, keywords upper case, other unquoted
 * names lower case, and white space one space where there is any at all. Lists after IN and in arrays keep one of equal
 * neighbours, and VALUES keeps its first row, so that a type does not depend on how many there are.
 */
final class TemplateWriter {
    private final Tokens tokens;
    private final StringBuilder out;
    /** For each open parenthesis: where the current element begins in the output, or -1 where elements do not matter. */
    private int[] elementStarts = new int[16];

    private int[] previousStarts = new int[16];
    private int[] previousEnds = new int[16];
    private int depth;
    private int rowsDepth = -1;

    private TemplateWriter(Tokens tokens) {
        this.tokens = tokens;
        this.out = new StringBuilder(Math.min(tokens.sql().length(), 256));
    }

    static String write(Tokens tokens) {
        return new TemplateWriter(tokens).write();
    }

    private String write() {
        int size = tokens.size();
        while (size > 0 && tokens.is(size - 1, ';')) {
            size--;
        }
        int last = -1;
        for (int i = 0; i < size; i++) {
            if (isSign(i, last)) {
                continue;
            }
            if (depth > 0 && (tokens.is(i, ',') || closes(i))) {
                endElement();
            }
            if (last >= 0 && needsSpace(last, i)) {
                out.append(' ');
            }
            append(i);
            last = i;
            if (tokens.is(i, '(') || tokens.is(i, '[')) {
                open(i);
            } else if (closes(i)) {
                close();
                i = skipRows(i, size);
            } else if (tokens.is(i, ',') && depth > 0 && elementStarts[depth - 1] >= 0) {
                elementStarts[depth - 1] = out.length() + 1;
            }
        }
        return out.toString();
    }

    private boolean closes(int i) {
        return tokens.is(i, ')') || tokens.is(i, ']');
    }

    private void open(int i) {
        if (depth == elementStarts.length) {
            elementStarts = Arrays.copyOf(elementStarts, depth * 2);
            previousStarts = Arrays.copyOf(previousStarts, depth * 2);
            previousEnds = Arrays.copyOf(previousEnds, depth * 2);
        }
        boolean list = tokens.is(i - 1, Keyword.IN) || tokens.is(i - 1, Keyword.ARRAY);
        int rowAt = tokens.is(i - 1, Keyword.ROW) ? i - 2 : i - 1;
        if (rowsDepth < 0 && tokens.is(rowAt, Keyword.VALUES)) {
            rowsDepth = depth;
        }
        elementStarts[depth] = list ? out.length() : -1;
        previousStarts[depth] = -1;
        depth++;
    }

    private void close() {
        if (depth > 0) {
            depth--;
        }
    }

    /** Drops the element that ends here where it repeats the one before it. */
    private void endElement() {
        int top = depth - 1;
        int start = elementStarts[top];
        if (start < 0 || start > out.length()) {
            return;
        }
        int length = out.length() - start;
        int previous = previousStarts[top];
        if (previous >= 0 && previousEnds[top] - previous == length && repeats(previous, start, length)) {
            out.setLength(previousEnds[top]);
        } else {
            previousStarts[top] = start;
            previousEnds[top] = out.length();
        }
    }

    private boolean repeats(int previous, int start, int length) {
        for (int i = 0; i < length; i++) {
            if (out.charAt(previous + i) != out.charAt(start + i)) {
                return false;
            }
        }
        return true;
    }

    /** After the first row of VALUES: the token before whatever follows the last row. */
    private int skipRows(int closing, int size) {
        if (depth != rowsDepth) {
            return closing;
        }
        rowsDepth = -1;
        int at = closing;
        while (tokens.is(at + 1, ',')
                && (tokens.is(at + 2, '(') || (tokens.is(at + 2, Keyword.ROW) && tokens.is(at + 3, '(')))) {
            int open = 0;
            at += 2;
            while (at < size) {
                open += tokens.is(at, '(') ? 1 : tokens.is(at, ')') ? -1 : 0;
                if (open == 0 && tokens.is(at, ')')) {
                    break;
                }
                at++;
            }
        }
        return Math.min(at, size);
    }

    /** A sign belongs to the number where nothing stands before it that it could be subtracted from. */
    private boolean isSign(int i, int last) {
        return (tokens.is(i, '-') || tokens.is(i, '+')) && tokens.kind(i + 1) == TokenKind.NUMBER && !endsOperand(last);
    }

    private boolean endsOperand(int i) {
        return switch (tokens.kind(i)) {
            case WORD -> tokens.is(i, Keyword.NONE) || tokens.is(i, Keyword.END) || isConstant(i);
            case QUOTED_NAME, STRING, NUMBER, PARAMETER, VARIABLE -> true;
            case PUNCTUATION -> closes(i);
            case OPERATOR, OPTIMIZER_HINT, END -> false;
        };
    }

    /** NULL, TRUE and FALSE where a value stands; not in IS NULL, NOT NULL, DEFAULT NULL and the like. */
    private boolean isConstant(int i) {
        boolean constant = tokens.is(i, Keyword.NULL) || tokens.is(i, Keyword.TRUE) || tokens.is(i, Keyword.FALSE);
        return constant && (tokens.kind(i - 1) == TokenKind.OPERATOR || tokens.is(i - 1, '(') || tokens.is(i - 1, ','));
    }

    private void append(int i) {
        if (tokens.isValue(i) || isConstant(i)) {
            out.append('?');
            return;
        }
        switch (tokens.kind(i)) {
            case WORD ->
                out.append(
                        tokens.is(i, Keyword.NONE)
                                ? tokens.text(i).toLowerCase(Locale.ROOT)
                                : tokens.keyword(i).name());
            case OPTIMIZER_HINT -> appendFolded(tokens.text(i));
            default -> out.append(tokens.sql(), tokens.start(i), tokens.end(i));
        }
    }

    private void appendFolded(String text) {
        boolean space = false;
        for (int i = 0; i < text.length(); i++) {
            boolean white = Character.isWhitespace(text.charAt(i));
            if (!white) {
                out.append(text.charAt(i));
            } else if (!space) {
                out.append(' ');
            }
            space = white;
        }
    }

    private boolean needsSpace(int last, int next) {
        if (isTight(next) || tokens.is(next, ',') || tokens.is(next, ';') || closes(next)) {
            return false;
        }
        if (isTight(last) || tokens.is(last, '(') || tokens.is(last, '[')) {
            return false;
        }
        if (tokens.is(next, '(')) {
            boolean function = tokens.isName(last) && tokens.is(last, Keyword.NONE);
            return !function;
        }
        if (tokens.is(next, '[')) {
            return !(endsOperand(last) || tokens.is(last, Keyword.ARRAY));
        }
        return true;
    }

    /** A dot between names, and a cast. */
    private boolean isTight(int i) {
        return tokens.is(i, '.') || (tokens.kind(i) == TokenKind.OPERATOR && tokens.textIs(i, "::"));
    }
}
