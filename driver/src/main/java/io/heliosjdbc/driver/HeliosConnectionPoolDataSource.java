package io.heliosjdbc.driver;

import io.heliosjdbc.driver.wrapper.PooledConnectionWrapper;
import java.sql.SQLException;
import java.sql.ShardingKey;
import java.util.Map;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.PooledConnection;
import javax.sql.PooledConnectionBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of a vendor's data source for pools: the connections that a pool hands out are scheduled. As thread-safe as the vendor's data
 * source.
 */
public final class HeliosConnectionPoolDataSource extends TargetedDataSource<ConnectionPoolDataSource>
        implements ConnectionPoolDataSource {

    /** Stands in front of another one, with the configuration that is found without parameters. */
    public HeliosConnectionPoolDataSource(ConnectionPoolDataSource target) {
        this(target, Map.of());
    }

    /**
     * Stands in front of another one.
     *
     * @param settings the {@code helios.*} parameters by name, without that prefix
     */
    public HeliosConnectionPoolDataSource(ConnectionPoolDataSource target, Map<String, String> settings) {
        super(target, settings);
    }

    @Override
    public PooledConnection getPooledConnection() throws SQLException {
        return scheduled(target().getPooledConnection(), null);
    }

    @Override
    public PooledConnection getPooledConnection(String user, String password) throws SQLException {
        return scheduled(target().getPooledConnection(user, password), user);
    }

    @Override
    public PooledConnectionBuilder createPooledConnectionBuilder() throws SQLException {
        return new ScheduledBuilder(target().createPooledConnectionBuilder());
    }

    /** The vendor's, whose connections are scheduled. */
    private final class ScheduledBuilder implements PooledConnectionBuilder {
        private final PooledConnectionBuilder vendors;
        private @Nullable String user;

        ScheduledBuilder(PooledConnectionBuilder vendors) {
            this.vendors = vendors;
        }

        @Override
        public PooledConnectionBuilder user(String name) {
            vendors.user(name);
            user = name;
            return this;
        }

        @Override
        public PooledConnectionBuilder password(String password) {
            vendors.password(password);
            return this;
        }

        @Override
        public PooledConnectionBuilder shardingKey(ShardingKey key) {
            vendors.shardingKey(key);
            return this;
        }

        @Override
        public PooledConnectionBuilder superShardingKey(ShardingKey key) {
            vendors.superShardingKey(key);
            return this;
        }

        @Override
        public PooledConnection build() throws SQLException {
            return scheduled(vendors.build(), user);
        }
    }

    private PooledConnection scheduled(PooledConnection vendors, @Nullable String user) {
        return new PooledConnectionWrapper(vendors, connection -> SessionOpener.open(connection, user, settings()));
    }
}
