package io.heliosjdbc.classifier.statement;

/** What a text does to the autocommit mode of its connection. */
public enum AutoCommit {
    /** Leaves it as it is. */
    KEPT,
    /** Switches it off, by its words. */
    OFF,
    /** Sets it to something else, or to what its words do not tell. */
    SET
}
