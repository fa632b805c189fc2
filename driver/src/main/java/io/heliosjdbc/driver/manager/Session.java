package io.heliosjdbc.driver.manager;

import io.heliosjdbc.classifier.StatementProfile;
import io.heliosjdbc.driver.engine.ConnectionSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What one logical connection is to the workload manager: its attributes, its transaction state and the slot it holds. The
 * wrappers tell it what happens; it decides what that means. One thread at a time, but for {@link #cancel} and
 * {@link #abort}, which return at once from any thread.
 */
public interface Session {
    /** The client info that tells {@link #waitedNanos}, in milliseconds; it can be read only. */
    String WAITED = "helios.waited_ms";

    /** What a statement's text tells; a prepared statement asks once and keeps the answer. */
    StatementProfile profile(String sql);

    /** The answer to an admin statement, or null where the statement is the database's. */
    @Nullable
    ResultSet answer(StatementProfile profile) throws SQLException;

    /**
     * A statement is about to be executed: maps and prices it, and waits until it may run. When this returns, exactly one
     * {@link #after} follows; when it throws, nothing may reach the database.
     *
     * @param statement the wrapper that executes, the key for {@link #cancel}
     * @param queryTimeoutSeconds the statement's query timeout, 0 for none; waiting counts against it
     * @return nanoseconds waited, 0 where a slot was free
     * @throws SQLException of the table of errors, where the statement is refused or its wait ended
     */
    long before(Object statement, StatementProfile profile, int queryTimeoutSeconds) throws SQLException;

    /**
     * The vendor's execute has returned or thrown.
     *
     * @param failure what it threw, or null
     */
    void after(Object statement, StatementProfile profile, @Nullable Throwable failure);

    /**
     * The next row of a cursor is asked for, or it has come: an open transaction is no idle one meanwhile, and keeps its slot.
     *
     * @param begins whether it is asked for
     */
    void fetches(boolean begins);

    /** Ends the statement's wait, if it waits; then nothing of it has reached the database. */
    boolean cancel(Object statement);

    /** Ends every wait of this connection, which is to be aborted: some vendors do not, and then it goes on. */
    void abort();

    /** The vendor's connection has taken a new autocommit mode; switching it on ends an open transaction. */
    void autoCommit(boolean on);

    /**
     * The vendor's commit or rollback has returned or thrown, or to switch autocommit on has thrown. What another thread executes meanwhile keeps
     * the slot.
     *
     * @param failure what it threw, or null; a transaction whose commit failed has kept no promise and is not booked, and under autocommit
     *     nothing has ended
     */
    void transactionEnded(@Nullable Throwable failure);

    /**
     * The vendor's commit has thrown, and nobody says that its transaction is over: it keeps its slot until it is rolled back, committed or
     * closed. Unless more is executed in it, it is not booked.
     */
    void commitFailed();

    /**
     * How long the transaction that is open, else the last one, has waited so far, in nanoseconds: for its slot, and bound late for a physical
     * connection. Under autocommit each statement is one. 0 before anything was executed, and where nothing is scheduled. Asks nobody.
     */
    long waitedNanos();

    /**
     * Takes client info or an application name in.
     *
     * @return whether the key is ours alone ({@code helios.*}) and the vendor is not to see it
     */
    boolean clientInfo(String name, @Nullable String value);

    /** The connection's schema, by its URL, its properties or its own word; null where nobody knows. */
    void schema(@Nullable String name);

    /**
     * A logical connection that takes a physical one when its first request has a slot, where connections are bound late; null where
     * they are one to one.
     *
     * @param connections opens physical ones
     * @param key all that they are opened with: what differs in it is another pool's
     * @throws SQLException the vendor's, where none can be opened; F0000 where something is missing for it
     */
    default @Nullable Connection bindLate(ConnectionSource connections, Object key) throws SQLException {
        return null;
    }

    /** The connection is closed, not only told to: its slot and its queue places are given back, and nothing is scheduled any more. */
    void close();
}
