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

    /** What came of one attempt. */
    private enum Fate {
        COMMITTED,
        ABORTED,
        COLLIDED,
        /** The end came before the connection. */
        NOT_BEGUN
    }

    @Override
    void attempt(Due<Input> due) throws InterruptedException {
        long start = Recorder.NEVER;
        for (int attempt = 1; ; attempt++) {
            Fate fate = Fate.NOT_BEGUN;
            long end;
            try (Connection connection = pool.get()) {
                if (!clock.isOver()) {
                    start = Math.min(start, clock.now());
                    fate = run(connection, due.work(), attempt);
                }
                end = clock.now();
            } catch (SQLException e) {
                recorder.failed(piece(due, start), clock.now(), e);
                return;
            }
            // Only when the connection is closed, too: who cannot close it has an error, and not an answer beside it.
            switch (fate) {
                case COMMITTED, ABORTED -> recorder.answered(piece(due, start), end, fate == Fate.COMMITTED);
                case COLLIDED -> recorder.retried(piece(due, start), end);
                case NOT_BEGUN -> recorder.unfinished(piece(due, start));
            }
            if (fate != Fate.COLLIDED) {
                return;
            }
            TimeUnit.NANOSECONDS.sleep(ThreadLocalRandom.current().nextLong(1_000_000L * Math.min(attempt, 20)));
        }
    }

    private Fate run(Connection connection, Input input, int attempt) throws SQLException {
        try {
            connection.setAutoCommit(false);
            return new Transactions(connection).run(input) ? Fate.COMMITTED : Fate.ABORTED;
        } catch (SQLException e) {
            connection.rollback();
            if (dialect.retryable(e) && attempt < ATTEMPTS && !clock.isOver()) {
                return Fate.COLLIDED;
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
