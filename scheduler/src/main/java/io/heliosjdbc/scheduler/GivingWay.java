package io.heliosjdbc.scheduler;

import io.heliosjdbc.slo.TransactionType;
import java.util.HashMap;
import java.util.Map;

/**
 * How many requests of all classes that give way may run at once: as many as leave the other classes their promises, and no more than
 * the database does sooner side by side than one after the other. A controller without a clock: it is told what completes.
 *
 * <p>Promises: the misses of other classes are held against what each promise allows, in two cumulative sums ({@link Misses}), so that
 * many misses tell soon and few ones late, and chance seldom tells anything. Where one promise sees more than it allows the limit is
 * halved, however well the others are kept; where all together see fewer than half of that, none is in doubt, and somebody waits for it,
 * it goes up by one.
 *
 * <p>Throughput: n requests at once, each taking s times as long as alone, do n/s times the work of one; those that the database fails in
 * the end, by a timeout for instance, do none. Where a limit does not do a tenth more than the one below it, it goes back.
 *
 * <p>What proved too many is tried again after a while that doubles each time. Where nobody is there to suffer there is no limit, also
 * before anything completes that would say so. Nobody is there where few have completed and hardly anybody ran or waited meanwhile: those
 * who suffer most complete least.
 * Guarded by the scheduler's lock.
 */
final class GivingWay {
    static final long WINDOW = 500_000_000L;
    /** With fewer completions a window says nothing, and goes on. */
    static final int ENOUGH = 20;
    /** A window that has not seen enough by then says that nobody is there to suffer, unless they were there half of it. */
    private static final long LONGEST_WINDOW = 4 * WINDOW;
    /** Who runs for longer, while nobody else comes or goes, is not one of those for whom others give way. */
    static final long LONGEST_STAY = 60_000_000_000L;

    /** What would be allowed where nothing was promised: who can miss nothing does not keep others from being let in. */
    private static final double USUALLY_ALLOWED = 0.05;
    /** Who has not completed anything for so long is not waited for: he may have gone for good. */
    private static final long LONGEST_DOUBT = 60_000_000_000L;
    /** So many of its requests tell what a limit does. */
    static final int SAMPLE = 12;
    /** After so many windows the next limit is tried, whether or not it is known what this one does. */
    private static final int PATIENT_WINDOWS = 20;

    private static final double WORTH_WHILE = 1.1;
    /** Of a request beside which another one ran. */
    static final long NOT_ALONE = -1;

    private static final int KNOWN_LIMITS = 256;
    private static final long FIRST_PATIENCE = 30_000_000_000L;
    private static final long MOST_PATIENCE = 600_000_000_000L;

    /** How many requests of classes that give way hold a slot. */
    int running;
    /** How often one was taken. */
    private long entered;

    private int limit = Integer.MAX_VALUE;

    private long since = Long.MIN_VALUE;
    private int completed;
    /** How many requests run or wait that others give way to. */
    private int others;
    /** Since when, in this window, there has been one without a break. */
    private long presentSince;
    /** For how long there was one in this window before that. */
    private long present;
    /** When one of them came or went last. */
    private long news;

    /** Windows since the limit was set at whose end somebody waited for it: while nobody does it shows nothing of what it does. */
    private int windows;
    /** Of late, by whom it was promised to: a user load, or a class that has a target. */
    private final Map<Object, Misses> misses = new HashMap<>();
    /** Of all together: by its own a load that seldom sends anything would keep all from being let in. */
    private final Misses pooled = new Misses();

    private int tooMany = Integer.MAX_VALUE;
    private long tryAgainAt;
    private long patience = FIRST_PATIENCE;

    /** Sum of the logarithms of how many times as long as alone the requests of the present limit took. */
    private double stretches;

    private int stretched;
    /** How many of the present limit completed, whether or not it is known what they take alone, and how many ran in vain. */
    private int useful;

    private int failed;

    /** How many times the work of one a limit does; 0 where it is not known, or where all runs in vain. */
    private final double[] work = new double[KNOWN_LIMITS + 1];

