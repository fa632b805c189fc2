package io.heliosjdbc.scheduler;

import io.heliosjdbc.slo.RequestType;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The blocking adapter around the deterministic core: one lock, threads that wait, and a timekeeper. Thread-safe; the lock
 * story is {@code docs/locking.md}.
 *
 * <p>A transaction's life: {@link #submit}, and {@link #await} where that has not answered, for its first statement, {@link #pause} when a statement has ended and the
 * transaction stays open, {@link #resume} before its next statement, {@link #release} at its end.
 */
public final class WorkloadScheduler implements AutoCloseable {
    private final BriefLock lock = new BriefLock();
    private final LongSupplier clock;
    private final SchedulerCore core;
    private final Timekeeper timekeeper;
    /** The core's time. */
    private long latest;

    private boolean closed;

    /**
     * A scheduler with nothing queued or running.
     *
     * @param clock a monotonic clock in nanoseconds, {@link System#nanoTime} outside tests
     */
    public WorkloadScheduler(SchedulerSettings settings, LongSupplier clock) {
        this.clock = clock;
        this.latest = clock.getAsLong();
        this.core = new SchedulerCore(settings);
        this.timekeeper = new Timekeeper(clock, this::advance);
    }

    /** Likewise, with a timekeeper's threads of one's own; for tests. */
    WorkloadScheduler(SchedulerSettings settings, LongSupplier clock, ThreadFactory threads) {
        this.clock = clock;
        this.latest = clock.getAsLong();
        this.core = new SchedulerCore(settings);
        this.timekeeper = new Timekeeper(clock, this::advance, threads);
    }

    /** The class of that name, or null. */
    public @Nullable ServiceClass serviceClass(String name) {
        lock.lock();
        try {
            return core.serviceClass(name);
        } finally {
            lock.unlock();
        }
    }

    /** The tier of that name; the standard one where there is none. */
    public Tier tier(String name) {
        lock.lock();
        try {
            return core.tier(name);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Asks for a slot, and waits until the prepared request holds one, or until it is refused or gives up: {@link #submit} and
     * {@link #await} in one.
     *
     * @param giveUpAt the instant at which the statement's own query timeout passes, {@link Long#MAX_VALUE} for never
     * @return {@link Admission#GRANTED}, or why not; then it is as if the request had never come. After
     *     {@link Admission#INTERRUPTED} the thread's interrupt status is cleared
     */
    public Admission acquire(Request request, long giveUpAt) {
        Admission answer = submit(request, clock.getAsLong());
        return answer != null ? answer : await(request, giveUpAt);
    }

    /**
     * Asks for a slot without waiting. A thread that already holds a slot of this scheduler is granted one at once.
     *
     * @param now an instant of the scheduler's clock that the caller has just read; so likewise below
     * @return {@link Admission#GRANTED}, or a refusal, or null where the request is queued: then {@link #await} follows
     */
    public @Nullable Admission submit(Request request, long now) {
        Thread self = Thread.currentThread();
        lock.lock();
        try {
            if (closed) {
                return Admission.CANCELLED;
            }
            request.thread = self.getId();
            long arrival = notBackwards(now);
            request.heldBackNanos = arrival - now;
            Admission answer = core.submit(request, arrival);
            request.waiter = answer == null ? self : null;
            return answer;
        } finally {
            timekeeper.noLaterThan(unlockAndWake());
        }
    }

    /** What would become of a prepared request if this thread asked for a slot with it now. Nothing changes. */
    public Prospect foresee(Request request) {
        lock.lock();
        try {
            request.thread = Thread.currentThread().getId();
            return core.foresee(request, notBackwards(clock.getAsLong()));
        } finally {
            lock.unlock();
        }
    }

    /** Who came first with an earlier instant may get the lock later; the core's time does not run backwards. */
    private long notBackwards(long now) {
        if (now - latest > 0) {
            latest = now;
        }
        return latest;
    }

    /**
     * Sleeps until a queued request has its answer. The waiter keeps its own time: nobody needs to look for its timeouts. Returns what
     * {@link #acquire} does.
     */
    public Admission await(Request request, long giveUpAt) {
        long until = Math.min(giveUpAt, request.queueDeadline);
        boolean interrupted = false;
        Admission answer = request.answer;
        while (answer == null) {
            long left = until == Long.MAX_VALUE ? Long.MAX_VALUE : until - clock.getAsLong();
            if (Thread.interrupted()) {
                interrupted = true;
                giveUp(request, Admission.INTERRUPTED);
            } else if (left <= 0) {
                giveUp(request, giveUpAt <= request.queueDeadline ? Admission.QUERY_TIMEOUT : Admission.QUEUE_TIMEOUT);
            } else if (until == Long.MAX_VALUE) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, left);
            }
            answer = request.answer;
        }
        // Whoever decided may wake it still, or finds nobody: it is awake.
        request.waiter = null;
        if (interrupted && answer != Admission.INTERRUPTED) {
            Thread.currentThread().interrupt();
        }
        return answer;
    }

    /** Either it leaves the queue, or its answer came first and stands. */
    private boolean giveUp(Request request, Admission why) {
        lock.lock();
        try {
            return core.cancel(request, why, notBackwards(clock.getAsLong()));
        } finally {
            timekeeper.noLaterThan(unlockAndWake());
        }
    }

    /**
     * Ends a section under the lock in which something may have been decided, and wakes after it whom that concerns. In a {@code finally}: what
     * was decided before something threw stands.
     *
     * @return when the timekeeper is needed next
     */
    private long unlockAndWake() {
        Request[] decided;
        long alarm;
        try {
            decided = core.takeDecided();
            alarm = core.nextAlarm(latest);
        } finally {
            lock.unlock();
        }
        for (Request request : decided) {
            LockSupport.unpark(request.waiter);
        }
        return alarm;
    }

    /** The statement has ended, its transaction stays open: the slot is idle, and may be lent. */
    public void pause(Request request, long now) {
        lock.lock();
        try {
            core.pause(request, notBackwards(now));
        } finally {
            timekeeper.noLaterThan(unlockAndWake());
        }
    }

    /** The next statement of an open transaction starts; it never waits, even where its slot has been lent. */
    public void resume(Request request, RequestType requestType, long now) {
        lock.lock();
        try {
            request.thread = Thread.currentThread().getId();
            core.resume(request, requestType, notBackwards(now));
        } finally {
            timekeeper.noLaterThan(unlockAndWake());
        }
    }

    /** Who began the transaction has lost it, and waits for a slot like anybody else; the slot goes back at {@link #release}. */
    public void disown(Request request) {
        lock.lock();
        try {
            core.disown(request);
        } finally {
            lock.unlock();
        }
    }

    /** The transaction has ended; its slot goes to who is next. Does nothing where the request holds none. */
    public void release(Request request, Ending ending, long now) {
        lock.lock();
        try {
            core.complete(request, ending, notBackwards(now));
        } finally {
            timekeeper.noLaterThan(unlockAndWake());
        }
    }

    /**
     * Ends a wait from another thread. Returns at once.
     *
     * @return whether the request was waiting, and now is not
     */
    public boolean cancel(Request request) {
        return giveUp(request, Admission.CANCELLED);
    }

    /**
     * Ends a wait with a slot, above the MPL if need be: for who has what somebody with a slot waits for. Does nothing where the request is
     * not queued. Returns at once.
     */
    public void letIn(Request request) {
        lock.lock();
        try {
            core.letIn(request, notBackwards(clock.getAsLong()));
        } finally {
            timekeeper.noLaterThan(unlockAndWake());
        }
    }

    /** Takes new settings into force: MPLs and discipline change while requests run and wait. */
    public void reconfigure(SchedulerSettings settings) {
        lock.lock();
        try {
            core.reconfigure(settings, notBackwards(clock.getAsLong()));
        } finally {
            timekeeper.noLaterThan(unlockAndWake());
        }
    }

    /**
     * Changes the books under the lock that guards them; what waits is priced anew.
     *
     * @param change short: it neither waits nor logs, and calls nothing but {@code slo-component}
     */
    public <T> T withBooks(Supplier<T> change) {
        lock.lock();
        try {
            T seen = change.get();
            core.repriceAll();
            return seen;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Settles the books under the lock that guards them; what waits is priced anew where something has changed.
     *
     * @param settle likewise short; it answers whether the penalty of any account has changed
     */
    public void settleBooks(BooleanSupplier settle) {
        lock.lock();
        try {
            if (settle.getAsBoolean()) {
                core.repriceAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Copies from the books under the lock that guards them; unlike {@link #withBooks}, nothing is priced anew.
     *
     * @param copy short, and changes nothing that a decision depends on: it neither waits nor logs, and calls nothing but {@code slo-component}
     */
    public <T> T copyOfBooks(Supplier<T> copy) {
        lock.lock();
        try {
            return copy.get();
        } finally {
            lock.unlock();
        }
    }

    /** What every class is doing, as of one instant. */
    public List<ServiceClassStatus> status() {
        lock.lock();
        try {
            return core.status(notBackwards(clock.getAsLong()));
        } finally {
            lock.unlock();
        }
    }

    /** The timekeeper's call: does what is due, and says when it is needed next. */
    private long advance() {
        long alarm = Long.MAX_VALUE;
        lock.lock();
        try {
            core.advance(notBackwards(clock.getAsLong()));
        } finally {
            alarm = unlockAndWake();
        }
        return alarm;
    }

    /** Throws where the state machine's books do not agree; for tests. */
    void checkInvariants() {
        lock.lock();
        try {
            core.checkInvariants(latest);
        } finally {
            lock.unlock();
        }
    }

    /** Ends every wait as cancelled; who asks from then on is cancelled too. Slots that are held can be given back. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            core.refuseAll(Admission.CANCELLED, notBackwards(clock.getAsLong()));
        } finally {
            long unused = unlockAndWake();
        }
        timekeeper.stop();
    }
}
