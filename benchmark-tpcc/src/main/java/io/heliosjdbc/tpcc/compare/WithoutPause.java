package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.tpcc.ch.AnalyticalQuestion;
import io.heliosjdbc.tpcc.pace.Pause;
import java.util.function.Supplier;

/** The questions of one asker, who asks the next one when the last one was answered, and a while later when it failed. Not thread-safe. */
final class WithoutPause implements Agenda<AnalyticalQuestion> {
    private final Supplier<AnalyticalQuestion> questions;
    private final long until;
    private final Pause pause = new Pause();
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
        pause.reset();
        free = end;
    }

    @Override
    public void failed(Due<AnalyticalQuestion> due, long end) {
        free = end + pause.afterFailure();
    }
}
