package io.heliosjdbc.tpcc.compare;

/**
 * When a stream is there, in nanoseconds of the measurement, whose beginning is 0. What it has begun it brings to its end. Immutable.
 *
 * @param from nothing comes of it before, not in the warm-up either
 * @param until nothing new comes of it from then on
 */
record Presence(long from, long until) {
    /** From the warm-up to the end. */
    static final Presence THROUGHOUT = new Presence(Long.MIN_VALUE, Long.MAX_VALUE);

    /** The same, but nothing before the given instant. */
    Presence notBefore(long instant) {
        return new Presence(Math.max(from, instant), until);
    }

    boolean begins() {
        return from != Long.MIN_VALUE;
    }

    boolean ends() {
        return until != Long.MAX_VALUE;
    }
}
