package io.heliosjdbc.driver.late;

import io.heliosjdbc.classifier.statement.Dialect;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lends physical connections. Thread-safe. */
interface Lender {
    /**
     * A connection that this thread has given back a moment ago, when it was used for the same: one that needs no waiting, nor to be asked whether
     * it works. Null where there is none.
     */
    @Nullable
    Physical tryTake(String purpose);

    /**
     * A connection that nobody else has, waiting for one where all are in use; an interrupt ends the wait.
     *
     * @param purpose one that was used for the same lately is preferred
     * @param giveUpAt the instant, of {@link System#nanoTime}, at which nobody wants it any more; {@link Asking#FOR_EVER} for none
     * @throws SQLException 53H05 where none became free in time, 57014 where nobody wants it any more; the vendor's, where there are none
     */
    Physical take(String purpose, long giveUpAt) throws SQLException;

    /** Gives a connection back whose session is known. */
    void give(Physical physical);

    /** Throws a connection away; it never comes back, whatever state it is in. */
    void discard(Physical physical);

    /** How many there may be. */
    int most();

    /** Those that stay with their owners. */
    Pins pins();

    /** What the database speaks. */
    Dialect dialect();

    /** Whether the driver says whether a transaction is open. */
    boolean tellsTransaction();

    /** Whether somebody has made a function that is called like one of these, which the database's own are called. */
    boolean hasOwn(Set<String> functions);

    /** Whether all functions of these names that came with the database leave nothing behind in a session. */
    boolean areHarmless(Set<String> functions);

    /** What is known of tables whose rows are a session's own. */
    TemporaryTables temporaryTables();

    /** What is known of those who ask for the last key. */
    LastKeys lastKeys();
}
