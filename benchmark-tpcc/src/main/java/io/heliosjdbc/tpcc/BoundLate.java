package io.heliosjdbc.tpcc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Asks Helios how its connections reach the database: URL, properties and configuration together decide it. Stateless. */
public final class BoundLate {
    private BoundLate() {}

    /**
     * Whether connections of the same workload manager are bound late, and not one to one.
     *
     * @param helios a connection through Helios
     */
    public static boolean is(Connection helios) throws SQLException {
        try (Statement statement = helios.createStatement();
                ResultSet connections = statement.executeQuery("SHOW HELIOS CONNECTIONS")) {
            boolean late = false;
            while (connections.next()) {
                late |= !connections.getString("state").equals("direct");
            }
            return late;
        }
    }
}
