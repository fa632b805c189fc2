package io.heliosjdbc.driver.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.heliosjdbc.agreements.Agreement;
import io.heliosjdbc.agreements.RefusedInputException;
import io.heliosjdbc.agreements.UserLoad;
import io.heliosjdbc.classifier.LaneSettings;
import io.heliosjdbc.classifier.RouteMatch;
import io.heliosjdbc.classifier.TenantTier;
import io.heliosjdbc.scheduler.ServiceClassSettings;
import io.heliosjdbc.scheduler.TierSettings;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

class HeliosConfigurationTest {
    @TempDir
    Path directory;

    @Test
    void theDefaultsServeWhereThereIsNoFile() throws RefusedInputException {
        HeliosConfiguration configuration = HeliosConfiguration.load(Map.of());

        assertThat(configuration.source()).isEqualTo("defaults");
        assertThat(configuration.enabled()).isTrue();
        assertThat(configuration.warnings()).isEmpty();
        assertThat(configuration.scheduler().discipline()).isEqualTo("budget");
        assertThat(configuration.scheduler().maxConcurrency()).isZero();
        assertThat(configuration.scheduler().lendAfterNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(100));
        assertThat(configuration.scheduler().dryRun()).isFalse();
        assertThat(configuration.scheduler().classes())
                .containsExactly(
                        standard("background_queue", 2), standard("parallel_lanes", 4), standard("fast_lane", 50));
        assertThat(configuration.classifier().defaultClass()).isEqualTo("fast_lane");
        assertThat(configuration.classifier().hintsAllowedFor()).isNull();
        assertThat(configuration.classifier().lanes())
                .extracting(LaneSettings::serviceClass, LaneSettings::match)
                .containsExactly(
                        tuple("background_queue", RouteMatch.ANY),
                        tuple("parallel_lanes", RouteMatch.ALL),
                        tuple("fast_lane", RouteMatch.ALL));
        assertThat(configuration.agreements().userLoads())
                .extracting(UserLoad::name)
                .containsExactly("high", "medium", "low");
    }

    @Test
    void aLimitOfCostsNeedsTheDatabasesEstimates() throws RefusedInputException {
        String limit = "fast_lane.max_estimated_cost";
        assertThat(HeliosConfiguration.load(Map.of(limit, "50")).warnings())
                .containsExactly(
                        "Without classifier.database_estimates = true these settings have no effect: " + limit);
        assertThat(HeliosConfiguration.load(Map.of(limit, "50", "classifier.database_estimates", "true"))
                        .warnings())
                .isEmpty();
    }

    private static HeliosConfiguration late(int concurrency) throws RefusedInputException {
        return HeliosConfiguration.load(Map.of(
                "connections",
                "late",
                "max_concurrency",
                String.valueOf(concurrency),
                "pool.reserve",
                "1",
                "pool.minimum_idle",
                "20"));
    }

    @Test
    void asManyConnectionsAreKeptAsTheFileSaysHoweverFewThereMightBeBefore() throws RefusedInputException {
        HeliosConfiguration few = late(9).following(late(29));
        assertThat(few.pool()).isNotNull();
        assertThat(few.pool().keptIdle()).isEqualTo(10);
        assertThat(few.pool().idleForMillis()).isZero();
        HeliosConfiguration many = late(29).following(few);
        assertThat(many.pool()).isNotNull();
        assertThat(many.pool().maximumSize()).isEqualTo(30);
        assertThat(many.pool().keptIdle()).isEqualTo(20);
        assertThat(many.pool().idleForMillis()).isEqualTo(600_000);
    }

