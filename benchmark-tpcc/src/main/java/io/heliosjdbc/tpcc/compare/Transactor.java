package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.tpcc.Dialect;
import io.heliosjdbc.tpcc.Input;
import io.heliosjdbc.tpcc.Redaction;
import io.heliosjdbc.tpcc.Transactions;
import io.heliosjdbc.tpcc.compare.Recorder.Piece;
import io.heliosjdbc.tpcc.run.Audit;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Runs the transactions of its agenda, each on a connection of the pool, and tries again what collided. */
final class Transactor extends Worker<Input> {
    private static final int ATTEMPTS = 100;

    private final Checkout pool;
    private final Dialect dialect;
    private final Audit audit;

    /** @param audit is told what was answered of what counts */
    Transactor(Agenda<Input> agenda, Checkout pool, Dialect dialect, Clock clock, Recorder recorder, Audit audit) {
        super(agenda, clock, recorder);
        this.audit = audit;
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
    boolean attempt(Input input, Piece piece) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            Fate fate = Fate.NOT_BEGUN;
            long end;
            try (Connection connection = pool.get()) {
                if (!clock.isOver()) {
                    recorder.begun(piece, clock.now());
                    fate = run(connection, input, attempt);
                }
                end = clock.now();
            } catch (SQLException e) {
                recorder.failed(piece, clock.now(), e);
                return false;
            }
            // Only when the connection is closed, too: who cannot close it has an error, and not an answer beside it.
            switch (fate) {
                case COMMITTED, ABORTED -> {
                    if (recorder.answered(piece, end, fate == Fate.COMMITTED)) {
                        audit.add(input);
                    }
                }
                case COLLIDED -> recorder.retried(piece, end);
                case NOT_BEGUN -> recorder.unfinished(piece);
            }
            if (fate != Fate.COLLIDED) {
                return true;
            }
            TimeUnit.NANOSECONDS.sleep(ThreadLocalRandom.current().nextLong(1_000_000L * Math.min(attempt, 20)));
        }
    }

    private Fate run(Connection connection, Input input, int attempt) throws SQLException {
        try {
            connection.setAutoCommit(false);
            return new Transactions(connection).run(input) ? Fate.COMMITTED : Fate.ABORTED;
        } catch (SQLException e) {
            rollback(connection, e);
            if (dialect.retryable(e) && attempt < ATTEMPTS && !clock.isOver()) {
                return Fate.COLLIDED;
            }
            throw e;
        }
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
