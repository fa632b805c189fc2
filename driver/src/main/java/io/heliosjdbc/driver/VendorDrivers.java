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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the vendor's driver for a URL. Stateless. */
final class VendorDrivers {
    private static final Logger LOG = LoggerFactory.getLogger(VendorDrivers.class);

    private VendorDrivers() {}

    /**
     * The drivers for a vendor's URL, to be tried in this order: the named one, else those that are registered, else one that the context
     * class loader or ours finds.
     *
     * @param driverClass the value of {@code helios.driver}, or null
     * @throws SQLNonTransientException F0000 where there is none, naming those that are registered
     */
    static List<Driver> find(String vendorUrl, String database, @Nullable String driverClass) throws SQLException {
        if (driverClass != null) {
            return List.of(named(driverClass));
        }
        List<Driver> accepting = registered().stream()
                .filter(driver -> accepts(driver, vendorUrl))
                .toList();
        if (!accepting.isEmpty()) {
            return accepting;
        }
        for (ClassLoader loader :
                new ClassLoader[] {Thread.currentThread().getContextClassLoader(), VendorDrivers.class.getClassLoader()
                }) {
            Driver driver = loaded(vendorUrl, loader);
            if (driver != null) {
                return List.of(driver);
            }
        }
        String names = names(registered());
        throw new SQLNonTransientException(
                "No JDBC driver accepts " + database
                        + "; mend the URL, which is the vendor's with jdbc:helios: in the place of its jdbc:, or put the"
                        + " vendor's driver on the class path, or name its class in helios.driver. Registered: "
                        + (names.isEmpty() ? "none" : names),
                "F0000");
    }

    /** Somebody else's driver that is broken, or chokes on a URL that is not its own, keeps nobody from the right one. */
    private static boolean accepts(Driver driver, String vendorUrl) {
        try {
            return driver.acceptsURL(vendorUrl);
        } catch (SQLException | RuntimeException broken) {
            LOG.debug(
                    "{} does not say whether it accepts a URL",
                    driver.getClass().getName(),
                    broken);
            return false;
        }
    }

    static String names(List<Driver> drivers) {
        return drivers.stream().map(driver -> driver.getClass().getName()).collect(Collectors.joining(", "));
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

    private static @Nullable Driver loaded(String vendorUrl, @Nullable ClassLoader loader) {
        try {
            for (Driver driver : ServiceLoader.load(Driver.class, loader)) {
                if (!(driver instanceof HeliosDriver) && accepts(driver, vendorUrl)) {
                    return driver;
                }
            }
        } catch (ServiceConfigurationError brokenJar) {
            return null;
        }
        return null;
    }
}
