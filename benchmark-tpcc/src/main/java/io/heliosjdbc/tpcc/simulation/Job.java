package io.heliosjdbc.tpcc.simulation;

import io.heliosjdbc.scheduler.Request;
import io.heliosjdbc.tpcc.TransactionType;

/** One transaction on its way. Not thread-safe. */
final class Job {
    final Request request = new Request(this);
    final Terminal terminal;
    final TransactionType type;
    final long arrival;
    /** In units of a NewOrder's mean. */
    final double work;
    /** What its estimate is multiplied by. */
    final double estimateFactor;
    /** The attained service at which it is done, in the units of its work. */
    double doneAt;

    Job(Terminal terminal, TransactionType type, long arrival, double work, double estimateFactor) {
        this.terminal = terminal;
        this.type = type;
        this.arrival = arrival;
        this.work = work;
        this.estimateFactor = estimateFactor;
    }
}
