package io.heliosjdbc.driver.manager;

import io.heliosjdbc.agreements.Agreement;
import io.heliosjdbc.agreements.Agreements;
import io.heliosjdbc.agreements.Fault;
import io.heliosjdbc.agreements.Guarantee;
import io.heliosjdbc.agreements.PercentileObjective;
import io.heliosjdbc.agreements.RefusedInputException;
import io.heliosjdbc.agreements.UserLoad;
import io.heliosjdbc.classifier.Attributes;
import io.heliosjdbc.classifier.Classification;
import io.heliosjdbc.classifier.Classifier;
import io.heliosjdbc.classifier.Estimate;
import io.heliosjdbc.classifier.StatementProfile;
import io.heliosjdbc.classifier.statement.DoubleQuotes;
import io.heliosjdbc.driver.accounts.AccountKeeper;
import io.heliosjdbc.driver.accounts.StatementOfAccount;
import io.heliosjdbc.driver.admin.AdminStatements;
import io.heliosjdbc.driver.admin.ConnectionStatus;
import io.heliosjdbc.driver.admin.DecisionStatus;
import io.heliosjdbc.driver.admin.Explanation;
import io.heliosjdbc.driver.admin.Figures;
import io.heliosjdbc.driver.admin.LoadStatus;
import io.heliosjdbc.driver.admin.Management;
import io.heliosjdbc.driver.admin.Outlook;
import io.heliosjdbc.driver.admin.PoolStatus;
import io.heliosjdbc.driver.admin.ReportLine;
import io.heliosjdbc.driver.admin.RequestStatus;
import io.heliosjdbc.driver.admin.Standing;
import io.heliosjdbc.driver.configuration.HeliosConfiguration;
import io.heliosjdbc.driver.configuration.Setting;
import io.heliosjdbc.driver.engine.Background;
import io.heliosjdbc.driver.engine.ConnectionSource;
import io.heliosjdbc.driver.engine.DatabaseEstimator;
import io.heliosjdbc.driver.forecast.Forecast;
import io.heliosjdbc.driver.forecast.History;
import io.heliosjdbc.driver.forecast.Replay;
import io.heliosjdbc.driver.forecast.RequestKind;
import io.heliosjdbc.driver.late.PhysicalPools;
import io.heliosjdbc.driver.metrics.Meters;
import io.heliosjdbc.driver.metrics.RequestMeters;
import io.heliosjdbc.scheduler.Prospect;
import io.heliosjdbc.scheduler.Request;
import io.heliosjdbc.scheduler.SchedulerSettings;
import io.heliosjdbc.scheduler.ServiceClass;
import io.heliosjdbc.scheduler.ServiceClassSettings;
import io.heliosjdbc.scheduler.ServiceClassStatus;
import io.heliosjdbc.scheduler.TierSettings;
import io.heliosjdbc.scheduler.WorkloadScheduler;
import io.heliosjdbc.slo.Account;
import io.heliosjdbc.slo.Amended;
import io.heliosjdbc.slo.LoadState;
import io.heliosjdbc.slo.RequestType;
import io.heliosjdbc.slo.Restored;
import io.heliosjdbc.slo.Settlement;
import io.heliosjdbc.slo.SloComponent;
import io.heliosjdbc.slo.TransactionType;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Classifier, books and scheduler of one database, and the sessions that use them. Thread-safe. */
final class WorkloadManager implements Management {
    private static final Logger LOGGER = LoggerFactory.getLogger(WorkloadManager.class);
    private static final Logger DECISIONS = LoggerFactory.getLogger("io.heliosjdbc.decisions");
    private static final long SETTLEMENT_CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** Attributes beyond this many forget the others; they are shared for speed only. */
    private static final int MOST_SHARED_ATTRIBUTES = 10_000;

    private static final int MOST_COMPLAINTS = 1_000;
    /** Before the template of what was executed many times at once; no statement begins so. */
    private static final String BATCH = "batch: ";

    /** So many accounts are looked at under the scheduler's lock before statements have their turn. */
    private static final int MOST_AT_ONCE = 200;

    private static final Duration LONGEST_LOOK_AHEAD = Duration.ofMinutes(1);

