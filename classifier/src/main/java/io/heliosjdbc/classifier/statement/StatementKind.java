package io.heliosjdbc.classifier.statement;

/** What a statement's text means to the driver, by its first keywords. */
public enum StatementKind {
    /** Anything that is scheduled: queries, changes, calls, DDL. */
    WORK,
    /** BEGIN, START TRANSACTION. */
    BEGIN,
    /** COMMIT, END. */
    COMMIT,
    /** ROLLBACK, ABORT; not ROLLBACK TO SAVEPOINT. */
    ROLLBACK,
    /** SAVEPOINT, RELEASE, ROLLBACK TO: never waits, changes nothing of the transaction's state. */
    SAVEPOINT,
    /** SET, RESET, SHOW of the database itself: never waits. */
    SETTING,
    /** EXPLAIN HELIOS: answered by the driver. */
    EXPLAIN_HELIOS,
    /** SHOW HELIOS: answered by the driver. */
    SHOW_HELIOS
}
