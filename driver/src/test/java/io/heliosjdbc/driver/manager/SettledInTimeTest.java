package io.heliosjdbc.driver.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.classifier.StatementProfile;
import io.heliosjdbc.slo.Account;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Accounts in memory are settled when their interval ends, though nothing is executed any more and nobody looks. */
@Timeout(60)
class SettledInTimeTest {
    private static final Instant APRIL = Instant.parse("2026-04-01T00:00:00Z");

    private volatile Instant today = APRIL.minusMillis(50);
    private Registry registry = ManualRegistry.of(new AtomicLong(), () -> today);

    @AfterEach
    void end() {
        registry.closeIdle();
    }

    private WorkloadManager booked(ManagedSession session) throws Exception {
        StatementProfile update = session.profile("UPDATE stock SET quantity = quantity - 1 WHERE id = 7");
        session.before(session, update, 0);
        session.after(session, update, null);
        WorkloadManager manager = session.manager();
        assertThat(booked(manager)).isEqualTo(1);
        return manager;
    }

    /** Not by the report, which settles. */
    private static long booked(WorkloadManager manager) {
        return manager.scheduler()
                .copyOfBooks(() -> manager.rules().books().accounts().stream()
                        .mapToLong(Account::transactions)
                        .sum());
    }

    @Test
    void whenTheManagerCloses() throws Exception {
        ManagedSession session = registry.open("settled", Map.of(), null, null);
        WorkloadManager manager = booked(session);
        today = APRIL;
        session.close();
        registry.closeIdle();
        assertThat(booked(manager)).isZero();
    }

    @Test
    void whileTheManagerIsOpen() throws Exception {
        registry = new Registry(System::nanoTime, () -> today);
        ManagedSession session = registry.open("settled", Map.of(), null, null);
        WorkloadManager manager = booked(session);
        today = APRIL;
        while (booked(manager) > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
        }
        assertThat(booked(manager)).isZero();
        session.close();
    }
}
