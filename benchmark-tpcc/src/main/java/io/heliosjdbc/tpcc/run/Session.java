package io.heliosjdbc.tpcc.run;

import io.heliosjdbc.tpcc.Attempts;
import io.heliosjdbc.tpcc.Dialect;
import io.heliosjdbc.tpcc.Input;
import io.heliosjdbc.tpcc.Reason;
import io.heliosjdbc.tpcc.TransactionType;
import io.heliosjdbc.tpcc.Transactions;
import io.heliosjdbc.tpcc.measure.Clock;
import io.heliosjdbc.tpcc.measure.RawData;
import io.heliosjdbc.tpcc.pace.Pause;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A connection on which transactions run, are tried again where they collided, and are counted; one that broke is opened anew. For one
 * thread, but for {@link #abandon}.
 */
final class Session {
    private static final int ATTEMPTS = 1_000;
    private static final int VALIDATION_SECONDS = 5;

    /** How the database is reached. Thread-safe. */
    interface Door {
        /** A connection that is ready for transactions. */
        Connection open() throws SQLException;

        /** Says on whose behalf the connection works from now on. */
        void tell(Connection connection, Terminal.Profile who) throws SQLException;
    }

    /** A transaction that runs. */
    private record Pending(Terminal.Profile who, TransactionType type, long due, long start) {}

    private final Door door;
    private final Clock clock;
    private final Measurements measurements;
    private final Attempts attempts;
    private final AtomicReference<@Nullable Pending> pending = new AtomicReference<>();
    private volatile Connection connection;
    private Dialect dialect;
    private Transactions transactions;
    private Terminal.@Nullable Profile told;

    /**
     * Connects at once, so that a wrong URL or password shows before anything runs.
     *
     * @param pauses how long it waits before it tries again what collided
     */
    Session(Door door, Clock clock, Measurements measurements, SplittableRandom pauses) throws SQLException {
        this.door = door;
        this.clock = clock;
        this.measurements = measurements;
        this.attempts = new Attempts(ATTEMPTS, clock, pauses);
        this.connection = door.open();
        boolean ready = false;
        try {
            this.dialect = Dialect.of(connection);
            this.transactions = new Transactions(connection);
            ready = true;
        } finally {
            if (!ready) {
                connection.close();
            }
        }
    }

    /**
     * How a transaction ended.
     *
     * @param end when, in nanoseconds since the interval began
     * @param connected whether there is a connection for the next one; where it takes long to have one, its end was before that
     */
    record Done(RawData.Outcome outcome, long start, long end, boolean connected) {
        boolean succeeded() {
            return Session.succeeded(outcome);
        }
    }

    /** Runs it for somebody, until it is done or has failed, and counts it. */
    Done run(Terminal.Profile who, Input input, long due) throws InterruptedException {
        long start = clock.now();
        pending.set(new Pending(who, input.type(), due, start));
        RawData.Outcome outcome = attempt(who, input);
        long end = clock.now();
        // Whoever takes the pending transaction counts it: this thread, or the one that gave up waiting for it.
        if (pending.getAndSet(null) != null) {
            measurements.completed(who, input, new Measurements.Ended(outcome, due, start, end));
        }
        return new Done(outcome, start, end, succeeded(outcome) || isUsable() || reconnect());
    }

    private static boolean succeeded(RawData.Outcome outcome) {
        return outcome == RawData.Outcome.DONE || outcome == RawData.Outcome.ABORTED;
    }

    /** The orders that the last Delivery took, by district; 0 where there was none. Of one that was done. */
    List<Integer> delivered() {
        return transactions.delivered();
    }

    private RawData.Outcome attempt(Terminal.Profile who, Input input) throws InterruptedException {
        try {
            Attempts.Fate fate = attempts.run(
                            again -> once(who, input, again), at -> measurements.retried(input.type(), at))
                    .fate();
            return fate == Attempts.Fate.COMMITTED ? RawData.Outcome.DONE : RawData.Outcome.ABORTED;
        } catch (SQLException e) {
            fail(e);
            return RawData.Outcome.of(e);
        }
    }

    private Attempts.Attempt once(Terminal.Profile who, Input input, boolean again) throws SQLException {
        if (!who.equals(told)) {
            door.tell(connection, who);
            told = who;
        }
        return attempts.once(connection, dialect, transactions, input, again);
    }

    private void fail(SQLException e) {
        long now = clock.now();
        if (now >= 0 && now < clock.length()) {
            measurements.failure(Reason.of(e));
        }
    }

    private boolean isUsable() {
        try {
            connection.rollback();
            return connection.isValid(VALIDATION_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }

    /** Tries until the end: a database that restarts must find its terminals again. */
    private boolean reconnect() throws InterruptedException {
        closeConnection();
        Pause pause = new Pause();
        while (!clock.isOver()) {
            try {
                connection = door.open();
                told = null;
                dialect = Dialect.of(connection);
                transactions = new Transactions(connection);
                return true;
            } catch (SQLException e) {
                fail(e);
                if (clock.endsWithin(pause.afterFailure())) {
                    return false;
                }
            }
        }
        return false;
    }

    /** Gives up what still runs, from another thread, and counts it as unfinished. */
    void abandon() {
        giveUp();
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            measurements.failure("abort: " + Reason.of(e));
        }
    }

    private void giveUp() {
        Pending given = pending.getAndSet(null);
        if (given != null) {
            measurements.unfinished(given.who(), given.type(), given.due(), given.start());
        }
    }

    /** What still runs, because nobody expected how it ended, is unfinished. */
    void close() {
        giveUp();
        closeConnection();
    }

    private void closeConnection() {
        try {
            connection.close();
        } catch (SQLException e) {
            measurements.failure("close: " + Reason.of(e));
        }
    }
}
