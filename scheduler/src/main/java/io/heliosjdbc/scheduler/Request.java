package io.heliosjdbc.scheduler;

import io.heliosjdbc.slo.Account;
import io.heliosjdbc.slo.RequestType;
import io.heliosjdbc.slo.TransactionType;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A transaction's claim on a slot, from its first request to its end. One object serves one connection for all its
 * transactions, one after the other, so that the path through a free slot allocates nothing. Guarded by the scheduler's
 * lock, but for what its owner sets before it asks for a slot.
 */
public final class Request extends Placed {
    /** Where a claim stands; the diagram is in {@code docs/locking.md}. */
    enum State {
        /** Asks for nothing. */
        IDLE,
        /** Waits for a slot. */
        QUEUED,
        /** Holds a slot, and a statement runs. */
        RUNNING,
        /** Holds a slot while its transaction is idle. */
        PAUSED,
        /** Has lent its slot while its transaction is idle. */
        LENT
    }

    private static final long LONGEST_WORK = TimeUnit.DAYS.toNanos(1);

    private final Object owner;

    // Set by the owner.
    private @Nullable ServiceClass serviceClass;
    private @Nullable Account account;
    private @Nullable TransactionType transactionType;
    private @Nullable RequestType requestType;
    double estimatedCost;
    private Tier tier = Tier.STANDARD;
    private @Nullable StatementCounts counts;
    private boolean failed;
    private boolean timedOut;
    long deadlineNanos = Long.MAX_VALUE;

    // Of the transaction.
    State state = State.IDLE;

    /** The number of the thread that began the transaction or its last statement, 0 for none. Not the thread, which it must not keep alive. */
    long thread;

    long arrival;
    /** By how much the transaction came before its arrival: another one had the lock with a later instant meanwhile. */
    long heldBackNanos;

    long responseNanos;
    int firstConcurrency;
    int requests;
    long executionNanos;
    /** When the running statement started, or since when the transaction is idle. */
    long since;

    int concurrency;
    /** Tells {@link GivingWay} whether no other request that gives way has held a slot since it was granted. */
    long aloneSince;
    /** Whether it counts among those that others give way to. */
    boolean present;

    // Of the wait.
    /** Who is to be woken; null while nobody waits. */
    @Nullable
    Thread waiter;

    long sequence;
    int pricedConcurrency;
    long estimateNanos;
    long startBy;
    /** Until when it is planned to start, where the discipline plans; not later than {@link #startBy}. */
    long planBy;
    /** How much earlier it is planned the more a miss would cost. */
    long caution;

    long enforceAt;
    long queueDeadline;
    long waitedNanos;
    int queueDepth;
    boolean heldUpByTotal;
    boolean heldUpByGuarantees;
    int yieldLimit;
    /** The user load that held most of the slots that it waits for; null where nobody held any. */
    @Nullable
    String heldBy;

    int heldSlots;
    int heldOf;
    /** How the wait ended; null while it lasts. Read by the waiting thread without the lock. */
    volatile @Nullable Admission answer;

    // Told by the application's threads, without the lock.
    private volatile boolean fetching;
    private volatile long fetchedAt;

    // Neighbours among the idle of its class.
    @Nullable
    Request previousIdle;

    @Nullable
    Request nextIdle;

    /**
     * A claim that asks for nothing yet.
     *
     * @param owner whom it belongs to, for the administrator's eyes: its {@code toString} names the connection
     */
    public Request(Object owner) {
        this.owner = owner;
    }

    /**
     * Says what the next transaction is. Called by the owner while it neither waits nor holds a slot.
     *
     * @param serviceClass one of {@link WorkloadScheduler#serviceClass}
     * @param account the account its transaction is booked on
     * @param transactionType what is known of its kind of transaction
     * @param requestType what is known of its first statement
     * @param estimatedCost the database's cost estimate of the statement, 0 where there is none
     * @param deadlineNanos the time after which it must be complete (hint deadline_ms), {@link Long#MAX_VALUE} for none
     * @param tier one of {@link WorkloadScheduler#tier}
     */
    public void prepare(
            ServiceClass serviceClass,
            Account account,
            TransactionType transactionType,
            RequestType requestType,
            double estimatedCost,
            long deadlineNanos,
            Tier tier) {
        prepare(serviceClass, account, transactionType, requestType, estimatedCost, deadlineNanos);
        this.tier = tier;
    }

    /**
     * The next row of a cursor is asked for, or it has come: the database works for the transaction though none of its statements runs. Any
     * thread may say so at any time.
     *
     * @param begins whether it is asked for
     * @param now when it is
     */
    public void fetches(boolean begins, long now) {
        if (begins) {
            fetching = true;
        } else {
            fetchedAt = now;
            fetching = false;
        }
    }

    /** The transaction is idle, for all that is known. */
    void paused(long now) {
        since = now;
        fetchedAt = now;
    }

    /** Since when it is, of one that is paused: no row has been fetched for it since then. */
    long idleSince(long now) {
        if (fetching) {
            return now;
        }
        long fetched = fetchedAt;
        return fetched - since > 0 ? fetched : since;
    }

