package io.heliosjdbc.driver.engine;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A running mean of logarithms, older ones fading. Thread-safe; of observations that meet one is kept and the others are dropped, so
 * that nobody waits, and none allocates.
 */
final class LogMean {
    private final int window;
    private final AtomicLong bits = new AtomicLong();
    private final AtomicInteger count = new AtomicInteger();

    /** An observation weighs in with one over this many at least. */
    LogMean(int window) {
        this.window = window;
    }

    void add(double logarithm) {
        long before = bits.get();
        int number = Math.min(window, count.get() + 1);
        double mean = Double.longBitsToDouble(before);
        if (bits.compareAndSet(before, Double.doubleToRawLongBits(mean + (logarithm - mean) / number))) {
            count.set(number);
        }
    }

    /** How many observations there are, the window's size at most. */
    int count() {
        return count.get();
    }

    double mean() {
        return Double.longBitsToDouble(bits.get());
    }
}