    private final String name;
    private final boolean enabled;
    private final LongSupplier clock;
    private final InstantSource calendar;
    private final @Nullable DatabaseEstimator estimator;
    private final WorkloadScheduler scheduler;
    private final Decisions decisions;
    private final Tallies tallies;
    private final Instant opened;
    /** What has become due since the manager opened, by load. */
    private final Map<String, DoubleAdder> settled = new ConcurrentHashMap<>();

    private final AdminStatements admin;
    private final Meters meters;
    private final @Nullable PhysicalPools pools;
    private final BoundWaiters boundWaiters;
    private final @Nullable AccountKeeper keeper;
    private final Consumer<WorkloadManager> whenLeft;
    private final Set<ManagedSession> sessions = ConcurrentHashMap.newKeySet();
    private final Map<Attributes, Attributes> shared = new ConcurrentHashMap<>();
    private final Set<String> complaints = ConcurrentHashMap.newKeySet();
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicLong nextSettlementCheck;
    /** Replaced as a whole where the configuration changes. */
    private volatile Rules rules;

    /** What its databases have between double quotes; null until the first one is known. Written while the configuration cannot change. */
    private volatile @Nullable DoubleQuotes quotes;

    private volatile @Nullable LearningKeeper learning;
    /** What is wrong with the files as they are now; empty where what they say is in force. */
    private volatile List<Fault> refused = List.of();

    /** Held while the configuration is changed, or everything ends; the scheduler's may be taken under it. */
    private final ReentrantLock changing = new ReentrantLock();

