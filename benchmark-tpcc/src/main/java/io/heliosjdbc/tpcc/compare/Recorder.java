package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.tpcc.Reason;
import io.heliosjdbc.tpcc.measure.RawData;
import io.heliosjdbc.tpcc.measure.RawData.Outcome;
import io.heliosjdbc.tpcc.measure.Times;
import io.heliosjdbc.tpcc.promises.Account;
import io.heliosjdbc.tpcc.promises.Account.Kept;
import io.heliosjdbc.tpcc.promises.Terms;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What one stream experienced in one part. Instants are nanoseconds since the measurement began. Times are kept from the due instant to
 * the answer. Everything that became due within the interval is offered, and is completed within it, failed, or unfinished at its end:
 * the three add up. Where everybody waits for an answer before the next piece, what was under way when the measurement began is offered
 * too: whoever waits from the warm-up to the end has waited. Throughput is of what was answered within the interval, whenever
 * it was due. Thread-safe.
 */
final class Recorder {
    private static final long SECOND = 1_000_000_000L;
    /** The start of what nobody began. */
    static final long NEVER = Long.MAX_VALUE;

    private static final long UNKNOWN = -1;
    /** Who has a connection asks for a slot within that time. */
    private static final long MOMENT = 1_000_000;

    /** One transaction or question. Whoever has it tells its recorder what becomes of it, whose lock guards it. */
    static final class Piece {
        private final String kind;
        private final long due;
        private long start;
        private boolean queued;
        /** In Helios's queue, by all attempts together; {@link #UNKNOWN} where Helios is not there, or has not told. */
        private long waited = UNKNOWN;

        /**
         * @param kind as raw data have it
         * @param due when it should have begun
         * @param start when somebody with a connection began it; {@link #NEVER} where nobody did
         */
        Piece(String kind, long due, long start) {
            this.kind = kind;
            this.due = due;
            this.start = start;
        }

        long due() {
            return due;
        }
    }

    /** What became of all of one kind, as far as it was offered. */
    private static final class Fates {
        private final Times times = new Times();
        /** Whenever it was due. */
        private long answered;

        private long completed;
        private long failed;
        private long unfinished;
    }

    /**
     * What became of one type of transactions, or of one question.
     *
     * @param answered within the interval, whenever it was due
     * @param times of what was offered, but for what its user rolled back
     */
    record Kind(long offered, long answered, Times times) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Stream stream;
    private final boolean waitedFor;
    private final Account account;
    private final long length;
    private final Times times = new Times();
    private final Times abortedTimes = new Times();
    private final Times untilConnection = new Times();
    private final Times inHeliosQueue = new Times();
    private final Times withConnection = new Times();
    /** Of all that was answered in each second. */
    private final BySecond bySecond;

