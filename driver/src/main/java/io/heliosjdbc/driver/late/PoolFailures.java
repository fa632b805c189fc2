package io.heliosjdbc.driver.late;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLNonTransientException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientException;
import java.util.Set;

/** What goes wrong between a logical connection and a physical one. Stateless. */
final class PoolFailures {
    private PoolFailures() {}

    static SQLException noPool() {
        return new SQLNonTransientException(
                "connections = \"late\" needs HikariCP, which is not on the class path; add com.zaxxer:HikariCP, or set"
                        + " helios.connections=direct",
                "F0000");
    }

    /** Not of class 08: an outer pool would drop the logical connection, which is as good as before. */
    static SQLException exhausted(String pool, int size, long waitedMillis, String pins) {
        return new SQLTransientException(
                "No physical connection of " + pool + " became free within " + waitedMillis + " ms; it holds " + size
                        + " at most" + (pins.isEmpty() ? "" : ", pinned: " + pins)
                        + ". Read or close result sets, end transactions, or raise helios.pool.reserve",
                "53H05");
    }

    /** Likewise, where the database refuses to give as many as the pool may hold. */
    static SQLException refused(String pool, int given, long waitedMillis, String pins, String refusal) {
        return new SQLTransientException(
                "No physical connection of " + pool + " became free within " + waitedMillis + " ms; it holds " + given
                        + (pins.isEmpty() ? "" : ", pinned: " + pins) + ", and the database refuses more: " + refusal
                        + ". Read or close result sets, end transactions, or have the database take more connections;"
                        + " or lower helios.pool.reserve and the MPLs, which ask for more than it takes",
                "53H05");
    }

    /** At once: nobody of them gives it back soon. */
    static SQLException allPinned(String pool, int size, String pins) {
        return new SQLTransientException(
                "All physical connections of " + pool + ", " + size + " at most, are pinned: " + pins
                        + ". Close the connections that pin them, or raise helios.pool.reserve",
                "53H05");
    }

    static SQLException closed() {
        return new SQLNonTransientConnectionException("This connection has been closed", "08003");
    }

    static SQLException dead() {
        return new SQLNonTransientConnectionException(
                "The physical connection that this one was pinned to broke, and its session with it", "08003");
    }

    static SQLException broken() {
        return new SQLNonTransientConnectionException("The physical connection broke", "08006");
    }

    static SQLException lost() {
        return new SQLTransactionRollbackException(
                "The physical connection broke, and the transaction with it; roll back", "40000");
    }

    static SQLException statementClosed() {
        return new SQLNonTransientException("This statement has been closed", "HY010");
    }

    static SQLException cancelled() {
        return new SQLException("The statement was cancelled before it was executed", "57014");
    }

    /** Whatever the pool would have waited: the statement has waited for its slot as well. */
    static SQLException timedOut(String pool, String pins) {
        return new UnboundTimeoutException(
                "The statement's own query timeout passed while it waited for a physical connection of " + pool
                        + (pins.isEmpty() ? "" : ", pinned: " + pins),
                "57014");
    }

    /** Likewise, behind another thread's statement on the same connection. */
    static SQLException timedOut() {
        return new UnboundTimeoutException(
                "The statement's own query timeout passed while another statement of its connection waited for a physical one",
                "57014");
    }

    /** For an index that a driver has accepted all the same. */
    static SQLException noSuchParameter(int index) {
        return new SQLException("There is no parameter " + index + "; they count from 1", "07009");
    }

    /** Nothing may be written in place of what was read. */
    static SQLException streamWasRead(Set<Integer> parameters) {
        return new UnboundRefusalException(
                "With connections = \"late\" a stream is read when it is executed: parameters " + parameters
                        + " have to be set again",
                "0A000");
    }

    static SQLException earlierResult() {
        return new UnboundRefusalException(
                "With connections = \"late\" the session may be another one by now: what an earlier statement has left in it,"
                        + " such as the last key, can be asked for in the same transaction, or once after a change that was"
                        + " followed by this question before; use generated keys or RETURNING",
                "0A000");
    }

    /** SQL's own state for a locator that is none any more. */
    static SQLException valueIsOver() {
        return new UnboundRefusalException(
                "With connections = \"late\" a large object, an array or a structured value is there to the end of the transaction that it was"
                        + " read or made in; under autocommit until the result set that it is from is closed, or the statement has been"
                        + " executed that it was set for. Read what is in it before, set it again, or switch autocommit off",
                "0F001");
    }

    /** Whether it says that the connection is of no use any more. */
    static boolean isBroken(SQLException failure) {
        if (failure instanceof SQLNonTransientConnectionException
                || failure instanceof java.sql.SQLRecoverableException
                || failure instanceof java.sql.SQLTransientConnectionException) {
            return true;
        }
        String state = failure.getSQLState();
        return state != null && (state.startsWith("08") || state.startsWith("57P"));
    }

    /** Whether the network timeout has passed: the next one may take as long. */
    static boolean isTimeout(SQLException failure) {
        Throwable cause = failure;
        while (cause != null && !(cause instanceof SocketTimeoutException)) {
            cause = cause.getCause();
        }
        return cause != null;
    }
}