    private boolean closed;

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
        this.calendar = calendar;
        this.opened = calendar.instant();
        this.keeper = keeper;
        this.whenLeft = whenLeft;
        Closing undone = new Closing();
        try {
            Agreements agreements = inForce(configuration.agreements(), calendar.instant(), Instant.MIN);
            this.estimator = estimator(name, configuration, connections, background);
            if (estimator != null) {
                undone.add(estimator::close);
            }
            Classifier classifier =
                    new Classifier(configuration.classifier(), LearnedMode.of(configuration), estimator, agreements);
            SloComponent books = new SloComponent(
                    agreements.userLoads(),
                    configuration.penaltyDegree(),
                    calendar.instant(),
                    configuration.accounts().maxAccounts());
            this.rules = new Rules(configuration, classifier, books, agreements.expires(), history(configuration));
            this.scheduler = new WorkloadScheduler(configuration.scheduler(), clock);
            this.boundWaiters = new BoundWaiters(scheduler::letIn);
            this.tallies = new Tallies(scheduler);
            if (keeper != null) {
                restore(keeper, books, agreements);
            }
            this.decisions = new Decisions(clock.getAsLong(), calendar.instant());
            this.admin = new AdminStatements(this);
            this.nextSettlementCheck = new AtomicLong(clock.getAsLong() + SETTLEMENT_CHECK_NANOS);
            this.meters = configuration.observability().exportMetrics()
                    ? Meters.open(name, this, scheduler, clock)
                    : Meters.NONE;
            undone.add(meters::close);
            this.pools = configuration.pool() == null
                    ? null
                    : new PhysicalPools(name, configuration.pool(), meters::pool, boundWaiters::letIn);
            if (pools != null) {
                undone.add(pools::close);
            }
            if (pools != null && connections == null) {
                LOGGER.warn(
                        "{}: connections = late needs to open connections itself; behind another data source they are"
                                + " one to one",
                        name);
            }
            LearningKeeper keeping = LearningKeeper.open(name, configuration, classifier, clock.getAsLong());
            this.learning = keeping;
            if (keeping != null) {
                undone.add(keeping::close);
            }
            configuration.warnings().forEach(warning -> LOGGER.warn("{}: {}", configuration.source(), warning));
            LOGGER.info("Workload manager {} opened, configured by {}", name, configuration.source());
            if (keeper != null) {
                keeper.start(configuration.accounts().checkpointMillis(), () -> settleIfDue(clock.getAsLong()));
            }
        } catch (RefusedInputException | RuntimeException | Error wrong) {
            undone.closeAfter(wrong);
            throw wrong;
        }
    }

    private void restore(AccountKeeper from, SloComponent books, Agreements agreements) throws RefusedInputException {
        // The load of what no agreement describes is opened when a statement needs it; else it would seem to be gone.
        String other = Classifier.DEFAULT_LOAD.name();
        if (from.found().stream().anyMatch(each -> each.load().equals(other))
                && agreements.userLoads().stream().noneMatch(each -> each.name().equals(other))) {
            Account unused = books.account(Classifier.DEFAULT_LOAD, null);
        }
        Restored restored = books.restore(from.found(), calendar.instant());
        restored.notes().forEach(note -> LOGGER.warn("{}", note));
        log(from.begin(restored.settlements(), () -> changes(from)));
    }

    /** What has changed in the books; what was settled in it is handed over under the same lock. */
    private List<LoadState> changes(AccountKeeper to) {
        List<Settlement> ended = new ArrayList<>();
        List<LoadState> changed = scheduler.copyOfBooks(() -> {
            ended.addAll(rules.books().takeSettled());
            to.settled(ended);
            return rules.books().takeChanged();
        });
        becameDue(ended);
        return changed;
    }

    private static @Nullable DatabaseEstimator estimator(
            String name,
            HeliosConfiguration configuration,
            @Nullable ConnectionSource connections,
            Supplier<Background> background) {
        if (!configuration.enabled() || !configuration.databaseEstimates()) {
            return null;
        }
        if (connections == null) {
            LOGGER.warn(
                    "{}: database_estimates needs connections of its own; behind another data source there is no way to"
                            + " open one, and it has no effect",
                    name);
            return null;
        }
        return new DatabaseEstimator(name, connections, background.get());
    }

    /**
     * Those that are kept.
     *
     * @param since those that expired before are not named again
     */
    private static Agreements inForce(Agreements agreements, Instant now, Instant since) {
        Agreements inForce = agreements.inForce(now);
        for (Agreement agreement : agreements.all()) {
            Instant expired = agreement.context().expirationTime();
            if (!inForce.all().contains(agreement) && expired != null && !expired.isBefore(since)) {
                LOGGER.warn("Agreement {} expired at {} and no longer applies", agreement.id(), expired);
            }
        }
        return inForce;
    }

    ManagedSession open(@Nullable String user, @Nullable String application) {
        ManagedSession session = new ManagedSession(
                this,
                numbers.incrementAndGet(),
                new SessionAttributes(user, application, this::shared, this::complain));
        sessions.add(session);
        return session;
    }

    void left(ManagedSession session) {
        if (sessions.remove(session)) {
            whenLeft.accept(this);
        }
    }

    /** Logs a complaint once; an application may send the same thing with every statement. */
    private void complain(String complaint) {
        if (complaints.size() < MOST_COMPLAINTS && complaints.add(complaint)) {
            LOGGER.warn("{}", complaint);
        }
    }

    private Attributes shared(Attributes attributes) {
        if (shared.size() >= MOST_SHARED_ATTRIBUTES) {
            shared.clear();
        }
        Attributes known = shared.putIfAbsent(attributes, attributes);
        return known != null ? known : attributes;
    }

    /** A connection of such a database is opened; under a name that was given to it, a manager may have several kinds of databases. */
    void meets(DoubleQuotes are) {
        DoubleQuotes known = quotes;
        if (known == are || known == DoubleQuotes.EITHER) {
            return;
        }
        changing.lock();
        try {
            DoubleQuotes all = quotes == null ? are : are.or(quotes);
            quotes = all;
            rules.classifier().doubleQuotes(all);
        } finally {
            changing.unlock();
        }
    }

    HeliosConfiguration configuration() {
        return rules.configuration();
    }

    /** What statements are decided by from now on; whoever asks keeps to it for one statement. */
    Rules rules() {
        return rules;
    }

    /** The physical connections, where connections are bound late; null where they are one to one. */
    @Nullable
    PhysicalPools physicalPools() {
        return pools;
    }

    /** Who waits for a slot, and has a physical connection. */
    BoundWaiters boundWaiters() {
        return boundWaiters;
    }

    boolean enabled() {
        return enabled;
    }

    /**
     * Takes another configuration into force, while requests run and wait; it takes no lock that a statement waits for but the
     * scheduler's, for a moment.
     *
     * @throws RefusedInputException where that cannot be; then nothing has changed
     */
    void reconfigure(HeliosConfiguration read) throws RefusedInputException {
        changing.lock();
        try {
            if (closed) {
                return;
            }
            HeliosConfiguration before = rules.configuration();
            takeIntoForce(read.following(before), Instant.MIN);
            refused = List.of();
            read.warnings().forEach(warning -> LOGGER.warn("{}: {}", read.source(), warning));
            List<String> later = read.cannotFollow(before);
            if (!later.isEmpty()) {
                LOGGER.warn(
                        "{}: these settings cannot change while the workload manager is open, and stay as they are: {}",
                        read.source(),
                        String.join(", ", later));
            }
            LOGGER.info("Workload manager {} has taken over what has changed in {}", name, read.source());
        } finally {
            changing.unlock();
        }
    }

    /** Nanoseconds until the next agreement expires, a minute at most, for calendars are set; never where none does. */
    long untilExpiry() {
        Instant expires = rules.expires();
        if (expires == null) {
            return Long.MAX_VALUE;
        }
        Duration left = Duration.between(calendar.instant(), expires);
        return left.compareTo(LONGEST_LOOK_AHEAD) < 0 ? Math.max(0, left.toNanos()) : LONGEST_LOOK_AHEAD.toNanos();
    }

    /** Has agreements end whose time has come, as if their files were gone: their accounts are settled, and closed. */
    void expireAgreements() {
        changing.lock();
        try {
            Rules before = rules;
            Instant expires = before.expires();
            if (closed || expires == null || calendar.instant().isBefore(expires)) {
                return;
            }
            try {
                takeIntoForce(before.configuration(), expires);
            } catch (RefusedInputException | RuntimeException | Error wrong) {
                LOGGER.error("Workload manager {} goes on with agreements that have expired", name, wrong);
                rules = new Rules(before.configuration(), before.classifier(), before.books(), null, before.history());
            }
        } finally {
            changing.unlock();
        }
    }

    /** @param expiredSince agreements that expired before are known to have */
    private void takeIntoForce(HeliosConfiguration next, Instant expiredSince) throws RefusedInputException {
        Rules before = rules;
        Instant today = calendar.instant();
        Agreements agreements = inForce(next.agreements(), today, expiredSince);
        Classifier classifier = new Classifier(next.classifier(), LearnedMode.of(next), estimator, agreements);
        if (quotes != null) {
            classifier.doubleQuotes(quotes);
        }
        restoreLearning(before.classifier(), classifier);
        Amended amended = amend(before.books(), agreements, next, today);
        scheduler.reconfigure(next.scheduler());
        if (pools != null && next.pool() != null) {
            pools.resize(next.pool());
        }
        keepLearning(next, classifier);
        Instant expires = agreements.expires();
        boolean sameLoads = Objects.equals(before.expires(), expires) && goesOn(before.configuration(), next);
        History history = sameLoads ? before.history() : history(next);
        rules = new Rules(next, classifier, amended.books(), expires, history);
        amended.changes().notes().forEach(note -> LOGGER.warn("{}", note));
        becameDue(amended.changes().settlements());
    }

    /** Whether what a dry run has written down is of use under other settings: limits and discipline may be others. */
    private static boolean goesOn(HeliosConfiguration before, HeliosConfiguration next) {
        return next.scheduler().dryRun()
                && before.scheduler().dryRun()
                && next.agreements().userLoads().equals(before.agreements().userLoads())
                && names(next.scheduler()).equals(names(before.scheduler()));
    }

    /** An empty one in a dry run; else null. */
    private @Nullable History history(HeliosConfiguration configuration) {
        return configuration.scheduler().dryRun() ? new History(clock.getAsLong(), calendar.instant()) : null;
    }

    private static Set<String> names(SchedulerSettings settings) {
        return settings.classes().stream().map(ServiceClassSettings::name).collect(Collectors.toSet());
    }

    private Amended amend(SloComponent books, Agreements agreements, HeliosConfiguration next, Instant today)
            throws RefusedInputException {
        List<UserLoad> loads = new ArrayList<>(agreements.userLoads());
        String other = Classifier.DEFAULT_LOAD.name();
        if (books.knows(other) && loads.stream().noneMatch(each -> each.name().equals(other))) {
            loads.add(Classifier.DEFAULT_LOAD);
        }
        try {
            return scheduler.withBooks(() -> {
                Amended amended = books.amended(loads, next.penaltyDegree(), today);
                if (keeper != null) {
                    keeper.settled(amended.changes().settlements());
                }
                return amended;
            });
        } catch (IllegalArgumentException wrong) {
            throw new RefusedInputException(
                    List.of(new Fault(next.source(), 0, 0, String.valueOf(wrong.getMessage()), "mend the agreement")));
        }
    }

    private void restoreLearning(Classifier before, Classifier next) {
        try {
            next.restoreLearning(before.learningSnapshot());
        } catch (IOException wrong) {
            LOGGER.warn("{}: what was learned could not be taken over and is forgotten", name, wrong);
        }
    }

    private void keepLearning(HeliosConfiguration next, Classifier classifier) {
        LearningKeeper keeping = learning;
        if (keeping == null) {
            learning = LearningKeeper.open(name, next, classifier, now());
        } else if (classifier.learns()) {
            keeping.follow(classifier);
        } else {
            learning = null;
            keeping.close();
        }
    }

    /** Says once what is wrong with the files as they are now; what is in force stays. */
    void refuse(List<Fault> faults) {
        List<Fault> before = refused;
        refused = List.copyOf(faults);
        if (!refused.equals(before)) {
            LOGGER.warn("Workload manager {} keeps the configuration it has; what has changed is refused:", name);
            refused.forEach(fault -> LOGGER.warn("{}", fault));
        }
    }

    @Override
    public List<Fault> refusedConfiguration() {
        return refused;
    }

    boolean records() {
        return meters.record();
    }

    /** Tells the classifier how long a statement took that did not fail. */
    void executed(StatementProfile profile, long nanos) {
        rules.classifier().executed(profile, nanos);
    }

    long now() {
        return clock.getAsLong();
    }

    WorkloadScheduler scheduler() {
        return scheduler;
    }

    AdminStatements admin() {
        return admin;
    }

    StatementProfile profile(String sql) {
        return rules.classifier().profile(sql);
    }

    /** Looks up everything that a decision by these rules leads to; once per session and decision. */
    Plan resolve(Rules by, StatementProfile profile, Classification decision) {
        HeliosConfiguration configuration = by.configuration();
        SloComponent books = by.books();
        ServiceClass serviceClass =
                Objects.requireNonNull(scheduler.serviceClass(decision.serviceClass()), decision.serviceClass());
        UserLoad load = decision.userLoad();
        Long deadline = decision.deadlineMillis();
        Guarantee guarantee = load.guarantee();
        PercentileObjective objective = guarantee == null ? null : guarantee.percentile();
        if (configuration.observability().logDecisions()) {
            DECISIONS
                    .atLevel(configuration.observability().logLevel())
                    .log(
                            "class {}, user load {}: {}: {}",
                            decision.serviceClass(),
                            load.name(),
                            decision.reason(),
                            decision.template());
        }
        // A thousand rows at once say nothing of how long one of them takes, and a transaction that begins with them
        // nothing of others.
        String measured = profile.isBatch() ? BATCH + decision.template() : decision.template();
        boolean named = !decision.transactionType().equals(decision.template());
        String transactionType = named ? decision.transactionType() : measured;
        RequestMeters requestMeters = meters.of(decision.serviceClass(), load.name());
        long deadlineNanos = deadline != null ? TimeUnit.MILLISECONDS.toNanos(deadline) : Long.MAX_VALUE;
        return new Plan(
                decision,
                serviceClass,
                books.account(load, decision.accountOwner()),
                books.transactionType(load, transactionType),
                books.requestType(load, measured, firstEstimateNanos(by, decision)),
                cost(decision),
                deadlineNanos,
                objective != null ? objective.responseTime().toNanos() : Long.MAX_VALUE,
                scheduler.tier(decision.tier()),
                configuration.scheduler(),
                requestMeters,
                tallies.of(
                        decision.serviceClass(),
                        load.name(),
                        decision.template(),
                        decision.reason(),
                        requestMeters.counts()),
                by.history(),
                by.history() == null
                        ? null
                        : by.history()
                                .shared(new RequestKind(
                                        decision.serviceClass(),
                                        load,
                                        decision.accountOwner(),
                                        transactionType,
                                        measured,
                                        decision.template(),
                                        cost(decision),
                                        deadlineNanos,
                                        firstEstimateNanos(by, decision),
                                        decision.tier())));
    }

    private static double cost(Classification decision) {
        Estimate estimate = decision.estimate();
        Double cost = estimate == null ? null : estimate.cost();
        return cost == null ? 0 : cost;
    }

    /** How long a statement is thought to take before it has been seen. */
    private static long firstEstimateNanos(Rules by, Classification decision) {
        Long estimate = decision.estimateMillis();
        return estimate != null
                ? TimeUnit.MILLISECONDS.toNanos(estimate)
                : Objects.requireNonNull(
                        by.configuration().defaultEstimateNanos().get(decision.serviceClass()));
    }

    /** @param wouldBe what would become of it, where that is not for the scheduler to say */
    Explanation explain(
            Rules by, StatementProfile profile, Attributes who, boolean inTransaction, @Nullable String wouldBe) {
        Classification decision = by.classifier().classify(profile, who, inTransaction);
        Account account = by.books().account(decision.userLoad(), decision.accountOwner());
        Map<String, Object> features = by.classifier().features(profile, who, inTransaction);
        Limits limits = Limits.of(by.configuration().scheduler(), decision.serviceClass());
        ServiceClassSettings serviceClass = limits.of();
        double boost = by.configuration().scheduler().tiers().stream()
                .filter(each -> each.name().equals(decision.tier()))
                .mapToDouble(TierSettings::priorityBoost)
                .findFirst()
                .orElse(1);
        int guaranteed = serviceClass.guaranteedSlots().getOrDefault(decision.tier(), 0);
        RequestType type =
                by.books().requestType(decision.userLoad(), decision.template(), firstEstimateNanos(by, decision));
        List<ServiceClassStatus> classes = scheduler.status();
        int concurrency =
                1 + classes.stream().mapToInt(ServiceClassStatus::active).sum();
        ServiceClassStatus ahead = classes.stream()
                .filter(each -> each.name().equals(decision.serviceClass()))
                .findFirst()
                .orElse(null);
        Map<String, Double> probabilities = by.classifier().probabilities(profile);
        Prospect prospect = foresee(decision, account, type);
        return scheduler.copyOfBooks(() -> new Explanation(
                decision,
                decision.origin().completed(who),
                account.penalty(),
                account.conformance(),
                features,
                probabilities,
                type.estimateNanos(concurrency),
                type.estimateInterval(concurrency),
                type.isObserved() ? "observed" : expectedBy(decision),
                ahead,
                wouldBe != null ? wouldBe : limits.wouldBe(prospect, cost(decision)),
                prospect.totalMaxConcurrency(),
                prospect.totalActive(),
                boost,
                guaranteed,
                serviceClass.starvationBoundNanos()));
    }

    /** Asks with a request of its own, which never asks for a slot. */
    private Prospect foresee(Classification decision, Account account, RequestType type) {
        Request request = new Request("explained");
        request.prepare(
                Objects.requireNonNull(scheduler.serviceClass(decision.serviceClass()), decision.serviceClass()),
                account,
                new TransactionType(),
                type,
                cost(decision),
                Long.MAX_VALUE,
                scheduler.tier(decision.tier()));
        return scheduler.foresee(request);
    }

    private static String expectedBy(Classification decision) {
        if (decision.estimateMillis() == null) {
            return "default_estimate_ms";
        }
        return decision.estimateIsHinted() ? "hint" : "database";
    }

    /** Counts a transaction that did not keep its percentile objective, whether late or refused. */
    void violated(Plan plan) {
        if (plan.timelyNanos() < Long.MAX_VALUE) {
            plan.tally().late();
        }
        if (rules.configuration().observability().trackViolations() && plan.timelyNanos() < Long.MAX_VALUE) {
            plan.meters().violated();
        }
    }

    /** Settles accounts whose measurement interval has ended; looks at the calendar once a second at most. */
    private void settleIfDue(long now) {
        becameDue(takeDue(now));
    }

    /** Likewise; {@link #becameDue} is to be told of what it answers, by who holds no slot any more. */
    List<Settlement> takeDue(long now) {
        long due = nextSettlementCheck.get();
        return now - due >= 0 && nextSettlementCheck.compareAndSet(due, now + SETTLEMENT_CHECK_NANOS)
                ? takeSettled()
                : List.of();
    }

    private void settle() {
        becameDue(takeSettled());
    }

    private List<Settlement> takeSettled() {
        Instant today = calendar.instant();
        return scheduler.withBooks(() -> {
            List<Settlement> settlements = rules.books().settle(today);
            if (keeper != null) {
                keeper.settled(settlements);
            }
            return settlements;
        });
    }

    /** What ended a moment ago is to be seen settled; else looking on changes nothing that waits, and reorders no queue. */
    private void settleForReaders() {
        Instant today = calendar.instant();
        if (scheduler.copyOfBooks(() -> rules.books().isDue(today))) {
            settle();
        } else {
            settleIfDue(now());
        }
    }

    /** Counts what has become due, and logs it. */
    void becameDue(List<Settlement> settlements) {
        for (Settlement each : settlements) {
            settled.computeIfAbsent(each.account().userLoad(), absent -> new DoubleAdder())
                    .add(each.due().doubleValue());
        }
        log(settlements);
    }

    private static void log(List<Settlement> settlements) {
        for (Settlement each : settlements) {
            LOGGER.info(
                    "Settled {} from {} until {}: {}",
                    each.account(),
                    each.from(),
                    each.until(),
                    StatementOfAccount.why(each));
        }
    }

    @Override
    public List<ServiceClassStatus> classes() {
        return scheduler.status();
    }

    @Override
    public List<RequestStatus> requests() {
        long now = now();
        List<RequestStatus> requests = new ArrayList<>();
        for (ManagedSession session : sessions) {
            RequestStatus status = session.status(now);
            if (status != null) {
                requests.add(status);
            }
        }
        requests.sort(Comparator.comparingLong(RequestStatus::sinceNanos)
                .reversed()
                .thenComparingLong(RequestStatus::connection));
        return requests;
    }

    @Override
    public List<ConnectionStatus> connections() {
        List<ConnectionStatus> connections = new ArrayList<>(
                sessions.stream().map(ManagedSession::connection).toList());
        connections.sort(Comparator.comparingLong(ConnectionStatus::boundNanos)
                .reversed()
                .thenComparingLong(ConnectionStatus::connection));
        return connections;
    }

    @Override
    public List<PoolStatus> pools() {
        return pools == null ? List.of() : pools.status();
    }

    /** Where what came of each statement is written down. */
    Decisions log() {
        return decisions;
    }

    @Override
    public List<DecisionStatus> decisions() {
        return decisions.last();
    }

    @Override
    public List<LoadStatus> loads() {
        settleForReaders();
        List<Account> accounts =
                new ArrayList<>(scheduler.copyOfBooks(() -> rules.books().accounts()));
        List<LoadStatus> loads = new ArrayList<>(accounts.size());
        for (int from = 0; from < accounts.size(); from += MOST_AT_ONCE) {
            List<Account> some = accounts.subList(from, Math.min(accounts.size(), from + MOST_AT_ONCE));
            scheduler.copyOfBooks(() -> {
                some.forEach(each -> loads.add(status(each)));
                return loads;
            });
        }
        loads.sort(Comparator.comparing(LoadStatus::userLoad)
                .thenComparing(LoadStatus::owner, Comparator.nullsFirst(Comparator.naturalOrder())));
        return loads;
    }

    @Override
    public List<ReportLine> report() {
        Map<String, Double> due = new HashMap<>();
        Map<String, String> units = new HashMap<>();
        for (LoadStatus each : loads()) {
            String unit = each.unit();
            if (unit != null) {
                due.merge(each.userLoad(), each.due(), Double::sum);
                units.put(each.userLoad(), unit);
            }
        }
        settled.forEach((load, sum) -> due.merge(load, sum.sum(), Double::sum));
        Map<String, Standing> standings =
                scheduler.copyOfBooks(() -> Promises.standings(rules.books().accounts()));
        Forecast forecast = forecast();
        return tallies.lines("since " + opened).stream()
                .map(each -> each.scope() == ReportLine.Scope.USER_LOAD
                        ? each.standing(due.get(each.name()), units.get(each.name()), standings.get(each.name()))
                        : each)
                .map(each -> forecast == null ? each : each.outlook(outlook(each, forecast)))
                .toList();
    }

    /** What would have become of the last statements without a dry run; null where it is none, or nothing has ended yet. */
    private @Nullable Forecast forecast() {
        Rules by = rules;
        HeliosConfiguration configuration = by.configuration();
        History.Copy copy = by.history() == null ? null : by.history().copy();
        return copy == null
                ? null
                : Replay.of(
                        copy,
                        configuration.scheduler(),
                        configuration.penaltyDegree(),
                        configuration.accounts().maxAccounts());
    }

    private static Outlook outlook(ReportLine line, Forecast forecast) {
        Figures figures = forecast.figures(key -> switch (line.scope()) {
            case TOTAL -> true;
            case SERVICE_CLASS -> key.serviceClass().equals(line.name());
            case USER_LOAD -> key.userLoad().equals(line.name());
            case TEMPLATE ->
                key.template().equals(line.name())
                        && key.userLoad().equals(line.userLoad())
                        && key.serviceClass().equals(line.serviceClass());
        });
        boolean ofLoad = line.scope() == ReportLine.Scope.USER_LOAD;
        return new Outlook(
                forecast.since(),
                figures,
                ofLoad
                        ? Promises.standings(forecast.accounts(), forecast.settlements())
                                .get(line.name())
                        : null,
                ofLoad && line.unit() != null
                        ? Promises.due(forecast.accounts(), forecast.settlements())
                                .get(line.name())
                        : null);
    }

    private static LoadStatus status(Account account) {
        Guarantee guarantee = account.userLoad().guarantee();
        return new LoadStatus(
                account.key().userLoad(),
                account.key().owner(),
                account.transactions(),
                account.late(),
                account.conformance(),
                account.penalty(),
                account.due(),
                account.maximumPenalty(),
                guarantee == null || guarantee.penalty() == null
                        ? null
                        : guarantee.penalty().valueUnit(),
                Promises.averageMillis(account),
                Promises.unkept(account));
    }

    @Override
    public List<Setting> settings() {
        return rules.configuration().settings();
    }

    /** Writes the accounts down now, where they are kept in a file. */
    void checkpoint() {
        if (keeper != null) {
            keeper.checkpoint();
        }
    }

    /** Whether it learns, and keeps what it learned in a file. */
    boolean keepsLearning() {
        return learning != null;
    }

    /** Writes down what was learned, where it is time for it; nobody waits for this but the thread that calls. */
    void keepLearning() {
        LearningKeeper keeping = learning;
        if (keeping != null) {
            keeping.keepIfDue(now());
        }
    }

    /** Ends everything; sessions that are still open are refused from then on. */
    void close() {
        changing.lock();
        try {
            closed = true;
        } finally {
            changing.unlock();
        }
        LearningKeeper keeping = learning;
        Closing closing = new Closing();
        closing.add(meters::close);
        if (pools != null) {
            closing.add(pools::close);
        }
        if (estimator != null) {
            closing.add(estimator::close);
        }
        closing.add(scheduler::close);
        if (keeper != null) {
            closing.add(this::settle);
            closing.add(keeper::close);
        }
        if (keeping != null) {
            closing.add(keeping::close);
        }
        closing.close();
        LOGGER.info("Workload manager {} closed", name);
    }

    @Override
    public String toString() {
        return name;
    }
}
