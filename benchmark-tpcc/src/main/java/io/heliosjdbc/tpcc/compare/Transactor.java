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
                    recorder.unfinished(due.at(), clock.length());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void attempt(Arrivals.Due due) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try (Connection connection = pool.get()) {
                if (run(connection, due, attempt)) {
                    return;
                }
            } catch (SQLException e) {
                recorder.failed(due.at(), reason(e));
                return;
            }
            TimeUnit.NANOSECONDS.sleep(ThreadLocalRandom.current().nextLong(1_000_000L * Math.min(attempt, 20)));
        }
    }

    /** False where it collided with another one and is to be tried again. */
    private boolean run(Connection connection, Arrivals.Due due, int attempt) throws SQLException {
        try {
            connection.setAutoCommit(false);
            new Transactions(connection).run(due.input());
            recorder.answered(due.at(), clock.now());
            return true;
        } catch (SQLException e) {
            connection.rollback();
            if (dialect.retryable(e) && attempt < ATTEMPTS && !clock.isOver()) {
                return false;
            }
            throw e;
        }
    }

    /** The state and a message without its numbers, which would make every failure one of its own. */
    static String reason(SQLException e) {
        String message =
                Redaction.of(String.valueOf(e.getMessage())).lines().findFirst().orElse("");
        String general = message.replaceAll("\\d+(?:\\.\\d+)?", "#");
        return e.getSQLState() + " " + (general.length() > 200 ? general.substring(0, 200) + "..." : general);
    }
}
