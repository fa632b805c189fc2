package io.heliosjdbc.classifier.criteria;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A criterion's text cut into tokens. */
final class CriterionTokens {
    /** What a token is. */
    enum Kind {
        WORD,
        NUMBER,
        STRING,
        OPERATOR,
        OPEN,
        CLOSE,
        END
    }

    private static final Set<String> KEYWORDS = Set.of("AND", "OR", "NOT", "CONTAINS", "TRUE", "FALSE");

    /**
     * One token.
     *
     * @param text the word, number or operator as it stands; of a string what is between the quotes
     * @param offset where it begins
     */
    record Token(Kind kind, String text, int offset) {
        boolean is(String keyword) {
            return text.toUpperCase(Locale.ROOT).equals(keyword);
        }

        boolean isKeyword() {
            return KEYWORDS.contains(text.toUpperCase(Locale.ROOT));
        }

        String described() {
            return switch (kind) {
                case END -> "the end";
                case STRING -> "'" + text.replace("'", "''") + "'";
                case WORD, NUMBER, OPERATOR, OPEN, CLOSE -> text;
            };
        }
    }

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int next;

    CriterionTokens(String text) throws CriterionSyntaxException {
        this.text = text;
        int position = 0;
        while (position < text.length()) {
            if (Character.isWhitespace(text.charAt(position))) {
                position++;
            } else {
                position = read(position);
            }
        }
        tokens.add(new Token(Kind.END, "", text.length()));
    }

    Token peek() {
        return tokens.get(next);
    }

    Token take() {
        Token token = tokens.get(next);
        if (token.kind() != Kind.END) {
            next++;
        }
        return token;
    }

    boolean takeWord(String keyword) {
        if (peek().kind() == Kind.WORD && peek().is(keyword)) {
            next++;
            return true;
        }
        return false;
    }

    private int read(int start) throws CriterionSyntaxException {
        char c = text.charAt(start);
        if (c == '(' || c == ')') {
            return add(c == '(' ? Kind.OPEN : Kind.CLOSE, start, start + 1);
        }
        if (c == '\'' || c == '"') {
            return string(start, c);
        }
        if (isDigit(c) || ((c == '-' || c == '+' || c == '.') && isDigit(at(start + 1)))) {
            return number(start);
        }
        if (isWordPart(c)) {
            int end = start;
            while (isWordPart(at(end))) {
                end++;
            }
            return add(Kind.WORD, start, end);
        }
        return operator(start);
    }

    private int add(Kind kind, int start, int end) {
        tokens.add(new Token(kind, text.substring(start, end), start));
        return end;
    }

    private int string(int start, char quote) throws CriterionSyntaxException {
        StringBuilder content = new StringBuilder();
        for (int i = start + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == quote) {
                if (at(i + 1) != quote) {
                    tokens.add(new Token(Kind.STRING, content.toString(), start));
                    return i + 1;
                }
                i++;
            }
            content.append(c);
        }
        throw new CriterionSyntaxException(start, "quoted text without an end", "close it with " + quote);
    }

    private int number(int start) throws CriterionSyntaxException {
        int end = start + 1;
        while (isDigit(at(end)) || isWordPart(at(end)) || at(end) == '.') {
            boolean exponent = at(end) == 'e' || at(end) == 'E';
            end += exponent && (at(end + 1) == '-' || at(end + 1) == '+') ? 2 : 1;
        }
        String number = text.substring(start, end);
        if (!number.matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?")) {
            throw new CriterionSyntaxException(
                    start, number + " is no number", "write a number without a unit, as in 500 or 0.5");
        }
        return add(Kind.NUMBER, start, end);
    }

    private int operator(int start) throws CriterionSyntaxException {
        char c = text.charAt(start);
        char following = at(start + 1);
        String two = "" + c + following;
        switch (two) {
            case "!=", "<=", ">=" -> {
                return add(Kind.OPERATOR, start, start + 2);
            }
            case "==" -> throw new CriterionSyntaxException(start, "== is no operator", "write =");
            case "<>" -> throw new CriterionSyntaxException(start, "<> is no operator", "write !=");
            case "&&" -> throw new CriterionSyntaxException(start, "&& is no operator", "write AND");
            case "||" -> throw new CriterionSyntaxException(start, "|| is no operator", "write OR");
            default -> {}
        }
        if (c == '=' || c == '<' || c == '>') {
            return add(Kind.OPERATOR, start, start + 1);
        }
        if (c == '!') {
            throw new CriterionSyntaxException(start, "! is no operator", "write NOT");
        }
        throw new CriterionSyntaxException(
                start,
                "unexpected character " + Character.toString(text.codePointAt(start)),
                "remove it or quote the text");
    }

    private char at(int index) {
        return index < text.length() ? text.charAt(index) : '\0';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWordPart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '_';
    }
}
