package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.tpcc.measure.Estimate;
import io.heliosjdbc.tpcc.measure.Reading;
import io.heliosjdbc.tpcc.measure.Reading.Bound;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the repetitions say of one figure. Where one of them has a bound only, so have median and mean, and there is no interval. Immutable.
 *
 * @param estimate all NaN where one of them says nothing
 * @param bound of the median and of the mean
 */
record Spread(Estimate estimate, Bound bound) {
    /** @param readings one of each repetition, at least one */
    static Spread of(List<Reading> readings) {
        Set<Bound> bounds = EnumSet.noneOf(Bound.class);
        readings.forEach(each -> bounds.add(each.bound()));
        // Of bounds from above and from below together nothing can be said.
        boolean unknown = bounds.contains(Bound.AT_LEAST) && bounds.contains(Bound.AT_MOST);
        Estimate estimate = Estimate.of(
                unknown
                        ? new double[] {Double.NaN}
                        : readings.stream().mapToDouble(Reading::value).toArray());
        bounds.remove(Bound.EXACT);
        return new Spread(
                estimate, bounds.isEmpty() ? Bound.EXACT : bounds.iterator().next());
    }

    Reading median() {
        return new Reading(estimate.median(), bound);
    }

    private Reading low() {
        return bound == Bound.EXACT ? Reading.exact(estimate.low()) : Reading.NONE;
    }

    private Reading high() {
        return bound == Bound.EXACT ? Reading.exact(estimate.high()) : Reading.NONE;
    }

    /**
     * For people: {@code 20.00 [15.20, 24.80]}; a bound without an interval.
     *
     * @param unit by what people have it multiplied
     */
    String text(double unit, int decimals) {
        String median = median().times(unit).text(decimals);
        String interval = String.format(
                Locale.ROOT,
                " [%s, %s]",
                low().times(unit).text(decimals),
                high().times(unit).text(decimals));
        // Of a single repetition there is no interval.
        boolean without = median.isEmpty() || bound != Bound.EXACT || !Double.isFinite(estimate.low());
        return without ? median : median + interval;
    }

    /** Median, mean and interval. */
    void put(ObjectNode node) {
        median().put(node, "median");
        new Reading(estimate.mean(), bound).put(node, "mean");
        low().put(node, "low");
        high().put(node, "high");
    }
}
