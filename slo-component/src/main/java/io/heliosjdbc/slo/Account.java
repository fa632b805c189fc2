package io.heliosjdbc.slo;

import io.heliosjdbc.agreements.DeadlineObjective;
import io.heliosjdbc.agreements.Guarantee;
import io.heliosjdbc.agreements.Penalty;
import io.heliosjdbc.agreements.PercentileObjective;
import io.heliosjdbc.agreements.UserLoad;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The conformance book of one user load, or of one client of it. Not thread-safe: guarded by the scheduler's lock.
 *
 * <p>All instants are nanoseconds of one monotonic clock; {@link Long#MAX_VALUE} means never.
 */
public final class Account {
    /** A percentile of fewer response times than this says nothing about the next one. */
    static final int LEAST_OBSERVATIONS = 20;

    private final AccountKey key;
    private final UserLoad userLoad;
    private final ServiceLevels levels;
    private final double degree;
    private final double maximumPenalty;
    private final long timelyNanos;
    private final long deadlineNanos;
    private final @Nullable ResponseTimes dynamicDeadline;
    private final @Nullable Penalty agreedPenalty;

    private @Nullable MeasurementInterval interval;
    private long transactions;
    private long late;
    private double responseSeconds;
    private double penalty;

    /**
     * An account with nothing booked.
     *
     * @param degree the degree k of opportunity cost and marginal gain, positive
     * @param opened an instant of its first measurement interval
     */
    public Account(AccountKey key, UserLoad userLoad, double degree, Instant opened) {
        this.key = key;
        this.userLoad = userLoad;
        this.degree = degree;
        Guarantee guarantee = userLoad.guarantee();
        this.levels = ServiceLevels.of(guarantee);
        this.maximumPenalty = levels.maximum();
        this.agreedPenalty = guarantee == null ? null : guarantee.penalty();
        PercentileObjective percentile = guarantee == null ? null : guarantee.percentile();
        this.timelyNanos = percentile == null ? Long.MAX_VALUE : nanos(percentile.responseTime());
        DeadlineObjective deadline = guarantee == null ? null : guarantee.deadline();
        this.deadlineNanos =
                deadline instanceof DeadlineObjective.Static fixed ? nanos(fixed.responseTime()) : Long.MAX_VALUE;
        this.dynamicDeadline =
                deadline instanceof DeadlineObjective.Dynamic dynamic ? new ResponseTimes(dynamic.percentile()) : null;
        openInterval(opened);
        reprice();
    }

    private static long nanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException longerThanTheClock) {
            return Long.MAX_VALUE;
        }
    }

    private void openInterval(Instant instant) {
        interval =
                agreedPenalty == null ? null : MeasurementInterval.holding(instant, agreedPenalty.assessmentInterval());
    }

    /** Who it is kept for. */
    public AccountKey key() {
        return key;
    }

    /** The user load it belongs to. */
    public UserLoad userLoad() {
        return userLoad;
    }

    /**
     * Books a finished transaction: timely where its response time keeps the percentile objective.
     *
     * @param responseNanos from the first execute call to the end of the transaction
     */
    public void book(long responseNanos) {
        transactions++;
        responseSeconds += responseNanos / 1e9;
        if (responseNanos > timelyNanos) {
            late++;
        }
        if (dynamicDeadline != null) {
            dynamicDeadline.add(responseNanos);
        }
        reprice();
    }

    /** Books a transaction that was refused or timed out in the queue: it counts as late. */
    public void bookRefused() {
        transactions++;
        late++;
        reprice();
    }

    private void reprice() {
        penalty = maximumPenalty == 0 ? 0 : levels.penalty(conformance(), degree);
    }

    /** Transactions booked in the running interval. */
    public long transactions() {
        return transactions;
    }

    /** Transactions of the running interval that were late. */
    public long late() {
        return late;
    }

    /** The mean response time of the running interval in seconds; 0 before the first transaction. */
    public double meanResponseSeconds() {
        return transactions == 0 ? 0 : responseSeconds / transactions;
    }

    /** Timely transactions over all transactions, 0 to 1; 1 before the first transaction. */
    public double conformance() {
        return transactions == 0 ? 1 : (double) (transactions - late) / transactions;
    }

    /** pen(c) at the present conformance; constant time, for it is asked on every decision. */
    public double penalty() {
        return penalty;
    }

    /** The most that can become due in one interval; the rank of the static discipline. */
    public double maximumPenalty() {
        return maximumPenalty;
    }

    /** What would be due if the interval ended now. */
    public double due() {
        return transactions == 0 ? 0 : levels.due(conformance()).doubleValue();
    }

    /** The longest response time that is timely, nanoseconds; never where there is no percentile objective. */
    public long timelyNanos() {
        return timelyNanos;
    }

    /**
     * The instant until which a transaction may start without becoming late: arrival + x_p - remaining (thesis 3.4.1).
     *
     * @param remainingNanos the estimated execution time of the requests still to come, this one included
     * @return never ({@link Long#MAX_VALUE}) without a percentile objective
     */
    public long startBy(long arrival, long remainingNanos) {
        return before(arrival, timelyNanos, remainingNanos);
    }

    /**
     * The instant from which a transaction goes before every other one: arrival + x_d - remaining (thesis 3.4.1), x_d being
     * the static deadline, or the percentile of the response times seen so far once there are {@value #LEAST_OBSERVATIONS}
     * (thesis 3.2.2).
     */
    public long enforceAt(long arrival, long remainingNanos) {
        if (dynamicDeadline == null) {
            return before(arrival, deadlineNanos, remainingNanos);
        }
        return dynamicDeadline.count() < LEAST_OBSERVATIONS
                ? Long.MAX_VALUE
                : before(arrival, dynamicDeadline.percentileNanos(), remainingNanos);
    }

    private static long before(long arrival, long limit, long remaining) {
        return limit == Long.MAX_VALUE ? Long.MAX_VALUE : arrival + limit - remaining;
    }

    /**
     * Closes the measurement interval if it has ended and opens the one that holds the instant.
     *
     * @return what is owed, or null where the interval goes on, nothing was booked in it, or nothing can be owed
     */
    @Nullable
    Settlement settle(Instant now) {
        MeasurementInterval ended = interval;
        if (ended == null || agreedPenalty == null || now.isBefore(ended.until())) {
            return null;
        }
        Settlement settlement = transactions == 0
                ? null
                : new Settlement(
                        key,
                        ended.from(),
                        ended.until(),
                        transactions,
                        late,
                        conformance(),
                        levels.due(conformance()),
                        agreedPenalty.valueUnit());
        transactions = 0;
        late = 0;
        responseSeconds = 0;
        reprice();
        openInterval(now);
        return settlement;
    }
}
