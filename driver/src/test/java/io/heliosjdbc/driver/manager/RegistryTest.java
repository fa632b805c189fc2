package io.heliosjdbc.driver.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliosjdbc.driver.engine.Background;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class RegistryTest {
    private final AtomicLong now = new AtomicLong();
    private final Registry registry = new Registry(now::get, InstantSource.system());

    @Test
    void sessionsOfOneDatabaseShareAManager() throws SQLException {
        assertThat(open("a", Map.of()).manager()).isSameAs(open("a", Map.of()).manager());
        assertThat(open("b", Map.of()).manager())
                .isNotSameAs(open("a", Map.of()).manager());
    }

    @Test
    void aNameBringsDatabasesTogetherAndTakesThemApart() throws SQLException {
        WorkloadManager named = open("a", Map.of("manager", "shop")).manager();

        assertThat(open("b", Map.of("manager", "shop")).manager()).isSameAs(named);
        assertThat(open("a", Map.of()).manager()).isNotSameAs(named);
        assertThat(open("a", Map.of("manager", "office")).manager()).isNotSameAs(named);
    }

    @Test
    void aSessionThatContradictsIsRefused() throws SQLException {
        open("a", Map.of("discipline", "fifo"));

        assertThatThrownBy(() -> open("a", Map.of("discipline", "mefi")))
                .isExactlyInstanceOf(SQLNonTransientException.class)
                .hasFieldOrPropertyWithValue("SQLState", "F0000")
                .hasMessageContaining("helios.discipline: it says 'mefi', but the workload manager that is open"
                        + " already has 'fifo' (helios.discipline)");
    }

    @Test
    void aFaultyConfigurationIsRefusedAndLeavesNothing() {
        assertThatThrownBy(() -> open("a", Map.of("disciplin", "fifo")))
                .isExactlyInstanceOf(SQLNonTransientException.class)
                .hasFieldOrPropertyWithValue("SQLState", "F0000")
                .hasMessage("Configuration or agreement refused: helios.disciplin: unknown parameter"
                        + " 'helios.disciplin'; the nearest known name is helios.discipline");
        assertThat(registry.size()).isZero();
    }

    @Test
    void anUnusedManagerTakesNewSettings() throws SQLException {
        ManagedSession first = open("a", Map.of("discipline", "fifo"));
        first.close();

        ManagedSession second = open("a", Map.of("discipline", "mefi"));

        assertThat(second.manager()).isNotSameAs(first.manager());
        assertThat(second.manager().configuration().scheduler().discipline()).isEqualTo("mefi");
    }

    @Test
    void anUnusedManagerIsSharedByWhoSaysLessAndKeptFromWhoSaysNonsense() throws SQLException {
        ManagedSession first = open("a", Map.of("discipline", "fifo", "max_concurrency", "7"));
        first.close();

        ManagedSession healthCheck = open("a", Map.of());
        assertThat(healthCheck.manager()).isSameAs(first.manager());
        healthCheck.close();
        for (Map<String, String> faulty :
                List.of(Map.of("disciplin", "mefi"), Map.of("discipline", "mefi", "max_concurrency", "several"))) {
            assertThatThrownBy(() -> open("a", faulty)).hasFieldOrPropertyWithValue("SQLState", "F0000");
        }

        assertThat(open("a", Map.of("max_concurrency", "7")).manager()).isSameAs(first.manager());
    }

    /** Else it lives until the watcher has something else to do. */
    @Test
    @Timeout(60)
    void whoLeavesWakesTheWatcherThatWaitsForSomethingLater(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(
                directory.resolve("helios.toml"), "[workload_routing]\nenabled = false\nreload_ms = 1000000000\n");
        AtomicReference<Thread> watcher = new AtomicReference<>();
        AtomicLong step = new AtomicLong();
        Registry patient = new Registry(
                () -> now.addAndGet(step.get()),
                InstantSource.system(),
                () -> Background.thread("helios-estimates"),
                watching -> {
                    Thread thread = Background.daemon("watches", watching);
                    watcher.set(thread);
                    return thread;
                });
        ManagedSession session = patient.open("a", Map.of("config", file.toString()), "app", null);
        Thread waits = Objects.requireNonNull(watcher.get());
        while (waits.getState() != Thread.State.TIMED_WAITING) {
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
        }
        step.set(Registry.LINGER_NANOS);

        session.close();

        waits.join();
        assertThat(patient.size()).isZero();
    }

    @Test
    void aManagerOutlivesItsLastSessionByAMinute() throws SQLException {
        Registry manual = ManualRegistry.of(now, InstantSource.system());
        ManagedSession first = manual.open("a", Map.of(), "app", null);
        first.close();
        now.addAndGet(Registry.LINGER_NANOS - 1);
        assertThat(manual.closeExpired(Registry.LINGER_NANOS)).isEqualTo(1);

        ManagedSession second = manual.open("a", Map.of(), "app", null);
        assertThat(second.manager()).isSameAs(first.manager());
        second.close();
        assertThat(manual.closeExpired(Registry.LINGER_NANOS)).isEqualTo(Registry.LINGER_NANOS);
        now.addAndGet(Registry.LINGER_NANOS);
        manual.closeExpired(Registry.LINGER_NANOS);

        assertThat(manual.size()).isZero();
    }

    @Test
    void aManagerInUseNeverExpires() throws SQLException {
        ManagedSession session = open("a", Map.of());
        open("a", Map.of()).close();
        now.addAndGet(10 * Registry.LINGER_NANOS);

        registry.closeIdle();

        assertThat(registry.size()).isEqualTo(1);
        session.close();
        registry.closeIdle();
        assertThat(registry.size()).isZero();
    }

    @Test
    @Timeout(60)
    void theThreadThatWatchesLingeringManagersEndsWithThem() throws SQLException {
        // Else it waits for the end of a measurement interval.
        ManagedSession session = open("a", Map.of("enabled", "false"));
        assertThat(registry.watches()).isFalse();
        session.close();
        assertThat(registry.watches()).isTrue();

        registry.closeIdle();

        while (registry.watches()) {
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
        }
        assertThat(registry.size()).isZero();
    }

    @Test
    @Timeout(60)
    void afterTheDriverIsGoneAManagerGoesWithItsLastSession() throws SQLException {
        ManagedSession session = open("a", Map.of());
        registry.closeIdle();
        assertThat(registry.size()).isEqualTo(1);

        session.close();

        assertThat(registry.size()).isZero();
        while (registry.watches()) {
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
        }
    }

    @Test
    void aSessionThatIsOpenedAfterAllLingersAsEver() throws SQLException {
        registry.closeIdle();

        open("a", Map.of()).close();

        assertThat(registry.size()).isEqualTo(1);
    }

    @Test
    void closingASessionTwiceCountsOnce() throws SQLException {
        ManagedSession twice = open("a", Map.of());
        open("a", Map.of());

        twice.close();
        twice.close();
        registry.closeIdle();

        assertThat(registry.size()).isEqualTo(1);
    }

    /** Opening reads files, and may take its time. */
    @Test
    @Timeout(60)
    void whoOpensAManagerKeepsNobodyFromAnotherOne() throws Exception {
        CountDownLatch opening = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Registry slow = new Registry(now::get, () -> {
            if (Thread.currentThread().getName().equals("slow")) {
                opening.countDown();
                awaitUninterruptibly(goOn);
            }
            return Instant.EPOCH;
        });
        FutureTask<ManagedSession> first = new FutureTask<>(() -> slow.open("a", Map.of(), "app", null));
        FutureTask<ManagedSession> second = new FutureTask<>(() -> slow.open("a", Map.of(), "app", null));
        new Thread(first, "slow").start();
        opening.await();
        Thread waiting = new Thread(second, "waiting");
        waiting.start();

        assertThat(slow.open("b", Map.of(), "app", null).manager()).hasToString("b");
        while (waiting.getState() != Thread.State.WAITING) {
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
        }
        slow.closeIdle();
        goOn.countDown();

        assertThat(second.get().manager()).isSameAs(first.get().manager());
        assertThat(slow.size()).isEqualTo(2);
        first.get().close();
        second.get().close();
        slow.closeIdle();
        assertThat(slow.size()).isEqualTo(1);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private ManagedSession open(String database, Map<String, String> settings) throws SQLException {
        return registry.open(database, settings, "app", null);
    }
}
