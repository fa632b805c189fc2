package io.heliosjdbc.scheduler;

import io.heliosjdbc.agreements.AccountPer;
import io.heliosjdbc.agreements.DeadlineObjective;
import io.heliosjdbc.agreements.Guarantee;
import io.heliosjdbc.agreements.Penalty;
import io.heliosjdbc.agreements.PercentileObjective;
import io.heliosjdbc.agreements.UserLoad;
import io.heliosjdbc.slo.Account;
import io.heliosjdbc.slo.AccountKey;
import io.heliosjdbc.slo.RequestType;
import io.heliosjdbc.slo.TransactionType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Accounts, classes and requests for tests; a request's name is its owner's. */
final class Fixture {
    static final long SECOND = 1_000_000_000L;
    static final long EVER = Long.MAX_VALUE;

    private Fixture() {}

    static Account account(String name, long value, @Nullable Duration deadline) {
        Guarantee guarantee = new Guarantee(
                name,
                new PercentileObjective(90, Duration.ofSeconds(5)),
                deadline == null ? null : new DeadlineObjective.Static(deadline),
                null,
                null,
                new Penalty(Period.ofMonths(1), "USD", 10, BigDecimal.valueOf(value), BigDecimal.valueOf(value)));
        return account(name, guarantee);
    }

    /** Of a load of which so many percent are to be done in time; without a penalty. */
    static Account promised(String name, double percent, Duration responseTime) {
        Guarantee guarantee =
                new Guarantee(name, new PercentileObjective(percent, responseTime), null, null, null, null);
        return account(name, guarantee);
    }

    /** Of a load for which nothing is promised. */
    static Account unpromised(String name) {
        return account(name, null);
    }

    private static Account account(String name, @Nullable Guarantee guarantee) {
        UserLoad load = new UserLoad(name, null, AccountPer.LOAD, List.of(), null, guarantee);
        return new Account(new AccountKey(name, null), load, 2, Instant.EPOCH);
    }

    /** A class that gives way. */
    static ServiceClassSettings yielding(String name, int maxConcurrency, int depth) {
        return new ServiceClassSettings(name, maxConcurrency, depth, EVER, true, Double.POSITIVE_INFINITY, EVER, true);
    }

    static ServiceClassSettings serviceClass(String name, int maxConcurrency, int depth, long timeout) {
        return new ServiceClassSettings(name, maxConcurrency, depth, timeout, true, Double.POSITIVE_INFINITY);
    }

    /** A class with a total of slots, some of them kept for tiers, and a bound on waits. */
    static ServiceClassSettings tiered(String name, int maxConcurrency, long bound, Map<String, Integer> guaranteed) {
        return new ServiceClassSettings(
                name, maxConcurrency, 100, EVER, true, Double.POSITIVE_INFINITY, EVER, false, bound, guaranteed);
    }

    static SchedulerSettings settings(String discipline, int total, long lendAfter, ServiceClassSettings... classes) {
        return new SchedulerSettings(discipline, total, lendAfter, false, Arrays.asList(classes));
    }

    static Request request(SchedulerCore core, String name, String serviceClass, Account account, long estimate) {
        return prepare(
                new Request(name), Objects.requireNonNull(core.serviceClass(serviceClass)), account, estimate, EVER);
    }

    /** Makes a request of another tier of it. */
    static Request ofTier(Request request, Tier tier) {
        request.prepare(
                request.serviceClass(),
                request.account(),
                request.transactionType(),
                request.requestType(),
                request.estimatedCost,
                request.deadlineNanos,
                tier);
        return request;
    }

    static Request prepare(Request request, ServiceClass into, Account account, long estimate, long deadline) {
        request.prepare(into, account, new TransactionType(), new RequestType(estimate), 0, deadline);
        return request;
    }
}
