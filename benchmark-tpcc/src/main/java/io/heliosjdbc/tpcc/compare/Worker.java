package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.tpcc.compare.Agenda.Due;

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
                if (clock.waitFor(due.at())) {
                    attempt(due);
                } else {
                    // At the end nobody has begun what is still due.
                    recorder.unfinished(piece(due, Recorder.NEVER));
                }
                agenda.answered(due, clock.now());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Does it, and records how it ended. */
    abstract void attempt(Due<T> due) throws InterruptedException;

    /** As raw data have it. */
    abstract String kind(T work);

    /**
     * For the recorder.
     *
     * @param start when it was begun; {@link Recorder#NEVER} where it was not
     */
    final Recorder.Piece piece(Due<T> due, long start) {
        return new Recorder.Piece(kind(due.work()), due.at(), start);
    }
}
