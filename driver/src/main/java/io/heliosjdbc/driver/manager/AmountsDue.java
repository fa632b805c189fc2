package io.heliosjdbc.driver.manager;

import io.heliosjdbc.slo.Settlement;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What has become due by user load, each currency for itself. Thread-safe. */
final class AmountsDue {
    private final ReentrantLock lock = new ReentrantLock();
    /** By load, and then by unit: that of the last settlement comes last. Guarded by the lock. */
    private final Map<String, LinkedHashMap<String, Double>> sums = new HashMap<>();

    /** So much of one unit. Immutable. */
    record Amount(double sum, String unit) {}

    void add(Settlement settlement) {
        lock.lock();
        try {
            Map<String, Double> ofLoad =
                    sums.computeIfAbsent(settlement.account().userLoad(), absent -> new LinkedHashMap<>());
            Double before = ofLoad.remove(settlement.unit());
            ofLoad.put(
                    settlement.unit(),
                    (before == null ? 0 : before) + settlement.due().doubleValue());
        } finally {
            lock.unlock();
        }
    }

    /**
     * What has become due of a load.
     *
     * @param unit in which; null for that of its last settlement, where the load has none now
     * @return nothing of the unit where none was settled in it; null where no unit is known
     */
    @Nullable
    Amount of(String load, @Nullable String unit) {
        lock.lock();
        try {
            Map<String, Double> ofLoad = sums.getOrDefault(load, new LinkedHashMap<>());
            if (unit != null) {
                return new Amount(ofLoad.getOrDefault(unit, 0.0), unit);
            }
            Amount last = null;
            for (Map.Entry<String, Double> each : ofLoad.entrySet()) {
                last = new Amount(each.getValue(), each.getKey());
            }
            return last;
        } finally {
            lock.unlock();
        }
    }
}
