package io.heliosjdbc.driver.late;

import io.heliosjdbc.driver.configuration.PoolSettings;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Asks physical connections that nobody has used for a while whether they work. Thread-safe. */
final class Validation {
    private static final int LONGEST_SECONDS = 5;

    /** Whom HikariCP has had for so long it has asked, whoever of us has looked at the clock first. */
    private static final long LONG_WITH_HIKARI_NANOS = TimeUnit.MILLISECONDS.toNanos(2 * Hikari.OWN_VALIDATION_MILLIS);

    private final Supplier<PoolSettings> settings;
    private final LongSupplier clock;

    /**
     * Asks none yet.
     *
     * @param settings in force
     * @param clock in nanoseconds
     */
    Validation(Supplier<PoolSettings> settings, LongSupplier clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** For how long after its use one is not asked; in nanoseconds. */
    long unasked() {
        return TimeUnit.MILLISECONDS.toNanos(
                Math.min(settings.get().validateAfterMillis(), Hikari.OWN_VALIDATION_MILLIS));
    }

    /**
     * Whether it does not work. Who comes from HikariCP after a longer time has been asked by HikariCP, which counts from when it got it
     * back: it may have been unused for much longer.
     *
     * @param until the instant at which nobody waits for the answer any more
     */
    boolean isStale(Physical physical, long until) throws SQLException {
        boolean isDue = clock.getAsLong() - physical.usedAt() >= unasked();
        boolean hikarisAsked = physical.isUnusedSinceLent() && physical.withLenderNanos() > LONG_WITH_HIKARI_NANOS;
        return isDue && !hikarisAsked && !physical.answers(seconds(until));
    }

    /** At least one: 0 is for ever. */
    private int seconds(long until) {
        long left = TimeUnit.NANOSECONDS.toSeconds(until - clock.getAsLong());
        return (int) Math.max(1, Math.min(LONGEST_SECONDS, left));
    }
}
