package io.heliosjdbc.driver.chaos;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A driver for {@code jdbc:idle:} that does nothing and keeps nothing. */
public final class IdleVendor implements Driver {
    private static final InvocationHandler HANDLER = (proxy, method, arguments) -> answer(proxy, method, arguments);

    /** Called by Helios, which is told this class's name. */
    public IdleVendor() {}

    private static <T> T idle(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(IdleVendor.class.getClassLoader(), new Class<?>[] {type}, HANDLER));
    }

    /** Told of every call, by the method's name, before it is answered. */
    static volatile Consumer<String> listener = call -> {};

    private static @Nullable Object answer(Object proxy, Method method, @Nullable Object @Nullable [] arguments) {
        listener.accept(method.getName());
        return switch (method.getName()) {
            case "createStatement" -> idle(Statement.class);
            case "prepareStatement" -> idle(PreparedStatement.class);
            case "executeQuery", "getResultSet" -> idle(ResultSet.class);
            case "equals" -> arguments != null && proxy == arguments[0];
            case "getAutoCommit", "isValid" -> true;
            case "getMetaData" -> idle(DatabaseMetaData.class);
            default -> zero(method.getReturnType());
        };
    }

    private static @Nullable Object zero(Class<?> type) {
        if (type == boolean.class) {
            return false;
        }
        if (type == long.class) {
            return 0L;
        }
        return type == int.class ? 0 : null;
    }

    @Override
    public @Nullable Connection connect(String url, Properties info) {
        listener.accept("connect");
        return acceptsURL(url) ? idle(Connection.class) : null;
    }

    @Override
    public boolean acceptsURL(String url) {
        return url.startsWith("jdbc:idle:");
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
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
    public Logger getParentLogger() {
        return Logger.getLogger("idle");
    }
}
