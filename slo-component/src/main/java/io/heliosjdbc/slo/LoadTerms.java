package io.heliosjdbc.slo;

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

    private volatile UserLoad load;
    private ServiceLevels levels;
    private double degree;
    private @Nullable Penalty penalty;
    private MeasurementInterval interval;
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
        this.load = load;
        this.degree = degree;
        Guarantee guarantee = load.guarantee();
        this.penalty = guarantee == null ? null : guarantee.penalty();
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

    UserLoad load() {
        return load;
    }

    ServiceLevels levels() {
        return levels;
    }

    double degree() {
        return degree;
    }

    @Nullable
    PercentileObjective percentile() {
        Guarantee guarantee = load.guarantee();
        return guarantee == null ? null : guarantee.percentile();
    }

    @Nullable
    Penalty penalty() {
        return penalty;
    }

    MeasurementInterval interval() {
        return interval;
    }

    boolean isWatched() {
        return watched;
    }

    /** From here on it is remembered what has changed. */
    void watch() {
        watched = true;
    }

    /** Takes in that an account has changed; returns the one that had changed before it, or itself where there is none. */
    Account changed(Account account) {
        Account before = lastChanged;
        lastChanged = account;
        return before == null ? account : before;
    }

    /** Copies those that have changed since the last time. */
    List<AccountState> takeChanged() {
        List<AccountState> states = new ArrayList<>();
        Account each = lastChanged;
        lastChanged = null;
        while (each != null) {
            states.add(each.stateOfOwner());
            Account before = each.copied();
            each = before == each ? null : before;
        }
        return states;
    }

    void open(MeasurementInterval next) {
        interval = next;
        booked = 0;
        bookedAccounts = 0;
    }

    /** Takes other terms for the same load into force; who has computed something with the old ones sees another {@link #load}. */
    void amend(LoadTerms next) {
        levels = next.levels;
        degree = next.degree;
        penalty = next.penalty;
        load = next.load;
        forecast++;
    }

    /** The running interval ends at another instant, or never; what is booked stays. */
    void runUntil(MeasurementInterval other) {
        interval = other;
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
        double perAccount = bookedAccounts == 0 ? PRIOR_TRANSACTIONS : (double) booked / bookedAccounts;
        double rate = (n + PRIOR_TRANSACTIONS) / (elapsed * (1 + PRIOR_TRANSACTIONS / perAccount));
        return n + rate * (1 - elapsed);
    }
}
