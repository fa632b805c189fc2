package io.heliosjdbc.overhead.scheduling;

import io.heliosjdbc.agreements.AccountPer;
import io.heliosjdbc.agreements.DeadlineObjective;
import io.heliosjdbc.agreements.Guarantee;
import io.heliosjdbc.agreements.Penalty;
import io.heliosjdbc.agreements.PercentileObjective;
import io.heliosjdbc.agreements.UserLoad;
import io.heliosjdbc.slo.Account;
import io.heliosjdbc.slo.SloComponent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;

/** Three loads with the thesis's penalties, and their accounts, so that every discipline has something to decide by. */
final class Promises {
    /** Ninety percent within this. */
    static final Duration LIMIT = Duration.ofSeconds(5);

    private static final int[] DOLLARS = {1000, 200, 40};

    final SloComponent slo;
    final List<UserLoad> loads;

    Promises() {
        loads = new ArrayList<>();
        for (int dollars : DOLLARS) {
            BigDecimal value = BigDecimal.valueOf(dollars);
            loads.add(new UserLoad(
                    "load-" + dollars,
                    null,
                    AccountPer.CLIENT,
                    List.of(),
                    null,
                    new Guarantee(
                            "response",
                            new PercentileObjective(90, LIMIT),
                            new DeadlineObjective.Static(LIMIT.multipliedBy(2)),
                            null,
                            null,
                            new Penalty(Period.ofMonths(1), "USD", 10, value, value))));
        }
        slo = new SloComponent(loads, SloComponent.DEFAULT_DEGREE, Instant.EPOCH);
    }

    /** The load of the n-th account. */
    UserLoad load(int n) {
        return loads.get(n % loads.size());
    }

    /** The n-th account, some of them in danger, so that their penalties differ. */
    Account account(int n) {
        Account account = slo.account(load(n), "client-" + n);
        if (account.transactions() == 0) {
            for (int i = 0; i < 20; i++) {
                account.book(i < n % 4 ? LIMIT.toNanos() + 1 : 1);
            }
        }
        return account;
    }
}
