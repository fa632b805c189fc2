package io.heliosjdbc.driver.manager;

import io.heliosjdbc.agreements.Guarantee;
import io.heliosjdbc.agreements.PercentileObjective;
import io.heliosjdbc.agreements.UserLoad;
import io.heliosjdbc.classifier.Classification;
import io.heliosjdbc.classifier.StatementProfile;
import io.heliosjdbc.driver.configuration.HeliosConfiguration;
import io.heliosjdbc.driver.forecast.History;
import io.heliosjdbc.driver.forecast.RequestKind;
import io.heliosjdbc.driver.metrics.Meters;
import io.heliosjdbc.driver.metrics.RequestMeters;
import io.heliosjdbc.scheduler.ServiceClass;
import io.heliosjdbc.scheduler.WorkloadScheduler;
import io.heliosjdbc.slo.SloComponent;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks up everything that a decision of the classifier leads to; once per session and decision, for a {@link PlanCache} keeps it. Thread-safe. */
final class Planner {
    private static final Logger DECISIONS = LoggerFactory.getLogger("io.heliosjdbc.decisions");
    /** Before the template of what was executed many times at once; no statement begins so. */
    private static final String BATCH = "batch: ";

    private final WorkloadScheduler scheduler;
    private final Meters meters;
    private final Tallies tallies;

    /**
     * A planner for what this scheduler lets through.
     *
     * @param meters where it is counted for Micrometer
     * @param tallies where it is counted for the report
     */
    Planner(WorkloadScheduler scheduler, Meters meters, Tallies tallies) {
        this.scheduler = scheduler;
        this.meters = meters;
        this.tallies = tallies;
    }

    /** The plan of a decision by these rules. */
    Plan plan(Rules by, StatementProfile profile, Classification decision) {
        HeliosConfiguration configuration = by.configuration();
        SloComponent books = by.books();
        ServiceClass serviceClass =
                Objects.requireNonNull(scheduler.serviceClass(decision.serviceClass()), decision.serviceClass());
        UserLoad load = decision.userLoad();
        Long deadline = decision.deadlineMillis();
        Guarantee guarantee = load.guarantee();
        PercentileObjective objective = guarantee == null ? null : guarantee.percentile();
        log(configuration, decision);
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
                books.requestType(load, measured, by.firstEstimateNanos(decision)),
                Plan.cost(decision),
                deadlineNanos,
                objective != null ? objective.responseTime().toNanos() : Long.MAX_VALUE,
                scheduler.tier(decision.tier()),
                configuration,
                requestMeters,
                tallies.of(
                        decision.serviceClass(),
                        load.name(),
                        decision.template(),
                        decision.reason(),
                        requestMeters.counts()),
                by.history(),
                kind(by, decision, transactionType, measured, deadlineNanos));
    }

    private static void log(HeliosConfiguration configuration, Classification decision) {
        if (configuration.observability().logDecisions()) {
            DECISIONS
                    .atLevel(configuration.observability().logLevel())
                    .log(
                            "class {}, user load {}: {}: {}",
                            decision.serviceClass(),
                            decision.userLoad().name(),
                            decision.reason(),
                            decision.template());
        }
    }

    /** As what it is written down for the forecast; null where it is not. */
    private static @Nullable RequestKind kind(
            Rules by, Classification decision, String transactionType, String measured, long deadlineNanos) {
        History history = by.history();
        return history == null
                ? null
                : history.shared(new RequestKind(
                        decision.serviceClass(),
                        decision.userLoad(),
                        decision.accountOwner(),
                        transactionType,
                        measured,
                        decision.template(),
                        Plan.cost(decision),
                        deadlineNanos,
                        by.firstEstimateNanos(decision),
                        decision.tier()));
    }
}
