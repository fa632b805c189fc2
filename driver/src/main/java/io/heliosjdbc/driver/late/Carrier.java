package io.heliosjdbc.driver.late;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the connections that HikariCP is given have besides JDBC's methods. */
interface Carrier {
    Physical physical();

    /**
     * A connection of the vendor's as HikariCP is given it.
     *
     * @param isolation what it answers where it is asked for that; null: what the vendor answers
     * @param whenClosed is given the vendor's when it was closed
     */
    static Connection of(Physical physical, @Nullable Object isolation, Consumer<Connection> whenClosed) {
        return (Connection) Proxy.newProxyInstance(
                Carrier.class.getClassLoader(),
                new Class<?>[] {Connection.class, Carrier.class},
                new Carrying(physical, isolation, whenClosed));
    }

    /** Answers its calls. */
    record Carrying(Physical physical, @Nullable Object isolation, Consumer<Connection> whenClosed)
            implements InvocationHandler {
        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            Connection raw = physical.raw();
            if (method.getDeclaringClass() == Carrier.class) {
                return physical;
            }
            if (method.getDeclaringClass() == Object.class) {
                return switch (method.getName()) {
                    case "equals" -> arguments != null && proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    default -> raw.toString();
                };
            }
            if (isolation != null && method.getName().equals("getTransactionIsolation")) {
                // HikariCP asks its first connection only, and never recovers where that one is broken.
                return isolation;
            }
            if (arguments != null && method.getName().equals("isValid")) {
                return physical.answers((Integer) arguments[0]);
            }
            try {
                return method.invoke(raw, arguments);
            } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
            } finally {
                if (method.getName().equals("close")) {
                    whenClosed.accept(raw);
                }
            }
        }
    }
}
