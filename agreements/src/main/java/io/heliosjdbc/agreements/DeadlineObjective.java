package io.heliosjdbc.agreements;

import java.time.Duration;

/** Every single transaction responds within a time, whatever the penalties say (thesis 3.2.2). Immutable. */
public sealed interface DeadlineObjective {

    /**
     * A fixed limit.
     *
     * @param responseTime positive
     */
    record Static(Duration responseTime) implements DeadlineObjective {}

    /**
     * A limit that follows the load's own past: the given percentile of the response times seen so far.
     *
     * @param percentile greater than 0, at most 100
     */
    record Dynamic(double percentile) implements DeadlineObjective {}
}
