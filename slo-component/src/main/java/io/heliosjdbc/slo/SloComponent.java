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
 * The books of one workload manager: accounts and estimates per user load. Looking up is thread-safe, and does not allocate
 * where the entry exists; what is found, and settling, is guarded by the scheduler's lock.
 *
 * <p>Nothing here grows without bound: of a load's accounts those that have not been booked on for the longest are folded into its
 * own account, and beyond 10,000 statement templates or transaction types of a load the next ones share an estimator.
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

    /** How many accounts a user load keeps for its owners where nothing else is said. */
    public static final int DEFAULT_MAX_ACCOUNTS = 10_000;

    private final double degree;
    private final int maxAccounts;
    private final ConcurrentMap<String, Opened> loads = new ConcurrentHashMap<>();
    /** Whether somebody takes copies, and is to know which books are closed. Guarded by the scheduler's lock, like what follows. */
    private boolean copied;
    /** What tells of those that were closed since the last copy. */
    private final List<LoadState> closed = new ArrayList<>();
    /** The last instant that was told, for loads that are opened later than the component. */
    private volatile Instant latest;

    /** Books, and the terms by which these books know their load; they themselves may know later ones. */
    private record Opened(UserLoad load, LoadBooks books) {}

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
        this(userLoads, degree, opened, DEFAULT_MAX_ACCOUNTS);
    }

    /**
     * Likewise, with another bound.
     *
     * @param maxAccounts how many accounts a user load keeps for its owners, at least 1; those used least recently are folded into the
     *     load's own account by {@link #settle}
     */
    public SloComponent(List<UserLoad> userLoads, double degree, Instant opened, int maxAccounts) {
        ServiceLevels.checkDegree(degree);
        if (maxAccounts < 1) {
            throw new IllegalArgumentException("at most " + maxAccounts + " accounts cannot be; allow at least 1");
        }
        this.degree = degree;
        this.maxAccounts = maxAccounts;
        this.latest = opened;
        for (UserLoad load : userLoads) {
            Opened unused = opened(load);
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
        return opened(load).books().account(load, owner);
    }

    /**
     * Every account, as of now; a copy. They are those kept per owner, and of each load its own where it has no owners or where
     * something is booked on it. Thread-safe, unlike what is on them.
     */
    public Collection<Account> accounts() {
        List<Account> accounts = new ArrayList<>();
        loads.values().forEach(each -> each.books().collectAccounts(accounts));
        return accounts;
    }

    /**
     * The estimator of a statement template within a load; opened on first use. All of one template share what is observed.
     *
     * @param defaultNanos this one's estimate before the first observation, positive
     * @throws IllegalArgumentException if the default is not positive, or there is a different load of that name
     */
    public RequestType requestType(UserLoad load, String template, long defaultNanos) {
        return opened(load).books().requestType(template, defaultNanos);
    }

    /**
     * The estimator of a transaction type within a load; opened on first use.
     *
     * @throws IllegalArgumentException if there is a different load of that name
     */
    public TransactionType transactionType(UserLoad load, String name) {
        return opened(load).books().transactionType(name);
    }

    /**
     * Settles every account whose measurement interval has ended by now, and opens the interval that contains now. What was
     * booked since the last call counts for the interval that was running then, so it is to be called soon after each end;
     * intervals that passed between the two are empty. An account without transactions owes nothing and has no
     * settlement, and one without a penalty is never settled. Then accounts that are too many are folded into their load's
     * own: all that is on them is counted there.
     *
     * <p>Where the running interval is still to come by more than a day, because the clock was ahead when it was opened or is behind now,
     * what is counted goes on in one that begins now; it goes on in that one where the clock reaches it after all.
     *
     * @param now the time of day; an earlier one than before settles nothing
     * @return what became due, by load and owner
     */
    public List<Settlement> settle(Instant now) {
        List<Settlement> settlements = new ArrayList<>();
        boolean unused = settle(now, settlements, new ArrayList<>());
        settlements.sort(Settlement.BY_ACCOUNT);
        return settlements;
    }

    /**
     * Likewise, for who holds the lock every second: nothing is put in order.
     *
     * @param settlements takes what became due, in no order
     * @param notes takes what the clock has done to running intervals, in sentences
     * @return whether conformance and penalty of any accounts have changed: of those that were settled, of those that were folded and
     *     of their loads' own, and of no others. An account that has had as many transactions as are counted had changed with the last
     *     of them
     */
    public boolean settle(Instant now, List<Settlement> settlements, List<String> notes) {
        follow(now);
        boolean changed = false;
        for (Opened each : loads.values()) {
            changed |= each.books().settle(now, settlements, notes);
            changed |= each.books().fold();
        }
        tell(now);
        return changed;
    }

    private void follow(Instant now) {
        if (now.isAfter(latest) || LoadTerms.isLongBefore(now, latest)) {
            latest = now;
        }
    }

    /** Whether {@link #settle} would settle something: a look at each load, not at its accounts. Guarded by the scheduler's lock. */
    public boolean isDue(Instant now) {
        for (Opened each : loads.values()) {
            if (each.books().isDue(now)) {
                return true;
            }
        }
        return false;
    }

    /** When the next measurement interval of the calendar ends; {@link Instant#MAX} where none does. Guarded by the scheduler's lock. */
    public Instant nextEnd() {
        Instant next = Instant.MAX;
        for (Opened each : loads.values()) {
            Instant end = each.books().end();
            next = end.isBefore(next) ? end : next;
        }
        return next;
    }

    /**
     * Tells what time of day it is, for forecasts to the interval's end. Call it every second or so; {@link #settle} does too.
     * Guarded by the scheduler's lock.
     */
    public void tell(Instant now) {
        loads.values().forEach(each -> each.books().tell(now));
    }

    /**
     * What has changed since the last call, for a {@link BooksCopy}; the first time everything. It takes as long as there are
     * changed accounts and estimators, and changes nothing that a decision depends on. Guarded by the scheduler's lock.
     */
    public List<LoadState> takeChanged() {
        List<LoadState> states = new ArrayList<>(closed);
        for (Opened each : loads.values()) {
            LoadState state = each.books().changed();
            if (state != null) {
                states.add(state);
            }
        }
        // Not before all is copied: where that fails, nobody has it.
        for (Opened each : loads.values()) {
            each.books().copied();
        }
        closed.clear();
        copied = true;
        return states;
    }

    /**
     * What accounts owe that have been settled since the last call because they have had as many transactions as are counted; {@link
     * #settle} answers it too. Whoever takes what has changed takes this before, under the same lock. Guarded by the scheduler's lock.
     */
    public List<Settlement> takeSettled() {
        List<Settlement> settlements = new ArrayList<>();
        loads.values().forEach(each -> each.books().takeEnded(settlements));
        return settlements;
    }

    /** Whether there are books of a load of that name. */
    public boolean knows(String load) {
        return loads.containsKey(load);
    }

    /**
     * The books to go on with under other agreements. Accounts and estimators of loads that go on are the same ones, so that what
     * is under way is booked where it belongs; an interval that has ended is settled by the old terms, one that is running goes on
     * under the new ones, and the terms of {@link #restore} hold where they differ. A load that is not agreed any more is settled
     * as it stands, and closed. These books stay of use to who looks something up with a load as they know it. Guarded by the
     * scheduler's lock.
     *
     * @param userLoads what is promised from now on
     * @param newDegree the degree k of opportunity cost and marginal gain from now on
     * @param now the time of day
     * @throws IllegalArgumentException if the degree or a guarantee's number is out of range; then nothing has changed
     */
    public Amended amended(List<UserLoad> userLoads, double newDegree, Instant now) {
        follow(now);
        SloComponent next = new SloComponent(userLoads, newDegree, latest, maxAccounts);
        List<Settlement> settlements = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        boolean unused = settle(now, settlements, notes);
        next.copied = copied;
        next.closed.addAll(closed);
        for (Opened each : loads.values()) {
            String name = each.load().name();
            Opened after = next.loads.get(name);
            if (after == null) {
                notes.add("User load " + name + " is no longer agreed: its accounts ("
                        + each.books().kept() + ") are settled by the terms they were kept under, and closed");
                each.books().close(now, settlements);
                if (copied) {
                    next.closed.add(each.books().closed());
                }
            } else {
                if (!after.load().equals(each.books().load()) || newDegree != degree) {
                    each.books().amend(after.books(), now, settlements, notes);
                }
                next.loads.put(name, new Opened(after.load(), each.books()));
            }
        }
        next.tell(now);
        settlements.sort(Settlement.BY_ACCOUNT);
        return new Amended(next, new Restored(settlements, notes));
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
            Opened opened = loads.get(state.load());
            if (opened != null) {
                opened.books().restore(state, now, settlements, notes);
            } else {
                // An interval that is cut short ends now; it has begun, even where the clock has gone back since.
                boolean early = state.from().isBefore(now) && now.isBefore(state.until());
                state.settle(early ? now : state.until(), settlements);
                notes.add("User load " + state.load() + " is no longer agreed: its accounts ("
                        + state.accounts().size() + ") are settled by the terms they were kept under, and closed");
            }
        }
        tell(now);
        settlements.sort(Settlement.BY_ACCOUNT);
        return new Restored(settlements, notes);
    }

    private Opened opened(UserLoad load) {
        Opened opened = loads.get(load.name());
        if (opened == null) {
            opened = loads.computeIfAbsent(
                    load.name(), absent -> new Opened(load, new LoadBooks(load, degree, latest, maxAccounts)));
        }
        if (!opened.load().equals(load)) {
            throw new IllegalArgumentException(
                    "there are two different user loads named \"" + load.name() + "\"; rename one");
        }
        return opened;
    }
}
