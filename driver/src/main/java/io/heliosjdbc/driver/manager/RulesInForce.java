package io.heliosjdbc.driver.manager;

import io.heliosjdbc.agreements.Agreement;
import io.heliosjdbc.agreements.Agreements;
import io.heliosjdbc.agreements.Fault;
import io.heliosjdbc.agreements.RefusedInputException;
import io.heliosjdbc.classifier.Classifier;
import io.heliosjdbc.classifier.statement.DoubleQuotes;
import io.heliosjdbc.driver.configuration.HeliosConfiguration;
import io.heliosjdbc.driver.forecast.History;
import io.heliosjdbc.driver.late.PhysicalPools;
import io.heliosjdbc.scheduler.SchedulerSettings;
import io.heliosjdbc.scheduler.ServiceClassSettings;
import io.heliosjdbc.scheduler.WorkloadScheduler;
import io.heliosjdbc.slo.Amended;
import io.heliosjdbc.slo.Restored;
import io.heliosjdbc.slo.SloComponent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules that one workload manager decides by, and how others take their place while requests run and wait: where what the configuration says
 * has changed, and where an agreement expires. Thread-safe: one change comes after the other, and a statement takes no lock for reading them.
 */
final class RulesInForce {
    private static final Logger LOGGER = LoggerFactory.getLogger(WorkloadManager.class);

    private final String name;
    private final LongSupplier clock;
    private final InstantSource calendar;
    private final Classifiers classifiers;
    private final Bookkeeping bookkeeping;
    private final WorkloadScheduler scheduler;
    private final @Nullable PhysicalPools pools;

    /** Held while the rules are changed, or everything ends; the scheduler's lock and that of learning may be taken under it. */
    private final ReentrantLock changing = new ReentrantLock();

    /** Replaced as a whole. */
    private volatile Rules rules;
    /** What is wrong with the files as they are now; empty where what they say is in force. */
    private volatile List<Fault> refused = List.of();

    private boolean closed;

    /**
     * What rules that were taken into force have changed.
     *
     * @param changes in the books
     * @param expired agreements that are not kept, as is to be said
     */
    private record Taken(Restored changes, List<Agreement> expired) {}

    /**
     * The first rules, with books in which nothing is booked.
     *
     * @param name the workload manager's
     * @param clock monotonic nanoseconds
     * @param calendar the time of day, by which agreements expire
     * @param classifiers makes the rules' classifiers
     * @param bookkeeping amends the books
     * @param scheduler follows the settings
     * @param pools likewise, where connections are bound late; else null
     */
    RulesInForce(
            String name,
            HeliosConfiguration configuration,
            LongSupplier clock,
            InstantSource calendar,
            Classifiers classifiers,
            Bookkeeping bookkeeping,
            WorkloadScheduler scheduler,
            @Nullable PhysicalPools pools) {
        this.name = name;
        this.clock = clock;
        this.calendar = calendar;
        this.classifiers = classifiers;
        this.bookkeeping = bookkeeping;
        this.scheduler = scheduler;
        this.pools = pools;
        Instant today = calendar.instant();
        Agreements agreements = configuration.agreements().inForce(today);
        Classifier classifier = classifiers.first(configuration, agreements);
        SloComponent books = new SloComponent(
                agreements.userLoads(),
                configuration.penaltyDegree(),
                today,
                configuration.accounts().maxAccounts());
        this.rules = new Rules(configuration, classifier, books, agreements.expires(), history(configuration));
        warn(expired(configuration.agreements(), agreements, Instant.MIN));
    }

    /** Those of now; whoever asks keeps to them for one statement. */
    Rules rules() {
        return rules;
    }

