package io.heliosjdbc.driver;

import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;

/** What every vendor of the tests has to say and nobody asks about. */
public abstract class TestVendor implements Driver {
    private final String prefix;

    /** A vendor of the URLs that begin with {@code prefix}. */
    protected TestVendor(String prefix) {
        this.prefix = prefix;
    }

    @Override
    public boolean acceptsURL(String url) throws SQLException {
        return url.startsWith(prefix);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
        return new DriverPropertyInfo[0];
    }

    @Override
    public final int getMajorVersion() {
        return 1;
    }

    @Override
    public final int getMinorVersion() {
        return 0;
    }

    @Override
    public final boolean jdbcCompliant() {
        return false;
    }

    @Override
    public final Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("it logs nothing");
    }
}
