package io.heliosjdbc.classifier.criteria;

/** Kleene's three truth values: a feature that is not known decides nothing. */
public enum Truth {
    /** It does not hold. */
    FALSE,
    /** It hangs on what is not known. */
    UNKNOWN,
    /** It holds. */
    TRUE;

    static Truth of(boolean value) {
        return value ? TRUE : FALSE;
    }

    Truth not() {
        return switch (this) {
            case FALSE -> TRUE;
            case UNKNOWN -> UNKNOWN;
            case TRUE -> FALSE;
        };
    }

    Truth and(Truth other) {
        return compareTo(other) <= 0 ? this : other;
    }

    Truth or(Truth other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
