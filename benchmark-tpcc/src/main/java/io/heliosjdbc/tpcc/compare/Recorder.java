package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.tpcc.compare.Account.Kept;
import io.heliosjdbc.tpcc.run.RawData;
import io.heliosjdbc.tpcc.run.RawData.Outcome;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.HdrHistogram.Histogram;

/**
 * What one stream experienced in one part. Instants are nanoseconds since the measurement began; what became due before it is
 * warm-up. Times are kept from the due instant to the answer. Everything that became due within the interval is offered, and is
 * completed within it, failed, or unfinished at its end: the three add up. Thread-safe.
 */
final class Recorder {
    private static final long SECOND = 1_000_000_000L;
    /** The start of what nobody began. */
    static final long NEVER = Long.MAX_VALUE;

    /**
     * One transaction or question.
     *
     * @param kind as raw data have it
     * @param due when it should have begun
     * @param start when somebody with a connection began it; {@link #NEVER} where nobody did
     */
    record Piece(String kind, long due, long start) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Stream stream;
    private final Account account;
    private final long length;
    private final Histogram responses = new Histogram(3);
    private final List<Histogram> bySecond = new ArrayList<>();
    private final Map<String, Long> failures = new TreeMap<>();
    private final boolean raw;
    private final List<RawData.Row> rows = new ArrayList<>();
    private long completed;
    private long aborted;
    private long retries;
    private long failed;
    private long unfinished;

    /** @param raw whether every piece is kept as a row */
    Recorder(Stream stream, long lengthNanos, boolean raw) {
        this.stream = stream;
        this.length = lengthNanos;
        this.raw = raw;
        this.account = new Account(stream, lengthNanos);
        for (long second = 0; second * SECOND < lengthNanos; second++) {
            bySecond.add(new Histogram(2));
        }
    }

    /** It became due, and its answer was there at the given instant; it is done where it was not aborted by its user. */
    void answered(Piece piece, long end, boolean done) {
        if (isWarmUp(piece)) {
            return;
        }
        if (end >= length) {
            unfinished(piece, end);
            return;
        }
        long due = piece.due();
        lock.lock();
        try {
            completed++;
            aborted += done ? 0 : 1;
            time(due, end);
            bySecond.get((int) (end / SECOND)).recordValue(Math.max(1, (end - due) / 1000));
            keep(piece, end, done ? Outcome.DONE : Outcome.ABORTED);
        } finally {
            lock.unlock();
        }
    }

    private boolean isWarmUp(Piece piece) {
        return piece.due() < 0 || piece.due() >= length;
    }

    private void keep(Piece piece, long end, Outcome outcome) {
        if (raw) {
            rows.add(new RawData.Row(piece.kind(), piece.due(), Math.min(piece.start(), end), end, outcome));
        }
    }

    private void time(long due, long end) {
        responses.recordValue(Math.max(1, (end - due) / 1000));
        account.answered(due, end);
    }

    /** It became due within the interval, and the interval's end came first; until then it has waited at least so long. */
    void unfinished(Piece piece, long until) {
        if (isWarmUp(piece)) {
            return;
        }
        lock.lock();
        try {
            unfinished++;
            long end = Math.max(until, length);
            time(piece.due(), end);
            keep(piece, end, Outcome.DROPPED);
        } finally {
            lock.unlock();
        }
    }

    /** It collided with another one and is tried again. */
    void retried(Piece piece) {
        if (isWarmUp(piece)) {
            return;
        }
        lock.lock();
        try {
            retries++;
        } finally {
            lock.unlock();
        }
    }

    /** It ended with an error: late, whatever was promised. */
    void failed(Piece piece, long end, SQLException error) {
        if (isWarmUp(piece)) {
            return;
        }
        lock.lock();
        try {
            failed++;
            account.failed(piece.due(), end);
            failures.merge(Transactor.reason(error), 1L, Long::sum);
            keep(piece, end, Outcome.of(error));
        } finally {
            lock.unlock();
        }
    }

    long completedSoFar() {
        lock.lock();
        try {
            return completed;
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

    long unfinished() {
        return unfinished;
    }

    /** How many missed what was promised when they were due. */
    long late() {
        return kept().stream().mapToLong(Kept::late).sum();
    }

    /** How many were promised anything when they were due. */
    long promised() {
        return kept().stream()
                .filter(each -> each.terms().promisesAnything())
                .mapToLong(Kept::offered)
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

    Map<String, Long> failures() {
        return failures;
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

    Histogram responses() {
        return responses;
    }

    /** The percentile of what was answered in each second, in milliseconds; NaN where nothing was. */
    double[] overTime(double percentile) {
        return bySecond.stream()
                .mapToDouble(
                        each -> each.getTotalCount() == 0 ? Double.NaN : each.getValueAtPercentile(percentile) / 1000.0)
                .toArray();
    }

    /** How many were answered in each second. */
    double[] answered() {
        return bySecond.stream().mapToDouble(Histogram::getTotalCount).toArray();
    }

    /** How many had been answered by the end of each second. */
    double[] answeredSoFar() {
        double[] sums = answered();
        Arrays.parallelPrefix(sums, Double::sum);
        return sums;
    }

    /** In milliseconds; 0 where there was nothing. */
    double percentileMs(double percentile) {
        return responses.getTotalCount() == 0 ? 0 : responses.getValueAtPercentile(percentile) / 1000.0;
    }
}
