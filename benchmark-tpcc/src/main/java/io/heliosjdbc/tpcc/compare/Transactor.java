package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.tpcc.Input;
import io.heliosjdbc.tpcc.audit.Audit;
import io.heliosjdbc.tpcc.compare.Execution.Ending;
import io.heliosjdbc.tpcc.compare.Recorder.Piece;
import io.heliosjdbc.tpcc.delivery.DeliveryQueue.Entry;
import io.heliosjdbc.tpcc.measure.Clock;
import java.util.Optional;

/** Runs the transactions of its agenda; a Delivery it only queues. */
final class Transactor extends Worker<Input> {
    private final Execution execution;
    private final Deferred deferred;
    private final Audit audit;

    /**
     * For one agenda.
     *
     * @param execution its own
     * @param deferred where its stream's Deliveries are queued
     * @param audit is told what was answered of what counts
     */
    Transactor(
            Agenda<Input> agenda, Clock clock, Recorder recorder, Execution execution, Deferred deferred, Audit audit) {
        super(agenda, clock, recorder);
        this.execution = execution;
        this.deferred = deferred;
        this.audit = audit;
    }

    @Override
    boolean attempt(Input input, Piece piece) throws InterruptedException {
        Ending ending = input instanceof Input.Delivery delivery ? queue(delivery, piece) : execution.run(input, piece);
        if (ending == Ending.COMPLETED) {
            audit.add(input);
        }
        return ending != Ending.FAILED;
    }

    /** Whoever wants it has the answer when it is queued. */
    private Ending queue(Input.Delivery delivery, Piece piece) throws InterruptedException {
        Optional<Entry<Stream>> queued = deferred.queue(delivery, piece.due());
        if (queued.isEmpty()) {
            recorder.unfinished(piece);
            return Ending.NOT_COUNTED;
        }
        return recorder.queued(piece, queued.get().queued()) ? Ending.COMPLETED : Ending.NOT_COUNTED;
    }

    @Override
    String kind(Input input) {
        return input.type().label();
    }
}
