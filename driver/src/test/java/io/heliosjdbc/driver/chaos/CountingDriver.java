package io.heliosjdbc.driver.chaos;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;

/** PostgreSQL's driver that counts how many of its execute methods run at once: what Helios lets through, not what it says. */
public final class CountingDriver implements Driver {
    private static final Count ALL = new Count();
    private static final Map<String, Count> BY_URL = new ConcurrentHashMap<>();

    private final Driver vendors = new org.postgresql.Driver();

    /** Called by Helios, which is told this class's name. */
    public CountingDriver() {}

    private static final class Count {
        private final AtomicInteger now = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        void begin() {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
        }

        void end() {
            now.decrementAndGet();
        }

        int takeMost() {
            return most.getAndSet(0);
        }
    }

    /** How many there were at once at the most since this was asked last. */
    static int most() {
        return ALL.takeMost();
    }

    /** Likewise on the connections of one URL, of the one that had most. */
    static int mostOfOneUrl() {
        return BY_URL.values().stream().mapToInt(Count::takeMost).max().orElse(0);
    }

    static int now() {
        return ALL.now.get();
    }

    private static <T> T counted(Count ofUrl, Object vendors, Class<T> type, Class<?>... more) {
        Class<?>[] types = new Class<?>[more.length + 1];
        types[0] = type;
        System.arraycopy(more, 0, types, 1, more.length);
        return type.cast(Proxy.newProxyInstance(
                CountingDriver.class.getClassLoader(),
                types,
                (proxy, method, arguments) -> call(ofUrl, vendors, method, arguments)));
    }

    private static @Nullable Object call(
            Count ofUrl, Object vendors, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        boolean executes = method.getName().startsWith("execute");
        if (executes) {
            ALL.begin();
            ofUrl.begin();
        }
        try {
            Object result = method.invoke(vendors, arguments);
            if (result instanceof PreparedStatement) {
                return counted(ofUrl, result, PreparedStatement.class);
            }
            return result instanceof Statement ? counted(ofUrl, result, Statement.class) : result;
        } catch (InvocationTargetException thrown) {
            throw thrown.getTargetException();
        } finally {
            if (executes) {
                ALL.end();
                ofUrl.end();
            }
        }
    }

    @Override
    public @Nullable Connection connect(String url, Properties info) throws SQLException {
        Connection connection = vendors.connect(url, info);
        if (connection == null) {
            return null;
        }
        Count ofUrl = BY_URL.computeIfAbsent(url, any -> new Count());
        return counted(ofUrl, connection, Connection.class, BaseConnection.class);
    }

    @Override
    public boolean acceptsURL(String url) throws SQLException {
        return vendors.acceptsURL(url);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) throws SQLException {
        return vendors.getPropertyInfo(url, info);
    }

    @Override
    public int getMajorVersion() {
        return vendors.getMajorVersion();
    }

    @Override
    public int getMinorVersion() {
        return vendors.getMinorVersion();
    }

    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("org.postgresql");
    }
}
