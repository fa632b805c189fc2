package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.tpcc.compare.Agenda.Due;
import io.heliosjdbc.tpcc.compare.Recorder.Piece;
import io.heliosjdbc.tpcc.measure.Clock;

/**
 * Does what is due of one stream, one after the other. Runs in a thread of its own.
 *
 * @param <T> the work: a transaction or a question
 */
abstract class Worker<T> implements Runnable {
    private final Agenda<T> agenda;
    final Clock clock;
    final Recorder recorder;

    Worker(Agenda<T> agenda, Clock clock, Recorder recorder) {
        this.agenda = agenda;
        this.clock = clock;
        this.recorder = recorder;
    }

    @Override
    public final void run() {
        try {
            for (Due<T> due = agenda.next(); due.at() < clock.length(); due = agenda.next()) {
                Piece piece = recorder.taken(kind(due.work()), due.at());
                if (!clock.waitFor(due.at())) {
                    // At the end nobody has begun what is still due.
                    recorder.unfinished(piece);
                    agenda.answered(due, clock.now());
                } else if (attempt(due.work(), piece)) {
                    agenda.answered(due, clock.now());
                } else {
                    agenda.failed(due, clock.now());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Records what is due and nobody has taken as unfinished, from another thread, when all who are to do it are stuck. */
    final void leave() {
        if (agenda.isShared()) {
            for (Due<T> due = agenda.next(); due.at() < clock.length(); due = agenda.next()) {
                recorder.unfinished(recorder.taken(kind(due.work()), due.at()));
            }
        }
    }

    /** Does it, and records how it ended; false where it failed. */
    abstract boolean attempt(T work, Piece piece) throws InterruptedException;

    /** As raw data have it. */
    abstract String kind(T work);
}
