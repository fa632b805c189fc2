package io.heliosjdbc.slo;

import io.heliosjdbc.agreements.DeadlineObjective;
import io.heliosjdbc.agreements.Guarantee;
import io.heliosjdbc.agreements.Penalty;
import io.heliosjdbc.agreements.PercentileObjective;
import io.heliosjdbc.agreements.UserLoad;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The conformance book of one user load, or of one client of it. Not thread-safe: guarded by the scheduler's lock.
 *
 * <p>All instants but those of the measurement interval are nanoseconds of one monotonic clock; {@link Long#MAX_VALUE} means
 * never. What the scheduler asks at every decision is computed once per booking, and nothing on that path allocates.
 */
public final class Account {
    private static final Duration MOST_NANOS = Duration.ofNanos(Long.MAX_VALUE);
    private static final double NANOS_PER_SECOND = 1e9;

    private final AccountKey key;
    private final LoadTerms terms;
    /** Where it stands among the accounts of its load's owners; null for a load's own. */
    private final @Nullable OwnerAccounts home;

    // Its neighbours there, by use.
    @Nullable
    Account olderUse;

    @Nullable
    Account newerUse;

    boolean ordered;

    /** Whose terms the fields below follow; those of the load may have changed since. */
    private LoadTerms.Agreed agreed;

    private @Nullable Guarantee guarantee;
    private long timelyNanos;
    private @Nullable ResponseTimePercentile dynamicDeadline;
    /** The time after which a transaction must be complete; never where there is no deadline, or none yet. */
    private long deadlineNanos;

    /** The beginning of an interval of its own, where transactions are counted and something is booked. */
    private @Nullable Instant began;

    private long transactions;
    private long late;
    private long refused;
    /** Exact up to 104 days of response time, then to 16 digits; a long would overflow in a month of a busy load. */
    private double responseNanos;

    /** Of the present conformance, once somebody has asked for it: most transactions end while nobody waits. */
    private double penalty;

    private boolean penaltyKnown;
    private double costOfMiss;
    /** The forecast that the cost of a miss was computed with. */
    private int forecast = -1;
    /** What takes its bookings since it was closed, or since its owner has another one; null where it is open. */
    private @Nullable Account successor;
    /** Whether it was folded into its load's own account, and has not been used since. */
    private boolean folded;

    /** Of the accounts that have changed since the last copy the one before; itself for the first; null where it has not. */
    private @Nullable Account changedBefore;

    /**
     * An account of its own, which no {@link SloComponent} settles.
     *
     * @param degree the degree k of opportunity cost and marginal gain, positive
     * @param opened the beginning of its measurement interval
     * @throws IllegalArgumentException if the degree or one of the guarantee's numbers is out of range
     */
    public Account(AccountKey key, UserLoad userLoad, double degree, Instant opened) {
        this(key, new LoadTerms(userLoad, degree, opened), null);
    }

    Account(AccountKey key, LoadTerms terms, @Nullable OwnerAccounts home) {
        this.key = key;
        this.terms = terms;
        this.home = home;
        this.agreed = terms.agreed();
        this.guarantee = agreed.load().guarantee();
        this.timelyNanos = timely(guarantee);
        DeadlineObjective deadline = guarantee == null ? null : guarantee.deadline();
        this.dynamicDeadline = dynamic(deadline);
        this.deadlineNanos = fixed(deadline);
        // Not on the list of changes, which the lock guards that accounts are opened without: an empty one is none.
    }

    private static long timely(@Nullable Guarantee guarantee) {
        PercentileObjective percentile = guarantee == null ? null : guarantee.percentile();
        return percentile == null ? Long.MAX_VALUE : nanos(percentile.responseTime());
    }

    private static @Nullable ResponseTimePercentile dynamic(@Nullable DeadlineObjective deadline) {
        return deadline instanceof DeadlineObjective.Dynamic dynamic
                ? new ResponseTimePercentile(dynamic.percentile())
                : null;
    }

    private static long fixed(@Nullable DeadlineObjective deadline) {
        return deadline instanceof DeadlineObjective.Static fixed ? nanos(fixed.responseTime()) : Long.MAX_VALUE;
    }

    /** Follows the load's terms where they have changed; a dynamic deadline of the same percentile keeps its past. */
    private void follow() {
        LoadTerms.Agreed now = terms.agreed();
        if (agreed == now) {
            return;
        }
        DeadlineObjective before = guarantee == null ? null : guarantee.deadline();
        agreed = now;
        guarantee = now.load().guarantee();
        timelyNanos = timely(guarantee);
        DeadlineObjective deadline = guarantee == null ? null : guarantee.deadline();
        if (!Objects.equals(before, deadline)) {
            dynamicDeadline = dynamic(deadline);
            deadlineNanos = fixed(deadline);
        }
        hasMoved();
    }

    /** Its load has other terms, which whoever copies the books is to know. */
    void amended() {
        follow();
        changed();
    }

    /** What is on it is counted on another account from here on, and so is what is yet to come. */
    void closeInto(Account other) {
        moveTo(other);
        successor = other;
    }

    /** What is on it is counted on the load's own account; what is yet to come is its own again. */
    void fold(Account own) {
        moveTo(own);
        folded = true;
    }

    private void moveTo(Account other) {
        AccountState state = state();
        if (transactions > 0) {
            terms.moved(transactions);
        }
        startInterval();
        if (dynamicDeadline != null) {
            // Some kilobytes.
            dynamicDeadline = null;
            deadlineNanos = Long.MAX_VALUE;
        }
        other.restore(state.moved());
    }

    /**
     * The account that is kept for whom this one was: itself, or the one that its bookings go to since it was closed, or since it was
     * folded into its load's account and its owner has come back.
     */
    public Account current() {
        if (successor == null && folded && home != null) {
            successor = home.now(key.owner());
        }
        if (successor == null) {
            return this;
        }
        successor = successor.current();
        return successor;
    }

    /** The account that a booking goes to; from here on it is the one used last. */
    private Account used() {
        Account used = current();
        return used.home == null ? used : used.usedAt(used.home);
    }

    @SuppressWarnings("ReferenceEquality")
    private Account usedAt(OwnerAccounts at) {
        String owner = key.owner();
        if (folded && owner != null) {
            Account open = at.reopen(this, owner);
            if (open != this) {
                successor = open;
                return open.used();
            }
            folded = false;
            DeadlineObjective deadline = guarantee == null ? null : guarantee.deadline();
            dynamicDeadline = dynamic(deadline);
        }
        at.used(this);
        return this;
    }

    /** A time that does not fit, 292 years, is as good as never. */
    private static long nanos(Duration time) {
        return time.compareTo(MOST_NANOS) > 0 ? Long.MAX_VALUE : time.toNanos();
    }

    /** Empties the book; a dynamic deadline keeps its past, for it follows all response times seen so far. */
    void startInterval() {
        transactions = 0;
        late = 0;
        refused = 0;
        responseNanos = 0;
        began = null;
        changed();
        hasMoved();
    }

    private void hasMoved() {
        penaltyKnown = false;
        forecast = -1;
    }

    /** Who it is kept for. */
    public AccountKey key() {
        return key;
    }

    /** The user load it belongs to. */
    public UserLoad userLoad() {
        return terms.load();
    }

    /** Settles what is booked as it stands, and begins a new interval. */
    Settlement settle(Penalty penalty) {
        MeasurementInterval interval =
                began == null ? terms.interval() : MeasurementInterval.ended(began, terms.told());
        Settlement settlement =
                Settlement.of(key, interval, transactions, late, terms.levels(), terms.percentile(), penalty);
        if (began != null) {
            terms.ownIntervalEnded(interval.until());
        }
        startInterval();
        return settlement;
    }

    /** An interval of its own begins with the first transaction, or is one that began before. */
    private void begin(@Nullable Instant before) {
        if (terms.isCounted() && transactions == 0) {
            began = before == null ? terms.nextOwnInterval() : before;
        }
    }

    private void endIfFull() {
        Penalty penalty = terms.penalty();
        if (transactions >= terms.count() && penalty != null) {
            terms.ended(settle(penalty));
        }
    }

    /**
     * The beginning of the running measurement interval: of the calendar's interval, or when the books were opened in it.
     * Without a penalty there is no assessment interval, and the running one never ends. Where an interval is a number of
     * transactions, it begins with the first of them.
     */
    public Instant intervalFrom() {
        return began == null ? terms.interval().from() : began;
    }

    /**
     * The end of the running measurement interval, exclusive; {@link Instant#MAX} without a penalty, and where it ends after so many
     * transactions.
     */
    public Instant intervalUntil() {
        return terms.interval().until();
    }

    /**
     * Books a finished transaction: timely where its response time keeps the percentile objective, or none is promised.
     *
     * @param responseNanos from the first execute call to the end of the transaction, at least 0
     * @throws IllegalArgumentException if the response time is negative
     */
    public void book(long responseNanos) {
        if (responseNanos < 0) {
            throw new IllegalArgumentException("response time is " + responseNanos + " ns; make it at least 0");
        }
        used().add(responseNanos);
    }

    private void add(long responseNanos) {
        follow();
        this.responseNanos += responseNanos;
        if (dynamicDeadline != null) {
            dynamicDeadline.add(responseNanos);
            deadlineNanos = dynamicDeadline.nanos();
        }
        count(responseNanos <= timelyNanos);
    }

    /**
     * Books a transaction that was refused or timed out in the queue: it counts as late, whether or not a percentile
     * objective is promised. Throughput and response times do not include it.
     */
    public void bookRefused() {
        Account used = used();
        used.refused++;
        used.count(false);
    }

    private void count(boolean timely) {
        begin(null);
        terms.booked(1, transactions == 0);
        changed();
        transactions++;
        if (!timely) {
            late++;
        }
        hasMoved();
        endIfFull();
    }

    private void changed() {
        if (changedBefore == null && terms.isWatched()) {
            changedBefore = terms.changed(this);
        }
    }

    /** Of those that have changed the one before it; null where it is the first. */
    @SuppressWarnings("ReferenceEquality")
    @Nullable
    Account changedBefore() {
        return changedBefore == this ? null : changedBefore;
    }

    /** Counts as not changed from here on. */
    void copied() {
        changedBefore = null;
    }

    /** What stands in it. */
    AccountState state() {
        return new AccountState(
                key.owner(),
                transactions,
                late,
                refused,
                responseNanos,
                dynamicDeadline == null ? List.of() : dynamicDeadline.seen(),
                began);
    }

    /** Likewise; where it was folded and its owner has another one since, in that one: a copy knows them by their owner. */
    AccountState stateOfOwner() {
        Account now = folded && home != null ? home.now(key.owner()) : null;
        return now == null ? state() : now.state();
    }

    /** Takes in what stood in a book of this account, or of one that it stands for now. */
    void restore(AccountState state) {
        restoreResponseTimes(state);
        if (state.transactions() > 0) {
            begin(state.from());
            terms.booked(state.transactions(), transactions == 0);
            transactions += state.transactions();
            late += state.late();
            refused += state.refused();
            responseNanos += state.responseNanos();
            changed();
            hasMoved();
            endIfFull();
        }
    }

    /** Takes in what a dynamic deadline has seen, and nothing else. */
    void restoreResponseTimes(AccountState state) {
        if (dynamicDeadline != null) {
            for (ResponseTimeCount each : state.responseTimes()) {
                dynamicDeadline.add(each.nanos(), each.count());
            }
            deadlineNanos = dynamicDeadline.nanos();
            changed();
        }
    }

    /** Transactions booked in the running interval, refused ones included. */
    public long transactions() {
        return transactions;
    }

    /** Transactions of the running interval that were late, refused ones included. */
    public long late() {
        return late;
    }

    /** Transactions of the running interval that were refused or timed out in the queue. */
    public long refused() {
        return refused;
    }

    /** Timely transactions over all transactions, 0 to 1; 1 before the first transaction. */
    public double conformance() {
        return transactions == 0 ? 1 : (double) (transactions - late) / transactions;
    }

    /** pen(c) at the present conformance; constant time, for it is asked on every decision. */
    public double penalty() {
        follow();
        if (!penaltyKnown) {
            penalty = terms.levels().penalty(conformance(), terms.degree());
            penaltyKnown = true;
        }
        return penalty;
    }

    /** The most that can become due in one interval; the rank of the static discipline. */
    public double maximumPenalty() {
        return terms.levels().maximum();
    }

    /**
     * What missing the objective once more is taken to cost, in the agreement's unit: the objective is a budget of misses, and
     * a miss is the cheaper the more of the budget is left.
     */
    public double costOfMiss() {
        if (forecast != terms.forecast()) {
            forecast = terms.forecast();
            costOfMiss = MissBudget.cost(terms.levels(), terms.expectedTransactions(transactions), transactions, late);
        }
        return costOfMiss;
    }

    /** What would be due if the interval ended now. */
    public double due() {
        return terms.levels().due(conformance()).doubleValue();
    }

    /** What part of its transactions may be late by the percentile objective, 0 to 1; 0 where none is promised. */
    public double mayBeLate() {
        follow();
        PercentileObjective percentile = guarantee == null ? null : guarantee.percentile();
        return percentile == null ? 0 : 1 - percentile.percent() / 100;
    }

    /** The longest response time that is timely, nanoseconds; never ({@link Long#MAX_VALUE}) where none is promised. */
    public long timelyNanos() {
        follow();
        return timelyNanos;
    }

    /** The average response time of the running interval's completed transactions; null before the first of them. */
    public @Nullable Duration averageResponseTime() {
        long completed = transactions - refused;
        return completed == 0 ? null : Duration.ofNanos(Math.round(responseNanos / completed));
    }

    /** Whether the average response time objective is kept so far; so it is where none is promised or none completed. */
    public boolean keepsAverageResponseTime() {
        follow();
        Duration most = guarantee == null ? null : guarantee.maxAverageResponseTime();
        Duration average = averageResponseTime();
        return most == null || average == null || average.compareTo(most) <= 0;
    }

    /**
     * Completed transactions of the running interval per second.
     *
     * @param elapsed how long the interval has been running, positive; the account knows no clock
     * @throws IllegalArgumentException if it is not positive
     */
    public double transactionsPerSecond(Duration elapsed) {
        if (elapsed.isZero() || elapsed.isNegative()) {
            throw new IllegalArgumentException("elapsed time is " + elapsed + "; make it positive");
        }
        return (transactions - refused) / (elapsed.getSeconds() + elapsed.getNano() / NANOS_PER_SECOND);
    }

    /**
     * Whether the throughput objective is kept so far; so it is where none is promised. It compares what was completed, and
     * does not ask whether as much was sent.
     *
     * @param elapsed how long the interval has been running, positive
     * @throws IllegalArgumentException if it is not positive
     */
    public boolean keepsThroughput(Duration elapsed) {
        double perSecond = transactionsPerSecond(elapsed);
        follow();
        Double least = guarantee == null ? null : guarantee.minTransactionsPerSecond();
        return least == null || perSecond >= least;
    }

    /**
     * The instant until which a transaction may start without becoming late: arrival + x_p - remaining (thesis 3.4.1).
     * Instants before the clock's range are its first one.
     *
     * @param arrival when the transaction's response time began
     * @param remainingNanos the estimated execution time of the requests still to come, this one included, at least 0
     * @return never ({@link Long#MAX_VALUE}) without a percentile objective
     * @throws IllegalArgumentException if the remaining time is negative
     */
    public long startBy(long arrival, long remainingNanos) {
        follow();
        return latestStart(arrival, timelyNanos, remainingNanos);
    }

    /**
     * The instant from which a transaction goes before every other one: arrival + x_d - remaining (thesis 3.4.1). With a
     * dynamic deadline x_d is the promised percentile of all response times booked so far, measurement intervals that have
     * ended included (thesis 3.2.2): never later than the exact one, and earlier by less than a 32nd of it.
     *
     * @param arrival when the transaction's response time began
     * @param remainingNanos the estimated execution time of the requests still to come, this one included, at least 0
     * @return never ({@link Long#MAX_VALUE}) without a deadline objective, or with a dynamic one before 20 response times
     * @throws IllegalArgumentException if the remaining time is negative
     */
    public long enforceAt(long arrival, long remainingNanos) {
        follow();
        return latestStart(arrival, deadlineNanos, remainingNanos);
    }

    /**
     * Likewise of a transaction that has a deadline of its own, too: the earlier one counts.
     *
     * @param ownDeadlineNanos the time after which it must be complete, at least 0; {@link Long#MAX_VALUE} for none
     */
    public long enforceAt(long arrival, long remainingNanos, long ownDeadlineNanos) {
        follow();
        return latestStart(arrival, Math.min(deadlineNanos, ownDeadlineNanos), remainingNanos);
    }

    private static long latestStart(long arrival, long limitNanos, long remainingNanos) {
        if (remainingNanos < 0) {
            throw new IllegalArgumentException("remaining time is " + remainingNanos + " ns; make it at least 0");
        }
        if (limitNanos == Long.MAX_VALUE) {
            return Long.MAX_VALUE;
        }
        // Neither is negative, so the slack cannot overflow; added to the arrival it can, at either end.
        long slack = limitNanos - remainingNanos;
        long instant = arrival + slack;
        if (((arrival ^ instant) & (slack ^ instant)) < 0) {
            return slack > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
        return instant;
    }

    /**
     * The penalty function of a transaction that is about to send its first request, as of now (thesis 3.4, figure 3.3).
     *
     * @param arrival when the transaction's response time began
     * @param remainingNanos the estimated execution time of the requests still to come, at least 0
     * @throws IllegalArgumentException if the remaining time is negative
     */
    public PenaltyFunction penaltyFunction(long arrival, long remainingNanos) {
        return new PenaltyFunction(startBy(arrival, remainingNanos), penalty(), enforceAt(arrival, remainingNanos));
    }

    @Override
    public String toString() {
        return key + ": " + (transactions - late) + " of " + transactions + " timely";
    }
}
