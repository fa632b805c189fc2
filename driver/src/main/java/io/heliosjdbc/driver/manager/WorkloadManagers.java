package io.heliosjdbc.driver.manager;

import io.heliosjdbc.classifier.statement.DoubleQuotes;
import io.heliosjdbc.driver.engine.ConnectionSource;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The workload managers of this JVM, one per database: two pools on the same database share one. Thread-safe. */
public final class WorkloadManagers {
    private static final Registry REGISTRY = new Registry(System::nanoTime, InstantSource.system());

    private WorkloadManagers() {}

    /**
     * Opens a session with the manager of a database; the first session makes the manager, by its own settings. A later
     * session takes what is in force; where it says something itself, it must say the same, or it is refused.
     *
     * @param database the vendor's URL without its parameters and credentials: the manager's key and its name, which everybody
     *     may read, where {@code manager} is not set
     * @param settings the {@code helios.*} parameters of URL and properties, without that prefix, by name
     * @param user the database user, or null
     * @param application the application name that URL or properties give the vendor, or null
     * @param connections opens further connections to the database as this session's user, or null where there is no way to
     * @throws SQLException with state F0000 where configuration or agreements are refused
     */
    public static Session open(
            String database,
            Map<String, String> settings,
            @Nullable String user,
            @Nullable String application,
            @Nullable ConnectionSource connections)
            throws SQLException {
        ManagedSession session = REGISTRY.open(database, settings, user, application, connections);
        session.manager().inForce().meets(DoubleQuotes.of(database));
        return session;
    }

    /** Closes every manager at once with its last session, instead of a minute later: for a driver that is deregistered. */
    public static void closeIdle() {
        REGISTRY.closeIdle();
    }
}
