package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.tpcc.Input;
import io.heliosjdbc.tpcc.Inputs;
import io.heliosjdbc.tpcc.Mix;
import io.heliosjdbc.tpcc.NuRand;
import io.heliosjdbc.tpcc.Population;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * What comes of an open stream, in the order in which it becomes due, for all its workers. Instants and work follow from the seed alone,
 * however fast anybody answers. Thread-safe.
 */
final class Arrivals<T> implements Agenda<T> {
    private final ReentrantLock lock = new ReentrantLock();
    private final Course.Instants instants;
    private final long until;
    private final Supplier<T> work;

    /** @param until nothing comes from then on */
    Arrivals(Course.Instants instants, long until, Supplier<T> work) {
        this.instants = instants;
        this.until = until;
        this.work = work;
    }

    /**
     * Transactions, each of some district's terminal.
     *
     * @param presence when the stream is there
     */
    static Arrivals<Input> ofTransactions(
            SplittableRandom random,
            Mix mix,
            Course course,
            Presence presence,
            NuRand nuRand,
            Population population,
            int warehouses) {
        List<Inputs> terminals = new ArrayList<>();
        for (int warehouse = 1; warehouse <= warehouses; warehouse++) {
            for (int district = 1; district <= Population.DISTRICTS; district++) {
                terminals.add(new Inputs(random.split(), mix, nuRand, population, warehouses, warehouse, district));
            }
        }
        return new Arrivals<>(
                course.instants(random, presence.from()),
                presence.until(),
                () -> terminals.get(random.nextInt(terminals.size())).next());
    }

    @Override
    public Due<T> next() {
        lock.lock();
        try {
            long at = instants.next();
            return new Due<>(work.get(), at < until ? at : Long.MAX_VALUE);
        } finally {
            lock.unlock();
        }
    }

    /** Nobody's slowness delays the next one. */
    @Override
    public void answered(Due<T> due, long end) {}

    @Override
    public boolean isShared() {
        return true;
    }
}
