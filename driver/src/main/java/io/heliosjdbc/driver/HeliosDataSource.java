package io.heliosjdbc.driver;

import io.heliosjdbc.driver.manager.Session;
import io.heliosjdbc.driver.wrapper.ConnectionWrapper;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.ConnectionBuilder;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientException;
import java.sql.ShardingKey;
import java.sql.ShardingKeyBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A data source whose connections are scheduled: it takes a {@code jdbc:helios:} URL, or stands in front of another data source.
 * Thread-safe once its properties are set.
 */
public final class HeliosDataSource implements DataSource {
    private final @Nullable DataSource target;
    private final Map<String, String> settings;
    private final Properties properties = new Properties();
    private @Nullable String url;
    private @Nullable PrintWriter logWriter;
    private int loginTimeout;

    /** A data source that takes a URL, see {@link #setUrl}. */
    public HeliosDataSource() {
        this.target = null;
        this.settings = Map.of();
    }

    /** Stands in front of another data source, with the configuration that is found without parameters. */
    public HeliosDataSource(DataSource target) {
        this(target, Map.of());
    }

    /**
     * Stands in front of another data source.
     *
     * @param settings the {@code helios.*} parameters by name, without that prefix
     */
    public HeliosDataSource(DataSource target, Map<String, String> settings) {
        this.target = target;
        this.settings = new HashMap<>(settings);
    }

    /** The URL, beginning with {@code jdbc:helios:}. */
    public void setUrl(String url) {
        this.url = url;
    }

    /** The URL, or null where it stands in front of another data source. */
    public @Nullable String getUrl() {
        return url;
    }

    /** The database user; null for none. */
    public void setUser(@Nullable String user) {
        put(properties, "user", user);
    }

    /** The database user, or null. */
    public @Nullable String getUser() {
        return properties.getProperty("user");
    }

    /** The database user's password; null for none. */
    public void setPassword(@Nullable String password) {
        put(properties, "password", password);
    }

    /** Properties take no null. */
    private static void put(Properties into, String name, @Nullable String value) {
        if (value == null) {
            into.remove(name);
        } else {
            into.setProperty(name, value);
        }
    }

    /** Further properties, the vendor's and {@code helios.*}; copied. */
    public void setProperties(Properties more) {
        ConnectRequest.copy(more, properties);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return target == null ? HeliosDriver.connect(request(properties)) : scheduled(target.getConnection(), null);
    }

    @Override
    public Connection getConnection(@Nullable String user, @Nullable String password) throws SQLException {
        if (target != null) {
            return scheduled(target.getConnection(user, password), user);
        }
        Properties all = new Properties();
        all.putAll(properties);
        put(all, "user", user);
        put(all, "password", password);
        return HeliosDriver.connect(request(all).withoutUrlCredentials());
    }

    @Override
    public ConnectionBuilder createConnectionBuilder() throws SQLException {
        return target == null
                ? DataSource.super.createConnectionBuilder()
                : new ScheduledBuilder(target.createConnectionBuilder());
    }

    /** The vendor's, whose connections are scheduled. */
    private final class ScheduledBuilder implements ConnectionBuilder {
        private final ConnectionBuilder vendors;
        private @Nullable String user;

        ScheduledBuilder(ConnectionBuilder vendors) {
            this.vendors = vendors;
        }

        @Override
        public ConnectionBuilder user(String name) {
            vendors.user(name);
            user = name;
            return this;
        }

        @Override
        public ConnectionBuilder password(String password) {
            vendors.password(password);
            return this;
        }

        @Override
        public ConnectionBuilder shardingKey(ShardingKey key) {
            vendors.shardingKey(key);
            return this;
        }

        @Override
        public ConnectionBuilder superShardingKey(ShardingKey key) {
            vendors.superShardingKey(key);
            return this;
        }

        @Override
        public Connection build() throws SQLException {
            return scheduled(vendors.build(), user);
        }
    }

    @Override
    public ShardingKeyBuilder createShardingKeyBuilder() throws SQLException {
        return target == null ? DataSource.super.createShardingKeyBuilder() : target.createShardingKeyBuilder();
    }

    private ConnectRequest request(Properties all) throws SQLException {
        if (url == null) {
            throw new SQLNonTransientException("No URL is set; call setUrl with jdbc:helios:...", "F0000");
        }
        if (!HeliosUrl.isOurs(url)) {
            throw new SQLNonTransientException(
                    "The URL does not begin with " + HeliosUrl.PREFIX + "; change jdbc: into it", "F0000");
        }
        return ConnectRequest.of(url, all).withLoginTimeout(loginTimeout);
    }

    /** The {@code helios.*} parameters given at construction and among the properties; the latter win. */
    private Map<String, String> allSettings() {
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(ConnectRequest.settings(properties));
        return all;
    }

    private Connection scheduled(Connection vendors, @Nullable String user) throws SQLException {
        Session session = null;
        Connection wrapped = null;
        try {
            session = SessionOpener.open(vendors, user, allSettings());
            wrapped = ConnectionWrapper.wrap(vendors, session);
            return wrapped;
        } finally {
            if (wrapped == null) {
                if (session != null) {
                    session.close();
                }
                vendors.close();
            }
        }
    }

    @Override
    public @Nullable PrintWriter getLogWriter() throws SQLException {
        return target == null ? logWriter : target.getLogWriter();
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
        if (target == null) {
            logWriter = out;
        } else {
            target.setLogWriter(out);
        }
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        if (target == null) {
            loginTimeout = seconds;
        } else {
            target.setLoginTimeout(seconds);
        }
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return target == null ? loginTimeout : target.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("Helios logs through SLF4J");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        if (target == null) {
            throw new SQLException("Not a wrapper for " + type.getName());
        }
        return type.isInstance(target) ? type.cast(target) : target.unwrap(type);
    }

    /** Tries it: some data sources answer the question otherwise than they unwrap. */
    @Override
    public boolean isWrapperFor(Class<?> type) {
        try {
            return unwrap(type) != null;
        } catch (SQLException | RuntimeException no) {
            return false;
        }
    }
}
