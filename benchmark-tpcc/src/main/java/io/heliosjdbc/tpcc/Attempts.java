package io.heliosjdbc.tpcc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;

/**
 * Runs transactions and questions, and what has collided with others again: after a pause of up to a millisecond, then up to two and so
 * on, up to twenty. Not thread-safe.
 */
public final class Attempts {
    private static final int LONGEST_PAUSE_MILLIS = 20;

    private final int most;
    private final Span span;
    private final RandomGenerator pauses;

    /** The time in which something is tried again. Thread-safe. */
    public interface Span {
        /** In nanoseconds. */
        long now();

        boolean isOver();
    }

    /** What came of an attempt that did not fail. */
    public enum Fate {
        /** Of a question: answered. */
        COMMITTED,
        /** By its user. */
        ABORTED,
        /** Undone, to be tried again. */
        COLLIDED,
        /** The end came before its connection. */
        NOT_BEGUN
    }

    /** Its fate, and when that was known. */
    public record Attempt(Fate fate, long end) {}

    /** One attempt, over whatever connection. */
    public interface Course {
        /**
         * Tries it once.
         *
         * @param again whether it can be tried again where it collides
         */
        Attempt once(boolean again) throws SQLException;
    }

    /**
     * Nothing was tried yet.
     *
     * @param most of one piece of work, 1 or more
     * @param pauses how long it waits before it tries again
     */
    public Attempts(int most, Span span, RandomGenerator pauses) {
        this.most = most;
        this.span = span;
        this.pauses = pauses;
    }

    /**
     * Tries until it has not collided; the last attempt.
     *
     * @param collided is told when it did
     */
    public Attempt run(Course course, LongConsumer collided) throws SQLException, InterruptedException {
        for (int number = 1; ; number++) {
            Attempt attempt = course.once(number < most);
            if (attempt.fate() != Fate.COLLIDED) {
                return attempt;
            }
            collided.accept(attempt.end());
            TimeUnit.NANOSECONDS.sleep(pauses.nextLong(1_000_000L * Math.min(number, LONGEST_PAUSE_MILLIS)));
        }
    }

    /** Runs it on a connection, and rolls back what fails. */
    public Attempt once(Connection connection, Dialect dialect, Transactions transactions, Input input, boolean again)
            throws SQLException {
        try {
            Fate fate = transactions.run(input) ? Fate.COMMITTED : Fate.ABORTED;
            return new Attempt(fate, span.now());
        } catch (SQLException e) {
            rollback(connection, e);
            return collided(dialect, e, again);
        }
    }

    /** That it is to be tried again after a failure; throws the failure where it was no collision, may not be tried again, or is over. */
    public Attempt collided(Dialect dialect, SQLException failure, boolean again) throws SQLException {
        if (again && dialect.retryable(failure) && !span.isOver()) {
            return new Attempt(Fate.COLLIDED, span.now());
        }
        throw failure;
    }

    /** What failed first is what there is to tell; a connection that cannot even be rolled back has nothing to try again with. */
    private static void rollback(Connection connection, SQLException first) throws SQLException {
        try {
            connection.rollback();
        } catch (SQLException e) {
            first.addSuppressed(e);
            throw first;
        }
    }
}