    /** A connection of such a database is opened: texts are read so from now on. */
    void meets(DoubleQuotes are) {
        if (classifiers.know(are)) {
            return;
        }
        changing.lock();
        try {
            classifiers.meet(are, rules.classifier());
        } finally {
            changing.unlock();
        }
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
            Taken taken = takeIntoForce(read.following(before), Instant.MIN);
            refused = List.of();
            finish(taken);
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

    /** Says once what is wrong with the files as they are now; what is in force stays. */
    void refuse(List<Fault> faults) {
        List<Fault> before = refused;
        refused = List.copyOf(faults);
        if (!refused.equals(before)) {
            LOGGER.warn("Workload manager {} keeps the configuration it has; what has changed is refused:", name);
            refused.forEach(fault -> LOGGER.warn("{}", fault));
        }
    }

    /** What is wrong with the files as they are now, so that older ones are in force; else nothing. */
    List<Fault> refused() {
        return refused;
    }

    /** Nanoseconds until the next agreement expires, a minute at most, for calendars are set; never where none does. */
    long untilExpiry() {
        Instant expires = rules.expires();
        return expires == null ? Long.MAX_VALUE : Ahead.nanos(calendar, expires);
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
            Taken taken;
            try {
                taken = takeIntoForce(before.configuration(), expires);
            } catch (RefusedInputException | RuntimeException | Error wrong) {
                rules = new Rules(before.configuration(), before.classifier(), before.books(), null, before.history());
                LOGGER.error("Workload manager {} goes on with agreements that have expired", name, wrong);
                return;
            }
            finish(taken);
        } finally {
            changing.unlock();
        }
    }

    /** Nothing is taken into force any more. */
    void close() {
        changing.lock();
        try {
            closed = true;
        } finally {
            changing.unlock();
        }
    }

    /**
     * Replaces the rules, and says nothing of it: who logs may fail, and {@link #finish} follows.
     *
     * @param expiredSince agreements that expired before are known to have
     */
    private Taken takeIntoForce(HeliosConfiguration next, Instant expiredSince) throws RefusedInputException {
        Rules before = rules;
        Instant today = calendar.instant();
        Agreements agreements = next.agreements().inForce(today);
        Classifier classifier = classifiers.next(before.classifier(), next, agreements);
        Amended amended = bookkeeping.amend(before.books(), agreements, next, today);
        scheduler.reconfigure(next.scheduler());
        if (pools != null && next.pool() != null) {
            pools.resize(next.pool());
        }
        Instant expires = agreements.expires();
        boolean sameLoads = Objects.equals(before.expires(), expires) && goesOn(before.configuration(), next);
        History history = sameLoads ? before.history() : history(next);
        rules = new Rules(next, classifier, amended.books(), expires, history);
        return new Taken(amended.changes(), expired(next.agreements(), agreements, expiredSince));
    }

    /** What follows from rules that are in force: first what counts, then what is said of it. */
    private void finish(Taken taken) {
        bookkeeping.becameDue(taken.changes().settlements());
        classifiers.learn(rules.configuration(), rules.classifier());
        warn(taken.expired());
        taken.changes().notes().forEach(note -> LOGGER.warn("{}", note));
    }

    /** Those that are not kept, but for those that expired before that instant. */
    private static List<Agreement> expired(Agreements agreements, Agreements kept, Instant since) {
        return agreements.all().stream()
                .filter(each -> !kept.all().contains(each))
                .filter(each -> {
                    Instant expired = each.context().expirationTime();
                    return expired != null && !expired.isBefore(since);
                })
                .toList();
    }

    private static void warn(List<Agreement> expired) {
        expired.forEach(each -> LOGGER.warn(
                "Agreement {} expired at {} and no longer applies",
                each.id(),
                each.context().expirationTime()));
    }

    /** Whether what a dry run has written down is of use under other settings: limits and discipline may be others. */
    private static boolean goesOn(HeliosConfiguration before, HeliosConfiguration next) {
        return next.scheduler().dryRun()
                && before.scheduler().dryRun()
                && next.agreements().userLoads().equals(before.agreements().userLoads())
                && names(next.scheduler()).equals(names(before.scheduler()));
    }

    private static Set<String> names(SchedulerSettings settings) {
        return settings.classes().stream().map(ServiceClassSettings::name).collect(Collectors.toSet());
    }

    /** An empty one in a dry run; else null. */
    private @Nullable History history(HeliosConfiguration configuration) {
        return configuration.scheduler().dryRun() ? new History(clock, calendar) : null;
    }
}
