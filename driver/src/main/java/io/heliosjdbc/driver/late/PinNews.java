package io.heliosjdbc.driver.late;

import io.heliosjdbc.driver.configuration.PoolSettings;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of a pool's pins: the log of one that lasts, the meters of a reason that there was not before. Thread-safe. */
final class PinNews {
    private static final Logger LOG = LoggerFactory.getLogger(PinNews.class);

    private final String name;
    private final long warnAfterMillis;
    private final Runnable news;
    private final Pins pins;

    /** How many reasons have been told. */
    private final AtomicInteger reasonsTold = new AtomicInteger();

    /**
     * Nobody is pinned.
     *
     * @param name the pool's
     * @param timer is told of each pin that begins, where one that lasts is to be logged
     * @param news is run where there is a new reason
     */
    PinNews(String name, PoolSettings settings, ScheduledExecutorService timer, Runnable news) {
        this.name = name;
        this.warnAfterMillis = settings.warnPinnedMillis();
        this.news = news;
        this.pins = new Pins(whenPinnedLong(timer), this::tellOldPin);
    }

    Pins pins() {
        return pins;
    }

    /** By who takes a connection, for where one is pinned a lock is held. */
    void tellNewReasons() {
        int told = reasonsTold.get();
        int known = pins.reasons();
        if (known > told && reasonsTold.compareAndSet(told, known)) {
            news.run();
        }
    }

    /** Never, where nothing is to be said. */
    private Pins.Alarm whenPinnedLong(ScheduledExecutorService timer) {
        if (warnAfterMillis == 0) {
            return never -> () -> {};
        }
        return work -> {
            Future<?> due = timer.schedule(work, warnAfterMillis, TimeUnit.MILLISECONDS);
            return () -> due.cancel(false);
        };
    }

    private void tellOldPin(String reason) {
        LOG.warn(
                "{}: a connection has been pinned for {} ms, by {}; SHOW HELIOS CONNECTIONS tells whose it is",
                name,
                warnAfterMillis,
                reason);
    }
}
