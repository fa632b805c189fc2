package io.heliosjdbc.tpcc.pace;

import io.heliosjdbc.tpcc.TransactionType;
import java.time.Duration;

/**
 * When a terminal's next transaction is due: at the end of its keying, whenever a thread gets to it. Times are nanoseconds of
 * one clock whose zero is the start of the measurement interval. Not thread-safe.
 */
public final class DueClock {
    private final Phases phases;
    private final Pause pause = new Pause();
    private long free;

    /** @param start when the user is there, before the first think time */
    public DueClock(Phases phases, long start) {
        this.phases = phases;
        this.free = start;
    }

    /** The user comes to the terminal after a first think time. */
    public void begin(Duration think) {
        answered(free, think);
    }

    /** The user saw the answer and thinks. */
    public void answered(long at, Duration think) {
        pause.reset();
        free = at + scaled(at, think);
    }

    /** The user saw an error and thinks. Where nobody thinks, something else must keep him from failing as fast as he can. */
    public void failed(long at, Duration think) {
        free = at + (phases.factorAt(at) > 0 ? scaled(at, think) : pause.afterFailure());
    }

    /** The user begins to key as soon as he is free; due is the end of keying. */
    public long due(TransactionType type) {
        return free + scaled(free, type.keying());
    }

    private long scaled(long at, Duration time) {
        return (long) (time.toNanos() * phases.factorAt(at));
    }
}
