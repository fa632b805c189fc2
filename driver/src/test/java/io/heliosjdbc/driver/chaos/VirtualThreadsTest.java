package io.heliosjdbc.driver.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.driver.PostgresServer;
import io.heliosjdbc.driver.manager.WorkloadManagers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten thousand virtual threads on twenty slots: none of them pins its carrier by anything of ours, as the virtual machine sees it. Before JDK 24
 * it sees threads that wait in {@code synchronized} too; what JDK 17 can say of that is in {@code ArchitectureTest}.
 */
@EnabledForJreRange(min = JRE.JAVA_21)
@ExtendWith(PostgresServer.class)
class VirtualThreadsTest {
    private static final int THREADS = 10_000;
    private static final int SLOTS = 20;
    private static final int CONNECTIONS = 40;

    /** What Helios answers for; HikariCP is there where connections are bound late, and nobody else has brought it. */
    private static final Set<String> OURS = Set.of("Helios", "HikariCP", "nobody known");

    /** Shows that pinning is seen at all. */
    private static final class Pinning {
        /** On every JDK a thread pins its carrier that waits in a static initializer; each test needs one of its own. */
        private static final List<Class<?>> INITIALIZERS = List.of(First.class, Second.class);

        private static final AtomicInteger NEXT = new AtomicInteger();

        private static final class First {
            static {
                await();
            }
        }

        private static final class Second {
            static {
                await();
            }
        }

        private static void await() {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }

        static void start() throws ClassNotFoundException {
            Class<?> unused =
                    Class.forName(INITIALIZERS.get(NEXT.getAndIncrement()).getName());
        }
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void noneOfTenThousandIsPinnedByHelios(String location, @TempDir Path directory) throws Exception {
        String url = "jdbc:helios:" + location + "&helios.manager=virtual-threads&helios.max_concurrency=" + SLOTS
                + "&helios.admission_control.queue_timeout_ms=0";
        waitOnce(location + "&helios.connections=direct");
        BlockingQueue<Connection> pool = new LinkedBlockingQueue<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            Connection connection = DriverManager.getConnection(url);
            // Classes are loaded and statements prepared before anybody looks.
            assertThat(one(connection) + transaction(connection)).isEqualTo(2);
            pool.add(connection);
        }
        assertNobodyPins(directory, number -> {
            if (number % 200 == 0) {
                try (Connection own = DriverManager.getConnection(url)) {
                    return one(own);
                }
            }
            Connection connection = pool.take();
            try {
                return number % 4 == 0 ? transaction(connection) : one(connection);
            } finally {
                pool.add(connection);
            }
        });
        try (Connection watcher = pool.take()) {
            assertThat(Slots.of(watcher)).isEqualTo(Slots.FREE);
        }
        for (Connection connection : pool) {
            connection.close();
        }
    }

    /** Each has a connection of its own, and all of these are open before the first one works. */
    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void norAreTenThousandWithALogicalConnectionEach(String location, @TempDir Path directory) throws Exception {
        String url = "jdbc:helios:" + location + "&helios.manager=virtual-threads-late&helios.connections=late"
                + "&helios.max_concurrency=" + SLOTS + "&helios.pool.connection_timeout_ms=300000"
                + "&helios.admission_control.queue_timeout_ms=0&helios.admission_control.max_queue_depth=" + THREADS;
        waitOnce(location + "&helios.connections=late");
        try (Connection watcher = DriverManager.getConnection(url)) {
            assertThat(one(watcher) + transaction(watcher)).isEqualTo(2);
            CountDownLatch allOpen = new CountDownLatch(THREADS);
            AtomicInteger most = new AtomicInteger();
            assertNobodyPins(directory, number -> {
                try (Connection own = DriverManager.getConnection(url)) {
                    allOpen.countDown();
                    allOpen.await();
                    int result = number % 4 == 0 ? transaction(own) : one(own);
                    if (number % 500 == 0) {
                        most.accumulateAndGet(Slots.of(own).active(), Math::max);
                    }
                    return result;
                }
            });
            assertThat(most.get()).isLessThanOrEqualTo(SLOTS);
            assertThat(Slots.of(watcher)).isEqualTo(Slots.FREE);
        } finally {
            WorkloadManagers.closeIdle();
        }
    }

