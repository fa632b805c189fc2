package io.heliosjdbc.tpcc.run;

import io.heliosjdbc.tpcc.Dialect;
import io.heliosjdbc.tpcc.Input;
import io.heliosjdbc.tpcc.Inputs;
import io.heliosjdbc.tpcc.PriorityClass;
import io.heliosjdbc.tpcc.Redaction;
import io.heliosjdbc.tpcc.TransactionType;
import io.heliosjdbc.tpcc.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One terminal: keys, waits until its transaction is due, runs it, thinks. Runs in a thread of its own. */
final class Terminal implements Runnable {
    private static final int ATTEMPTS = 1_000;
    private static final int VALIDATION_SECONDS = 5;

    /** Who it is. */
    record Profile(String name, PriorityClass priority) {}

    /** Opens this terminal's connection, ready for transactions. */
    interface Connector {
        Connection connect(Profile profile) throws SQLException;
    }

    /** A transaction that is due or runs. */
    record Pending(TransactionType type, long due, long start) {}

    private final Profile profile;
    private final Inputs inputs;
    private final DueClock dueClock;
    private final LongSupplier clock;
    private final long length;
    private final Measurements measurements;
    private final Connector connector;
    private final CountDownLatch stop;
    private final AtomicReference<@Nullable Pending> pending = new AtomicReference<>();
    private volatile Connection connection;
    private Dialect dialect;
    private Transactions transactions;

    /** Connects at once, so that a wrong URL or password shows before anything runs. */
    Terminal(
            Profile profile,
            Inputs inputs,
            DueClock dueClock,
            LongSupplier clock,
            long length,
            Measurements measurements,
            Connector connector,
            CountDownLatch stop)
            throws SQLException {
        this.profile = profile;
        this.inputs = inputs;
        this.dueClock = dueClock;
        this.clock = clock;
        this.length = length;
        this.measurements = measurements;
        this.connector = connector;
        this.stop = stop;
        this.connection = connector.connect(profile);
        this.dialect = Dialect.of(connection);
        this.transactions = new Transactions(connection);
    }

    Profile profile() {
        return profile;
    }

    @Override
    public void run() {
        try {
            // The first transactions of all terminals must not come together.
            Duration beginning = inputs.think(TransactionType.NEW_ORDER);
            dueClock.begin(beginning);
            while (step()) {
                // Each step is one transaction.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    /** False when the end has come. */
    private boolean step() throws InterruptedException {
        Input input = inputs.next();
        long due = dueClock.due(input.type());
        if (due >= length || stop.await(due - clock.getAsLong(), TimeUnit.NANOSECONDS)) {
            return false;
        }
        long start = clock.getAsLong();
        pending.set(new Pending(input.type(), due, start));
        Attempt attempt = attempt(input);
        long end = clock.getAsLong();
        // Whoever takes the pending transaction counts it: this thread, or the one that gave up waiting for it.
        if (pending.getAndSet(null) != null) {
            measurements.completed(
                    profile, input, new Measurements.Ended(attempt.outcome(), due, start, end, attempt.retries()));
        }
        dueClock.answered(end, inputs.think(input.type()));
        return attempt.connected() && end < length;
    }

    private record Attempt(RawData.Outcome outcome, int retries, boolean connected) {}

    private Attempt attempt(Input input) throws InterruptedException {
        for (int retries = 0; ; retries++) {
            try {
                boolean committed = transactions.run(input);
                return new Attempt(committed ? RawData.Outcome.DONE : RawData.Outcome.ABORTED, retries, true);
            } catch (SQLException e) {
                boolean usable = rollback();
                boolean again = usable && dialect.retryable(e) && retries < ATTEMPTS;
                if (!again || clock.getAsLong() >= length) {
                    fail(e);
                    return new Attempt(RawData.Outcome.of(e), retries, usable || reconnect());
                }
                long pause = ThreadLocalRandom.current().nextLong(1_000_000L * Math.min(retries + 1, 20));
                TimeUnit.NANOSECONDS.sleep(pause);
            }
        }
    }

    private void fail(SQLException e) {
        long now = clock.getAsLong();
        if (now >= 0 && now < length) {
            measurements.failure(reason(e));
        }
    }

    /** The state and a message without its numbers, which would make every failure one of its own. */
    private static String reason(SQLException e) {
        String message = Redaction.of(String.valueOf(e.getMessage()))
                .lines()
                .findFirst()
                .orElse("")
                .replaceAll("\\d+(?:\\.\\d+)?", "#");
        return e.getSQLState() + " " + (message.length() > 200 ? message.substring(0, 200) + "..." : message);
    }

    private boolean rollback() {
        try {
            connection.rollback();
            return connection.isValid(VALIDATION_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }

    /** Tries until the end: a database that restarts must find its terminals again. */
    private boolean reconnect() throws InterruptedException {
        close();
        while (clock.getAsLong() < length) {
            try {
                connection = connector.connect(profile);
                dialect = Dialect.of(connection);
                transactions = new Transactions(connection);
                return true;
            } catch (SQLException e) {
                fail(e);
                if (stop.await(1, TimeUnit.SECONDS)) {
                    return false;
                }
            }
        }
        return false;
    }

    /** Gives up what still runs, from another thread, and counts it as unfinished. */
    void abandon() {
        Pending given = pending.getAndSet(null);
        if (given != null) {
            measurements.unfinished(profile, given.type(), given.due(), given.start());
        }
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            measurements.failure("abort: " + reason(e));
        }
    }

    private void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            measurements.failure("close: " + reason(e));
        }
    }
}