    /** How many may run at once; {@link Integer#MAX_VALUE} for any number. */
    int limit(long now) {
        return limit == Integer.MAX_VALUE || isSilent(now) ? Integer.MAX_VALUE : limit;
    }

    /** From when on nobody is there to suffer, unless one of the others comes or completes before. */
    long silentFrom() {
        if (others > 0) {
            return news + LONGEST_STAY;
        }
        // A window that has seen enough ends, though nobody comes to end it; from there on nothing was seen.
        long seen = completed < ENOUGH ? 0 : WINDOW;
        return since + seen + Math.max(LONGEST_WINDOW, 2 * (present - seen));
    }

    private boolean isSilent(long now) {
        return now >= silentFrom();
    }

    /** A request of a class that gives way takes its slot; the answer is for {@link #isAlone}. */
    long begins() {
        running++;
        entered++;
        return running == 1 ? entered : NOT_ALONE;
    }

    /** Likewise one whose slot was lent meanwhile. */
    long goesOn(long since) {
        boolean alone = isAlone(since);
        running++;
        entered++;
        return alone ? entered : NOT_ALONE;
    }

    /** Whether no other one has held a slot since it took its own. */
    boolean isAlone(long since) {
        return since == entered;
    }

    /** It gives its slot back. */
    void leaves() {
        running--;
    }

    /** So many that hold slots are of those that give way from here on, or so many fewer. */
    void changes(int by) {
        running += by;
        entered += by == 0 ? 0 : 1;
    }

    /** A request that others give way to runs or waits from here on. */
    void came(long now) {
        if (others == 0) {
            if (isSilent(now)) {
                limitTo(Integer.MAX_VALUE);
                begin(now);
            }
            presentSince = now;
        }
        others++;
        news = now;
    }

    /** It does so no more. */
    void went(long now) {
        others--;
        if (others == 0) {
            present += now - presentSince;
        }
        news = now;
    }

    /**
     * Whether it may be time for {@link #advance}. Where nothing has completed and nobody is there, a window that has seen enough is not
     * ended: from its end on it counts as silence.
     */
    boolean isDue(boolean hasCompleted, long now) {
        return since == Long.MIN_VALUE || (now - since >= WINDOW && (hasCompleted || completed < ENOUGH || others > 0));
    }

    private void begin(long now) {
        since = now;
        completed = 0;
        present = 0;
        presentSince = now;
    }

    private boolean hasSeenEnough(long now) {
        long lasted = now - since;
        if (completed >= ENOUGH) {
            return lasted >= WINDOW;
        }
        return lasted >= LONGEST_WINDOW && 2 * (present + (others > 0 ? now - presentSince : 0)) >= lasted;
    }

    /**
     * A transaction of a class that does not give way has completed, or was given up after its time.
     *
     * @param promisedTo whom: each is held against his own promise
     * @param isLate whether it missed what was promised
     * @param mayBeLate what part of its kind may, 0 to 1
     */
    void completed(Object promisedTo, boolean isLate, double mayBeLate) {
        completed++;
        Misses own = misses.get(promisedTo);
        if (own == null) {
            own = new Misses();
            misses.put(promisedTo, own);
        }
        own.count(isLate, mayBeLate, since);
        pooled.count(isLate, mayBeLate, since);
    }

    /** Likewise one to which nothing was promised: that it was timely says nothing of what others miss. */
    void completed() {
        completed++;
        pooled.count(false, USUALLY_ALLOWED, since);
    }

    /**
     * A transaction of a class that gives way has completed, and given its slot back.
     *
     * @param alone whether it was the only one from its beginning to its end
     * @param executionNanos for how long its statements ran
     */
    void done(TransactionType type, boolean alone, long executionNanos) {
        if (alone) {
            type.observeAlone(executionNanos);
        }
        if (!wasExhausted()) {
            return;
        }
        useful++;
        if (type.aloneNanos() > 0 && executionNanos > 0) {
            stretches += Math.log(executionNanos / type.aloneNanos());
            stretched++;
        }
    }

