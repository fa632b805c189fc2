package io.heliosjdbc.driver;

import java.io.PrintWriter;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.ShardingKeyBuilder;
import java.util.Map;
import java.util.logging.Logger;
import javax.sql.CommonDataSource;
import org.jspecify.annotations.Nullable;

/** What data sources in front of another one have in common. As thread-safe as the other one. */
abstract class TargetedDataSource<T extends CommonDataSource> implements CommonDataSource {
    private final T target;
    private final Map<String, String> settings;

    TargetedDataSource(T target, Map<String, String> settings) {
        this.target = target;
        this.settings = Map.copyOf(settings);
    }

    final T target() {
        return target;
    }

    final Map<String, String> settings() {
        return settings;
    }

    @Override
    public final @Nullable PrintWriter getLogWriter() throws SQLException {
        return target.getLogWriter();
    }

    @Override
    public final void setLogWriter(@Nullable PrintWriter out) throws SQLException {
        target.setLogWriter(out);
    }

    @Override
    public final void setLoginTimeout(int seconds) throws SQLException {
        target.setLoginTimeout(seconds);
    }

    @Override
    public final int getLoginTimeout() throws SQLException {
        return target.getLoginTimeout();
    }

    @Override
    public final ShardingKeyBuilder createShardingKeyBuilder() throws SQLException {
        return target.createShardingKeyBuilder();
    }

    @Override
    public final Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("Helios logs through SLF4J");
    }
}
