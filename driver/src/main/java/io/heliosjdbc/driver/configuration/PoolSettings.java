package io.heliosjdbc.driver.configuration;

/**
 * How many physical connections there are behind logical ones, and for how long. Immutable.
 *
 * @param maximumSize how many there may be
 * @param minimumIdle how many idle ones are kept
 * @param connectionTimeoutMillis how long a request waits for one
 * @param idleTimeoutMillis how long one may be idle
 * @param maxLifetimeMillis how old one may become
 * @param validateAfterMillis after how long without use one is asked whether it still works
 * @param warnPinnedMillis how long one may be pinned before that is logged; 0: for ever
 */
public record PoolSettings(
        int maximumSize,
        int minimumIdle,
        long connectionTimeoutMillis,
        long idleTimeoutMillis,
        long maxLifetimeMillis,
        long validateAfterMillis,
        long warnPinnedMillis) {
    /** Likewise, for MPLs that have changed. */
    PoolSettings sized(int size) {
        return new PoolSettings(
                size,
                Math.min(size, minimumIdle),
                connectionTimeoutMillis,
                idleTimeoutMillis,
                maxLifetimeMillis,
                validateAfterMillis,
                warnPinnedMillis);
    }
}
