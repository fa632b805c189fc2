package io.heliosjdbc.classifier;

import io.heliosjdbc.classifier.hints.Tags;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A text with sqlcommenter's {@code traceparent} in it, and the same text with the trace of nobody in its place. Where a comment of the one
 * names the trace of nobody, the other has its trace in that very comment, and is the same text but for it: the characters of a trace
 * neither end a comment nor begin one. Immutable.
 *
 * @param untraced the text with the trace of nobody
 * @param traceparent the trace
 */
record TracedText(String untraced, String traceparent) {
    /** What stands in the place of a trace: drawn by lot, and shown to nobody, so that no text can have it by itself. */
    static final String NOBODY = "00-" + digits() + "-" + digits().substring(16) + "-00";

    private static final String KEY = "traceparent='";

    private static String digits() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    /** Null where there is no trace to be seen, or more than one. */
    static @Nullable TracedText of(String sql) {
        int key = sql.indexOf(KEY);
        if (key < 0) {
            return null;
        }
        int from = key + KEY.length();
        int to = from + Tags.TRACEPARENT;
        if (to >= sql.length() || sql.charAt(to) != '\'' || sql.indexOf(KEY, to) >= 0) {
            return null;
        }
        String traceparent = sql.substring(from, to);
        return Tags.isTraceparent(traceparent) && !traceparent.equals(NOBODY)
                ? new TracedText(sql.substring(0, from) + NOBODY + sql.substring(to), traceparent)
                : null;
    }
}
