package io.heliosjdbc.tpcc.compare;

import java.sql.Connection;
import java.sql.SQLException;

/** Takes a connection from a pool for one piece of work; closing it gives it back. */
@FunctionalInterface
interface Checkout {
    Connection get() throws SQLException;
}
