package io.heliosjdbc.driver;

import io.heliosjdbc.driver.engine.ConnectionSource;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
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

    /** A connection, or null where the vendor's driver does not take its own URL. */
    @Nullable
    Connection connect() throws SQLException {
        return driver().connect(request.url().vendorUrl(), request.vendorProperties());
    }

    @Override
    public Connection open() throws SQLException {
        Connection connection = connect();
        if (connection == null) {
            throw new SQLNonTransientConnectionException("The vendor's driver does not take its own URL", "08001");
        }
        return connection;
    }
}
