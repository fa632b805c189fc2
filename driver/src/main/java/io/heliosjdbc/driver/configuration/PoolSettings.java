package io.heliosjdbc.driver.configuration;

/**
 * How many physical connections there are behind logical ones, and for how long. Immutable.
 *
 * @param maximumSize how many there may be
 * @param minimumIdle how many idle ones are to be kept, if there may be so many
 * @param connectionTimeoutMillis how long a request waits for one
 * @param idleTimeoutMillis how long one may be idle where not all are kept
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
    /** More than there are connections of an application: in a dry run a pool is to keep nobody waiting. */
    static final int UNBOUNDED = 1_000_000;

    /** How many idle ones are kept. */
    public int keptIdle() {
        return Math.min(maximumSize, minimumIdle);
    }

    /** How long one may be idle, in milliseconds; 0, for ever, where all are kept. */
    public long idleForMillis() {
        return keptIdle() == maximumSize ? 0 : idleTimeoutMillis;
    }

    /** Likewise, for MPLs that have changed. */
    PoolSettings sized(int size) {
        return new PoolSettings(
                size,
                minimumIdle,
                connectionTimeoutMillis,
                idleTimeoutMillis,
                maxLifetimeMillis,
                validateAfterMillis,
                warnPinnedMillis);
    }
}
