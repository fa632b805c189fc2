package io.heliosjdbc.overhead;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.heliosjdbc.overhead.fake.FakeDataSource;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;

/** A way from the application to the fake driver. Another wrapper or pool to compare with is one more constant. */
enum Path {
    /** Straight: the twin of all others. */
    RAW {
        @Override
        ConnectionSource open() throws SQLException {
            return byUrl("jdbc:fake:database", new Properties());
        }
    },
    /** HikariCP, whose proxies do next to nothing; its connections are borrowed and given back. */
    HIKARICP {
        @Override
        ConnectionSource open() {
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl("jdbc:fake:database");
            config.setMaximumPoolSize(CONNECTIONS);
            return new HikariDataSource(config)::getConnection;
        }
    },
    /** p6spy with nothing to log. */
    P6SPY {
        @Override
        ConnectionSource open() throws SQLException {
            System.setProperty("p6spy.config.modulelist", "com.p6spy.engine.spy.P6SpyFactory");
            return byUrl("jdbc:p6spy:fake:database", new Properties());
        }
    },
    /** datasource-proxy without listeners. */
    DATASOURCE_PROXY {
        @Override
        ConnectionSource open() {
            return ProxyDataSourceBuilder.create(new FakeDataSource()).build()::getConnection;
        }
    },
    /** The AWS Advanced JDBC Wrapper without plug-ins. */
    AWS_WRAPPER {
        @Override
        ConnectionSource open() throws SQLException {
            Properties properties = new Properties();
            properties.setProperty("wrapperPlugins", "");
            // Else it takes a database that answers every question for a cluster, and waits for its hosts.
            properties.setProperty("wrapperDialect", "pg");
            return byUrl("jdbc:aws-wrapper:fake://localhost:1/database", properties);
        }
    },
    /** Through Helios with its defaults and with everything on: its meters are in a registry that counts. */
    HELIOS {
        @Override
        ConnectionSource open() throws SQLException {
            return byHelios(new Properties());
        }
    },
    /** The same with connections that are bound late: each statement in autocommit, or transaction, takes one from the pool. */
    HELIOS_LATE {
        @Override
        ConnectionSource open() throws SQLException {
            Properties properties = new Properties();
            properties.setProperty("helios.connections", "late");
            properties.setProperty("helios.manager", "late");
            return byHelios(properties);
        }
    },
    /** Likewise one to one, with a workload manager for each thread: what is more expensive without is what threads share. */
    HELIOS_APART {
        @Override
        ConnectionSource open() throws SQLException {
            Properties properties = new Properties();
            properties.setProperty("helios.manager", "apart " + MANAGERS.incrementAndGet());
            return byHelios(properties);
        }
    };

    private static final AtomicInteger MANAGERS = new AtomicInteger();

    /** More than all threads of a measurement hold at once. */
    private static final int CONNECTIONS = 64;

    /** Opens connections. */
    @FunctionalInterface
    interface ConnectionSource {
        Connection connect() throws SQLException;
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

    /** A way to as many connections as are asked for, until the JVM ends. */
    abstract ConnectionSource open() throws SQLException;

    /** Without the driver manager, which asks every driver for every connection. */
    private static ConnectionSource byUrl(String url, Properties properties) throws SQLException {
        Driver driver = DriverManager.getDriver(url);
        return () -> driver.connect(url, properties);
    }

    private static ConnectionSource byHelios(Properties properties) throws SQLException {
        if (Metrics.globalRegistry.getRegistries().isEmpty()) {
            Metrics.addRegistry(new SimpleMeterRegistry());
        }
        return byUrl("jdbc:helios:fake:database", properties);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