    /** A bound that nobody reaches, and no more: it is counted up to. */
    @Test
    void aDryRunBoundsNoConnectionsAndOneThatEndsDoesAgain() throws RefusedInputException {
        HeliosConfiguration dry = HeliosConfiguration.load(
                Map.of("connections", "late", "dry_run", "true", "max_concurrency", "9", "pool.reserve", "1"));
        assertThat(dry.pool()).isNotNull();
        assertThat(dry.pool().maximumSize()).isEqualTo(1_000_000);
        HeliosConfiguration inEarnest = late(29).following(dry);
        assertThat(inEarnest.pool()).isNotNull();
        assertThat(inEarnest.pool().maximumSize()).isEqualTo(30);
        assertThat(dry.following(inEarnest).pool()).isEqualTo(dry.pool());
    }

    private static ServiceClassSettings standard(String name, int concurrency) {
        return new ServiceClassSettings(
                name,
                concurrency,
                100,
                TimeUnit.SECONDS.toNanos(5),
                true,
                Double.POSITIVE_INFINITY,
                Long.MAX_VALUE,
                !name.equals("fast_lane"));
    }

    private static ServiceClassSettings fastLane(int concurrency, long targetMillis, Map<String, Integer> guaranteed) {
        ServiceClassSettings standard = standard("fast_lane", concurrency);
        return new ServiceClassSettings(
                standard.name(),
                standard.maxConcurrency(),
                standard.maxQueueDepth(),
                standard.queueTimeoutNanos(),
                standard.rejectOnOverload(),
                standard.maxEstimatedCost(),
                TimeUnit.MILLISECONDS.toNanos(targetMillis),
                false,
                Long.MAX_VALUE,
                guaranteed);
    }

    @Test
    void theRoutingDocumentsPlatformLoads() throws RefusedInputException {
        HeliosConfiguration configuration =
                HeliosConfiguration.load(Map.of("config", "classpath:configuration/saas.toml"));

        assertThat(configuration.scheduler().classes())
                .containsExactly(
                        standard("background_queue", 2),
                        standard("parallel_lanes", 4),
                        fastLane(50, 100, Map.of("enterprise", 10)));
        assertThat(configuration.scheduler().tiers()).containsExactly(new TierSettings("enterprise", 2));
        assertThat(configuration.classifier().tiers())
                .containsExactly(new TenantTier("enterprise", Set.of(), Set.of()));
        assertThat(configuration.classifier().lanes())
                .extracting(lane -> lane.criteria().size())
                .containsExactly(4, 4, 4);
        assertThat(configuration.observability()).isEqualTo(new Observability(true, Level.INFO, true, true));
        String at = " (classpath:configuration/saas.toml:";
        assertThat(configuration.warnings())
                .containsExactly(
                        "A JDBC driver cannot serve these settings, they are ignored: [database]" + at + "2), [storage]"
                                + at
                                + "7), fast_lane.dedicated_cpu_cores" + at + "20), parallel_lanes.cpu_cores" + at
                                + "33), parallel_lanes.workers_per_query" + at + "35), background_queue.cpu_cores" + at
                                + "47), background_queue.io_priority" + at + "49), background_queue.pause_on_high_load"
                                + at
                                + "50), background_queue.high_load_threshold" + at + "51), [metrics]" + at + "78)",
                        "These settings are accepted, but have no effect yet: fast_lane.allow_preemption" + at
                                + "23), parallel_lanes.target_completion_time_s" + at
                                + "36)");
    }

