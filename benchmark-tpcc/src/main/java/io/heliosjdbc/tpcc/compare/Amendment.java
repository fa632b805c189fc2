package io.heliosjdbc.tpcc.compare;

import java.time.Duration;

/**
 * Another agreement in the place of the one before. Immutable.
 *
 * @param from since the measurement began, above zero
 * @param agreements where it is, as Helios's key {@code agreements} takes it
 */
record Amendment(Duration from, String agreements) {
    /** The name of its file. */
    String name() {
        return agreements.substring(agreements.lastIndexOf('/') + 1);
    }
}
