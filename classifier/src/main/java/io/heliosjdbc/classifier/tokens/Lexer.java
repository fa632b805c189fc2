package io.heliosjdbc.classifier.tokens;

import static io.heliosjdbc.classifier.tokens.Characters.LETTER;
import static io.heliosjdbc.classifier.tokens.Characters.OPERATOR;
import static io.heliosjdbc.classifier.tokens.Characters.SHARP;
import static io.heliosjdbc.classifier.tokens.Characters.SPACE;
import static io.heliosjdbc.classifier.tokens.Characters.WORD_PART;
import static io.heliosjdbc.classifier.tokens.Characters.is;
import static io.heliosjdbc.classifier.tokens.Characters.isDigit;
import static io.heliosjdbc.classifier.tokens.Characters.isLineEnd;
import static io.heliosjdbc.classifier.tokens.Characters.isSpace;
import static io.heliosjdbc.classifier.tokens.Characters.isWordPart;
import static io.heliosjdbc.classifier.tokens.Characters.isWordStart;

import org.jspecify.annotations.Nullable;

/**
 * Cuts any text into SQL tokens, in time linear in its length, and never fails: what is not closed runs to the end of the
 * text.
 *
 * <p>It does not know the database, and databases disagree. Where they do, it reads the text in the way that the most of
 * them share, and remembers that there is another one: hints after the last token are then not looked at, for a reading
 * that takes a piece of a literal for a comment would let whoever supplies the literal choose a priority. The cases:
 *
 * <ul>
 *   <li>A backslash before a quote ends the literal in standard SQL and does not in MySQL. The standard's reading is taken,
 *       unless it leaves a quote open and MySQL's does not.
 *   <li>{@code --} begins a comment, in MySQL only where white space follows; elsewhere it subtracts what is negative there. It is a comment,
 *       and ends at a carriage return, which MySQL takes for a part of it.
 *       Where it holds a quote, or begins a comment, MySQL may read a literal where others read a comment behind it.
 *   <li>{@code #} begins a comment in MySQL, is an operator in PostgreSQL, and part of a name in Oracle and SQL Server. It
 *       is a comment at the beginning of a statement, and at the beginning of a line with white space after it. Where it is none and white
 *       space follows, a quote in the same line may be one of a comment's to MySQL.
 *   <li>Block comments nest in PostgreSQL and SQL Server, and do not in MySQL and Oracle. They nest here, until one is left
 *       open that way.
 *   <li>{@code [} opens a name in SQL Server and a subscript in PostgreSQL. It opens a name where no subscript can be.
 * </ul>
 */
public final class Lexer {
    /** The longest name of SQL Server, and so how far a closing bracket is looked for. */
    private static final int LONGEST_BRACKETED_NAME = 128;

    private final String sql;
    private final int length;
    /** The text, and a zero behind it. */
    private final char[] chars;

    private final boolean backslashEscapes;
    /** Whether {@code @name} is a variable, else a name behind an operator. */
    private final boolean variables;

    private final Tokens tokens;
    private boolean nestedComments = true;
    private int brackets;
    private int position;

    private Lexer(Tokens empty, boolean backslashEscapes, boolean variables) {
        this.sql = empty.sql();
        this.length = sql.length();
        this.chars = empty.chars();
        this.backslashEscapes = backslashEscapes;
        this.variables = variables;
        this.tokens = empty;
        if (backslashEscapes) {
            empty.markEscaped();
        }
    }

    public static Tokens read(String sql) {
        return read(sql, new Tokens(sql));
    }

    /**
     * The same in the arrays of tokens that nobody reads any more.
     *
     * @param worn these, or null where there are none
     */
    public static Tokens readInto(@Nullable Tokens worn, String sql) {
        return read(sql, worn == null ? new Tokens(sql) : new Tokens(sql, worn));
    }

    /** Reads a text as MySQL does, where a backslash hides the quote behind it; null where that leaves one open. */
    public static @Nullable Tokens readEscaped(String sql) {
        Tokens escaped = new Lexer(new Tokens(sql), true, true).read();
        return escaped.unterminated() ? null : escaped;
    }

