package io.heliosjdbc.driver.manager;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to what falls due as time passes: its duties, towards each of those that there are. It has a thread while anything is to come, and none
 * otherwise. What goes wrong with one of them is logged, and keeps nobody from what is due for the others, or later. Thread-safe: its lock is that
 * of who knows them, and nothing is done under it.
 *
 * @param <T> those that there are
 */
final class Housekeeper<T> {
    private static final Logger LOGGER = LoggerFactory.getLogger(Registry.class);

    private final ReentrantLock lock;
    private final Condition changed;
    private final ThreadFactory threads;
    private final Collection<T> all;
    private final List<Duty<T>> duties;
    private @Nullable Thread thread;

    /**
     * Something that is to be done when its time has come.
     *
     * @param words for the log, before the name of the one that it was done for
     * @param untilDue nanoseconds until then, 0 where it is time, {@link Long#MAX_VALUE} for never; asked under the lock
     * @param task does it, and sees that it is not due any more; may take its time
     */
    record Duty<T>(String words, ToLongFunction<T> untilDue, Consumer<T> task) {}

    /**
     * Has no thread yet.
     *
     * @param lock guards those that there are
     * @param changed signalled where something falls due sooner than it was to
     * @param all those that there are
     * @param duties in the order in which they are done where several are due
     */
    Housekeeper(ReentrantLock lock, Condition changed, ThreadFactory threads, Collection<T> all, List<Duty<T>> duties) {
        this.lock = lock;
        this.changed = changed;
        this.threads = threads;
        this.all = all;
        this.duties = duties;
    }

    /**
     * Sees to it that there is a thread, if ever something is to come. Where none starts, who asks is not harmed, and the next one tries again.
     * Under the lock, so nothing is logged.
     */
    void begin() {
        if (thread != null || untilNext() == Long.MAX_VALUE) {
            return;
        }
        try {
            Thread next = threads.newThread(this::work);
            next.start();
            thread = next;
        } catch (OutOfMemoryError | RuntimeException cannot) {
            thread = null;
        }
    }

    /** Whether there is a thread; under the lock. */
    boolean works() {
        return thread != null;
    }

    /** Ends when nothing is to come. */
    private void work() {
        boolean done = false;
        try {
            while (waits()) {
                duties.forEach(this::attend);
            }
            done = true;
        } finally {
            if (!done) {
                noThread();
            }
        }
    }

    /** Another one is started when somebody comes or leaves. */
    private void noThread() {
        lock.lock();
        try {
            if (thread == Thread.currentThread()) {
                thread = null;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something is due; false, and the thread is to end, where nothing more comes. */
    private boolean waits() {
        lock.lock();
        try {
            for (long left = untilNext(); left > 0; left = untilNext()) {
                if (left == Long.MAX_VALUE) {
                    thread = null;
                    return false;
                }
                long unused = changed.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            thread = null;
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Nanoseconds until something is due for somebody, 0 where it is; never where nothing comes. Under the lock. */
    private long untilNext() {
        long next = Long.MAX_VALUE;
        for (T each : all) {
            for (Duty<T> duty : duties) {
                next = Math.min(next, duty.untilDue().applyAsLong(each));
            }
        }
        return next;
    }

    /** Does a duty towards everybody for whom it is due. */
    void attend(Duty<T> duty) {
        List<T> due = new ArrayList<>();
        lock.lock();
        try {
            for (T each : all) {
                if (duty.untilDue().applyAsLong(each) == 0) {
                    due.add(each);
                }
            }
        } finally {
            lock.unlock();
        }
        due.forEach(each -> attempt(duty.words() + " " + each, () -> duty.task().accept(each)));
    }

    /** What goes wrong is logged. */
    static void attempt(String what, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error wrong) {
            LOGGER.error("Workload managers go on, for this failed: {}", what, wrong);
        }
    }
}
