package io.heliosjdbc.tpcc.compare;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalLong;

/** Takes a connection from a pool for one piece of work; closing it gives it back. */
@FunctionalInterface
interface Checkout {
    Connection get() throws SQLException;

    /**
     * How long the last transaction on one of its connections waited in Helios's queue, in nanoseconds; under autocommit the last statement. Asks
     * nobody else. Empty where Helios is not there, or cannot be asked.
     */
    default OptionalLong waited(Connection connection) {
        return OptionalLong.empty();
    }
}
