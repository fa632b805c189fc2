package io.heliosjdbc.driver.manager;

import io.heliosjdbc.agreements.Guarantee;
import io.heliosjdbc.driver.admin.Spared;
import io.heliosjdbc.driver.admin.Standing;
import io.heliosjdbc.scheduler.ServiceClassStatus;
import io.heliosjdbc.slo.Account;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What of the promises is kept, and what a dry run let through: the report's answers. Stateless. */
final class Promises {
    private static final double PERCENT = 100;

    private Promises() {}

    /** How each user load stands that has a percentile objective and has ended a transaction; under the books' lock. */
    static Map<String, Standing> standings(Collection<Account> accounts) {
        Map<String, Standing> standings = new HashMap<>();
        for (Account account : accounts) {
            Guarantee guarantee = account.userLoad().guarantee();
            if (guarantee != null && guarantee.percentile() != null && account.transactions() > 0) {
                standings.merge(
                        account.key().userLoad(),
                        new Standing(
                                account.conformance(), guarantee.percentile().percent() / PERCENT),
                        Standing::worse);
            }
        }
        return standings;
    }

    /** What a dry run let through, by class. */
    static Map<String, Spared> spared(List<ServiceClassStatus> classes) {
        Map<String, Spared> spared = new HashMap<>();
        for (ServiceClassStatus each : classes) {
            spared.put(each.name(), new Spared(each.wouldHaveWaited(), each.wouldHaveBeenRefused()));
        }
        return spared;
    }
}
