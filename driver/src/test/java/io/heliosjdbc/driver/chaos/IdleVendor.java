package io.heliosjdbc.driver.chaos;

import io.heliosjdbc.driver.TestVendor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A driver for {@code jdbc:idle:} that does nothing and keeps nothing. */
public final class IdleVendor extends TestVendor {
    private static final InvocationHandler HANDLER = (proxy, method, arguments) -> answer(proxy, method, arguments);

    /** Called by Helios, which is told this class's name. */
    public IdleVendor() {
        super("jdbc:idle:");
    }

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
    public @Nullable Connection connect(String url, Properties info) throws SQLException {
        listener.accept("connect");
        return acceptsURL(url) ? idle(Connection.class) : null;
    }
}
