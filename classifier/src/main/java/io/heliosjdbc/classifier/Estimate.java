package io.heliosjdbc.classifier;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the database thinks of a statement before it runs, and how long that is thought to take. Immutable.
 *
 * @param cost in the database's own unit, or null where it is not known; so with the others
 * @param rows how many rows it answers or changes
 * @param rowsScanned how many rows it looks at
 * @param tableRowCount how many rows the largest of its tables has
 * @param durationMillis how long it is thought to take, by its cost and by what was observed
 * @param source who says so, in words
 */
public record Estimate(
        @Nullable Double cost,
        @Nullable Double rows,
        @Nullable Long rowsScanned,
        @Nullable Long tableRowCount,
        @Nullable Double durationMillis,
        String source) {

    /** What criteria can ask for, by its feature's name; what is not known is absent. */
    public Map<String, Object> asFeatures() {
        Map<String, Object> features = new LinkedHashMap<>();
        for (Feature feature : Feature.values()) {
            Object value = value(feature);
            if (value != null) {
                features.put(feature.featureName(), value);
            }
        }
        return features;
    }

    @Nullable
    Object value(Feature feature) {
        return switch (feature) {
            case TABLE_ROW_COUNT -> tableRowCount;
            case ESTIMATED_ROWS_SCANNED -> rowsScanned;
            case ESTIMATED_DURATION_MS -> durationMillis;
            case ESTIMATED_COST -> cost;
            default -> null;
        };
    }
}
