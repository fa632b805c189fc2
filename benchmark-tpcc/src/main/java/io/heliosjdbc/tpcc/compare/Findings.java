package io.heliosjdbc.tpcc.compare;

import io.heliosjdbc.tpcc.compare.Contender.Way;
import io.heliosjdbc.tpcc.measure.Reading;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is kept of one of many comparisons: no recorders, whose histograms take much more room. Immutable, if nobody writes to the tree.
 *
 * @param readings of each way that was run, all figures
 * @param tree as {@link Comparison#tree} has it
 * @param faults as people are told of them
 * @param incomplete what is missing, and why; empty where nothing is
 */
record Findings(Map<Way, Map<Figure, Reading>> readings, ObjectNode tree, List<String> faults, String incomplete) {
    boolean isComplete() {
        return incomplete.isEmpty();
    }

    boolean passed() {
        return isComplete() && faults.isEmpty();
    }

    /** @throws IllegalArgumentException where the way was not run */
    Reading reading(Way way, Figure figure) {
        return Optional.ofNullable(readings.get(way))
                .map(each -> each.get(figure))
                .orElseThrow(() -> new IllegalArgumentException(way.key() + " was not run"));
    }
}
