package io.heliosjdbc.driver.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.heliosjdbc.classifier.StatementProfile;
import io.heliosjdbc.driver.engine.Background;
import io.heliosjdbc.scheduler.ServiceClassStatus;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.cumulative.CumulativeTimer;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What an application's meters and logs throw, and a JVM without threads, costs nobody a slot, a file or a manager. */
@Timeout(60)
class ForeignFaultsTest {
    private static final String UPDATE = "UPDATE stock SET quantity = quantity - 1 WHERE id = 7";

    private final AtomicLong clock = new AtomicLong();
    private volatile Instant today = Instant.parse("2026-03-01T00:00:00Z");
    private final Registry registry = ManualRegistry.of(clock, () -> today);

    /** One of an application's registries, whose timers throw, and that throws where meters are taken out. */
    private static final class Faulty extends SimpleMeterRegistry {
        private volatile boolean throwsAtRecord;
        private volatile boolean throwsAtRemoval;

        Faulty() {
            config().onMeterRemoved(meter -> {
                if (throwsAtRemoval) {
                    throw new IllegalStateException("a foreign registry");
                }
            });
        }

        @Override
        protected Timer newTimer(Meter.Id id, DistributionStatisticConfig histogram, PauseDetector pauses) {
            return new CumulativeTimer(id, Clock.SYSTEM, histogram, pauses, TimeUnit.SECONDS, false) {
                @Override
                protected void recordNonNegative(long amount, TimeUnit unit) {
                    if (throwsAtRecord) {
                        throw new IllegalStateException("a foreign registry");
                    }
                    super.recordNonNegative(amount, unit);
                }
            };
        }
    }

    /** An appender of a class loader that is closed. */
    private static final class Gone extends AppenderBase<ILoggingEvent> {
        private final String throwsAt;

        Gone(String throwsAt) {
            this.throwsAt = throwsAt;
        }

        @Override
        protected void append(ILoggingEvent event) {
            if (event.getFormattedMessage().startsWith(throwsAt)) {
                throw new NoClassDefFoundError("of an application that has stopped");
            }
        }
    }

