package io.heliosjdbc.driver.manager;

import io.heliosjdbc.scheduler.Request;
import org.jspecify.annotations.Nullable;

/**
 * What a request waited for, and who had it. Immutable.
 *
 * @param by what it waited for
 * @param holder the user load that held most of the slots when the wait began, and how many; null where nobody held one
 */
record HeldUp(HeldUpBy by, @Nullable String holder) {
    /** Of a request that found no free slot last. */
    static HeldUp of(Request request) {
        return new HeldUp(HeldUpBy.of(request), request.heldBy());
    }
}