    @Test
    void tiersComeFromTheFileAndFromParameters() throws Exception {
        String tier = "sla_policies.tenant_overrides.";
        HeliosConfiguration configuration = load(
                """
                [workload_routing.fast_lane]
                max_concurrency = 12
                starvation_bound_ms = 700
                [[workload_routing.sla_policies.tenant_overrides]]
                tenant_tier = "gold"
                tenants = ["acme", "globex"]
                user_loads = ["default"]
                priority_boost = 2.5
                guaranteed_fast_lane_slots = 3
                """,
                Map.of(
                        tier + "gold.guaranteed_fast_lane_slots",
                        "4",
                        tier + "silver.tenants",
                        "initech, hooli",
                        tier + "silver.guaranteed_fast_lane_slots",
                        "8",
                        "parallel_lanes.starvation_bound_ms",
                        "5000"));

        ServiceClassSettings fastLane = configuration.scheduler().classes().get(2);
        assertThat(fastLane.guaranteedSlots()).isEqualTo(Map.of("gold", 4, "silver", 8));
        assertThat(fastLane.starvationBoundNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(700));
        assertThat(configuration.scheduler().classes().get(0).starvationBoundNanos())
                .isEqualTo(Long.MAX_VALUE);
        assertThat(configuration.scheduler().tiers())
                .containsExactly(new TierSettings("gold", 2.5), new TierSettings("silver", 1));
        assertThat(configuration.classifier().tiers())
                .containsExactly(
                        new TenantTier("gold", Set.of("acme", "globex"), Set.of("default")),
                        new TenantTier("silver", Set.of("initech", "hooli"), Set.of()));
        assertThat(configuration.settings())
                .contains(
                        new Setting(
                                tier + "gold.guaranteed_fast_lane_slots",
                                "4",
                                "helios." + tier + "gold.guaranteed_fast_lane_slots"),
                        new Setting(tier + "gold.tenants", "acme,globex", directory.resolve("helios.toml") + ":6"),
                        new Setting(tier + "silver.priority_boost", "1.0", "default"));
        assertThat(configuration.warnings())
                .containsExactly(
                        "All 12 slots of fast_lane.max_concurrency are guaranteed to tiers: requests for which none is"
                                + " kept wait for ever",
                        "parallel_lanes.starvation_bound_ms has no effect, for who waits in the class gives up before:"
                                + " its queue timeout is 5000 ms");
        configuration.agreeWith(Map.of(tier + "gold.tenants", "acme,globex"));
        assertThatExceptionOfType(RefusedInputException.class)
                .isThrownBy(() -> configuration.agreeWith(Map.of(tier + "gold.priority_boost", "3")))
                .withMessageContaining("already has '2.5'");
        assertThatExceptionOfType(RefusedInputException.class)
                .isThrownBy(() -> HeliosConfiguration.load(Map.of(tier + "gold.tenant_tier", "gold")))
                .withMessageContaining("unknown parameter");
    }

    @Test
    void accountsAreInMemoryInTheDatabaseOrInAFileRelativeToWhoNamesIt() throws Exception {
        assertThat(HeliosConfiguration.load(Map.of()).accounts()).isEqualTo(new Accounts(null, false, 1000, 10_000));
        assertThat(HeliosConfiguration.load(Map.of("accounts", "memory"))
                        .accounts()
                        .file())
                .isNull();
        assertThat(HeliosConfiguration.load(
                                Map.of("accounts", "file:books", "accounts_checkpoint_ms", "50", "max_accounts", "7"))
                        .accounts())
                .isEqualTo(new Accounts(Path.of("books"), false, 50, 7));

        assertThat(HeliosConfiguration.load(Map.of("accounts", "jdbc")).accounts())
                .isEqualTo(new Accounts(null, true, 1000, 10_000));

        Path file = Files.writeString(
                directory.resolve("helios.toml"), "[workload_routing]\naccounts = 'file:kept/books'\n");
        assertThat(HeliosConfiguration.loadFile(file).accounts().file())
                .isEqualTo(directory.resolve("kept").resolve("books"));
        assertThat(HeliosConfiguration.load(Map.of("config", file.toString(), "accounts", "file:books"))
                        .accounts()
                        .file())
                .isEqualTo(Path.of("books"));
        Path whole = directory.resolve("elsewhere");
        Files.writeString(file, "[workload_routing]\naccounts = 'file:" + whole + "'\n");
        assertThat(HeliosConfiguration.loadFile(file).accounts().file()).isEqualTo(whole);
    }

