package io.heliosjdbc.overhead.fake;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The driver for {@code jdbc:fake:} and anything behind it: it takes every statement and answers one row. What the benchmarks do
 * not call throws {@link SQLFeatureNotSupportedException}. Thread-safe; its connections are not.
 */
public final class FakeDriver implements Driver {
    private static final String PREFIX = "jdbc:fake:";

    static {
        try {
            DriverManager.registerDriver(new FakeDriver());
        } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** A driver; the class registers one of its own with the driver manager when it is loaded. */
    public FakeDriver() {}

    @Override
    public @Nullable Connection connect(String url, @Nullable Properties info) {
        return acceptsURL(url) ? FakeConnection.open() : null;
    }

    @Override
    public boolean acceptsURL(String url) {
        return url.startsWith(PREFIX);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, @Nullable Properties info) {
        return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
        return 1;
    }

    @Override
    public int getMinorVersion() {
        return 0;
    }

    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("the fake driver logs nothing");
    }
}
