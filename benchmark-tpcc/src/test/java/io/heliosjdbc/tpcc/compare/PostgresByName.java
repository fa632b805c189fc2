package io.heliosjdbc.tpcc.compare;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * An H2 that calls itself PostgreSQL, by a driver that is not PostgreSQL's: it has no COPY and no VACUUM, and takes no CHECKPOINT. It has as much
 * of the catalogue as the harness looks at.
 */
final class PostgresByName implements Driver {
    static final String URL = "jdbc:by-name:x";

    private static final String BEHIND = "jdbc:h2:mem:by-name;DB_CLOSE_DELAY=-1";

    static PostgresByName register() throws SQLException {
        try (Connection connection = DriverManager.getConnection(BEHIND);
                Statement statement = connection.createStatement()) {
            statement.execute("DROP ALL OBJECTS");
            statement.execute("CREATE TABLE pg_stat_activity"
                    + " (pid INTEGER, state VARCHAR(9), backend_type VARCHAR(99), datname VARCHAR(99))");
            statement.execute("CREATE ALIAS current_database FOR 'java.lang.System.lineSeparator'");
            statement.execute("CREATE ALIAS pg_backend_pid FOR 'java.lang.Thread.activeCount'");
        }
        PostgresByName driver = new PostgresByName();
        DriverManager.registerDriver(driver);
        return driver;
    }

    void deregister() throws SQLException {
        DriverManager.deregisterDriver(this);
        try (Connection connection = DriverManager.getConnection(BEHIND);
                Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN");
        }
    }

    @Override
    public @Nullable Connection connect(String url, @Nullable Properties info) throws SQLException {
        return acceptsURL(url) ? wrapped(Connection.class, DriverManager.getConnection(BEHIND)) : null;
    }

    private static <T> T wrapped(Class<T> type, T behind) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                    if (method.getName().equals("getDatabaseProductName")) {
                        return "PostgreSQL";
                    }
                    if (method.getName().equals("execute") && "CHECKPOINT".equals(given[0])) {
                        throw new SQLFeatureNotSupportedException("there are none", "0A000");
                    }
                    try {
                        Object answer = method.invoke(behind, given);
                        if (answer instanceof DatabaseMetaData metaData) {
                            return wrapped(DatabaseMetaData.class, metaData);
                        }
                        return method.getName().equals("createStatement")
                                ? wrapped(Statement.class, (Statement) answer)
                                : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    @Override
    public boolean acceptsURL(String url) {
        return url.equals(URL);
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
        throw new SQLFeatureNotSupportedException("this logs nothing");
    }
}
