package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.tpcc.Attempts;
import io.heliosjdbc.tpcc.Attempts.Attempt;
import io.heliosjdbc.tpcc.Attempts.Fate;
import io.heliosjdbc.tpcc.Dialect;
import io.heliosjdbc.tpcc.Input;
import io.heliosjdbc.tpcc.Transactions;
import io.heliosjdbc.tpcc.audit.Audit;
import io.heliosjdbc.tpcc.compare.Recorder.Piece;
import io.heliosjdbc.tpcc.measure.Clock;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.SplittableRandom;

/** Runs the transactions of its agenda, each on a connection of the pool, and tries again what collided. */
final class Transactor extends Worker<Input> {
    private static final int ATTEMPTS = 100;

    private final Attempts attempts;
    private final Checkout pool;
    private final Dialect dialect;
    private final Audit audit;

    /**
     * @param audit is told what was answered of what counts
     * @param pauses how long it waits before it tries again
     */
    Transactor(
            Agenda<Input> agenda,
            Checkout pool,
            Dialect dialect,
            Clock clock,
            Recorder recorder,
            Audit audit,
            SplittableRandom pauses) {
        super(agenda, clock, recorder);
        this.attempts = new Attempts(ATTEMPTS, clock, pauses);
        this.audit = audit;
        this.pool = pool;
        this.dialect = dialect;
    }

    @Override
    boolean attempt(Input input, Piece piece) throws InterruptedException {
        try {
            Attempt last = attempts.run(again -> once(input, piece, again), at -> recorder.retried(piece, at));
            if (last.fate() == Fate.NOT_BEGUN) {
                recorder.unfinished(piece);
            } else if (recorder.answered(piece, last.end(), last.fate() == Fate.COMMITTED)) {
                audit.add(input);
            }
            return true;
        } catch (SQLException e) {
            recorder.failed(piece, clock.now(), e);
            return false;
        }
    }

    /** Who cannot close its connection has an error, and not an answer beside it. */
    private Attempt once(Input input, Piece piece, boolean again) throws SQLException {
        try (Connection connection = pool.get()) {
            if (clock.isOver()) {
                return new Attempt(Fate.NOT_BEGUN, clock.now());
            }
            recorder.begun(piece, clock.now());
            connection.setAutoCommit(false);
            return attempts.once(connection, dialect, new Transactions(connection), input, again);
        }
    }

    @Override
    String kind(Input input) {
        return input.type().label();
    }
}
