package io.heliosjdbc.tpcc.measure;

import io.heliosjdbc.tpcc.Attempts;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The time of one measurement, in nanoseconds: zero is where it begins, after the warm-up. Until it is started that is ages ahead, so
 * that whoever is to be measured can be got ready without being charged for it. Thread-safe.
 */
public final class Clock implements Attempts.Span {
    /** Half of what there is, so that the distance to any instant of a measurement is a number, too. */
    private static final long AGES = Long.MAX_VALUE / 2;

    private final LongSupplier ticker;
    private final long length;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile long zero;

    /** @param length of the measurement, above zero */
    public Clock(long length) {
        this(length, System::nanoTime);
    }

    /**
     * With another source of time.
     *
     * @param ticker nanoseconds since whenever
     */
    public Clock(long length, LongSupplier ticker) {
        this.length = length;
        this.ticker = ticker;
        this.zero = ticker.getAsLong() + AGES;
    }

    /** From now on it goes; before that nobody may wait for an instant. */
    public void start(long warmupNanos) {
        zero = ticker.getAsLong() + warmupNanos;
    }

    @Override
    public long now() {
        return ticker.getAsLong() - zero;
    }

    public long length() {
        return length;
    }

    @Override
    public boolean isOver() {
        return ended.getCount() == 0 || now() >= length;
    }

    /** Waits for an instant; false where the end comes first. */
    public boolean waitFor(long instant) throws InterruptedException {
        return instant < length && !ended.await(instant - now(), TimeUnit.NANOSECONDS) && !isOver();
    }

    /** Waits for so long, unless the end comes first; whether it has come. */
    public boolean endsWithin(long nanos) throws InterruptedException {
        return ended.await(nanos, TimeUnit.NANOSECONDS) || isOver();
    }

    public void waitForEnd() throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(length - now());
    }

    /** Wakes everyone who waits for an instant. */
    public void end() {
        ended.countDown();
    }
}
