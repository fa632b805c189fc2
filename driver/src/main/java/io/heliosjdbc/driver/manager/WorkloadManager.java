package io.heliosjdbc.driver.manager;

import io.heliosjdbc.agreements.Fault;
import io.heliosjdbc.agreements.RefusedInputException;
import io.heliosjdbc.classifier.StatementProfile;
import io.heliosjdbc.driver.accounts.AccountKeeper;
import io.heliosjdbc.driver.admin.AdminStatements;
import io.heliosjdbc.driver.admin.ConnectionStatus;
import io.heliosjdbc.driver.admin.DecisionStatus;
import io.heliosjdbc.driver.admin.LoadStatus;
import io.heliosjdbc.driver.admin.Management;
import io.heliosjdbc.driver.admin.PoolStatus;
import io.heliosjdbc.driver.admin.ReportLine;
import io.heliosjdbc.driver.admin.RequestStatus;
import io.heliosjdbc.driver.configuration.HeliosConfiguration;
import io.heliosjdbc.driver.configuration.PoolSettings;
import io.heliosjdbc.driver.configuration.Setting;
import io.heliosjdbc.driver.engine.Background;
import io.heliosjdbc.driver.engine.ConnectionSource;
import io.heliosjdbc.driver.late.PhysicalPools;
import io.heliosjdbc.driver.metrics.Meters;
import io.heliosjdbc.scheduler.ServiceClassStatus;
import io.heliosjdbc.scheduler.WorkloadScheduler;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Classifier, books and scheduler of one database, and the sessions that use them: opens and closes them together, and shows the
 * administrator what each of them knows. Thread-safe.
 */
final class WorkloadManager implements Management {
    /** Under its name everything is logged that concerns the manager as a whole, whichever part of it says so. */
    private static final Logger LOGGER = LoggerFactory.getLogger(WorkloadManager.class);

    private final String name;
    private final boolean enabled;
    private final LongSupplier clock;
    private final Consumer<WorkloadManager> whenLeft;
    private final Sessions sessions = new Sessions();
    private final WorkloadScheduler scheduler;
    private final BoundWaiters boundWaiters;
    private final Decisions decisions;
    private final Ledger ledger;
    private final Classifiers classifiers;
    private final @Nullable PhysicalPools pools;
    private final Bookkeeping bookkeeping;
    private final RulesInForce inForce;
    private final Report report;
    private final AdminStatements admin;
    private final Explainer explainer;
    private final Meters meters;
    private final Planner planner;

    /**
     * A workload manager without sessions.
     *
     * @param name what tells it from others, in logs and metrics
     * @param clock monotonic nanoseconds
     * @param calendar the time of day, for measurement intervals
     * @param keeper who keeps the accounts, or null where they are kept in memory only; closed by {@link #close}
     * @param connections opens connections of its own to the database, or null where there is no way to
     * @param background makes what its questions to the database are asked on
     * @param whenLeft told after each session that has left
     * @throws RefusedInputException if the accounts cannot be kept
     */
    WorkloadManager(
            String name,
            HeliosConfiguration configuration,
            LongSupplier clock,
            InstantSource calendar,
            @Nullable AccountKeeper keeper,
            @Nullable ConnectionSource connections,
            Supplier<Background> background,
            Consumer<WorkloadManager> whenLeft)
            throws RefusedInputException {
        this.name = name;
        this.enabled = configuration.enabled();
        this.clock = clock;
        this.whenLeft = whenLeft;
        Instant opened = calendar.instant();
        Closing undone = new Closing();
        try {
            this.scheduler = new WorkloadScheduler(configuration.scheduler(), clock);
            this.boundWaiters = new BoundWaiters(scheduler::letIn);
            this.decisions = new Decisions(clock, calendar);
            this.classifiers = new Classifiers(name, configuration, clock, connections, background);
            undone.add(classifiers::stopAsking);
            PoolSettings pool = enabled ? configuration.pool() : null;
            this.pools = pool == null
                    ? null
                    : new PhysicalPools(name, pool, this::measure, this::measureNoMore, boundWaiters::letIn);
            if (pools != null) {
                undone.add(pools::close);
            }
            this.bookkeeping = new Bookkeeping(scheduler, clock, calendar, keeper, () -> rules().books());
            this.inForce =
                    new RulesInForce(name, configuration, clock, calendar, classifiers, bookkeeping, scheduler, pools);
            bookkeeping.restore();
            Tallies tallies = new Tallies(scheduler);
            this.report = new Report(inForce, scheduler, bookkeeping, tallies, opened);
            this.admin = new AdminStatements(this);
            this.explainer = new Explainer(scheduler);
            this.meters = configuration.observability().exportMetrics()
                    ? Meters.open(name, this, scheduler, clock)
                    : Meters.NONE;
            undone.add(meters::close);
            this.ledger = new Ledger(meters, decisions, bookkeeping, inForce::rules);
            this.planner = new Planner(scheduler, meters, tallies);
            if (pools != null && connections == null) {
                LOGGER.warn(
                        "{}: connections = late needs to open connections itself; behind another data source they are"
                                + " one to one",
                        name);
            }
            classifiers.learn(configuration, rules().classifier());
            undone.add(classifiers::stopLearning);
            configuration.warnings().forEach(warning -> LOGGER.warn("{}: {}", configuration.source(), warning));
            LOGGER.info("Workload manager {} opened, configured by {}", name, configuration.source());
            bookkeeping.start(configuration.accounts().checkpointMillis());
        } catch (RefusedInputException | RuntimeException | Error wrong) {
            undone.closeAfter(wrong);
            throw wrong;
        }
    }

