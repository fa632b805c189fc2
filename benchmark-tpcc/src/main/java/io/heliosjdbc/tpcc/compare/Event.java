package io.heliosjdbc.tpcc.compare;

import java.time.Duration;
import java.util.Locale;

/**
 * Something that changed while it was measured. Immutable.
 *
 * @param at since the measurement began
 * @param what in a few words
 */
record Event(Duration at, String what) {
    double seconds() {
        return at.toNanos() / 1e9;
    }

    String text() {
        return String.format(Locale.ROOT, "%6.2f s  %s", seconds(), what);
    }
}
