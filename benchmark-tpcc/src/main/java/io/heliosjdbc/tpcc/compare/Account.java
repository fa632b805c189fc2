package io.heliosjdbc.tpcc.compare;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * What was promised to one stream, and how it was kept, second by second of the measurement. Each way to the database has the same one: it is
 * the stream's own, and not Helios's books. Something counts from the second in which it is known what becomes of it: when its answer or
 * its failure comes, or when it misses what was promised, whichever is first. What has no answer at the end, and might still have been
 * in time, counts neither way. Not thread-safe.
 */
final class Account {
    private static final long SECOND = 1_000_000_000L;

    private final Stream stream;
    private final int seconds;
    /** By the number of the terms that held when something was due, then by the second in which its fate was known. */
    private final long[][] decided;

    private final long[][] late;
    /** By the number of the terms. */
    private final long[] undecided;

    /** @param length of the measurement in nanoseconds, above zero */
    Account(Stream stream, long length) {
        this.stream = stream;
        this.seconds = (int) ((length + SECOND - 1) / SECOND);
        this.decided = new long[stream.terms().size()][seconds];
        this.late = new long[stream.terms().size()][seconds];
        this.undecided = new long[stream.terms().size()];
    }

    /**
     * How terms were kept while they held.
     *
     * @param decided how many were due under them of which it is known whether they missed them
     * @param late how many of these missed them
     * @param undecided how many were due under them that had no answer at the end, and might still have been in time
     */
    record Kept(Terms terms, long decided, long late, long undecided) {
        /** How many were due under them. */
        long offered() {
            return decided + undecided;
        }

        BigDecimal penalty() {
            return terms.due(late, decided);
        }

        /** The percentage that was in time; NaN where nothing was promised, or nothing is known yet. */
        double percent() {
            return decided == 0 || !terms.promisesAnything() ? Double.NaN : 100.0 * (decided - late) / decided;
        }
    }

    /** It became due, and its answer came at the given instant. */
    void answered(long due, long end) {
        int number = stream.termsAt(due);
        Terms terms = stream.terms().get(number);
        boolean isLate = terms.isLate(end - due);
        count(number, isLate, isLate ? due + terms.withinNanos() : end);
    }

    /** It became due, and at the end of the measurement it had no answer: late, if it was by then. */
    void unanswered(long due, long end) {
        int number = stream.termsAt(due);
        Terms terms = stream.terms().get(number);
        if (terms.isLate(end - due)) {
            count(number, true, due + terms.withinNanos());
        } else {
            undecided[number]++;
        }
    }

    /** It became due, and failed at the given instant: late, if anything was promised. */
    void failed(long due, long end) {
        int number = stream.termsAt(due);
        Terms terms = stream.terms().get(number);
        boolean isLate = terms.promisesAnything();
        count(number, isLate, isLate ? Math.min(end, due + terms.withinNanos()) : end);
    }

    private void count(int terms, boolean isLate, long known) {
        // What missed its promise in the warm-up already is known from the beginning on.
        int second = (int) Math.max(0, known / SECOND);
        decided[terms][second]++;
        late[terms][second] += isLate ? 1 : 0;
    }

    /** How each of the stream's terms was kept in the end, in their order. */
    List<Kept> kept() {
        return keptBy(seconds - 1);
    }

    /** How they were kept as far as it was known at the end of a second, counted from 0. */
    private List<Kept> keptBy(int second) {
        List<Kept> kept = new ArrayList<>();
        for (int i = 0; i < decided.length; i++) {
            kept.add(new Kept(stream.terms().get(i), sum(decided[i], second), sum(late[i], second), undecided[i]));
        }
        return kept;
    }

    private static long sum(long[] counts, int last) {
        long sum = 0;
        for (int i = 0; i <= last; i++) {
            sum += counts[i];
        }
        return sum;
    }

    /** What percentage was in time so far, of what was due under the terms in force, at the end of each second; NaN as in {@link Kept}. */
    double[] percentOverTime() {
        double[] percents = new double[seconds];
        for (int second = 0; second < seconds; second++) {
            percents[second] = keptBy(second).get(termsIn(second)).percent();
        }
        return percents;
    }

    /** What percentage was promised in each second; NaN where nothing was. */
    double[] promisedOverTime() {
        double[] percents = new double[seconds];
        for (int second = 0; second < seconds; second++) {
            percents[second] = stream.terms().get(termsIn(second)).percent();
        }
        return percents;
    }

    private int termsIn(int second) {
        return stream.termsAt(second * SECOND);
    }

    /** What would have been owed at the end of each second, each terms by itself. */
    double[] penaltyOverTime() {
        double[] penalties = new double[seconds];
        for (int second = 0; second < seconds; second++) {
            penalties[second] = keptBy(second).stream()
                    .mapToDouble(each -> each.penalty().doubleValue())
                    .sum();
        }
        return penalties;
    }
}
