package io.heliosjdbc.classifier;

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
 *   <li>{@code #} begins a comment in MySQL, is an operator in PostgreSQL, and part of a name in Oracle and SQL Server. It
 *       is a comment at the beginning of a statement, and at the beginning of a line with white space after it.
 *   <li>Block comments nest in PostgreSQL and SQL Server, and do not in MySQL and Oracle. They nest here, until one is left
 *       open that way.
 *   <li>{@code [} opens a name in SQL Server and a subscript in PostgreSQL. It opens a name where no subscript can be.
 * </ul>
 */
final class Lexer {
    /** The longest name of SQL Server, and so how far a closing bracket is looked for. */
    private static final int LONGEST_BRACKETED_NAME = 128;

    private static final String OPERATORS = "+-*/<>=~!@#%^&|";
    private static final String PUNCTUATION = "()[]{},;.";

    private final String sql;
    private final int length;
    private final boolean backslashEscapes;
    private final Tokens tokens;
    private boolean nestedComments = true;
    private int brackets;
    private int position;

    private Lexer(String sql, boolean backslashEscapes) {
        this.sql = sql;
        this.length = sql.length();
        this.backslashEscapes = backslashEscapes;
        this.tokens = new Tokens(sql);
    }

    static Tokens read(String sql) {
        Tokens standard = new Lexer(sql, false).read();
        if (standard.unterminated() && standard.readableTwoWays()) {
            Tokens escaped = new Lexer(sql, true).read();
            if (!escaped.unterminated()) {
                return escaped;
            }
        }
        return standard;
    }

    private Tokens read() {
        while (position < length) {
            char c = sql.charAt(position);
            if (isSpace(c)) {
                position++;
            } else if (c == '-' && at(position + 1) == '-') {
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
        if (c == '\'' || c == '"' || c == '`') {
            quoted(c == '\'' ? TokenKind.STRING : TokenKind.QUOTED_NAME, position, c, backslashEscapes && c != '`');
        } else if (c == '$' && dollar()) {
            return;
        } else if (isDigit(c) || (c == '.' && isDigit(at(position + 1)) && !followsOperandDirectly())) {
            number();
        } else if (isWordPart(c) && (c != '#' || beginsTemporaryName())) {
            word(c);
        } else if (c == '?') {
            questionMark();
        } else if (c == ':') {
            colon();
        } else if (c == '@' && isVariable()) {
            int end = position + (at(position + 1) == '@' ? 2 : 1);
            emit(TokenKind.VARIABLE, endOfWord(end));
        } else if (c == '[' && opensName()) {
            quoted(TokenKind.QUOTED_NAME, position, ']', false);
        } else if (PUNCTUATION.indexOf(c) >= 0) {
            brackets = Math.max(0, brackets + (c == '[' ? 1 : c == ']' ? -1 : 0));
            emit(TokenKind.PUNCTUATION, position + 1);
        } else {
            operator();
        }
    }

    private void emit(TokenKind kind, int end) {
        tokens.add(kind, position, end);
        position = end;
    }

    private void lineComment(int contentStart) {
        int end = endOfLine(position);
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
            char c = sql.charAt(i);
            if (c == '/' && sql.charAt(i + 1) == '*') {
                depth++;
                i += 2;
            } else if (c == '*' && sql.charAt(i + 1) == '/') {
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
        while (i >= 0 && isSpace(sql.charAt(i)) && !isLineEnd(sql.charAt(i))) {
            i--;
        }
        return i < 0 || isLineEnd(sql.charAt(i));
    }

    /** Reads from a token's start to the closing quote after the given opening one, a doubled quote standing for itself. */
    private void quoted(TokenKind kind, int open, char close, boolean escapes) {
        int i = open + 1;
        boolean escaped = false;
        while (i < length) {
            char c = sql.charAt(i);
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
            char c = sql.charAt(i);
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
        while (i < length && sql.charAt(i) != '$' && isWordPart(sql.charAt(i)) && sql.charAt(i) != '#') {
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
            char c = sql.charAt(i);
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
        } else if ((c == 'u' || c == 'U') && next == '&' && (at(position + 2) == '\'' || at(position + 2) == '"')) {
            boolean string = at(position + 2) == '\'';
            quoted(string ? TokenKind.STRING : TokenKind.QUOTED_NAME, position + 2, at(position + 2), backslashEscapes);
        } else if ((c == 'n' || c == 'N') && (next == 'q' || next == 'Q') && at(position + 2) == '\'') {
            alternativeQuotes(position + 3);
        } else {
            int end = endOfWord(position);
            if (sql.substring(position, end).indexOf('#') >= 0) {
                tokens.markReadableTwoWays();
            }
            emit(TokenKind.WORD, end);
        }
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
            char c = sql.charAt(i);
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
        if (OPERATORS.indexOf(sql.charAt(position)) < 0) {
            emit(TokenKind.OPERATOR, i);
            return;
        }
        if (sql.charAt(position) == '@' && at(i) == '?') {
            emit(TokenKind.OPERATOR, i + 1);
            return;
        }
        while (i < length && OPERATORS.indexOf(sql.charAt(i)) >= 0) {
            char c = sql.charAt(i);
            boolean comment = (c == '-' && at(i + 1) == '-') || (c == '/' && at(i + 1) == '*');
            boolean variable = c == '@' && isWordStart(at(i + 1));
            boolean sign = (c == '-' || c == '+') && "<>=+-*/%|&^~".indexOf(sql.charAt(i - 1)) >= 0 && at(i + 1) != '>';
            if (comment || variable || sign) {
                break;
            }
            i++;
        }
        emit(TokenKind.OPERATOR, i);
    }

    private int endOfWord(int from) {
        int i = from;
        while (i < length && isWordPart(sql.charAt(i))) {
            i++;
        }
        return i;
    }

    private int endOfLine(int from) {
        int i = from;
        while (i < length && !isLineEnd(sql.charAt(i))) {
            i++;
        }
        return i;
    }

    private char at(int index) {
        return index < length ? sql.charAt(index) : '\0';
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }

    private static boolean isSpace(char c) {
        return c <= ' ' || c == '\u00a0' || c == '\ufeff' || Character.isWhitespace(c);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWordStart(char c) {
        return isWordPart(c) && !isDigit(c) && c != '#' && c != '$';
    }

    private static boolean isWordPart(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || isDigit(c)
                || c == '_'
                || c == '$'
                || c == '#'
                || (c > 127 && !isSpace(c));
    }
}
