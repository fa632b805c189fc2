package io.heliosjdbc.classifier.hints;

/** What kind of work a request is, by hint. */
public enum Workload {
    /** Short transactions that somebody waits for. */
    OLTP,
    /** Complex questions. */
    ANALYTICS,
    /** Long jobs that nobody waits for. */
    BATCH
}