    @Test
    void aMeterThatThrowsCostsNoSlot() throws SQLException {
        Faulty faulty = new Faulty();
        Metrics.addRegistry(faulty);
        try {
            ManagedSession session = open(registry);
            session.autoCommit(false);
            faulty.throwsAtRecord = true;
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> run(session)).hasMessage("a foreign registry");
            }
            session.transactionEnded(null);
            assertThat(active(session)).isZero();
            session.autoCommit(true);
            assertThatThrownBy(() -> run(session)).hasMessage("a foreign registry");
            assertThat(active(session)).isZero();
            session.close();
        } finally {
            Metrics.removeRegistry(faulty);
            faulty.close();
        }
    }

    @Test
    void aLogThatThrowsAtASettlementCostsNoSlot() throws SQLException {
        ManagedSession session = open(registry);
        run(session);
        today = Instant.parse("2026-04-01T00:00:00Z");
        clock.addAndGet(TimeUnit.MINUTES.toNanos(1));
        Logger logger = (Logger) LoggerFactory.getLogger(WorkloadManager.class);
        Level before = logger.getLevel();
        logger.setLevel(Level.INFO);
        Gone gone = new Gone("Settled");
        gone.start();
        logger.addAppender(gone);
        try {
            assertThatThrownBy(() -> run(session)).isInstanceOf(NoClassDefFoundError.class);
        } finally {
            logger.detachAppender(gone);
            logger.setLevel(before);
        }
        assertThat(active(session)).isZero();
        run(session);
        assertThat(active(session)).isZero();
    }

    @Test
    void metersThatThrowWhenTheyAreTakenOutKeepNoFile(@TempDir Path directory) throws SQLException {
        Map<String, String> settings = Map.of("accounts", "file:" + directory.resolve("accounts.json"));
        Faulty faulty = new Faulty();
        Metrics.addRegistry(faulty);
        try {
            ManagedSession session = registry.open("one", settings, "app", null);
            run(session);
            session.close();
            faulty.throwsAtRemoval = true;
            registry.closeIdle();
            assertThat(registry.size()).isZero();
        } finally {
            faulty.throwsAtRemoval = false;
            Metrics.removeRegistry(faulty);
            faulty.close();
        }
        ManagedSession next = registry.open("other", settings, "app", null);
        assertThat(next.manager().loads()).as("taken over from the file").anyMatch(each -> each.transactions() == 1);
        next.close();
        registry.closeIdle();
    }

    @Test
    void whereNoWatcherStartsManagersOpenAndTheNextOneTriesAgain() throws SQLException {
        AtomicInteger tried = new AtomicInteger();
        Registry short0 = new Registry(
                clock::get, () -> today, () -> Background.thread("helios-estimates"), watching -> new Thread(() -> {}) {
                    @Override
                    public synchronized void start() {
                        if (tried.incrementAndGet() < 5) {
                            throw new OutOfMemoryError("unable to create native thread");
                        }
                    }
                });
        ManagedSession one = open(short0);
        one.close();
        assertThat(tried.get()).isEqualTo(2);
        assertThat(short0.watches()).isFalse();
        ManagedSession other = open(short0);
        assertThat(other.manager()).isSameAs(one.manager());
        other.close();
        assertThat(short0.watches()).isFalse();
        open(short0).close();
        assertThat(short0.watches()).isTrue();
        short0.closeIdle();
        assertThat(short0.size()).isZero();
    }

    @Test
    void whatFailsForOneManagerKeepsNobodyFromWhatIsDueForTheOthers(@TempDir Path directory) throws Exception {
        Map<String, ManagedSession> sessions = new LinkedHashMap<>();
        for (String name : new String[] {"one", "other", "third"}) {
            Files.writeString(directory.resolve(name + ".xml"), """
                    <Agreement xmlns="urn:helios:agreement:1" id="%1$s">
                      <Name>%1$s</Name>
                      <Context><ExpirationTime>2026-04-01T00:00:00Z</ExpirationTime></Context>
                      <Terms>
                        <ServiceDescriptionTerm name="%1$s">
                          <UserLoad name="%1$s"><Match application="%1$s"/></UserLoad>
                        </ServiceDescriptionTerm>
                      </Terms>
                    </Agreement>
                    """.formatted(name));
            Path file = Files.writeString(
                    directory.resolve(name + ".toml"),
                    "[workload_routing]\nagreements = [\"%s.xml\"]\n".formatted(name));
            sessions.put(name, registry.open(name, Map.of("config", file.toString()), "app", null));
        }
        today = Instant.parse("2026-04-01T00:00:00Z");
        Logger logger = (Logger) LoggerFactory.getLogger(WorkloadManager.class);
        Gone gone = new Gone("Agreement ");
        gone.start();
        logger.addAppender(gone);
        try {
            registry.expireAgreements();
        } finally {
            logger.detachAppender(gone);
        }
        // None is tried again and again.
        sessions.forEach((name, session) ->
                assertThat(session.manager().inForce().untilExpiry()).as(name).isEqualTo(Long.MAX_VALUE));
        sessions.values().forEach(ManagedSession::close);
    }

    @Test
    void aLogThatIsWrittenThroughTheManagerThatIsBeingOpenedIsRefusedAndDoesNotWaitForItself() throws Exception {
        AtomicReference<SQLException> refused = new AtomicReference<>();
        AppenderBase<ILoggingEvent> toDatabase = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                try {
                    open(registry).close();
                } catch (SQLException wrong) {
                    refused.compareAndSet(null, wrong);
                }
            }
        };
        toDatabase.start();
        Logger logger = (Logger) LoggerFactory.getLogger(WorkloadManager.class);
        Level before = logger.getLevel();
        logger.setLevel(Level.INFO);
        logger.addAppender(toDatabase);
        FutureTask<ManagedSession> opening = new FutureTask<>(() -> open(registry));
        try {
            Thread thread = new Thread(opening);
            thread.setDaemon(true);
            thread.start();
            opening.get(30, TimeUnit.SECONDS).close();
        } finally {
            logger.detachAppender(toDatabase);
            logger.setLevel(before);
        }
        assertThat((Throwable) refused.get())
                .hasFieldOrPropertyWithValue("SQLState", "F0000")
                .hasMessageStartingWith("this thread is opening the workload manager of database jdbc:test:faults");
    }

    private static ManagedSession open(Registry registry) throws SQLException {
        return registry.open("jdbc:test:faults", Map.of(), "app", null);
    }

    private static void run(ManagedSession session) throws SQLException {
        StatementProfile profile = session.profile(UPDATE);
        session.before(session, profile, 0);
        session.after(session, profile, null);
    }

    private static int active(ManagedSession session) {
        return session.manager().classes().stream()
                .mapToInt(ServiceClassStatus::active)
                .sum();
    }
}
