package io.heliosjdbc.tpcc.compare;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long a user load waited in Helios's own queue since its workload manager opened, the warm-up included. Immutable.
 *
 * @param statements how many have ended, those that got no slot included
 * @param waitedShare which part of them had to wait, 0 to 1
 * @param meanMillis how long these waited on average
 * @param longestMillis and the longest of them
 */
record HeliosQueue(long statements, double waitedShare, double meanMillis, double longestMillis) {
    /**
     * That of each user load, by its name.
     *
     * @param helios a connection through Helios
     */
    static Map<String, HeliosQueue> of(Connection helios) throws SQLException {
        Map<String, HeliosQueue> queues = new LinkedHashMap<>();
        try (Statement statement = helios.createStatement();
                ResultSet report = statement.executeQuery("SHOW HELIOS REPORT")) {
            while (report.next()) {
                if (report.getString("scope").equals("user_load")) {
                    queues.put(
                            report.getString("name"),
                            new HeliosQueue(
                                    report.getLong("statements"),
                                    report.getDouble("waited_share"),
                                    report.getDouble("mean_wait_ms"),
                                    report.getDouble("longest_wait_ms")));
                }
            }
        }
        return queues;
    }
}
