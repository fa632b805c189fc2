package io.heliosjdbc.driver.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An application that is stopped takes its Helios with it, when the next one has come. Not before: the JDK's {@code ObjectMethods} keeps the class
 * that was last in a record whose {@code equals} was called for the first time, and with it one loader.
 */
class RedeploymentTest {
    private static final Pattern OTHERS = Pattern.compile("logback|postgres|mariadb|derby|hsqldb|sqlite|duckdb");

    private static final int MOST_APPLICATIONS = 5;

    /** Drivers are looked for once in a JVM, in the class path of whoever is first: not an application's, or other tests have none. */
    @BeforeAll
    static void findDrivers() {
        assertThat(DriverManager.drivers()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "late"})
    void theLoaderOfAStoppedApplicationIsCollected(String connections) throws Exception {
        assertCollectedAfterTheNext(connections, false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "late"})
    void evenIfItHasLeftAConnectionOpen(String connections) throws Exception {
        assertCollectedAfterTheNext(connections, true);
    }

    private static void assertCollectedAfterTheNext(String connections, boolean leavesConnectionOpen) throws Exception {
        WeakReference<ClassLoader> loader = stopped(connections, leavesConnectionOpen);
        // More than one, where the next one has been too quick or other tests are in between.
        for (int next = 0; loader.get() != null && next < MOST_APPLICATIONS; next++) {
            assertThat(stopped(connections, leavesConnectionOpen)).isNotNull();
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (loader.get() != null && System.nanoTime() < until) {
                System.gc();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
        assertThat(loader.get()).isNull();
    }

    /** The loader of an application that has run and is stopped. */
    private static WeakReference<ClassLoader> stopped(String connections, boolean leavesConnectionOpen)
            throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        WeakReference<ClassLoader> stopped;
        Connection dropped = null;
        try (URLClassLoader loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(loader);
            Class<?> application = loader.loadClass(RedeployedApplication.class.getName());
            assertThat(application).isNotSameAs(RedeployedApplication.class);
            Callable<?> running = (Callable<?>)
                    application.getDeclaredConstructor(String.class).newInstance(connections);
            assertThat(running.call()).isEqualTo(true);
            if (leavesConnectionOpen) {
                dropped = (Connection) application.getMethod("drop").invoke(running);
            }
            application.getMethod("deregister").invoke(null);
            stopped = new WeakReference<>(loader);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
        if (dropped != null) {
            // What is done once a second is due when it is collected, and its classes can be loaded no more.
            long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1_100);
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            assertThat(dropped.isClosed()).isFalse();
        }
        return stopped;
    }

    /** All that the tests have but other vendors' drivers, some of which stay for ever, and what writes logs, which is the container's. */
    private static URL[] classPath() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String path : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!OTHERS.matcher(path).find()) {
                urls.add(Path.of(path).toUri().toURL());
            }
        }
        return urls.toArray(URL[]::new);
    }
}
