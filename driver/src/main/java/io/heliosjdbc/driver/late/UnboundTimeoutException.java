package io.heliosjdbc.driver.late;

import java.io.Serial;
import java.sql.SQLTimeoutException;

/**
 * A statement's query timeout passed while it waited for a physical connection: nothing of it has reached the database, and the logical
 * connection is as good as before. A class of its own for pools that close a connection on any other {@link SQLTimeoutException}.
 */
public final class UnboundTimeoutException extends SQLTimeoutException {
    @Serial
    private static final long serialVersionUID = 1L;

    UnboundTimeoutException(String message, String state) {
        super(message, state);
    }
}
