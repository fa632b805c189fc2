package io.heliosjdbc.tpcc.promises;

import io.heliosjdbc.agreements.Agreements;
import java.time.Instant;

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
}