    @Test
    void theRoutingDocumentsShopLoads() throws RefusedInputException {
        HeliosConfiguration configuration =
                HeliosConfiguration.load(Map.of("config", "classpath:configuration/shop.toml"));

        assertThat(configuration.scheduler().classes())
                .containsExactly(
                        standard("background_queue", 2), standard("parallel_lanes", 8), fastLane(100, 50, Map.of()));
        assertThat(configuration.classifier().lanes().get(2).criteria())
                .hasToString("[query_type = 'INSERT' OR query_type = 'UPDATE', transaction_context = true]");
    }

    @Test
    void ownClassesComeBeforeTheBuiltInOnesAndLimitTheirQueuesThemselves() throws Exception {
        HeliosConfiguration configuration = HeliosConfiguration.loadFile(fixture("with-agreements.toml"));

        assertThat(configuration.scheduler().classes().get(0))
                .isEqualTo(new ServiceClassSettings(
                        "reports", 3, 7, TimeUnit.MILLISECONDS.toNanos(250), true, Double.POSITIVE_INFINITY));
        assertThat(configuration.agreements().all())
                .extracting(Agreement::id)
                .satisfiesExactlyInAnyOrder(
                        id -> assertThat(id).contains("back-office"),
                        id -> assertThat(id).contains("shop"));
    }

    private static Path fixture(String name) throws Exception {
        return Path.of(HeliosConfigurationTest.class
                .getResource("/configuration/" + name)
                .toURI());
    }

    @Test
    void aDisabledClassTakesNothing() throws Exception {
        HeliosConfiguration configuration = load("[workload_routing.parallel_lanes]\nenabled = false\n", Map.of());

        assertThat(configuration.scheduler().classes())
                .extracting(ServiceClassSettings::name)
                .containsExactly("background_queue", "fast_lane");
        assertThat(configuration.classifier().serviceClasses())
                .containsExactlyInAnyOrder("background_queue", "fast_lane");
    }

