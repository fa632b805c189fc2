package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.tpcc.Attempts;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The time of one part: zero is where the measurement begins, after the warm-up. Thread-safe. */
final class Clock implements Attempts.Span {
    private final long zero;
    private final long length;
    private final CountDownLatch ended = new CountDownLatch(1);

    Clock(long warmupNanos, long lengthNanos) {
        this.zero = System.nanoTime() + warmupNanos;
        this.length = lengthNanos;
    }

    @Override
    public long now() {
        return System.nanoTime() - zero;
    }

    long length() {
        return length;
    }

    @Override
    public boolean isOver() {
        return ended.getCount() == 0 || now() >= length;
    }

    void waitForEnd() throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(length - now());
    }

    /** Wakes everyone who waits for an instant. */
    void end() {
        ended.countDown();
    }

    /** Waits for an instant; false where the end comes first. */
    boolean waitFor(long instant) throws InterruptedException {
        return instant < length && !ended.await(instant - now(), TimeUnit.NANOSECONDS) && !isOver();
    }
}
