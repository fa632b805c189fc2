package io.heliosjdbc.driver.manager;

import io.heliosjdbc.scheduler.Prospect;
import io.heliosjdbc.scheduler.Request;

/**
 * What a request waits for. Immutable.
 *
 * @param what of what there was none free
 * @param yieldLimit how many of all that give way may run, where it waits to give way, else 0
 */
record HeldUpBy(What what, int yieldLimit) {
    /** What there can be too little of. */
    enum What {
        CLASS_MPL("class MPL"),
        TOTAL_MPL("total MPL"),
        GUARANTEED_SLOTS("guaranteed slots"),
        GIVES_WAY("gives way");

        private final String words;

        What(String words) {
            this.words = words;
        }
    }

    /** Of a request that found no free slot last. */
    static HeldUpBy of(Request request) {
        return of(request.heldUpByTotal(), request.heldUpByGuarantees(), request.yieldLimit());
    }

    /** Of one that would ask now. */
    static HeldUpBy of(Prospect prospect) {
        return of(prospect.heldUpByTotal(), prospect.heldUpByGuarantees(), prospect.yieldLimit());
    }

    private static HeldUpBy of(boolean total, boolean guarantees, int yieldLimit) {
        if (yieldLimit > 0) {
            return new HeldUpBy(What.GIVES_WAY, yieldLimit);
        }
        if (guarantees) {
            return new HeldUpBy(What.GUARANTEED_SLOTS, 0);
        }
        return new HeldUpBy(total ? What.TOTAL_MPL : What.CLASS_MPL, 0);
    }

    /** As SHOW HELIOS DECISIONS calls it. */
    String words() {
        return what.words;
    }
}
