package io.heliosjdbc.driver.accounts;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The words of one line, from left to right. Not thread-safe. Whatever is not as expected is an IllegalArgumentException. */
final class Words {
    private final String line;
    private int at;

    Words(String line) {
        this.line = line;
    }

    boolean hasNext() {
        return at < line.length();
    }

    /** The next word; where it begins with a quote, up to the closing one. */
    String next() {
        if (!hasNext()) {
            throw new IllegalArgumentException("the line is cut off");
        }
        int end = at;
        if (line.charAt(at) == '"') {
            end++;
            while (end < line.length() && line.charAt(end) != '"') {
                end += line.charAt(end) == '\\' ? 2 : 1;
            }
            end++;
        } else {
            while (end < line.length() && line.charAt(end) != ' ') {
                end++;
            }
        }
        if (end > line.length() || (end < line.length() && line.charAt(end) != ' ')) {
            throw new IllegalArgumentException("a text lacks its closing quote");
        }
        String word = line.substring(at, end);
        at = end + 1;
        return word;
    }

    Words expect(String word) {
        String found = next();
        if (!found.equals(word)) {
            throw new IllegalArgumentException("'" + found + "' stands where " + word + " is expected");
        }
        return this;
    }

    /** A text in quotes. */
    String text() {
        String text = textOrNone();
        if (text == null) {
            throw new IllegalArgumentException("a text is missing");
        }
        return text;
    }

    /** A text in quotes, or null where a dash says that there is none. */
    @Nullable
    String textOrNone() {
        String word = next();
        if (word.equals("-")) {
            return null;
        }
        if (!word.startsWith("\"")) {
            throw new IllegalArgumentException("'" + word + "' is no text in quotes");
        }
        return Quoted.read(word);
    }

    long whole(String name) {
        return Long.parseLong(expect(name).next());
    }

    double number(String name) {
        return Double.parseDouble(expect(name).next());
    }

    BigDecimal decimal(String name) {
        return new BigDecimal(expect(name).next());
    }

    Instant instant(String name) {
        String word = expect(name).next();
        return word.equals(AccountsText.NEVER) ? Instant.MAX : Instant.parse(word);
    }

    void end() {
        if (hasNext()) {
            throw new IllegalArgumentException("'" + next() + "' is too much");
        }
    }
}
