package io.heliosjdbc.slo;

/**
 * What it costs to start a request, by the time at which it starts: nothing up to an instant, a penalty after it; and from
 * when on it goes before every other one (thesis 3.4, figure 3.3). Immutable.
 *
 * <p>For reports and explanations; the scheduler reads the three numbers from the {@link Account} without making one.
 *
 * @param startBy the last instant at which it may start without a penalty, nanoseconds; {@link Long#MAX_VALUE} for never late
 * @param penalty what a later start costs, at least 0, in the agreement's unit
 * @param enforceAt the instant from which it goes first, nanoseconds; {@link Long#MAX_VALUE} for never
 */
public record PenaltyFunction(long startBy, double penalty, long enforceAt) {
    /**
     * Checks the penalty.
     *
     * @throws IllegalArgumentException if the penalty is negative, infinite or not a number
     */
    public PenaltyFunction {
        if (!(penalty >= 0 && penalty < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("penalty is " + penalty + "; make it 0 or a positive amount");
        }
    }

    /** The penalty for a start at an instant. */
    public double at(long instant) {
        return instant <= startBy ? 0 : penalty;
    }

    /** How much dearer a start becomes at the next step after an instant; 0 where no step is to come. */
    public double nextStep(long instant) {
        return startBy == Long.MAX_VALUE ? 0 : penalty - at(instant);
    }

    /** Whether it has to go before every other one at an instant. */
    public boolean isEnforced(long instant) {
        return enforceAt != Long.MAX_VALUE && instant >= enforceAt;
    }
}
