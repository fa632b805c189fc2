package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.tpcc.Input;
import io.heliosjdbc.tpcc.Inputs;
import io.heliosjdbc.tpcc.NuRand;
import io.heliosjdbc.tpcc.Population;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The transactions of an open stream, in the order in which they become due. Their instants and inputs follow from the seed alone,
 * however fast anybody answers. Thread-safe.
 */
final class Arrivals {
    /** A transaction and the instant at which it is due. */
    record Due(Input input, long at) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final SplittableRandom random;
    private final Course.Instants instants;
    private final long until;
    private final List<Inputs> terminals = new ArrayList<>();

    /** @param presence when the stream is there, in nanoseconds of the measurement */
    Arrivals(
            SplittableRandom random,
            Course course,
            Presence presence,
            NuRand nuRand,
            Population population,
            int warehouses) {
        this.random = random;
        this.instants = course.instants(random, presence.from());
        this.until = presence.until();
        for (int warehouse = 1; warehouse <= warehouses; warehouse++) {
            for (int district = 1; district <= Population.DISTRICTS; district++) {
                terminals.add(new Inputs(random.split(), nuRand, population, warehouses, warehouse, district));
            }
        }
    }

    /** The next one; at {@link Long#MAX_VALUE} where there will be none any more. */
    Due next() {
        lock.lock();
        try {
            long at = instants.next();
            Input input = terminals.get(random.nextInt(terminals.size())).next();
            return new Due(input, at < until ? at : Long.MAX_VALUE);
        } finally {
            lock.unlock();
        }
    }
}
