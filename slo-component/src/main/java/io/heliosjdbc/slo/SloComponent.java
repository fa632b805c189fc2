package io.heliosjdbc.slo;

import io.heliosjdbc.agreements.Agreements;
import io.heliosjdbc.agreements.UserLoad;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The books of one workload manager: accounts and estimates per user load. Looking up is thread-safe, and does not allocate
 * where the entry exists; what is found, and settling, is guarded by the scheduler's lock.
 *
 * <p>Nothing here grows without bound: beyond 10,000 owners of a load the next ones share the load's own account, beyond as
 * many statement templates or transaction types the next ones share an estimator.
 */
public final class SloComponent {
    /**
     * The degree k of opportunity cost and marginal gain where none is configured. The thesis draws its example with 2, and
     * shows with 6 what a higher degree is for (3.4.1, figure 3.5): with a low one dear loads go first even where they are in
     * no danger; with a high one only conformances near a boundary count, and cheap loads get their turn. In simulations of
     * the thesis's experiment (chapter 3) KAFKA came to a penalty of 3436 dollars with degree 1 and of 588 with degree 6, and
     * under the deadlines of its table 3.3 to 4400 and 3502.
     */
    public static final double DEFAULT_DEGREE = 6;

    private static final Comparator<AccountKey> BY_LOAD_THEN_OWNER = Comparator.comparing(AccountKey::userLoad)
            .thenComparing(AccountKey::owner, Comparator.nullsFirst(Comparator.naturalOrder()));

    private final double degree;
    private final ConcurrentMap<String, LoadBooks> loads = new ConcurrentHashMap<>();
    /** The last instant that was told, for loads that are opened later than the component. */
    private volatile Instant latest;

    /**
     * Opens the books.
     *
     * @param agreements what was promised
     * @param degree the degree k of opportunity cost and marginal gain, positive (thesis 3.4.1), such as {@link
     *     #DEFAULT_DEGREE}
     * @param opened the beginning of the first measurement interval, which ends where the calendar's interval does
     * @throws IllegalArgumentException if the degree or a guarantee's number is out of range; it names the user load
     */
    public SloComponent(Agreements agreements, double degree, Instant opened) {
        this(agreements.userLoads(), degree, opened);
    }

    /** Opens the books for user loads of any origin; otherwise like the other constructor. */
    public SloComponent(List<UserLoad> userLoads, double degree, Instant opened) {
        ServiceLevels.checkDegree(degree);
        this.degree = degree;
        this.latest = opened;
        for (UserLoad load : userLoads) {
            books(load);
        }
    }

    /**
     * The account of one owner within a load, opened on first use, or the load's own.
     *
     * @param load of the agreements, or another one, without a guarantee for instance, under a name of its own
     * @param owner the user, application, client or tenant, whichever the load counts by; null where it is not known: such
     *     transactions share the load's own account. Ignored where the whole load shares one.
     * @throws IllegalArgumentException if there is a different load of that name
     */
    public Account account(UserLoad load, @Nullable String owner) {
        return books(load).account(owner);
    }

    /**
     * Every account, as of now; a copy. They are those kept per owner, and of each load its own where it has no owners or where
     * something is booked on it. Guarded by the scheduler's lock.
     */
    public Collection<Account> accounts() {
        List<Account> accounts = new ArrayList<>();
        loads.values().forEach(books -> books.collectAccounts(accounts));
        return accounts;
    }

    /**
     * The estimator of a statement template within a load; opened on first use.
     *
     * @param defaultNanos the estimate before the first observation, positive; the one with which the estimator is opened
     *     stays
     * @throws IllegalArgumentException if the default is needed and not positive, or there is a different load of that name
     */
    public RequestType requestType(UserLoad load, String template, long defaultNanos) {
        return books(load).requestType(template, defaultNanos);
    }

    /**
     * The estimator of a transaction type within a load; opened on first use.
     *
     * @throws IllegalArgumentException if there is a different load of that name
     */
    public TransactionType transactionType(UserLoad load, String name) {
        return books(load).transactionType(name);
    }

    /**
     * Settles every account whose measurement interval has ended by now, and opens the interval that contains now. What was
     * booked since the last call counts for the interval that was running then, so it is to be called soon after each end;
     * intervals that passed between the two are empty. An account without transactions owes nothing and has no
     * settlement, and one without a penalty is never settled.
     *
     * @param now the time of day; an earlier one than before settles nothing
     * @return what became due, by load and owner; the conformance and penalty of these accounts have changed, and of no
     *     others
     */
    public List<Settlement> settle(Instant now) {
        if (now.isAfter(latest)) {
            latest = now;
        }
        List<Settlement> settlements = new ArrayList<>();
        loads.values().forEach(books -> books.settle(now, settlements));
        tell(now);
        settlements.sort(Comparator.comparing(Settlement::account, BY_LOAD_THEN_OWNER));
        return settlements;
    }

    /**
     * Tells what time of day it is, for forecasts to the interval's end. Call it every second or so; {@link #settle} does too.
     * Guarded by the scheduler's lock.
     */
    public void tell(Instant now) {
        loads.values().forEach(books -> books.tell(now));
    }

    /**
     * What has changed since the last call, for a {@link BooksCopy}; the first time everything. It takes as long as there are
     * changed accounts and estimators, and changes nothing that a decision depends on. Guarded by the scheduler's lock.
     */
    public List<LoadState> takeChanged() {
        List<LoadState> states = new ArrayList<>();
        for (LoadBooks books : loads.values()) {
            LoadState state = books.takeChanged();
            if (state != null) {
                states.add(state);
            }
        }
        return states;
    }

    /**
     * Takes in what stood in books when they were written down. These are empty as yet. An interval that has ended in the
     * meantime is settled by the terms it was written down with; what was promised for one that goes on is what these books
     * were opened with. A load that is not in these books is settled as it stands, and is gone.
     *
     * @param states what was written down
     * @param now the time of day
     */
    public Restored restore(List<LoadState> states, Instant now) {
        List<Settlement> settlements = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (LoadState state : states) {
            LoadBooks books = loads.get(state.load());
            if (books != null) {
                books.restore(state, now, settlements, notes);
            } else {
                // An interval that is cut short ends now; it has begun, even where the clock has gone back since.
                boolean early = state.from().isBefore(now) && now.isBefore(state.until());
                state.settle(early ? now : state.until(), settlements);
                notes.add("User load " + state.load() + " is no longer agreed: its accounts ("
                        + state.accounts().size() + ") are settled by the terms they were kept under, and closed");
            }
        }
        tell(now);
        settlements.sort(Comparator.comparing(Settlement::account, BY_LOAD_THEN_OWNER));
        return new Restored(settlements, notes);
    }

    private LoadBooks books(UserLoad load) {
        LoadBooks books = loads.get(load.name());
        if (books == null) {
            books = loads.computeIfAbsent(load.name(), absent -> new LoadBooks(load, degree, latest));
        }
        if (!books.load().equals(load)) {
            throw new IllegalArgumentException(
                    "there are two different user loads named \"" + load.name() + "\"; rename one");
        }
        return books;
    }
}
