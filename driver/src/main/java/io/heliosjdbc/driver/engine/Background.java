package io.heliosjdbc.driver.engine;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Does things later, one after the other, where nobody waits for them. Thread-safe. */
public interface Background extends AutoCloseable {

    /** Does it after that time, or never where it is closed before. */
    void later(Runnable what, long nanos);

    /** Begins nothing more. */
    @Override
    void close();

    /**
     * A daemon thread that holds nothing of whoever makes it, neither a class loader nor what threads inherit: it may outlast an application that
     * is stopped.
     */
    static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(null, work, name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    }

    /** On a daemon thread of its own, which starts with the first thing to do. */
    static Background thread(String name) {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = daemon(name, work);
            thread.setContextClassLoader(Background.class.getClassLoader());
            return thread;
        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return new Background() {
            @Override
            public void later(Runnable what, long nanos) {
                try {
                    ScheduledFuture<?> unused = executor.schedule(what, nanos, TimeUnit.NANOSECONDS);
                } catch (RejectedExecutionException closed) {
                    // It would never have been done.
                    return;
                }
            }

            @Override
            public void close() {
                executor.shutdown();
            }
        };
    }
}
