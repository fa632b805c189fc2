package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.tpcc.ch.AnalyticalQuestion;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Asks all questions in an order of its own, again and again, and reads every answer to its end. */
final class Asker implements Runnable {
    private final List<AnalyticalQuestion> questions;
    private final Presence presence;
    private final Checkout pool;
    private final Clock clock;
    private final Recorder recorder;
    private final AtomicReference<@Nullable Statement> running = new AtomicReference<>();
    private long began;

    Asker(
            List<AnalyticalQuestion> questions,
            long seed,
            Presence presence,
            Checkout pool,
            Clock clock,
            Recorder recorder) {
        List<AnalyticalQuestion> order = new ArrayList<>(questions);
        Collections.shuffle(order, new Random(seed));
        this.questions = order;
        this.presence = presence;
        this.pool = pool;
        this.clock = clock;
        this.recorder = recorder;
    }

    @Override
    public void run() {
        try {
            if (clock.waitFor(presence.from())) {
                askAll();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void askAll() {
        for (int next = 0; !clock.isOver() && clock.now() < presence.until(); next = (next + 1) % questions.size()) {
            // What is asked in the warm-up and answered later has begun to matter when the measurement began.
            long asked = clock.now();
            AnalyticalQuestion question = questions.get(next);
            began = Recorder.NEVER;
            try {
                ask(question.sql());
                long end = clock.now();
                recorder.answered(piece(question, asked < 0 && end >= 0 ? 0 : asked), end, true);
            } catch (SQLException e) {
                if (clock.isOver()) {
                    recorder.unfinished(piece(question, Math.max(asked, 0)), clock.length());
                } else {
                    recorder.failed(piece(question, asked), clock.now(), e);
                }
            }
        }
    }

    private Recorder.Piece piece(AnalyticalQuestion question, long due) {
        return new Recorder.Piece("Q" + question.number(), due, began);
    }

    private void ask(String question) throws SQLException {
        try (Connection connection = pool.get();
                Statement statement = connection.createStatement()) {
            began = clock.now();
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
        if (statement != null) {
            statement.cancel();
        }
    }
}