    /** Likewise one that the database has failed: in vain, unless that was so soon that it says nothing of how many ran. */
    void failed(TransactionType type, long executionNanos) {
        double soon = type.aloneNanos() > 0 ? Math.min(WINDOW, type.aloneNanos()) : WINDOW;
        if (wasExhausted() && executionNanos >= soon) {
            failed++;
        }
    }

    /** Before one of them gave its slot back. */
    private boolean wasExhausted() {
        return running + 1 >= limit;
    }

    /**
     * Time has passed.
     *
     * @param wanted whether more requests wait for no other reason than this limit
     */
    void advance(boolean wanted, long now) {
        if (since == Long.MIN_VALUE) {
            since = now;
        }
        if (isSilent(now)) {
            limitTo(Integer.MAX_VALUE);
        } else if (!hasSeenEnough(now)) {
            return;
        } else if (limit == Integer.MAX_VALUE) {
            // Others have come, and nobody knows yet what they bear: from the bottom up. From few that miss nothing it
            // would
            // take hours to learn it.
            if (completed >= ENOUGH || isSomethingMissed()) {
                limitTo(1);
            }
        } else {
            decide(wanted, now);
        }
        begin(now);
    }

    private void limitTo(int next) {
        countAnew();
        set(next);
    }

    private void set(int next) {
        limit = next;
        windows = 0;
        stretches = 0;
        stretched = 0;
        useful = 0;
        failed = 0;
    }

    private void countAnew() {
        misses.clear();
        pooled.clear();
    }

    /** What is missed with fewer is missed with one more all the same, and stays counted; only who was calm counts anew. */
    private void tryOneMore() {
        misses.values().removeIf(Misses::areCalm);
        misses.values().forEach(Misses::forgetCalm);
        pooled.clear();
        set(limit + 1);
    }

    private boolean isSomethingMissed() {
        return misses.values().stream().anyMatch(Misses::areThere);
    }

    private boolean isProved() {
        return misses.values().stream().anyMatch(Misses::areProof);
    }

    /** Whether none of those who are there misses so much that one more would be tried on him. */
    private boolean isUndisputed(long now) {
        return misses.values().stream().noneMatch(each -> each.areDoubtful() && now - each.seen() < LONGEST_DOUBT);
    }

    private void decide(boolean wanted, long now) {
        windows += wanted ? 1 : 0;
        if (running > limit) {
            // The last reduction has not shown its effect yet.
            countAnew();
        } else if (isProved()) {
            if (limit > 1) {
                giveUp(Math.max(1, limit / 2), now);
            } else {
                // Fewer cannot be, so what is proved is done with: as many timely ones as there were misses would take
                // hours to make up for it.
                countAnew();
            }
        } else if (isKnown() && !isWorthWhile()) {
            giveUp(limit - 1, now);
        } else if (wanted
                && pooled.areCalm()
                && isUndisputed(now)
                && (isKnown() || (windows >= PATIENT_WINDOWS && !isAllInVain()))
                && (limit + 1 < tooMany || now >= tryAgainAt)) {
            tryOneMore();
        }
    }

    private boolean isKnown() {
        return stretched + failed >= SAMPLE && (stretched > 0 || isAllInVain());
    }

    /** Whether not one was of use of those that ended under this limit. */
    private boolean isAllInVain() {
        return failed > 0 && useful == 0;
    }

    /** Whether so many at once do more than one fewer; where that is not known, they may, if they do anything. */
    private boolean isWorthWhile() {
        if (limit > KNOWN_LIMITS) {
            return true;
        }
        double part = (double) useful / (useful + failed);
        work[limit] = useful == 0 ? 0 : part * limit / Math.exp(stretches / stretched);
        return limit == 1 || work[limit] > WORTH_WHILE * work[limit - 1];
    }

    private void giveUp(int next, long now) {
        if (limit >= tooMany) {
            patience = Math.min(MOST_PATIENCE, 2 * patience);
        }
        tooMany = limit;
        tryAgainAt = now + patience;
        limitTo(next);
    }
}
