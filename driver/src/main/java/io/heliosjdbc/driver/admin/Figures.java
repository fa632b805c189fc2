package io.heliosjdbc.driver.admin;

/**
 * Where the time of some statements went. Immutable.
 *
 * @param statements that have ended, those that got no slot included
 * @param executed that were in the database
 * @param executionNanos for how long, together
 * @param waited that had to wait for a slot
 * @param waitedNanos for how long, together
 * @param longestWaitNanos the longest of these waits
 * @param late transactions that were late, refused ones included; counted with their first statement
 * @param refused that were refused, or timed out in the queue
 */
public record Figures(
        long statements,
        long executed,
        long executionNanos,
        long waited,
        long waitedNanos,
        long longestWaitNanos,
        long late,
        long refused) {
    /** Of no statements. */
    public static final Figures NONE = new Figures(0, 0, 0, 0, 0, 0, 0, 0);

    /** These and others together. */
    public Figures plus(Figures other) {
        return new Figures(
                statements + other.statements,
                executed + other.executed,
                executionNanos + other.executionNanos,
                waited + other.waited,
                waitedNanos + other.waitedNanos,
                Math.max(longestWaitNanos, other.longestWaitNanos),
                late + other.late,
                refused + other.refused);
    }
}
