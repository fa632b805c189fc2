package io.heliosjdbc.slo;

import io.heliosjdbc.agreements.Agreements;
import io.heliosjdbc.agreements.UserLoad;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The books of one workload manager: accounts and estimates per user load. Looking up is thread-safe and allocates nothing for
 * what is there already; what is found is guarded by the scheduler's lock.
 *
 * <p>Nothing here grows without bound: beyond {@value #MOST_PER_LOAD} owners, templates or transaction types of one load, new
 * ones share the load's own.
 */
public final class SloComponent {
    /**
     * The degree k that serves where none is configured. The thesis (3.4.1) shows k = 1, 2 and 6; with k = 6 only accounts near
     * a step are dear, so that many small loads are saved instead of one large one being kept far above its objective.
     */
    public static final double DEFAULT_DEGREE = 6;

    static final int MOST_PER_LOAD = 10_000;

    private final double degree;
    /** The day by which a new account finds its interval: that of the last settlement. */
    private volatile Instant today;

    private final ConcurrentMap<String, LoadBook> loads = new ConcurrentHashMap<>();

    /** Everything that is kept for one user load. */
    private final class LoadBook {
        final UserLoad load;
        final Account own;
        final TransactionType anyTransaction = new TransactionType();
        final ConcurrentMap<String, Account> accounts = new ConcurrentHashMap<>();
        final ConcurrentMap<String, RequestType> requestTypes = new ConcurrentHashMap<>();
        final ConcurrentMap<String, TransactionType> transactionTypes = new ConcurrentHashMap<>();
        volatile @Nullable RequestType anyRequest;

        LoadBook(UserLoad load) {
            this.load = load;
            this.own = new Account(new AccountKey(load.name(), null), load, degree, today);
        }
    }

    /**
     * Opens the books.
     *
     * @param agreements what was promised
     * @param degree the degree k of opportunity cost and marginal gain, positive (thesis 3.4.1)
     * @param opened the beginning of the first measurement interval
     */
    public SloComponent(Agreements agreements, double degree, Instant opened) {
        this.degree = degree;
        this.today = opened;
        agreements.userLoads().forEach(this::book);
    }

    private LoadBook book(UserLoad load) {
        LoadBook known = loads.get(load.name());
        return known != null ? known : loads.computeIfAbsent(load.name(), name -> new LoadBook(load));
    }

    /**
     * The account of a load, or of one owner of it; opened on first use.
     *
     * @param owner whose, or null for the load's own account
     */
    public Account account(UserLoad load, @Nullable String owner) {
        LoadBook book = book(load);
        if (owner == null) {
            return book.own;
        }
        Account known = book.accounts.get(owner);
        if (known != null) {
            return known;
        }
        return book.accounts.size() >= MOST_PER_LOAD
                ? book.own
                : book.accounts.computeIfAbsent(
                        owner, name -> new Account(new AccountKey(load.name(), name), book.load, degree, today));
    }

    /** Every open account: those kept per owner, and of each load its own where it has no owners or something is booked. */
    public Collection<Account> accounts() {
        List<Account> accounts = new ArrayList<>();
        for (LoadBook book : loads.values()) {
            if (book.accounts.isEmpty() || book.own.transactions() > 0) {
                accounts.add(book.own);
            }
            accounts.addAll(book.accounts.values());
        }
        return accounts;
    }

    /**
     * What is known of a statement template within a load.
     *
     * @param defaultNanos the estimate before the first observation, positive
     */
    public RequestType requestType(UserLoad load, String template, long defaultNanos) {
        LoadBook book = book(load);
        RequestType known = book.requestTypes.get(template);
        if (known != null) {
            return known;
        }
        if (book.requestTypes.size() < MOST_PER_LOAD) {
            return book.requestTypes.computeIfAbsent(template, name -> new RequestType(defaultNanos));
        }
        RequestType any = book.anyRequest;
        if (any == null) {
            any = new RequestType(defaultNanos);
            book.anyRequest = any;
        }
        return any;
    }

    /** What is known of a transaction type within a load. */
    public TransactionType transactionType(UserLoad load, String name) {
        LoadBook book = book(load);
        TransactionType known = book.transactionTypes.get(name);
        if (known != null) {
            return known;
        }
        return book.transactionTypes.size() >= MOST_PER_LOAD
                ? book.anyTransaction
                : book.transactionTypes.computeIfAbsent(name, type -> new TransactionType());
    }

    /**
     * Settles every account whose measurement interval has ended by now, and opens its next interval.
     *
     * @return what is owed, also where it is nothing; no entry for an account without a transaction in the interval
     */
    public List<Settlement> settle(Instant now) {
        today = now;
        List<Settlement> settlements = new ArrayList<>();
        for (LoadBook book : loads.values()) {
            settle(book.own, now, settlements);
            book.accounts.values().forEach(account -> settle(account, now, settlements));
        }
        return settlements;
    }

    private static void settle(Account account, Instant now, List<Settlement> settlements) {
        Settlement settlement = account.settle(now);
        if (settlement != null) {
            settlements.add(settlement);
        }
    }
}