    /** Reads a text as PostgreSQL does, which has operators with an {@code @} in them and no variables. */
    public static Tokens readWithoutVariables(String sql) {
        return new Lexer(new Tokens(sql), false, false).read();
    }

    private static Tokens read(String sql, Tokens empty) {
        Tokens standard = new Lexer(empty, false, true).read();
        if (standard.unterminated() && standard.readableTwoWays()) {
            Tokens escaped = readEscaped(sql);
            if (escaped != null) {
                return escaped;
            }
        }
        return standard;
    }

    private Tokens read() {
        while (position < length) {
            char c = chars[position];
            int kind = Characters.of(c);
            if ((kind & SPACE) != 0) {
                position++;
            } else if ((kind & LETTER) != 0) {
                word(c);
            } else if (c == '-' && at(position + 1) == '-') {
                doubleMinus();
                lineComment(position + 2);
            } else if (c == '/' && at(position + 1) == '*') {
                blockComment();
            } else if (c == '#' && beginsComment()) {
                tokens.markReadableTwoWays();
                position = endOfLine(position);
            } else {
                token(c);
            }
        }
        return tokens;
    }

    private void token(char c) {
        switch (c) {
            case '(', ')', ';', '{', '}' -> punctuation(c);
            case ',' -> comma();
            case '\'' -> quoted(TokenKind.STRING, position, c, backslashEscapes);
            case '"' -> quoted(TokenKind.QUOTED_NAME, position, c, backslashEscapes);
            case '`' -> quoted(TokenKind.QUOTED_NAME, position, c, false);
            case '?' -> questionMark();
            case ':' -> colon();
            case '[' -> bracket();
            case ']' -> {
                brackets = Math.max(0, brackets - 1);
                emit(TokenKind.PUNCTUATION, position + 1);
            }
            default -> other(c);
        }
    }

    /** A comma, and as long as plain values follow, these and the commas between them. */
    private void comma() {
        do {
            int from = position + 1;
            while (from < length && isSpace(chars[from])) {
                from++;
            }
            int to = endOfPlainValue(from);
            if (to == from || (chars[to] != ',' && chars[to] != ')')) {
                punctuation(',');
                return;
            }
            char first = chars[from];
            TokenKind kind = first == '?' ? TokenKind.PARAMETER : first == '\'' ? TokenKind.STRING : TokenKind.NUMBER;
            tokens.addFurther(position, kind, from, to);
            position = to;
        } while (chars[position] == ',');
    }

    /** Behind a question mark, digits, or a string without a backslash; the position itself where none of these is there. */
    private int endOfPlainValue(int from) {
        int to = from;
        if (chars[from] == '?') {
            to++;
        } else if (chars[from] == '\'') {
            do {
                to++;
            } while (to < length && chars[to] != '\'' && chars[to] != '\\');
            to = chars[to] == '\'' ? to + 1 : from;
        } else {
            while (isDigit(chars[to])) {
                to++;
            }
        }
        return to;
    }

    private void bracket() {
        if (opensName()) {
            quoted(TokenKind.QUOTED_NAME, position, ']', false);
        } else {
            brackets++;
            emit(TokenKind.PUNCTUATION, position + 1);
        }
    }

    private void other(char c) {
        if (c == '.' && !isDigit(at(position + 1))) {
            punctuation(c);
        } else if (c == '$' && dollar()) {
            return;
        } else if (isDigit(c) || (c == '.' && isDigit(at(position + 1)) && !followsOperandDirectly())) {
            number();
        } else if (isWordPart(c) && (c != '#' || beginsTemporaryName())) {
            word(c);
        } else if (c == '@' && variables && isVariable()) {
            tokens.markVariables();
            int end = position + (at(position + 1) == '@' ? 2 : 1);
            emit(TokenKind.VARIABLE, endOfWord(end));
        } else if (c == '.') {
            emit(TokenKind.PUNCTUATION, position + 1);
        } else {
            operator();
        }
    }

    private void punctuation(char c) {
        tokens.addPunctuation(position, c);
        position++;
    }

    private void emit(TokenKind kind, int end) {
        tokens.add(kind, position, end);
        position = end;
    }

