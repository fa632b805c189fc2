package io.heliosjdbc.driver.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.classifier.StatementProfile;
import io.heliosjdbc.scheduler.ServiceClassStatus;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Whoever's statements time out suffers, however long he was promised they may take, and what gives way does so for him; in virtual time. A
 * statement takes two seconds of the five that were promised.
 */
class TimedOutTest {
    private static final long TWO_SECONDS = TimeUnit.SECONDS.toNanos(2);

    private final AtomicLong clock = new AtomicLong();
    private final Registry registry = ManualRegistry.of(clock, () -> Instant.parse("2026-03-10T09:00:00Z"));

    @AfterEach
    void end() {
        registry.closeIdle();
    }

    /** How many in the background are let in after some statements of one transaction each have ended so. */
    private int admitted(int queryTimeout, SQLException failure) throws SQLException {
        ManagedSession session = registry.open("timed-out", Map.of(), null, null);
        session.autoCommit(false);
        StatementProfile quick = session.profile("SELECT 1");
        StatementProfile slow = session.profile("UPDATE stock SET quantity = quantity - 1 WHERE id = 7");
        for (int i = 0; i < 3; i++) {
            session.before(session, quick, 0);
            session.after(session, quick, null);
            session.before(session, slow, queryTimeout);
            clock.addAndGet(TWO_SECONDS);
            session.after(session, slow, failure);
            session.transactionEnded(null);
        }
        int admitted = session.manager().classes().stream()
                .filter(each -> each.name().equals("background_queue"))
                .mapToInt(ServiceClassStatus::maxConcurrency)
                .sum();
        session.close();
        return admitted;
    }

    @Test
    void byAnyNameThatTheVendorGivesIt() throws SQLException {
        assertThat(admitted(2, new SQLException("canceling statement due to user request", "57014")))
                .isEqualTo(1);
    }

    @Test
    void whereTheVendorSaysThatItIsOne() throws SQLException {
        assertThat(admitted(0, new SQLTimeoutException("its own"))).isEqualTo(1);
    }

    @Test
    void whatFailsInTimeSaysNothing() throws SQLException {
        assertThat(admitted(3, new SQLException("a duplicate", "23505"))).isGreaterThan(1);
        assertThat(admitted(0, new SQLException("a duplicate", "23505"))).isGreaterThan(1);
    }
}
