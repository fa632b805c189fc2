package io.heliosjdbc.driver.admin;

import org.jspecify.annotations.Nullable;

/**
 * What one connection is doing. Immutable.
 *
 * @param connection the connection's number within its workload manager
 * @param state what it does
 * @param serviceClass the class of its transaction
 * @param userLoad the user load of its transaction
 * @param user the database user, or null
 * @param application the application, or null
 * @param client the client, or null
 * @param sinceNanos for how long it has been waiting or holding its slot, nanoseconds
 * @param priority the priority of its statement
 * @param template its statement, without literals
 */
public record RequestStatus(
        long connection,
        State state,
        String serviceClass,
        String userLoad,
        @Nullable String user,
        @Nullable String application,
        @Nullable String client,
        long sinceNanos,
        String priority,
        String template) {

    /** What a connection that has to do with slots does. */
    public enum State {
        /** It waits for a slot. */
        QUEUED,
        /** It holds a slot and a statement is in the database. */
        RUNNING,
        /** It is closed or was aborted, and holds its slot until the statement that is still in the database has ended. */
        CLOSED,
        /** It holds a slot, its transaction is open, and no statement is in the database; the slot may be lent. */
        IDLE_IN_TRANSACTION
    }
}
