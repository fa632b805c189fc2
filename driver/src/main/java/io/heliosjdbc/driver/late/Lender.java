package io.heliosjdbc.driver.late;

import io.heliosjdbc.classifier.statement.Dialect;
import java.sql.SQLException;
import java.util.Set;

/** Lends physical connections. Thread-safe. */
interface Lender {
    /**
     * A connection that nobody else has, waiting for one where all are in use; an interrupt ends the wait.
     *
     * @param purpose one that was used for the same lately is preferred
     */
    Physical take(String purpose) throws SQLException;

    /** Gives a connection back whose session is known. */
    void give(Physical physical);

    /** Throws a connection away; it never comes back, whatever state it is in. */
    void discard(Physical physical);

    /** Those that stay with their owners. */
    Pins pins();

    /** What the database speaks. */
    Dialect dialect();

    /** Whether the driver says whether a transaction is open. */
    boolean tellsTransaction();

    /** Whether somebody has made a function that is called like one of these, which the database's own are called. */
    boolean hasOwn(Set<String> functions);

    /** What is known of those who ask for the last key. */
    LastKeys lastKeys();
}
