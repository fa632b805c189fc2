package io.heliosjdbc.driver.late;

import java.io.Serial;
import java.sql.SQLNonTransientException;

/**
 * Late binding refuses what it cannot do: nothing of it has reached the database, and the logical connection is as good as before. A class of its
 * own for pools that close a connection on the SQLState of what a driver does not support, 0A000.
 */
public final class UnboundRefusalException extends SQLNonTransientException {
    @Serial
    private static final long serialVersionUID = 1L;

    UnboundRefusalException(String message, String state) {
        super(message, state);
    }
}
