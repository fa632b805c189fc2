package io.heliosjdbc.driver.engine;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a database's planner says of a statement. Immutable.
 *
 * @param cost in the planner's own unit, or null
 * @param rows how many rows come out of it, or are changed, or null
 * @param scans by table: how many rows its scans are thought to give, whole tables left out
 * @param wholeTables by table: how often it is read as a whole
 */
record DatabasePlan(
        @Nullable Double cost, @Nullable Double rows, Map<String, Double> scans, Map<String, Double> wholeTables) {
    DatabasePlan {
        scans = Map.copyOf(scans);
        wholeTables = Map.copyOf(wholeTables);
    }
}
