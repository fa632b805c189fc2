package io.heliosjdbc.driver.manager;

import java.io.Serial;
import java.sql.SQLTimeoutException;

/**
 * A statement's query timeout passed while it was queued: nothing of it has reached the database, and the connection is as good as before. A
 * class of its own for pools that close a connection on any other {@link SQLTimeoutException}.
 */
public final class QueuedTimeoutException extends SQLTimeoutException {
    @Serial
    private static final long serialVersionUID = 1L;

    QueuedTimeoutException(String message, String state) {
        super(message, state);
    }
}
