package io.heliosjdbc.scheduler;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls the scheduler at the instants at which something is due although nobody comes or goes: when an idle slot is to be lent to
 * somebody who waits, or he has nobody to give way to any more. Thread-safe.
 *
 * <p>Its thread starts with the first alarm and ends when there has been none for a while, so that a scheduler that is no longer
 * used keeps no thread, and with it no class loader, alive. Where none can be started, who asks is not harmed, and the next one tries again. Its lock is taken neither under the scheduler's nor around a call of it.
 */
final class Timekeeper {
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final ReentrantLock lock = new ReentrantLock();
    private final LongSupplier clock;
    private final LongSupplier work;
    private final ThreadFactory threads;
    private @Nullable Thread thread;
    /** Read without the lock: who finds an earlier one finds the work still to be done that will look at what he has done. */
    private volatile long alarm = Long.MAX_VALUE;

    private boolean stopped;

    /**
     * A timekeeper without a thread.
     *
     * @param work does what is due and returns the next alarm, {@link Long#MAX_VALUE} for none
     */
    Timekeeper(LongSupplier clock, LongSupplier work) {
        this(clock, work, Timekeeper::daemon);
    }

    /**
     * Likewise, with threads of one's own.
     *
     * @param threads makes its thread
     */
    Timekeeper(LongSupplier clock, LongSupplier work, ThreadFactory threads) {
        this.clock = clock;
        this.work = work;
        this.threads = threads;
    }

    private static Thread daemon(Runnable run) {
        Thread thread = new Thread(null, run, "helios-timekeeper", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    }

    /** Sees to it that the work is called at that instant at the latest; {@link Long#MAX_VALUE} asks for nothing. */
    void noLaterThan(long instant) {
        if (instant >= alarm) {
            return;
        }
        lock.lock();
        try {
            if (stopped || instant >= alarm) {
                return;
            }
            alarm = instant;
            if (thread == null) {
                start();
            } else {
                LockSupport.unpark(thread);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whoever is out of threads has other worries than a slot that is lent late: whoever comes next tries again. */
    private void start() {
        boolean started = false;
        try {
            Thread next = threads.newThread(this::run);
            next.start();
            thread = next;
            started = true;
        } catch (OutOfMemoryError | RuntimeException cannot) {
            // Nothing to be told here: the caller's statement is none the worse for it.
            started = false;
        } finally {
            if (!started) {
                alarm = Long.MAX_VALUE;
            }
        }
    }

    void stop() {
        lock.lock();
        try {
            stopped = true;
            LockSupport.unpark(thread);
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            keepTime();
        } finally {
            lock.lock();
            try {
                // Else it has ended as it should, and the thread may be another one already.
                if (thread == Thread.currentThread()) {
                    thread = null;
                    alarm = Long.MAX_VALUE;
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private void keepTime() {
        long idleSince = clock.getAsLong();
        while (true) {
            long next;
            lock.lock();
            try {
                next = alarm;
                if (stopped || (next == Long.MAX_VALUE && clock.getAsLong() - idleSince >= LINGER_NANOS)) {
                    thread = null;
                    return;
                }
            } finally {
                lock.unlock();
            }
            long left = next == Long.MAX_VALUE ? LINGER_NANOS : next - clock.getAsLong();
            if (left > 0) {
                LockSupport.parkNanos(this, left);
                // Nobody has a reason to interrupt it; who is interrupted does not park any more.
                boolean unused = Thread.interrupted();
                continue;
            }
            lock.lock();
            try {
                alarm = Long.MAX_VALUE;
            } finally {
                lock.unlock();
            }
            noLaterThan(work.getAsLong());
            idleSince = clock.getAsLong();
        }
    }
}
