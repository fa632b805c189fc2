package io.heliosjdbc.driver.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.heliosjdbc.classifier.StatementProfile;
import io.heliosjdbc.classifier.hints.Hints;
import io.heliosjdbc.driver.admin.LoadStatus;
import io.heliosjdbc.driver.admin.RequestStatus;
import io.heliosjdbc.driver.admin.RequestStatus.State;
import io.heliosjdbc.scheduler.ServiceClassStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Sessions over the real classifier, books and scheduler; {@code fast_lane} has one slot. */
@Timeout(60)
class ManagedSessionTest {
    private static final String UPDATE = "UPDATE stock SET quantity = quantity - 1 WHERE id = 7";

    private volatile Instant today = Instant.parse("2026-03-01T00:00:00Z");
    private final Registry registry = new Registry(System::nanoTime, () -> today);

    @Test
    void withAutocommitAStatementHoldsASlotWhileItRuns() throws Exception {
        ManagedSession session = open(Map.of());

        StatementProfile profile = session.profile(UPDATE);
        assertThat(session.before(this, profile, 0)).isZero();
        assertThat(fastLane(session).active()).isEqualTo(1);
        session.after(this, profile, null);

        assertThat(fastLane(session).active()).isZero();
        assertThat(load(session, "medium").transactions()).isEqualTo(1);
    }

    @Test
    void aTransactionHoldsItsSlotToCommitAndItsLaterStatementsDoNotWait() throws Exception {
        ManagedSession session = open(Map.of());
        session.autoCommit(false);

        run(session, UPDATE, null);
        assertThat(states(session)).containsExactly(State.IDLE_IN_TRANSACTION);
        run(session, UPDATE, null);
        session.transactionEnded(null);

        assertThat(fastLane(session).active()).isZero();
        assertThat(load(session, "medium").transactions()).isEqualTo(1);
    }

    @Test
    void literalBeginOpensATransactionAndLiteralCommitEndsIt() throws Exception {
        ManagedSession session = open(Map.of());

        run(session, "BEGIN", null);
        assertThat(fastLane(session).active()).isZero();
        run(session, UPDATE, null);
        run(session, "SAVEPOINT a", null);
        run(session, "ROLLBACK TO SAVEPOINT a", null);
        assertThat(states(session)).containsExactly(State.IDLE_IN_TRANSACTION);
        run(session, "COMMIT", null);

        assertThat(fastLane(session).active()).isZero();
        run(session, UPDATE, null);
        assertThat(fastLane(session).active()).isZero();
        assertThat(load(session, "medium").transactions()).isEqualTo(2);
    }

    @Test
    void aTextOfSeveralStatementsLeavesTheTransactionAsItsLastControlSays() throws Exception {
        ManagedSession session = open(Map.of());

        run(session, "BEGIN; " + UPDATE, null);
        assertThat(states(session)).containsExactly(State.IDLE_IN_TRANSACTION);
        run(session, UPDATE + "; COMMIT", null);

        assertThat(states(session)).isEmpty();
        assertThat(load(session, "medium").transactions()).isEqualTo(1);
    }

    @Test
    void whatFailsBeforeItsCommitLeavesTheTransactionItsSlot() throws Exception {
        ManagedSession session = open(Map.of());
        session.autoCommit(false);
        run(session, UPDATE, null);

        run(session, UPDATE + "; COMMIT", new SQLException("a duplicate"));
        assertThat(states(session)).containsExactly(State.IDLE_IN_TRANSACTION);
        run(session, UPDATE + "; COMMIT; " + UPDATE, new SQLException("a duplicate"));
        assertThat(states(session)).containsExactly(State.IDLE_IN_TRANSACTION);

        session.transactionEnded(null);
        assertThat(states(session)).isEmpty();
    }

    @Test
    void controlAndSettingsNeverWait() throws Exception {
        ManagedSession holder = holder(Map.of());
        ManagedSession other = open(Map.of());

        for (String sql : new String[] {"BEGIN", "SET x = 1", "SAVEPOINT a", "ROLLBACK", "SHOW HELIOS CLASSES"}) {
            assertThat(other.before(sql, other.profile(sql), 0)).isZero();
            other.after(sql, other.profile(sql), null);
        }

        assertThat(fastLane(holder).queued()).isZero();
    }

    @Test
    void switchingAutocommitOnEndsTheTransaction() throws Exception {
        ManagedSession session = open(Map.of());
        session.autoCommit(false);
        run(session, UPDATE, null);

        session.autoCommit(true);

        assertThat(states(session)).isEmpty();
        assertThat(load(session, "medium").transactions()).isEqualTo(1);
    }

    @Test
    void whatTheDatabaseFailedIsNotBooked() throws Exception {
        ManagedSession session = open(Map.of());
        run(session, UPDATE, new SQLException("deadlock"));

        session.autoCommit(false);
        run(session, UPDATE, null);
        run(session, UPDATE, new SQLException("deadlock"));
        session.transactionEnded(null);

        assertThat(states(session)).isEmpty();
        assertThat(load(session, "medium").transactions()).isZero();
    }

