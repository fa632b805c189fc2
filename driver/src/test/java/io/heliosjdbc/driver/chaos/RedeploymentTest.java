package io.heliosjdbc.driver.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import java.lang.runtime.ObjectMethods;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An application that is stopped takes its Helios with it. */
class RedeploymentTest {
    private static final Pattern OTHERS = Pattern.compile("logback|postgres|mariadb|derby|hsqldb|sqlite|duckdb");

    @Test
    void theLoaderOfAStoppedApplicationIsCollected() throws Throwable {
        assertCollected(stopped(false));
    }

    @Test
    void evenIfItHasLeftAConnectionOpen() throws Throwable {
        assertCollected(stopped(true));
    }

    private static void assertCollected(WeakReference<ClassLoader> loader) throws Throwable {
        useAnotherRecord();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (loader.get() != null && System.nanoTime() < until) {
            System.gc();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        assertThat(loader.get()).isNull();
    }

    /**
     * What the next application does, or anybody who has records: until then the virtual machine keeps the record that was compared, hashed or
     * printed first most lately, and with it its loader. One slot for all, so that it never keeps more than one application.
     */
    private static void useAnotherRecord() throws Throwable {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        MethodHandle next = lookup.findVirtual(Another.class, "next", MethodType.methodType(Another.class));
        Map<String, MethodType> methods = Map.of(
                "equals", MethodType.methodType(boolean.class, Another.class, Object.class),
                "hashCode", MethodType.methodType(int.class, Another.class),
                "toString", MethodType.methodType(String.class, Another.class));
        for (Map.Entry<String, MethodType> each : methods.entrySet()) {
            // What the compiler leaves to the first call.
            assertThat(ObjectMethods.bootstrap(lookup, each.getKey(), each.getValue(), Another.class, "next", next))
                    .isNotNull();
        }
    }

    private record Another(@Nullable Another next) {}

    /** The loader of an application that has run and is stopped. */
    private static WeakReference<ClassLoader> stopped(boolean leavesConnectionOpen) throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(loader);
            Class<?> application = loader.loadClass(RedeployedApplication.class.getName());
            assertThat(application).isNotSameAs(RedeployedApplication.class);
            Callable<?> running =
                    (Callable<?>) application.getDeclaredConstructor().newInstance();
            assertThat(running.call()).isEqualTo(true);
            if (leavesConnectionOpen) {
                application.getMethod("drop").invoke(null);
            }
            application.getMethod("deregister").invoke(null);
            return new WeakReference<>(loader);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
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
