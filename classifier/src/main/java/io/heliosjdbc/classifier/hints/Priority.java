package io.heliosjdbc.classifier.hints;

/** How much a request matters, by hint; from the highest to the lowest. */
public enum Priority {
    /** Above everything. */
    CRITICAL,
    /** Above the ordinary. */
    HIGH,
    /** The ordinary. */
    MEDIUM,
    /** Below the ordinary. */
    LOW,
    /** Whenever there is time. */
    BACKGROUND
}
