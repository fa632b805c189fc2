package io.heliosjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.heliosjdbc.driver.manager.WorkloadManagers;
import io.heliosjdbc.driver.wrapper.ConnectionWrapper;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where generated classes live, how many there are, and what they keep alive. */
class WrapperClassesTest {
    private final RecordingSession session = new RecordingSession();

    /** A vendor's interface with what real ones have: covariant results and statements of its own. */
    public interface VendorConnection extends Connection {
        /** Prepares in the vendor's own way. */
        PreparedStatement prepareQuickly(String sql, Object hint);

        /** Prepares a call in the vendor's own way. */
        VendorCall callQuickly(String sql);

        /** The connection that is behind this one. */
        VendorConnection other();

        /** This one under the vendor's own name. */
        VendorConnection self();

        /** Commits in the vendor's own way, as Oracle's does. */
        void commit(Set<String> options);

        /** Rolls back in the vendor's own way, and tells something. */
        long rollback(long number);

        /** Back to a savepoint of the vendor's own. */
        void rollback(VendorSavepoint savepoint);
    }

    /** A vendor's savepoint. */
    public interface VendorSavepoint extends Savepoint {}

    /** A vendor's callable statement. */
    public interface VendorCall extends CallableStatement {
        /** Covariant, as vendors do it: to the virtual machine another method than that of {@code Statement}. */
        @Override
        VendorConnection getConnection();
    }

    /** An interface that nobody outside can name. */
    interface HiddenConnection extends Connection {
        /** Reached through a visible interface only. */
        default int hidden() {
            return 7;
        }
    }

    /** One that everybody can name, over one that nobody can. */
    public interface HalfHiddenConnection extends HiddenConnection {}

