package io.heliosjdbc.driver.manager;

import io.heliosjdbc.classifier.Attributes;
import io.heliosjdbc.classifier.Classification;
import io.heliosjdbc.classifier.StatementProfile;
import io.heliosjdbc.driver.admin.Explanation;
import io.heliosjdbc.scheduler.Prospect;
import io.heliosjdbc.scheduler.Request;
import io.heliosjdbc.scheduler.ServiceClassSettings;
import io.heliosjdbc.scheduler.ServiceClassStatus;
import io.heliosjdbc.scheduler.TierSettings;
import io.heliosjdbc.scheduler.WorkloadScheduler;
import io.heliosjdbc.slo.Account;
import io.heliosjdbc.slo.RequestType;
import io.heliosjdbc.slo.TransactionType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says what would become of a statement, which EXPLAIN HELIOS shows; nothing is asked for, nothing counted. Thread-safe. */
final class Explainer {
    private final WorkloadScheduler scheduler;

    /** Foresees what this scheduler would do. */
    Explainer(WorkloadScheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** @param wouldBe what would become of it, where that is not for the scheduler to say */
    Explanation explain(
            Rules by, StatementProfile profile, Attributes who, boolean inTransaction, @Nullable String wouldBe) {
        Classification decision = by.classifier().classify(profile, who, inTransaction);
        Account account = by.books().account(decision.userLoad(), decision.accountOwner());
        Map<String, Object> features = by.classifier().features(profile, who, inTransaction);
        Limits limits = Limits.of(by.configuration(), decision.serviceClass());
        ServiceClassSettings serviceClass = limits.of();
        double boost = by.configuration().scheduler().tiers().stream()
                .filter(each -> each.name().equals(decision.tier()))
                .mapToDouble(TierSettings::priorityBoost)
                .findFirst()
                .orElse(1);
        int guaranteed = serviceClass.guaranteedSlots().getOrDefault(decision.tier(), 0);
        RequestType type =
                by.books().requestType(decision.userLoad(), decision.template(), by.firstEstimateNanos(decision));
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
                wouldBe != null ? wouldBe : limits.wouldBe(prospect, Plan.cost(decision)),
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
                Plan.cost(decision),
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
}
