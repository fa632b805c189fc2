package io.heliosjdbc.driver.engines;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.JDBCType;
import java.sql.ResultSet;
import java.sql.SQLType;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Comparator;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TimeZone;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Calls every method that a JDBC interface has, in alphabetical order, and writes down what each answers. */
final class Explorer {
    private final Transcript transcript;

    Explorer(Transcript transcript) {
        this.transcript = transcript;
    }

    /** Calls the methods that a test lets through, each with an argument of its type. */
    void explore(Class<?> type, Object object, Predicate<Method> wanted) {
        explore(type, object, wanted, (method, index) -> sample(method.getParameterTypes()[index]));
    }

    /**
     * Calls the methods that a test lets through.
     *
     * @param argument gives the argument for a method's parameter
     */
    void explore(
            Class<?> type,
            Object object,
            Predicate<Method> wanted,
            BiFunction<Method, Integer, @Nullable Object> argument) {
        for (Method method : methods(type)) {
            if (!wanted.test(method)) {
                continue;
            }
            Object[] arguments = new Object[method.getParameterCount()];
            Arrays.setAll(arguments, index -> argument.apply(method, index));
            String label = type.getSimpleName() + "." + name(method);
            if (ResultSet.class.isAssignableFrom(method.getReturnType())) {
                transcript.rows(label, () -> (ResultSet) call(method, object, arguments));
            } else {
                transcript.ask(label, () -> call(method, object, arguments));
            }
        }
    }

    /** Calls one method, with the error that it throws. */
    static @Nullable Object call(Method method, Object object, @Nullable Object... arguments) throws Exception {
        try {
            return method.getReturnType() == void.class
                    ? call(method, object, "done", arguments)
                    : method.invoke(object, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e.getCause() instanceof Error error ? error : new AssertionError(e);
        }
    }

    private static Object call(Method method, Object object, Object answer, @Nullable Object... arguments)
            throws ReflectiveOperationException {
        method.invoke(object, arguments);
        return answer;
    }

    /** The methods of a JDBC interface, always in the same order. */
    static List<Method> methods(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .sorted(Comparator.comparing(Explorer::name))
                .toList();
    }

    static String name(Method method) {
        StringBuilder name = new StringBuilder(method.getName());
        for (Class<?> type : method.getParameterTypes()) {
            name.append(' ').append(type.getSimpleName());
        }
        return name.toString();
    }

    /** A value of a type, streams fresh; null where there is none that everybody could make. */
    static @Nullable Object sample(Class<?> type) {
        if (type == InputStream.class) {
            return new ByteArrayInputStream("17".getBytes(StandardCharsets.US_ASCII));
        }
        if (type == Reader.class) {
            return new StringReader("17");
        }
        if (type == Calendar.class) {
            return new GregorianCalendar(TimeZone.getTimeZone("UTC"), Locale.ROOT);
        }
        if (type == Properties.class) {
            return new Properties();
        }
        if (type == byte[].class) {
            return new byte[] {49, 55};
        }
        if (type == int[].class) {
            return new int[] {1};
        }
        if (type == String[].class) {
            return new String[] {"id"};
        }
        if (type == Object[].class) {
            return new Object[] {"17"};
        }
        return SAMPLES.get(type);
    }

    private static final Map<Class<?>, Object> SAMPLES = Map.ofEntries(
            Map.entry(int.class, 1),
            Map.entry(long.class, 1L),
            Map.entry(short.class, (short) 1),
            Map.entry(byte.class, (byte) 1),
            Map.entry(float.class, 1f),
            Map.entry(double.class, 1d),
            Map.entry(boolean.class, true),
            Map.entry(String.class, "17"),
            Map.entry(Object.class, "17"),
            Map.entry(BigDecimal.class, BigDecimal.ONE),
            Map.entry(Date.class, Date.valueOf("2024-02-29")),
            Map.entry(Time.class, Time.valueOf("12:34:56")),
            Map.entry(Timestamp.class, Timestamp.valueOf("2024-02-29 12:34:56.5")),
            Map.entry(Class.class, String.class),
            Map.entry(Map.class, Map.of()),
            Map.entry(SQLType.class, JDBCType.VARCHAR),
            Map.entry(Executor.class, (Executor) Runnable::run),
            Map.entry(java.net.URL.class, url()));

    private static java.net.URL url() {
        try {
            return URI.create("http://localhost/").toURL();
        } catch (java.net.MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }
}