    private static <T> T vendor(Class<T> type, Class<?>... more) {
        List<Class<?>> types = new ArrayList<>(List.of(more));
        types.add(0, type);
        return type.cast(Proxy.newProxyInstance(
                WrapperClassesTest.class.getClassLoader(),
                types.toArray(Class<?>[]::new),
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getAutoCommit" -> true;
                    case "hashCode" -> 1;
                    case "equals" -> arguments != null && proxy == arguments[0];
                    case "toString" -> "vendor's";
                    case "prepareQuickly" -> vendor(PreparedStatement.class);
                    case "callQuickly" -> call((Connection) proxy);
                    case "other" -> vendor(VendorConnection.class);
                    case "self" -> proxy;
                    case "executeUpdate" -> 0;
                    case "rollback" -> method.getReturnType() == long.class ? arguments[0] : null;
                    case "hidden" -> 7;
                    default -> null;
                }));
    }

    private static VendorCall call(Connection connection) {
        return (VendorCall) Proxy.newProxyInstance(
                WrapperClassesTest.class.getClassLoader(),
                new Class<?>[] {VendorCall.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getConnection" -> connection;
                    case "executeUpdate" -> 0;
                    default -> null;
                });
    }

    @Test
    void whatAVendorsOwnMethodsReturnIsScheduledToo() throws SQLException {
        Connection connection = ConnectionWrapper.wrap(vendor(VendorConnection.class), session);
        VendorConnection vendors = (VendorConnection) connection;
        session.events.clear();
        PreparedStatement prepared = vendors.prepareQuickly("UPDATE t", "hint");
        assertThat(prepared.executeUpdate()).isZero();
        assertThat(session.events).containsExactly("before UPDATE t", "after UPDATE t");
        assertThat(prepared).isNotInstanceOf(CallableStatement.class);
        session.events.clear();
        VendorCall call = vendors.callQuickly("CALL p");
        assertThat(call.executeUpdate()).isZero();
        assertThat(session.events).containsExactly("before CALL p", "after CALL p");
        assertThat((Object) call.getConnection()).isSameAs(connection);
        assertThat((Object) ((Statement) call).getConnection()).isSameAs(connection);
        assertThat((Object) vendors.self()).isSameAs(connection);
        assertThat(Proxy.isProxyClass(vendors.other().getClass())).isFalse();
    }

    private static VendorSavepoint vendorsSavepoint() {
        return (VendorSavepoint) Proxy.newProxyInstance(
                WrapperClassesTest.class.getClassLoader(),
                new Class<?>[] {VendorSavepoint.class},
                (proxy, method, arguments) -> null);
    }

    @Test
    void theSessionHearsOfTheVendorsOwnWaysToEndATransaction() throws SQLException {
        Connection connection = ConnectionWrapper.wrap(vendor(VendorConnection.class), session);
        VendorConnection vendors = (VendorConnection) connection;
        session.events.clear();
        vendors.commit(Set.of("without waiting"));
        assertThat(session.events).containsExactly("transaction ended");
        assertThat(vendors.rollback(5L)).isEqualTo(5);
        assertThat(session.events).containsExactly("transaction ended", "transaction ended");
        VendorSavepoint savepoint = vendorsSavepoint();
        vendors.rollback(savepoint);
        vendors.rollback((Savepoint) savepoint);
        assertThat(session.events).hasSize(2);
    }

    /** To the virtual machine a method is called where it was found: where it is declared may be nowhere that one could name. */
    @Test
    void whatAHiddenInterfaceDeclaresIsCalledThroughTheVisibleOne() throws Throwable {
        Connection connection = ConnectionWrapper.wrap(vendor(HalfHiddenConnection.class), session);
        assertThat(connection).isInstanceOf(HalfHiddenConnection.class);
        assertThat(((HalfHiddenConnection) connection).hidden()).isEqualTo(7);
    }

    @Test
    void hiddenInterfacesAreLeftOut() throws SQLException {
        Connection connection = ConnectionWrapper.wrap(vendor(VendorConnection.class, HiddenConnection.class), session);
        assertThat(connection).isInstanceOf(VendorConnection.class).isNotInstanceOf(HiddenConnection.class);
    }

    /** The JDK makes some of its own once something has run a few hundred times. */
    @ParameterizedTest
    @ValueSource(strings = {"direct", "late"})
    void theNumberOfClassesStaysTheSameOverTenThousandConnections(String connections) throws SQLException {
        String url =
                "jdbc:helios:h2:mem:classes_" + connections + ";DB_CLOSE_DELAY=-1;helios.connections=" + connections;
        ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
        for (int i = 0; i < 1_000; i++) {
            query(url);
        }
        use(url);
        int before = classes.getLoadedClassCount();
        for (int i = 0; i < 10_000; i++) {
            query(url);
        }
        use(url);
        assertThat(classes.getLoadedClassCount() - before).isLessThan(20);
        WorkloadManagers.closeIdle();
    }

    /** It is asked for a column that is not there, so that the engine's error tells who has called it. */
    @ParameterizedTest
    @ValueSource(strings = {"direct", "late"})
    void aResultSetGetterIsOneDirectCall(String connections) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:helios:h2:mem:getters;helios.connections=" + connections);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT 1")) {
            assertThat(rows.next()).isTrue();
            SQLException told = catchThrowableOfType(SQLException.class, () -> rows.getLong("nowhere"));
            assertThat(Arrays.stream(told.getStackTrace())
                            .map(StackTraceElement::getClassName)
                            .dropWhile(type -> type.startsWith("org.h2."))
                            .takeWhile(type -> !type.startsWith(WrapperClassesTest.class.getName())))
                    .singleElement()
                    .asString()
                    .startsWith("io.heliosjdbc.generated.");
        }
        WorkloadManagers.closeIdle();
    }

    /** Without what would pin a connection that is bound late, and take a new physical one each time. */
    private static void query(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement prepared = connection.prepareStatement("SELECT 1");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT 1")) {
            assertThat(rows.next()).isTrue();
            assertThat(prepared.execute()).isTrue();
        }
    }

    private static void use(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url)) {
            use(connection);
        }
    }

    private static void use(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                PreparedStatement prepared = connection.prepareStatement("SELECT 1");
                CallableStatement call = connection.prepareCall("SELECT 1");
                ResultSet rows = statement.executeQuery("SELECT 1");
                ResultSet tables = connection.getMetaData().getTables(null, null, "%", null)) {
            assertThat(rows.next()).isTrue();
            assertThat(prepared.execute()).isTrue();
            assertThat(call.execute()).isTrue();
            assertThat(tables.next()).isTrue();
        }
    }

    /** As a pool does that fills up when an application starts. */
    @Test
    void manyThreadsAtOnceGenerateAClassOnce() throws Exception {
        ConnectionWrapper.wrap(vendor(VendorConnection.class), session); // Byte Buddy's own classes
        URL h2 = org.h2.Driver.class.getProtectionDomain().getCodeSource().getLocation();
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try (URLClassLoader loader = new URLClassLoader(new URL[] {h2}, ClassLoader.getPlatformClassLoader())) {
            Driver vendor = (Driver)
                    loader.loadClass("org.h2.Driver").getDeclaredConstructor().newInstance();
            List<Callable<Class<?>>> wraps = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                Connection raw = vendor.connect("jdbc:h2:mem:many", new Properties());
                assertThat(raw.getAutoCommit()).isTrue();
                wraps.add(() ->
                        ConnectionWrapper.wrap(raw, new RecordingSession()).getClass());
            }
            long before = ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount();
            List<Future<Class<?>>> wrapped = threads.invokeAll(wraps);
            Set<Class<?>> classes = new HashSet<>();
            for (Future<Class<?>> each : wrapped) {
                classes.add(each.get());
            }
            assertThat(classes).hasSize(1);
            assertThat(ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount() - before)
                    .as("the wrapper, its factory, and what the JDK needs for them")
                    .isLessThan(16);
            loader.loadClass("org.h2.Driver").getMethod("unload").invoke(null);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aVendorInALoaderOfItsOwnIsWrappedAndItsDiscardedLoaderCollected() throws Exception {
        WeakReference<ClassLoader> loader = new WeakReference<>(discardedLoader());
        for (int i = 0; i < 100 && loader.get() != null; i++) {
            System.gc();
            byte[] pressure = new byte[1 << 20];
            assertThat(pressure).isNotEmpty();
        }
        assertThat(loader.get()).isNull();
    }

    /** H2 once more, from a loader that knows nothing of ours, as that of a web application. */
    private ClassLoader discardedLoader() throws Exception {
        URL h2 = org.h2.Driver.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {h2}, ClassLoader.getPlatformClassLoader())) {
            Driver vendor = (Driver)
                    loader.loadClass("org.h2.Driver").getDeclaredConstructor().newInstance();
            try (Connection connection =
                    ConnectionWrapper.wrap(vendor.connect("jdbc:h2:mem:discarded", new Properties()), session)) {
                assertThat(loader.loadClass("org.h2.engine.CastDataProvider"))
                        .isNotSameAs(org.h2.engine.CastDataProvider.class);
                assertThat(loader.loadClass("org.h2.engine.CastDataProvider").isInstance(connection))
                        .isTrue();
                use(connection);
            }
            // What the test has written down would keep it, and so would H2's own registration.
            session.statements.clear();
            loader.loadClass("org.h2.Driver").getMethod("unload").invoke(null);
            return loader;
        }
    }
}
