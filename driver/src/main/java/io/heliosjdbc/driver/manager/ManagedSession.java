package io.heliosjdbc.driver.manager;

import io.heliosjdbc.classifier.Attributes;
import io.heliosjdbc.classifier.StatementProfile;
import io.heliosjdbc.classifier.statement.StatementKind;
import io.heliosjdbc.classifier.statement.TransactionEffect;
import io.heliosjdbc.driver.admin.ConnectionStatus;
import io.heliosjdbc.driver.admin.Explanation;
import io.heliosjdbc.driver.admin.RequestStatus;
import io.heliosjdbc.driver.engine.ConnectionSource;
import io.heliosjdbc.driver.late.BindingStatus;
import io.heliosjdbc.driver.late.LateConnection;
import io.heliosjdbc.driver.late.PhysicalPools;
import io.heliosjdbc.scheduler.Admission;
import io.heliosjdbc.scheduler.Ending;
import io.heliosjdbc.scheduler.Request;
import io.heliosjdbc.slo.Settlement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One connection's transaction and its slot. Thread-safe: a connection has one slot at most, and statements that several
 * threads run on it at once share it; while the first of them asks for the slot, the others wait for its answer.
 *
 * <p>The session's lock guards the fields below it. It is never held while a thread waits for a slot or the database
 * works. The scheduler's lock may be taken while it is held, never the other way round.
 */
final class ManagedSession implements Session {
    /** What the connection has to do with slots. */
    private enum Phase {
        IDLE,
        ASKING,
        HOLDING
    }

    /** Three years; what is longer would leave the range of the clock. */
    private static final int LONGEST_TIMEOUT_SECONDS = 100_000_000;

    private static final long UNMEASURED = -1;

    private final WorkloadManager manager;
    private final Ledger ledger;
    private final long number;
    private final Request request;
    private final SessionAttributes attributes;
    private final PlanCache plans;

    private final ReentrantLock lock = new ReentrantLock();
    private final Turns turns;
    private final TransactionState transaction = new TransactionState();
    private Phase phase = Phase.IDLE;
    /** Whether the wait is to end, though the slot may have been granted meanwhile. */
    private boolean cancelled;
    /**
     * The statement that asks, or that runs in the slot; of several ones the first. Not kept longer, nor by the request: a statement leads to
     * its connection's wrapper, and an open transaction must not keep alive what the application has dropped.
     */
    private @Nullable Object first;
    /** The plan of the open transaction, or of the request for a slot. */
    private @Nullable Plan plan;
    /** What the request says; null where it says something else. */
    private @Nullable Plan prepared;

    /** The plan of the statement that runs. */
    private @Nullable Plan running;

    /** The query timeout of {@link #first}, in seconds. */
    private int queryTimeout;

    private int runningStatements;
    private boolean lastFailed;
    private volatile boolean gone;
    /** Whether the last wait was ended by an abort. */
    private volatile boolean aborted;

    /** The logical connection, where connections are bound late. */
    private volatile @Nullable LateConnection late;

    private long arrivedAt;
    private long startedAt;
    private long waitedNanos;
    /** Where the wait of the statement that runs is counted when it has ended; null where it did not wait. */
    private @Nullable Tally waitedIn;

    private final TransactionWait wait = new TransactionWait();

    ManagedSession(WorkloadManager manager, long number, SessionAttributes attributes) {
        this.manager = manager;
        this.ledger = manager.ledger();
        this.number = number;
        this.attributes = attributes;
        this.request = new Request(this);
        this.plans = new PlanCache(manager.planner()::plan);
        this.turns = new Turns(lock.newCondition(), manager::now);
    }

    @Override
    public @Nullable Connection bindLate(ConnectionSource connections, Object key) throws SQLException {
        PhysicalPools pools = manager.physicalPools();
        if (pools == null) {
            return null;
        }
        LateConnection opened =
                pools.open(connections, key, attributes.current().user(), this::profile);
        late = opened;
        return opened;
    }

    /** What the connection has to do with a physical one. */
    ConnectionStatus connection() {
        LateConnection logical = late;
        Attributes who = attributes.current();
        BindingStatus status = logical == null ? new BindingStatus("direct", null, 0) : logical.status();
        return new ConnectionStatus(
                number,
                status.state(),
                status.reason(),
                status.nanos(),
                logical == null ? null : logical.pool(),
                who.user(),
                who.application(),
                who.client());
    }

    WorkloadManager manager() {
        return manager;
    }

    @Override
    public StatementProfile profile(String sql) {
        return manager.profile(sql);
    }

