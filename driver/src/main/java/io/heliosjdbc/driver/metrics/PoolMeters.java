package io.heliosjdbc.driver.metrics;

import io.heliosjdbc.driver.admin.ConnectionStatus;
import io.heliosjdbc.driver.admin.Management;
import io.heliosjdbc.driver.admin.PoolStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** The meters of connections that are bound late; there are none until there is a pool. Thread-safe. */
final class PoolMeters {
    /** The tag that names a pool. */
    static final String POOL = "pool";

    /** A reason can name a function or a verb of the application's, and tags must not grow with its texts. */
    private static final int MOST_REASONS = 50;

    private static final String OTHER_REASONS = "other reasons";

    private final MeterRegistry registry;
    private final Tags common;
    private final Management management;
    private final Queue<Meter> registered;
    /** The pools with meters, and of each the reasons that have a meter of their own. */
    private final Map<String, Set<String>> pools = new ConcurrentHashMap<>();

    /** Whether there has been no pool yet. */
    private final AtomicBoolean first = new AtomicBoolean(true);

    /** @param registered takes up what is registered, to be removed at the end */
    PoolMeters(MeterRegistry registry, Tags common, Management management, Queue<Meter> registered) {
        this.registry = registry;
        this.common = common;
        this.management = management;
        this.registered = registered;
    }

    void register(PoolStatus pool) {
        if (first.compareAndSet(true, false)) {
            connections("helios.connections.logical", "the application's connections", each -> each.pool() != null);
            connections(
                    "helios.connections.bound",
                    "those that have a physical one until something ends",
                    each -> each.state().equals("bound"));
        }
        Set<String> reasons = pools.computeIfAbsent(pool.name(), name -> {
            meters(name);
            return ConcurrentHashMap.newKeySet();
        });
        for (String reason : pool.pinned().keySet()) {
            String named = reasons.contains(reason) || reasons.size() < MOST_REASONS ? reason : OTHER_REASONS;
            if (reasons.add(named)) {
                gauge(
                        "helios.connections.pinned",
                        "physical connections that stay with a logical one until that is closed",
                        Tags.of(POOL, pool.name(), "reason", named),
                        pool.name(),
                        status -> pinned(status, reasons, named));
            }
        }
    }

    /** Its meters are taken out: if there is such a pool once more, it has others. */
    void forget(String pool) {
        pools.remove(pool);
    }

    private static double pinned(PoolStatus status, Set<String> reasons, String named) {
        return status.pinned().entrySet().stream()
                .filter(each ->
                        named.equals(OTHER_REASONS) ? !reasons.contains(each.getKey()) : named.equals(each.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    private void meters(String pool) {
        Tags tags = Tags.of(POOL, pool);
        String physical = "helios.connections.physical";
        gauge(physical, "physical connections", tags.and("state", "active"), pool, PoolStatus::active);
        gauge(physical, "physical connections", tags.and("state", "idle"), pool, PoolStatus::idle);
        gauge("helios.connections.maximum", "how many of them there may be", tags, pool, PoolStatus::maximum);
        counter("helios.connections.binds", "physical connections that were taken", pool, PoolStatus::binds);
        counter(
                "helios.connections.discarded",
                "physical connections that were closed and not used again",
                pool,
                PoolStatus::discarded);
        registered.add(FunctionTimer.builder(
                        "helios.connections.wait",
                        management,
                        source -> sum(source, pool, PoolStatus::waits),
                        source -> sum(source, pool, PoolStatus::waitNanos),
                        TimeUnit.NANOSECONDS)
                .description("time until a physical connection was there, or not to be had")
                .tags(common.and(tags))
                .register(registry));
    }

    private void connections(String name, String description, Predicate<ConnectionStatus> which) {
        registered.add(Gauge.builder(
                        name,
                        management,
                        source -> source.connections().stream().filter(which).count())
                .description(description)
                .tags(common)
                .register(registry));
    }

    private void gauge(String name, String description, Tags tags, String pool, ToDoubleFunction<PoolStatus> value) {
        registered.add(Gauge.builder(
                        name,
                        management,
                        source -> source.pools().stream()
                                .filter(each -> each.name().equals(pool))
                                .mapToDouble(value)
                                .sum())
                .description(description)
                .tags(common.and(tags))
                .register(registry));
    }

    private void counter(String name, String description, String pool, ToLongFunction<PoolStatus> value) {
        registered.add(FunctionCounter.builder(name, management, source -> sum(source, pool, value))
                .description(description)
                .tags(common.and(POOL, pool))
                .register(registry));
    }

    /** Pools of one user with different options have one name. */
    private static long sum(Management source, String pool, ToLongFunction<PoolStatus> value) {
        return source.pools().stream()
                .filter(each -> each.name().equals(pool))
                .mapToLong(value)
                .sum();
    }
}
