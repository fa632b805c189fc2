package io.heliosjdbc.tpcc.promises;

import io.heliosjdbc.agreements.Agreements;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Whether agreements can be measured against. Stateless. */
public final class Expiry {
    private Expiry() {}

    /**
     * Refuses what has expired: everything would be held to nothing, in silence.
     *
     * @param where they were read from, for people
     * @throws IllegalArgumentException saying what to mend
     */
    public static void refuse(String where, Agreements agreements) {
        Instant expires = agreements.expires();
        if (expires != null && !Instant.now().isBefore(expires)) {
            throw new IllegalArgumentException("'" + where + "' expired at " + expires
                    + ", so that Helios keeps none of it; give it a later ExpirationTime");
        }
    }

    /**
     * Likewise what expires before the end: Helios would settle it and hold to nothing from then on, in the middle.
     *
     * @param end when the measurement ends, at the earliest
     */
    public static void refuse(String where, Agreements agreements, Instant end) {
        refuse(where, agreements);
        Instant expires = agreements.expires();
        if (expires != null && expires.isBefore(end)) {
            throw new IllegalArgumentException("'" + where + "' expires at " + expires
                    + ", but what is measured against it ends at " + end.truncatedTo(ChronoUnit.MILLIS)
                    + " at the earliest, and Helios would keep none of it for the rest; give it a later ExpirationTime, or measure for"
                    + " less long");
        }
    }
}
