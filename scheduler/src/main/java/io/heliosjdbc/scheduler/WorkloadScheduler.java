package io.heliosjdbc.scheduler;

import io.heliosjdbc.slo.RequestType;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The blocking adapter around the deterministic core: one lock, threads that wait, and a timekeeper. Thread-safe; the lock
 * story is {@code docs/locking.md}.
 *
 * <p>A transaction's life: {@link #acquire} for its first statement, {@link #pause} when a statement has ended and the
 * transaction stays open, {@link #resume} before its next statement, {@link #release} at its end.
 */
public final class WorkloadScheduler implements AutoCloseable {

    /**
     * A scheduler with nothing queued or running.
     *
     * @param clock a monotonic clock in nanoseconds, {@link System#nanoTime} outside tests
     */
    public WorkloadScheduler(SchedulerSettings settings, LongSupplier clock) {
        throw new UnsupportedOperationException();
    }

    /** The class of that name, or null. */
    public @Nullable ServiceClass serviceClass(String name) {
        throw new UnsupportedOperationException();
    }

    /**
     * Waits until the prepared request holds a slot, or until it is refused or gives up. A thread that already holds a slot
     * of this scheduler is granted one at once.
     *
     * @param giveUpAt the instant at which the statement's own query timeout passes, {@link Long#MAX_VALUE} for never
     * @return {@link Admission#GRANTED}, or why not; then it is as if the request had never come
     */
    public Admission acquire(Request request, long giveUpAt) {
        throw new UnsupportedOperationException();
    }

    /** The statement has ended, its transaction stays open: the slot is idle, and may be lent. */
    public void pause(Request request) {
        throw new UnsupportedOperationException();
    }

    /** The next statement of an open transaction starts; it never waits, even where its slot has been lent. */
    public void resume(Request request, RequestType requestType, @Nullable Object statement) {
        throw new UnsupportedOperationException();
    }

    /** The transaction has ended; its slot goes to who is next. Does nothing where the request holds none. */
    public void release(Request request, Ending ending) {
        throw new UnsupportedOperationException();
    }

    /**
     * Ends a wait from another thread. Returns at once.
     *
     * @return whether the request was waiting, and now is not
     */
    public boolean cancel(Request request) {
        throw new UnsupportedOperationException();
    }

    /** Takes new settings into force: MPLs and discipline change while requests run and wait. */
    public void reconfigure(SchedulerSettings settings) {
        throw new UnsupportedOperationException();
    }

    /**
     * Looks at the books, or settles them, under the lock that guards them.
     *
     * @param look short: it neither waits nor logs, and calls nothing but {@code slo-component}
     */
    public <T> T withBooks(Supplier<T> look) {
        throw new UnsupportedOperationException();
    }

    /** What every class is doing, as of one instant. */
    public List<ServiceClassStatus> status() {
        throw new UnsupportedOperationException();
    }

    /** Refuses what is queued and stops the timekeeper. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