    /** Pools come before meters, whose first scrape may ask for them, and have nobody's connections before they are measured. */
    private void measure(PoolStatus pool) {
        meters.pool(pool);
    }

    private void measureNoMore(String pool) {
        meters.poolGone(pool);
    }

    ManagedSession open(@Nullable String user, @Nullable String application) {
        return sessions.open(this, user, application);
    }

    void left(ManagedSession session) {
        if (sessions.left(session)) {
            whenLeft.accept(this);
        }
    }

    boolean enabled() {
        return enabled;
    }

    long now() {
        return clock.getAsLong();
    }

    HeliosConfiguration configuration() {
        return rules().configuration();
    }

    /** What statements are decided by from now on; whoever asks keeps to it for one statement. */
    Rules rules() {
        return inForce.rules();
    }

    /** Where those rules change. */
    RulesInForce inForce() {
        return inForce;
    }

    /** Where it is kept what classifiers learn. */
    Classifiers classifiers() {
        return classifiers;
    }

    StatementProfile profile(String sql) {
        return rules().classifier().profile(sql);
    }

    /** Makes plans of decisions. */
    Planner planner() {
        return planner;
    }

    WorkloadScheduler scheduler() {
        return scheduler;
    }

    /** Who waits for a slot, and has a physical connection. */
    BoundWaiters boundWaiters() {
        return boundWaiters;
    }

    /** The physical connections, where connections are bound late; null where they are one to one. */
    @Nullable
    PhysicalPools physicalPools() {
        return pools;
    }

    /** Settles the accounts. */
    Bookkeeping bookkeeping() {
        return bookkeeping;
    }

    /** Who is told what came of each statement. */
    Ledger ledger() {
        return ledger;
    }

    /** Tells the classifier how long a statement took that did not fail. */
    void executed(StatementProfile profile, long nanos) {
        rules().classifier().executed(profile, nanos);
    }

    /** Answers SHOW HELIOS and EXPLAIN HELIOS. */
    AdminStatements admin() {
        return admin;
    }

    /** Says what would become of a statement. */
    Explainer explainer() {
        return explainer;
    }

    @Override
    public List<ServiceClassStatus> classes() {
        return scheduler.status();
    }

    @Override
    public List<RequestStatus> requests() {
        return sessions.requests(now());
    }

    @Override
    public List<ConnectionStatus> connections() {
        return sessions.connections();
    }

    @Override
    public List<PoolStatus> pools() {
        return pools == null ? List.of() : pools.status();
    }

    @Override
    public List<LoadStatus> loads() {
        return report.loads();
    }

    @Override
    public List<DecisionStatus> decisions() {
        return decisions.last();
    }

    @Override
    public List<ReportLine> report() {
        return report.lines();
    }

    @Override
    public List<Setting> settings() {
        return configuration().settings();
    }

    @Override
    public List<Fault> refusedConfiguration() {
        return inForce.refused();
    }

    /** Ends everything; sessions that are still open are refused from then on. */
    void close() {
        inForce.close();
        Closing closing = new Closing();
        closing.add(meters::close);
        if (pools != null) {
            closing.add(pools::close);
        }
        closing.add(classifiers::stopAsking);
        closing.add(scheduler::close);
        closing.add(bookkeeping::close);
        closing.add(classifiers::stopLearning);
        closing.close();
        LOGGER.info("Workload manager {} closed", name);
    }

    @Override
    public String toString() {
        return name;
    }
}
