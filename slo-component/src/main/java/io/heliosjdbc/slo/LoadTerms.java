package io.heliosjdbc.slo;

import io.heliosjdbc.agreements.AssessmentInterval;
import io.heliosjdbc.agreements.Guarantee;
import io.heliosjdbc.agreements.Penalty;
import io.heliosjdbc.agreements.PercentileObjective;
import io.heliosjdbc.agreements.UserLoad;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all accounts of one user load have in common: its service levels and the running measurement interval. The interval
 * and changes of the terms are guarded by the scheduler's lock; whose terms they are may be read without it.
 */
final class LoadTerms {
    private static final double NANOS = 1e9;
    private static final double LEAST_SHARE = 1e-9;
    private static final double PRIOR_TRANSACTIONS = 13;
    /** By so much a clock is set back without anything being wrong. */
    private static final Duration SET_BACK = Duration.ofDays(1);

    /** What was agreed: another one after each change, though it may be of the same load. */
    static final class Agreed {
        private final UserLoad load;

        private Agreed(UserLoad load) {
            this.load = load;
        }

        UserLoad load() {
            return load;
        }
    }

    private volatile Agreed agreed;
    private ServiceLevels levels;
    private double degree;
    private @Nullable Penalty penalty;
    private MeasurementInterval interval;
    /** The one that was running when the clock was found to be long before it; null where that was not so since it was opened. */
    private @Nullable MeasurementInterval ahead;
    /** After so many transactions an account is settled; never where an interval of the calendar says when. */
    private long count;
    /** The last instant that was told. */
    private Instant told;
    /**
     * The last end of an interval of an account's own. The next one of any begins then or later: accounts come, are folded and come
     * again, and none is to have two intervals with the same beginning.
     */
    private Instant lastEnd;

    /** Of accounts that have had as many transactions, until somebody takes them. */
    private final List<Settlement> ended = new ArrayList<>();

    /** Which part of the running interval has passed; positive. */
    private double elapsed = LEAST_SHARE;
    /** Changes with everything that an account's forecast depends on and that is not its own. */
    private int forecast;
    /** Of all accounts in the running interval. */
    private long booked;

    private int bookedAccounts;
    /** Whether somebody takes copies of what has changed; else nothing that has is remembered. */
    private boolean watched;

    /** The account that has changed last since the last copy; it knows the one before. */
    private @Nullable Account lastChanged;

    LoadTerms(UserLoad load, double degree, Instant opened) {
        ServiceLevels.checkDegree(degree);
        this.agreed = new Agreed(load);
        this.degree = degree;
        this.told = opened;
        this.lastEnd = opened;
        Guarantee guarantee = load.guarantee();
        this.penalty = guarantee == null ? null : guarantee.penalty();
        this.count = count(penalty);
        try {
            this.levels = ServiceLevels.of(guarantee);
            this.interval = penalty == null
                    ? MeasurementInterval.from(opened)
                    : MeasurementInterval.containing(opened, penalty.assessmentInterval())
                            .openedAt(opened);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("user load \"" + load.name() + "\": " + e.getMessage(), e);
        }
    }

    private static long count(@Nullable Penalty penalty) {
        return penalty != null && penalty.assessmentInterval() instanceof AssessmentInterval.Transactions transactions
                ? transactions.count()
                : Long.MAX_VALUE;
    }

    /** Whether each account has intervals of its own, of so many transactions. */
    boolean isCounted() {
        return count != Long.MAX_VALUE;
    }

    /** After how many transactions an account is settled; never ({@link Long#MAX_VALUE}) where the calendar says when. */
    long count() {
        return count;
    }

    Instant told() {
        return told;
    }

    void ownIntervalEnded(Instant until) {
        lastEnd = until.isAfter(lastEnd) ? until : lastEnd;
    }

    /** When an interval of an account's own begins that begins now. */
    Instant nextOwnInterval() {
        return lastEnd.isAfter(told) ? lastEnd : told;
    }

    /** An account has had as many transactions as are counted. */
    void ended(Settlement settlement) {
        ended.add(settlement);
    }

    /** Whether somebody owes something that is not settled yet. */
    boolean isDue(Instant now) {
        return !ended.isEmpty() || (penalty != null && interval.hasEnded(now));
    }

    void takeEnded(List<Settlement> settlements) {
        settlements.addAll(ended);
        ended.clear();
    }

    UserLoad load() {
        return agreed.load();
    }

    Agreed agreed() {
        return agreed;
    }

