package io.heliosjdbc.classifier.corpus;

/**
 * A column of the corpus.
 *
 * @param name its name, unquoted
 * @param kind what it holds
 * @param primary whether it belongs to the primary key
 * @param references the table that it refers to, empty where it refers to none
 */
record Column(String name, Kind kind, boolean primary, String references) {
    /** What a column holds. */
    enum Kind {
        KEY,
        REFERENCE,
        SCOPE,
        UNIQUE,
        DATE,
        NUMBER,
        CATEGORY,
        TEXT,
        FLAG
    }
}
