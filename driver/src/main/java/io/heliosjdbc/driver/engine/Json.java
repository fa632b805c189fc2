package io.heliosjdbc.driver.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what databases write as JSON: objects as maps, arrays as lists, strings, numbers as doubles, truth values. Of our own,
 * because a library would go into other people's applications. Not thread-safe.
 */
final class Json {
    private static final int DEEPEST = 500;

    private final String text;
    private int at;
    private int depth;

    private Json(String text) {
        this.text = text;
    }

    /**
     * Reads the first value of a text.
     *
     * @throws IllegalArgumentException where there is none
     */
    static @Nullable Object read(String text) {
        return new Json(text).value();
    }

    /** An object's member; null where it is no object, or has none. */
    static @Nullable Object member(@Nullable Object of, String name) {
        return of instanceof Map<?, ?> members ? members.get(name) : null;
    }

    /** A list as it is; nothing where it is none. */
    static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    /** A member that is a finite number, or a string that holds one; else null. */
    static @Nullable Double number(@Nullable Object of, String name) {
        Object value = member(of, name);
        Double number = value instanceof Double given ? given : null;
        if (value instanceof String digits) {
            try {
                number = Double.valueOf(digits);
            } catch (NumberFormatException none) {
                return null;
            }
        }
        return number == null || !Double.isFinite(number) ? null : number;
    }

    private @Nullable Object value() {
        space();
        return switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            default -> word();
        };
    }

    private Map<String, @Nullable Object> object() {
        Map<String, @Nullable Object> members = new HashMap<>();
        enter();
        while (!ends('}')) {
            String name = string();
            space();
            expect(':');
            members.put(name, value());
        }
        depth--;
        return members;
    }

    private List<@Nullable Object> array() {
        List<@Nullable Object> elements = new ArrayList<>();
        enter();
        while (!ends(']')) {
            elements.add(value());
        }
        depth--;
        return elements;
    }

    private void enter() {
        at++;
        depth++;
        if (depth > DEEPEST) {
            throw wrong();
        }
    }

    /** Goes over the end, or over what stands before the next element. */
    private boolean ends(char end) {
        space();
        if (peek() == ',') {
            at++;
            space();
        }
        boolean ended = peek() == end;
        at += ended ? 1 : 0;
        return ended;
    }

    private String string() {
        expect('"');
        StringBuilder out = new StringBuilder();
        while (peek() != '"') {
            char c = next();
            out.append(c == '\\' ? escaped() : c);
        }
        at++;
        return out.toString();
    }

    private char escaped() {
        char c = next();
        return switch (c) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                at += 4;
                if (at > text.length()) {
                    throw wrong();
                }
                yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
            }
            default -> c;
        };
    }

    private @Nullable Object word() {
        int begin = at;
        while (at < text.length() && ",]}\n\r\t ".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String word = text.substring(begin, at);
        return switch (word) {
            case "null" -> null;
            case "true" -> true;
            case "false" -> false;
            default -> Double.valueOf(word);
        };
    }

    private void expect(char c) {
        if (next() != c) {
            throw wrong();
        }
    }

    private char next() {
        char c = peek();
        at++;
        return c;
    }

    private char peek() {
        if (at >= text.length()) {
            throw wrong();
        }
        return text.charAt(at);
    }

    private void space() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private static IllegalArgumentException wrong() {
        return new IllegalArgumentException("this is no JSON");
    }
}
