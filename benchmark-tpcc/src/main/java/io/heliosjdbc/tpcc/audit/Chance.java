package io.heliosjdbc.tpcc.audit;

import java.util.Arrays;

/** Whether chance explains how often something came. Stateless. */
final class Chance {
    /** What is further from what is expected than so many standard deviations is no chance any more. */
    static final double SIGMAS = 3;

    /** How likely a normal distribution is to be as far to one side. */
    private static final double UNLIKELY = 0.00135;

    /** With fewer of each expected, chi-square says nothing. */
    static final long FEWEST_OF_EACH = 5;

    private Chance() {}

    /** How far counts of what is equally likely are from being equal; there is at least one case. */
    static double chiSquare(long[] counts) {
        double expected = (double) Arrays.stream(counts).sum() / counts.length;
        return Arrays.stream(counts)
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
    }

    /** Whether of so many cases, each with this probability, it may be so few or fewer. */
    static boolean canBeSoFew(long part, long whole, double probability) {
        return atMost(part, whole, probability) >= UNLIKELY;
    }

    /** Whether of so many cases, each with this probability, it may be so many or more. */
    static boolean canBeSoMany(long part, long whole, double probability) {
        return part == 0 || 1 - atMost(part - 1, whole, probability) >= UNLIKELY;
    }

    /**
     * The binomial distribution, term by term: of a few cases of something rare the normal one says nothing. Logarithms, because the first terms
     * of many cases are smaller than any double.
     */
    private static double atMost(long part, long whole, double probability) {
        double odds = Math.log(probability) - Math.log1p(-probability);
        double term = whole * Math.log1p(-probability);
        double sum = Math.exp(term);
        for (long i = 1; i <= part; i++) {
            term += Math.log((double) (whole - i + 1) / i) + odds;
            sum += Math.exp(term);
        }
        return sum;
    }
}