    /** SQLite's is open then, and holds its locks: only what the vendor says, which the wrapper passes on, ends it. */
    @Test
    void aTransactionWhoseCommitByTextFailedIsOverWhenThatIsSaidAndNotBooked() throws Exception {
        ManagedSession session = open(Map.of());
        run(session, "BEGIN", null);
        run(session, UPDATE, null);
        run(session, "COMMIT", new SQLException("could not serialize access"));
        assertThat(states(session)).containsExactly(State.IDLE_IN_TRANSACTION);
        session.transactionEnded(null);

        assertThat(states(session)).isEmpty();
        assertThat(load(session, "medium").transactions()).isZero();
        run(session, UPDATE, null);
        assertThat(load(session, "medium").transactions()).isEqualTo(1);
    }

    @Test
    void aTimeoutOfAllTheTimeThereIsIsNone() throws Exception {
        ManagedSession session = open(Map.of());
        StatementProfile profile = session.profile(UPDATE);

        assertThat(session.before(this, profile, Integer.MAX_VALUE)).isZero();
        session.after(this, profile, null);
    }

    @Test
    void aTransactionThatGoesOnAfterAFailureIsBooked() throws Exception {
        ManagedSession session = open(Map.of());
        session.autoCommit(false);
        run(session, UPDATE, new SQLException("duplicate key"));
        run(session, UPDATE, null);
        session.transactionEnded(null);

        assertThat(load(session, "medium").transactions()).isEqualTo(1);
    }

    @Test
    void aTransactionThatIsOverByAFailedCommitIsNotBookedAndGivesItsSlotBack() throws Exception {
        ManagedSession session = open(Map.of());
        session.autoCommit(false);
        run(session, UPDATE, null);
        session.transactionEnded(new SQLException("serialization failure"));

        assertThat(load(session, "medium").transactions()).isZero();
        assertThat(fastLane(session).active()).isZero();
    }

    /** Else its next statement would queue with its locks behind those who wait for them. */
    @Test
    void aTransactionThatMayOutlastAFailedCommitKeepsItsSlotAndIsNotBookedWhereItIsRolledBack() throws Exception {
        ManagedSession session = open(Map.of());
        session.autoCommit(false);
        run(session, UPDATE, null);
        session.commitFailed();
        assertThat(states(session)).containsExactly(State.IDLE_IN_TRANSACTION);
        session.transactionEnded(null);
        assertThat(states(session)).isEmpty();
        assertThat(load(session, "medium").transactions()).isZero();

        run(session, UPDATE, null);
        session.commitFailed();
        run(session, UPDATE, null);
        session.transactionEnded(null);
        assertThat(load(session, "medium").transactions()).isEqualTo(1);
    }

    @Test
    void aCommitThatFailsUnderAutocommitSaysNothingOfWhatATextHasBegun() throws Exception {
        ManagedSession session = open(Map.of());
        run(session, "BEGIN", null);
        run(session, UPDATE, null);
        session.commitFailed();
        run(session, "COMMIT", null);

        assertThat(load(session, "medium").transactions()).isEqualTo(1);
    }

    @Test
    void aSlotGoesOnToWhoWaits() throws Exception {
        ManagedSession holder = holder(Map.of());
        ManagedSession waiter = open(Map.of());
        FutureTask<Long> waited = inBackground(() -> waiter.before(this, waiter.profile(UPDATE), 0));
        awaitQueued(holder, 1);

        holder.transactionEnded(null);

        assertThat(get(waited)).isPositive();
        assertThat(states(waiter)).containsExactly(State.RUNNING);
    }

    @Test
    void aThreadThatHoldsASlotDoesNotWaitForItself() throws Exception {
        ManagedSession holder = holder(Map.of());
        holder.transactionEnded(null);
        run(holder, UPDATE, null);
        ManagedSession nested = open(Map.of());

        assertThat(nested.before(this, nested.profile(UPDATE), 0)).isZero();
        nested.after(this, nested.profile(UPDATE), null);
        assertThat(states(holder)).containsExactly(State.IDLE_IN_TRANSACTION);
    }

    @Test
    void anIdleTransactionLendsItsSlot() throws Exception {
        ManagedSession holder = holder(Map.of("idle_in_transaction_lend_ms", "1"));
        ManagedSession waiter = open(Map.of());

        waiter.before(this, waiter.profile(UPDATE), 0);
        assertThat(fastLane(holder).lent()).isEqualTo(1);
        get(inBackground(() -> holder.before("next", holder.profile(UPDATE), 0)));
        assertThat(states(holder)).containsExactly(State.RUNNING, State.RUNNING);
    }

    @Test
    void closingGivesEverythingBack() throws Exception {
        ManagedSession holder = holder(Map.of());
        ManagedSession watcher = open(Map.of());

        holder.close();
        holder.close();

        assertThat(fastLane(watcher).active()).isZero();
        assertThat(load(watcher, "medium").transactions()).isZero();
    }

