package io.heliosjdbc.tpcc.measure;

import java.util.Arrays;

/**
 * What repetitions say of one figure: their median, and Student's t interval of their mean, in which the mean of endless repetitions lies
 * with the confidence of 95 percent where they scatter about it like a normal distribution. Immutable.
 *
 * <p>The other choice was a percentile bootstrap. Repetitions are few, three to ten, because each takes minutes, and with few values its
 * intervals are too narrow: they cannot reach beyond the least and the greatest value seen, and the interval of a median of five
 * is just these two. For small samples the t interval is the more accurate one (T. C. Hesterberg, What Teachers Should Know About the
 * Bootstrap, The American Statistician 69, 2015); for fewer than 30 runs of a Java program it is the one recommended (A. Georges,
 * D. Buytaert, L. Eeckhout, Statistically Rigorous Java Performance Evaluation, OOPSLA 2007). The price: it is an interval of the mean, so
 * where one repetition went astray the median can lie outside, and its lower end can be below zero.
 *
 * @param median the middle value, or the mean of the two in the middle
 * @param mean their mean
 * @param low where the interval begins; NaN for a single value, which says nothing of its scatter
 * @param high where it ends; NaN for a single value
 */
public record Estimate(double median, double mean, double low, double high) {
    /** How sure the interval is, from 0 to 1. */
    public static final double CONFIDENCE = 0.95;

    private static final Estimate NONE = new Estimate(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    /**
     * Of one figure.
     *
     * @param values one of each repetition, at least one; where one is not finite nothing can be said, and all is NaN
     */
    public static Estimate of(double... values) {
        int count = values.length;
        if (count == 0) {
            throw new IllegalArgumentException("there is nothing to estimate from");
        }
        if (!Arrays.stream(values).allMatch(Double::isFinite)) {
            return NONE;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double median = (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
        double mean = Arrays.stream(sorted).sum() / count;
        if (count == 1) {
            return new Estimate(median, mean, Double.NaN, Double.NaN);
        }
        double squares =
                Arrays.stream(sorted).map(each -> (each - mean) * (each - mean)).sum();
        double half = quantile(count - 1) * Math.sqrt(squares / (count - 1) / count);
        return new Estimate(median, mean, mean - half, mean + half);
    }

    /**
     * How far from 0 Student's t lies at most with the confidence of 95 percent.
     *
     * @param freedom degrees of freedom, 1 or more
     */
    static double quantile(int freedom) {
        double low = 0;
        double high = 13;
        for (int step = 0; step < 60; step++) {
            double middle = (low + high) / 2;
            if (within(middle, freedom) < CONFIDENCE) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** The probability of -t to t, by the finite sums of Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4. */
    private static double within(double t, int freedom) {
        double angle = Math.atan(t / Math.sqrt(freedom));
        double cosine = Math.cos(angle);
        boolean odd = freedom % 2 == 1;
        double term = odd ? cosine : 1;
        double sum = 0;
        for (int power = odd ? 1 : 0; power <= freedom - 2; power += 2) {
            sum += term;
            term *= cosine * cosine * (power + 1) / (power + 2);
        }
        return odd ? 2 / Math.PI * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
    }
}
