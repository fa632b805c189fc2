package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.tpcc.Attempts;
import io.heliosjdbc.tpcc.Attempts.Attempt;
import io.heliosjdbc.tpcc.Attempts.Fate;
import io.heliosjdbc.tpcc.Dialect;
import io.heliosjdbc.tpcc.Input;
import io.heliosjdbc.tpcc.Transactions;
import io.heliosjdbc.tpcc.compare.Recorder.Piece;
import io.heliosjdbc.tpcc.measure.Clock;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.SplittableRandom;

/** Runs transactions, each on a connection of the pool, tries again what collided, and records how they ended. For one thread. */
final class Execution {
    /** Of one piece of work. */
    static final int ATTEMPTS = 100;

    /** How it ended, for whoever wanted it. */
    enum Ending {
        /** It is among the completed ones. */
        COMPLETED,
        FAILED,
        /** Nobody had its answer in time. */
        NOT_COUNTED
    }

    private final Checkout pool;
    private final Dialect dialect;
    private final Clock clock;
    private final Recorder recorder;
    private final Attempts attempts;
    private List<Integer> delivered = List.of();

    /** @param pauses how long it waits before it tries again */
    Execution(Checkout pool, Dialect dialect, Clock clock, Recorder recorder, SplittableRandom pauses) {
        this.pool = pool;
        this.dialect = dialect;
        this.clock = clock;
        this.recorder = recorder;
        this.attempts = new Attempts(ATTEMPTS, clock, pauses);
    }

    Ending run(Input input, Piece piece) throws InterruptedException {
        try {
            Attempt last = attempts.run(again -> once(input, piece, again), at -> recorder.retried(piece, at));
            if (last.fate() == Fate.NOT_BEGUN) {
                recorder.unfinished(piece);
                return Ending.NOT_COUNTED;
            }
            boolean completed = recorder.answered(piece, last.end(), last.fate() == Fate.COMMITTED);
            return completed ? Ending.COMPLETED : Ending.NOT_COUNTED;
        } catch (SQLException e) {
            recorder.failed(piece, clock.now(), e);
            return Ending.FAILED;
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
            Transactions transactions = new Transactions(connection);
            try {
                Attempt attempt = attempts.once(connection, dialect, transactions, input, again);
                delivered = transactions.delivered();
                return attempt;
            } finally {
                pool.waited(connection).ifPresent(nanos -> recorder.waited(piece, nanos));
            }
        }
    }

    /** The orders that the last Delivery took, by district; 0 where there was none. Of one that was completed. */
    List<Integer> delivered() {
        return delivered;
    }
}