    /** Before the first token it is an error of MySQL's, which executes nothing then. A space is one of ASCII there. */
    private void doubleMinus() {
        char next = at(position + 2);
        if (next == '\0' || is(next, SPACE) || tokens.size() == 0) {
            return;
        }
        tokens.markDoubleMinus();
        if (holdsQuote(position + 2)) {
            tokens.markDoubtfulComments();
        }
    }

    /** Only some databases begin a comment here: where its line holds a quote, they differ about what is a literal behind it. */
    private boolean holdsQuote(int from) {
        for (int i = from; i < length && !isLineEnd(chars[i]); i++) {
            char c = chars[i];
            if (c == '\'' || c == '"' || c == '`' || (c == '/' && at(i + 1) == '*')) {
                return true;
            }
        }
        return false;
    }

    private void lineComment(int contentStart) {
        int end = endOfLine(position);
        if (at(end) == '\r' && at(end + 1) != '\n' && end + 1 < length) {
            tokens.markDoubtfulLineEnd();
        }
        tokens.addComment(sql.substring(Math.min(contentStart, end), end));
        position = end;
    }

    private void blockComment() {
        int start = position;
        int end = nestedComments ? endOfNested(start) : -1;
        if (end < 0 && nestedComments) {
            nestedComments = false;
            tokens.markReadableTwoWays();
        }
        if (end < 0) {
            int close = sql.indexOf("*/", start + 2);
            end = close < 0 ? -1 : close + 2;
        }
        if (end < 0) {
            tokens.markUnterminated();
            position = length;
            return;
        }
        position = end;
        if (at(start + 2) == '+') {
            tokens.add(TokenKind.OPTIMIZER_HINT, start, end);
            return;
        }
        int nested = sql.indexOf("/*", start + 2);
        if (nested >= 0 && nested < end - 2) {
            tokens.markReadableTwoWays();
        } else {
            tokens.addComment(sql.substring(start + 2, end - 2));
        }
    }

    private int endOfNested(int start) {
        int depth = 0;
        int i = start;
        while (i + 1 < length) {
            char c = chars[i];
            if (c == '/' && chars[i + 1] == '*') {
                depth++;
                i += 2;
            } else if (c == '*' && chars[i + 1] == '/') {
                depth--;
                i += 2;
                if (depth == 0) {
                    return i;
                }
            } else {
                i++;
            }
        }
        return -1;
    }

    private boolean beginsComment() {
        int last = tokens.size() - 1;
        if (last < 0 || tokens.is(last, ';')) {
            return true;
        }
        char next = at(position + 1);
        if (next != '\0' && !isSpace(next) && next != '#') {
            return false;
        }
        int i = position - 1;
        while (i >= 0 && isSpace(chars[i]) && !isLineEnd(chars[i])) {
            i--;
        }
        return i < 0 || isLineEnd(chars[i]);
    }

    /** Reads from a token's start to the closing quote after the given opening one, a doubled quote standing for itself. */
    private void quoted(TokenKind kind, int open, char close, boolean escapes) {
        if (close == '"') {
            tokens.markDoubleQuotes();
        }
        int i = open + 1;
        boolean escaped = false;
        while (i < length) {
            char c = chars[i];
            if (c == close) {
                if (escaped) {
                    tokens.markReadableTwoWays();
                }
                if (!(escaped && escapes)) {
                    if (at(i + 1) != close) {
                        emit(kind, i + 1);
                        return;
                    }
                    i++;
                }
            }
            escaped = c == '\\' && close != ']' && close != '`' && !escaped;
            i++;
        }
        tokens.markUnterminated();
        emit(kind, length);
    }

    /** {@code E'..'} says of itself that a backslash escapes: there is only one way to read it. */
    private void escapeString(int open) {
        int i = open + 1;
        while (i < length) {
            char c = chars[i];
            if (c == '\\') {
                i++;
            } else if (c == '\'') {
                if (at(i + 1) != '\'') {
                    emit(TokenKind.STRING, i + 1);
                    return;
                }
                i++;
            }
            i++;
        }
        tokens.markUnterminated();
        emit(TokenKind.STRING, length);
    }

