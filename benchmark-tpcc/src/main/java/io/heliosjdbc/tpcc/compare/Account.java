package io.heliosjdbc.tpcc.compare;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * What was promised to one stream, and how it was kept, second by second of the measurement. Each way to the database has the same one: it is
 * the stream's own, and not Helios's books. Something counts from the second in which it is known what becomes of it: when its answer or
 * its failure comes, or when it misses what was promised, whichever is first. Not thread-safe.
 */
final class Account {
    private static final long SECOND = 1_000_000_000L;

    private final Stream stream;
    private final int seconds;
    /** By the number of the terms that held when something was due, then by the second in which its fate was known. */
    private final long[][] offered;

    private final long[][] late;

    /** @param length of the measurement in nanoseconds, above zero */
    Account(Stream stream, long length) {
        this.stream = stream;
        this.seconds = (int) ((length + SECOND - 1) / SECOND);
        this.offered = new long[stream.terms().size()][seconds];
        this.late = new long[stream.terms().size()][seconds];
    }

    /**
     * How terms were kept while they held.
     *
     * @param offered how many were due under them
     * @param late how many of these missed them
     */
    record Kept(Terms terms, long offered, long late) {
        BigDecimal penalty() {
            return terms.due(late, offered);
        }

        /** The percentage that was in time; NaN where nothing was promised, or nothing was due. */
        double percent() {
            return offered == 0 || !terms.promisesAnything() ? Double.NaN : 100.0 * (offered - late) / offered;
        }
    }

    /** It became due, and its answer came at the given instant, or had not come by then and will not. */
    void answered(long due, long end) {
        int number = stream.termsAt(due);
        Terms terms = stream.terms().get(number);
        boolean isLate = terms.isLate(end - due);
        count(number, isLate, isLate ? due + terms.withinNanos() : end);
    }

    /** It became due, and failed at the given instant: late, if anything was promised. */
    void failed(long due, long end) {
        int number = stream.termsAt(due);
        Terms terms = stream.terms().get(number);
        boolean isLate = terms.promisesAnything();
        count(number, isLate, isLate ? Math.min(end, due + terms.withinNanos()) : end);
    }

    private void count(int terms, boolean isLate, long known) {
        int second = (int) Math.min(seconds - 1, known / SECOND);
        offered[terms][second]++;
        late[terms][second] += isLate ? 1 : 0;
    }

    /** How each of the stream's terms was kept in the end, in their order. */
    List<Kept> kept() {
        return keptBy(seconds - 1);
    }

    /** How they were kept as far as it was known at the end of a second, counted from 0. */
    private List<Kept> keptBy(int second) {
        List<Kept> kept = new ArrayList<>();
        for (int i = 0; i < offered.length; i++) {
            kept.add(new Kept(stream.terms().get(i), sum(offered[i], second), sum(late[i], second)));
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
