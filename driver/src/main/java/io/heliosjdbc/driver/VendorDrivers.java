package io.heliosjdbc.driver;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the vendor's driver for a URL. Stateless. */
final class VendorDrivers {
    private VendorDrivers() {}

    /**
     * The driver for a vendor's URL: the named one, else one that is registered, else one that the context class loader or ours
     * finds.
     *
     * @param driverClass the value of {@code helios.driver}, or null
     * @throws SQLNonTransientException F0000 where there is none, naming those that are registered
     */
    static Driver find(String vendorUrl, String database, @Nullable String driverClass) throws SQLException {
        if (driverClass != null) {
            return named(driverClass);
        }
        for (Driver driver : registered()) {
            if (driver.acceptsURL(vendorUrl)) {
                return driver;
            }
        }
        for (ClassLoader loader :
                new ClassLoader[] {Thread.currentThread().getContextClassLoader(), VendorDrivers.class.getClassLoader()
                }) {
            Driver driver = loaded(vendorUrl, loader);
            if (driver != null) {
                return driver;
            }
        }
        String names =
                registered().stream().map(driver -> driver.getClass().getName()).collect(Collectors.joining(", "));
        throw new SQLNonTransientException(
                "No JDBC driver accepts " + database
                        + "; mend the URL, which is the vendor's with jdbc:helios: in the place of its jdbc:, or put the"
                        + " vendor's driver on the class path, or name its class in helios.driver. Registered: "
                        + (names.isEmpty() ? "none" : names),
                "F0000");
    }

    private static List<Driver> registered() {
        return DriverManager.drivers()
                .filter(driver -> !(driver instanceof HeliosDriver))
                .toList();
    }

    private static Driver named(String driverClass) throws SQLException {
        for (ClassLoader loader :
                new ClassLoader[] {Thread.currentThread().getContextClassLoader(), VendorDrivers.class.getClassLoader()
                }) {
            Class<?> found = find(driverClass, loader);
            if (found != null) {
                try {
                    return found.asSubclass(Driver.class)
                            .getDeclaredConstructor()
                            .newInstance();
                } catch (ReflectiveOperationException | ClassCastException e) {
                    throw new SQLNonTransientException(
                            "helios.driver names " + driverClass + ", which is no usable java.sql.Driver", "F0000", e);
                }
            }
        }
        throw new SQLNonTransientException(
                "helios.driver names " + driverClass + ", which is not on the class path; add its jar or mend the name",
                "F0000");
    }

    private static @Nullable Class<?> find(String name, @Nullable ClassLoader loader) {
        try {
            return Class.forName(name, true, loader);
        } catch (ClassNotFoundException notHere) {
            return null;
        }
    }

    private static @Nullable Driver loaded(String vendorUrl, @Nullable ClassLoader loader) throws SQLException {
        try {
            for (Driver driver : ServiceLoader.load(Driver.class, loader)) {
                if (!(driver instanceof HeliosDriver) && driver.acceptsURL(vendorUrl)) {
                    return driver;
                }
            }
        } catch (ServiceConfigurationError brokenJar) {
            return null;
        }
        return null;
    }
}
