package io.heliosjdbc.driver.metrics;

import io.heliosjdbc.driver.admin.LoadStatus;
import io.heliosjdbc.driver.admin.Management;
import io.heliosjdbc.driver.admin.PoolStatus;
import io.heliosjdbc.scheduler.ServiceClassStatus;
import io.heliosjdbc.scheduler.StatementCounts;
import io.heliosjdbc.scheduler.WorkloadScheduler;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Meters in Micrometer's global registry; with {@link PoolMeters} the only class that touches Micrometer. Thread-safe. */
final class MicrometerMeters implements Meters {
    private static final String SERVICE_CLASS = "workload_type";
    private static final String USER_LOAD = "user_load";

    private static final Logger LOGGER = LoggerFactory.getLogger(MicrometerMeters.class);
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** All accounts of a load together. */
    private record Standing(long transactions, long late, double due) {
        static final Standing NONE = new Standing(0, 0, 0);

        Standing and(Standing other) {
            return new Standing(transactions + other.transactions, late + other.late, due + other.due);
        }

        double conformance() {
            return transactions == 0 ? 1 : (transactions - late) / (double) transactions;
        }
    }

    private record Key(String serviceClass, String userLoad) {}

    private record Look(long at, Map<String, Standing> loads) {}

    private final MeterRegistry registry = Metrics.globalRegistry;
    private final Tags common;
    private final Management management;
    private final WorkloadScheduler scheduler;
    private final LongSupplier clock;
    private final PoolMeters pools;
    private final Map<Key, RequestMeters> requestMeters = new ConcurrentHashMap<>();
    private final Map<String, Boolean> classes = new ConcurrentHashMap<>();
    private final Map<String, Boolean> loads = new ConcurrentHashMap<>();
    private final Queue<Meter> registered = new ConcurrentLinkedQueue<>();
    /** Two threads may look at once, and one of their looks stays. */
    private volatile @Nullable Look look;

    MicrometerMeters(String manager, Management management, WorkloadScheduler scheduler, LongSupplier clock) {
        this.scheduler = scheduler;
        this.clock = clock;
        this.common = Tags.of("manager", manager);
        this.management = management;
        this.pools = new PoolMeters(registry, common, management, registered);
        boolean opened = false;
        try {
            for (ServiceClassStatus each : management.classes()) {
                classGauges(each.name());
            }
            opened = true;
        } finally {
            if (!opened) {
                close();
            }
        }
    }

    private void classGauges(String serviceClass) {
        if (classes.putIfAbsent(serviceClass, true) == null) {
            classGauge("helios.queue.depth", "requests that wait", serviceClass, ServiceClassStatus::queued);
            classGauge("helios.active", "requests that hold a slot", serviceClass, ServiceClassStatus::active);
            classGauge("helios.mpl", "the class's MPL", serviceClass, ServiceClassStatus::maxConcurrency);
        }
    }

    private void classGauge(
            String name, String description, String serviceClass, ToDoubleFunction<ServiceClassStatus> value) {
        registered.add(Gauge.builder(
                        name,
                        management,
                        source -> source.classes().stream()
                                .filter(each -> each.name().equals(serviceClass))
                                .mapToDouble(value)
                                .findFirst()
                                .orElse(Double.NaN))
                .description(description)
                .tags(common.and(SERVICE_CLASS, serviceClass))
                .register(registry));
    }

    private void loadGauges(String userLoad) {
        registered.add(Gauge.builder(
                        "helios.conformance",
                        this,
                        self -> self.ofLoad(userLoad).conformance())
                .description("timely transactions over all transactions of the running measurement interval")
                .tags(common.and(USER_LOAD, userLoad))
                .register(registry));
        registered.add(Gauge.builder(
                        "helios.penalty.accrued",
                        this,
                        self -> self.ofLoad(userLoad).due())
                .description("what would be due if the measurement interval ended now")
                .tags(common.and(USER_LOAD, userLoad))
                .register(registry));
    }

    /** A look at the accounts that is a second old at most: all gauges of a scrape share it. */
    private Standing ofLoad(String userLoad) {
        long now = clock.getAsLong();
        Look last = look;
        if (last == null || now - last.at() >= LOOK_NANOS) {
            Map<String, Standing> loads = new HashMap<>();
            for (LoadStatus each : management.loads()) {
                loads.merge(each.userLoad(), new Standing(each.transactions(), each.late(), each.due()), Standing::and);
            }
            last = new Look(now, loads);
            look = last;
        }
        return last.loads().getOrDefault(userLoad, Standing.NONE);
    }

    @Override
    public boolean record() {
        return true;
    }

    @Override
    public RequestMeters of(String serviceClass, String userLoad) {
        classGauges(serviceClass);
        if (loads.putIfAbsent(userLoad, true) == null) {
            loadGauges(userLoad);
        }
        return requestMeters.computeIfAbsent(
                new Key(serviceClass, userLoad),
                key -> new OfLoad(common.and(SERVICE_CLASS, serviceClass, USER_LOAD, userLoad)));
    }

    @Override
    public void pool(PoolStatus pool) {
        pools.register(pool);
    }

