package io.heliosjdbc.tpcc;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Has Helios take URLs apart, which knows where each vendor's parameters stand: where a driver's properties are asked for, it hands the
 * vendor's URL to the driver that {@code helios.driver} names, and this is one that tells it. It connects to nothing. Public, for Helios makes
 * it by its name. Stateless.
 */
public final class UrlReader implements Driver {
    private static final String HELIOS = "jdbc:helios:";
    private static final String JDBC = "jdbc:";
    private static final String VENDORS = "the vendor's URL";

    /** For Helios, by its name. */
    public UrlReader() {}

    /**
     * What the vendor's driver gets of a URL, ours or the vendor's own: nothing that only Helios reads.
     *
     * @param url begins with {@code jdbc:}
     */
    static String vendors(String url) {
        return value(url, VENDORS).orElseThrow(() -> new IllegalStateException("Helios has not told the vendor's URL"));
    }

    /** What a URL says under a name that begins with {@code helios.}; empty where it does not say it, or is no JDBC URL. */
    static Optional<String> parameter(String url, String name) {
        // Helios tells the value that it would take; where the URL has none, that is its standard.
        return url.startsWith(JDBC) && url.contains(name + "=") ? value(url, name) : Optional.empty();
    }

    private static Optional<String> value(String url, String name) {
        String ours = url.startsWith(HELIOS) ? url : HELIOS + url.substring(JDBC.length());
        Properties properties = new Properties();
        properties.setProperty("helios.driver", UrlReader.class.getName());
        try {
            return Arrays.stream(DriverManager.getDriver(ours).getPropertyInfo(ours, properties))
                    .filter(each -> each.name.equals(name))
                    .findFirst()
                    .map(each -> each.value);
        } catch (SQLException e) {
            throw new IllegalArgumentException("Helios cannot read " + Redaction.of(url) + ": " + e.getMessage(), e);
        }
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, @Nullable Properties info) {
        return new DriverPropertyInfo[] {new DriverPropertyInfo(VENDORS, url)};
    }

    @Override
    public @Nullable Connection connect(String url, @Nullable Properties info) {
        return null;
    }

    @Override
    public boolean acceptsURL(String url) {
        return false;
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
        throw new SQLFeatureNotSupportedException("this logs nothing");
    }
}