    /** What one of the threads does; each gives one. */
    @FunctionalInterface
    private interface Work {
        int of(int number) throws Exception;
    }

    private static void assertNobodyPins(Path directory, Work work) throws Exception {
        Map<String, Integer> pinned = new TreeMap<>();
        List<RecordedEvent> ours = new ArrayList<>();
        try (Recording recording = new Recording()) {
            recording
                    .enable("jdk.VirtualThreadPinned")
                    .withThreshold(Duration.ZERO)
                    .withStackTrace();
            recording.start();
            ExecutorService threads = virtualThreads();
            List<Future<Integer>> results = new ArrayList<>();
            results.add(threads.submit(() -> {
                Pinning.start();
                return 0;
            }));
            for (int i = 0; i < THREADS; i++) {
                int number = i;
                results.add(threads.submit(() -> work.of(number)));
            }
            int sum = 0;
            for (Future<Integer> result : results) {
                sum += result.get();
            }
            threads.shutdown();
            assertThat(sum).isEqualTo(THREADS);
            recording.stop();
            Path file = directory.resolve("pinned.jfr");
            recording.dump(file);
            for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
                String by = pinnedBy(event);
                pinned.merge(by, 1, Integer::sum);
                if (OURS.contains(by)) {
                    ours.add(event);
                }
            }
        }
        System.out.printf("%d virtual threads, pinned by: %s%n", THREADS, pinned);
        assertThat(pinned).containsKey("this test");
        assertThat(ours).isEmpty();
    }

    /** The code is compiled for JDK 17. */
    private static ExecutorService virtualThreads() throws ReflectiveOperationException {
        return (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }

    /** Classes of a wait for a slot are loaded before anybody looks, too. */
    private static void waitOnce(String location) throws Exception {
        String url = "jdbc:helios:" + location + "&helios.manager=wait-once-" + location.hashCode()
                + "&helios.max_concurrency=1&helios.idle_in_transaction_lend_ms=0"
                + "&helios.admission_control.queue_timeout_ms=0";
        try (Connection holder = DriverManager.getConnection(url);
                Connection waits = DriverManager.getConnection(url)) {
            holder.setAutoCommit(false);
            assertThat(one(holder)).isOne();
            FutureTask<Integer> waiting = new FutureTask<>(() -> one(waits));
            new Thread(waiting).start();
            while (Slots.of(holder).queued() == 0 && !waiting.isDone()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
            holder.commit();
            assertThat(waiting.get()).isOne();
        }
    }

    private static int one(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT 1")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static int transaction(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        int sum = one(connection) + one(connection);
        connection.commit();
        connection.setAutoCommit(true);
        return sum - 1;
    }

    /**
     * Whose frame stands nearest to where the thread waited. What is below has called it, and holds no monitor if it is ours. Where a class is
     * loaded, the native frame is the virtual machine's.
     */
    private static String pinnedBy(RecordedEvent event) {
        RecordedStackTrace stack = event.getStackTrace();
        if (stack != null) {
            for (RecordedFrame frame : stack.getFrames()) {
                String type = frame.getMethod().getType().getName();
                if (type.startsWith("java.lang.ClassLoader") || type.startsWith("jdk.internal.loader.")) {
                    return "class loading";
                }
                if (type.startsWith("org.postgresql.")) {
                    return "the vendor";
                }
                if (type.startsWith("io.heliosjdbc.driver.chaos.")) {
                    return "this test";
                }
                if (type.startsWith("io.heliosjdbc.")) {
                    return "Helios";
                }
                if (type.startsWith("com.zaxxer.hikari.")) {
                    return "HikariCP";
                }
            }
        }
        return "nobody known";
    }
}
