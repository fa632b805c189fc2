package io.heliosjdbc.driver.late;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A statement's asking for a physical connection, from the call of an execution until it has one, and a statement of the vendor's
 * there. It is cancelled or it has ended, in
 * one step: a cancel is neither lost nor does it come too late. Thread-safe; a statement has one, for one execution after the other.
 */
final class Asking {
    private enum State {
        NOT_ASKING,
        ASKING,
        CANCELLED
    }

    /** No instant: whoever asks has no limit of his own. */
    static final long FOR_EVER = Long.MAX_VALUE;

    private final AtomicReference<State> state = new AtomicReference<>(State.NOT_ASKING);
    /** Read by the thread that asks. */
    private long giveUpAt = FOR_EVER;
    /** What the next execution has waited for already. */
    private long waitedNanos;

    /** The next execution has waited for its slot; in nanoseconds. */
    void hasWaited(long nanos) {
        waitedNanos = nanos;
    }

    /** @param seconds the statement's query timeout, which what it has waited for its slot counts against; none if not positive */
    void beginWithin(int seconds) {
        long waited = waitedNanos;
        waitedNanos = 0;
        begin(seconds > 0 ? System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds) - waited : FOR_EVER);
    }

    /** @param until the instant, of {@link System#nanoTime}, at which the statement's query timeout passes */
    void begin(long until) {
        giveUpAt = until;
        state.set(State.ASKING);
    }

    long giveUpAt() {
        return giveUpAt;
    }

    /** What it has left, in whole seconds, at least one: to a vendor 0 is for ever. */
    int secondsLeft() {
        long left = giveUpAt - System.nanoTime() + TimeUnit.SECONDS.toNanos(1) - 1;
        return (int) Math.max(1, TimeUnit.NANOSECONDS.toSeconds(left));
    }

    /** It asks no more; whether it was cancelled before. */
    boolean end() {
        return state.getAndSet(State.NOT_ASKING) == State.CANCELLED;
    }

    /** Whether it asks: then what was asked for is not executed. */
    boolean cancel() {
        return state.compareAndSet(State.ASKING, State.CANCELLED) || isCancelled();
    }

    boolean isCancelled() {
        return state.get() == State.CANCELLED;
    }

    boolean isOver() {
        return state.get() == State.NOT_ASKING;
    }
}
