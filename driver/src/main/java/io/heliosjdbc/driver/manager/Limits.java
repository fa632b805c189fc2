package io.heliosjdbc.driver.manager;

import io.heliosjdbc.driver.configuration.HeliosConfiguration;
import io.heliosjdbc.scheduler.Admission;
import io.heliosjdbc.scheduler.Prospect;
import io.heliosjdbc.scheduler.SchedulerSettings;
import io.heliosjdbc.scheduler.ServiceClassSettings;
import java.math.BigDecimal;
import java.util.concurrent.TimeUnit;

/**
 * What the settings allow the requests of one class, in the words of a refusal: the number, and the key that says it. Immutable.
 *
 * @param of the class's settings
 * @param totalMaxConcurrency the MPL over all classes
 * @param queueing whether a request may wait at all
 */
record Limits(ServiceClassSettings of, int totalMaxConcurrency, boolean queueing) {
    /** The limits of a class that the configuration names. */
    static Limits of(HeliosConfiguration configuration, String serviceClass) {
        SchedulerSettings settings = configuration.scheduler();
        return new Limits(
                settings.classes().stream()
                        .filter(each -> each.name().equals(serviceClass))
                        .findFirst()
                        .orElseThrow(),
                settings.maxConcurrency(),
                configuration.queueing());
    }

    /** What was exceeded where the answer was this; empty where that was no limit of the class's. */
    String exceeded(Admission answer, double cost, HeldUpBy heldUpBy) {
        return switch (answer) {
            case COST_LIMIT -> "cost " + plain(cost) + " > max_estimated_cost = " + plain(of.maxEstimatedCost());
            case QUEUE_FULL, SHED ->
                (queueing ? "max_queue_depth = " + of.maxQueueDepth() : "enable_queueing = false") + ", "
                        + mpl(heldUpBy);
            case QUEUE_TIMEOUT ->
                "queue_timeout_ms = " + TimeUnit.NANOSECONDS.toMillis(of.queueTimeoutNanos()) + ", " + mpl(heldUpBy);
            case GRANTED, QUERY_TIMEOUT, CANCELLED, INTERRUPTED -> "";
        };
    }

    private String mpl(HeldUpBy heldUpBy) {
        return switch (heldUpBy.what()) {
            case CLASS_MPL -> "max_concurrency = " + of.maxConcurrency();
            case TOTAL_MPL -> "max_concurrency = " + totalMaxConcurrency + " over all classes";
            case GUARANTEED_SLOTS ->
                "max_concurrency = " + of.maxConcurrency() + ", free slots guaranteed to other tiers";
            case GIVES_WAY ->
                "max_concurrency = " + of.maxConcurrency() + ", limited to " + heldUpBy.yieldLimit()
                        + " by yield_to_fast_lane";
        };
    }

    /** What would become of a request, as EXPLAIN HELIOS says it. */
    String wouldBe(Prospect prospect, double cost) {
        HeldUpBy heldUpBy = HeldUpBy.of(prospect);
        Admission answer = prospect.answer();
        if (answer == Admission.GRANTED) {
            return "admitted";
        }
        String otherwise = answer == null
                ? "waits behind " + prospect.ahead() + ": " + heldUpBy.words()
                        + (prospect.sheds() ? "; a less important one is refused for it" : "")
                : "refused: " + exceeded(answer, cost, heldUpBy);
        return prospect.dryRun() ? "admitted; without dry_run " + otherwise : otherwise;
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
