package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.tpcc.Attempts;
import io.heliosjdbc.tpcc.Attempts.Attempt;
import io.heliosjdbc.tpcc.Attempts.Fate;
import io.heliosjdbc.tpcc.Dialect;
import io.heliosjdbc.tpcc.ch.AnalyticalQuestion;
import io.heliosjdbc.tpcc.compare.Recorder.Piece;
import io.heliosjdbc.tpcc.measure.Clock;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Asks the questions of its agenda, each on a connection of the pool, reads every answer to its end, and asks again what collided, as
 * {@link Execution} does it with transactions.
 */
final class Asker extends Worker<AnalyticalQuestion> {
    private final Checkout pool;
    private final Dialect dialect;
    private final Attempts attempts;
    private final AtomicReference<@Nullable Statement> running = new AtomicReference<>();

    /** @param pauses how long it waits before it asks again */
    Asker(
            Agenda<AnalyticalQuestion> agenda,
            Checkout pool,
            Dialect dialect,
            Clock clock,
            Recorder recorder,
            SplittableRandom pauses) {
        super(agenda, clock, recorder);
        this.pool = pool;
        this.dialect = dialect;
        this.attempts = new Attempts(Execution.ATTEMPTS, clock, pauses);
    }

    @Override
    boolean attempt(AnalyticalQuestion question, Piece piece) throws InterruptedException {
        try {
            Attempt last = attempts.run(again -> once(question.sql(), piece, again), at -> recorder.retried(piece, at));
            if (last.fate() == Fate.NOT_BEGUN) {
                recorder.unfinished(piece);
            } else {
                recorder.answered(piece, last.end(), true);
            }
            return true;
        } catch (SQLException e) {
            recorder.failed(piece, clock.now(), e);
            return false;
        }
    }

    @Override
    String kind(AnalyticalQuestion question) {
        return "Q" + question.number();
    }

    /** Whoever is cancelled is so at the end, after which nothing is a collision. */
    private Attempt once(String question, Piece piece, boolean again) throws SQLException {
        try (Connection connection = pool.get()) {
            if (clock.isOver()) {
                return new Attempt(Fate.NOT_BEGUN, clock.now());
            }
            recorder.begun(piece, clock.now());
            try {
                ask(connection, question);
                return new Attempt(Fate.COMMITTED, clock.now());
            } catch (SQLException e) {
                return attempts.collided(dialect, e, again);
            } finally {
                pool.waited(connection).ifPresent(nanos -> recorder.waited(piece, nanos));
            }
        }
    }

    private void ask(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            running.set(statement);
            try (ResultSet rows = statement.executeQuery(question)) {
                while (rows.next()) {
                    rows.getObject(1);
                }
            } finally {
                running.set(null);
            }
        }
    }

    /** Ends the question that runs, from another thread. */
    void cancel() throws SQLException {
        Statement statement = running.get();
        if (statement == null) {
            return;
        }
        try {
            statement.cancel();
        } catch (SQLException e) {
            // One that has ended meanwhile is closed, and H2 says so.
            if (running.get() == statement) {
                throw e;
            }
        }
    }
}
