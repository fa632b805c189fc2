package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.tpcc.Input;
import io.heliosjdbc.tpcc.Inputs;
import io.heliosjdbc.tpcc.TransactionType;
import io.heliosjdbc.tpcc.pace.DueClock;

/** The transactions of one terminal's user, who keys one, waits for its answer, and thinks. Not thread-safe. */
final class AtTerminal implements Agenda<Input> {
    private final Inputs inputs;
    private final DueClock dueClock;
    private final long until;

    /** @param presence when the user is there; he comes with a first think time, so that not all begin together */
    AtTerminal(Inputs inputs, Closed closed, Presence presence) {
        this.inputs = inputs;
        this.dueClock = new DueClock(closed.factors(), presence.from());
        this.until = presence.until();
        dueClock.begin(inputs.think(TransactionType.NEW_ORDER));
    }

    @Override
    public Due<Input> next() {
        Input input = inputs.next();
        long at = dueClock.due(input.type());
        return new Due<>(input, at < until ? at : Long.MAX_VALUE);
    }

    @Override
    public void answered(Due<Input> due, long end) {
        dueClock.answered(end, inputs.think(due.work().type()));
    }

    @Override
    public void failed(Due<Input> due, long end) {
        dueClock.failed(end, inputs.think(due.work().type()));
    }
}
