package io.heliosjdbc.driver.configuration;

/** The raw text of a TOML file: finds where a character of a string's value stands. Immutable. */
final class TomlText {
    private final String file;
    private final String text;

    TomlText(String file, String text) {
        this.file = file;
        this.text = text;
    }

    Place place(int line, int column) {
        return new Place(file, line, column);
    }

    /**
     * Where a character of a string's value stands.
     *
     * @param line the line of the string's opening quote
     * @param column the column of the string's opening quote
     * @param offset the character's index in the value, from 0
     */
    Place inside(int line, int column, int offset) {
        int quote = indexOf(line, column);
        if (quote >= text.length()) {
            return place(line, column);
        }
        boolean literal = text.charAt(quote) == '\'';
        boolean multiLine = text.startsWith(literal ? "'''" : "\"\"\"", quote);
        int at = quote + (multiLine ? 3 : 1);
        if (multiLine) {
            at += text.startsWith("\r\n", at) ? 2 : text.startsWith("\n", at) ? 1 : 0;
        }
        for (int left = offset; left > 0 && at < text.length(); left--) {
            at = literal ? at + 1 : afterCharacter(at);
        }
        at = literal ? at : afterLineContinuation(at);
        return placeOf(Math.min(at, text.length()));
    }

    /** The index after the character at an index, where an escape sequence is one character. */
    private int afterCharacter(int at) {
        int start = afterLineContinuation(at);
        if (start + 1 >= text.length() || text.charAt(start) != '\\') {
            return start + 1;
        }
        char escaped = text.charAt(start + 1);
        return start
                + switch (escaped) {
                    case 'x' -> 4;
                    case 'u' -> 6;
                    case 'U' -> 10;
                    default -> 2;
                };
    }

    /** The index after a backslash at a line's end and the white space that it swallows. */
    private int afterLineContinuation(int at) {
        int next = at;
        while (next + 1 < text.length() && text.charAt(next) == '\\' && Character.isWhitespace(text.charAt(next + 1))) {
            next++;
            while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
                next++;
            }
        }
        return next;
    }

    private int indexOf(int line, int column) {
        int start = 0;
        for (int skipped = 1; skipped < line; skipped++) {
            int end = text.indexOf('\n', start);
            if (end < 0) {
                return text.length();
            }
            start = end + 1;
        }
        return Math.min(start + column - 1, text.length());
    }

    private Place placeOf(int index) {
        int line = 1;
        int lineStart = 0;
        for (int end = text.indexOf('\n'); end >= 0 && end < index; end = text.indexOf('\n', end + 1)) {
            line++;
            lineStart = end + 1;
        }
        return place(line, index - lineStart + 1);
    }
}
