package io.heliosjdbc.classifier.hints;

import org.jspecify.annotations.Nullable;

/**
 * What sqlcommenter's comments say beside hints: where in the application a statement comes from, and of which trace it is part.
 * Immutable; null where nothing is said.
 *
 * @param route {@code route=}
 * @param controller {@code controller=}
 * @param action {@code action=}
 * @param traceparent {@code traceparent=}, as the W3C's Trace Context has it
 */
public record Tags(
        @Nullable String route,
        @Nullable String controller,
        @Nullable String action,
        @Nullable String traceparent) {
    /** Nothing said. */
    public static final Tags NONE = new Tags(null, null, null, null);

    /** {@code 00-}, 32 digits of the trace, 16 of the parent, 2 of flags: how many characters. */
    public static final int TRACEPARENT = 55;

    /** These tags, and this one where it is none of them yet and the value is one. */
    Tags with(String key, String value) {
        if (!HintKey.isName(value)) {
            return this;
        }
        return switch (key) {
            case "route" -> route != null ? this : new Tags(value, controller, action, traceparent);
            case "controller" -> controller != null ? this : new Tags(route, value, action, traceparent);
            case "action" -> action != null ? this : new Tags(route, controller, value, traceparent);
            case "traceparent" ->
                traceparent != null || !isTraceparent(value) ? this : new Tags(route, controller, action, value);
            default -> this;
        };
    }

    /** Whether a value has the form that the Trace Context gives it. */
    public static boolean isTraceparent(String value) {
        if (value.length() != TRACEPARENT) {
            return false;
        }
        for (int i = 0; i < TRACEPARENT; i++) {
            char c = value.charAt(i);
            boolean dash = i == 2 || i == 35 || i == 52;
            boolean right = dash ? c == '-' : Character.digit(c, 16) >= 0 && c < 'g';
            if (!right) {
                return false;
            }
        }
        return true;
    }
}
