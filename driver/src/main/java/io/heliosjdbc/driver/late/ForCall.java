package io.heliosjdbc.driver.late;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Wrapper;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stands for metadata, which need a physical connection for as long as a question takes. Stateless; what it makes is thread-safe. */
final class ForCall {
    /** What depends on the session that is asked: PostgreSQL's driver asks it for {@code default_transaction_isolation}. */
    private static final Set<String> OF_THE_SESSION = Set.of("isReadOnly", "getDefaultTransactionIsolation");

    private ForCall() {}

    /**
     * Stands for metadata.
     *
     * @param type their interface
     * @param vendors the vendor's class, whose interfaces they have too
     * @param source gets them from whatever physical connection there is
     */
    static <T> T of(Class<T> type, Class<?> vendors, LateConnection connection, Binder.Work<T> source) {
        return type.cast(Proxy.newProxyInstance(
                vendors.getClassLoader(), interfaces(type, vendors), (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return ofObject(proxy, method, arguments, type);
                    }
                    return switch (method.getName()) {
                        case "isWrapperFor" -> isWrapperFor(proxy, (Class<?>) arguments[0], connection, source);
                        case "unwrap" -> unwrap(proxy, (Class<?>) arguments[0], connection, source);
                        default -> call(method, arguments, connection, source);
                    };
                }));
    }

    /** What a stand-in for an object of the vendor's can be of what that is. */
    static Class<?>[] interfaces(Class<?> type, Class<?> vendors) {
        Set<Class<?>> found = new LinkedHashSet<>();
        found.add(type);
        for (Class<?> each = vendors; each != null; each = each.getSuperclass()) {
            for (Class<?> one : each.getInterfaces()) {
                if (isVisible(one, type)) {
                    found.add(one);
                }
            }
        }
        return found.toArray(Class<?>[]::new);
    }

    /** Statements and result sets that are their own metadata are nothing more than metadata here. */
    private static boolean isVisible(Class<?> one, Class<?> type) {
        return Modifier.isPublic(one.getModifiers())
                && one.getModule().isExported(one.getPackageName())
                && (type.isAssignableFrom(one) || !one.getName().startsWith("java"));
    }

    private static Object ofObject(Object proxy, Method method, Object @Nullable [] arguments, Class<?> type) {
        return switch (method.getName()) {
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> type.getSimpleName();
        };
    }

    private static <T> boolean isWrapperFor(
            Object proxy, Class<?> type, LateConnection connection, Binder.Work<T> source) throws SQLException {
        return type.isInstance(proxy)
                || connection.binder().work(bound -> {
                    Wrapper vendors = (Wrapper) Objects.requireNonNull(source.on(bound));
                    return type.isInstance(vendors) || vendors.isWrapperFor(type);
                });
    }

    private static <T> Object unwrap(Object proxy, Class<?> type, LateConnection connection, Binder.Work<T> source)
            throws SQLException {
        if (type.isInstance(proxy)) {
            return proxy;
        }
        return connection.binder().work(bound -> {
            Wrapper vendors = (Wrapper) Objects.requireNonNull(source.on(bound));
            Object found = type.isInstance(vendors) ? vendors : vendors.unwrap(type);
            connection.binder().pin("unwrap");
            return found;
        });
    }

    /** What the database is asked for again and again is the same for all of a pool. */
    private static <T> @Nullable Object call(
            Method method, Object @Nullable [] arguments, LateConnection connection, Binder.Work<T> source)
            throws SQLException {
        if (connection.isClosed() && method.getDeclaringClass() == DatabaseMetaData.class) {
            return invoke(method, connection.closed().metaData(), arguments);
        }
        connection.binder().checkOpen();
        boolean constant = arguments == null
                && method.getDeclaringClass() == DatabaseMetaData.class
                && (method.getReturnType().isPrimitive() || method.getReturnType() == String.class)
                && !OF_THE_SESSION.contains(method.getName());
        Habits.Question<Object> question = () -> connection.binder().<Object>ask(bound -> {
            Object answer = invoke(method, Objects.requireNonNull(source.on(bound)), arguments);
            if (answer instanceof ResultSet rows) {
                connection.binder().hold(bound, rows, null, rows.getType() == ResultSet.TYPE_FORWARD_ONLY);
            }
            return answer instanceof Connection ? connection : answer;
        });
        return constant ? connection.habits().answer(method, question) : question.ask();
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
