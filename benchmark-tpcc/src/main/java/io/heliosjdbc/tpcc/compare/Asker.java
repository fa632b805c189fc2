package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.tpcc.ch.AnalyticalQuestion;
import io.heliosjdbc.tpcc.compare.Recorder.Piece;
import io.heliosjdbc.tpcc.measure.Clock;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Asks the questions of its agenda, each on a connection of the pool, and reads every answer to its end. */
final class Asker extends Worker<AnalyticalQuestion> {
    private final Checkout pool;
    private final AtomicReference<@Nullable Statement> running = new AtomicReference<>();

    Asker(Agenda<AnalyticalQuestion> agenda, Checkout pool, Clock clock, Recorder recorder) {
        super(agenda, clock, recorder);
        this.pool = pool;
    }

    @Override
    boolean attempt(AnalyticalQuestion question, Piece piece) {
        try {
            if (ask(question.sql(), piece)) {
                recorder.answered(piece, clock.now(), true);
            } else {
                recorder.unfinished(piece);
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

    /** False where the end came before a connection. */
    private boolean ask(String question, Piece piece) throws SQLException {
        try (Connection connection = pool.get()) {
            if (clock.isOver()) {
                return false;
            }
            recorder.begun(piece, clock.now());
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
            return true;
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
