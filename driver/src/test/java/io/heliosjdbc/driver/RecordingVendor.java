package io.heliosjdbc.driver;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;
import javax.sql.PooledConnection;
import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/** A driver for {@code jdbc:recording:} whose objects write down every call and give what a method declares. */
final class RecordingVendor extends TestVendor {
    final List<String> calls = new ArrayList<>();
    final List<String> urls = new ArrayList<>();

    @Nullable
    Properties properties;
    /** What connecting or executing throws. */
    @Nullable
    SQLException failure;

    /** What a call throws, or null; asked when the call is written down. */
    Function<Method, @Nullable Throwable> fault = method -> null;

    /** What everything says that its fetch size is. */
    int fetchSize;

    private final ResultSet results = proxy(ResultSet.class);

    RecordingVendor() {
        super("jdbc:recording:");
    }

    @SuppressWarnings("unchecked")
    <T> T proxy(Class<T> type) {
        return (T) Proxy.newProxyInstance(
                RecordingVendor.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer(proxy, method, arguments));
    }

    private @Nullable Object answer(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return switch (method.getName()) {
                case "equals" -> arguments != null && proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "recorded";
            };
        }
        calls.add(key(method));
        if (failure != null && method.getName().startsWith("execute")) {
            throw failure;
        }
        Throwable thrown = fault.apply(method);
        if (thrown != null) {
            throw thrown;
        }
        if (method.getName().equals("isWrapperFor")) {
            return false;
        }
        if (method.getName().equals("unwrap")) {
            throw new SQLException("wraps nothing");
        }
        if (method.getName().equals("getAutoCommit")) {
            return true;
        }
        if (method.getName().equals("getFetchSize")) {
            return fetchSize;
        }
        return sample(method.getReturnType());
    }

    /** A method's name and parameters. */
    static String key(Method method) {
        StringBuilder key = new StringBuilder(method.getName());
        for (Class<?> parameter : method.getParameterTypes()) {
            key.append(' ').append(parameter.getSimpleName());
        }
        return key.toString();
    }

    private @Nullable Object sample(Class<?> type) {
        if (type == ResultSet.class) {
            return results;
        }
        if (type == Connection.class
                || type == Statement.class
                || type == PreparedStatement.class
                || type == CallableStatement.class
                || type == DatabaseMetaData.class
                || type == XAConnection.class
                || type == XAResource.class
                || type == PooledConnection.class
                || type.getSimpleName().endsWith("Builder")) {
            return proxy(type);
        }
        return zero(type);
    }

    /** The value that a parameter gets, too. */
    static @Nullable Object zero(Class<?> type) {
        if (type == boolean.class) {
            return false;
        }
        if (type == long.class) {
            return 0L;
        }
        if (type == float.class) {
            return 0f;
        }
        if (type == double.class) {
            return 0.0;
        }
        if (type == byte.class) {
            return (byte) 0;
        }
        if (type == short.class) {
            return (short) 0;
        }
        return type == int.class ? 0 : type == String.class ? "SELECT 1" : null;
    }

    /** Calls a method with such values, and throws what it throws. */
    static @Nullable Object call(Object target, Method method) throws Throwable {
        Class<?>[] types = method.getParameterTypes();
        @Nullable Object[] values = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            values[i] = zero(types[i]);
        }
        try {
            return method.invoke(target, values);
        } catch (InvocationTargetException thrown) {
            throw thrown.getTargetException();
        }
    }

    @Override
    public @Nullable Connection connect(String url, Properties info) throws SQLException {
        if (failure != null) {
            throw failure;
        }
        urls.add(url);
        properties = info;
        return acceptsURL(url) ? proxy(Connection.class) : null;
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
        return new DriverPropertyInfo[] {new DriverPropertyInfo("vendors", null)};
    }
}
