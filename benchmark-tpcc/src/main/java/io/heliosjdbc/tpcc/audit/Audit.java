package io.heliosjdbc.tpcc.audit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.heliosjdbc.tpcc.Input;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Holds the transactions that were really answered against the bands that an audit of TPC-C accepts. Thread-safe. */
public final class Audit {
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final Realised realised = new Realised();

    /** One was answered. */
    public void add(Input input) {
        lock.lock();
        try {
            realised.add(input);
        } finally {
            lock.unlock();
        }
    }

    /**
     * The bands; those of remote cases where there are several warehouses.
     *
     * @param mix whether the shares of the types are to be as TPC-C has them; else nothing is said of them
     */
    public List<Realised.Band> lines(int warehouses, boolean mix) {
        lock.lock();
        try {
            return mix ? realised.bands(warehouses) : realised.bandsOfInputs(warehouses);
        } finally {
            lock.unlock();
        }
    }
}