    @Override
    public void poolGone(String pool) {
        pools.forget(pool);
        registered.removeIf(each -> {
            boolean goes = pool.equals(each.getId().getTag(PoolMeters.POOL));
            RuntimeException wrong = goes ? takeOut(each) : null;
            if (wrong != null) {
                LOGGER.warn("{} could not be taken out of a registry", each.getId(), wrong);
            }
            return goes;
        });
    }

    @Override
    public void close() {
        RuntimeException first = null;
        for (Meter meter = registered.poll(); meter != null; meter = registered.poll()) {
            RuntimeException wrong = takeOut(meter);
            first = first == null ? wrong : first;
        }
        requestMeters.clear();
        loads.clear();
        if (first != null) {
            throw first;
        }
    }

    /** What one of the application's registries throws keeps no other meter from being taken out. */
    private @Nullable RuntimeException takeOut(Meter meter) {
        try {
            registry.remove(meter);
            meter.close();
            return null;
        } catch (RuntimeException wrong) {
            return wrong;
        }
    }

    private <M extends Meter> M keep(M meter) {
        registered.add(meter);
        return meter;
    }

    /**
     * Says what the scheduler has counted when somebody asks; only the histogram is Micrometer's own to fill, which costs a statement as
     * much as all the rest.
     */
    private final class OfLoad implements RequestMeters {
        private final Tags tags;
        private final Map<Outcome, Timer> duration = new EnumMap<>(Outcome.class);
        /** Of statements that did not run. */
        private final Map<Outcome, LongAdder> notAdmitted = new EnumMap<>(Outcome.class);

        private final Map<String, Counter> rejections = new ConcurrentHashMap<>();
        private final StatementCounts counts = new StatementCounts(null);
        private final Timer success;
        private final LongAdder notGranted = new LongAdder();
        private final LongAdder waitedNanos = new LongAdder();
        private final Counter violations;

        OfLoad(Tags tags) {
            this.tags = tags;
            for (Outcome outcome : Outcome.values()) {
                Tags withOutcome = tags.and("outcome", outcome.name().toLowerCase(Locale.ROOT));
                notAdmitted.put(outcome, new LongAdder());
                duration.put(
                        outcome,
                        keep(Timer.builder("helios.query.duration")
                                .description("from the call to the result, the wait included")
                                .tags(withOutcome)
                                .publishPercentileHistogram()
                                .register(registry)));
                keep(FunctionCounter.builder("helios.queries", this, self -> self.ended(outcome))
                        .description("statements that have ended")
                        .tags(withOutcome)
                        .register(registry));
            }
            success = Objects.requireNonNull(duration.get(Outcome.SUCCESS));
            timer(
                    "helios.queue.wait",
                    "time in the queue, zero included",
                    OfLoad::routed,
                    self -> self.waitedNanos.sum());
            timer(
                    "helios.execution",
                    "time in the database",
                    self -> self.counted(StatementCounts::executedStatements),
                    self -> self.counted(StatementCounts::executionNanos));
            keep(FunctionCounter.builder("helios.queries.routed", this, OfLoad::routed)
                    .description("statements that were mapped to the class")
                    .tags(tags)
                    .register(registry));
            violations = keep(Counter.builder("helios.sla.violations")
                    .description("transactions that were late")
                    .tags(tags)
                    .register(registry));
        }

        private void timer(
                String name, String description, ToLongFunction<OfLoad> count, ToDoubleFunction<OfLoad> nanos) {
            keep(FunctionTimer.builder(name, this, count, nanos, TimeUnit.NANOSECONDS)
                    .description(description)
                    .tags(tags)
                    .register(registry));
        }

        private long counted(ToLongFunction<StatementCounts> what) {
            return scheduler.copyOfBooks(() -> what.applyAsLong(counts));
        }

        private long routed() {
            return counted(StatementCounts::startedStatements) + notGranted.sum();
        }

        private long ended(Outcome outcome) {
            return switch (outcome) {
                case SUCCESS -> counted(each -> each.executedStatements() - each.failedStatements());
                case ERROR -> counted(StatementCounts::failedStatements);
                case REFUSED, TIMEOUT, CANCELLED -> of(notAdmitted, outcome).sum();
            };
        }

        private <T> T of(Map<Outcome, T> each, Outcome outcome) {
            return Objects.requireNonNull(each.get(outcome));
        }

        @Override
        public StatementCounts counts() {
            return counts;
        }

        @Override
        public void waited(long nanos) {
            waitedNanos.add(nanos);
        }

        @Override
        public void executed(long waitedNanos, long executionNanos, Outcome outcome) {
            Timer timer = outcome == Outcome.SUCCESS ? success : of(duration, outcome);
            timer.record(waitedNanos + executionNanos, TimeUnit.NANOSECONDS);
        }

        @Override
        public void notAdmitted(boolean isGranted, long waitedNanos, Outcome outcome, String reason) {
            if (!isGranted) {
                notGranted.increment();
            }
            waited(waitedNanos);
            of(notAdmitted, outcome).increment();
            of(duration, outcome).record(waitedNanos, TimeUnit.NANOSECONDS);
            rejections
                    .computeIfAbsent(
                            reason,
                            key -> keep(Counter.builder("helios.rejections")
                                    .description("statements that got no slot")
                                    .tags(tags.and("reason", key))
                                    .register(registry)))
                    .increment();
        }

        @Override
        public void violated() {
            violations.increment();
        }
    }
}
