package io.heliosjdbc.driver;

import io.heliosjdbc.driver.configuration.Parameters;
import io.heliosjdbc.driver.manager.Session;
import io.heliosjdbc.driver.manager.WorkloadManagers;
import io.heliosjdbc.driver.wrapper.ConnectionWrapper;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The driver for {@code jdbc:helios:} followed by the rest of the vendor's URL. Thread-safe and stateless: any number of
 * instances share the workload managers of this JVM.
 */
public final class HeliosDriver implements Driver {
    static {
        register();
    }

    /** A driver; the class registers one of its own with the driver manager when it is loaded. */
    public HeliosDriver() {}

    private static void register() {
        try {
            DriverManager.registerDriver(new HeliosDriver(), WorkloadManagers::closeIdle);
        } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /**
     * Opens a connection through the vendor's driver.
     *
     * @return null where the URL is not ours
     * @throws SQLException with state F0000 where configuration or agreements are refused, no vendor's driver is found, or the one
     *     named does not take the URL; else the vendor's own
     */
    @Override
    public @Nullable Connection connect(String url, @Nullable Properties info) throws SQLException {
        return HeliosUrl.isOurs(url) ? connect(ConnectRequest.of(url, info)) : null;
    }

    static Connection connect(ConnectRequest request) throws SQLException {
        VendorConnections connections = new VendorConnections(request);
        // Before anything is opened for a database that nobody can connect to.
        List<Driver> unused = connections.drivers();
        Session session = WorkloadManagers.open(
                request.url().database(), request.settings(), request.user(), request.application(), connections);
        session.schema(request.schema());
        Connection vendors = null;
        Connection wrapped = null;
        try {
            Connection late = session.bindLate(connections, request.identity());
            vendors = late != null ? late : connections.open();
            wrapped = ConnectionWrapper.wrap(vendors, session);
            return wrapped;
        } finally {
            if (wrapped == null) {
                session.close();
                if (vendors != null) {
                    vendors.close();
                }
            }
        }
    }

    static List<Driver> vendors(ConnectRequest request) throws SQLException {
        return VendorDrivers.find(
                request.url().vendorUrl(),
                request.url().database(),
                request.settings().get(Parameters.DRIVER));
    }

    @Override
    public boolean acceptsURL(String url) {
        return HeliosUrl.isOurs(url);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, @Nullable Properties info) throws SQLException {
        if (!HeliosUrl.isOurs(url)) {
            return new DriverPropertyInfo[0];
        }
        ConnectRequest request = ConnectRequest.of(url, info);
        List<DriverPropertyInfo> all = new ArrayList<>(Parameters.propertyInfo(request.settings()));
        all.addAll(Arrays.asList(
                vendors(request).get(0).getPropertyInfo(request.url().vendorUrl(), request.freshVendorProperties())));
        return all.toArray(DriverPropertyInfo[]::new);
    }

    @Override
    public int getMajorVersion() {
        return 0;
    }

    @Override
    public int getMinorVersion() {
        return 1;
    }

    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("Helios logs through SLF4J");
    }
}
