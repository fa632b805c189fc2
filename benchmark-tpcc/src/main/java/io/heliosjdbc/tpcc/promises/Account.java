package io.heliosjdbc.tpcc.promises;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * What was promised to somebody, and how it was kept, second by second of the measurement. Each way to the database has the same one: it is
 * the harness's own, and not Helios's books. Something counts from the second in which it is known what becomes of it: when its answer or
 * its failure comes, or when it misses what was promised, whichever is first. What has no answer at the end, and might still have been
 * in time, counts neither way. As in Helios's books each assessment interval of a penalty is settled by itself, but the first one begins
 * with the measurement, so that it is the same for each way. Not thread-safe.
 */
public final class Account {
    private static final long SECOND = 1_000_000_000L;

    /** How many of some are decided, and late. */
    private static final class Counts {
        private long decided;
        private long late;

        private void add(Counts other) {
            decided += other.decided;
            late += other.late;
        }
    }

    /** In a second something of an assessment interval became known. */
    private record Slot(int second, long interval) implements Comparable<Slot> {
        @Override
        public int compareTo(Slot other) {
            int bySecond = Integer.compare(second, other.second);
            return bySecond == 0 ? Long.compare(interval, other.interval) : bySecond;
        }
    }

    /** What was due under one of the terms. */
    private static final class Book {
        private final TreeMap<Slot, Counts> slots = new TreeMap<>();
        private long decided;
        private long undecided;
    }

    private final List<Terms> terms;
    /** That there are of it; 0 where it is not kept by seconds. */
    private final int seconds;
    /** By the number of the terms that held when something was due. */
    private final List<Book> books = new ArrayList<>();

    /**
     * Of nothing yet.
     *
     * @param terms what is promised, at least one, in the order of their beginnings; the first ones hold from the beginning on
     * @param length of the measurement in nanoseconds, above zero
     */
    public Account(List<Terms> terms, long length) {
        this(terms, (int) ((length + SECOND - 1) / SECOND));
    }

    private Account(List<Terms> terms, int seconds) {
        this.terms = List.copyOf(terms);
        this.seconds = seconds;
        terms.forEach(each -> books.add(new Book()));
    }

    /** Of nothing yet, and of which nobody asks how it was kept over time: it takes no more room the longer it is kept. */
    public static Account inSum(List<Terms> terms) {
        return new Account(terms, 0);
    }

    /**
     * How terms were kept while they held.
     *
     * @param decided how many were due under them of which it is known whether they missed them
     * @param late how many of these missed them
     * @param undecided how many were due under them that had no answer at the end, and might still have been in time
     * @param violated whether too few were in time in any assessment interval
     * @param penalty what is owed, all assessment intervals together
     */
    public record Kept(Terms terms, long decided, long late, long undecided, boolean violated, BigDecimal penalty) {
        /** How many were due under them. */
        public long offered() {
            return decided + undecided;
        }

        /** The percentage that was in time; NaN where nothing was promised, or nothing is known yet. */
        public double percent() {
            return Account.percent(terms, decided, late);
        }
    }

    private static double percent(Terms terms, long decided, long late) {
        return decided == 0 || !terms.promisesAnything() ? Double.NaN : 100.0 * (decided - late) / decided;
    }

    /** It became due, and its answer came at the given instant. */
    public void answered(long due, long end) {
        int number = termsAt(due);
        Terms held = terms.get(number);
        boolean isLate = held.isLate(end - due);
        count(number, isLate, isLate ? due + held.withinNanos() : end);
    }

    /**
     * It became due, and at the end of the measurement it had no answer: late, if it was by then.
     *
     * @return whether it was
     */
    public boolean unanswered(long due, long end) {
        int number = termsAt(due);
        Terms held = terms.get(number);
        boolean isLate = held.isLate(end - due);
        if (isLate) {
            count(number, true, due + held.withinNanos());
        } else {
            books.get(number).undecided++;
        }
        return isLate;
    }