    private final Map<String, Long> failures = new TreeMap<>();
    /** Question 2 before question 10. */
    private final Map<String, Fates> kinds =
            new TreeMap<>(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
    /** What somebody has taken, and nobody knows yet what becomes of it. */
    private final Set<Piece> inHand = new HashSet<>();

    private boolean closed;
    private final boolean raw;
    private final ArrayList<RawData.Row> rows = new ArrayList<>();
    private long answered;
    private long committed;
    private long completed;
    private long aborted;
    private long retries;
    private long failed;
    private long refused;
    private long unfinished;

    /**
     * Of what becomes due of a stream.
     *
     * @param raw whether every piece is kept as a row
     */
    Recorder(Stream stream, long lengthNanos, boolean raw) {
        this(stream, stream.terms(), stream.pace() instanceof Closed, lengthNanos, raw);
    }

    /**
     * Of whatever comes of a stream.
     *
     * @param terms what is promised for it
     * @param waitedFor whether somebody waits for each piece before the next one, so that what came in the warm-up is offered, too
     */
    Recorder(Stream stream, List<Terms> terms, boolean waitedFor, long lengthNanos, boolean raw) {
        this.stream = stream;
        this.waitedFor = waitedFor;
        this.length = lengthNanos;
        this.raw = raw;
        this.account = new Account(terms, lengthNanos);
        this.bySecond = new BySecond((int) ((lengthNanos + SECOND - 1) / SECOND));
    }

    /** Somebody has it from now on, and it is answered, failed or unfinished in the end; what is not when this is closed is unfinished. */
    Piece taken(String kind, long due) {
        Piece piece = new Piece(kind, due, NEVER);
        lock.lock();
        try {
            inHand.add(piece);
        } finally {
            lock.unlock();
        }
        return piece;
    }

    /** Somebody with a connection begins it; where it was begun before, it was then. */
    void begun(Piece piece, long start) {
        lock.lock();
        try {
            piece.start = Math.min(piece.start, start);
        } finally {
            lock.unlock();
        }
    }

    /** An attempt at it that has ended waited so long in Helios's queue. */
    void waited(Piece piece, long nanos) {
        lock.lock();
        try {
            piece.waited = Math.max(0, piece.waited) + nanos;
        } finally {
            lock.unlock();
        }
    }

    /** What is in hand is unfinished, and whatever anybody tells from now on comes too late. */
    void close() {
        lock.lock();
        try {
            List.copyOf(inHand).forEach(this::unfinished);
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    /** Whether its fate is to be counted: that is known now, and nobody has it any more. */
    private boolean counts(Piece piece) {
        inHand.remove(piece);
        return !closed;
    }

    private Fates fates(Piece piece) {
        return kinds.computeIfAbsent(piece.kind, kind -> new Fates());
    }

    /**
     * Its answer was there at the given instant; it is done where it was not aborted by its user.
     *
     * @return whether it is among the completed ones
     */
    boolean answered(Piece piece, long end, boolean done) {
        lock.lock();
        try {
            if (end >= length) {
                unfinished(piece, end, done ? times : abortedTimes);
                return false;
            }
            if (!counts(piece) || end < 0) {
                return false;
            }
            long due = piece.due;
            answered++;
            Fates fates = fates(piece);
            fates.answered++;
            committed += done ? 1 : 0;
            bySecond.answered((int) (end / SECOND), end - due, done);
            if (!isOffered(piece)) {
                return false;
            }
            completed++;
            fates.completed++;
            aborted += done ? 0 : 1;
            (done ? times : abortedTimes).answered(end - due);
            if (done) {
                fates.times.answered(end - due);
            }
            apart(piece, end, true, true);
            account.answered(due, end);
            keep(piece, end, done ? Outcome.DONE : Outcome.ABORTED);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Its answer was that it is queued, for which nobody needs a connection; otherwise as {@link #answered}. */
    boolean queued(Piece piece, long at) {
        lock.lock();
        try {
            piece.queued = true;
            return answered(piece, at, true);
        } finally {
            lock.unlock();
        }
    }

    /** Whether it is, unless it ended in the warm-up. */
    private boolean isOffered(Piece piece) {
        return piece.due < length && (piece.due >= 0 || waitedFor);
    }

    /**
     * Whoever never had an answer has been where he was last until the end.
     *
     * @param last when it was answered, or that it was not by the end is all that is known
     * @param letIn whether Helios has not refused it
     */
    private void apart(Piece piece, long last, boolean isAnswered, boolean letIn) {
        if (piece.queued) {
            return;
        }
        if (piece.start == NEVER) {
            untilConnection.unanswered(last - piece.due);
            return;
        }
        long start = Math.min(Math.max(piece.start, piece.due), last);
        untilConnection.answered(start - piece.due);
        long rest = last - start;
        if (piece.waited != UNKNOWN) {
            if (!letIn || (!isAnswered && piece.waited >= rest - MOMENT)) {
                inHeliosQueue.unanswered(rest);
                return;
            }
            long waited = Math.min(piece.waited, rest);
            inHeliosQueue.answered(waited);
            rest -= waited;
        }
        if (isAnswered) {
            withConnection.answered(rest);
        } else {
            withConnection.unanswered(rest);
        }
    }

    private void keep(Piece piece, long end, Outcome outcome) {
        if (raw) {
            long start = Math.min(Math.max(piece.start, piece.due), end);
            long waited = Math.min(Math.max(0, piece.waited), end - start);
            rows.add(new RawData.Row(piece.kind, piece.due, start + waited, end, outcome));
        }
    }

    /** The interval's end came, and it never had an answer; until then it has waited at least. */
    void unfinished(Piece piece) {
        lock.lock();
        try {
            unfinished(piece, length, null);
        } finally {
            lock.unlock();
        }
    }

    /** @param known its answer was there at the given instant, so that its time is known and goes there; it comes too late for all else */
    private void unfinished(Piece piece, long end, @Nullable Times known) {
        if (!counts(piece) || !isOffered(piece)) {
            return;
        }
        unfinished++;
        Fates fates = fates(piece);
        fates.unfinished++;
        if (known == null) {
            times.unanswered(end - piece.due);
            fates.times.unanswered(end - piece.due);
        } else {
            known.answered(end - piece.due);
            if (known == times) {
                fates.times.answered(end - piece.due);
            }
        }
        apart(piece, end, known != null, true);
        account.unanswered(piece.due, length);
        keep(piece, end, Outcome.DROPPED);
    }

    /** It collided with another one at the given instant and is tried again. */
    void retried(Piece piece, long at) {
        lock.lock();
        try {
            retries += !closed && at >= 0 && isOffered(piece) ? 1 : 0;
        } finally {
            lock.unlock();
        }
    }

    /** It ended with an error at the given instant: late, whatever was promised, and at the end it still has no answer. */
    void failed(Piece piece, long end, SQLException error) {
        lock.lock();
        try {
            if (end >= length) {
                unfinished(piece, length, null);
                return;
            }
            if (!counts(piece) || end < 0 || !isOffered(piece)) {
                return;
            }
            Outcome outcome = Outcome.of(error);
            failed++;
            refused += outcome == Outcome.REFUSED ? 1 : 0;
            Fates fates = fates(piece);
            fates.failed++;
            // Else the percentiles were those of whoever was let in, and the better the more were turned away.
            times.unanswered(length - piece.due);
            fates.times.unanswered(length - piece.due);
            apart(piece, length, false, outcome != Outcome.REFUSED);
            account.failed(piece.due, end);
            failures.merge(Reason.of(error), 1L, Long::sum);
            keep(piece, end, outcome);
        } finally {
            lock.unlock();
        }
    }

    long answeredSoFar() {
        lock.lock();
        try {
            return answered;
        } finally {
            lock.unlock();
        }
    }

    // What follows is read when everything has ended.

    Stream stream() {
        return stream;
    }

    long offered() {
        return completed + failed + unfinished;
    }

    long completed() {
        return completed;
    }

    /** How many were answered within the interval, whenever they were due. */
    long answered() {
        return answered;
    }

    /** How many of these their users did not roll back. */
    long committed() {
        return committed;
    }

    /** How many of the completed ones their users rolled back. */
    long aborted() {
        return aborted;
    }

    /** How many times something was tried again after a collision. */
    long retries() {
        return retries;
    }

    long failed() {
        return failed;
    }

    /** How many of the failed ones Helios refused, or gave up in its queue. */
    long refused() {
        return refused;
    }

    long unfinished() {
        return unfinished;
    }

    /** How many missed what was promised when they were due. */
    long late() {
        return kept().stream().mapToLong(Kept::late).sum();
    }

    /** Of how many it is known whether they missed what was promised when they were due. */
    long decided() {
        return kept().stream()
                .filter(each -> each.terms().promisesAnything())
                .mapToLong(Kept::decided)
                .sum();
    }

    /** What is owed, the time of each terms by itself. */
    BigDecimal penalty() {
        return kept().stream().map(Kept::penalty).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** How each of the stream's terms was kept, in their order. */
    List<Kept> kept() {
        return account.kept();
    }

    /** The same over time. */
    Account account() {
        return account;
    }

    /**
     * Of which kinds some failed and none came to anything, each with how many failed, for people. A question that still ran at the end might
     * have come to something.
     */
    List<String> withoutSuccess() {
        boolean endless = stream.work() == Stream.Work.QUESTIONS;
        return kinds.entrySet().stream()
                .filter(each -> each.getValue().failed > 0
                        && each.getValue().completed == 0
                        && !(endless && each.getValue().unfinished > 0))
                .map(each -> "no " + each.getKey() + " of " + stream.name() + " succeeded, and "
                        + each.getValue().failed + " failed")
                .toList();
    }

    Map<String, Long> failures() {
        return failures;
    }

    /** Type by type, or question by question, those of which there was any. */
    Map<String, Kind> kinds() {
        Map<String, Kind> all = new LinkedHashMap<>();
        kinds.forEach((name, each) ->
                all.put(name, new Kind(each.completed + each.failed + each.unfinished, each.answered, each.times)));
        return all;
    }

    double seconds() {
        return (double) length / SECOND;
    }

    /** What was offered, one row each; empty where rows were not to be kept. */
    List<RawData.Row> rows() {
        lock.lock();
        try {
            return List.copyOf(rows);
        } finally {
            lock.unlock();
        }
    }

    /** They are written, and nobody needs them any more. */
    void releaseRows() {
        lock.lock();
        try {
            rows.clear();
            rows.trimToSize();
        } finally {
            lock.unlock();
        }
    }

    /** Of what was offered, but for what its user rolled back. */
    Times times() {
        return times;
    }

    /**
     * Of all that was offered, but for Deliveries that were queued: from when it was due until somebody had a connection for it. Helios's
     * own queue is not in here.
     */
    Times untilConnection() {
        return untilConnection;
    }

    /** How long it then waited in Helios's queue, in all attempts, as far as Helios has told; nothing where it is not there. */
    Times inHeliosQueue() {
        return inHeliosQueue;
    }

    /** What was left from then until its answer, with all that there is to wait for beside that queue: locks, tries again. */
    Times withConnection() {
        return withConnection;
    }

    /** Of what was offered and its user rolled back. */
    Times abortedTimes() {
        return abortedTimes;
    }

    /** The 95th percentile of what was answered in each second and committed, in milliseconds; NaN where nothing was. */
    double[] overTime() {
        return bySecond.percentiles();
    }

    /** How many were answered in each second. */
    double[] answeredBySecond() {
        return bySecond.counts();
    }

    /** How many had been answered by the end of each second. */
    double[] answeredUntil() {
        double[] sums = answeredBySecond();
        Arrays.parallelPrefix(sums, Double::sum);
        return sums;
    }
}
