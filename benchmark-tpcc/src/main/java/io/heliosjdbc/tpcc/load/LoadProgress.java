package io.heliosjdbc.tpcc.load;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Says which parts of a load are finished, and about how long the rest takes if rows go on coming as fast as so far. Thread-safe. */
final class LoadProgress {
    private final Load load;
    private final LongSupplier clock;
    private final Consumer<String> listener;
    private final LongAdder written = new LongAdder();
    private final long expected;
    private final long began;
    private int warehousesLeft;

    /**
     * @param left the parts that are to be loaded
     * @param clock in nanoseconds
     * @param listener is told one line at a time, by one thread at a time
     */
    LoadProgress(Load load, List<Integer> left, LongSupplier clock, Consumer<String> listener) {
        this.load = load;
        this.clock = clock;
        this.listener = listener;
        this.expected = left.stream().mapToLong(load::rows).sum();
        this.began = clock.getAsLong();
        this.warehousesLeft =
                (int) left.stream().filter(part -> part != Load.ITEMS).count();
    }

    /** Counts the rows, of finished parts or not. */
    LongAdder written() {
        return written;
    }

    /** Says that a part is finished. */
    synchronized void finished(int part) {
        String what;
        if (part == Load.ITEMS) {
            what = "loaded " + load.population().items() + " items";
        } else {
            warehousesLeft--;
            what = "loaded warehouse " + part + ", " + (load.warehouses() - warehousesLeft) + " of "
                    + load.warehouses();
        }
        long rows = Math.max(1, written.sum());
        double seconds = (clock.getAsLong() - began) / 1e9 * Math.max(0, expected - rows) / rows;
        listener.accept(warehousesLeft == 0 ? what : what + String.format(Locale.ROOT, "; about %.0f s left", seconds));
    }
}
