package io.heliosjdbc.driver.metrics;

import io.heliosjdbc.scheduler.StatementCounts;
import org.jspecify.annotations.Nullable;

/** The meters of one user load in one service class, resolved once, so that recording looks nothing up. Thread-safe. */
public interface RequestMeters {

    /** Records nothing. */
    RequestMeters NONE = new RequestMeters() {
        @Override
        public @Nullable StatementCounts counts() {
            return null;
        }

        @Override
        public void waited(long nanos) {}

        @Override
        public void executed(long waitedNanos, long executionNanos, Outcome outcome) {}

        @Override
        public void notAdmitted(boolean isGranted, long waitedNanos, Outcome outcome, String reason) {}

        @Override
        public void violated() {}
    };

    /** Where the scheduler counts the load's statements in the class; null where nobody wants to know. */
    @Nullable
    StatementCounts counts();

    /** A statement got its slot after a wait. */
    void waited(long nanos);

    /** A statement that the scheduler has counted, or is about to, took so long. */
    void executed(long waitedNanos, long executionNanos, Outcome outcome);

    /**
     * A statement did not run.
     *
     * @param isGranted whether it got a slot all the same, too late
     * @param reason one of few words
     */
    void notAdmitted(boolean isGranted, long waitedNanos, Outcome outcome, String reason);

    /** A transaction was late. */
    void violated();
}
