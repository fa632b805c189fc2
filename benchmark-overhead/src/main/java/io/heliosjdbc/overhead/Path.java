package io.heliosjdbc.overhead;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Properties;

/** A way from the application to the fake driver. Another wrapper or pool to compare with is one more constant. */
enum Path {
    /** Straight: the twin of all others. */
    RAW("jdbc:fake:database"),
    /** Through Helios with its defaults. */
    HELIOS("jdbc:helios:fake:database");

    private static final Properties NO_PROPERTIES = new Properties();

    /** Opens connections. */
    @FunctionalInterface
    interface ConnectionSource {
        Connection connect() throws SQLException;
    }

    private final String url;

    Path(String url) {
        this.url = url;
    }

    /**
     * The path of a name in lower case.
     *
     * @throws IllegalArgumentException naming the paths that there are
     */
    static Path named(String name) {
        return Arrays.stream(values())
                .filter(path -> path.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no path is called '" + name + "'; there are " + Arrays.toString(values())));
    }

    /** Without the driver manager, which asks every driver for every connection. */
    ConnectionSource open() throws SQLException {
        Driver driver = DriverManager.getDriver(url);
        return () -> driver.connect(url, NO_PROPERTIES);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
