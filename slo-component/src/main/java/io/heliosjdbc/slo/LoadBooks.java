package io.heliosjdbc.slo;

import io.heliosjdbc.agreements.AccountPer;
import io.heliosjdbc.agreements.Penalty;
import io.heliosjdbc.agreements.UserLoad;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The books of one user load: its accounts and its estimators. Looking up is thread-safe, and does not allocate where the
 * entry exists; what is found, and settling, is guarded by the scheduler's lock.
 *
 * <p>Names come from applications, so there is no end to them; beyond {@value #MOST} of a kind new ones share an entry.
 */
final class LoadBooks {
    static final int MOST = 10_000;

    private final LoadTerms terms;
    private final Account own;
    private final ConcurrentMap<String, Account> accounts = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, RequestType> requestTypes = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, TransactionType> transactionTypes = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable RequestType> anyRequest = new AtomicReference<>();
    private final TransactionType anyTransaction = new TransactionType();

    LoadBooks(UserLoad load, double degree, Instant opened) {
        this.terms = new LoadTerms(load, degree, opened);
        this.own = new Account(new AccountKey(load.name(), null), terms);
    }

    UserLoad load() {
        return terms.load();
    }

    /** Adds the accounts of the owners, and the load's own where there are none or where something is booked on it. */
    void collectAccounts(List<Account> collected) {
        if (accounts.isEmpty() || own.transactions() > 0) {
            collected.add(own);
        }
        collected.addAll(accounts.values());
    }

    Account account(@Nullable String owner) {
        if (owner == null || load().accountPer() == AccountPer.LOAD) {
            return own;
        }
        Account known = accounts.get(owner);
        if (known != null) {
            return known;
        }
        return accounts.size() >= MOST
                ? own
                : accounts.computeIfAbsent(owner, name -> new Account(new AccountKey(load().name(), name), terms));
    }

    RequestType requestType(String template, long defaultNanos) {
        RequestType known = requestTypes.get(template);
        if (known != null) {
            return known;
        }
        if (requestTypes.size() < MOST) {
            return requestTypes.computeIfAbsent(template, absent -> new RequestType(defaultNanos));
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
                : transactionTypes.computeIfAbsent(name, absent -> new TransactionType());
    }

    void tell(Instant now) {
        terms.tell(now);
    }

    void settle(Instant now, List<Settlement> settlements) {
        Penalty penalty = terms.penalty();
        if (penalty == null || !terms.interval().hasEnded(now)) {
            return;
        }
        settle(own, penalty, settlements);
        accounts.values().forEach(account -> settle(account, penalty, settlements));
        terms.open(MeasurementInterval.containing(now, penalty.assessmentInterval()));
    }

    private void settle(Account account, Penalty penalty, List<Settlement> settlements) {
        if (account.transactions() > 0) {
            settlements.add(new Settlement(
                    account.key(),
                    terms.interval().from(),
                    terms.interval().until(),
                    account.transactions(),
                    account.late(),
                    account.conformance(),
                    terms.levels().due(account.conformance()),
                    penalty.valueUnit()));
            account.startInterval();
        }
    }
}
