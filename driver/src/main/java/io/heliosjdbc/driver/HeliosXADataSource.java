package io.heliosjdbc.driver;

import io.heliosjdbc.driver.wrapper.XAConnectionWrapper;
import java.sql.SQLException;
import java.sql.ShardingKey;
import java.util.Map;
import javax.sql.XAConnection;
import javax.sql.XAConnectionBuilder;
import javax.sql.XADataSource;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of a vendor's XA data source: what is done in branches of global transactions is scheduled like the rest. A branch keeps its
 * slot until it is prepared, committed or rolled back. As thread-safe as the vendor's data source.
 */
public final class HeliosXADataSource extends TargetedDataSource<XADataSource> implements XADataSource {

    /** Stands in front of another one, with the configuration that is found without parameters. */
    public HeliosXADataSource(XADataSource target) {
        this(target, Map.of());
    }

    /**
     * Stands in front of another one.
     *
     * @param settings the {@code helios.*} parameters by name, without that prefix
     */
    public HeliosXADataSource(XADataSource target, Map<String, String> settings) {
        super(target, settings);
    }

    @Override
    public XAConnection getXAConnection() throws SQLException {
        return scheduled(target().getXAConnection(), null);
    }

    @Override
    public XAConnection getXAConnection(String user, String password) throws SQLException {
        return scheduled(target().getXAConnection(user, password), user);
    }

    @Override
    public XAConnectionBuilder createXAConnectionBuilder() throws SQLException {
        return new ScheduledBuilder(target().createXAConnectionBuilder());
    }

    /** The vendor's, whose connections are scheduled. */
    private final class ScheduledBuilder implements XAConnectionBuilder {
        private final XAConnectionBuilder vendors;
        private @Nullable String user;

        ScheduledBuilder(XAConnectionBuilder vendors) {
            this.vendors = vendors;
        }

        @Override
        public XAConnectionBuilder user(String name) {
            vendors.user(name);
            user = name;
            return this;
        }

        @Override
        public XAConnectionBuilder password(String password) {
            vendors.password(password);
            return this;
        }

        @Override
        public XAConnectionBuilder shardingKey(ShardingKey key) {
            vendors.shardingKey(key);
            return this;
        }

        @Override
        public XAConnectionBuilder superShardingKey(ShardingKey key) {
            vendors.superShardingKey(key);
            return this;
        }

        @Override
        public XAConnection build() throws SQLException {
            return scheduled(vendors.build(), user);
        }
    }

    private XAConnection scheduled(XAConnection vendors, @Nullable String user) {
        return new XAConnectionWrapper(vendors, connection -> SessionOpener.open(connection, user, settings()));
    }
}
