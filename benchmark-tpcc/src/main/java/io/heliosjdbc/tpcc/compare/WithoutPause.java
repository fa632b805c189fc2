package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.tpcc.ch.AnalyticalQuestion;
import java.util.function.Supplier;

/** The questions of one asker, who asks the next one when the last one was answered. Not thread-safe. */
final class WithoutPause implements Agenda<AnalyticalQuestion> {
    private final Supplier<AnalyticalQuestion> questions;
    private final long until;
    private long free;

    /** @param presence when the asker is there */
    WithoutPause(Supplier<AnalyticalQuestion> questions, Presence presence) {
        this.questions = questions;
        this.until = presence.until();
        this.free = presence.from();
    }

    @Override
    public Due<AnalyticalQuestion> next() {
        return new Due<>(questions.get(), free < until ? free : Long.MAX_VALUE);
    }

    @Override
    public void answered(Due<AnalyticalQuestion> due, long end) {
        free = end;
    }
}
