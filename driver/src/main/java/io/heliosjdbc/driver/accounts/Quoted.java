package io.heliosjdbc.driver.accounts;

import java.util.Locale;

/** Text in quotes as JSON has it, on one line and in plain characters whatever the text contains. */
final class Quoted {
    private static final int DELETE = 0x7f;
    private static final int HEX_DIGITS = 4;
    private static final int HEX = 16;

    private Quoted() {}

    static void write(String text, StringBuilder to) {
        to.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                to.append('\\').append(c);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                to.append(c).append(text.charAt(++i));
            } else if (isPlain(c)) {
                to.append(c);
            } else {
                to.append("\\u").append(String.format(Locale.ROOT, "%04x", (int) c));
            }
        }
        to.append('"');
    }

    /** Half a pair cannot be encoded; anything that may end a line, or be taken for its end, must not stand in one. */
    private static boolean isPlain(char c) {
        return c >= ' '
                && !(c >= DELETE && c < '\u00a0')
                && c != '\u2028'
                && c != '\u2029'
                && !Character.isSurrogate(c);
    }

    /**
     * A whole text in which nothing but ASCII stands outside of quotes, in ASCII alone; read, it is the same.
     *
     * @param text texts in quotes, and what stands between them
     */
    static String ascii(String text) {
        StringBuilder ascii = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= DELETE) {
                ascii.append(c);
            } else {
                ascii.append("\\u").append(String.format(Locale.ROOT, "%04x", (int) c));
            }
        }
        return ascii.toString();
    }

    /**
     * The text between the quotes.
     *
     * @param quoted the quotes included
     * @throws IllegalArgumentException if that is not such a text
     */
    static String read(String quoted) {
        StringBuilder text = new StringBuilder();
        int end = quoted.length() - 1;
        for (int i = 1; i < end; i++) {
            char c = quoted.charAt(i);
            if (c != '\\') {
                text.append(c);
            } else if (i + 1 < end && quoted.charAt(i + 1) != 'u') {
                text.append(quoted.charAt(++i));
            } else if (i + 1 + HEX_DIGITS < end) {
                text.append((char) Integer.parseInt(quoted, i + 2, i + 2 + HEX_DIGITS, HEX));
                i += 1 + HEX_DIGITS;
            } else {
                throw new IllegalArgumentException(quoted + " is no text in quotes");
            }
        }
        return text.toString();
    }
}