    /** It became due, and failed at the given instant: late, if anything was promised. */
    public void failed(long due, long end) {
        int number = termsAt(due);
        Terms held = terms.get(number);
        boolean isLate = held.promisesAnything();
        count(number, isLate, isLate ? Math.min(end, due + held.withinNanos()) : end);
    }

    private void count(int number, boolean isLate, long known) {
        Book book = books.get(number);
        // What missed its promise in the warm-up already is known from the beginning on.
        long at = Math.max(0, known);
        long interval = terms.get(number).interval(at, book.decided);
        int second = seconds == 0 ? 0 : (int) (at / SECOND);
        Counts counts = book.slots.computeIfAbsent(new Slot(second, interval), each -> new Counts());
        counts.decided++;
        counts.late += isLate ? 1 : 0;
        book.decided++;
    }

    /** How each of the terms was kept in the end, in their order. */
    public List<Kept> kept() {
        List<Kept> kept = new ArrayList<>();
        for (int i = 0; i < books.size(); i++) {
            Terms held = terms.get(i);
            Counts all = new Counts();
            TreeMap<Long, Counts> intervals = new TreeMap<>();
            books.get(i).slots.forEach((slot, counts) -> {
                all.add(counts);
                intervals.computeIfAbsent(slot.interval(), each -> new Counts()).add(counts);
            });
            boolean violated = intervals.values().stream().anyMatch(each -> held.violated(each.late, each.decided));
            BigDecimal penalty = intervals.values().stream()
                    .map(each -> held.due(each.late, each.decided))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            kept.add(new Kept(held, all.decided, all.late, books.get(i).undecided, violated, penalty));
        }
        return kept;
    }

    /** What percentage was in time so far, of what was due under the terms in force, at the end of each second; NaN as in {@link Kept}. */
    public double[] percentOverTime() {
        double[][] each = new double[books.size()][seconds];
        for (int i = 0; i < books.size(); i++) {
            Terms held = terms.get(i);
            Counts all = new Counts();
            double[] percents = each[i];
            int begun = 0;
            for (var slot : books.get(i).slots.entrySet()) {
                int second = slot.getKey().second();
                Arrays.fill(percents, begun, second, percent(held, all.decided, all.late));
                all.add(slot.getValue());
                begun = second;
            }
            Arrays.fill(percents, begun, seconds, percent(held, all.decided, all.late));
        }
        double[] percents = new double[seconds];
        for (int second = 0; second < seconds; second++) {
            percents[second] = each[termsIn(second)][second];
        }
        return percents;
    }

    /** What percentage was promised in each second; NaN where nothing was. */
    public double[] promisedOverTime() {
        double[] percents = new double[seconds];
        for (int second = 0; second < seconds; second++) {
            percents[second] = terms.get(termsIn(second)).percent();
        }
        return percents;
    }

    private int termsIn(int second) {
        return termsAt(second * SECOND);
    }

    private int termsAt(long due) {
        return Terms.numberAt(terms, due);
    }

    /** What would have been owed at the end of each second, each terms and each assessment interval by itself. */
    public double[] penaltyOverTime() {
        double[] penalties = new double[seconds];
        for (int i = 0; i < books.size(); i++) {
            Terms held = terms.get(i);
            TreeMap<Long, Counts> intervals = new TreeMap<>();
            BigDecimal owed = BigDecimal.ZERO;
            int begun = 0;
            for (var slot : books.get(i).slots.entrySet()) {
                int second = slot.getKey().second();
                add(penalties, begun, second, owed);
                Counts counts = intervals.computeIfAbsent(slot.getKey().interval(), each -> new Counts());
                owed = owed.subtract(held.due(counts.late, counts.decided));
                counts.add(slot.getValue());
                owed = owed.add(held.due(counts.late, counts.decided));
                begun = second;
            }
            add(penalties, begun, seconds, owed);
        }
        return penalties;
    }

    private static void add(double[] penalties, int from, int until, BigDecimal owed) {
        for (int second = from; second < until; second++) {
            penalties[second] += owed.doubleValue();
        }
    }
}
