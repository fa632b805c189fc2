package io.heliosjdbc.driver.manager;

import io.heliosjdbc.agreements.Guarantee;
import io.heliosjdbc.driver.admin.Figures;
import io.heliosjdbc.driver.admin.LoadStatus;
import io.heliosjdbc.driver.admin.Outlook;
import io.heliosjdbc.driver.admin.ReportLine;
import io.heliosjdbc.driver.admin.Standing;
import io.heliosjdbc.driver.configuration.HeliosConfiguration;
import io.heliosjdbc.driver.forecast.Forecast;
import io.heliosjdbc.driver.forecast.History;
import io.heliosjdbc.driver.forecast.Replay;
import io.heliosjdbc.scheduler.WorkloadScheduler;
import io.heliosjdbc.slo.Account;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the user loads stand, where the time of all statements went, and in a dry run what would have become of them: what SHOW HELIOS LOADS
 * and REPORT show. Thread-safe; whoever asks keeps statements waiting for moments only.
 */
final class Report {
    /** So many accounts are looked at under the scheduler's lock before statements have their turn. */
    private static final int MOST_AT_ONCE = 200;

    private final RulesInForce inForce;
    private final WorkloadScheduler scheduler;
    private final Bookkeeping bookkeeping;
    private final Tallies tallies;
    private final Instant opened;

    /**
     * A report of what happens from here on.
     *
     * @param opened when that is
     */
    Report(
            RulesInForce inForce,
            WorkloadScheduler scheduler,
            Bookkeeping bookkeeping,
            Tallies tallies,
            Instant opened) {
        this.inForce = inForce;
        this.scheduler = scheduler;
        this.bookkeeping = bookkeeping;
        this.tallies = tallies;
        this.opened = opened;
    }

    /** How every open account stands, by user load and owner. */
    List<LoadStatus> loads() {
        bookkeeping.settleForReaders();
        List<Account> accounts = new ArrayList<>(inForce.rules().books().accounts());
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
                Promises.unkept(account),
                Promises.standing(account));
    }

    /** Where the time went; within each scope what took longest in the database comes first. */
    List<ReportLine> lines() {
        Map<String, Double> due = new HashMap<>();
        Map<String, String> units = new HashMap<>();
        Map<String, Standing> standings = new HashMap<>();
        for (LoadStatus each : loads()) {
            Standing standing = each.standing();
            if (standing != null) {
                standings.merge(each.userLoad(), standing, Standing::worse);
            }
            String unit = each.unit();
            if (unit != null) {
                due.merge(each.userLoad(), each.due(), Double::sum);
                units.put(each.userLoad(), unit);
            }
        }
        Forecast forecast = forecast();
        return tallies.lines("since " + opened).stream()
                .map(each -> each.scope() == ReportLine.Scope.USER_LOAD
                        ? ofLoad(each, units.get(each.name()), due.getOrDefault(each.name(), 0.0), standings)
                        : each)
                .map(each -> forecast == null ? each : each.outlook(outlook(each, forecast)))
                .toList();
    }

    /** With what has become due and would be due now; in the unit of what was settled last, where the load has none now. */
    private ReportLine ofLoad(ReportLine line, @Nullable String unit, double dueNow, Map<String, Standing> standings) {
        AmountsDue.Amount settled = bookkeeping.settled().of(line.name(), unit);
        return line.standing(
                settled == null ? null : settled.sum() + dueNow,
                settled == null ? null : settled.unit(),
                standings.get(line.name()));
    }

    /** What would have become of the last statements without a dry run; null where it is none, or nothing has ended yet. */
    private @Nullable Forecast forecast() {
        Rules by = inForce.rules();
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
}
