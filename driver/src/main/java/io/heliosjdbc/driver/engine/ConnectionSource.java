package io.heliosjdbc.driver.engine;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens connections of the vendor's to a workload manager's database, with its first connection's credentials. Thread-safe. */
@FunctionalInterface
public interface ConnectionSource {

    /** Opens one; who asked closes it. */
    Connection open() throws SQLException;
}