    @Override
    public @Nullable ResultSet answer(StatementProfile profile) throws SQLException {
        return switch (profile.kind()) {
            case SHOW_HELIOS -> manager.admin().show(adminText(profile));
            case EXPLAIN_HELIOS -> manager.admin().explain(adminText(profile), this::explain);
            default -> null;
        };
    }

    private static String adminText(StatementProfile profile) {
        String text = profile.adminText();
        return text == null ? "" : text;
    }

    /** Null for what goes around the queue. */
    private @Nullable Explanation explain(String sql) {
        Rules rules = manager.rules();
        StatementProfile profile = rules.classifier().profile(sql);
        if (profile.kind() != StatementKind.WORK) {
            return null;
        }
        return manager.explainer().explain(rules, profile, attributes.current(), transaction.isOpen(), withoutAsking());
    }

    /** Why a statement would be admitted though the scheduler was not asked; null where it would be. */
    private @Nullable String withoutAsking() {
        if (!manager.enabled()) {
            return "admitted: enabled = false";
        }
        lock.lock();
        try {
            return phase == Phase.HOLDING ? "admitted: its transaction holds a slot" : null;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long before(Object statement, StatementProfile profile, int queryTimeoutSeconds) throws SQLException {
        if (!manager.enabled() || profile.kind() != StatementKind.WORK) {
            return 0;
        }
        long arrival = manager.now();
        long giveUpAt = queryTimeoutSeconds <= 0
                ? Long.MAX_VALUE
                : arrival + TimeUnit.SECONDS.toNanos(Math.min(queryTimeoutSeconds, LONGEST_TIMEOUT_SECONDS));
        Rules rules = manager.rules();
        Plan wanted = plans.plan(
                rules, profile, rules.classifier().classify(profile, attributes.current(), transaction.isOpen()));
        Admission answer;
        HeldUp heldUp;
        int queueDepth;
        lock.lock();
        try {
            long at = arrival;
            if (phase == Phase.ASKING) {
                Admission shared = turns.await(statement, giveUpAt, () -> phase == Phase.ASKING);
                at = manager.now();
                if (shared != Admission.GRANTED) {
                    throw refused(shared, false, wanted, profile, HeldUp.of(request), 0, at - arrival);
                }
            }
            if (phase == Phase.HOLDING) {
                join(statement, wanted, queryTimeoutSeconds, at);
                return at - arrival;
            }
            // It is for the vendor to refuse. Only where nothing runs: else it would end in place of what does.
            if (gone) {
                return 0;
            }
            wait.asks(transaction.isOpen(), waitedForConnections());
            answer = ask(wanted, at);
            queueDepth = request.queueDepth();
            if (answer == null) {
                phase = Phase.ASKING;
                cancelled = false;
                aborted = false;
            }
            if (answer == null || answer == Admission.GRANTED) {
                first = statement;
                queryTimeout = queryTimeoutSeconds;
                plan = wanted;
                arrivedAt = arrival;
            }
            if (answer == Admission.GRANTED) {
                hold(wanted, 0, at);
                return at - arrival;
            }
            heldUp = HeldUp.of(request);
        } finally {
            lock.unlock();
        }
        if (answer != null) {
            throw refused(answer, true, wanted, profile, heldUp, queueDepth, 0);
        }
        return await(wanted, profile, giveUpAt);
    }

    @Override
    public long waitedNanos() {
        if (!manager.enabled()) {
            return 0;
        }
        lock.lock();
        try {
            return wait.nanos(waitedForConnections());
        } finally {
            lock.unlock();
        }
    }

    private long waitedForConnections() {
        LateConnection logical = late;
        return logical == null ? 0 : logical.waitedNanos();
    }

    /** A further statement of the transaction: it never waits, for others may wait for locks that it holds. */
    private void join(Object statement, Plan wanted, int queryTimeoutSeconds, long now) {
        if (runningStatements == 0) {
            request.countIn(wanted.tally().counts());
            manager.scheduler().resume(request, wanted.requestType(), now);
            prepared = null;
            first = statement;
            queryTimeout = queryTimeoutSeconds;
            running = wanted;
            startedAt = now;
            waitedNanos = 0;
        }
        runningStatements++;
    }

    /** Asks for the slot; null where the request is queued. Under the session's lock, so that a cancel finds it queued or not asking. */
    @SuppressWarnings("ReferenceEquality")
    private @Nullable Admission ask(Plan wanted, long now) {
        if (prepared != wanted) {
            request.prepare(
                    wanted.serviceClass(),
                    wanted.account(),
                    wanted.transactionType(),
                    wanted.requestType(),
                    wanted.estimatedCost(),
                    wanted.deadlineNanos(),
                    wanted.tier());
            prepared = wanted;
        }
        request.countIn(wanted.tally().counts());
        boolean asked = false;
        try {
            Admission answer = manager.scheduler().submit(request, now);
            asked = true;
            return answer;
        } finally {
            if (!asked) {
                prepared = null;
                giveBack(now);
            }
        }
    }

    /** Neither waits nor holds a slot from here on: something was thrown before its statement could run. */
    private void giveBack(long now) {
        try {
            boolean unused = manager.scheduler().cancel(request);
            manager.scheduler().release(request, Ending.UNUSED, now);
        } finally {
            forgetSlot();
        }
    }

    /** The slot is held, and the statement runs in it. */
    private void hold(Plan wanted, long waited, long now) {
        phase = Phase.HOLDING;
        runningStatements = 1;
        lastFailed = false;
        running = wanted;
        waitedNanos = waited;
        startedAt = now;
        boolean told = false;
        try {
            LateConnection logical = late;
            if (logical != null) {
                logical.prefers(wanted.serviceClass().name());
            }
            if (waited > 0) {
                waitedIn = wanted.tally();
                wanted.meters().waited(waited);
            }
            told = true;
        } finally {
            if (!told) {
                giveBack(now);
            }
        }
    }

    private long await(Plan wanted, StatementProfile profile, long giveUpAt) throws SQLException {
        Admission admission;
        HeldUp heldUp;
        int queueDepth;
        long waited;
        boolean answered = false;
        try {
            admission = answer(giveUpAt);
            // Read before the answer is settled; afterwards another thread may ask with the same request.
            heldUp = HeldUp.of(request);
            queueDepth = request.queueDepth();
            waited = request.waitedNanos();
            answered = true;
        } finally {
            if (!answered) {
                boolean unused = manager.scheduler().cancel(request);
                settle(Admission.CANCELLED, wanted);
            }
        }
        if (!settle(admission, wanted)) {
            throw refused(admission, true, wanted, profile, heldUp, queueDepth, waited);
        }
        return waited;
    }

    @Override
    public void fetches(boolean begins) {
        request.fetches(begins, manager.now());
    }

    /** Waits for the scheduler's answer. */
    private Admission answer(long giveUpAt) {
        LateConnection logical = late;
        if (logical == null || !logical.isBound()) {
            return manager.scheduler().await(request, giveUpAt);
        }
        try {
            manager.boundWaiters().add(request, logical.supply());
            return manager.scheduler().await(request, giveUpAt);
        } finally {
            manager.boundWaiters().remove(request);
        }
    }

    /** Takes the scheduler's answer in; whether the statement may run. Where it may not, a slot that was granted all the same goes back. */
    private boolean settle(Admission admission, Plan wanted) {
        lock.lock();
        try {
            long now = manager.now();
            boolean runs = admission == Admission.GRANTED && !cancelled && !gone;
            wait.waited(request.waitedNanos());
            if (runs) {
                hold(wanted, request.waitedNanos(), now);
            } else {
                manager.scheduler().release(request, Ending.UNUSED, now);
                forgetSlot();
            }
            return runs;
        } finally {
            turns.wake();
            lock.unlock();
            leaveManager();
        }
    }

    /**
     * Where the slot was granted, it was so too late.
     *
     * @param asked whether the statement has asked for its transaction, or has shared the wait of another one
     */
    private SQLException refused(
            Admission answer,
            boolean asked,
            Plan wanted,
            StatementProfile profile,
            HeldUp heldUp,
            int queueDepth,
            long waited) {
        if (answer == Admission.INTERRUPTED) {
            Thread.currentThread().interrupt();
        }
        ledger.notAdmitted(answer, asked, manager.now(), number, attributes.current(), wanted, profile, heldUp, waited);
        Admission admission = answer == Admission.GRANTED ? Admission.CANCELLED : answer;
        return Refusals.of(
                admission,
                wanted.classification(),
                profile.traceparent(),
                Limits.of(wanted.configuration(), wanted.classification().serviceClass())
                        .exceeded(admission, wanted.estimatedCost(), heldUp.by()),
                queueDepth,
                waited,
                gone || aborted);
    }

    @Override
    public void after(Object statement, StatementProfile profile, @Nullable Throwable failure) {
        if (failure == null) {
            takeApplicationName(profile);
            takeSchema(profile);
        }
        if (!manager.enabled()) {
            return;
        }
        boolean work = profile.kind() == StatementKind.WORK;
        TransactionEffect effect = profile.transactionEffect();
        if (!work && effect == TransactionEffect.NONE) {
            return;
        }
        long now = manager.now();
        long executed = UNMEASURED;
        lock.lock();
        try {
            Plan ran = running;
            if (work) {
                executed = ended(statement, failure, now);
            } else {
                lastFailed |= failure != null;
            }
            boolean over = !transaction.isOpenAfter(effect, work, failure);
            transaction.executed(effect, failure);
            wait.executed(work, over, waitedForConnections());
            if (phase == Phase.HOLDING && runningStatements == 0) {
                Tally waiting = waitedIn;
                waitedIn = null;
                Ending ending = over || gone ? lastFailed || gone ? Ending.ABANDONED : Ending.COMPLETED : null;
                try {
                    writeDown(executed == UNMEASURED ? null : ran, executed, ending, now);
                } finally {
                    if (ending != null) {
                        release(ending, now);
                    } else if (work) {
                        manager.scheduler().pause(request, now);
                    }
                    if (waiting != null) {
                        waiting.waited(waitedNanos);
                    }
                }
            }
            if (ran != null && executed != UNMEASURED) {
                ledger.executed(
                        startedAt,
                        number,
                        attributes.current(),
                        ran,
                        profile,
                        waitedNanos,
                        waitedNanos > 0 ? HeldUp.of(request) : null,
                        executed,
                        failure != null);
            }
        } finally {
            lock.unlock();
            leaveManager();
        }
        if (executed != UNMEASURED && failure == null && !profile.isBatch()) {
            manager.executed(profile, executed);
        }
    }

    private void takeApplicationName(StatementProfile profile) {
        String application = profile.applicationName();
        if (application == null && !profile.resetsApplicationName()) {
            return;
        }
        lock.lock();
        try {
            if (application != null) {
                attributes.applicationName(application);
            } else {
                attributes.resetApplicationName();
            }
        } finally {
            lock.unlock();
        }
    }

    private void takeSchema(StatementProfile profile) {
        if (profile.schema() != null) {
            schema(profile.schema());
        }
    }

    @Override
    public void schema(@Nullable String name) {
        lock.lock();
        try {
            attributes.schema(name);
        } finally {
            lock.unlock();
        }
    }

    /** Answers how long the statement took in the database, where it is the one that is measured. */
    private long ended(Object statement, @Nullable Throwable failure, long now) {
        if (runningStatements > 0) {
            runningStatements--;
        }
        lastFailed = failure != null;
        Plan ran = running;
        boolean isFirst = first == statement;
        if (runningStatements == 0) {
            first = null;
            request.failed(lastFailed);
            if (isTimeout(failure, now)) {
                request.timedOut();
            }
        }
        if (ran == null || !isFirst) {
            return UNMEASURED;
        }
        running = null;
        return Math.max(0, now - startedAt);
    }

    /** Whether the failure is that of the query timeout, which vendors call by many names, or of any that the vendor calls one. */
    private boolean isTimeout(@Nullable Throwable failure, long now) {
        return failure instanceof SQLTimeoutException
                || (failure != null
                        && queryTimeout > 0
                        && now - startedAt + waitedNanos >= TimeUnit.SECONDS.toNanos(queryTimeout));
    }

    /**
     * In a dry run, for the forecast.
     *
     * @param ran the statement that has ended; null for the end of its transaction alone
     */
    private void writeDown(@Nullable Plan ran, long executed, @Nullable Ending ending, long now) {
        if (ran != null) {
            ledger.writeDown(ran, number, request.sender(), startedAt, executed, queryTimeout, ending);
        } else if (ending != null) {
            ledger.writeDown(plan, number, request.sender(), ending, now);
        }
    }

    /** What belongs to the slot comes first; a log or a meter that throws does not keep it. */
    private void release(Ending ending, long now) {
        Plan ended = plan;
        List<Settlement> settlements = List.of();
        try {
            if (!gone) {
                // Else it may be the cleaner of a stopped application, whose loader is closed and gives no class that
                // was not used yet.
                settlements = ledger.takeDue(now);
            }
        } finally {
            try {
                manager.scheduler().release(request, ending, now);
            } finally {
                forgetSlot();
            }
        }
        ledger.transactionEnded(ended, ending, request.responseNanos(), settlements);
    }

    private void forgetSlot() {
        phase = Phase.IDLE;
        first = null;
        plan = null;
        running = null;
        waitedIn = null;
        runningStatements = 0;
    }

    @Override
    public boolean cancel(Object statement) {
        lock.lock();
        try {
            if (turns.cancel(statement)) {
                return true;
            }
            if (phase != Phase.ASKING || first != statement) {
                return false;
            }
            endWait();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the wait; where the slot was granted a moment before, its thread finds that it is not wanted any more. */
    private void endWait() {
        cancelled = true;
        manager.scheduler().cancel(request);
    }

    @Override
    public void abort() {
        lock.lock();
        try {
            aborted = true;
            endWaits();
        } finally {
            lock.unlock();
        }
    }

    private void endWaits() {
        turns.cancelAll();
        if (phase == Phase.ASKING) {
            endWait();
        }
    }

    @Override
    public void close() {
        LateConnection logical = late;
        if (logical != null) {
            // Closed already, unless it was dropped.
            logical.drop();
        }
        leave();
    }

    /** Gives everything back; what still runs in another thread is still in the database, and gives its slot back when it ends. */
    private void leave() {
        lock.lock();
        try {
            gone = true;
            endWaits();
            if (phase == Phase.HOLDING && runningStatements == 0) {
                end(Ending.ABANDONED);
            } else if (phase == Phase.HOLDING) {
                manager.scheduler().disown(request);
            }
        } finally {
            lock.unlock();
            leaveManager();
        }
    }

    /**
     * A connection that is gone stays with its manager until it neither waits for a slot nor holds one: that is to be seen, and a manager that closed
     * would leave its successor to give the slot to somebody else. Not under the lock, for a manager may close with its last session.
     */
    private void leaveManager() {
        if (!gone) {
            return;
        }
        boolean leaves;
        lock.lock();
        try {
            leaves = phase == Phase.IDLE;
        } finally {
            lock.unlock();
        }
        if (leaves) {
            manager.left(this);
        }
    }

    @Override
    public void autoCommit(boolean on) {
        lock.lock();
        try {
            if (transaction.autoCommit(on)) {
                endTransaction();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void transactionEnded(@Nullable Throwable failure) {
        lock.lock();
        try {
            if (failure != null && transaction.isAutoCommit()) {
                // Most drivers refuse it then: nothing has ended, not even what a text has begun.
                return;
            }
            lastFailed |= failure != null;
            endTransaction();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void commitFailed() {
        lock.lock();
        try {
            lastFailed |= !transaction.isAutoCommit();
        } finally {
            lock.unlock();
        }
    }

    /**
     * What another thread executes keeps the slot: it may be in the next transaction and hold locks, and what follows must not queue. Under
     * autocommit it gives the slot back when it ends.
     */
    private void endTransaction() {
        transaction.ended();
        wait.ended(waitedForConnections());
        if (phase == Phase.HOLDING && runningStatements == 0) {
            end(lastFailed ? Ending.ABANDONED : Ending.COMPLETED);
        }
    }

    private void end(Ending ending) {
        long now = manager.now();
        try {
            writeDown(null, 0, ending, now);
        } finally {
            release(ending, now);
        }
    }

    @Override
    public boolean clientInfo(String name, @Nullable String value) {
        lock.lock();
        try {
            return attributes.clientInfo(name, value);
        } finally {
            lock.unlock();
        }
    }

    /** What it is doing, or null where it neither waits for a slot nor holds one. */
    @Nullable
    RequestStatus status(long now) {
        lock.lock();
        try {
            Plan of = plan;
            if (phase == Phase.IDLE || of == null) {
                return null;
            }
            RequestStatus.State state = phase == Phase.ASKING
                    ? RequestStatus.State.QUEUED
                    : gone
                            ? RequestStatus.State.CLOSED
                            : runningStatements > 0
                                    ? RequestStatus.State.RUNNING
                                    : RequestStatus.State.IDLE_IN_TRANSACTION;
            Plan shown = running != null ? running : of;
            return new RequestStatus(
                    number,
                    state,
                    of.serviceClass().name(),
                    of.classification().userLoad().name(),
                    attributes.current().user(),
                    attributes.current().application(),
                    attributes.current().client(),
                    Math.max(0, now - arrivedAt),
                    shown.classification().priority().name().toLowerCase(Locale.ROOT),
                    Refusals.shortened(shown.classification().template()));
        } finally {
            lock.unlock();
        }
    }

    /** Names the connection for the administrator. */
    @Override
    public String toString() {
        return "connection " + number;
    }
}
