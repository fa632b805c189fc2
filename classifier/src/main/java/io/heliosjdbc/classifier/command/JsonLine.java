package io.heliosjdbc.classifier.command;

import java.util.HashMap;
import java.util.Map;

/**
 * Reads one JSON object (RFC 8259) from a line and keeps the members that are strings. Not thread-safe.
 *
 * <p>Of our own, because the classifier goes into other people's applications, and a library for a command's input would too.
 */
final class JsonLine {
    private static final int DEEPEST = 100;

    /** What is wrong, and where: the column, counted from 1. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(int column, String what) {
            super("column " + column + ": " + what);
        }
    }

    private final String line;
    private int at;

    private JsonLine(String line) {
        this.line = line;
    }

    /** The string members of the line's object. */
    static Map<String, String> read(String line) throws Malformed {
        JsonLine reader = new JsonLine(line);
        Map<String, String> strings = new HashMap<>();
        reader.space();
        reader.object(strings, 0);
        reader.space();
        if (reader.at < line.length()) {
            throw reader.malformed("there is more after the object");
        }
        return strings;
    }

    /** A text as a JSON string, quotes included. */
    static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append("\\u00")
                                .append(Character.forDigit(c >> 4, 16))
                                .append(Character.forDigit(c & 15, 16));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append('"').toString();
    }

    private void object(Map<String, String> strings, int depth) throws Malformed {
        expect('{');
        space();
        if (peek() == '}') {
            at++;
            return;
        }
        while (true) {
            space();
            int begin = at;
            String name = string();
            space();
            expect(':');
            space();
            if (peek() == '"') {
                if (strings.put(name, string()) != null) {
                    at = begin;
                    throw malformed("'" + name + "' is given twice");
                }
            } else {
                value(depth + 1);
            }
            space();
            if (peek() == '}') {
                at++;
                return;
            }
            if (peek() != ',') {
                throw malformed("expected ',' or '}'");
            }
            at++;
        }
    }

    private void value(int depth) throws Malformed {
        if (depth > DEEPEST) {
            throw malformed("nested too deeply");
        }
        switch (peek()) {
            case '"' -> string();
            case '{' -> object(new HashMap<>(), depth);
            case '[' -> array(depth);
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        }
    }

    private void array(int depth) throws Malformed {
        expect('[');
        space();
        if (peek() == ']') {
            at++;
            return;
        }
        while (true) {
            space();
            value(depth + 1);
            space();
            if (peek() == ']') {
                at++;
                return;
            }
            expect(',');
        }
    }

    private void word(String word) throws Malformed {
        if (!line.startsWith(word, at)) {
            throw malformed("expected a value");
        }
        at += word.length();
    }

    private void number() throws Malformed {
        int begin = at;
        at += peek() == '-' ? 1 : 0;
        boolean zero = peek() == '0';
        int whole = digits();
        boolean wrong = whole == 0 || (zero && whole > 1);
        if (peek() == '.') {
            at++;
            wrong |= digits() == 0;
        }
        if (peek() == 'e' || peek() == 'E') {
            at++;
            at += peek() == '+' || peek() == '-' ? 1 : 0;
            wrong |= digits() == 0;
        }
        if (wrong) {
            at = begin;
            throw malformed("expected a value");
        }
    }

    private int digits() {
        int begin = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        return at - begin;
    }

    private String string() throws Malformed {
        int begin = at;
        expect('"');
        StringBuilder out = new StringBuilder();
        while (at < line.length()) {
            char c = line.charAt(at++);
            if (c == '"') {
                return out.toString();
            }
            if (c < ' ') {
                at--;
                throw malformed("a control character in a string; write it as an escape");
            }
            out.append(c == '\\' ? escape() : c);
        }
        at = begin;
        throw malformed("the string is not closed");
    }

    private char escape() throws Malformed {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> {
                at--;
                throw malformed("there is no such escape");
            }
        };
    }

    private char unicode() throws Malformed {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            char c = peek();
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw malformed("expected four hexadecimal digits");
            }
            code = code * 16 + digit;
            at++;
        }
        return (char) code;
    }

    private void expect(char c) throws Malformed {
        if (peek() != c) {
            throw malformed("expected '" + c + "'");
        }
        at++;
    }

    /** The next character; at the end one that JSON does not have. */
    private char peek() {
        return at < line.length() ? line.charAt(at) : '\0';
    }

    private void space() {
        while (at < line.length() && " \t\r\n".indexOf(line.charAt(at)) >= 0) {
            at++;
        }
    }

    private Malformed malformed(String what) {
        return new Malformed(at + 1, at >= line.length() ? what + ", but the line ends" : what);
    }
}
