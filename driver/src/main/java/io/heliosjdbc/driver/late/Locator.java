package io.heliosjdbc.driver.late;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Struct;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.xml.transform.Result;
import javax.xml.transform.Source;
import org.jspecify.annotations.Nullable;

/**
 * Stands for a value of the vendor's that reaches for its physical connection when it is asked something: a large object, say. It answers
 * while that is still the logical connection's. Afterwards it refuses everything: the physical one may be somebody else's by then. What
 * it gives that reaches there in turn, its streams for instance, is stood in for as well. As thread-safe as the vendor's value.
 */
final class Locator implements InvocationHandler {
    /** Why something is pinned that cannot be stood in for. */
    static final String REASON = "a large object or an array";

    private static final List<Class<?>> KINDS =
            List.of(Blob.class, Clob.class, SQLXML.class, Ref.class, Struct.class, Array.class);

    /** Of these drivers such values have all that they need in memory; what PostgreSQL's asks its connection is the encoding. */
    private static final Set<String> IN_MEMORY = Set.of(
            "org.postgresql.jdbc.PgSQLXML",
            "org.mariadb.jdbc.MariaDbBlob",
            "org.mariadb.jdbc.MariaDbClob",
            "com.mysql.cj.jdbc.Blob",
            "com.mysql.cj.jdbc.Clob",
            "com.mysql.cj.jdbc.NClob");

    private final LateConnection connection;
    private final Object vendors;
    /** What it was read or made in; null where that was over before it was read to its end. */
    private final @Nullable Binding home;

    private Locator(LateConnection connection, Object vendors, @Nullable Binding home) {
        this.connection = connection;
        this.vendors = vendors;
        this.home = home;
    }

    /** Whether a value is one that reaches for its connection; fast where it is none, for each value of a row is looked at. */
    static boolean isOne(Object value) {
        return (value instanceof Blob
                        || value instanceof Clob
                        || value instanceof SQLXML
                        || value instanceof Ref
                        || value instanceof Struct
                        || value instanceof Array)
                && !isInMemory(value);
    }

    /** What was read in a binding, or what stands for it; any value may be given. */
    static Object read(LateConnection connection, Object value, @Nullable Binding home) {
        return isOne(value) ? new Locator(connection, value, home).standIn() : value;
    }

    /**
     * What was made just now in a binding that the caller has entered, or what stands for it. It holds the binding until it is freed, or was
     * given to the vendor as a parameter, or a transaction is ended.
     */
    static Object made(LateConnection connection, Object value, Binding home) {
        if (!isOne(value)) {
            return value;
        }
        Locator locator = new Locator(connection, value, home);
        connection.binder().hold(home, locator, null, false);
        return locator.standIn();
    }

    private static Class<?> kindOf(Object value) {
        for (Class<?> kind : KINDS) {
            if (kind.isInstance(value)) {
                return kind;
            }
        }
        throw new IllegalArgumentException(value.getClass().getName());
    }

    /** What is not a driver's own knows no connection. */
    private static boolean isInMemory(Object value) {
        ClassLoader loader = value.getClass().getClassLoader();
        return IN_MEMORY.contains(value.getClass().getName())
                || loader == null
                || loader == ClassLoader.getPlatformClassLoader()
                || of(value) != null
                || value instanceof LateArray;
    }

    private Object standIn() {
        Class<?> type = vendors.getClass();
        return Proxy.newProxyInstance(type.getClassLoader(), ForCall.interfaces(kindOf(vendors), type), this);
    }

    /** Of what stands for a value; null of anything else. */
    static @Nullable Locator of(@Nullable Object value) {
        return value != null
                        && Proxy.isProxyClass(value.getClass())
                        && Proxy.getInvocationHandler(value) instanceof Locator locator
                ? locator
                : null;
    }

    /**
     * Any value for a statement of the vendor's, on what the connection has entered. What another connection's stands in for answers the
     * vendor itself.
     *
     * @throws SQLException 0F001 where what it was read or made in is over
     */
    @SuppressWarnings("unchecked")
    static <T> @Nullable T on(@Nullable T value, LateConnection connection) throws SQLException {
        Locator locator = of(value);
        return locator == null || locator.connection != connection ? value : (T) locator.ask(bound -> locator.vendors);
    }

    /** Likewise, each of them. */
    static Object[] on(Object[] values, LateConnection connection) throws SQLException {
        Object[] own = values.clone();
        for (int i = 0; i < own.length; i++) {
            own[i] = on(own[i], connection);
        }
        return own;
    }

    /** Whether it may be asked something; not any more in the next moment, maybe. */
    boolean isThere() {
        return home != null && connection.binder().isIn(home);
    }

    /** Asks something while it may be asked. */
    <T> @Nullable T ask(Binder.Work<T> work) throws SQLException {
        return connection.binder().askIn(home, work);
    }

    /** Does something to it while it may be asked: to write to it may be a change, and to read it begin a transaction. */
    <T> @Nullable T work(Binder.Work<T> work) throws SQLException {
        return ask(bound -> {
            connection.binder().worked(bound);
            return work.on(bound);
        });
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws SQLException {
        if (method.getDeclaringClass() == Object.class) {
            return switch (method.getName()) {
                case "equals" -> arguments != null && proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(this);
                default -> text();
            };
        }
        if (method.getName().equals("free")) {
            free();
            return null;
        }
        return work(bound -> {
            if (!method.getDeclaringClass().getName().startsWith("java.sql.")) {
                // A method of the vendor's own may give whatever it likes away.
                connection.pin(REASON);
            }
            return given(ForCall.invoke(method, vendors, vendors(arguments)));
        });
    }

    /** What is over has nothing to free. */
    private void free() throws SQLException {
        if (connection.binder().isClosed()) {
            return;
        }
        boolean unused = connection.binder().workIfBound(false, bound -> {
            connection.binder().drop(bound, this);
            if (bound == home) {
                freeVendors();
            }
            return true;
        });
    }

    /** The caller has the physical connection. */
    void freeVendors() throws SQLException {
        if (vendors instanceof Blob blob) {
            blob.free();
        } else if (vendors instanceof Clob clob) {
            clob.free();
        } else if (vendors instanceof SQLXML document) {
            document.free();
        } else if (vendors instanceof Array array) {
            array.free();
        }
    }

    private Object @Nullable [] vendors(Object @Nullable [] arguments) throws SQLException {
        if (arguments == null) {
            return null;
        }
        return on(arguments, connection);
    }

    private @Nullable Object given(@Nullable Object answer) {
        if (answer instanceof InputStream in) {
            return new LocatorStreams.In(this, in);
        }
        if (answer instanceof OutputStream out) {
            return new LocatorStreams.Out(this, out);
        }
        if (answer instanceof Reader reader) {
            return new LocatorStreams.Characters(this, reader);
        }
        if (answer instanceof Writer writer) {
            return new LocatorStreams.Text(this, writer);
        }
        if (answer instanceof Object[] elements) {
            for (int i = 0; i < elements.length; i++) {
                elements[i] = given(elements[i]);
            }
        } else if (answer instanceof ResultSet || answer instanceof Source || answer instanceof Result) {
            connection.pin(REASON);
        }
        return answer == null ? null : read(connection, answer, home);
    }

    private String text() {
        try {
            return Objects.requireNonNull(this.<String>ask(bound -> vendors.toString()));
        } catch (SQLException over) {
            return vendors.getClass().getSimpleName();
        }
    }
}
