package io.heliosjdbc.driver.manager;

import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The workload managers of this JVM, one per database: two pools on the same database share one. Thread-safe. */
public final class WorkloadManagers {
    private WorkloadManagers() {}

    /**
     * Opens a session with the manager of a database; the first session makes the manager.
     *
     * @param database the vendor's URL without its parameters: the manager's key where {@code manager} is not set
     * @param settings the {@code helios.*} parameters of URL and properties, without that prefix, by name
     * @param user the database user, or null
     * @param application the application name that URL or properties give the vendor, or null
     * @throws SQLException with state F0000 where configuration or agreements are refused
     */
    public static Session open(
            String database, Map<String, String> settings, @Nullable String user, @Nullable String application)
            throws SQLException {
        throw new UnsupportedOperationException();
    }
}
