package io.heliosjdbc.driver.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.classifier.StatementProfile;
import io.heliosjdbc.driver.admin.RequestStatus;
import io.heliosjdbc.scheduler.ServiceClassStatus;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever connections do to themselves and to each other, in the end nothing is held and nobody waits. */
class SessionChaosTest {
    private static final int CONNECTIONS = 6;
    private static final int STEPS = 2_000;
    private static final List<String> TEXTS = List.of(
            "UPDATE t SET a = 1 WHERE b = 2",
            "SELECT a FROM t WHERE b = 2",
            "BEGIN",
            "COMMIT",
            "ROLLBACK",
            "BEGIN; SELECT a FROM t WHERE b = 2");
    /** What an application may be told; anything else is a fault of ours. */
    private static final Set<String> STATES = Set.of("53H01", "53H04", "57014");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    @Timeout(300)
    void nothingLeaks(long seed) throws Exception {
        Registry registry = new Registry(System::nanoTime, InstantSource.system());
        Map<String, String> settings = Map.of(
                "fast_lane.max_concurrency", "2",
                "idle_in_transaction_lend_ms", "0",
                "admission_control.max_queue_depth", "3",
                "admission_control.queue_timeout_ms", "2");
        ManagedSession watcher = registry.open("chaos", settings, null, null);
        AtomicReferenceArray<ManagedSession> sessions = new AtomicReferenceArray<>(CONNECTIONS);
        for (int i = 0; i < CONNECTIONS; i++) {
            sessions.set(i, registry.open("chaos", settings, null, null));
        }
        AtomicInteger most = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        List<FutureTask<Void>> tasks = new ArrayList<>();
        // Two threads per connection, so that statements share slots; one that cancels, aborts and opens anew.
        for (int i = 0; i < 2 * CONNECTIONS; i++) {
            int connection = i % CONNECTIONS;
            Random random = new Random(seed * 100 + i);
            tasks.add(start(start, () -> {
                for (int step = 0; step < STEPS; step++) {
                    use(sessions.get(connection), random, most, watcher);
                }
            }));
        }
        Random disturbing = new Random(seed);
        tasks.add(start(start, () -> {
            for (int step = 0; step < STEPS; step++) {
                int connection = disturbing.nextInt(CONNECTIONS);
                ManagedSession session = sessions.get(connection);
                switch (disturbing.nextInt(10)) {
                    case 0 -> {
                        // Closed before its successor is there: a thread that held slots of both would not wait.
                        if (disturbing.nextBoolean()) {
                            session.abort();
                        }
                        session.close();
                        sessions.set(connection, registry.open("chaos", settings, null, null));
                    }
                    case 1 -> session.autoCommit(disturbing.nextBoolean());
                    case 2 -> session.transactionEnded(null);
                    default -> session.cancel(TEXTS.get(disturbing.nextInt(TEXTS.size())));
                }
            }
        }));
        start.countDown();
        for (FutureTask<Void> task : tasks) {
            task.get();
        }
        for (int i = 0; i < CONNECTIONS; i++) {
            sessions.get(i).close();
        }

        assertThat(watcher.manager().requests()).isEmpty();
        assertThat(watcher.manager().classes()).allSatisfy(status -> {
            assertThat(status.active()).as("active").isZero();
            assertThat(status.queued()).as("queued").isZero();
            assertThat(status.lent()).as("lent").isZero();
        });
        assertThat(most.get()).isBetween(1, 2);
        watcher.close();
        registry.closeIdle();
        assertThat(registry.size()).isZero();
    }

    private interface Work {
        void run() throws SQLException;
    }

    private static FutureTask<Void> start(CountDownLatch start, Work work) {
        FutureTask<Void> task = new FutureTask<>(() -> {
            start.await();
            work.run();
            return null;
        });
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private static void use(ManagedSession session, Random random, AtomicInteger most, ManagedSession watcher)
            throws SQLException {
        String statement = TEXTS.get(random.nextInt(TEXTS.size()));
        StatementProfile profile = session.profile(statement);
        try {
            session.before(statement, profile, random.nextInt(4) == 0 ? 1 : 0);
        } catch (SQLException refused) {
            assertThat(STATES).contains(refused.getSQLState());
            return;
        }
        if (random.nextInt(50) == 0) {
            for (ServiceClassStatus status : watcher.manager().classes()) {
                most.accumulateAndGet(status.active(), Math::max);
            }
            for (RequestStatus status : watcher.manager().requests()) {
                assertThat(status.sinceNanos()).isNotNegative();
            }
        }
        session.after(statement, profile, random.nextInt(5) == 0 ? new SQLException("failed") : null);
    }
}
