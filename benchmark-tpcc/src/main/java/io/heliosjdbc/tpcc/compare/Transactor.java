package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.tpcc.Dialect;
import io.heliosjdbc.tpcc.Input;
import io.heliosjdbc.tpcc.Redaction;
import io.heliosjdbc.tpcc.Transactions;
import io.heliosjdbc.tpcc.compare.Agenda.Due;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Runs the transactions of its agenda, each on a connection of the pool, and tries again what collided. */
final class Transactor extends Worker<Input> {
    private static final int ATTEMPTS = 100;

    private final Checkout pool;
    private final Dialect dialect;

    Transactor(Agenda<Input> agenda, Checkout pool, Dialect dialect, Clock clock, Recorder recorder) {
        super(agenda, clock, recorder);
        this.pool = pool;
        this.dialect = dialect;
    }

    @Override
    void attempt(Due<Input> due) throws InterruptedException {
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
    private boolean run(Connection connection, Due<Input> due, long start, int attempt) throws SQLException {
        try {
            connection.setAutoCommit(false);
            boolean committed = new Transactions(connection).run(due.work());
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

    @Override
    String kind(Input input) {
        return input.type().label();
    }

    /** The state and a message without its numbers, which would make every failure one of its own. */
    static String reason(SQLException e) {
        String message =
                Redaction.of(String.valueOf(e.getMessage())).lines().findFirst().orElse("");
        String general = message.replaceAll("\\d+(?:\\.\\d+)?", "#");
        return e.getSQLState() + " " + (general.length() > 200 ? general.substring(0, 200) + "..." : general);
    }
}
