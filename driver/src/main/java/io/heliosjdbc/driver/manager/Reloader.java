package io.heliosjdbc.driver.manager;

import io.heliosjdbc.agreements.RefusedInputException;
import io.heliosjdbc.driver.configuration.HeliosConfiguration;
import io.heliosjdbc.driver.configuration.Inputs;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees that a workload manager follows the files it was configured by. A change is taken over when two looks in a row have found the
 * same, for whoever writes a file may be in the middle of it. One thread looks, and one at a time joins.
 */
final class Reloader {
    private static final Logger LOGGER = LoggerFactory.getLogger(Reloader.class);

    /** What stands over the files; replaced as a whole. */
    private volatile Map<String, String> parameters;

    private final WorkloadManager manager;
    private Inputs inputs;
    private Map<String, String> taken;
    private Map<String, String> seen;

    /**
     * Follows files.
     *
     * @param parameters what the manager's first connection says
     * @param inputs what was read when the manager was opened
     */
    Reloader(Map<String, String> parameters, Inputs inputs, WorkloadManager manager) {
        this.parameters = parameters;
        this.inputs = inputs;
        this.manager = manager;
        this.taken = inputs.asRead();
        this.seen = taken;
    }

    /**
     * Another connection's parameters stand over the files, too, from now on. Who reads them looks at the parameters after what he has read is in
     * force, who joins at what is in force after his are there: one of the two sees the other.
     *
     * @throws RefusedInputException where they contradict what is in force; then nothing has changed
     */
    void join(Map<String, String> more) throws RefusedInputException {
        Map<String, String> before = parameters;
        Map<String, String> all = new HashMap<>(more);
        all.putAll(before);
        parameters = Map.copyOf(all);
        boolean agree = false;
        try {
            manager.configuration().agreeWith(more);
            agree = true;
        } finally {
            if (!agree) {
                parameters = before;
            }
        }
    }

    /** How often to look; never ({@link Long#MAX_VALUE}) where nothing can change, or is to. */
    long periodNanos() {
        long millis = manager.configuration().reloadMillis();
        return millis == 0 || !inputs.canChange() ? Long.MAX_VALUE : TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** Looks at the files, and takes over or refuses what has changed in them. To be called without any lock. */
    void look() {
        try {
            Map<String, String> now = inputs.now();
            boolean settled = now.equals(seen);
            seen = now;
            if (settled && !now.equals(taken)) {
                taken = now;
                read();
            }
        } catch (RuntimeException | Error wrong) {
            LOGGER.error(
                    "Workload manager {} keeps the configuration it has, for reading it again failed", manager, wrong);
        }
    }

    private void read() {
        Inputs next;
        Map<String, String> by;
        do {
            by = parameters;
            next = inputs.again();
            try {
                manager.inForce().reconfigure(HeliosConfiguration.load(by, next));
            } catch (RefusedInputException wrong) {
                manager.inForce().refuse(wrong.faults());
            }
        } while (!by.equals(parameters));
        if (next.canChange()) {
            inputs = next;
            taken = next.asRead();
            seen = taken;
        }
    }
}
