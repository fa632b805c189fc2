package io.heliosjdbc.driver.manager;

import io.heliosjdbc.agreements.Guarantee;
import io.heliosjdbc.driver.admin.Standing;
import io.heliosjdbc.slo.Account;
import io.heliosjdbc.slo.Settlement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What of the promises is kept, and what that costs: the report's answers. Stateless. */
final class Promises {
    private static final double NANOS_PER_MILLI = 1e6;

    private Promises() {}

    /** How each user load stands that has a percentile objective and has ended a transaction; under the books' lock. */
    static Map<String, Standing> standings(Collection<Account> accounts) {
        Map<String, Standing> standings = new HashMap<>();
        for (Account account : accounts) {
            Standing standing = standing(account);
            if (standing != null) {
                standings.merge(account.key().userLoad(), standing, Standing::worse);
            }
        }
        return standings;
    }

    /** How an account stands; null without a percentile objective, and before its first transaction. Under the books' lock. */
    static @Nullable Standing standing(Account account) {
        Guarantee guarantee = account.userLoad().guarantee();
        return guarantee == null || guarantee.percentile() == null || account.transactions() == 0
                ? null
                : new Standing(account.conformance(), guarantee.percentile().share());
    }

    /** Of the running interval; null where nothing has been completed. */
    static @Nullable Double averageMillis(Account account) {
        Duration average = account.averageResponseTime();
        return average == null ? null : average.toNanos() / NANOS_PER_MILLI;
    }

    /** Which objectives an account would break if its interval ended now, in words; null where none. Under the books' lock. */
    static @Nullable String unkept(Account account) {
        List<String> unkept = new ArrayList<>();
        Guarantee guarantee = account.userLoad().guarantee();
        if (guarantee != null
                && guarantee.percentile() != null
                && account.conformance() < guarantee.percentile().share()) {
            unkept.add("percentile");
        }
        if (!account.keepsAverageResponseTime()) {
            unkept.add("average response time");
        }
        return unkept.isEmpty() ? null : String.join(", ", unkept);
    }

    /** Likewise, intervals that have ended included; each of a load's has to be kept. */
    static Map<String, Standing> standings(Collection<Account> accounts, List<Settlement> settlements) {
        Map<String, Standing> standings = standings(accounts);
        for (Settlement each : settlements) {
            if (each.percentile() != null) {
                standings.merge(
                        each.account().userLoad(),
                        new Standing(each.conformance(), each.percentile().share()),
                        Standing::worse);
            }
        }
        return standings;
    }

    /** What has become due by load, and would be due if the intervals ended now. */
    static Map<String, Double> due(Collection<Account> accounts, List<Settlement> settlements) {
        Map<String, Double> due = new HashMap<>();
        accounts.forEach(each -> due.merge(each.key().userLoad(), each.due(), Double::sum));
        settlements.forEach(
                each -> due.merge(each.account().userLoad(), each.due().doubleValue(), Double::sum));
        return due;
    }
}
