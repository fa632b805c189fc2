package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.tpcc.Dialect;
import io.heliosjdbc.tpcc.Redaction;
import io.heliosjdbc.tpcc.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Takes one transaction after the other as they become due, each on a connection of the pool, and tries again what collided. */
final class Transactor implements Runnable {
    private static final int ATTEMPTS = 100;

    private final Arrivals arrivals;
    private final Checkout pool;
    private final Dialect dialect;
    private final Clock clock;
    private final Recorder recorder;

    Transactor(Arrivals arrivals, Checkout pool, Dialect dialect, Clock clock, Recorder recorder) {
        this.arrivals = arrivals;
        this.pool = pool;
        this.dialect = dialect;
        this.clock = clock;
        this.recorder = recorder;
    }

    @Override
    public void run() {
        try {
            for (Arrivals.Due due = arrivals.next(); due.at() < clock.length(); due = arrivals.next()) {
                if (clock.waitFor(due.at())) {
                    attempt(due);
                } else {
                    // At the end nobody has begun what is still due.
                    recorder.unfinished(piece(due, Recorder.NEVER), clock.length());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void attempt(Arrivals.Due due) throws InterruptedException {
        long start = Recorder.NEVER;
        for (int attempt = 1; ; attempt++) {
            try (Connection connection = pool.get()) {
                start = Math.min(start, clock.now());
                if (run(connection, due, start, attempt)) {
                    return;
                }
            } catch (SQLException e) {
                recorder.failed(piece(due, start), clock.now(), e);
                return;
            }
            TimeUnit.NANOSECONDS.sleep(ThreadLocalRandom.current().nextLong(1_000_000L * Math.min(attempt, 20)));
        }
    }

    /** False where it collided with another one and is to be tried again. */
    private boolean run(Connection connection, Arrivals.Due due, long start, int attempt) throws SQLException {
        try {
            connection.setAutoCommit(false);
            boolean committed = new Transactions(connection).run(due.input());
            recorder.answered(piece(due, start), clock.now(), committed);
            return true;
        } catch (SQLException e) {
            connection.rollback();
            if (dialect.retryable(e) && attempt < ATTEMPTS && !clock.isOver()) {
                recorder.retried(piece(due, start));
                return false;
            }
            throw e;
        }
    }

    private static Recorder.Piece piece(Arrivals.Due due, long start) {
        return new Recorder.Piece(due.input().type().label(), due.at(), start);
    }

    /** The state and a message without its numbers, which would make every failure one of its own. */
    static String reason(SQLException e) {
        String message =
                Redaction.of(String.valueOf(e.getMessage())).lines().findFirst().orElse("");
        String general = message.replaceAll("\\d+(?:\\.\\d+)?", "#");
        return e.getSQLState() + " " + (general.length() > 200 ? general.substring(0, 200) + "..." : general);
    }
}
