package io.heliosjdbc.driver;

import io.heliosjdbc.driver.engine.ConnectionSource;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import org.jspecify.annotations.Nullable;

/**
 * Connections of the vendor's, as one request asks for them. Thread-safe. The driver is looked for once, by the first thread, which
 * is the application's and sees the application's classes.
 */
final class VendorConnections implements ConnectionSource {
    private final ConnectRequest request;
    private volatile @Nullable Driver driver;

    VendorConnections(ConnectRequest request) {
        this.request = request;
    }

    /**
     * The vendor's driver.
     *
     * @throws SQLException F0000 where there is none
     */
    Driver driver() throws SQLException {
        Driver found = driver;
        if (found == null) {
            found = HeliosDriver.vendor(request);
            driver = found;
        }
        return found;
    }

    /**
     * A connection.
     *
     * @throws SQLException F0000 where the vendor's driver does not take the URL; else the vendor's own
     */
    @Override
    public Connection open() throws SQLException {
        Driver vendors = driver();
        Connection connection = vendors.connect(request.url().vendorUrl(), request.freshVendorProperties());
        if (connection == null) {
            throw new SQLNonTransientException(
                    vendors.getClass().getName() + " does not take "
                            + request.url().database()
                            + "; mend the URL, or name another driver in helios.driver",
                    "F0000");
        }
        return connection;
    }
}