    private boolean dollar() {
        int i = position + 1;
        if (isDigit(at(i))) {
            while (isDigit(at(i))) {
                i++;
            }
            emit(TokenKind.PARAMETER, i);
            return true;
        }
        while (i < length && chars[i] != '$' && isWordPart(chars[i]) && chars[i] != '#') {
            i++;
        }
        if (at(i) != '$') {
            return false;
        }
        String tag = sql.substring(position, i + 1);
        int close = sql.indexOf(tag, i + 1);
        if (close < 0) {
            tokens.markUnterminated();
        }
        emit(TokenKind.STRING, close < 0 ? length : close + tag.length());
        return true;
    }

    private void number() {
        int i = position;
        boolean hexadecimal = at(i) == '0' && "xX".indexOf(at(i + 1)) >= 0;
        boolean plain = true;
        while (i < length) {
            char c = chars[i];
            boolean exponent = (c == 'e' || c == 'E') && !hexadecimal && plain;
            if (exponent && "+-".indexOf(at(i + 1)) >= 0 && isDigit(at(i + 2))) {
                i += 2;
            } else if (exponent && isDigit(at(i + 1))) {
                i++;
            } else if (c == '.') {
                if (at(i + 1) == '.') {
                    break;
                }
            } else if (!isWordPart(c)) {
                break;
            } else if (!isDigit(c) && c != '_') {
                plain = false;
            }
            i++;
        }
        emit(plain || hexadecimal || isSuffixed(i) ? TokenKind.NUMBER : TokenKind.WORD, i);
    }

    /** {@code 0b101}, {@code 0o17} and Oracle's {@code 1.5f}; other digits with letters are a name of MySQL. */
    private boolean isSuffixed(int end) {
        if (at(position) == '0' && "bBoO".indexOf(at(position + 1)) >= 0) {
            return true;
        }
        for (int i = position; i < end - 1; i++) {
            if (!isDigit(at(i)) && at(i) != '.') {
                return false;
            }
        }
        return "dDfFmM".indexOf(at(end - 1)) >= 0;
    }

    private void word(char c) {
        char next = at(position + 1);
        if (next == '\'') {
            switch (Character.toLowerCase(c)) {
                case 'e' -> escapeString(position + 1);
                case 'n', 'b', 'x' -> quoted(TokenKind.STRING, position + 1, '\'', backslashEscapes);
                case 'q' -> alternativeQuotes(position + 2);
                default -> emit(TokenKind.WORD, position + 1);
            }
        } else if (next == '&' && (c == 'u' || c == 'U') && (at(position + 2) == '\'' || at(position + 2) == '"')) {
            boolean string = at(position + 2) == '\'';
            quoted(string ? TokenKind.STRING : TokenKind.QUOTED_NAME, position + 2, at(position + 2), backslashEscapes);
        } else if ((next == 'q' || next == 'Q') && (c == 'n' || c == 'N') && at(position + 2) == '\'') {
            alternativeQuotes(position + 3);
        } else {
            wholeWord();
        }
    }

    private void wholeWord() {
        int i = position;
        long hash = Vocabulary.EMPTY;
        int madeOf = 0;
        for (int each = Characters.of(chars[i]); (each & WORD_PART) != 0; each = Characters.of(chars[++i])) {
            hash = Vocabulary.with(hash, chars[i]);
            madeOf |= each;
        }
        if ((madeOf & SHARP) != 0) {
            tokens.markReadableTwoWays();
        }
        tokens.addWord(position, i, Vocabulary.known(hash), madeOf);
        position = i;
    }

    /** Oracle's {@code q'[..]'}; only Oracle has it, elsewhere it would be an error but for a cast of an odd type name. */
    private void alternativeQuotes(int delimiterAt) {
        char open = at(delimiterAt);
        if (open == '\0' || isSpace(open) || open == '\'') {
            quoted(TokenKind.STRING, delimiterAt - 1, '\'', backslashEscapes);
            return;
        }
        int pair = "[{(<".indexOf(open);
        char close = pair < 0 ? open : "]})>".charAt(pair);
        int end = sql.indexOf(close + "'", delimiterAt + 1);
        if (end < 0) {
            tokens.markUnterminated();
        }
        if (end < 0 || sql.substring(delimiterAt, end).indexOf('\'') >= 0) {
            tokens.markReadableTwoWays();
        }
        emit(TokenKind.STRING, end < 0 ? length : end + 2);
    }

