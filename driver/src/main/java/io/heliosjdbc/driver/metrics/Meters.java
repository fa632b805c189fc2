package io.heliosjdbc.driver.metrics;

import io.heliosjdbc.driver.admin.Management;
import io.heliosjdbc.driver.admin.PoolStatus;
import io.heliosjdbc.scheduler.WorkloadScheduler;
import java.util.function.LongSupplier;

/** The meters of one workload manager. Thread-safe. */
public interface Meters extends AutoCloseable {

    /** Meters that record nothing. */
    Meters NONE = new Meters() {
        @Override
        public boolean record() {
            return false;
        }

        @Override
        public RequestMeters of(String serviceClass, String userLoad) {
            return RequestMeters.NONE;
        }

        @Override
        public void pool(PoolStatus pool) {}

        @Override
        public void poolGone(String pool) {}

        @Override
        public void close() {}
    };

    /**
     * Meters in Micrometer's global registry where Micrometer can be loaded, else {@link #NONE}.
     *
     * @param manager the workload manager's name, which tells its meters from another one's
     * @param scheduler counts what its statements do
     * @param clock monotonic nanoseconds
     */
    static Meters open(String manager, Management management, WorkloadScheduler scheduler, LongSupplier clock) {
        try {
            Class.forName("io.micrometer.core.instrument.Metrics", false, Meters.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError absent) {
            return NONE;
        }
        return new MicrometerMeters(manager, management, scheduler, clock);
    }

    /** Whether anything is recorded, so that what only meters need need not be measured. */
    boolean record();

    /** The meters of a user load in a class, registered on first use. */
    RequestMeters of(String serviceClass, String userLoad);

    /** There is such a pool, with such reasons to be pinned: registers what is not registered yet. */
    void pool(PoolStatus pool);

    /** There is no pool of that name any more: takes its meters out of the registry. */
    void poolGone(String pool);

    /** Takes the meters out of the registry. */
    @Override
    void close();
}