    @Test
    void scopesAndSwitchesBecomeLimits() throws Exception {
        assertThat(load("[workload_routing]\nslot_scope = 'statement'\n", Map.of())
                        .scheduler()
                        .lendAfterNanos())
                .isZero();
        assertThat(load("[workload_routing]\nidle_in_transaction_lend_ms = 0\n", Map.of())
                        .scheduler()
                        .lendAfterNanos())
                .isEqualTo(Long.MAX_VALUE);
        ServiceClassSettings impatient = load(
                        "[workload_routing.admission_control]\nenable_queueing = false\n", Map.of())
                .scheduler()
                .classes()
                .get(0);
        assertThat(impatient.maxQueueDepth()).isZero();
        assertThat(impatient.rejectOnOverload()).isTrue();
        ServiceClassSettings patient = load("[workload_routing.admission_control]\nenabled = false\n", Map.of())
                .scheduler()
                .classes()
                .get(0);
        assertThat(patient.queueTimeoutNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(patient.rejectOnOverload()).isFalse();
    }

    @Test
    void aParameterGoesBeforeTheFileAndTheFileBeforeTheDefault() throws Exception {
        HeliosConfiguration configuration = load(
                "[workload_routing]\ndiscipline = 'fifo'\nmax_concurrency = 9\n",
                Map.of("discipline", "mefi", "fast_lane.max_concurrency", "1", "classes.tiny.max_concurrency", "2"));

        assertThat(configuration.scheduler().discipline()).isEqualTo("mefi");
        assertThat(configuration.scheduler().maxConcurrency()).isEqualTo(9);
        assertThat(configuration.scheduler().classes())
                .extracting(ServiceClassSettings::name, ServiceClassSettings::maxConcurrency)
                .containsExactly(
                        tuple("tiny", 2),
                        tuple("background_queue", 2),
                        tuple("parallel_lanes", 4),
                        tuple("fast_lane", 1));
        assertThat(configuration.settings())
                .contains(
                        new Setting("discipline", "mefi", "helios.discipline"),
                        new Setting("max_concurrency", "9", directory.resolve("helios.toml") + ":3"),
                        new Setting("dry_run", "false", "default"));
    }

    @Test
    void theParameterGoesBeforeTheSystemPropertyAndThatBeforeTheClassPath() throws Exception {
        Path onClasspath = Files.createDirectory(directory.resolve("classpath"));
        Files.writeString(onClasspath.resolve("helios.toml"), "[workload_routing]\ndiscipline = 'static'\n");
        Path bySystem =
                Files.writeString(directory.resolve("system.toml"), "[workload_routing]\ndiscipline = 'mefi'\n");
        Path byParameter =
                Files.writeString(directory.resolve("parameter.toml"), "[workload_routing]\ndiscipline = 'fifo'\n");
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {onClasspath.toUri().toURL()}, null)) {
            Thread.currentThread().setContextClassLoader(loader);
            assertThat(HeliosConfiguration.load(Map.of()).scheduler().discipline())
                    .isEqualTo("static");
            System.setProperty("helios.config", bySystem.toString());
            assertThat(HeliosConfiguration.load(Map.of()).scheduler().discipline())
                    .isEqualTo("mefi");
            assertThat(HeliosConfiguration.load(Map.of("config", byParameter.toString()))
                            .scheduler()
                            .discipline())
                    .isEqualTo("fifo");
        } finally {
            System.clearProperty("helios.config");
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void aLaterSessionThatSaysNothingOrTheSameAgrees() throws Exception {
        HeliosConfiguration configuration = load("[workload_routing]\ndiscipline = 'fifo'\n", Map.of());

        configuration.agreeWith(Map.of());
        configuration.agreeWith(Map.of(
                "discipline",
                "fifo",
                "fast_lane.max_concurrency",
                "50",
                "config",
                directory.resolve(".").resolve("helios.toml").toString()));
    }

    /** Nobody is not everybody: an empty list is told from none. */
    @Test
    void aLaterSessionThatGivesTheSameEmptyListAgrees() throws Exception {
        Map<String, String> nobody = Map.of("classifier.hints_allowed_for", "");
        HeliosConfiguration.load(nobody).agreeWith(nobody);

        assertThatExceptionOfType(RefusedInputException.class)
                .isThrownBy(() -> HeliosConfiguration.load(Map.of()).agreeWith(nobody))
                .withMessageContaining(
                        "helios.classifier.hints_allowed_for: it says '[]', but the workload manager that"
                                + " is open already has ''");
    }

    @Test
    void aLaterSessionThatSaysSomethingElseIsRefused() throws Exception {
        HeliosConfiguration configuration = load("[workload_routing]\ndiscipline = 'fifo'\n", Map.of());

        assertThatExceptionOfType(RefusedInputException.class)
                .isThrownBy(() -> configuration.agreeWith(Map.of("discipline", "mefi", "config", "other.toml")))
                .withMessageContaining("helios.config: it says 'other.toml', but the workload manager that is open"
                        + " already has '" + directory.resolve("helios.toml") + "'")
                .withMessageContaining("helios.discipline: it says 'mefi', but the workload manager that is open"
                        + " already has 'fifo' (" + directory.resolve("helios.toml") + ":2); give the same value, or a"
                        + " workload manager of its own by helios.manager");
    }

    @Test
    void aListOfAgreementsCanBeAParameter() throws Exception {
        Path agreements = fixture("agreements");

        HeliosConfiguration configuration = HeliosConfiguration.load(Map.of(
                "agreements",
                agreements.resolve("shop.xml") + ", classpath:configuration/agreements/back-office.xml",
                "classes.reports.max_concurrency",
                "1"));

        assertThat(configuration.agreements().userLoads())
                .extracting(UserLoad::name)
                .isEqualTo(List.of("shop", "back-office"));
    }

    private HeliosConfiguration load(String toml, Map<String, String> parameters)
            throws IOException, RefusedInputException {
        Path file = Files.writeString(directory.resolve("helios.toml"), toml);
        Map<String, String> all = new HashMap<>(parameters);
        all.put("config", file.toString());
        return HeliosConfiguration.load(all);
    }
}