    /** JDBC's {@code ??} and PostgreSQL's {@code ?|} and {@code ?&} after an operand are operators, the rest parameters. */
    private void questionMark() {
        char next = at(position + 1);
        if (next == '?') {
            char third = at(position + 2);
            emit(TokenKind.OPERATOR, position + (third == '|' || third == '&' ? 3 : 2));
        } else if ((next == '&' || (next == '|' && at(position + 2) != '|')) && followsOperand()) {
            emit(TokenKind.OPERATOR, position + 2);
        } else {
            emit(TokenKind.PARAMETER, position + 1);
        }
    }

    private void colon() {
        char next = at(position + 1);
        if (next == ':' || next == '=') {
            emit(TokenKind.OPERATOR, position + 2);
        } else if (brackets == 0 && (isWordPart(next) && next != '#')) {
            emit(TokenKind.PARAMETER, endOfWord(position + 1));
        } else {
            emit(TokenKind.OPERATOR, position + 1);
        }
    }

    private boolean isVariable() {
        char next = at(position + 1);
        return isWordStart(next) || (next == '@' && isWordStart(at(position + 2)));
    }

    /** {@code #name} and {@code ##name} of SQL Server. */
    private boolean beginsTemporaryName() {
        char next = at(position + 1);
        return isWordStart(next) || (next == '#' && isWordStart(at(position + 2)));
    }

    private boolean opensName() {
        if (brackets > 0 || tokens.is(tokens.size() - 1, Keyword.ARRAY)) {
            return false;
        }
        if (followsOperand() && (followsOperandDirectly() || !isWordStart(at(position + 1)))) {
            return false;
        }
        int bound = Math.min(length, position + LONGEST_BRACKETED_NAME + 2);
        for (int i = position + 1; i < bound; i++) {
            char c = chars[i];
            if (c == ']') {
                return i > position + 1;
            }
            if (c == '\'' || c == '"' || c == '[' || isLineEnd(c)) {
                return false;
            }
        }
        return false;
    }

    private boolean followsOperandDirectly() {
        int last = tokens.size() - 1;
        return followsOperand() && tokens.end(last) == position;
    }

    private boolean followsOperand() {
        int last = tokens.size() - 1;
        return switch (tokens.kind(last)) {
            case WORD -> tokens.is(last, Keyword.NONE) || tokens.is(last, Keyword.END);
            case QUOTED_NAME, STRING, NUMBER, PARAMETER, VARIABLE -> true;
            case PUNCTUATION -> tokens.is(last, ')') || tokens.is(last, ']');
            case OPERATOR, OPTIMIZER_HINT, END -> false;
        };
    }

    private void operator() {
        int i = position + 1;
        if (chars[position] == '#' && isSpace(at(i)) && holdsQuote(i)) {
            tokens.markDoubtfulSharp();
        }
        if (!is(chars[position], OPERATOR)) {
            emit(TokenKind.OPERATOR, i);
            return;
        }
        if (chars[position] == '@' && at(i) == '?') {
            emit(TokenKind.OPERATOR, i + 1);
            return;
        }
        while (is(chars[i], OPERATOR)) {
            char c = chars[i];
            boolean comment = (c == '-' && at(i + 1) == '-') || (c == '/' && at(i + 1) == '*');
            boolean variable = c == '@' && variables && isWordStart(at(i + 1));
            boolean sign = (c == '-' || c == '+') && "<>=+-*/%|&^~".indexOf(chars[i - 1]) >= 0 && at(i + 1) != '>';
            if (comment || variable || sign) {
                break;
            }
            i++;
        }
        emit(TokenKind.OPERATOR, i);
    }

    private int endOfWord(int from) {
        int i = from;
        while (isWordPart(at(i))) {
            i++;
        }
        return i;
    }

    private int endOfLine(int from) {
        int i = from;
        while (i < length && !isLineEnd(chars[i])) {
            i++;
        }
        return i;
    }

    /** The character at a position, zero beyond the end. */
    private char at(int index) {
        return index < length ? chars[index] : '\0';
    }
}
