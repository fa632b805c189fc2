package io.heliosjdbc.scheduler;

/**
 * How often a promise is missed, held against how often it may be: two cumulative sums that never fall below none (Page 1954). Guarded by
 * the scheduler's lock.
 */
final class Misses {
    /** So many beyond those allowed prove that there are too many. */
    private static final double PROOF = 5;
    /** With so many beyond those allowed it is not sure that there are not. */
    private static final double DOUBT = PROOF / 2;
    /** Of what is allowed: a time with fewer than that is calm. */
    private static final double CALM = 0.5;
    /** So many fewer than that prove that it is. */
    private static final double PROOF_OF_CALM = 2.5;
    /**
     * At least so much is taken to be allowed, also by a promise of all: by sums that nothing is added to, a handful of misses in a week
     * would prove too much, and no time would ever be calm. Half a dozen at once are proof still, and thousands in time are calm.
     */
    private static final double LEAST_ALLOWED = 0.001;

    /** Beyond those allowed. */
    private double excess;
    /** Fewer than a calm time has. */
    private double calm;

    private long seen;

    /**
     * A transaction has completed.
     *
     * @param mayBeLate what part of its kind may be late, 0 to 1
     */
    void count(boolean isLate, double mayBeLate, long now) {
        int miss = isLate ? 1 : 0;
        double may = Math.max(LEAST_ALLOWED, mayBeLate);
        excess = Math.max(0, excess + miss - may);
        calm = Math.max(0, calm + CALM * may - miss);
        seen = now;
    }

    void clear() {
        excess = 0;
        calm = 0;
    }

    void forgetCalm() {
        calm = 0;
    }

    /** When something was counted last. */
    long seen() {
        return seen;
    }

    boolean areThere() {
        return excess > 0;
    }

    boolean areProof() {
        return excess > PROOF;
    }

    /** Whether there may be too many: half of the proof is there, and what followed was not calm. */
    boolean areDoubtful() {
        return excess > DOUBT && !areCalm();
    }

    boolean areCalm() {
        return calm > PROOF_OF_CALM;
    }
}
