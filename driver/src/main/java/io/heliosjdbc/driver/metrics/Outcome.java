package io.heliosjdbc.driver.metrics;

/** How a statement ended; the bounded values of the tag {@code outcome}. */
public enum Outcome {
    /** The database did it. */
    SUCCESS,
    /** The database threw. */
    ERROR,
    /** It was refused. */
    REFUSED,
    /** Its wait ran into a timeout. */
    TIMEOUT,
    /** Its wait was cancelled, aborted or interrupted. */
    CANCELLED
}
