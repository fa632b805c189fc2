package io.heliosjdbc.tpcc.run;

import io.heliosjdbc.tpcc.Input;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Holds the transactions that were really answered against the bands that an audit of TPC-C accepts. Thread-safe. */
public final class Audit {
    private final ReentrantLock lock = new ReentrantLock();
    private final Realised realised = new Realised();

    /**
     * A value beside what is accepted.
     *
     * @param value null without any case
     * @param cases of how many it is a share or a mean
     * @param low of the accepted band, inclusive
     * @param high of the accepted band, inclusive
     * @param verdict what is to be said of it, in a few words
     */
    public record Line(String name, @Nullable Double value, long cases, double low, double high, String verdict) {
        /** For people: {@code lines per NewOrder 9.98 of 1200 (9.5 to 10.5): within}. */
        public String text() {
            return value == null
                    ? name + ": " + verdict
                    : String.format(
                            Locale.ROOT, "%s %.2f of %d (%.4g to %.4g): %s", name, value, cases, low, high, verdict);
        }
    }

    /** One was answered. */
    public void add(Input input) {
        lock.lock();
        try {
            realised.add(input);
        } finally {
            lock.unlock();
        }
    }

    /** All bands; those of remote cases where there are several warehouses. */
    public List<Line> lines(int warehouses) {
        lock.lock();
        try {
            return realised.bands(warehouses).stream()
                    .map(band ->
                            new Line(band.name(), band.value(), band.cases(), band.low(), band.high(), band.verdict()))
                    .toList();
        } finally {
            lock.unlock();
        }
    }
}
