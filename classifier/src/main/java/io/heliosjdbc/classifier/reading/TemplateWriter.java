package io.heliosjdbc.classifier.reading;

import io.heliosjdbc.classifier.statement.DoubleQuotes;
import io.heliosjdbc.classifier.tokens.Keyword;
import io.heliosjdbc.classifier.tokens.TokenKind;
import io.heliosjdbc.classifier.tokens.Tokens;
import io.heliosjdbc.classifier.tokens.Vocabulary;
import java.util.Arrays;

/**
 * Writes what statements of one type share: literals and parameters become {@code ?}, keywords upper case, other unquoted
 * names lower case, and white space one space where there is any at all. Lists after IN and in arrays keep one of equal
 * neighbours, and VALUES keeps its first row, so that a type does not depend on how many there are.
 *
 * <p>What stands in double quotes is a name to some databases and a literal to others. Of those that do not say, or are not known, it is
 * taken for a literal wherever a value may well stand: a name that is left out makes one template of two, a literal that is left shows
 * what is nobody's business.
 */
final class TemplateWriter {
    /** Spaces and question marks that the text does not have. */
    private static final int ROOM = 256;

    /** Words that a literal stands behind rather than a name. */
    private static final Vocabulary BEFORE_LITERALS =
            new Vocabulary("regexp rlike glob match similar comment separator message_text binary attribute");

    private final Tokens tokens;
    private final DoubleQuotes quotes;
    private final SecretFinder secrets;
    private final char[] text;
    private char[] out;
    private int length;
    /** For each open parenthesis: where the current element begins in the output, or -1 where elements do not matter. */
    private int[] elementStarts = new int[16];

    private int[] previousStarts = new int[16];
    private int[] previousEnds = new int[16];
    /** Of each open parenthesis: whether values stand in it rather than names. */
    private boolean[] values = new boolean[16];

    private int depth;
    private int rowsDepth = -1;
    /** Whether there is a space between what was written last and most of what may follow. */
    private boolean apart;

    private TemplateWriter(Tokens tokens, DoubleQuotes quotes) {
        this.tokens = tokens;
        // Most texts have none, and nothing need be known of their parentheses then.
        this.quotes = tokens.hasDoubleQuotes() ? quotes : DoubleQuotes.NAMES;
        this.secrets = new SecretFinder(tokens);
        this.text = tokens.chars();
        this.out = tokens.scratch(tokens.sql().length() + ROOM);
    }

    static String write(CutText text) {
        Tokens rival = text.rival();
        TemplateWriter writer = new TemplateWriter(rival == null ? text.tokens() : rival, text.quotes());
        if (rival != null) {
            // Where a backslash hides a quote, what is a word to the one is within a literal to the other.
            writer.secrets.hideWithin(text.tokens());
        } else if (text.tokens().unterminated()) {
            writer.secrets.hideBehindQuotes();
        }
        return writer.write();
    }

    private String write() {
        int size = tokens.size();
        while (size > 0 && tokens.is(size - 1, ';')) {
            size--;
        }
        int last = -1;
        for (int i = 0; i < size; i++) {
            int from = i;
            if (secrets.isSecret(i)) {
                if (!secrets.isSecret(i - 1)) {
                    space();
                    put('?');
                }
                last = i;
                continue;
            }
            switch (tokens.kind(i)) {
                case WORD -> {
                    space();
                    word(i);
                    secrets.word(i);
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
                secrets.statementFrom(i + 1);
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
            values = Arrays.copyOf(values, depth * 2);
        }
        boolean list = tokens.is(i - 1, Keyword.IN) || tokens.is(i - 1, Keyword.ARRAY);
        int rowAt = tokens.is(i - 1, Keyword.ROW) ? i - 2 : i - 1;
        if (rowsDepth < 0 && tokens.is(rowAt, Keyword.VALUES)) {
            rowsDepth = depth;
        }
        if (quotes != DoubleQuotes.NAMES) {
            values[depth] = !beginsQuery(i + 1) && (list || rowsDepth == depth || isCall(i) || isBehindValue(i));
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

    /** Whether what stands in double quotes is a literal. What one holds is nobody's business. */
    private boolean isLiteral(int i) {
        char first = text[tokens.start(i)];
        if (quotes == DoubleQuotes.NAMES
                || first == '`'
                || first == '['
                || tokens.is(i + 1, '.')
                || tokens.is(i - 1, '.')
                || tokens.is(i + 1, '(')) {
            return false;
        }
        return quotes == DoubleQuotes.LITERALS ? !isBehindName(i) : isBehindValue(i);
    }

    /** Whether a name stands here even where quotes are those of literals: there names are quoted so in some sessions only. */
    private boolean isBehindName(int i) {
        return switch (tokens.keyword(i - 1)) {
            case AS, INTO, JOIN, TABLE, UPDATE -> depth == 0 || !values[depth - 1];
            // TRIM(BOTH .. FROM ..), and PREPARE .. FROM ...
            case FROM -> (depth == 0 || !values[depth - 1]) && !secrets.prepares();
            default -> false;
        };
    }

    /** Whether a value may well stand here: an argument, in a list or in VALUES, behind a comparison and the like. */
    private boolean isBehindValue(int i) {
        if (depth > 0 && values[depth - 1]) {
            return true;
        }
        int before = i - 1;
        return switch (tokens.kind(before)) {
            case OPERATOR -> "=<>!~|:".indexOf(text[tokens.start(before)]) >= 0;
            case WORD ->
                switch (tokens.keyword(before)) {
                    case LIKE, ILIKE, BETWEEN, ESCAPE, WHEN, THEN, ELSE, DEFAULT, LIMIT -> true;
                    case DATE, TIME, TIMESTAMP, INTERVAL -> true;
                    case AND -> tokens.is(before - 2, Keyword.BETWEEN);
                    // Behind an underscore stands the character set of a literal.
                    case NONE -> text[tokens.start(before)] == '_' || BEFORE_LITERALS.has(tokens.hash(before));
                    default -> false;
                };
            case STRING -> true;
            default -> false;
        };
    }

    private boolean beginsQuery(int i) {
        return tokens.is(i, Keyword.SELECT) || tokens.is(i, Keyword.WITH);
    }

    /** Whether the parenthesis holds arguments, and not the columns of INSERT INTO, WITH or an alias. */
    private boolean isCall(int open) {
        int name = open - 1;
        if (!tokens.is(name, Keyword.NONE)) {
            return Verbs.isFunction(tokens.keyword(name));
        }
        if (!tokens.isName(name)) {
            return false;
        }
        while (tokens.is(name - 1, '.') && tokens.isName(name - 2)) {
            name -= 2;
        }
        return switch (tokens.keyword(name - 1)) {
            case AS, INSERT, INTO, RECURSIVE, REPLACE, TABLE, WITH -> false;
            default -> true;
        };
    }

    private void word(int i) {
        Keyword keyword = tokens.keyword(i);
        if (keyword == Keyword.NONE) {
            if (tokens.isLower(i)) {
                copy(i);
            } else {
                lower(i);
            }
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

    /** A name in lower case. */
    private void lower(int i) {
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
