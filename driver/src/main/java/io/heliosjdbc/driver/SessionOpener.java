package io.heliosjdbc.driver;

import io.heliosjdbc.driver.manager.Session;
import io.heliosjdbc.driver.manager.WorkloadManagers;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Opens sessions for connections that another data source gives: their metadata tell the database. Stateless. */
final class SessionOpener {
    private SessionOpener() {}

    /**
     * A session for a vendor's connection.
     *
     * @param given the user that the connection was asked for with, or null
     * @param settings the {@code helios.*} parameters by name, without that prefix
     */
    static Session open(Connection vendors, @Nullable String given, Map<String, String> settings) throws SQLException {
        DatabaseMetaData metaData = vendors.getMetaData();
        String vendorUrl = metaData.getURL() == null ? metaData.getDatabaseProductName() : metaData.getURL();
        String database = HeliosUrl.parse(HeliosUrl.PREFIX + vendorUrl.replaceFirst("^jdbc:", ""))
                .database();
        return WorkloadManagers.open(database, settings, user(metaData, given), null, null);
    }

    /**
     * Who has logged in: the metadata knows it, but may have it in upper case, as H2 does, and MySQL's has the client's host behind it.
     * So a name that was given counts as it was given, where it is that one.
     */
    static @Nullable String user(DatabaseMetaData metaData, @Nullable String given) throws SQLException {
        String name = metaData.getUserName();
        int host = name == null ? -1 : name.lastIndexOf('@');
        String bare = host > 0 && "MySQL".equals(metaData.getDatabaseProductName()) ? name.substring(0, host) : name;
        return given != null && (bare == null || given.equalsIgnoreCase(bare)) ? given : bare;
    }
}