    ServiceLevels levels() {
        return levels;
    }

    double degree() {
        return degree;
    }

    @Nullable
    PercentileObjective percentile() {
        Guarantee guarantee = load().guarantee();
        return guarantee == null ? null : guarantee.percentile();
    }

    @Nullable
    Penalty penalty() {
        return penalty;
    }

    MeasurementInterval interval() {
        return interval;
    }

    /** What is to be written down: the running interval, or the one that goes on in its place where the clock reaches it. */
    MeasurementInterval written() {
        return ahead == null ? interval : ahead;
    }

    boolean isWatched() {
        return watched;
    }

    /** Takes in that an account has changed; returns the one that had changed before it, or itself where there is none. */
    Account changed(Account account) {
        Account before = lastChanged;
        lastChanged = account;
        return before == null ? account : before;
    }

    /** What those are that have changed since {@link #copied} was called last. */
    List<AccountState> changed() {
        List<AccountState> states = new ArrayList<>();
        for (Account each = lastChanged; each != null; each = each.changedBefore()) {
            states.add(each.stateOfOwner());
        }
        return states;
    }

    /** From here on it is remembered what has changed; what had before is copied. */
    void copied() {
        watched = true;
        while (lastChanged != null) {
            Account each = lastChanged;
            lastChanged = each.changedBefore();
            each.copied();
        }
    }

    void open(MeasurementInterval next) {
        interval = next;
        ahead = null;
        booked = 0;
        bookedAccounts = 0;
    }

    /** Takes other terms for the same load into force; who has computed something with the old ones sees another {@link #agreed}. */
    void amend(LoadTerms next) {
        levels = next.levels;
        degree = next.degree;
        penalty = next.penalty;
        count = next.count;
        agreed = new Agreed(next.load());
        forecast++;
    }

    /** The running interval ends at another instant, or never; what is booked stays. */
    void runUntil(MeasurementInterval other) {
        interval = other;
    }

    /** Whether an instant is so long before another one that one of them is wrong. */
    static boolean isLongBefore(Instant now, Instant other) {
        return now.isBefore(other.minus(SET_BACK));
    }

    /**
     * Goes on with the interval that holds now where the running one is still to come: either the clock was ahead when it was opened, and
     * would never reach its end, or it is behind now. Where it reaches that interval after all, that goes on. What is booked stays in
     * either case.
     *
     * @return whether the running interval was still to come
     */
    boolean followClock(Instant now) {
        if (ahead != null && !now.isBefore(ahead.from())) {
            interval = ahead;
            ahead = null;
        }
        if (!isLongBefore(now, interval.from())) {
            return false;
        }
        ahead = interval;
        // From now on, for what the calendar's has of earlier may be settled already.
        interval = penalty == null
                ? MeasurementInterval.from(now)
                : MeasurementInterval.containing(now, penalty.assessmentInterval())
                        .openedAt(now);
        return true;
    }

    void booked(long transactions, boolean first) {
        booked += transactions;
        if (first) {
            bookedAccounts++;
        }
    }

    /** What an account has had is booked once more, on another one. */
    void moved(long transactions) {
        booked -= transactions;
        bookedAccounts--;
    }

    void tell(Instant now) {
        told = now.isAfter(told) || isLongBefore(now, told) ? now : told;
        lastEnd = isLongBefore(now, lastEnd) ? now : lastEnd;
        if (interval.until().equals(Instant.MAX)) {
            return;
        }
        double length = seconds(Duration.between(interval.from(), interval.until()));
        double passed = seconds(Duration.between(interval.from(), now));
        elapsed = Math.max(LEAST_SHARE, Math.min(1, passed / length));
        forecast++;
    }

    private static double seconds(Duration duration) {
        return duration.getSeconds() + duration.getNano() / NANOS;
    }

    int forecast() {
        return forecast;
    }

    /**
     * How many transactions an account that has had n of them will have had at the interval's end, if it goes on at the rate
     * of so far. Of an account that has had few the load's mean rate tells more than its own, and counts as much as
     * {@value #PRIOR_TRANSACTIONS} of its own.
     */
    double expectedTransactions(long n) {
        if (isCounted()) {
            return Math.max(n, count);
        }
        double perAccount = bookedAccounts == 0 ? PRIOR_TRANSACTIONS : (double) booked / bookedAccounts;
        double rate = (n + PRIOR_TRANSACTIONS) / (elapsed * (1 + PRIOR_TRANSACTIONS / perAccount));
        return n + rate * (1 - elapsed);
    }
}