    @Test
    void aStatementOfAClosedConnectionAsksForNothing() throws Exception {
        ManagedSession watcher = open(Map.of());
        ManagedSession session = open(Map.of());
        session.close();

        run(session, UPDATE, new SQLException("closed"));

        assertThat(fastLane(watcher).admitted()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aConnectionClosedWhileAStatementRunsIsSeenUntilThatEndsAndLeavesNothing(boolean aborted) throws Exception {
        ManagedSession session = open(Map.of());
        StatementProfile profile = session.profile(UPDATE);
        session.before(this, profile, 0);

        if (aborted) {
            session.abort();
        }
        session.close();
        assertThat(states(session)).containsExactly(State.CLOSED);
        registry.closeIdle();
        assertThat(registry.size())
                .as("else its successor would give the slot to somebody else")
                .isEqualTo(1);
        session.after(this, profile, new SQLException("closed"));

        assertThat(fastLane(session).active()).isZero();
        assertThat(states(session)).isEmpty();
        assertThat(registry.size()).isZero();
    }

    @Test
    void aConnectionThatIsClosedWhileItWaitsLeavesWhenItsWaitHasEnded() throws Exception {
        ManagedSession holder = holder(Map.of());
        ManagedSession waiter = open(Map.of());
        FutureTask<Long> waited = inBackground(() -> waiter.before(this, waiter.profile(UPDATE), 0));
        awaitQueued(holder, 1);

        waiter.close();
        assertThatThrownBy(() -> get(waited))
                .hasMessageStartingWith("Its connection was closed or aborted while it waited");
        holder.close();
        registry.closeIdle();

        assertThat(registry.size()).isZero();
    }

    @Test
    void cancelEndsTheWaitOfItsStatementOnly() throws Exception {
        ManagedSession holder = holder(Map.of());
        ManagedSession waiter = open(Map.of());
        FutureTask<Long> waited = inBackground(() -> waiter.before(this, waiter.profile(UPDATE), 0));
        awaitQueued(holder, 1);

        assertThat(waiter.cancel("another statement")).isFalse();
        assertThat(waiter.cancel(this)).isTrue();

        assertThatThrownBy(() -> get(waited))
                .isExactlyInstanceOf(SQLException.class)
                .hasFieldOrPropertyWithValue("SQLState", "57014")
                .hasMessageStartingWith("Cancelled while it waited: user load medium, class fast_lane, ");
        assertThat(waiter.cancel(this)).isFalse();
        assertThat(fastLane(holder).queued()).isZero();
    }

    @Test
    void aCancelBeforeTheNextExecutionDoesNotHitIt() throws Exception {
        ManagedSession session = open(Map.of());
        run(session, UPDATE, null);

        assertThat(session.cancel(this)).isFalse();

        assertThat(session.before(this, session.profile(UPDATE), 0)).isZero();
    }

    @Test
    void abortEndsTheWaitAndTheConnectionGoesOnUnlessItIsClosed() throws Exception {
        ManagedSession holder = holder(Map.of());
        ManagedSession waiter = open(Map.of());
        FutureTask<Long> waited = inBackground(() -> waiter.before(this, waiter.profile(UPDATE), 0));
        awaitQueued(holder, 1);

        waiter.abort();

        assertThatThrownBy(() -> get(waited))
                .isExactlyInstanceOf(SQLException.class)
                .hasFieldOrPropertyWithValue("SQLState", "57014")
                .hasMessageStartingWith("Its connection was closed or aborted while it waited: ");
        assertThat(fastLane(holder).queued()).isZero();
        FutureTask<Long> next = inBackground(() -> waiter.before(this, waiter.profile(UPDATE), 0));
        awaitQueued(holder, 1);
        assertThat(waiter.cancel(this)).isTrue();
        assertThatThrownBy(() -> get(next)).hasMessageStartingWith("Cancelled while it waited: ");
    }

    @Test
    void whatIsAbortedKeepsItsSlotUntilItIsClosed() throws Exception {
        ManagedSession holder = holder(Map.of());
        ManagedSession watcher = open(Map.of());

        holder.abort();
        assertThat(states(watcher)).containsExactly(State.IDLE_IN_TRANSACTION);
        run(holder, UPDATE, null);
        assertThat(states(watcher)).containsExactly(State.IDLE_IN_TRANSACTION);
        holder.close();

        assertThat(states(watcher)).isEmpty();
    }

    @Test
    void anInterruptEndsTheWaitAndStays() throws Exception {
        ManagedSession holder = holder(Map.of());
        ManagedSession waiter = open(Map.of());
        AtomicReference<Boolean> flag = new AtomicReference<>();
        FutureTask<Long> waited = new FutureTask<>(() -> {
            try {
                return waiter.before(this, waiter.profile(UPDATE), 0);
            } finally {
                flag.set(Thread.currentThread().isInterrupted());
            }
        });
        Thread thread = new Thread(waited);
        thread.start();
        awaitQueued(holder, 1);

        thread.interrupt();

        assertThatThrownBy(() -> get(waited))
                .isExactlyInstanceOf(SQLException.class)
                .hasFieldOrPropertyWithValue("SQLState", "57014")
                .hasMessageStartingWith("Its thread was interrupted while it waited: ");
        assertThat(flag.get()).isTrue();
    }

    @Test
    void aFullQueueRefuses() throws Exception {
        ManagedSession holder = holder(Map.of("admission_control.max_queue_depth", "0"));
        ManagedSession other = open(Map.of());

        assertThatThrownBy(() -> other.before(this, other.profile("UPDATE stock SET secret = 'x' WHERE id = 7"), 0))
                .isExactlyInstanceOf(SQLTransientException.class)
                .hasFieldOrPropertyWithValue("SQLState", "53H01")
                .hasMessage(
                        "Refused, the queue of its class is full (max_queue_depth = 0, max_concurrency = 1): user load medium,"
                                + " class fast_lane, 0 queued,"
                                + " waited 0 ms; statement: "
                                + other.profile("UPDATE stock SET secret = 'x' WHERE id = 7")
                                        .template());
        assertThat(load(holder, "medium").late()).isEqualTo(1);
    }

    @Test
    void theQueueTimeoutIsNoStatementTimeout() throws Exception {
        holder(Map.of("admission_control.queue_timeout_ms", "1"));
        ManagedSession other = open(Map.of());

        assertThatThrownBy(() -> other.before(this, other.profile(UPDATE), 30))
                .isExactlyInstanceOf(SQLTransientException.class)
                .hasFieldOrPropertyWithValue("SQLState", "53H04")
                .hasMessageStartingWith("The queue timeout of its class passed while it waited"
                        + " (queue_timeout_ms = 1, max_concurrency = 1): user load medium,");
    }

    @Test
    void whereNobodyMayWaitTheRefusalNamesTheKeyThatSaysSo() throws Exception {
        holder(Map.of("admission_control.enable_queueing", "false"));
        ManagedSession other = open(Map.of());

        assertThatThrownBy(() -> other.before(this, other.profile(UPDATE), 0))
                .hasFieldOrPropertyWithValue("SQLState", "53H01")
                .hasMessageStartingWith("Refused, the queue of its class is full"
                        + " (enable_queueing = false, max_concurrency = 1): user load medium,");
    }

    @Test
    void theStatementsOwnTimeoutIsOne() throws Exception {
        holder(Map.of("admission_control.queue_timeout_ms", "0"));
        ManagedSession other = open(Map.of());

        assertThatThrownBy(() -> other.before(this, other.profile(UPDATE), 1))
                .isInstanceOf(SQLTimeoutException.class)
                .hasFieldOrPropertyWithValue("SQLState", "57014")
                .hasMessageStartingWith("The statement's own query timeout passed while it waited: ");
    }

    @Test
    void aDryRunDelaysNobody() throws Exception {
        ManagedSession holder = holder(Map.of("dry_run", "true"));
        ManagedSession other = open(Map.of());

        assertThat(other.before(this, other.profile(UPDATE), 0)).isZero();
        assertThat(fastLane(holder).active()).isEqualTo(2);
    }

    @Test
    void whereItIsNotEnabledEverythingPasses() throws Exception {
        ManagedSession holder = holder(Map.of("enabled", "false"));
        ManagedSession other = open(Map.of());

        run(other, UPDATE, null);
        assertThat(fastLane(holder).admitted()).isZero();
        assertThat(other.answer(other.profile("SHOW HELIOS CONFIG"))).isNotNull();
    }

    @Test
    void statementsOfOneConnectionShareItsSlot() throws Exception {
        ManagedSession holder = holder(Map.of());
        ManagedSession session = open(Map.of());
        FutureTask<Long> first = inBackground(() -> session.before("first", session.profile(UPDATE), 0));
        awaitQueued(holder, 1);
        FutureTask<Long> second = inBackground(() -> session.before("second", session.profile(UPDATE), 0));

        holder.transactionEnded(null);

        assertThat(get(first)).isPositive();
        get(second);
        assertThat(fastLane(holder).active()).isEqualTo(1);
        session.after("first", session.profile(UPDATE), null);
        assertThat(fastLane(holder).active()).isEqualTo(1);
        session.after("second", session.profile(UPDATE), null);
        assertThat(fastLane(holder).active()).isZero();
        assertThat(load(holder, "medium").transactions()).isEqualTo(2);
    }

    @Test
    void aCommitUnderAutocommitLeavesTheSlotToWhatRuns() throws Exception {
        ManagedSession session = open(Map.of());
        StatementProfile profile = session.profile(UPDATE);
        session.before("report", profile, 0);

        session.transactionEnded(new SQLException("Cannot commit when autoCommit is enabled."));
        assertThat(states(session)).containsExactly(State.RUNNING);
        session.transactionEnded(null);
        assertThat(states(session)).containsExactly(State.RUNNING);
        session.after("report", profile, null);

        assertThat(states(session)).isEmpty();
        assertThat(load(session, "medium").transactions()).isEqualTo(1);
    }

    @Test
    void aCommitThatIsRefusedUnderAutocommitDoesNotEndWhatATextHasBegun() throws Exception {
        ManagedSession session = open(Map.of());
        run(session, "BEGIN", null);
        run(session, UPDATE, null);

        session.transactionEnded(new SQLException("Cannot commit when autoCommit is enabled."));
        assertThat(states(session)).containsExactly(State.IDLE_IN_TRANSACTION);
        run(session, UPDATE, null);
        assertThat(states(session)).containsExactly(State.IDLE_IN_TRANSACTION);
        run(session, "COMMIT", null);

        assertThat(states(session)).isEmpty();
        assertThat(load(session, "medium").transactions()).isEqualTo(1);
    }

    /** The driver may have had it wait for the commit: then it has opened the next transaction, and holds its locks. */
    @Test
    void whatRunsWhileAnotherThreadCommitsKeepsTheSlotToTheNextCommit() throws Exception {
        ManagedSession session = open(Map.of("fast_lane.max_concurrency", "1", "idle_in_transaction_lend_ms", "0"));
        ManagedSession other = open(Map.of("fast_lane.max_concurrency", "1", "idle_in_transaction_lend_ms", "0"));
        StatementProfile profile = session.profile(UPDATE);
        session.autoCommit(false);
        run(session, UPDATE, null);
        session.before("meets", profile, 0);

        session.transactionEnded(null);
        assertThat(states(session)).containsExactly(State.RUNNING);
        FutureTask<Long> waits = inBackground(() -> other.before(this, other.profile(UPDATE), 0));
        awaitQueued(session, 1);
        session.after("meets", profile, null);
        assertThat(states(session)).containsExactlyInAnyOrder(State.IDLE_IN_TRANSACTION, State.QUEUED);
        assertThat(get(inBackground(() -> session.before("next", profile, 0)))).isZero();
        session.after("next", profile, null);
        session.transactionEnded(null);

        assertThat(get(waits)).isPositive();
        assertThat(states(session)).containsExactly(State.RUNNING);
    }

    @Test
    void whatRunsWhileAutocommitIsSwitchedOnGivesTheSlotBack() throws Exception {
        ManagedSession session = open(Map.of());
        StatementProfile profile = session.profile(UPDATE);
        session.autoCommit(false);
        session.before("meets", profile, 0);

        session.autoCommit(true);
        assertThat(states(session)).containsExactly(State.RUNNING);
        session.after("meets", profile, null);

        assertThat(states(session)).isEmpty();
    }

    @Test
    void aStatementOfAClosedConnectionDoesNotEndInPlaceOfAnotherThreads() throws Exception {
        ManagedSession session = open(Map.of());
        ManagedSession watcher = open(Map.of());
        StatementProfile profile = session.profile(UPDATE);
        session.before("report", profile, 0);
        session.close();

        session.before("refused", profile, 0);
        session.after("refused", profile, new SQLException("closed"));
        assertThat(fastLane(watcher).active()).isEqualTo(1);
        session.after("report", profile, null);

        assertThat(fastLane(watcher).active()).isZero();
    }

    @Test
    void aStatementThatWaitsForAnotherOneOfItsConnectionCanBeCancelled() throws Exception {
        ManagedSession holder = holder(Map.of());
        ManagedSession session = open(Map.of());
        FutureTask<Long> first = inBackground(() -> session.before("first", session.profile(UPDATE), 0));
        awaitQueued(holder, 1);
        FutureTask<Long> second = inBackground(() -> session.before("second", session.profile(UPDATE), 0));

        await(() -> session.cancel("second"));

        assertThatThrownBy(() -> get(second)).hasFieldOrPropertyWithValue("SQLState", "57014");
        assertThat(first.isDone()).isFalse();
        holder.transactionEnded(null);
        assertThat(get(first)).isPositive();
    }

    @Test
    void clientInfoBecomesAttributes() throws Exception {
        ManagedSession holder = holder(Map.of());
        ManagedSession session = open(Map.of());

        assertThat(session.clientInfo("ApplicationName", "shop")).isFalse();
        assertThat(session.clientInfo("ClientUser", "anna")).isFalse();
        assertThat(session.clientInfo("helios.priority", "HIGH")).isTrue();
        assertThat(session.clientInfo("helios.unheard_of", "x")).isTrue();
        FutureTask<Long> waited = inBackground(() -> session.before(this, session.profile(UPDATE), 0));
        awaitQueued(holder, 1);

        assertThat(queued(holder)).satisfies(status -> {
            assertThat(status.application()).isEqualTo("shop");
            assertThat(status.client()).isEqualTo("anna");
            assertThat(status.user()).isEqualTo("app");
            assertThat(status.userLoad()).isEqualTo("high");
            assertThat(status.priority()).isEqualTo("high");
        });
        session.abort();
        assertThatThrownBy(() -> get(waited)).isInstanceOf(SQLException.class);
    }

    @Test
    void theClientByOurNameGoesBeforeTheStandardOneAndAnUnknownValueIsNone() throws Exception {
        List<String> complaints = new ArrayList<>();
        SessionAttributes attributes = new SessionAttributes("app", "url", each -> each, complaints::add);
        attributes.clientInfo("ClientUser", "anna");
        attributes.clientInfo("helios.client", "terminal-17");
        attributes.clientInfo("helios.priority", "urgent");
        attributes.clientInfo("helios.deadline_ms", "-5");
        attributes.clientInfo("helios.prioriti", "high");
        attributes.clientInfo("helios.waited_ms", "7");

        assertThat(attributes.current().client()).isEqualTo("terminal-17");
        assertThat(attributes.current().application()).isEqualTo("url");
        assertThat(attributes.current().hints()).isSameAs(Hints.NONE);
        assertThat(complaints)
                .containsExactly(
                        "Client info helios.priority is ignored: hint priority does not take 'urgent'; give one of"
                                + " critical, high, medium, low, background",
                        "Client info helios.deadline_ms is ignored: hint deadline_ms does not take '-5'; give a whole"
                                + " number of milliseconds from 1 to 9223372036854775807",
                        "Client info helios.prioriti means nothing; known: priority, workload, class,"
                                + " load, tenant, tier, client, transaction, application, deadline_ms, estimate_ms",
                        "Client info helios.waited_ms is ignored: it can be read only, by getClientInfo");

        attributes.clientInfo("helios.client", null);
        assertThat(attributes.current().client()).isEqualTo("anna");
    }

    @Test
    void whatIsNoNameForgesNoLineOfTheLogAndIsNotKeptWhole() {
        List<String> complaints = new ArrayList<>();
        SessionAttributes attributes = new SessionAttributes("app", "u".repeat(300), each -> each, complaints::add);
        assertThat(attributes.current().application()).isEqualTo("u".repeat(255) + "\u2026");
        String forged = "x\nWARN all is lost " + "x".repeat(100_000);

        attributes.clientInfo("helios.tenant", forged);
        attributes.clientInfo("helios." + forged, "y");
        attributes.clientInfo("ApplicationName", forged);
        attributes.clientInfo("ClientUser", "an\nna");
        attributes.schema(forged);

        assertThat(attributes.current().application()).startsWith("x?WARN").hasSize(256);
        assertThat(attributes.current().client()).isEqualTo("an?na");
        assertThat(attributes.current().schema()).hasSize(256);
        attributes.applicationName("a".repeat(254) + "\ud83d\ude00" + "b".repeat(9));
        assertThat(attributes.current().application()).isEqualTo("a".repeat(254) + "\u2026");
        attributes.resetApplicationName();
        assertThat(attributes.current().application()).startsWith("uu");
        assertThat(complaints)
                .hasSize(7)
                .allSatisfy(each -> assertThat(each).hasSizeLessThan(250).doesNotContain("\n"));
    }

    @Test
    void setApplicationNameIsRead() throws Exception {
        ManagedSession session = open(Map.of());
        run(session, "SET application_name = 'psql'", null);
        run(session, "SET application_name = 'never'", new SQLException("refused"));
        session.before(this, session.profile(UPDATE), 0);

        assertThat(session.manager().requests())
                .extracting(RequestStatus::application)
                .containsExactly("psql");
    }

    @Test
    void whatFollowsAChainedCommitInTheSameTextHoldsLocksAndKeepsTheSlot() throws Exception {
        ManagedSession session = open(Map.of());
        run(session, "BEGIN", null);
        run(session, UPDATE, null);

        run(session, "COMMIT; BEGIN; " + UPDATE, null);
        assertThat(states(session)).containsExactly(State.IDLE_IN_TRANSACTION);
        run(session, "COMMIT AND CHAIN", null);
        assertThat(states(session)).isEmpty();
        run(session, UPDATE, null);
        assertThat(states(session)).containsExactly(State.IDLE_IN_TRANSACTION);
        run(session, "ROLLBACK", null);
        run(session, UPDATE, null);

        assertThat(states(session)).isEmpty();
    }

    @Test
    void whatFollowsACommitInTheSameTextHoldsLocksWithoutAutocommitOnly() throws Exception {
        ManagedSession session = open(Map.of());
        run(session, "BEGIN", null);
        run(session, "COMMIT; " + UPDATE, null);
        assertThat(states(session)).isEmpty();
        session.autoCommit(false);

        run(session, "COMMIT; " + UPDATE, null);
        assertThat(states(session)).containsExactly(State.IDLE_IN_TRANSACTION);
        run(session, UPDATE + "; COMMIT", null);

        assertThat(states(session)).isEmpty();
    }

    @Test
    void aBeginThatTheDatabaseRefusedOpensNothing() throws Exception {
        ManagedSession session = open(Map.of());
        run(session, "BEGIN", new SQLException("no"));
        run(session, UPDATE, null);

        assertThat(states(session)).isEmpty();
    }

    @Test
    void connectionsThatSayTheSameShareTheirAttributes() throws Exception {
        ManagedSession first = open(Map.of());
        ManagedSession second = open(Map.of());
        StatementProfile profile = first.profile(UPDATE);
        run(first, UPDATE, null);
        run(second, UPDATE, null);

        assertThat(second.profile(UPDATE)).isSameAs(profile);
        assertThat(load(first, "medium").transactions()).isEqualTo(2);
    }

    @Test
    void aSettlementIsLoggedWhenItsIntervalHasEnded() throws Exception {
        ManagedSession session = open(Map.of());
        run(session, UPDATE, null);
        List<String> messages;
        try (Log log = new Log(WorkloadManager.class.getName())) {
            today = today.plus(Duration.ofDays(40));
            assertThat(load(session, "medium").transactions()).isZero();
            messages = log.messages();
        }

        assertThat(messages)
                .anySatisfy(message -> assertThat(message)
                        .startsWith("INFO Settled medium from ")
                        .contains(": 1 transactions, 0 late, conformance 1.0; promised: 90.0 percent within PT5S; 0")
                        .endsWith("; due 0 USD"));
    }

    @Test
    void aDecisionIsLoggedOncePerConnectionAndStatement() throws Exception {
        ManagedSession session =
                open(Map.of("observability.log_routing_decisions", "true", "observability.log_level", "warn"));
        try (Log log = new Log("io.heliosjdbc.decisions")) {
            run(session, "UPDATE stock SET secret = 'x' WHERE id = 7", null);
            run(session, "UPDATE stock SET secret = 'y' WHERE id = 7", null);
            run(session, "UPDATE stock SET secret = 'y' WHERE id = 7", null);

            assertThat(log.messages())
                    .hasSize(2)
                    .allSatisfy(message -> assertThat(message)
                            .startsWith("WARN class fast_lane, user load medium: ")
                            .endsWith(": UPDATE stock SET secret = ? WHERE id = ?"));
        }
    }

    @Test
    void decisionsAreNotLoggedUnlessAskedFor() throws Exception {
        ManagedSession session = open(Map.of());
        try (Log log = new Log("io.heliosjdbc.decisions")) {
            run(session, UPDATE, null);

            assertThat(log.messages()).isEmpty();
        }
    }

    @Test
    void anAgreementThatHasExpiredNoLongerApplies(@TempDir Path directory) throws Exception {
        Map<String, String> settings = expiring(directory);
        ManagedSession before = open(settings);
        run(before, "/* load='back-office' */ " + UPDATE, null);
        assertThat(load(before, "back-office").transactions()).isEqualTo(1);
        before.close();
        registry.closeIdle();

        today = Instant.parse("2026-03-15T00:00:00Z");
        ManagedSession after = open(settings);
        run(after, "/* load='back-office' */ " + UPDATE, null);
        assertThat(load(after, "back-office").transactions()).isZero();
        assertThat(load(after, "default").transactions()).isEqualTo(1);
    }

    @Test
    void anAgreementEndsWhenItExpiresThoughTheManagerIsOpen(@TempDir Path directory) throws Exception {
        ManagedSession session = open(expiring(directory));
        String sql = "/* load='back-office' */ " + UPDATE;
        run(session, sql, null);
        registry.expireAgreements();
        run(session, sql, null);
        assertThat(load(session, "back-office").transactions()).isEqualTo(2);

        try (Log log = new Log("io.heliosjdbc.driver.manager.WorkloadManager")) {
            // From now on the registry's own thread may notice it, too.
            today = Instant.parse("2026-03-15T00:00:00Z");
            registry.expireAgreements();
            registry.expireAgreements();

            assertThat(log.messages())
                    .containsOnlyOnce(
                            "WARN Agreement back-office expired at 2026-03-15T00:00:00Z and no longer applies",
                            "WARN User load back-office is no longer agreed: its accounts (1) are settled by the terms they"
                                    + " were kept under, and closed");
        }
        run(session, sql, null);
        assertThat(load(session, "back-office").transactions()).isZero();
        assertThat(load(session, "default").transactions()).isEqualTo(1);
    }

    @Test
    @Timeout(60)
    void itIsNoticedThoughNoStatementComes(@TempDir Path directory) throws Exception {
        Registry watched = new Registry(System::nanoTime, () -> today);
        today = Instant.parse("2026-03-14T23:59:59.95Z");
        ManagedSession session = watched.open("jdbc:test:one", expiring(directory), "app", null);
        run(session, "/* load='back-office' */ " + UPDATE, null);
        assertThat(load(session, "back-office").transactions()).isEqualTo(1);

        today = Instant.parse("2026-03-15T00:00:00Z");
        while (load(session, "back-office").transactions() > 0) {
            Thread.onSpinWait();
        }
        session.close();
        watched.closeIdle();
    }

    private static Map<String, String> expiring(Path directory) throws IOException {
        String agreement = new String(
                        Objects.requireNonNull(ManagedSessionTest.class.getResourceAsStream(
                                        "/configuration/agreements/back-office.xml"))
                                .readAllBytes(),
                        StandardCharsets.UTF_8)
                .replace("<Context/>", "<Context><ExpirationTime>2026-03-15T00:00:00Z</ExpirationTime></Context>");
        return Map.of(
                "agreements",
                Files.writeString(directory.resolve("a.xml"), agreement).toString());
    }

    @Test
    void loadsTellWhichObjectivesAreNotKept(@TempDir Path directory) throws Exception {
        String agreement = Files.readString(Path.of(expiring(directory).get("agreements")))
                .replaceFirst("<Context>.*</Context>", "<Context/>")
                .replaceFirst("responseTime=\"[^\"]*\"", "responseTime=\"PT0.000000001S\"")
                .replace(
                        "</ServiceLevelObjective>",
                        "<AverageResponseTimeObjective max=\"PT0.000000001S\"/></ServiceLevelObjective>");
        Path file = Files.writeString(directory.resolve("strict.xml"), agreement);
        AtomicLong clock = new AtomicLong();
        ManagedSession session = ManualRegistry.of(clock, () -> today)
                .open("jdbc:test:one", Map.of("agreements", file.toString()), "app", null);
        assertThat(load(session, "back-office").unkept()).isNull();

        StatementProfile profile = session.profile("/* load='back-office' */ " + UPDATE);
        session.before(session, profile, 0);
        clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
        session.after(session, profile, null);

        LoadStatus load = load(session, "back-office");
        assertThat(load.unkept()).isEqualTo("percentile, average response time");
        assertThat(load.averageMillis()).isPositive();
    }

    @Test
    void explainSaysWhereAStatementWouldGo() throws Exception {
        ManagedSession session = open(Map.of());
        Map<String, String> properties = new HashMap<>();
        try (ResultSet answer = session.answer(
                session.profile("EXPLAIN HELIOS /* priority=high */ SELECT * FROM stock WHERE id = 7"))) {
            assertThat(answer).isNotNull();
            while (answer != null && answer.next()) {
                properties.put(answer.getString("property"), String.valueOf(answer.getString("value")));
            }
        }

        assertThat(properties)
                .containsEntry("service_class", "fast_lane")
                .containsEntry("user_load", "high")
                .containsEntry("priority", "high")
                .containsEntry("conformance", "1")
                .containsKeys("reason", "penalty", "features");
    }

    @Test
    void theDatabasesStatementsAreNotAnswered() throws Exception {
        ManagedSession session = open(Map.of());

        assertThat(session.answer(session.profile(UPDATE))).isNull();
    }

    /** What a logger is told while this is open. */
    private static final class Log implements AutoCloseable {
        private final Logger logger;
        private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

        Log(String name) {
            logger = (Logger) LoggerFactory.getLogger(name);
            appender.start();
            logger.addAppender(appender);
            logger.setLevel(Level.TRACE);
        }

        List<String> messages() {
            return appender.list.stream()
                    .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                    .toList();
        }

        @Override
        public void close() {
            logger.detachAppender(appender);
            logger.setLevel(null);
        }
    }

    private ManagedSession open(Map<String, String> settings) throws SQLException {
        return registry.open("jdbc:test:one", settings, "app", null);
    }

    /** A session whose open transaction holds the only slot of {@code fast_lane}; another thread has begun it. */
    private ManagedSession holder(Map<String, String> settings) throws Exception {
        Map<String, String> all = new HashMap<>(settings);
        all.put("fast_lane.max_concurrency", "1");
        all.putIfAbsent("idle_in_transaction_lend_ms", "0");
        ManagedSession session = open(all);
        session.autoCommit(false);
        get(inBackground(() -> {
            run(session, UPDATE, null);
            return true;
        }));
        return session;
    }

    private static void run(ManagedSession session, String sql, @Nullable Exception failure) throws SQLException {
        StatementProfile profile = session.profile(sql);
        session.before(session, profile, 0);
        session.after(session, profile, failure);
    }

    private static ServiceClassStatus fastLane(ManagedSession session) {
        return session.manager().classes().stream()
                .filter(each -> each.name().equals("fast_lane"))
                .findFirst()
                .orElseThrow();
    }

    private static LoadStatus load(ManagedSession session, String name) {
        return session.manager().loads().stream()
                .filter(each -> each.userLoad().equals(name))
                .findFirst()
                .orElse(new LoadStatus(name, null, 0, 0, 1, 0, 0, 0, null, null, null, null));
    }

    private static Iterable<State> states(ManagedSession session) {
        return session.manager().requests().stream().map(RequestStatus::state).toList();
    }

    private static RequestStatus queued(ManagedSession session) {
        return session.manager().requests().stream()
                .filter(each -> each.state() == State.QUEUED)
                .findFirst()
                .orElseThrow();
    }

    private static void awaitQueued(ManagedSession session, int count) {
        await(() -> fastLane(session).queued() == count);
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
        }
    }

    private static <T> FutureTask<T> inBackground(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private static <T> T get(FutureTask<T> task) throws Exception {
        try {
            return task.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw (Exception) failed.getCause();
        }
    }
}