    /** Says what the next transaction is, of the standard tier. */
    public void prepare(
            ServiceClass serviceClass,
            Account account,
            TransactionType transactionType,
            RequestType requestType,
            double estimatedCost,
            long deadlineNanos) {
        this.serviceClass = serviceClass;
        this.account = account;
        this.transactionType = transactionType;
        this.requestType = requestType;
        this.estimatedCost = estimatedCost;
        this.deadlineNanos = deadlineNanos;
        this.tier = Tier.STANDARD;
    }

    /**
     * Says who sends its next statement: a thread that holds a slot never waits for another one. Called by the owner before he asks for
     * a slot; {@link WorkloadScheduler} says it itself.
     *
     * @param number the thread's number, 0 for none
     */
    public void sentBy(long number) {
        thread = number;
    }

    /** The number of the thread that sent its last statement, 0 for none. Read by the owner while it holds a slot. */
    public long sender() {
        return thread;
    }

    /** Says where its next statements are counted; null for nowhere. Called by the owner while none of its statements runs. */
    public void countIn(@Nullable StatementCounts where) {
        counts = where;
    }

    /** Says whether the database threw. Called by the owner before it says that the statement has ended. */
    public void failed(boolean hasFailed) {
        failed = hasFailed;
    }

    /**
     * Says that the database threw because the statement took longer than the application lets it: it came too late, though it may have had
     * longer by its promise. Called by the owner before it says that the statement has ended.
     */
    public void timedOut() {
        failed = true;
        timedOut = true;
    }

    /** Whether the database threw at its last statement. */
    boolean hasFailed() {
        return failed;
    }

    /** Whether it did so because that took too long. */
    boolean hasTimedOut() {
        return timedOut;
    }

    void countStart() {
        failed = false;
        timedOut = false;
        if (counts != null) {
            counts.started();
        }
    }

    void countEnd(long nanos) {
        if (counts != null) {
            counts.ended(nanos, failed);
        }
    }

    /** How long the last wait for a slot took, nanoseconds; 0 where a slot was free. Read by the owner after acquire. */
    public long waitedNanos() {
        return waitedNanos;
    }

    /** How many requests of its class were queued when its wait ended, it not included. Read by the owner after acquire. */
    public int queueDepth() {
        return queueDepth;
    }

    /** Whether the MPL over all classes held it up, and not its class's own. Read by the owner after a wait. */
    public boolean heldUpByTotal() {
        return heldUpByTotal;
    }

    /** Whether slots were free, but kept for other tiers. Read by the owner after a wait. */
    public boolean heldUpByGuarantees() {
        return heldUpByGuarantees;
    }

    /**
     * How many of all classes that give way could run when its wait began, where its class had a slot and that limit kept it from it; else
     * 0. Read by the owner after a wait.
     */
    public int yieldLimit() {
        return yieldLimit;
    }

    /**
     * The user load that held most of the slots that it waited for when its wait began, how many, and of how many that were held: {@code
     * reports 3 of 5}; null where nobody held one. Read by the owner after a wait.
     */
    public @Nullable String heldBy() {
        return heldBy == null ? null : heldBy + " " + heldSlots + " of " + heldOf;
    }

    /** The response time of its last transaction that was completed, as it is on the account; nanoseconds from when it came. */
    public long responseNanos() {
        return responseNanos;
    }

    /** When its last wait began, or its transaction arrived: an instant of the scheduler's clock. */
    public long arrival() {
        return arrival;
    }

    /** Whom it belongs to. */
    public Object owner() {
        return owner;
    }

    /** The account its transaction is booked on. */
    public Account account() {
        return Objects.requireNonNull(account, "not prepared");
    }

    /** From here on it is booked, and priced, on the account that is kept now for whom the one was that it was prepared with. */
    void followAccount() {
        account = account().current();
    }

    /** What is known of its kind of transaction. */
    public TransactionType transactionType() {
        return Objects.requireNonNull(transactionType, "not prepared");
    }

    /** What is known of its present statement. */
    public RequestType requestType() {
        return Objects.requireNonNull(requestType, "not prepared");
    }

    /** How its last wait ended; null while it lasts. */
    public @Nullable Admission answer() {
        return answer;
    }

    ServiceClass serviceClass() {
        return Objects.requireNonNull(serviceClass, "not prepared");
    }

    Tier tier() {
        return tier;
    }

    /** Where its tier waits in its class. */
    TierQueue queue() {
        return serviceClass().queue(tier);
    }

    /** By how much its tier makes its penalties count more. */
    double boost() {
        return tier.boost;
    }

    /** The most that its account can cost, as its tier counts it. */
    double stake() {
        return tier.boost * account().maximumPenalty();
    }

    /**
     * Its estimate as it is added to those of others: of what takes days nobody asks how many, and the sum over a hundred thousand of
     * them stays in the clock's range.
     */
    long workNanos() {
        return Math.min(LONGEST_WORK, estimateNanos);
    }

    /** What missing its objective is taken to cost, as its tier counts it. */
    double costOfMiss() {
        return tier.boost * account().costOfMiss();
    }

    void requestType(RequestType type) {
        requestType = type;
    }

    /** Whether its slot counts against the MPL. */
    boolean isCounted() {
        return state == State.RUNNING || state == State.PAUSED;
    }

    /** The height of its penalty function's next step, as its tier counts it: what starting it after its latest start would cost. */
    double nextStep(long now) {
        return now > startBy ? 0 : tier.boost * account().penalty();
    }

    @Override
    public String toString() {
        return owner + " " + state;
    }
}
