package io.heliosjdbc.classifier.reading;

import io.heliosjdbc.classifier.tokens.Keyword;
import io.heliosjdbc.classifier.tokens.TokenKind;
import io.heliosjdbc.classifier.tokens.Tokens;
import java.util.Arrays;

/**
 * Writes what statements of one type share: literals and parameters become {@code ?}, keywords upper case, other unquoted
 * names lower case, and white space one space where there is any at all. Lists after IN and in arrays keep one of equal
 * neighbours, and VALUES keeps its first row, so that a type does not depend on how many there are.
 */
final class TemplateWriter {
    /** Spaces and question marks that the text does not have. */
    private static final int ROOM = 256;

    private final Tokens tokens;
    private final char[] text;
    private char[] out;
    private int length;
    /** For each open parenthesis: where the current element begins in the output, or -1 where elements do not matter. */
    private int[] elementStarts = new int[16];

    private int[] previousStarts = new int[16];
    private int[] previousEnds = new int[16];
    private int depth;
    private int rowsDepth = -1;
    /** Whether there is a space between what was written last and most of what may follow. */
    private boolean apart;

    private TemplateWriter(Tokens tokens) {
        this.tokens = tokens;
        this.text = tokens.chars();
        this.out = tokens.scratch(tokens.sql().length() + ROOM);
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
            int from = i;
            switch (tokens.kind(i)) {
                case WORD -> {
                    space();
                    word(i);
                }
                case STRING, NUMBER, PARAMETER -> {
                    space();
                    put('?');
                }
                case PUNCTUATION, OPERATOR -> {
                    char symbol = tokens.symbol(i);
                    if ((symbol == '-' || symbol == '+') && isSign(i, last)) {
                        continue;
                    }
                    i = symbol(symbol, i, last, size);
                    // Of a list the last comma that is left out, of rows the parenthesis that is written.
                    from = symbol == ',' ? i : from;
                }
                case QUOTED_NAME -> {
                    space();
                    if (isLiteral(i)) {
                        put('?');
                    } else {
                        copy(i);
                    }
                }
                case OPTIMIZER_HINT -> {
                    space();
                    folded(i);
                }
                default -> {
                    space();
                    copy(i);
                }
            }
            last = from;
        }
        return new String(out, 0, length);
    }

    /** The space before what follows, where there is one; behind it there is one too unless somebody says otherwise. */
    private void space() {
        if (apart) {
            put(' ');
        }
        apart = true;
    }

    /** Punctuation or an operator; answers the last token that it stands for. */
    private int symbol(char symbol, int i, int last, int size) {
        switch (symbol) {
            case ',' -> {
                endElement();
                put(',');
                apart = true;
                return nextElement(i);
            }
            case ')', ']' -> {
                endElement();
                put(symbol);
                apart = true;
                depth = Math.max(0, depth - 1);
                return skipRows(i, size);
            }
            case '(', '[' -> {
                apart &= !(symbol == '(' ? isName(last) : endsOperand(last) || tokens.is(last, Keyword.ARRAY));
                space();
                put(symbol);
                apart = false;
                open(i);
            }
            case '.' -> {
                put('.');
                apart = false;
            }
            case ';' -> {
                put(';');
                apart = true;
            }
            case 0 -> {
                boolean cast = tokens.textIs(i, "::");
                apart &= !cast;
                space();
                copy(i);
                apart = !cast;
            }
            default -> {
                space();
                put(symbol);
            }
        }
        return i;
    }

    /** After a comma: the token before the next element that may differ from the one before it. */
    private int nextElement(int comma) {
        if (depth == 0 || elementStarts[depth - 1] < 0) {
            return comma;
        }
        elementStarts[depth - 1] = length + 1;
        // All others of a list would be dropped. What follows the last one may make it something else.
        return isValueAlone(depth - 1) ? Math.max(comma, tokens.endOfList(comma - 1) - 1) : comma;
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
        elementStarts[depth] = list ? length : -1;
        previousStarts[depth] = -1;
        depth++;
    }

    /** Drops the element that ends here where it repeats the one before it. */
    private void endElement() {
        int top = depth - 1;
        int start = top < 0 ? -1 : elementStarts[top];
        if (start < 0 || start > length) {
            return;
        }
        int previous = previousStarts[top];
        if (previous >= 0 && Arrays.equals(out, previous, previousEnds[top], out, start, length)) {
            length = previousEnds[top];
        } else {
            previousStarts[top] = start;
            previousEnds[top] = length;
        }
    }

    /** Whether the element that has ended is a literal or a parameter, and nothing else. */
    private boolean isValueAlone(int list) {
        int start = previousStarts[list];
        return previousEnds[list] - start == 1 && out[start] == '?';
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
                at = tokens.endOfList(at);
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
        return tokens.kind(i + 1) == TokenKind.NUMBER && !endsOperand(last);
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

    /**
     * Whether what stands in double quotes, a name in standard SQL and a literal in MySQL, stands where a value does: behind a comparison, in
     * a list or in VALUES. What a literal holds is nobody's business; names of columns in their place are rare.
     */
    private boolean isLiteral(int i) {
        if (text[tokens.start(i)] != '"' || tokens.is(i + 1, '.') || tokens.is(i + 1, '(')) {
            return false;
        }
        int before = i - 1;
        return switch (tokens.kind(before)) {
            case OPERATOR -> isComparison(before);
            case WORD ->
                switch (tokens.keyword(before)) {
                    case LIKE, ILIKE, BETWEEN -> true;
                    case AND -> tokens.is(before - 2, Keyword.BETWEEN);
                    default -> false;
                };
            case PUNCTUATION ->
                (tokens.is(before, '(') || tokens.is(before, ','))
                        && depth > 0
                        && (elementStarts[depth - 1] >= 0 || depth - 1 == rowsDepth);
            default -> false;
        };
    }

    private boolean isComparison(int operator) {
        char first = text[tokens.start(operator)];
        return (first == '=' || first == '<' || first == '>' || first == '!')
                && tokens.end(operator) - tokens.start(operator) <= 2;
    }

    private void word(int i) {
        Keyword keyword = tokens.keyword(i);
        if (keyword == Keyword.NONE) {
            name(i);
        } else if (isConstant(i)) {
            put('?');
        } else {
            put(keyword.name());
        }
    }

    private void copy(int i) {
        int count = tokens.end(i) - tokens.start(i);
        reserve(count);
        System.arraycopy(text, tokens.start(i), out, length, count);
        length += count;
    }

    private void put(char c) {
        reserve(1);
        out[length++] = c;
    }

    private void put(String added) {
        reserve(added.length());
        added.getChars(0, added.length(), out, length);
        length += added.length();
    }

    private void reserve(int more) {
        if (length + more > out.length) {
            out = Arrays.copyOf(out, 2 * (length + more));
        }
    }

    /** In lower case. */
    private void name(int i) {
        int start = tokens.start(i);
        int count = tokens.end(i) - start;
        reserve(count);
        int wide = 0;
        for (int at = 0; at < count; at++) {
            char c = text[start + at];
            wide |= c;
            out[length + at] = c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
        }
        if (wide < 128) {
            length += count;
        } else {
            put(tokens.name(i));
        }
    }

    /** With one space for white space of any length. */
    private void folded(int hint) {
        boolean space = false;
        for (int i = tokens.start(hint); i < tokens.end(hint); i++) {
            boolean white = Character.isWhitespace(text[i]);
            if (!white) {
                put(text[i]);
            } else if (!space) {
                put(' ');
            }
            space = white;
        }
    }

    private boolean isName(int i) {
        return tokens.isName(i) && tokens.is(i, Keyword.NONE);
    }
}
