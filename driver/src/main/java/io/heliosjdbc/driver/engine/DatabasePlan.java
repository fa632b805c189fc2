package io.heliosjdbc.driver.engine;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a database's planner says of a statement. Immutable.
 *
 * @param cost in the planner's own unit, or null
 * @param rows how many rows come out of it, or are changed, or null
 * @param scans by table: how many rows its scans are thought to give, whole tables left out; null where the plan
 *     does not say what is scanned
 * @param wholeTables by table: how often it is read as a whole
 */
record DatabasePlan(
        @Nullable Double cost,
        @Nullable Double rows,
        @Nullable Map<String, Double> scans,
        Map<String, Double> wholeTables) {
    DatabasePlan {
        scans = scans == null ? null : Map.copyOf(scans);
        wholeTables = Map.copyOf(wholeTables);
    }
}
