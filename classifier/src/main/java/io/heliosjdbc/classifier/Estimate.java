package io.heliosjdbc.classifier;

import io.heliosjdbc.classifier.statement.Feature;
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

    /** The duration in whole milliseconds, one at least, or null. */
    @Nullable
    Long wholeDurationMillis() {
        return durationMillis == null ? null : (Long) Math.max(1, Math.round(durationMillis));
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
