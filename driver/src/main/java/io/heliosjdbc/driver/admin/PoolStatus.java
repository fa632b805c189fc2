package io.heliosjdbc.driver.admin;

import java.util.Map;

/**
 * How a pool of physical connections stands. Immutable.
 *
 * @param name the database user and the workload manager
 * @param maximum how many connections there may be
 * @param active how many are bound or pinned
 * @param idle how many are not
 * @param binds how many times one was taken since the pool was opened
 * @param waits how many times one was asked for since then, in vain included
 * @param waitNanos what these took in all, nanoseconds
 * @param discarded how many were closed because nobody knows what is left in their session
 * @param pinned how many are pinned, by reason; zero where there was one, of the first reasons
 */
public record PoolStatus(
        String name,
        int maximum,
        int active,
        int idle,
        long binds,
        long waits,
        long waitNanos,
        long discarded,
        Map<String, Integer> pinned) {
    /** Takes a copy. */
    public PoolStatus {
        pinned = Map.copyOf(pinned);
    }
}
