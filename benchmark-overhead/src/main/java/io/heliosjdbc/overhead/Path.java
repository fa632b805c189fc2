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
            HikariDataSource pool = new HikariDataSource(config);
            return new ConnectionSource() {
                @Override
                public Connection connect() throws SQLException {
                    return pool.getConnection();
                }

                @Override
                public void close() {
                    pool.close();
                }
            };
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
            return byUrl(HELIOS_URL, new Properties());
        }
    },
    /** The same with connections that are bound late: each statement in autocommit, or transaction, takes one from the pool. */
    HELIOS_LATE {
        @Override
        ConnectionSource open() throws SQLException {
            Properties properties = new Properties();
            properties.setProperty("helios.connections", "late");
            properties.setProperty("helios.manager", "late");
            return byUrl(HELIOS_URL, properties);
        }
    },
    /** Likewise one to one, with a workload manager for each thread: what is more expensive without is what threads share. */
    HELIOS_APART {
        @Override
        ConnectionSource open() throws SQLException {
            Driver driver = DriverManager.getDriver(HELIOS_URL);
            return () -> driver.connect(HELIOS_URL, APART.get());
        }
    };

    private static final String HELIOS_URL = "jdbc:helios:fake:database";

    private static final AtomicInteger MANAGERS = new AtomicInteger();

    /** What names a workload manager for each thread. */
    private static final ThreadLocal<Properties> APART = ThreadLocal.withInitial(() -> {
        Properties properties = new Properties();
        properties.setProperty("helios.manager", "apart " + MANAGERS.incrementAndGet());
        return properties;
    });

    /** More than all threads of a measurement hold at once. */
    private static final int CONNECTIONS = 64;

    static {
        // With the class, so that there is one, whoever opens how many ways: in two a statement would be counted twice.
        Metrics.addRegistry(new SimpleMeterRegistry());
    }

    /** Opens connections, as many as are asked for; all threads share it. */
    @FunctionalInterface
    interface ConnectionSource extends AutoCloseable {
        /** A connection of the thread that asks. */
        Connection connect() throws SQLException;

        /** Gives back what the connections came from. */
        @Override
        default void close() {}
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

    /** The way itself: to be opened once for all threads, which share what they share in an application. */
    abstract ConnectionSource open() throws SQLException;

    /** Without the driver manager, which asks every driver for every connection. */
    private static ConnectionSource byUrl(String url, Properties properties) throws SQLException {
        Driver driver = DriverManager.getDriver(url);
        return () -> driver.connect(url, properties);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
