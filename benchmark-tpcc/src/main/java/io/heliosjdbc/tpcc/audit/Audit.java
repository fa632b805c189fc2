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

    /** All bands; those of remote cases where there are several warehouses. */
    public List<Realised.Band> lines(int warehouses) {
        lock.lock();
        try {
            return realised.bands(warehouses);
        } finally {
            lock.unlock();
        }
    }
}
