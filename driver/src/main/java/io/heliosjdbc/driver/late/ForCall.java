package io.heliosjdbc.driver.late;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Stands for metadata, which need a physical connection for as long as a question takes. Stateless; what it makes is thread-safe. */
final class ForCall {
    private ForCall() {}

    /**
     * Stands for metadata.
     *
     * @param type their interface
     * @param source gets them from whatever physical connection there is
     */
    static <T> T of(Class<T> type, LateConnection connection, Binder.Work<T> source) {
        return type.cast(Proxy.newProxyInstance(
                ForCall.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return ofObject(proxy, method, arguments, type);
                    }
                    return switch (method.getName()) {
                        case "getConnection" -> {
                            connection.binder().checkOpen();
                            yield connection;
                        }
                        case "isWrapperFor" -> ((Class<?>) arguments[0]).isInstance(proxy);
                        case "unwrap" -> unwrap(proxy, (Class<?>) arguments[0], connection, source);
                        default -> call(method, arguments, connection, source);
                    };
                }));
    }

    private static Object ofObject(Object proxy, Method method, Object @Nullable [] arguments, Class<?> type) {
        return switch (method.getName()) {
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> type.getSimpleName();
        };
    }

    private static <T> Object unwrap(Object proxy, Class<?> type, LateConnection connection, Binder.Work<T> source)
            throws SQLException {
        if (type.isInstance(proxy)) {
            return proxy;
        }
        return connection.binder().work(bound -> {
            Object vendors = source.on(bound);
            if (!type.isInstance(vendors)) {
                throw new SQLException("Not a wrapper for " + type.getName(), "HY024");
            }
            connection.binder().pin("unwrap");
            return vendors;
        });
    }

    /** What the database is asked for again and again is the same for all of a pool. */
    private static <T> @Nullable Object call(
            Method method, Object @Nullable [] arguments, LateConnection connection, Binder.Work<T> source)
            throws SQLException {
        connection.binder().checkOpen();
        boolean constant = arguments == null
                && method.getDeclaringClass() == DatabaseMetaData.class
                && (method.getReturnType().isPrimitive() || method.getReturnType() == String.class)
                && !method.getName().equals("isReadOnly");
        Object known = constant ? connection.constants().get(method) : null;
        if (known != null) {
            return known;
        }
        return connection.binder().<Object>ask(bound -> {
            Object answer = invoke(method, Objects.requireNonNull(source.on(bound)), arguments);
            if (answer instanceof ResultSet rows) {
                connection.binder().hold(bound, rows, null, rows.getType() == ResultSet.TYPE_FORWARD_ONLY);
            } else if (constant && answer != null) {
                connection.constants().put(method, answer);
            }
            return answer instanceof Connection ? connection : answer;
        });
    }

    static @Nullable Object invoke(Method method, Object target, Object @Nullable [] arguments) throws SQLException {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            Throwable cause = thrown.getCause();
            if (cause instanceof SQLException vendors) {
                throw vendors;
            }
            if (cause instanceof RuntimeException vendors) {
                throw vendors;
            }
            if (cause instanceof Error vendors) {
                throw vendors;
            }
            throw new SQLException(cause);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
