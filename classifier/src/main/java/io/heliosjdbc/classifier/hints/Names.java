package io.heliosjdbc.classifier.hints;

/** What somebody from outside calls something, on its way into logs, labels of metrics and keys of accounts. Stateless. */
public final class Names {
    private static final int LONGEST_SHOWN = 100;
    private static final char CUT = '\u2026';

    private Names() {}

    /** Short and on one line: what somebody writes into a comment must not forge lines of the log. */
    public static String printable(String text) {
        StringBuilder printable = new StringBuilder();
        text.codePoints()
                .limit(LONGEST_SHOWN)
                .map(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? '?' : c)
                .forEach(printable::appendCodePoint);
        return printable.toString();
    }

    /** The text where it may be a name; else what can be kept of it: without control characters, and of a long one its beginning, which shows. */
    public static String kept(String text) {
        if (HintKey.isName(text)) {
            return text;
        }
        boolean isLong = text.length() > HintKey.LONGEST_NAME;
        StringBuilder kept = new StringBuilder(isLong ? text.substring(0, HintKey.LONGEST_NAME - 1) : text);
        for (int i = 0; i < kept.length(); i++) {
            if (Character.isISOControl(kept.charAt(i))) {
                kept.setCharAt(i, '?');
            }
        }
        if (isLong && Character.isHighSurrogate(kept.charAt(kept.length() - 1))) {
            kept.setLength(kept.length() - 1);
        }
        return isLong ? kept.append(CUT).toString() : kept.toString();
    }
}
