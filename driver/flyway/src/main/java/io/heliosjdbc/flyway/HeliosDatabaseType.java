package io.heliosjdbc.flyway;

import io.heliosjdbc.driver.HeliosDriver;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.Types;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.internal.database.DatabaseType;
import org.flywaydb.core.internal.database.DatabaseTypeRegister;
import org.flywaydb.core.internal.database.base.BaseDatabaseType;
import org.flywaydb.core.internal.database.base.Database;
import org.flywaydb.core.internal.jdbc.JdbcConnectionFactory;
import org.flywaydb.core.internal.jdbc.StatementInterceptor;
import org.flywaydb.core.internal.parser.Parser;
import org.flywaydb.core.internal.parser.ParsingContext;
import org.jspecify.annotations.Nullable;

/**
 * Tells Flyway which driver takes a {@code jdbc:helios:} URL, and has the vendor's own type say how to connect. Once there is a connection,
 * Flyway goes by the database's product name, which is the vendor's. Stateless.
 */
public final class HeliosDatabaseType extends BaseDatabaseType {
    private static final String PREFIX = "jdbc:helios:";

    /** Called by Flyway, which finds the class by its service file. */
    public HeliosDatabaseType() {}

    @Override
    public String getName() {
        return "Helios";
    }

    @Override
    public boolean handlesJDBCUrl(String url) {
        return url.startsWith(PREFIX);
    }

    @Override
    public String getDriverClass(String url, ClassLoader classLoader) {
        return HeliosDriver.class.getName();
    }

    /** None: a connection tells the vendor's type. */
    @Override
    public boolean handlesDatabaseProductNameAndVersion(String name, String version, Connection connection) {
        return false;
    }

    @Override
    public void setDefaultConnectionProps(String url, Properties properties, ClassLoader classLoader) {
        DatabaseType vendors = vendors(url);
        if (vendors != null) {
            vendors.setDefaultConnectionProps(vendorUrl(url), properties, classLoader);
        }
    }

    @Override
    public void setOverridingConnectionProps(String url, Map<String, String> properties) {
        DatabaseType vendors = vendors(url);
        if (vendors != null) {
            vendors.setOverridingConnectionProps(vendorUrl(url), properties);
        }
    }

    @Override
    public boolean externalAuthPropertiesRequired(String url, @Nullable String user, @Nullable String password) {
        DatabaseType vendors = vendors(url);
        return vendors != null && vendors.externalAuthPropertiesRequired(vendorUrl(url), user, password);
    }

    @Override
    public Properties getExternalAuthProperties(String url, @Nullable String user) {
        DatabaseType vendors = vendors(url);
        return vendors == null ? new Properties() : vendors.getExternalAuthProperties(vendorUrl(url), user);
    }

    @Override
    public Properties getExternalAuthProperties(Configuration configuration, String url, @Nullable String user) {
        DatabaseType vendors = vendors(url);
        return vendors == null
                ? new Properties()
                : vendors.getExternalAuthProperties(configuration, vendorUrl(url), user);
    }

    @Override
    public void shutdownDatabase(String url, Driver driver) {
        DatabaseType vendors = vendors(url);
        if (vendors != null) {
            vendors.shutdownDatabase(url, driver);
        }
    }

    /** What Flyway must not show of a URL: what no vendor's type shows. */
    @Override
    public List<Pattern> getJDBCCredentialsPatterns() {
        return BaseDatabaseType.getDefaultJDBCCredentialsPatterns();
    }

    @Override
    public int getNullType() {
        return Types.NULL;
    }

    @Override
    public Database<?> createDatabase(
            Configuration configuration, JdbcConnectionFactory connections, StatementInterceptor interceptor) {
        throw connected();
    }

    @Override
    public Parser createParser(Configuration configuration, ResourceProvider resources, ParsingContext context) {
        throw connected();
    }

    private static IllegalStateException connected() {
        return new IllegalStateException("Flyway asks Helios what only the vendor's type knows, which it takes from"
                + " the connection; is Flyway's plug-in for this database on the class path?");
    }

    private static String vendorUrl(String url) {
        return "jdbc:" + url.substring(PREFIX.length());
    }

    /** The type that takes the vendor's URL; null where Flyway has none, which it says itself once it is connected. */
    private static @Nullable DatabaseType vendors(String url) {
        String vendorUrl = vendorUrl(url);
        return DatabaseTypeRegister.getDatabaseTypes().stream()
                .filter(DatabaseType.class::isInstance)
                .map(DatabaseType.class::cast)
                .filter(type -> type.handlesJDBCUrl(vendorUrl))
                .findFirst()
                .orElse(null);
    }
}
