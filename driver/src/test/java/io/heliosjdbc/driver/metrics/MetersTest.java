package io.heliosjdbc.driver.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliosjdbc.driver.admin.ConnectionStatus;
import io.heliosjdbc.driver.admin.DecisionStatus;
import io.heliosjdbc.driver.admin.LoadStatus;
import io.heliosjdbc.driver.admin.Management;
import io.heliosjdbc.driver.admin.PoolStatus;
import io.heliosjdbc.driver.admin.RequestStatus;
import io.heliosjdbc.driver.configuration.Setting;
import io.heliosjdbc.scheduler.SchedulerSettings;
import io.heliosjdbc.scheduler.ServiceClassStatus;
import io.heliosjdbc.scheduler.StatementCounts;
import io.heliosjdbc.scheduler.WorkloadScheduler;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.search.RequiredSearch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetersTest {
    private final AtomicLong clock = new AtomicLong();
    private int looks;
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final WorkloadScheduler scheduler =
            new WorkloadScheduler(new SchedulerSettings("fifo", 0, Long.MAX_VALUE, false, List.of()), System::nanoTime);
    private PoolStatus pool = new PoolStatus("shop", 20, 2, 5, 700, 701, 90_000_000, 3, Map.of("LISTEN", 1));
    private final Management management = new Management() {
        @Override
        public List<ServiceClassStatus> classes() {
            return List.of(new ServiceClassStatus("fast_lane", 50, 3, 1, 2, 100, 10, 5, 4));
        }

        @Override
        public List<RequestStatus> requests() {
            return List.of();
        }

        @Override
        public List<ConnectionStatus> connections() {
            return List.of(
                    new ConnectionStatus(1, "pinned", "LISTEN", 9, "shop", "anna", null, null),
                    new ConnectionStatus(2, "bound", "an open transaction", 7, "shop", "anna", null, null),
                    new ConnectionStatus(3, "unbound", null, 0, "shop", "anna", null, null));
        }

        @Override
        public List<PoolStatus> pools() {
            return List.of(pool);
        }

        @Override
        public List<LoadStatus> loads() {
            looks++;
            return List.of(
                    new LoadStatus("checkout", "anna", 60, 10, 0.83, 0, 1000, 2000, "USD", null, null, null),
                    new LoadStatus("checkout", "bert", 40, 3, 0.92, 0, 500, 2000, "USD", null, null, null),
                    new LoadStatus("reports", null, 7, 7, 0, 0, 40, 80, "USD", null, null, null));
        }

        @Override
        public List<DecisionStatus> decisions() {
            return List.of();
        }

        @Override
        public List<Setting> settings() {
            return List.of();
        }
    };

    @BeforeEach
    void addRegistry() {
        Metrics.addRegistry(registry);
    }

    @AfterEach
    void removeRegistry() {
        scheduler.close();
        Metrics.removeRegistry(registry);
    }

    @Test
    void classesAndLoadsAreGauges() {
        try (Meters meters = Meters.open("shop", management, scheduler, clock::get)) {
            meters.of("fast_lane", "checkout");

            assertThat(gauge("helios.queue.depth", "workload_type", "fast_lane"))
                    .isEqualTo(2);
            assertThat(gauge("helios.active", "workload_type", "fast_lane")).isEqualTo(3);
            assertThat(gauge("helios.mpl", "workload_type", "fast_lane")).isEqualTo(50);
            assertThat(gauge("helios.conformance", "user_load", "checkout")).isEqualTo(0.87);
            assertThat(gauge("helios.penalty.accrued", "user_load", "checkout")).isEqualTo(1500);
        }
    }

    @Test
    void allGaugesOfAScrapeShareOneLookAtTheAccounts() {
        try (Meters meters = Meters.open("shop", management, scheduler, clock::get)) {
            for (String load : new String[] {"checkout", "reports", "other"}) {
                meters.of("fast_lane", load);
            }
            for (int scrape = 1; scrape <= 3; scrape++) {
                assertThat(gauge("helios.conformance", "user_load", "reports")).isZero();
                assertThat(gauge("helios.conformance", "user_load", "other")).isEqualTo(1);
                assertThat(gauge("helios.penalty.accrued", "user_load", "checkout"))
                        .isEqualTo(1500);
                assertThat(looks).isEqualTo(scrape);
                clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
            }
        }
    }

    @Test
    void namesWithSpacesAreToldApart() {
        try (Meters meters = Meters.open("shop", management, scheduler, clock::get)) {
            assertThat(meters.of("a b", "c")).isNotSameAs(meters.of("a", "b c"));
            assertThat(meters.of("a b", "c")).isSameAs(meters.of("a b", "c"));
        }
    }

    @Test
    void whereConnectionsAreOneToOneNothingIsSaidOfPools() {
        try (Meters meters = Meters.open("shop", management, scheduler, clock::get)) {
            meters.of("fast_lane", "checkout");
            assertThat(registry.getMeters())
                    .noneMatch(meter -> meter.getId().getName().startsWith("helios.connections")
                            && "shop".equals(meter.getId().getTag("manager")));
        }
    }

    @Test
    void poolsAndLogicalConnectionsAreGaugesAndCounters() {
        try (Meters meters = Meters.open("shop", management, scheduler, clock::get)) {
            meters.pool(pool);

            assertThat(mine("helios.connections.logical").gauge().value()).isEqualTo(3);
            assertThat(mine("helios.connections.bound").gauge().value()).isEqualTo(1);
            assertThat(gauge("helios.connections.pinned", "reason", "LISTEN")).isEqualTo(1);
            assertThat(gauge("helios.connections.physical", "state", "active")).isEqualTo(2);
            assertThat(gauge("helios.connections.physical", "state", "idle")).isEqualTo(5);
            assertThat(gauge("helios.connections.maximum", "pool", "shop")).isEqualTo(20);
            assertThat(mine("helios.connections.binds").functionCounter().count())
                    .isEqualTo(700);
            assertThat(mine("helios.connections.discarded").functionCounter().count())
                    .isEqualTo(3);
            assertThat(mine("helios.connections.wait").functionTimer().count()).isEqualTo(701);
            assertThat(mine("helios.connections.wait").functionTimer().totalTime(TimeUnit.MILLISECONDS))
                    .isEqualTo(90);
        }
    }

    @Test
    void aPoolThatIsGoneHasNoMeters() {
        try (Meters meters = Meters.open("shop", management, scheduler, clock::get)) {
            int without = registry.getMeters().size();
            meters.pool(pool);
            int one = registry.getMeters().size();
            PoolStatus other = new PoolStatus("v-app-1", 20, 0, 0, 0, 0, 0, 0, Map.of("LISTEN", 1));
            meters.pool(other);

            meters.poolGone("v-app-1");
            assertThat(registry.getMeters()).hasSize(one);
            assertThat(gauge("helios.connections.maximum", "pool", "shop")).isEqualTo(20);

            meters.pool(other);
            assertThat(registry.getMeters().size()).isGreaterThan(one);
            meters.poolGone("v-app-1");
            meters.poolGone("shop");
            // Those of the logical connections stay.
            assertThat(registry.getMeters()).hasSize(without + 2);
        }
    }

    @Test
    void reasonsToBePinnedBeyondFiftyAreCountedTogether() {
        try (Meters meters = Meters.open("shop", management, scheduler, clock::get)) {
            Map<String, Integer> reasons = new TreeMap<>();
            for (int i = 0; i < 60; i++) {
                reasons.put("the function f" + i, 2);
                pool = new PoolStatus("shop", 20, 2, 5, 700, 701, 0, 3, reasons);
                meters.pool(pool);
            }

            assertThat(registry.find("helios.connections.pinned")
                            .tag("manager", "shop")
                            .gauges())
                    .hasSize(51);
            assertThat(gauge("helios.connections.pinned", "reason", "the function f49"))
                    .isEqualTo(2);
            assertThat(gauge("helios.connections.pinned", "reason", "other reasons"))
                    .isEqualTo(20);
        }
    }

    @Test
    void aWaitOfZeroIsRecorded() {
        try (Meters meters = Meters.open("shop", management, scheduler, clock::get)) {
            RequestMeters checkout = meters.of("fast_lane", "checkout");
            StatementCounts counts = Objects.requireNonNull(checkout.counts());
            counts.started();
            counts.started();
            counts.ended(4_000_000, false);
            checkout.waited(3_000_000);
            checkout.executed(3_000_000, 4_000_000, Outcome.SUCCESS);

            assertThat(registry.get("helios.queue.wait")
                            .tag("manager", "shop")
                            .functionTimer()
                            .count())
                    .isEqualTo(2);
            assertThat(registry.get("helios.queue.wait")
                            .tag("manager", "shop")
                            .functionTimer()
                            .totalTime(TimeUnit.MILLISECONDS))
                    .isEqualTo(3);
            assertThat(registry.get("helios.execution")
                            .tag("manager", "shop")
                            .functionTimer()
                            .totalTime(TimeUnit.MILLISECONDS))
                    .isEqualTo(4);
            assertThat(registry.get("helios.query.duration")
                            .tag("manager", "shop")
                            .tags("outcome", "success", "workload_type", "fast_lane", "user_load", "checkout")
                            .timer()
                            .totalTime(TimeUnit.MILLISECONDS))
                    .isEqualTo(7);
            assertThat(registry.get("helios.queries.routed")
                            .tag("manager", "shop")
                            .functionCounter()
                            .count())
                    .isEqualTo(2);
            assertThat(registry.get("helios.queries")
                            .tag("manager", "shop")
                            .tags("outcome", "success")
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void refusalsAndViolationsAreCounted() {
        try (Meters meters = Meters.open("shop", management, scheduler, clock::get)) {
            RequestMeters checkout = meters.of("fast_lane", "checkout");
            checkout.notAdmitted(false, 0, Outcome.REFUSED, "queue_full");
            checkout.notAdmitted(false, 5, Outcome.TIMEOUT, "queue_timeout");
            checkout.notAdmitted(false, 5, Outcome.TIMEOUT, "queue_timeout");
            checkout.violated();

            assertThat(registry.get("helios.rejections")
                            .tag("manager", "shop")
                            .tags("reason", "queue_timeout")
                            .counter()
                            .count())
                    .isEqualTo(2);
            assertThat(registry.get("helios.queries")
                            .tag("manager", "shop")
                            .tags("outcome", "refused")
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("helios.sla.violations")
                            .tag("manager", "shop")
                            .counter()
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void aSlotThatCameTooLateIsRoutedOnceAndItsStatementIsCancelled() {
        try (Meters meters = Meters.open("shop", management, scheduler, clock::get)) {
            RequestMeters checkout = meters.of("fast_lane", "checkout");
            StatementCounts counts = Objects.requireNonNull(checkout.counts());
            counts.started();
            checkout.notAdmitted(true, 5, Outcome.CANCELLED, "cancelled");
            counts.started();
            counts.ended(7, true);

            assertThat(mine("helios.queries.routed").functionCounter().count()).isEqualTo(2);
            assertThat(mine("helios.queries")
                            .tag("outcome", "cancelled")
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
            assertThat(mine("helios.queries")
                            .tag("outcome", "error")
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
            assertThat(mine("helios.queries")
                            .tag("outcome", "success")
                            .functionCounter()
                            .count())
                    .isZero();
        }
    }

    @Test
    void askingAgainRegistersNothingTwiceAndClosingRemovesEverything() {
        Meters meters = Meters.open("shop", management, scheduler, clock::get);
        RequestMeters first = meters.of("fast_lane", "checkout");
        first.notAdmitted(false, 0, Outcome.REFUSED, "queue_full");
        long registered = registered();
        first.notAdmitted(false, 0, Outcome.REFUSED, "queue_full");

        assertThat(meters.of("fast_lane", "checkout")).isSameAs(first);
        assertThat(registered()).isEqualTo(registered).isPositive();
        meters.close();
        assertThat(registered()).isZero();
    }

    @Test
    void withoutMicrometerNothingIsRecordedAndNothingIsSaid() throws Exception {
        URL[] withoutMicrometer = Arrays.stream(
                        System.getProperty("java.class.path").split(System.getProperty("path.separator"), -1))
                .filter(entry -> !entry.contains("micrometer"))
                .map(MetersTest::url)
                .toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(withoutMicrometer, ClassLoader.getPlatformClassLoader())) {
            Class<?> meters = loader.loadClass(Meters.class.getName());
            Class<?> theirManagement = loader.loadClass(Management.class.getName());

            Class<?> theirScheduler = loader.loadClass(WorkloadScheduler.class.getName());

            assertThat(meters.getMethod("open", String.class, theirManagement, theirScheduler, LongSupplier.class)
                            .invoke(null, "shop", null, null, null))
                    .isSameAs(meters.getField("NONE").get(null));
        }
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (java.net.MalformedURLException wrong) {
            throw new IllegalArgumentException(entry, wrong);
        }
    }

    /** Those of other managers may come and go. */
    private long registered() {
        return registry.getMeters().stream()
                .filter(meter -> "shop".equals(meter.getId().getTag("manager")))
                .count();
    }

    private RequiredSearch mine(String name) {
        return registry.get(name).tag("manager", "shop");
    }

    private double gauge(String name, String tag, String value) {
        return registry.get(name)
                .tag("manager", "shop")
                .tags("manager", "shop", tag, value)
                .gauge()
                .value();
    }
}
