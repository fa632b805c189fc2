package io.heliosjdbc.driver.metrics;

/** The meters of one user load in one service class, resolved once, so that recording looks nothing up. Thread-safe. */
public interface RequestMeters {

    /** Records nothing. */
    RequestMeters NONE = new RequestMeters() {
        @Override
        public void admitted(long waitedNanos) {}

        @Override
        public void executed(long waitedNanos, long executionNanos, Outcome outcome) {}

        @Override
        public void notAdmitted(long waitedNanos, Outcome outcome, String reason) {}

        @Override
        public void violated() {}
    };

    /** A statement got its slot; a wait of zero counts too. */
    void admitted(long waitedNanos);

    /** A statement's execution has ended. */
    void executed(long waitedNanos, long executionNanos, Outcome outcome);

    /**
     * A statement did not get a slot.
     *
     * @param reason one of few words
     */
    void notAdmitted(long waitedNanos, Outcome outcome, String reason);

    /** A transaction was late. */
    void violated();
}
