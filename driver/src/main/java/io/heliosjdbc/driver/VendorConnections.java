package io.heliosjdbc.driver;

import io.heliosjdbc.driver.engine.ConnectionSource;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Connections of the vendor's, as one request asks for them. Thread-safe. The drivers are looked for once, by the first thread, which
 * is the application's and sees the application's classes.
 */
final class VendorConnections implements ConnectionSource {
    private final ConnectRequest request;
    private volatile @Nullable List<Driver> drivers;

    VendorConnections(ConnectRequest request) {
        this.request = request;
    }

    /**
     * The drivers that accept the URL, the vendor's among them.
     *
     * @throws SQLException F0000 where there is none
     */
    List<Driver> drivers() throws SQLException {
        List<Driver> found = drivers;
        if (found == null) {
            found = HeliosDriver.vendors(request);
            drivers = found;
        }
        return found;
    }

    /**
     * A connection, by the first driver that gives one.
     *
     * @throws SQLException F0000 where no driver takes the URL after all; else the vendor's own
     */
    @Override
    public Connection open() throws SQLException {
        for (Driver each : drivers()) {
            Connection connection = each.connect(request.url().vendorUrl(), request.freshVendorProperties());
            if (connection != null) {
                return connection;
            }
        }
        throw new SQLNonTransientException(
                VendorDrivers.names(drivers()) + " does not take "
                        + request.url().database()
                        + "; mend the URL, or name another driver in helios.driver",
                "F0000");
    }
}
