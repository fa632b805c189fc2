package io.heliosjdbc.slo;

import io.heliosjdbc.agreements.AccountPer;
import io.heliosjdbc.agreements.AssessmentInterval;
import io.heliosjdbc.agreements.Penalty;
import io.heliosjdbc.agreements.UserLoad;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The books of one user load: its accounts and its estimators. Looking up is thread-safe, and does not allocate where the
 * entry exists and the first estimate is the one that it was opened with; what is found, and settling, is guarded by the scheduler's lock.
 *
 * <p>Names come from applications, so there is no end to them: {@link OwnerAccounts} bounds the accounts, and beyond {@value #MOST}
 * templates or transaction types new ones share an estimator.
 */
final class LoadBooks {
    static final int MOST = 10_000;

    /** What was learned is restored at a part of its weight, and not at all where that has become small: names are forgotten. */
    private static final double FADED = 0.5;

    private static final double LEAST_WEIGHT = 0.5;

    private final LoadTerms terms;
    private final Account own;
    private final OwnerAccounts accounts;
    private final ConcurrentMap<String, RequestType> requestTypes = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, TransactionType> transactionTypes = new ConcurrentHashMap<>();
    /** Of these: those that have observed something since it was taken. */
    private final List<RequestType.Observed> changedRequests = new ArrayList<>();

    private final List<TransactionType> changedTransactions = new ArrayList<>();
    private final AtomicReference<@Nullable RequestType> anyRequest = new AtomicReference<>();
    private final TransactionType anyTransaction = new TransactionType();

    LoadBooks(UserLoad load, double degree, Instant opened, int maxAccounts) {
        this.terms = new LoadTerms(load, degree, opened);
        this.own = new Account(new AccountKey(load.name(), null), terms, null);
        this.accounts = new OwnerAccounts(terms, maxAccounts);
    }

    UserLoad load() {
        return terms.load();
    }

    /** The account of an owner to who knows the load by these terms; others may hold meanwhile. */
    Account account(UserLoad as, @Nullable String owner) {
        return as.accountPer() == load().accountPer() ? account(owner) : own;
    }

    /**
     * Takes other terms into force for what is counted already, too; accounts and estimators stay what they are. What was
     * due by the old ones is settled already.
     *
     * @param next the books of the same load, opened now by the other terms, and empty
     */
    void amend(LoadBooks next, Instant now, List<Settlement> settlements, List<String> notes) {
        LoadTerms to = next.terms;
        Penalty before = terms.penalty();
        Penalty after = to.penalty();
        boolean together = load().accountPer() != to.load().accountPer();
        boolean otherTerms = !Objects.equals(before, after) || !Objects.equals(terms.percentile(), to.percentile());
        boolean starts = after != null && before == null;
        boolean otherKind = isOtherKind(before, after);
        if (together) {
            notes.add("User load " + load().name() + " had accounts per " + load().accountPer()
                    + ": what is on them is counted on the load's own account");
        }
        if (starts) {
            notes.add("User load " + load().name() + " has got a penalty: what was counted since "
                    + terms.interval().from() + " is not held against it");
            own.startInterval();
            accounts.all().forEach(Account::startInterval);
            terms.open(to.interval());
        } else if (otherKind) {
            notes.add(settledAsItStands());
            close(now, settlements);
            terms.open(to.interval());
        } else if (otherTerms) {
            notes.add("User load " + load().name() + " has other terms: they hold for what was counted since "
                    + terms.interval().from() + " too");
            terms.runUntil(running(terms.interval(), before, to.interval(), after));
        }
        terms.amend(to);
        own.amended();
        if (together) {
            accounts.closeInto(own);
        }
    }

    /** Whether one is of the calendar, and the other a number of transactions. */
    private static boolean isOtherKind(@Nullable Penalty one, @Nullable Penalty other) {
        return one != null
                && other != null
                && one.assessmentInterval() instanceof AssessmentInterval.Transactions
                        != other.assessmentInterval() instanceof AssessmentInterval.Transactions;
    }

    private String settledAsItStands() {
        return "User load " + load().name()
                + " has intervals of another kind: what is counted is settled as it stands, by the"
                + " terms it was counted under";
    }

    /** Settles what is booked as it stands and empties the books, which are closed with that. */
    void close(Instant now, List<Settlement> settlements) {
        Penalty penalty = terms.penalty();
        if (penalty != null) {
            MeasurementInterval interval = terms.interval();
            if (!terms.isCounted() && interval.from().isBefore(now) && now.isBefore(interval.until())) {
                terms.runUntil(new MeasurementInterval(interval.from(), now));
            }
            settle(own, penalty, settlements);
            accounts.all().forEach(account -> settle(account, penalty, settlements));
        }
    }

    /** How many accounts there are with something on them. */
    int kept() {
        return (int) accounts.all().stream()
                        .filter(each -> each.transactions() > 0)
                        .count()
                + (own.transactions() > 0 ? 1 : 0);
    }

    /** What tells a {@link BooksCopy} that these books are closed. */
    LoadState closed() {
        return new LoadState(
                load().name(),
                load().accountPer(),
                terms.written().from(),
                terms.written().until(),
                terms.percentile(),
                terms.penalty(),
                List.of(),
                List.of(),
                List.of());
    }

    /** Adds the accounts of the owners, and the load's own where there are none or where something is booked on it. */
    void collectAccounts(List<Account> collected) {
        if (accounts.isEmpty() || own.transactions() > 0) {
            collected.add(own);
        }
        collected.addAll(accounts.all());
    }

    Account account(@Nullable String owner) {
        if (owner == null || load().accountPer() == AccountPer.LOAD) {
            return own;
        }
        Account found = accounts.find(owner);
        return found == null ? own : found;
    }

    RequestType requestType(String template, long defaultNanos) {
        return template(template, defaultNanos).beginningWith(defaultNanos);
    }

    private RequestType template(String template, long defaultNanos) {
        RequestType known = requestTypes.get(template);
        if (known != null) {
            return known;
        }
        if (requestTypes.size() < MOST) {
            return requestTypes.computeIfAbsent(
                    template, absent -> new RequestType(defaultNanos, template, changedRequests));
        }
        RequestType any = anyRequest.get();
        if (any != null) {
            return any;
        }
        RequestType opened = new RequestType(defaultNanos);
        RequestType before = anyRequest.compareAndExchange(null, opened);
        return before != null ? before : opened;
    }

    TransactionType transactionType(String name) {
        TransactionType known = transactionTypes.get(name);
        if (known != null) {
            return known;
        }
        return transactionTypes.size() >= MOST
                ? anyTransaction
                : transactionTypes.computeIfAbsent(name, absent -> new TransactionType(name, changedTransactions));
    }

    void tell(Instant now) {
        terms.tell(now);
    }

    boolean isDue(Instant now) {
        return terms.isDue(now);
    }

    /** The end of the running interval; {@link Instant#MAX} where it has none. */
    Instant end() {
        return terms.penalty() == null ? Instant.MAX : terms.interval().until();
    }

    /** Settles what is due, and answers whether the running interval has ended for anything that was booked. */
    boolean settle(Instant now, List<Settlement> settlements, List<String> notes) {
        terms.takeEnded(settlements);
        followClock(now, notes);
        Penalty penalty = terms.penalty();
        if (penalty == null || !terms.interval().hasEnded(now)) {
            return false;
        }
        int before = settlements.size();
        settle(own, penalty, settlements);
        accounts.all().forEach(account -> settle(account, penalty, settlements));
        terms.open(terms.interval().next(now, penalty.assessmentInterval()));
        return settlements.size() > before;
    }

    private void followClock(Instant now, List<String> notes) {
        Instant from = terms.interval().from();
        if (terms.followClock(now)) {
            notes.add("User load " + load().name() + " has an interval that begins at " + from + ", and it is " + now
                    + ": what is counted goes on in one that begins now");
        }
    }

    /** Takes what accounts owe that have had as many transactions as are counted. */
    void takeEnded(List<Settlement> settlements) {
        terms.takeEnded(settlements);
    }

    /** Folds accounts that are too many, and answers whether there were some; every second or so. */
    boolean fold() {
        return accounts.fold(own);
    }

    private void settle(Account account, Penalty penalty, List<Settlement> settlements) {
        if (account.transactions() > 0) {
            settlements.add(account.settle(penalty));
        }
    }

    /**
     * What has changed in these books since {@link #copied} was called last; null where nothing has. An estimate is told once; where it is
     * lost, the next observation has it told again.
     */
    @Nullable
    LoadState changed() {
        List<AccountState> accountStates = terms.isWatched() ? terms.changed() : everything();
        List<RequestTypeState> requests =
                changedRequests.stream().map(RequestType.Observed::take).toList();
        changedRequests.clear();
        List<TransactionTypeState> transactions =
                changedTransactions.stream().map(TransactionType::take).toList();
        changedTransactions.clear();
        if (accountStates.isEmpty() && requests.isEmpty() && transactions.isEmpty()) {
            return null;
        }
        return new LoadState(
                load().name(),
                load().accountPer(),
                terms.written().from(),
                terms.written().until(),
                terms.percentile(),
                terms.penalty(),
                accountStates,
                requests,
                transactions);
    }

    /** Somebody has what {@link #changed} answered. */
    void copied() {
        terms.copied();
    }

    private List<AccountState> everything() {
        return Stream.concat(Stream.of(own), accounts.all().stream())
                .map(Account::state)
                .filter(each -> !each.isEmpty())
                .toList();
    }

    /** Takes in what stood in the books of this load when they were written down. These are empty as yet. */
    void restore(LoadState state, Instant now, List<Settlement> settlements, List<String> notes) {
        Penalty penalty = terms.penalty();
        boolean counts = true;
        if (state.hasEnded(now)) {
            state.settle(state.until(), settlements);
            counts = false;
            if (penalty != null) {
                terms.open(
                        new MeasurementInterval(state.from(), state.until()).next(now, penalty.assessmentInterval()));
            }
        } else if (isOtherKind(state.penalty(), penalty)) {
            state.settle(now, settlements);
            counts = false;
            notes.add(settledAsItStands());
        } else if (penalty != null && state.penalty() == null) {
            counts = false;
            notes.add("User load " + load().name() + " has got a penalty: what was counted since " + state.from()
                    + " is not held against it");
        } else {
            terms.open(running(
                    new MeasurementInterval(state.from(), state.until()), state.penalty(), terms.interval(), penalty));
            if (!Objects.equals(penalty, state.penalty()) || !Objects.equals(terms.percentile(), state.percentile())) {
                notes.add("User load " + load().name() + " has other terms: they hold for what was counted since "
                        + state.from() + " too");
            }
        }
        followClock(now, notes);
        boolean together = state.accountPer() != load().accountPer();
        if (together) {
            notes.add("User load " + load().name() + " had accounts per " + state.accountPer()
                    + ": what is on them is counted on the load's own account");
        }
        for (AccountState each : state.accounts()) {
            Account account = together ? own : account(each.owner());
            if (counts) {
                account.restore(together ? each.moved() : each);
            } else {
                account.restoreResponseTimes(each);
            }
        }
        restoreEstimates(state);
    }

    /** The interval that was running goes on; where its length has changed, it ends when the first of the two does. */
    private static MeasurementInterval running(
            MeasurementInterval of, @Nullable Penalty before, MeasurementInterval next, @Nullable Penalty now) {
        if (now == null || before == null) {
            return MeasurementInterval.from(of.from());
        }
        Instant end = next.until();
        boolean keeps = before.assessmentInterval().equals(now.assessmentInterval())
                || !end.isBefore(of.until())
                // The clock has gone back to before it began.
                || !of.from().isBefore(end);
        return new MeasurementInterval(of.from(), keeps ? of.until() : end);
    }

    private void restoreEstimates(LoadState state) {
        for (RequestTypeState each : state.requestTypes()) {
            if (each.regression().weight() >= LEAST_WEIGHT) {
                requestType(each.template(), ConcurrencyRegression.SHORTEST_NANOS)
                        .restore(each.regression(), FADED);
            }
        }
        for (TransactionTypeState each : state.transactionTypes()) {
            if (each.regression().weight() >= LEAST_WEIGHT) {
                transactionType(each.name()).restore(each, FADED);
            }
        }
    }
}
