package io.heliosjdbc.driver;

import io.heliosjdbc.driver.manager.Session;
import io.heliosjdbc.driver.manager.WorkloadManagers;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Map;

/** Opens sessions for connections that another data source gives: their metadata tell the database. Stateless. */
final class SessionOpener {
    private SessionOpener() {}

    /**
     * A session for a vendor's connection.
     *
     * @param settings the {@code helios.*} parameters by name, without that prefix
     */
    static Session open(Connection vendors, Map<String, String> settings) throws SQLException {
        DatabaseMetaData metaData = vendors.getMetaData();
        String vendorUrl = metaData.getURL() == null ? metaData.getDatabaseProductName() : metaData.getURL();
        String database = HeliosUrl.parse(HeliosUrl.PREFIX + vendorUrl.replaceFirst("^jdbc:", ""))
                .database();
        return WorkloadManagers.open(database, settings, metaData.getUserName(), null, null);
    }
}
